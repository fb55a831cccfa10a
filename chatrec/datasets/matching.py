"""The items of a dataset -> the items of another catalog they are: by IMDb or TMDB id, else by title and year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chatrec.catalog.names import title_forms
from chatrec.catalog.table import Catalog
from chatrec.catalog.words import joined, words_of
from chatrec.records import Item

_SITES = ("imdb_id", "tmdb_id")
_ARTICLES = frozenset(("the", "a", "an", "le", "la", "les", "l", "il", "el", "los", "las", "der", "das"))
_PARTS = re.compile(r":\s+|\s+[-–]\s+")


@dataclass(frozen=True, slots=True)
class Matches:
    """Dataset id -> catalog id for the items that are in both; how many by another site's id, how many by title and year."""

    found: Mapping[str, str]
    by_site: int
    by_title: int


def match(items: Iterable[Item], catalog: Catalog) -> Matches:
    """Find the items of a dataset in a catalog; two of the dataset's may be one there.

    A title counts in any of its forms when the year is the same or one off; a part of it (`X2: X-Men United` and `X2`) when the
    year is the same. A match by part, or with a year one off, gives way to a better one with the same item.
    """
    shelf = _Shelf(catalog)
    by_site: dict[str, str] = {}
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    for item in items:
        if theirs := shelf.elsewhere(item):
            by_site[item.id] = theirs
        elif theirs := shelf.titled(item, 0):
            exact[item.id] = theirs
        elif theirs := shelf.in_part(item) or shelf.titled(item, 1):
            loose[item.id] = theirs
    taken = {*by_site.values(), *exact.values()}
    by_title = {**exact, **{item_id: theirs for item_id, theirs in loose.items() if theirs not in taken}}
    return Matches({**by_site, **by_title}, len(by_site), len(by_title))


class _Shelf:
    """A catalog's items by the ids of other sites, by title, and by the parts of a title."""

    def __init__(self, catalog: Catalog) -> None:
        self._sites: dict[tuple[str, str], str] = {}
        self._titles: dict[str, dict[str, Item]] = defaultdict(dict)
        self._parts: dict[tuple[str, int | None], dict[str, frozenset[str]]] = defaultdict(dict)
        for item in catalog:
            self._sites.update((place, item.id) for place in _places(item))
            for key in _keys(item):
                self._titles[key][item.id] = item
            parts = _parts(item)
            for part in parts:
                self._parts[part, item.year][item.id] = parts

    def elsewhere(self, item: Item) -> str:
        """The item with the same id on another site, or empty."""
        return next((self._sites[place] for place in _places(item) if place in self._sites), "")

    def titled(self, item: Item, apart: int) -> str:
        """The one item with a title in common and a year so far off; empty where there is none or more than one."""
        alike = {
            theirs.id for key in _keys(item) for theirs in self._titles.get(key, {}).values() if _years(item, theirs) == apart
        }
        return next(iter(alike)) if len(alike) == 1 else ""

    def in_part(self, item: Item) -> str:
        """The one item of the same year of whose title this one's is a part, or the other way round."""
        mine = _parts(item)
        alike = {
            theirs
            for part in mine
            for theirs, parts in self._parts.get((part, item.year), {}).items()
            if item.year and (mine <= parts or parts <= mine)
        }
        return next(iter(alike)) if len(alike) == 1 else ""


def _years(one: Item, other: Item) -> int | None:
    """How far apart; 0 where neither is known, None where one is."""
    if one.year is None or other.year is None:
        return 0 if one.year == other.year else None
    return abs(one.year - other.year)


def _places(item: Item) -> Iterator[tuple[str, str]]:
    for site in _SITES:
        value: Any = item.extra.get(site)
        if value:
            yield site, str(value)


def _keys(item: Item) -> frozenset[str]:
    also = item.extra.get("also_known_as")
    names = (item.title, item.original_title, *(also if isinstance(also, (list, tuple)) else ()))
    return frozenset(filter(None, (_key(form) for name in names if name for form in title_forms(str(name)))))


def _parts(item: Item) -> frozenset[str]:
    return frozenset(filter(None, map(_key, _PARTS.split(item.title))))


def _key(title: str) -> str:
    words = words_of(title)
    if words[1:] and words[0].key in _ARTICLES:
        words = words[1:]
    return joined(words)
