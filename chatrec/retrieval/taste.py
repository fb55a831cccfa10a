"""Preferences -> how much each item is to the person's taste, -1 (not at all) to 1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.records import Preference
from chatrec.retrieval.dense import DenseIndex, Rows, likeness
from chatrec.retrieval.filters import Filters
from chatrec.retrieval.fusion import Numbers, calibrated

_IN_STORY = 0.5  # a topic in the title or description only counts half: the catalog's own labels are surer


def merged(*sources: Iterable[Preference]) -> tuple[Preference, ...]:
    """All preferences, one for each target and value: the first source that has one wins."""
    kept: dict[tuple[str, str], Preference] = {}
    for source in sources:
        for preference in source:
            kept.setdefault((preference.target, preference.value.casefold()), preference)
    return tuple(kept.values())


class Tastes:
    """Answers for a whole catalog: labels (genre, person, topic ...) by its facts, items by likeness of vectors."""

    def __init__(self, catalog: Catalog, dense: DenseIndex, filters: Filters) -> None:
        self._catalog = catalog
        self._dense = dense
        self._filters = filters

    def labels(self, preferences: Sequence[Preference]) -> Numbers:
        """The summed weights of the labels each item has, (n,) float64, unbounded."""
        total = np.zeros(len(self._catalog))
        for preference in preferences:
            if preference.target in ("topic", "mood"):
                label = self._filters.label(preference.value)
                total += preference.weight * label
                if preference.target == "topic":
                    total += _IN_STORY * preference.weight * (self._filters.topic(preference.value) & ~label)
            elif preference.target != "item":
                total += preference.weight * self._filters.name(preference.target, preference.value)
        return total

    def items(self, preferences: Sequence[Preference], sign: int) -> list[tuple[int, float]]:
        """The rows of the items liked (`sign` 1) or disliked (-1) and how strongly, strongest first; unknown ids left out."""
        found = [
            (self._catalog.row(p.value), abs(p.weight))
            for p in preferences
            if p.target == "item" and p.weight * sign > 0 and p.value in self._catalog
        ]
        return sorted(found, key=lambda pair: -pair[1])

    def scores(self, rows: Rows, preferences: Sequence[Preference], besides: Sequence[int] = ()) -> Numbers:
        """How much the items at `rows` resemble what was liked rather than what was disliked, (len(rows),) from -1 to 1.

        The rows of `besides` are not looked at: an example named in the wish already counts there.
        """
        score = np.zeros(len(rows))
        vectors = self._dense.vectors
        for sign in (1, -1):
            near = [
                (likeness(vectors, vectors[row]), weight) for row, weight in self.items(preferences, sign) if row not in besides
            ]
            if near:
                score += sign * np.max([weight * calibrated(whole[rows], whole) for whole, weight in near], axis=0)
        return np.clip(score, -1.0, 1.0)
