"""What people liked next -> the weights of a blend's sources, held to one of them where there is little to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

Numbers = NDArray[np.float64]

PULL = 0.02
"""How firmly weights are held to where they start; chosen on splits of training rows, for all data sets together."""

SHARES = (0.25, 0.5, 0.75, 1.0)
"""How far from where they start to what was learned the weights may go."""

_FIRST = 10


@dataclass(frozen=True)
class Lessons:
    """The likeliest items of some people: `features` (people, candidates, sources), `shown` which candidates there are,
    `hits` which of them were liked next, and `wanted` how many were liked next in all, (people,)."""

    features: Numbers
    shown: NDArray[np.bool_]
    hits: NDArray[np.bool_]
    wanted: NDArray[np.int64]

    @classmethod
    def of(cls, tables: Sequence[Numbers], hits: Sequence[NDArray[np.bool_]], wanted: Sequence[int]) -> Lessons:
        """From a table (candidates, sources) and the hits (candidates,) of each person, people without a hit left out."""
        used = [n for n, found in enumerate(hits) if found.any()]
        if not used:
            raise ValueError("nobody liked anything next; there is nothing to learn from")
        most = max(len(tables[n]) for n in used)
        padded = [np.pad(tables[n], ((0, most - len(tables[n])), (0, 0))) for n in used]
        shown = [np.arange(most) < len(tables[n]) for n in used]
        found = [np.pad(hits[n], (0, most - len(hits[n]))) for n in used]
        return cls(np.stack(padded), np.stack(shown), np.stack(found), np.array([wanted[n] for n in used]))

    @classmethod
    def all_of(cls, lessons: Sequence[Lessons]) -> Lessons:
        """Those of all, one after the other. ValueError when there are none."""
        if not lessons:
            raise ValueError("nobody liked anything next; there is nothing to learn from")
        most = max(each.shown.shape[1] for each in lessons)

        def padded(array: NDArray[Any]) -> NDArray[Any]:
            return np.pad(array, [(0, 0), (0, most - array.shape[1]), *[(0, 0)] * (array.ndim - 2)])

        return cls(
            np.concatenate([padded(each.features) for each in lessons]),
            np.concatenate([padded(each.shown) for each in lessons]),
            np.concatenate([padded(each.hits) for each in lessons]),
            np.concatenate([each.wanted for each in lessons]),
        )

    def some(self, people: NDArray[np.bool_]) -> Lessons:
        """Those of some people."""
        return Lessons(self.features[people], self.shown[people], self.hits[people], self.wanted[people])

    def ndcg(self, weights: Numbers) -> Numbers:
        """NDCG@10 of each person under these weights, (people,)."""
        scores = np.where(self.shown, self.features @ weights, -np.inf)
        first = np.argsort(-scores, axis=1, kind="stable")[:, :_FIRST]
        discounts = 1.0 / np.log2(np.arange(2, _FIRST + 2))
        gains = np.take_along_axis(self.hits, first, axis=1) @ discounts[: first.shape[1]]
        return np.asarray(gains / np.cumsum(discounts)[np.minimum(self.wanted, _FIRST) - 1])


def learn_between(splits: Sequence[Lessons], start: Numbers, pull: float = PULL) -> Numbers:
    """The weights learned from all splits, brought back towards the start as far as ranks best, (sources,).

    What is likeliest over all candidates need not have the best first ten: how far to go is chosen by NDCG@10 on each split
    with weights learned from the others. All the way where there is one split alone.
    """
    ends = _ends(Lessons.all_of(splits), start, pull)
    if len(splits) == 1:
        return ends[1]
    found = np.zeros(len(SHARES))
    for place, split in enumerate(splits):
        first, last = _ends(Lessons.all_of([*splits[:place], *splits[place + 1 :]]), start, pull)
        found += [float(split.ndcg(first + share * (last - first)).mean()) for share in SHARES]
    return ends[0] + SHARES[int(np.argmax(found))] * (ends[1] - ends[0])


def learn(lessons: Lessons, start: Numbers, pull: float = PULL) -> Numbers:
    """The weights under which what was liked next is likeliest, (sources,): a softmax over each person's candidates.

    People count by the square root of their hits. A quadratic penalty of `pull` holds the weights to `start`, brought to the
    length that fits best: with much pull, or little to learn from, its order is what remains.
    """
    return _ends(lessons, start, pull)[1]


def _ends(lessons: Lessons, start: Numbers, pull: float) -> tuple[Numbers, Numbers]:
    """The start brought to length, and the weights learned from there."""
    goal = lessons.hits / np.sqrt(np.maximum(lessons.hits.sum(axis=1, keepdims=True), 1))

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        raw = np.where(lessons.shown, lessons.features @ weights, -np.inf)
        raw = raw - raw.max(axis=1, keepdims=True)
        likely = np.exp(raw)
        sums = likely.sum(axis=1, keepdims=True)
        cost = -np.sum(goal * np.where(lessons.shown, raw - np.log(sums), 0.0)) / len(goal)
        off = goal.sum(axis=1, keepdims=True) * likely / sums - goal
        return float(cost), np.einsum("pc,pcs->s", off, lessons.features) / len(goal)

    length = float(minimize_scalar(lambda size: loss(size * start)[0], bounds=(0.01, 5.0), method="bounded").x)
    middle = length * start

    def held(weights: Numbers) -> tuple[float, Numbers]:
        cost, slope = loss(weights)
        away = weights - middle
        return cost + pull * float(away @ away), slope + 2.0 * pull * away

    return middle, np.asarray(minimize(held, middle, jac=True, method="L-BFGS-B").x, dtype=np.float64)
