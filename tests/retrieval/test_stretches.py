"""Stretches of histories: which deeds are together, and which stand side by side."""

from __future__ import annotations

import numpy as np
import pytest

from chatrec.retrieval.stretches import side_by_side, stretches

ONE = np.zeros(7, dtype=np.int64)
SEVEN = np.arange(7)
PLAIN = np.ones(7, dtype=np.float32)


def test_stretches_overlap_by_half_and_follow_time_not_rows() -> None:
    rows = stretches(ONE, SEVEN, PLAIN, -SEVEN, 7, size=4).toarray()
    np.testing.assert_array_equal([np.flatnonzero(row).tolist() for row in rows[:2]], [[3, 4, 5, 6], [1, 2, 3, 4]])
    np.testing.assert_array_equal(np.flatnonzero(rows[2]), [0, 1, 2])
    assert len(rows) == 3


def test_every_deed_keeps_its_weight_and_stays_with_its_person() -> None:
    user, item = np.array([0, 0, 1]), np.array([0, 1, 1])
    rows = stretches(user, item, np.array([1.0, 0.5, 0.1], dtype=np.float32), np.array([5, 4, 9]), 3).toarray()
    np.testing.assert_allclose(rows, [[1.0, 0.5, 0.0], [0.0, 0.1, 0.0]])


@pytest.mark.parametrize("count", [1, 15, 30, 31, 45, 46, 100])
def test_no_deed_is_lost_and_no_stretch_is_longer_than_it_may_be(count: int) -> None:
    deeds = np.arange(count)
    rows = stretches(np.zeros_like(deeds), deeds, np.ones(count, dtype=np.float32), deeds, count).toarray()
    assert rows.any(axis=0).all()
    assert rows.sum(axis=1).max() <= 30
    assert rows.sum(axis=0).max() <= 2
    assert rows.any(axis=1).all()


def test_what_is_nearer_in_a_history_tells_more_and_both_ways() -> None:
    beside = side_by_side(ONE, SEVEN, PLAIN, SEVEN, 7).toarray()
    np.testing.assert_allclose(beside, beside.T)
    assert beside[0, 1] > beside[0, 2] > beside[0, 6] > 0
    assert not np.diag(beside).any()


def test_side_by_side_by_hand() -> None:
    user, item, at = np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([1, 2, 3])
    beside = side_by_side(user, item, np.array([1.0, 0.5, 1.0], dtype=np.float32), at, 2).toarray()
    # 0.5 after item 0, of 0.5 in all and 10 more; what comes is taken as once at least.
    np.testing.assert_allclose(beside, [[0, 0.5 / 10.5], [0.5 / 10.5, 0]], rtol=1e-6)
