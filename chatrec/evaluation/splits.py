"""Ratings in the order they were read -> who is trained on, tuned on and tested on; a split is a file anybody can compare."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
_NOTHING: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True)
class Ratings:
    """Who rated what how and when, (n,) each: `user` and `item` count from 0 to `users` and `items`, `at` is in seconds.

    `user_ids` and `item_ids` name them; `people` holds what is known of a user by id.
    """

    user: NDArray[np.int64]
    item: NDArray[np.int64]
    value: NDArray[np.float64]
    at: NDArray[np.int64]
    user_ids: tuple[str, ...]
    item_ids: tuple[str, ...]
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: _NOTHING)

    def __len__(self) -> int:
        return len(self.user)

    @property
    def users(self) -> int:
        """How many users there are, with or without ratings among these."""
        return len(self.user_ids)

    @property
    def items(self) -> int:
        """How many items there are, rated here or not."""
        return len(self.item_ids)

    def take(self, rows: Rows | NDArray[np.bool_]) -> Ratings:
        """The same users and items with some of the rows."""
        columns = (self.user[rows], self.item[rows], self.value[rows], self.at[rows])
        return Ratings(*columns, self.user_ids, self.item_ids, self.people)

    @property
    def digest(self) -> str:
        """sha256 of the rows and ids."""
        whole = hashlib.sha256("\n".join((*self.user_ids, *self.item_ids)).encode())
        for column in (self.user, self.item, self.value, self.at):
            whole.update(np.ascontiguousarray(column).tobytes())
        return whole.hexdigest()

    def starts(self) -> tuple[Rows, Rows]:
        """The row numbers grouped by user, oldest first, (n,), and where each user's begin, (users + 1,)."""
        order = np.lexsort((np.arange(len(self)), self.at, self.user))
        return order, np.searchsorted(self.user[order], np.arange(self.users + 1))


@dataclass(frozen=True)
class Split:
    """The rows of a set to train, tune and test on, each ascending; `validation` is empty where none is set apart."""

    name: str
    train: Rows
    validation: Rows
    test: Rows

    def write(self, file: Path) -> str:
        """One line a row (`row,part`), rows counted from 0 in the order of the data; gives the file's sha256."""
        parts = [(row, part) for part in ("train", "validation", "test") for row in getattr(self, part)]
        text = "row,part\n" + "".join(f"{row},{part}\n" for row, part in sorted(parts))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        return hashlib.sha256(text.encode()).hexdigest()


def random_split(count: int, test: float = 0.2, validation: float = 0.0, seed: int = 42) -> Split:
    """Rows drawn at random, whoever they belong to: numpy's RandomState(seed) puts all in order, the last are for testing.

    The same rows as scikit-surprise's `train_test_split(test_size=test, random_state=seed)` draws when `validation` is 0.
    """
    order = np.random.RandomState(seed).permutation(count)
    held, tuned = int(np.ceil(test * count)), int(np.ceil(validation * count))
    first = count - held - tuned
    parts = order[:first], order[first : first + tuned], order[first + tuned :]
    return Split("random", *(np.sort(part).astype(np.int64) for part in parts))


def temporal_split(ratings: Ratings, test: float = 0.2, seed: int = 42) -> Split:
    """Of each user the last fifth (rounded down) is for testing, and the last fifth of what is left for tuning.

    Ratings of the same second come in an order drawn at random: their order in a file may tell what was rated how. Of
    ten ratings the last two are tested on, the eighth is tuned on and the first seven are trained on.
    """
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.random(len(ratings)), ratings.at, ratings.user))
    users = ratings.user[order]
    counts = np.bincount(users, minlength=ratings.users)
    begins = np.concatenate([[0], np.cumsum(counts)[:-1]])
    place = np.arange(len(order)) - begins[users]
    held = np.floor(counts * test).astype(np.int64)
    tuned = np.floor((counts - held) * test).astype(np.int64)
    last = counts - held
    is_test = place >= last[users]
    is_tuned = ~is_test & (place >= (last - tuned)[users])
    return Split("temporal", *(np.sort(order[part]) for part in (~is_test & ~is_tuned, is_tuned, is_test)))
