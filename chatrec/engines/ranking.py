"""Orders of the same candidates and what a model chose from each -> one ranking that owes less to the order."""

from __future__ import annotations

import random
from collections.abc import Sequence

JUMP = 10
"""Places that a pick must have moved up from its place in the shortlist to be flagged."""


def shuffled(count: int, seed: str) -> tuple[int, ...]:
    """The positions 0 .. count - 1 in an order that the seed alone decides; never the order itself where another exists."""
    order = list(range(count))
    chance = random.Random(seed)
    while count > 1 and order == sorted(order):
        chance.shuffle(order)
    return tuple(order)


def merged(first: Sequence[int], second: Sequence[int], wanted: int) -> tuple[int, ...]:
    """Two rankings of positions, best first, as one of at most `wanted`.

    Borda count: the r-th of a ranking (from 0) gets max(len(first), len(second)) - r points, one that is not in it none. Equals
    stand in the order of the shortlist.
    """
    longest = max(len(first), len(second))
    points: dict[int, int] = {}
    for ranking in (first, second):
        for place, position in enumerate(ranking):
            points[position] = points.get(position, 0) + longest - place
    return tuple(sorted(points, key=lambda position: (-points[position], position)))[:wanted]


def jumped(rank: int, place: int) -> bool:
    """Whether a pick of this rank stood remarkably far down in the shortlist; both count from 1."""
    return place - rank >= JUMP
