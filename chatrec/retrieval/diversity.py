"""Scored items -> an order in which neighbours differ: not ten of a kind, not three of one series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from chatrec.records import Item
from chatrec.retrieval.dense import likeness
from chatrec.retrieval.embedding import Vectors
from chatrec.retrieval.fusion import Numbers, scaled
from chatrec.retrieval.words import fold

Facet = tuple[str, object]

_OF_ONE_SERIES = 1
_SAME_GENRE, _SAME_DECADE, _SAME_COUNTRY = 0.16, 0.12, 0.10


def varied(scores: Numbers, vectors: Vectors, limit: int, relevance: float = 0.8) -> list[int]:
    """The positions of `limit` items by maximal marginal relevance (Carbonell and Goldstein, 1998), first the best.

    Each next item is the one with the most of `relevance` * score - (1 - `relevance`) * likeness to the nearest item taken,
    both from 0 to 1. `scores` is (n,), `vectors` (n, dimension) unit rows.
    """
    return _greedy(scores, vectors, limit, relevance, [[] for _ in scores])


def spread(
    scores: Numbers, vectors: Vectors, items: Sequence[Item], limit: int, wanted: Collection[str] = frozenset()
) -> list[int]:
    """As `varied`, for a list that shows what there is: genres, decades and countries taken before count against an item.

    Only the first genre and country of an item count, and none of those in `wanted` (folded names), which may repeat.
    """
    return _greedy(scores, vectors, limit, 0.7, [_facets(item, wanted) for item in items])


def series_apart(items: Sequence[Item], asked: Collection[str]) -> tuple[list[int], list[int]]:
    """The positions of the items to show, best first as they come, and those of the rest: what follows the first of a series.

    The series in `asked` stay together.
    """
    seen: Counter[str] = Counter()
    kept: list[int] = []
    rest: list[int] = []
    for position, item in enumerate(items):
        seen[item.series] += 1
        repeats = item.series and item.series not in asked and seen[item.series] > _OF_ONE_SERIES
        (rest if repeats else kept).append(position)
    return kept, rest


def _greedy(
    scores: Numbers, vectors: Vectors, limit: int, relevance: float, facets: list[list[tuple[Facet, float]]]
) -> list[int]:
    worth = relevance * scaled(scores)
    nearest = np.zeros(len(worth))
    left = np.ones(len(worth), dtype=bool)
    sharing: dict[Facet, list[int]] = {}
    for position, mine in enumerate(facets):
        for facet, _ in mine:
            sharing.setdefault(facet, []).append(position)
    order: list[int] = []
    for _ in range(min(limit, len(worth))):
        best = int(np.argmax(np.where(left, worth - nearest, -np.inf)))
        order.append(best)
        left[best] = False
        nearest = np.maximum(nearest, (1 - relevance) * likeness(vectors, vectors[best]))
        for facet, cost in facets[best]:
            worth[sharing[facet]] -= cost
    return order


def _facets(item: Item, wanted: Collection[str]) -> list[tuple[Facet, float]]:
    facets: list[tuple[Facet, float]] = []
    if item.year is not None:
        facets.append((("decade", item.year // 10), _SAME_DECADE))
    facets += [(("genre", genre), _SAME_GENRE) for genre in item.genres[:1] if fold(genre) not in wanted]
    facets += [(("country", country), _SAME_COUNTRY) for country in item.countries[:1] if fold(country) not in wanted]
    return facets
