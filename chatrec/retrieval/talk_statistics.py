"""Past conversations -> what they say of each item for a new one: how often named, beside what, after which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from chatrec.retrieval.embedding import Vectors
from chatrec.retrieval.item_weights import closed_form
from chatrec.retrieval.talk import Talk
from chatrec.retrieval.talk_features import Column, TalkFeatures, weights_of

_RIDGE = 6.0
_SOFTNESS = 0.15  # cosine by which a past turn counts e times less
_FEW_NAMED, _FEW_ASKED = 3.0, 20.0  # smoothing counts
_FLOOR = 1e-4
_YEARS = (
    1970,
    1980,
    1985,
    1990,
    1995,
    2000,
    2004,
    2008,
    2011,
    2013,
    2015,
    2016,
    2017,
    2018,
    2019,
    2020,
    2021,
    2022,
    2023,
    2024,
)
_SEEKER, _RAW = 2, 3  # rows of a talk's vectors


STATISTICS = (
    "named_before",
    "brought_before",
    "cast_named",
    "director_named",
    "series_named",
    "era_named",
    "genres_named",
    "named_together",
    "named_together_total",
    "named_together_surprise",
    "brought_after",
    "named_like_users",
    "said_alike_seeker",
    "said_alike_raw",
    "genre_asked_before",
)


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One turn of a past conversation: what was said before it, its vectors (4, dimension), and the rows it brought up."""

    dialogue: str
    talk: Talk
    vectors: Vectors
    brought: tuple[int, ...]


class TalkStatistics:
    """Counts over past turns, and their features for a new Talk. Never made from the conversation that is asked about.

    `rated` (users, n) may add rows of people's likes to what was named together.
    """

    def __init__(self, features: TalkFeatures, turns: Sequence[PastTurn], rated: csr_array | None = None) -> None:
        self._features = features
        count = features.count
        whole: dict[str, set[int]] = {}
        for turn in turns:
            whole.setdefault(turn.dialogue, set()).update((*turn.brought, *(name.row for name in turn.talk.named)))
        named = _table([sorted(rows) for rows in whole.values()], count)
        brought = _table([turn.brought for turn in turns], count)
        self._named = np.bincount(named.indices, minlength=count).astype(np.float32)
        self._share = self._named / max(float(self._named.sum()), 1.0)
        self._fixed = self._prior(np.bincount(brought.indices, minlength=count).astype(np.float32))
        self._together = csr_array(named.T @ named)
        self._after = csr_array(_table([[name.row for name in turn.talk.named] for turn in turns], count).T @ brought)
        self._warm = np.flatnonzero(self._named)
        among = named[:, self._warm]
        if rated is not None:
            among = csr_array(vstack([among, 0.3 * rated[:, self._warm]]))
        self._weights = closed_form(csr_array(among, dtype=np.float32), _RIDGE) if self._warm.size else np.zeros((0, 0))
        self._place = np.full(count, -1)
        self._place[self._warm] = np.arange(len(self._warm))
        self._brought = csr_array(brought.T)
        spoken = np.stack([turn.vectors[[_SEEKER, _RAW]] for turn in turns], axis=1) if turns else np.zeros((2, 0, 1))
        self._middle = spoken.mean(axis=1, keepdims=True) if turns else np.zeros((2, 1, 1))
        self._spoken = _unit(spoken - self._middle)
        asked = np.array([features.genres_asked(turn.talk.whole) for turn in turns]).reshape(
            len(turns), features.genres.shape[1]
        )
        self._asked = asked.sum(axis=0)
        self._by_genre = np.asarray(self._brought @ asked, dtype=np.float32) if turns else np.zeros((count, 0))

    def _prior(self, brought: Column) -> dict[str, Column]:
        named, features = self._named, self._features
        era = np.digitize(features.years, _YEARS)
        by_era = np.bincount(era, weights=named) / np.maximum(np.bincount(era), 1)
        sizes = np.maximum(features.genres.sum(axis=0), 1.0)
        by_genre = (features.genres.T @ named) / sizes
        genres = (features.genres @ by_genre) / np.maximum(features.genres.sum(axis=1), 1.0)
        return {
            "named_before": np.log1p(named),
            "brought_before": np.log1p(brought),
            "cast_named": np.log1p(features.cast.from_others(named)),
            "director_named": np.log1p(features.directors.from_others(named)),
            "series_named": np.log1p(features.series.from_others(named)),
            "era_named": np.log(by_era[era] + 0.01).astype(np.float32),
            "genres_named": np.log(genres + 0.05).astype(np.float32),
        }

    def of(self, talk: Talk, vectors: Vectors) -> Mapping[str, Column]:
        """The features by name, each (n,) float32; `vectors` (4, dimension) are those of `talk.texts`."""
        found = dict(self._fixed)
        rows = np.array([name.row for name in talk.named], dtype=np.int64)
        nothing = np.zeros(len(self._named), dtype=np.float32)
        names = ("named_together", "named_together_total", "named_together_surprise", "brought_after", "named_like_users")
        found.update(dict.fromkeys(names, nothing))
        if rows.size:
            weights = weights_of(talk.named)
            beside = self._together[rows].toarray()
            beside[:, rows] = 0.0
            times = self._named[rows]
            found["named_together"] = ((weights / (times + _FEW_NAMED)) @ beside).astype(np.float32)
            total = beside.sum(axis=0)
            found["named_together_total"] = np.log1p(total).astype(np.float32)
            expected = (4.0 * (times.sum() + 1.0) + 5.0) * self._share + 1e-3
            found["named_together_surprise"] = np.log((total + 5.0 * self._share + 1e-3) / expected).astype(np.float32)
            found["brought_after"] = np.log1p(self._after[rows].sum(axis=0)).astype(np.float32)
            known = self._place[rows] >= 0
            users = nothing.copy()
            users[self._warm] = weights[known] @ self._weights[self._place[rows[known]]]
            found["named_like_users"] = users
        for place, name in enumerate(("said_alike_seeker", "said_alike_raw")):
            found[name] = self._alike(place, vectors[(_SEEKER, _RAW)[place]])
        found["genre_asked_before"] = self._for_genres(self._features.genres_asked(talk.whole))
        return found

    def _alike(self, place: int, vector: NDArray[np.float32]) -> Column:
        """How often an item was brought up after words like these, past turns counting by their likeness, as a logarithm."""
        past = self._spoken[place]
        if not len(past):
            return np.full(len(self._named), np.log(_FLOOR), dtype=np.float32)
        near = past @ _unit(vector - self._middle[place][0])
        weights = np.exp((near - near.max()) / _SOFTNESS)
        return _logarithm(self._brought @ (weights / weights.sum()))

    def _for_genres(self, asked: Column) -> Column:
        """The logarithm of how often an item was brought up where the genres asked for were asked for."""
        if not asked.any() or not self._by_genre.shape[1]:
            return _logarithm(self._share)
        smoothed = (self._by_genre + _FEW_ASKED * self._share[:, None]) / (self._asked + _FEW_ASKED)
        return _logarithm(smoothed @ (asked / asked.sum()))


def _logarithm(shares: Column) -> Column:
    return np.asarray(np.log(shares + _FLOOR), dtype=np.float32)


def _table(rows: Sequence[Sequence[int]], columns: int) -> csr_array:
    lengths = [len(row) for row in rows]
    indices = np.array([column for row in rows for column in row], dtype=np.int64)
    shape = (len(rows), columns)
    return csr_array((np.ones(len(indices), dtype=np.float32), indices, np.concatenate([[0], np.cumsum(lengths)])), shape=shape)


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = (vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6)).astype(np.float32)
    return unit
