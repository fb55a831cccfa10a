"""How well known the items of a catalog are: their own figures, else those of films we ship, matched by title and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.fusion import Numbers
from chatrec.retrieval.words import fold

_ARTICLES = ("the ", "a ", "an ")
_NEAR = 1  # years by which sources disagree on when a film came out


@dataclass(frozen=True, slots=True)
class Renown:
    """By row: `popularity` and `acclaim`, 0 to 1, and whether they are `known` (else 0 and one half)."""

    popularity: Numbers
    acclaim: Numbers
    known: Numbers


def renown(catalog: Catalog, shelf: Iterable[Item] = ()) -> Renown:
    """What the catalog knows of each item, or what `shelf` (items whose popularity is known) does of its namesake."""
    by_title: dict[str, list[Item]] = {}
    for item in shelf:
        for title in {title_key(item.title), title_key(item.original_title or item.title)}:
            by_title.setdefault(title, []).append(item)
    popularity, acclaim, known = np.zeros(len(catalog)), np.full(len(catalog), 0.5), np.zeros(len(catalog))
    for row, item in enumerate(catalog):
        source = item if item.popularity is not None else namesake(item, by_title)
        if source is None or source.popularity is None:
            continue
        popularity[row], known[row] = source.popularity / 100, 1.0
        acclaim[row] = 0.5 if source.acclaim is None else source.acclaim / 100
    return Renown(popularity, acclaim, known)


def title_key(title: str) -> str:
    """A title as titles are compared: folded, no leading article."""
    folded = fold(title)
    for article in _ARTICLES:
        folded = folded.removeprefix(article)
    return folded


def namesake(item: Item, by_title: Mapping[str, list[Item]]) -> Item | None:
    """The item of the same title and nearest year, at most a year off; without a year, one that shares a director."""
    found = by_title.get(title_key(item.title), [])
    if item.year is None:
        directors = {fold(name) for name in item.named("director")}
        found = [other for other in found if directors & {fold(name) for name in other.named("director")}]
        return found[0] if found else None
    year = item.year
    found = [other for other in found if other.year is not None and abs(other.year - year) <= _NEAR]
    return min(found, key=lambda other: abs((other.year or 0) - year)) if found else None
