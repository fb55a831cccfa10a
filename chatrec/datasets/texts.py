"""Small texts of datasets -> clean values: lists in one cell, dates, minutes, tags, genres."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from chatrec.catalog.files import clean

_GENRES: Mapping[str, str] = MappingProxyType(
    {"sci-fi": "Science Fiction", "film-noir": "Film Noir", "children": "Family", "children's": "Family", "imax": ""}
)
_NO_GENRE = frozenset(("", "(no genres listed)", "unknown", "n/a"))
_DATES = ("%d-%b-%y", "%B %d, %Y", "%Y-%m-%d", "%d-%b-%Y", "%m/%d/%Y")
_MINUTES = re.compile(r"(\d{1,4})\s*min(?:ute)?s?", re.IGNORECASE)
_SEASONS = re.compile(r"(\d{1,3})\s*seasons?", re.IGNORECASE)
_LONGEST_TAG = 40
_OWN_NOTES = re.compile(
    r"(?:in |on )?(?:my )?(?:netflix|watch|to[- ]?see|wish|to[- ]?watch)?\s*(?:queue|list|watchlist)|(?:have )?seen(?: it|"
    r" at .*| \d.*| more .*)?|(?:i )?own(?:ed)?(?: it)?|(?:want )?to (?:see|watch|buy|rent|own)(?: again)?|watched(?: \d.*)?|"
    r"blu-?ray|bd-?r|clv|vhs|library|(?:.*\b)?dvds?|less than \d+ ratings|imdb top \d+|afi \d+.*|betamax|tivo"
)


def genres(names: Iterable[str]) -> list[str]:
    """Genre names in the spelling of the films that ship (`Sci-Fi` -> `Science Fiction`), placeholders left out."""
    spelled = (_GENRES.get(name.strip().lower(), clean(name)) for name in names if name.strip().lower() not in _NO_GENRE)
    return list(dict.fromkeys(name[:1].upper() + name[1:] if name.islower() else name for name in spelled if name))


def listed(cell: str, separator: str = ",") -> list[str]:
    """The parts of one cell, cleaned, each once; parts without a letter (a column that slipped) are left out."""
    parts = (clean(part) for part in cell.split(separator))
    return list(dict.fromkeys(part for part in parts if any(c.isalpha() for c in part)))


def day(text: str) -> date | None:
    """A day as datasets write it (`25-Sep-21`, `September 25, 2021`, `2021-09-25`), or None."""
    text = text.strip()
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def minutes(text: str) -> int | None:
    """`90 min` -> 90."""
    found = _MINUTES.fullmatch(text.strip())
    return int(found[1]) if found else None


def seasons(text: str) -> int | None:
    """`2 Seasons` -> 2."""
    found = _SEASONS.fullmatch(text.strip())
    return int(found[1]) if found else None


def tag(text: str) -> str:
    """A tag in lower case; empty for what says nothing of the item (`in netflix queue`, `own`, `dvd`, `4/5`)."""
    name = clean(text).strip(" .,;:!\"'*#").lower()
    if len(name) > _LONGEST_TAG or not any(c.isalpha() for c in name) or _OWN_NOTES.fullmatch(name):
        return ""
    return name


def imdb_id(text: str) -> str:
    """`0114709` -> `tt0114709`, as IMDb writes it; empty when it is none."""
    digits = text.strip().removeprefix("tt")
    return f"tt{digits.zfill(7)}" if digits.isascii() and digits.isdigit() and int(digits) else ""
