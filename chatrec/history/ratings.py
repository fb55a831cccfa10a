"""Everybody's ratings and one person's -> the rating this person would give an item, what speaks for it, and how sure that is.

A baseline (the mean, plus how far the item and the person lie from it) is corrected by the person's own ratings of similar
items (Koren, "Factor in the neighbors", TKDD 2010: item neighbours by shrunk correlation of what the baseline leaves over) and
by how they rate what carries the same labels, which also serves items nobody has rated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from chatrec.catalog.table import Catalog
from chatrec.history.actions import Rules, Scale, is_rating, of_some
from chatrec.history.interactions import Interactions
from chatrec.records import Item, Profile

Numbers = NDArray[np.float64]
Sureness = Literal["fairly sure", "unsure", "a guess"]

_ITEM_SHRINK, _USER_SHRINK = 5.0, 5.0
_MOST_RATINGS = 5_000_000
_PASSES = 3  # of the two biases, each against what the other leaves
_PAIR_SHRINK = 50.0  # people two items must share before their likeness is believed by half
_NEIGHBOURS = 40
_CAUTION = 0.5  # likeness of an item that says nothing, mixed into the mean of the neighbours
_LABEL_SHRINK = 6.0
_LABELS = 0.35  # how far labels count where there are good neighbours; whole where there are none
_STATED = 0.2  # of the scale: what a plain like or dislike moves an item from the person's mean
_ENOUGH, _SOME = 3.0, 0.8  # summed likeness of the neighbours


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One item the person knows that speaks for (`pull` > 0, in points of the scale) or against the item asked about.

    `rating` is what the person gave it (None: liked or disliked in words), `likeness` the shrunk correlation, `shared` how many
    people rated both.
    """

    item_id: str
    rating: float | None
    likeness: float
    shared: int
    pull: float


@dataclass(frozen=True, slots=True)
class LabelPull:
    """A label of the item, how many items with it the person knows, and how far from their mean these lie on average."""

    label: str
    kind: str
    count: int
    pull: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """A predicted rating on `scale` with what it rests on.

    `others` is the mean of the `raters` people who rated the item (None: nobody did), `usual` the person's own mean (None: they
    rated nothing), `known` how many items they rated, liked or disliked. `error` is the mean absolute error that forecasts of
    this sureness had on held-out ratings, as a share of the scale. `model` tells where the number comes from: the items nearest
    to this one, or the joint distribution of all ratings (chatrec/history/rating_joint.py).
    """

    item_id: str
    rating: float
    scale: Scale
    sureness: Sureness
    error: float
    others: float | None
    raters: int
    usual: float | None
    known: int
    neighbours: tuple[Neighbour, ...] = ()
    labels: tuple[LabelPull, ...] = ()
    model: Literal["neighbours", "joint"] = "neighbours"

    @property
    def stars(self) -> float:
        """The rating as half to five stars, to a tenth."""
        return round(0.5 + 4.5 * self.scale.share(self.rating), 1)


ERRORS: Mapping[Sureness, float] = {"fairly sure": 0.17, "unsure": 0.19, "a guess": 0.22}
"""Mean absolute error as a share of the scale, on a held-out fifth of MovieLens 100k (0.178 over all)."""


