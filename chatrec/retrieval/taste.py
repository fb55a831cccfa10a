"""Preferences -> how much each item is to the person's taste, -1 (not at all) to 1."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.records import Preference
from chatrec.retrieval.dense import DenseIndex, Rows, likeness
from chatrec.retrieval.filters import Filters, Mask
from chatrec.retrieval.fusion import Numbers, calibrated
from chatrec.retrieval.moods import Moods

_IN_STORY = 0.5  # a topic in the title or description only counts half: the catalog's own labels are surer
_TYPICAL = 0.4  # how far what an item is about beside a label counts within it
_LASTING = 0.3  # what was liked before, beside a wish of today
_GENRE, _ASKED = "genre", 1.0
_COMMON = 0.65


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
        self._moods = Moods(catalog)

    def wishes(
        self, preferences: Sequence[Preference], lasting: Collection[Preference] = (), genres: Sequence[Sequence[str]] = ()
    ) -> Numbers:
        """How much of what was asked for each item has, (n,) float64: 1 has all of it, below 0 has what was refused.

        A rare theme counts for more than a common tone, and a label no item has does not count. Of several people or places
        one is enough. `lasting` are likes of long standing: they add a little and never lessen what answers today's wish.
        `genres` are those of the conditions, each a choice of some: items of which they are the leading genre have more.
        """
        asked, total, besides = np.zeros(len(self._catalog)), 0.0, np.zeros(len(self._catalog))
        against = np.zeros(len(self._catalog))
        parts = [(p.target, p.weight, self.share(p)) for p in preferences if p.target != "item" and p not in lasting]
        for target, weight, share in (*_alternatives(parts), *((_GENRE, _ASKED, self._leading(names)) for names in genres)):
            if weight < 0:
                against += -2.0 * weight * share  # bringing what was refused is worse than missing what was wished for
            elif share.any():
                telling = weight * self._telling(target, share)
                asked += telling * share
                total += telling
        for preference in lasting:
            if preference.target != "item":
                besides += preference.weight * self.share(preference)
        return np.asarray(asked / max(total, 1e-9) + _LASTING * np.tanh(besides) - np.tanh(against))

    def share(self, preference: Preference) -> Numbers:
        """How much of one label each item has, (n,) float64 from 0 to 1; of an unwelcome mood only what is plain to see."""
        target, value = preference.target, preference.value
        if target == "mood":
            label = self._filters.label(value)
            return np.maximum(label, self._moods.clear(value) if preference.weight < 0 else self._moods.strength(value))
        if target == "topic":
            named = self._filters.label(value)
            typical = _TYPICAL * self._typical(named) if named.any() else np.zeros(len(named))
            return np.asarray(np.maximum(named * (1.0 - _TYPICAL + typical), _IN_STORY * self._filters.topic(value)))
        if target == "genre":
            return self._moods.genre(value)
        return self._filters.name(target, value).astype(np.float64)

    def _typical(self, label: Mask) -> Numbers:
        """How near each item is in text to the average of those with a label, (n,) float64."""
        middle = self._dense.vectors[label].mean(axis=0)
        whole = likeness(self._dense.vectors, middle / max(float(np.linalg.norm(middle)), 1e-9))
        return calibrated(whole, whole)

    def _leading(self, names: Sequence[str]) -> Numbers:
        return np.asarray(np.max([self._moods.genre(name) for name in names], axis=0))

    def _telling(self, target: str, share: Numbers) -> float:
        """1 for a label of one item in thirty, more for a rarer one; moods, being matters of degree, always a bit less."""
        if target in ("mood", "genre"):
            return _COMMON
        return float(np.clip(np.log10(len(share) / max(share.sum(), 1.0)) / 1.5, 0.5, 1.1))

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


def _alternatives(parts: Iterable[tuple[str, float, Numbers]]) -> Iterator[tuple[str, float, Numbers]]:
    """The parts of a wish, with all the people wanted as one, and all the countries and languages."""
    choices: dict[str, list[tuple[float, Numbers]]] = {}
    for target, weight, share in parts:
        if target in ("person", "country", "language") and weight > 0:
            choices.setdefault(target, []).append((weight, share))
        else:
            yield target, weight, share
    for target, found in choices.items():
        yield target, max(weight for weight, _ in found), np.max([share for _, share in found], axis=0)
