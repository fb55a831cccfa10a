"""Our own films held against each other -> facts that cannot all be true, and titles not kept in their own script."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz import fuzz

from chatrec.catalog.words import fold
from chatrec.records import Item

BY_A_WOMAN = "directed by a woman"
OWN_SCRIPT = {
    "Bangladesh": ("Bengali",),
    "Bhutan": ("Dzongkha",),
    "Bulgaria": ("Bulgarian",),
    "Cambodia": ("Khmer",),
    "China": ("Mandarin", "Cantonese", "Shanghainese", "Tibetan"),
    "Egypt": ("Arabic",),
    "Georgia": ("Georgian",),
    "Greece": ("Greek",),
    "Hong Kong": ("Cantonese", "Mandarin"),
    "India": ("Hindi", "Bengali", "Tamil", "Telugu", "Malayalam", "Marathi", "Kannada", "Punjabi", "Assamese", "Urdu"),
    "Iran": ("Persian",),
    "Israel": ("Hebrew", "Arabic"),
    "Japan": ("Japanese",),
    "Jordan": ("Arabic",),
    "Kazakhstan": ("Kazakh", "Russian"),
    "Lebanon": ("Arabic",),
    "Mongolia": ("Mongolian",),
    "Nepal": ("Nepali",),
    "North Macedonia": ("Macedonian",),
    "Pakistan": ("Urdu", "Punjabi"),
    "Palestine": ("Arabic",),
    "Russia": ("Russian",),
    "Saudi Arabia": ("Arabic",),
    "South Korea": ("Korean",),
    "Soviet Union": ("Russian", "Ukrainian", "Georgian", "Armenian", "Belarusian", "Kazakh"),
    "Sri Lanka": ("Sinhala", "Tamil"),
    "Taiwan": ("Mandarin", "Hokkien"),
    "Thailand": ("Thai",),
    "Ukraine": ("Ukrainian", "Russian"),
}
"""Leading country -> languages it writes in letters other than ours: such a film's `original_title` is in them."""
LATIN_AT_HOME = frozenset(
    (
        "3-idiots-2009",
        "agent-of-happiness-2024",
        "all-that-breathes-2022",
        "black-box-diaries-2024",
        "love-letter-1995",
        "perfect-days-2023",
        "plan-75-2022",
        "ryuichi-sakamoto-coda-2017",
        "s-21-the-khmer-rouge-killing-machine-2003",
        "the-first-slam-dunk-2022",
        "writing-with-fire-2021",
    )
)
"""Films that were released under a title in Latin letters where they come from."""
_ARTICLE = re.compile(r"^(?:the|a|an) ")
_ALIKE = 80  # of 100, for titles; two films of one director a year apart are seldom so much alike
_SAME_CAST = 3  # more names than this in common, and a runtime as near as two cuts of one film
_SAME_MINUTES = 3


def inconsistencies(items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
    """Films held twice, series out of order, a director told of as a woman in one film only, titles without their script."""
    items = tuple(items)
    yield from _twice(items)
    yield from _series(items)
    yield from _women(items)
    for item in items:
        if _wants_own_script(item) and not _other_letters(item.original_title):
            yield item, f"`original_title` must be in the script of {item.languages[0]}, not {item.original_title!r}"


def _twice(items: tuple[Item, ...]) -> Iterator[tuple[Item, str]]:
    by_director: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for director in item.named("director"):
            by_director[fold(director)].append(item)
    told: set[frozenset[str]] = set()
    for films in by_director.values():
        for number, other in enumerate(films):
            for first in films[:number]:
                pair = frozenset((first.id, other.id))
                if pair not in told and _same_film(first, other):
                    told.add(pair)
                    yield other, f"looks like {first.id} under another title or year"


def _same_film(one: Item, other: Item) -> bool:
    if abs((one.year or 0) - (other.year or 0)) > 1 or (one.series and one.series == other.series):
        return False
    titles = [[fold(title) for title in (item.title, item.original_title) if title] for item in (one, other)]
    likest = max(fuzz.ratio(first, second) for first in titles[0] for second in titles[1])
    same_cast = len(set(one.named("cast")) & set(other.named("cast"))) > _SAME_CAST
    return likest >= _ALIKE or (same_cast and abs((one.runtime or 0) - (other.runtime or 0)) <= _SAME_MINUTES)


def _series(items: tuple[Item, ...]) -> Iterator[tuple[Item, str]]:
    """Positions are in order of release; `Fly` and `The Fly` would be one series."""
    series: dict[str, list[Item]] = defaultdict(list)
    names: dict[str, str] = {}
    for item in items:
        if item.series and item.position is not None:
            series[item.series].append(item)
            first = names.setdefault(_ARTICLE.sub("", fold(item.series)), item.series)
            if first != item.series:
                yield item, f"`series` is {item.series} here and {first} elsewhere"
    for films in series.values():
        ordered = sorted(films, key=lambda item: item.position or 0)
        for before, after in pairwise(ordered):
            if (before.year or 0) > (after.year or 0):
                yield after, f"is number {after.position} of {after.series}, but older than number {before.position}"


def _women(items: tuple[Item, ...]) -> Iterator[tuple[Item, str]]:
    """A lone director settles it: what is said of one of her films holds for all the others."""
    alone = {
        item.named("director")[0]: item for item in items if len(item.named("director")) == 1 and BY_A_WOMAN in item.keywords
    }
    for item in items:
        if BY_A_WOMAN not in item.keywords and (known := [d for d in item.named("director") if d in alone]):
            yield item, f"`keywords` lacks {BY_A_WOMAN}, which {alone[known[0]].id} by {known[0]} has"


def _wants_own_script(item: Item) -> bool:
    if not item.countries or not item.languages or item.id in LATIN_AT_HOME:
        return False
    return item.languages[0] in OWN_SCRIPT.get(item.countries[0], ())


def _other_letters(title: str) -> bool:
    return any(letter.isalpha() and "LATIN" not in unicodedata.name(letter, "") for letter in title)
