"""Shuffled orders and merged rankings."""

from __future__ import annotations

import pytest

from chatrec.engines.ranking import jumped, merged, shuffled


@pytest.mark.parametrize("count", [0, 1, 2, 3, 30])
def test_a_shuffled_order_holds_every_place_and_is_another(count: int) -> None:
    order = shuffled(count, "3: something magical")
    assert sorted(order) == list(range(count))
    assert order == shuffled(count, "3: something magical")
    if count > 1:
        assert order != tuple(range(count))


def test_another_turn_shuffles_differently() -> None:
    assert shuffled(30, "3: something magical") != shuffled(30, "4: something magical")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([1, 2, 3], [1, 2, 3], (1, 2, 3)),
        # 1: 3 + 1 points, 2: 2 + 2, 3: 1 + 3; equals stand as in the shortlist
        ([1, 2, 3], [3, 2, 1], (1, 2, 3)),
        # 9: 2 + 3, 1: 3, 5: 2, 2: 1, 7: 1
        ([1, 9, 2], [9, 5, 7], (9, 1, 5)),
        ([4], [8, 6], (4, 8, 6)),
        ([], [8, 6], (8, 6)),
        ([], [], ()),
    ],
)
def test_rankings_are_merged_by_borda_count(first: list[int], second: list[int], expected: tuple[int, ...]) -> None:
    assert merged(first, second, 3) == expected


def test_a_jump_is_ten_places_up() -> None:
    assert jumped(1, 11)
    assert not jumped(1, 10)
    assert not jumped(5, 1)
