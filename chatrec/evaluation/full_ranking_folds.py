"""A split -> several ways to hold out part of what is not tested on, of the split's own kind: what every peer is tuned on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chatrec.evaluation.splits import Ratings, Split, random_split, temporal_split

FOLDS = 3
_SHARES = (
    1.0,
    0.85,
    0.7,
)  # of each user's history, the oldest: a temporal fold is a time at which the split could have been made


def folds_of(split: Split, ratings: Ratings, seed: int, count: int = FOLDS) -> Iterator[tuple[Ratings, Ratings]]:
    """Training and validation rows, first those of the split, then others of its kind drawn from both together.

    Of a random split as many rows are drawn anew; of a temporal one the newest 15 and 30 % of each user are left out first.
    """
    yield ratings.take(split.train), ratings.take(split.validation)
    known = ratings.take(np.sort(np.concatenate([split.train, split.validation])))
    for fold in range(1, count):
        if split.name == "temporal":
            some = known.take(_oldest(known, _SHARES[fold % len(_SHARES)]))
            part = temporal_split(some, 0.2, seed + fold)
            yield some.take(np.sort(np.concatenate([part.train, part.validation]))), some.take(part.test)
        else:
            part = random_split(len(known), len(split.validation) / len(known), seed=seed + fold)
            yield known.take(part.train), known.take(part.test)


def _oldest(ratings: Ratings, share: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    order, starts = ratings.starts()
    counts = np.diff(starts)
    place = np.arange(len(ratings)) - np.repeat(starts[:-1], counts)
    kept = place < np.repeat(np.ceil(counts * share), counts)
    return np.asarray(np.sort(order[kept]), dtype=np.int64)
