"""Names -> the one that is nearly what somebody wrote, found without comparing it with every name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

_ALIKE = 86
"""The `fuzz.ratio` from which two names are nearly the same: of a hundred letters of both, at most 14 have no partner."""


class NearNames:
    """Looks for one of `names`. Only those that share enough pairs of letters with what was written are compared letter by
    letter, and none is missed by that: a letter too many in it takes two of its pairs away, one that is lacking takes one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self._lengths = np.array([len(name) for name in self._names], dtype=np.int64)
        places: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(self._names):
            for pair in _pairs(name):
                places[pair].append(place)
        self._places: dict[str, NDArray[np.int64]] = {pair: np.array(found) for pair, found in places.items()}

    def like(self, written: str) -> str:
        """The name most like what was written, the first of equals; empty where none is near."""
        pairs = [self._places[pair] for pair in map("".join, pairwise(written)) if pair in self._places]
        shared = np.bincount(np.concatenate(pairs), minlength=len(self._names)) if pairs else np.zeros(len(self._names))
        # Of `apart` unpaired letters, `surplus` are in what was written and the others in the name.
        apart = (len(written) + self._lengths) * (100 - _ALIKE) // 100
        surplus = (apart + len(written) - self._lengths) // 2
        near = np.flatnonzero((surplus >= 0) & (surplus <= apart) & (shared >= len(written) - 1 - apart - surplus))
        found = process.extractOne(written, [self._names[place] for place in near], scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return found[0] if found else ""


def _pairs(name: str) -> set[str]:
    return set(map("".join, pairwise(name)))
