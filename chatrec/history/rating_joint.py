"""Interactions -> the joint distribution of the ratings of a catalog's items, bounded in size, and kept in one file.

It corrects what the nearest items alone forecast (chatrec/history/ratings.py): every rating of the person counts, also for
items that are not alike, and what it moved can be told to the point. Whatever their scale, ratings count from 1 to 5 here.
"""

from __future__ import annotations

import contextlib
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatrec.catalog.table import Catalog
from chatrec.errors import StaleIndex
from chatrec.history.actions import Rules, Scale, is_rating
from chatrec.history.interactions import Interactions
from chatrec.history.rating_gaussian import Floats, Rated, RatingGaussian, Rows
from chatrec.history.rating_kin import likeness_of
from chatrec.history.ratings import Forecast, Neighbour, Sureness, labels_of, newest

FORMAT = 1
MOST_ITEMS = 2_500  # the most rated ones; time grows with the cube, the file with the square (25 MB)
_MOST_PEOPLE = 10_000
_MOST_WORK = 1e10  # the sum over people of the cube of their ratings; MovieLens 100k needs 6e9
_FEWEST_PEOPLE = 50
_LEAST, _SPAN = 1.0, 4.0
_HIGH, _LOW = 0.7, 0.3  # of the scale: from where on a rating is one of what people call liked, and disliked
_USUAL_HIGH, _USUAL_LOW, _USUAL_DOUBT = 4.4, 1.7, 0.25
_FAIRLY, _SOMEWHAT = 0.175, 0.195  # of the scale: the greatest mean error to be called fairly sure, and unsure
# What numpy and zipfile raise for files that are not whole, or not what they say.
_BROKEN = (OSError, ValueError, LookupError, EOFError, RuntimeError, MemoryError, zipfile.BadZipFile, zlib.error)
_MEAN_OF_SPREAD = float(np.sqrt(2.0 / np.pi))  # the mean distance of a normal distribution, in standard deviations


@dataclass(frozen=True)
class Words:
    """What a like and a dislike in words amount to as ratings: the means of high and of low ratings, and their variances."""

    liked: float = _USUAL_HIGH
    disliked: float = _USUAL_LOW
    liked_doubt: float = _USUAL_DOUBT
    disliked_doubt: float = _USUAL_DOUBT

    @classmethod
    def of(cls, values: Floats) -> Words:
        """Those of everybody's ratings, from 1 to 5."""
        high, low = values[values >= _LEAST + _HIGH * _SPAN], values[values <= _LEAST + _LOW * _SPAN]
        words = cls()
        if high.size:
            words = replace(words, liked=float(high.mean()), liked_doubt=float(high.var()))
        if low.size:
            words = replace(words, disliked=float(low.mean()), disliked_doubt=float(low.var()))
        return words


