"""Learning weights: what is informative is found, and held to the start where there is little to learn from."""

from __future__ import annotations

import numpy as np
import pytest

from chatrec.retrieval.blend_weights import Lessons, learn

FIRST = np.array([1.0, 0.0])


def lessons(people: int = 60, telling: int = 1, seed: int = 0) -> Lessons:
    """Of 30 candidates the three with the highest `telling` source are liked next."""
    rng = np.random.default_rng(seed)
    tables = [rng.normal(size=(30, 2)) for _ in range(people)]
    hits = [np.argsort(np.argsort(-table[:, telling])) < 3 for table in tables]
    return Lessons.of(tables, hits, [3] * people)


def test_the_source_that_tells_gets_the_weight() -> None:
    weights = learn(lessons(), FIRST, 0.03)
    assert weights[1] > 5 * abs(weights[0])
    assert lessons(seed=9).ndcg(weights).mean() > 0.95


def test_much_pull_keeps_the_order_of_the_start() -> None:
    weights = learn(lessons(), FIRST, 1000.0)
    assert abs(weights[1]) < 0.01
    assert weights[0] > 0


def test_ndcg_is_that_of_the_ranking() -> None:
    table = np.array([[3.0, 0.0], [2.0, 0.0], [1.0, 0.0]])
    one = Lessons.of([table], [np.array([False, True, False])], [2])
    assert one.ndcg(FIRST)[0] == pytest.approx((1 / np.log2(3)) / (1 + 1 / np.log2(3)))


def test_people_with_fewer_candidates_are_not_given_more() -> None:
    tables = [np.array([[-1.0, 0.0]]), np.array([[1.0, 0.0], [2.0, 0.0]])]
    both = Lessons.of(tables, [np.array([True]), np.array([True, False])], [1, 1])
    np.testing.assert_allclose(both.ndcg(FIRST), [1.0, 1 / np.log2(3)])


def test_people_without_a_hit_are_left_out() -> None:
    tables = [np.ones((2, 2)), np.ones((2, 2))]
    assert len(Lessons.of(tables, [np.array([True, False]), np.array([False, False])], [1, 1]).wanted) == 1
