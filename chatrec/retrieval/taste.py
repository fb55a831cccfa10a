"""Preferences -> how much each item is to the person's taste, -1 (not at all) to 1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.records import Preference
from chatrec.retrieval.dense import DenseIndex, Rows, likeness
from chatrec.retrieval.filters import Filters
from chatrec.retrieval.fusion import Numbers, scaled

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

    def scores(self, rows: Rows, preferences: Sequence[Preference], labels: Numbers) -> Numbers:
        """The taste for the items at `rows`, (len(rows),); `labels` is what `labels` gave for the whole catalog."""
        score = labels[rows].copy()
        vectors = self._dense.vectors[rows]
        for sign in (1, -1):
            for_item = [
                weight * scaled(likeness(vectors, self._dense.vectors[row])) for row, weight in self.items(preferences, sign)
            ]
            if for_item:
                score += sign * np.max(for_item, axis=0)
        return np.tanh(score)
