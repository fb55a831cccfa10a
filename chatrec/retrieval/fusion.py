"""Scores per source -> one score an item: a weighted sum of scores brought to one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each source counts, for scores from 0 to 1 (taste: -1 to 1).

    `dense` and `lexical` answer the wish in words, `wish` is the catalog's own labels for it (moods, topics, genres, people
    asked for or refused), `similar` and `kin` the likeness in text and in facts to items named as examples, `avoided` the
    likeness to items named as what not to bring; `taste` is the likeness to what the person liked before, `next` what tends to
    follow on the last things that an import tells they did, `collaborative` what people cared for who cared for the same items,
    `learned` what people bring up in conversations like this one, `acclaim` and `popularity` what is known of the
    item, `sequel` how deep in a series it is that nobody named.

    The weights of `dense`, `lexical`, `acclaim` and `popularity` were chosen on every other wish of data/wishes.jsonl and
    checked on the rest (benchmarks/wishes.py), that of `next` on the last deed but one of people of MovieLens 100k, that of
    `collaborative` on validation rows there (benchmarks/collaborative_weight.py: a greater one gains less than the error), that
    of `learned` on a third of the played dialogues of ReDial, ranked by other dialogues' weights (8 gains less than the error),
    the others by reading lists.
    """

    dense: float = 0.6
    lexical: float = 0.9
    wish: float = 1.0
    similar: float = 0.5
    kin: float = 1.0
    avoided: float = -0.35
    taste: float = 0.2
    next: float = 2.0
    collaborative: float = 4.0
    learned: float = 4.0
    acclaim: float = 0.2
    popularity: float = 0.25
    sequel: float = -0.7


def scaled(values: Numbers) -> Numbers:
    """The values brought to 0 .. 1 by their least and greatest; all 0 when they do not differ."""
    if values.size == 0:
        return values
    least, greatest = values.min(), values.max()
    return (values - least) / (greatest - least) if greatest > least else np.zeros_like(values)


def calibrated(values: Numbers, whole: Numbers) -> Numbers:
    """The values brought to 0 .. 1 by the whole catalog: 0 is its average or less, 1 its best.

    Unlike `scaled`, the best of a poor lot stays poor: among the few items a strict constraint leaves, noise is not stretched.
    """
    if whole.size == 0:
        return values
    middle, greatest = whole.mean(), whole.max()
    return np.clip((values - middle) / (greatest - middle), 0.0, 1.0) if greatest > middle else np.zeros_like(values)


def to_all(near: Numbers, shares: Numbers) -> Numbers:
    """The likeness of items to each of some examples, (examples, n), as one to all of them, (n,): nearest and average in equal
    parts. `shares` (examples,) say how much each of them counts."""
    counted = near * shares[:, None]
    return np.asarray(0.5 * counted.max(axis=0) + 0.5 * counted.sum(axis=0) / shares.sum(), dtype=np.float64)


def prior(values: Numbers) -> Numbers:
    """A fact as its rank among the known ones, 0 .. 1, one half in place of what is unknown; all 0 when nothing is known.

    Ranks, because judgements crowd together (most films that are kept are liked) and their differences would vanish.
    """
    known = np.sort(values[~np.isnan(values)])
    if known.size == 0:
        return np.zeros_like(values)
    below = np.searchsorted(known, values, side="left") + np.searchsorted(known, values, side="right")
    return np.where(np.isnan(values), 0.5, below / (2 * known.size))


def fuse(scores: Mapping[str, Numbers], weights: Weights) -> Mapping[str, Numbers]:
    """What each source adds to an item's score, by source; an item's score is the sum over the sources."""
    return {f.name: getattr(weights, f.name) * scores[f.name] for f in fields(weights) if f.name in scores}


def total(parts: Mapping[str, Numbers], count: int) -> Numbers:
    """The score of each of `count` items, (count,)."""
    added: Sequence[Numbers] = list(parts.values())
    return np.sum(added, axis=0) if added else np.zeros(count)
