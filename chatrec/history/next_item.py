"""What people did in which order -> what tends to come next after the last few items of somebody's history."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from chatrec.catalog.table import Catalog
from chatrec.history.actions import Rules, of_some
from chatrec.history.interactions import UNKNOWN_TIME, Interactions

Numbers = NDArray[np.float64]

_STEPS = 10  # how many items later still counts as following, the nearer the more
_MOST_DEEDS = 1_000_000
_SHRINK = 10.0
_LAST = 20  # items of a history looked at
_FADE = 0.8  # what the item before counts beside the one after it
_LIFT = 0.3  # 0: as often as it follows; 1: against how often it occurs anywhere


@dataclass(frozen=True, slots=True)
class Next:
    """An item that may come next; `after` is the item of the history that speaks most for it."""

    item_id: str
    score: float
    after: str


@dataclass(frozen=True)
class NextItems:
    """Item-to-item transitions over one catalog. `follows` is (items, items): row i, how telling it is that j came after i."""

    catalog: Catalog
    follows: csr_array

    @classmethod
    def fit(cls, interactions: Interactions, catalog: Catalog, rules: Rules | None = None) -> NextItems | None:
        """Learn from the deeds that are not against an item and have a time; None where there are none.

        What comes `d` places after an item counts 1/d, up to ten places; the counts become shares of the row, divided by
        a power of how often the later item occurs at all, so that the popular does not follow everything. Of more than a
        million deeds those of some people are enough.
        """
        rules = rules or Rules()
        place = np.array([catalog.row(i) if i in catalog else -1 for i in interactions.items] or [-1], dtype=np.int64)
        against = np.array([rules.weight(action) < 0 for action in interactions.actions] or [False])
        column = place[interactions.item]
        kept = np.flatnonzero((column >= 0) & ~against[interactions.action] & (interactions.at != UNKNOWN_TIME))
        if kept.size == 0:
            return None
        kept = kept[of_some(interactions.user[kept], len(interactions.users), _MOST_DEEDS)]
        order = kept[np.lexsort((interactions.at[kept], interactions.user[kept]))]
        users, columns = interactions.user[order], column[order]
        shape = (len(catalog), len(catalog))
        counts = csr_array(shape, dtype=np.float32)
        for step in range(1, _STEPS + 1):
            same = (users[step:] == users[:-step]) & (columns[step:] != columns[:-step])
            pairs = columns[:-step][same], columns[step:][same]
            counts = counts + csr_array((np.full(len(pairs[0]), 1.0 / step, dtype=np.float32), pairs), shape=shape)
        totals = np.asarray(counts.sum(axis=1)).ravel()
        occurs = np.bincount(columns, minlength=len(catalog)) / len(columns)
        follows = csr_array(counts)
        rows = np.repeat(np.arange(len(catalog)), np.diff(follows.indptr))
        follows.data = (follows.data / (totals[rows] + _SHRINK) / np.maximum(occurs[follows.indices], 1e-9) ** _LIFT).astype(
            np.float32
        )
        return cls(catalog, follows)

    def scores(self, history: Mapping[str, float]) -> Numbers:
        """How much each item follows from a history, (items,) from 0 to 1, best 1; all 0 where nothing does.

        `history` is oldest first, item id -> how much it was cared for; what was disliked leads nowhere.
        """
        whole = np.zeros(len(self.catalog))
        for item_id, weight in self._steps(history).items():
            row = self.catalog.row(item_id)
            found = slice(self.follows.indptr[row], self.follows.indptr[row + 1])
            whole[self.follows.indices[found]] += weight * self.follows.data[found]
        return whole / whole.max() if whole.any() else whole

    def after(self, history: Mapping[str, float], limit: int = 10, known: Collection[str] = ()) -> tuple[Next, ...]:
        """The items most likely to come next, best first; none of the history nor of `known`."""
        whole = self.scores(history)
        for item_id in {*history, *known}:
            if item_id in self.catalog:
                whole[self.catalog.row(item_id)] = 0.0
        best = [int(row) for row in np.argsort(-whole, kind="stable")[:limit] if whole[row] > 0]
        return tuple(Next(self.catalog.items[row].id, round(float(whole[row]), 4), self._because(history, row)) for row in best)

    def _because(self, history: Mapping[str, float], row: int) -> str:
        steps = self._steps(history)
        return max(steps, key=lambda i: steps[i] * float(self.follows[self.catalog.row(i), row]))

    def _steps(self, history: Mapping[str, float]) -> dict[str, float]:
        """The last items of a history that the catalog holds and that were not disliked, with what each counts."""
        last = [(i, w) for i, w in history.items() if i in self.catalog and w >= 0][-_LAST:]
        return {i: (0.2 + 0.8 * w) * _FADE**n for n, (i, w) in enumerate(reversed(last))}


class Successors:
    """What comes next, learned from interactions when it is first asked for (a second for a million deeds)."""

    def __init__(self, interactions: Interactions, catalog: Catalog, rules: Rules | None = None) -> None:
        self._interactions = interactions
        self._catalog = catalog
        self._rules = rules

    @cached_property
    def model(self) -> NextItems | None:
        """The transitions; None where no deed has a time."""
        return NextItems.fit(self._interactions, self._catalog, self._rules)

    def scores(self, history: Mapping[str, float]) -> Numbers:
        """How much each item follows from a history, (items,) from 0 to 1; all 0 where nothing is known."""
        return self.model.scores(history) if self.model is not None else np.zeros(len(self._catalog))
