"""What a reader makes of a dataset: its items at once, what people did with them chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatrec.datasets.lines import Problems
from chatrec.records import Item

_NOBODY: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rows:
    """A chunk of interactions, (n,) each.

    `user` and `item` are keys as the file has them (int64 or text), `line` the numbers of their lines; `value` is NaN and
    `at` UNKNOWN_TIME where there is none. `done` is the share of the file read so far, 0 to 1.
    """

    file: str
    user: NDArray[Any]
    item: NDArray[Any]
    action: str | NDArray[Any]
    value: NDArray[np.floating[Any]]
    at: NDArray[np.int64]
    line: NDArray[np.int64]
    done: float = 0.0


@dataclass(frozen=True)
class Content:
    """A dataset as read. `keys` maps an item's key in the rows to its id; `rows` gives the chunks, anew at each call.

    `best` is the highest rating there can be, None where the rows have to show it.
    """

    name: str
    items: tuple[Item, ...]
    noun: str = "film"
    plural: str = "films"
    keys: Mapping[Hashable, str] = field(default_factory=dict)
    rows: Callable[[Problems], Iterator[Rows]] | None = None
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: _NOBODY)
    best: float | None = None