@dataclass(frozen=True)
class RatingModel:
    """Forecasts for the items of one catalog; holds nothing of any visitor.

    `residuals` is (users, items) in the catalog's order: what each rating leaves of the baseline; `there` the same with a 1 for
    each. By item, (items,): `items` is its distance from the mean, `means` the plain mean of its ratings (NaN without) and
    `raters` how many rated it.
    """

    catalog: Catalog
    scale: Scale
    residuals: csc_array
    there: csc_array
    items: Numbers
    means: Numbers
    raters: NDArray[np.int64]

    @classmethod
    def fit(cls, interactions: Interactions, catalog: Catalog, rules: Rules | None = None) -> RatingModel | None:
        """Learn from the ratings of items the catalog holds; None where there are none.

        Of more than five million ratings those of some people are enough, drawn once and for all; means and counts are of all.
        """
        rules = rules or Rules()
        place = np.array([catalog.row(i) if i in catalog else -1 for i in interactions.items] or [-1], dtype=np.int64)
        column = place[interactions.item]
        rated = np.flatnonzero(is_rating(interactions, rules) & (column >= 0))
        if rated.size == 0:
            return None
        users, columns = interactions.user[rated].astype(np.int64), column[rated]
        people, count = len(interactions.users), len(catalog)
        values = interactions.value[rated].astype(np.float64)
        scale = Scale(float(values.min()), float(values.max()), float(values.mean()))
        raters = np.bincount(columns, minlength=count)
        with np.errstate(invalid="ignore"):
            means = np.bincount(columns, weights=values, minlength=count) / raters
        some = of_some(users, people, _MOST_RATINGS)
        rated, users, columns, values = rated[some], users[some], columns[some], values[some]
        order = newest(users * count + columns, interactions.at[rated])
        users, columns, values = users[order], columns[order], values[order]
        own, items = np.zeros(people), np.zeros(count)
        for _ in range(_PASSES):
            items = _shrunk(columns, values - scale.mean - own[users], count, _ITEM_SHRINK)
            own = _shrunk(users, values - scale.mean - items[columns], people, _USER_SHRINK)
        left = (values - scale.mean - items[columns] - own[users]).astype(np.float32)
        shape = (people, count)
        residuals = csc_array((left, (users, columns)), shape=shape)
        there = csc_array((np.ones(len(left), dtype=np.float32), (users, columns)), shape=shape)
        return cls(catalog, scale, residuals, there, items, means, raters)

    def forecast(self, item_id: str, profile: Profile) -> Forecast:
        """What the person of a profile would give an item: from the ratings, deeds, likes and dislikes of its active sentences.

        KeyError for an item the catalog does not hold. The item's own rating is not looked at.
        """
        return self.predict(item_id, *stated(profile, self.scale))

    def predict(self, item_id: str, ratings: Mapping[str, float], weights: Mapping[str, float] | None = None) -> Forecast:
        """The same from ratings on the model's scale and, for items without one, weights from -1 to 1."""
        row = self.catalog.row(item_id)
        rated = {self.catalog.row(i): r for i, r in ratings.items() if i in self.catalog and i != item_id}
        told = {self.catalog.row(i): w for i, w in (weights or {}).items() if i in self.catalog and i != item_id}
        told = {i: w for i, w in told.items() if i not in rated}
        rows = np.array([*rated, *told], dtype=np.int64)
        values = np.array(list(rated.values()))
        usual = (
            float(np.sum(values - self.scale.mean - self.items[list(rated)]) / (len(rated) + _USER_SHRINK)) if rated else 0.0
        )
        left = np.concatenate(
            [
                values - self.scale.mean - self.items[list(rated)] - usual if rated else np.empty(0),
                np.array([w * _STATED * self.scale.span for w in told.values()]),
            ]
        )
        likeness, shared = self._likeness(row, rows)
        near = np.argsort(-likeness, kind="stable")[:_NEIGHBOURS]
        near = near[likeness[near] > 0]
        support = float(likeness[near].sum())
        pulls = likeness[near] * left[near] / (support + _CAUTION)
        labels = self._labels(self.catalog.items[row], rows, left)
        trust = support / (support + 1.0)
        by_label = sum(label.pull for label in labels) * (1.0 - trust * (1.0 - _LABELS))
        whole = self.scale.mean + self.items[row] + usual + float(pulls.sum()) + by_label
        raters = int(self.raters[row])
        sureness: Sureness = "fairly sure" if support >= _ENOUGH else "unsure" if support >= _SOME or raters > 20 else "a guess"
        found = [
            Neighbour(
                self.catalog.items[rows[n]].id,
                rated.get(int(rows[n])),
                round(float(likeness[n]), 3),
                int(shared[n]),
                float(pull),
            )
            for n, pull in zip(near, pulls, strict=True)
        ]
        return Forecast(
            item_id=item_id,
            rating=min(max(whole, self.scale.least), self.scale.greatest),
            scale=self.scale,
            sureness=sureness,
            error=ERRORS[sureness],
            others=float(self.means[row]) if raters else None,
            raters=raters,
            usual=self.scale.mean + usual if rated else None,
            known=len(rows),
            neighbours=tuple(sorted(found, key=lambda n: -abs(n.pull))),
            labels=tuple(sorted(labels, key=lambda one: -abs(one.pull))),
        )

    def _likeness(self, row: int, rows: NDArray[np.int64]) -> tuple[Numbers, NDArray[np.int64]]:
        """The shrunk correlation of one item with others over the people who rated both, and how many these are, (m,) each."""
        start, end = self.there.indptr[row], self.there.indptr[row + 1]
        if start == end or not len(rows):
            return np.zeros(len(rows)), np.zeros(len(rows), dtype=np.int64)
        people = self.there.indices[start:end]
        own = np.zeros(self.there.shape[0], dtype=np.float32)
        mine = np.zeros_like(own)
        own[people], mine[people] = self.residuals.data[start:end], 1.0
        theirs, both = self.residuals[:, rows], self.there[:, rows]
        shared = both.T @ mine
        across = theirs.T @ own
        squares = both.T @ (own * own), theirs.multiply(theirs).T @ mine
        correlation = across / np.sqrt(np.maximum(squares[0] * squares[1], 1e-9))
        return np.asarray(correlation * shared / (shared + _PAIR_SHRINK), dtype=np.float64), shared.astype(np.int64)

    def _labels(self, item: Item, rows: NDArray[np.int64], left: Numbers) -> list[LabelPull]:
        """How far the person's ratings of what carries the item's labels lie from what was to be expected."""
        wanted = labels_of(item)
        known: dict[tuple[str, str], list[float]] = defaultdict(list)
        for row, value in zip(rows, left, strict=True):
            for label in wanted & labels_of(self.catalog.items[row]):
                known[label].append(float(value))
        shares = {label: sum(values) / (len(values) + _LABEL_SHRINK) for label, values in known.items()}
        count = max(len(shares), 1) ** 0.5
        return [LabelPull(name, kind, len(known[kind, name]), share / count) for (kind, name), share in shares.items()]


