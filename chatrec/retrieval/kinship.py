"""The catalog's facts -> how much items have in common: genres, keywords, makers and origin, rare ones counting more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.fusion import Numbers, to_all

Fact = tuple[str, object]

_LEADING = 1.5
_CAST = 0.5
_ORIGIN = 0.4
_DECADE = 0.3


class Kinship:
    """Cosine likeness of items as bags of facts, each fact weighted by its rarity (inverse document frequency).

    Where text likeness finds items told in the same words, this finds items of the same kind: what shares the keyword
    `ghosts`, the genre Fantasy and a director, however it is told.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._bags = [dict(_facts(item)) for item in catalog]
        holders: dict[Fact, list[int]] = {}
        for row, bag in enumerate(self._bags):
            for fact in bag:
                holders.setdefault(fact, []).append(row)
        self._rarity = {fact: float(np.log(len(self._bags) / len(rows))) for fact, rows in holders.items()}
        self._holders = {fact: np.array(rows) for fact, rows in holders.items()}
        weights = {fact: np.array([self._bags[row][fact] for row in rows]) for fact, rows in holders.items()}
        self._weights = {fact: weights[fact] * rarity for fact, rarity in self._rarity.items()}
        squares = np.zeros(len(self._bags))
        for fact, rows in self._holders.items():
            squares[rows] += self._weights[fact] ** 2
        self._lengths = np.maximum(np.sqrt(squares), 1e-9)

    def to(self, rows: Sequence[int], shares: Numbers | None = None) -> Numbers:
        """The likeness of every item to the items at `rows`, nearest and average in equal parts, (n,) float64 from 0 to 1.

        `shares` (len(rows),) say how much each of them counts; without, all count alike.
        """
        shares = np.ones(len(rows)) if shares is None else shares
        return to_all(np.stack([self._one(row) for row in rows]), shares)

    def _one(self, row: int) -> Numbers:
        products = np.zeros(len(self._bags))
        for fact, weight in self._bags[row].items():
            products[self._holders[fact]] += weight * self._rarity[fact] * self._weights[fact]
        return np.asarray(products / (self._lengths * self._lengths[row]), dtype=np.float64)


def _facts(item: Item) -> Iterator[tuple[Fact, float]]:
    for place, genre in enumerate(item.genres):
        yield ("genre", genre), _LEADING if place == 0 else 1.0
    for keyword in item.keywords:
        yield ("keyword", keyword), 1.0
    for role, names in item.people.items():
        for name in names:
            yield ("person", name), _CAST if role == "cast" else 1.0
    if item.series:
        yield ("series", item.series), 1.0
    for country in item.countries[:1]:
        yield ("country", country), _ORIGIN
    if item.year is not None:
        yield ("decade", item.year // 10), _DECADE