@dataclass(frozen=True)
class JointRatings:
    """A RatingGaussian over `rows` of a catalog, ascending; knows no visitor."""

    catalog: Catalog
    gaussian: RatingGaussian
    rows: Rows
    words: Words

    @classmethod
    def fit(
        cls, interactions: Interactions, catalog: Catalog, rules: Rules | None = None, progress: bool = False
    ) -> JointRatings | None:
        """Learn from the ratings of items the catalog holds: at most 2,500 items, the most rated, and 10,000 people.

        Where their ratings are very many, so many of each person are drawn as keep the work bounded. None where fewer than 50
        people rated anything. Takes about twelve seconds of one core for MovieLens 100k, and a minute at most for any data.
        """
        drawn = _drawn(interactions, catalog, rules or Rules())
        if drawn is None or len(np.unique(drawn[0])) < _FEWEST_PEOPLE:
            return None
        user, row, value = drawn
        words = Words.of(value)
        counts = np.bincount(row, minlength=len(catalog))
        rows = np.sort(np.argsort(-counts, kind="stable")[: min(MOST_ITEMS, int((counts > 0).sum()))])
        place = np.full(len(catalog), -1)
        place[rows] = np.arange(len(rows))
        kept = place[row] >= 0
        people = people_of(user[kept], place[row[kept]], value[kept])
        likeness = likeness_of(catalog, rows=rows)
        return cls(catalog, RatingGaussian.fit(people, len(rows), likeness, progress=progress), rows, words)

    def refine(self, forecast: Forecast, ratings: Mapping[str, float], weights: Mapping[str, float]) -> Forecast:
        """A forecast of the nearest items with the number, its sureness and what moved it taken from here.

        `ratings` are on the forecast's scale, `weights` (-1 to 1) of what was said otherwise. As it came, where this model
        does not know the item, or nothing the person told of. A neighbour or label stays only where what it is said to do is
        what it did.
        """
        asked = self._place(forecast.item_id)
        told = self._told(forecast, ratings, weights)
        if asked is None or not told:
            return forecast
        rated = np.array([self._place(item) for item in told], dtype=np.int64)
        values, doubt = (np.array(column, dtype=np.float32) for column in zip(*told.values(), strict=True))
        moved, per_point, variance = self.gaussian.evidence(rated, values, asked, doubt)
        expected = float(self.gaussian.mean[asked] + moved.sum())
        points = forecast.scale.span / _SPAN
        moves = {item: float(move) * points for item, move in zip(told, moved, strict=True)}
        # A like of what others love even more can lower the number; nobody must be told that they did not like it.
        telling = {i for i, one in zip(told, per_point, strict=True) if one > 0 and moves[i] * weights.get(i, moves[i]) > 0}
        neighbours = [replace(n, pull=moves[n.item_id]) for n in forecast.neighbours if n.item_id in telling]
        labels = []
        for label in forecast.labels:
            pull = sum(m for i, m in moves.items() if (label.kind, label.label) in labels_of(self.catalog[i]))
            if pull * label.pull > 0:
                labels.append(replace(label, pull=pull))
        error = _MEAN_OF_SPREAD * variance**0.5 / _SPAN
        sureness: Sureness = "fairly sure" if error <= _FAIRLY else "unsure" if error <= _SOMEWHAT else "a guess"
        return replace(
            forecast,
            rating=forecast.scale.rating((expected - _LEAST) / _SPAN),
            sureness=sureness,
            error=error,
            neighbours=_strongest(neighbours),
            labels=tuple(sorted(labels, key=lambda one: -abs(one.pull))),
            model="joint",
        )

    def save(self, file: Path, digest: str) -> None:
        """Write one file, whole or not at all; `digest` names the data. StaleIndex: cannot be written."""
        unfinished = file.with_name(f"{file.stem}.{os.getpid()}.part")
        words = self.words
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as out:
                np.savez(
                    out,
                    allow_pickle=False,
                    about=np.array([str(FORMAT), digest]),
                    mean=self.gaussian.mean,
                    covariance=self.gaussian.covariance,
                    rows=self.rows,
                    numbers=np.array(
                        [self.gaussian.noise, words.liked, words.disliked, words.liked_doubt, words.disliked_doubt]
                    ),
                )
            unfinished.replace(file)
        except OSError as error:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise StaleIndex(f"The rating model cannot be written to {file}: {error.strerror or error}.") from error

    @classmethod
    def load(cls, file: Path, digest: str, catalog: Catalog) -> JointRatings:
        """Read what `save` wrote. StaleIndex: missing, damaged, or learned from other data."""
        try:
            with file.open("rb") as opened:
                kept = np.load(opened, allow_pickle=False)
                if kept["about"].tolist() != [str(FORMAT), digest]:
                    raise ValueError("it was learned from other ratings")
                mean, covariance, rows, numbers = (kept[name] for name in ("mean", "covariance", "rows", "numbers"))
            _check(mean, covariance, rows, numbers, len(catalog))
        except _BROKEN as error:
            raise StaleIndex(f"The rating model in {file} cannot be used ({error}).") from None
        noise, *words = numbers.tolist()
        return cls(catalog, RatingGaussian(mean, covariance, noise), rows, Words(*words))

    def _place(self, item_id: str) -> int | None:
        """Where an item stands in `rows`; None where it does not."""
        if item_id not in self.catalog:
            return None
        row = self.catalog.row(item_id)
        at = int(np.searchsorted(self.rows, row))
        return at if at < len(self.rows) and self.rows[at] == row else None

    def _told(
        self, forecast: Forecast, ratings: Mapping[str, float], weights: Mapping[str, float]
    ) -> dict[str, tuple[float, float]]:
        """What the person said of other items as ratings from 1 to 5, and the doubt of each."""
        told: dict[str, tuple[float, float]] = {}
        noise = self.gaussian.noise
        for item, weight in weights.items():
            if weight:
                level = self.words.liked if weight > 0 else self.words.disliked
                doubt = self.words.liked_doubt if weight > 0 else self.words.disliked_doubt
                told[item] = (level, (noise + doubt) / weight**2 - noise)
        told |= {item: (_LEAST + _SPAN * forecast.scale.share(rating), 0.0) for item, rating in ratings.items()}
        return {i: said for i, said in told.items() if i != forecast.item_id and self._place(i) is not None}