def stated(profile: Profile, scale: Scale) -> tuple[dict[str, float], dict[str, float]]:
    """What a profile says of items: ratings on a scale, and weights (-1 to 1) of the rest."""
    ratings = {item: scale.rating(share) for item, share in profile.ratings.items()}
    weights = {item: weight for item, weight in profile.history.items() if item not in ratings}
    weights |= {p.value: p.weight for p in profile.preferences if p.target == "item" and p.value not in ratings}
    return ratings, weights


def newest(pairs: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each distinct pair of a person and an item stands, pairs ascending; of one that is there twice the newest."""
    order = np.argsort(pairs, kind="stable")
    if (np.diff(pairs[order]) == 0).any():
        order = np.lexsort((at, pairs))
        order = order[np.append(np.diff(pairs[order]) != 0, True)]
    return order


def labels_of(item: Item) -> set[tuple[str, str]]:
    """What an item shares with others: kind and name of its people, genres and topics."""
    people = {("person", name) for names in item.people.values() for name in names}
    return people | {("genre", genre) for genre in item.genres} | {("topic", word) for word in item.keywords}


def _shrunk(groups: NDArray[np.int64], values: Numbers, count: int, shrink: float) -> Numbers:
    """The mean of the values by group, (count,), with `shrink` zeros mixed in."""
    return np.asarray(np.bincount(groups, weights=values, minlength=count) / (np.bincount(groups, minlength=count) + shrink))
