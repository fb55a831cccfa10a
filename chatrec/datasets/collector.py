"""Chunks of rows -> an interactions folder, with the rows of unknown items reported and every item's standing counted."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chatrec.datasets.content import Rows
from chatrec.datasets.lines import Problems
from chatrec.errors import DatasetError
from chatrec.history.actions import RATE, Rules
from chatrec.history.interactions import InteractionsWriter
from chatrec.records import Item

_SHRUNK_BY = 10  # ratings of the average kind that every item is given
_ACTIONS_AT_MOST = 256


class Collector:
    """Writes the rows whose item has an id.

    `keys` maps the keys of the rows to item ids; an empty id is an item that is known but not wanted: its rows are counted
    in `unmatched`. Ids of users and items are numbered in order of first appearance.
    """

    def __init__(self, folder: Path, keys: Mapping[Hashable, str], problems: Problems) -> None:
        self.unmatched = 0
        self._keys = keys
        self._problems = problems
        self._writer = InteractionsWriter(folder)
        self._users: dict[Hashable, int] = {}
        self._items: dict[str, int] = {}
        self._actions: dict[str, int] = {}
        self._count = np.zeros(0, dtype=np.int64)
        self._rated = np.zeros(0, dtype=np.int64)
        self._sum = np.zeros(0)
        self._best = self._least = 0.0
        self._did = np.zeros(0, dtype=np.int64)
        self._rules = Rules()

    def __len__(self) -> int:
        return len(self._writer)

    @property
    def users(self) -> int:
        """How many people did something with an item that is wanted."""
        return len(self._users)

    @property
    def items(self) -> int:
        """How many items somebody did something with."""
        return len(self._items)

    @property
    def undescribed(self) -> dict[str, int]:
        """The actions nobody has described, which count for nothing, and how many rows have each."""
        known = (RATE, *self._rules.weights)
        did = zip(self._actions, self._did.tolist(), strict=True)
        return {action: count for action, count in did if self._rules.canonical(action) not in known}

    def add(self, rows: Rows) -> None:
        """Take one chunk. DatasetError: there are too many kinds of actions to be kinds."""
        if not len(rows.user):
            return
        places, keys = pd.factorize(rows.item)
        names = [self._keys.get(key) for key in keys.tolist()]
        known = np.array([name is not None for name in names])[places]
        wanted = np.array([bool(name) for name in names])[places]
        for row in np.flatnonzero(~known):
            self._problems.add(rows.file, int(rows.line[row]), f"item {rows.item[row]} is not among the items")
        self.unmatched += int(np.count_nonzero(known & ~wanted))
        # Numbered in the order they appear in, which is the order pd.factorize gives the keys in.
        numbers = np.array([self._items.setdefault(name, len(self._items)) if name else -1 for name in names], dtype=np.int32)
        item = numbers[places][wanted]
        user = _numbered(rows.user[wanted], self._users)
        action = self._action(rows.action, wanted)
        value, at = rows.value[wanted].astype(np.float32), rows.at[wanted]
        self._writer.add(user=user, item=item, action=action, value=value, at=at)
        self._tally(item, action, value)

    def close(self, people: Mapping[str, Mapping[str, Any]]) -> None:
        """Seal the folder."""
        self._writer.close((str(user) for user in self._users), self._items, tuple(self._actions), people)

    def abandon(self) -> None:
        """Close the files and leave the folder unsealed."""
        self._writer.abandon()

    def judged(self, items: tuple[Item, ...], best: float | None) -> Iterator[Item]:
        """The items with what the rows say of them where they say nothing themselves, both 0 to 100.

        Popularity is the logarithm of the number of rows, against that of the most popular item; acclaim the mean rating, drawn
        towards the mean of all, between 0 (or the least below it) and the `best` there can be (None: the best there was).
        """
        most = math.log1p(int(self._count.max())) if len(self._count) else 1.0
        least = min(self._least, 0.0)
        top = (best or self._best) - least
        rated = int(self._rated.sum())
        mean = float(self._sum.sum()) / rated if rated else 0.0
        for item in items:
            number = self._items.get(item.id)
            if number is None:
                yield item
                continue
            popularity, acclaim = item.popularity, item.acclaim
            if popularity is None:
                popularity = round(100 * math.log1p(int(self._count[number])) / most, 1)
            if acclaim is None and self._rated[number] and top > 0:
                drawn = (float(self._sum[number]) + _SHRUNK_BY * mean) / (int(self._rated[number]) + _SHRUNK_BY)
                acclaim = min(max(round(100 * (drawn - least) / top, 1), 0.0), 100.0)
            yield replace(item, popularity=popularity, acclaim=acclaim)

    def _action(self, action: str | NDArray[Any], wanted: NDArray[np.bool_]) -> NDArray[np.uint8]:
        if isinstance(action, str):
            number = self._actions.setdefault(action, len(self._actions))
            return np.full(int(np.count_nonzero(wanted)), number, dtype=np.uint8)
        numbers = _numbered(action[wanted], self._actions)
        if len(self._actions) > _ACTIONS_AT_MOST:
            some = ", ".join(repr(name[:30]) for name in list(self._actions)[:3])
            raise DatasetError(
                f"There are more than {_ACTIONS_AT_MOST} different actions ({some} ...), so this is no column of what people "
                "did; name that with --interactions-map action=..."
            )
        return numbers.astype(np.uint8)

    def _tally(self, item: NDArray[np.int32], action: NDArray[np.uint8], value: NDArray[np.float32]) -> None:
        size = len(self._items)
        self._count = _grown(self._count, size) + np.bincount(item, minlength=size)
        self._did = _grown(self._did, len(self._actions)) + np.bincount(action, minlength=len(self._actions))
        rates = np.array([self._rules.canonical(name) == RATE for name in self._actions] or [False])
        rated = rates[action] & ~np.isnan(value)
        self._rated = _grown(self._rated, size) + np.bincount(item[rated], minlength=size)
        self._sum = _grown(self._sum, size) + np.bincount(item[rated], weights=value[rated], minlength=size)
        if rated.any():
            self._best = max(self._best, float(value[rated].max()))
            self._least = min(self._least, float(value[rated].min()))


def _numbered(keys: NDArray[Any], numbers: dict[Any, int]) -> NDArray[np.int32]:
    places, distinct = pd.factorize(keys)
    found = np.array([numbers.setdefault(key, len(numbers)) for key in distinct.tolist()], dtype=np.int32)
    return found[places] if len(found) else np.zeros(0, dtype=np.int32)


def _grown(totals: NDArray[Any], size: int) -> NDArray[Any]:
    return np.concatenate((totals, np.zeros(size - len(totals), dtype=totals.dtype)))