def _drawn(interactions: Interactions, catalog: Catalog, rules: Rules) -> tuple[NDArray[np.int64], Rows, Floats] | None:
    """The ratings of some people: user, catalog row and value from 1 to 5, (n,) each, a pair once; None without any."""
    place = np.array([catalog.row(i) if i in catalog else -1 for i in interactions.items] or [-1], dtype=np.int64)
    rated = is_rating(interactions, rules) & (place >= 0)[interactions.item]
    values = interactions.value[rated]
    if values.size == 0:
        return None
    scale = Scale(float(values.min()), float(values.max()), float(values.mean(dtype=np.float64)))
    users = np.bincount(interactions.user[rated], minlength=len(interactions.users))
    some = np.zeros(len(users), dtype=np.bool_)
    some[np.random.default_rng(0).permutation(np.flatnonzero(users))[:_MOST_PEOPLE]] = True
    chosen = np.flatnonzero(rated & some[interactions.user])
    user, row = interactions.user[chosen].astype(np.int64), place[interactions.item[chosen]]
    kept = newest(user * len(catalog) + row, interactions.at[chosen])
    value = (_LEAST + _SPAN * (interactions.value[chosen[kept]] - scale.least) / scale.span).astype(np.float32)
    return user[kept], row[kept], value


def people_of(user: NDArray[np.int64], row: Rows, value: Floats) -> list[Rated]:
    """Each person's items and ratings; of more than the work allows, a part drawn once and for all."""
    order = np.random.default_rng(0).permutation(len(user))
    order = order[np.argsort(user[order], kind="stable")]
    starts = np.flatnonzero(np.append(True, np.diff(user[order]) != 0))
    counts = np.diff(np.append(starts, len(order))).astype(np.float64)
    most = int(counts.max())
    while most > 1 and float((np.minimum(counts, most) ** 3).sum()) > _MOST_WORK:
        most = int(most * 0.9)
    parts = [np.sort(part[:most]) for part in np.split(order, starts[1:])]
    return [(row[part], value[part]) for part in parts]


def _strongest(neighbours: list[Neighbour]) -> tuple[Neighbour, ...]:
    return tuple(sorted(neighbours, key=lambda n: -abs(n.pull)))


def _check(mean: Any, covariance: Any, rows: Any, numbers: Any, items: int) -> None:
    """ValueError unless the arrays are what a rating model of a catalog of so many items is made of."""
    count = len(rows)
    shapes = (mean.shape, covariance.shape, rows.shape, numbers.shape) == ((count,), (count, count), (count,), (5,))
    kinds = (mean.dtype, covariance.dtype, rows.dtype, numbers.dtype) == (np.float32, np.float32, np.int64, np.float64)
    if not (shapes and kinds and count):
        raise ValueError("its parts do not fit together")
    inside = rows[0] >= 0 and rows[-1] < items and (np.diff(rows) > 0).all()
    finite = np.isfinite(mean).all() and np.isfinite(covariance).all() and np.isfinite(numbers).all()
    if not (inside and finite and numbers[0] > 0 and (np.diagonal(covariance) > 0).all()):
        raise ValueError("its numbers are impossible")
