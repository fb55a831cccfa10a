"""Certificates -> the youngest viewer's age; genres, keywords and certificates -> how strong the content is likely to be."""

from __future__ import annotations

import re
from functools import lru_cache

from chatrec.records import Item
from chatrec.retrieval.words import phrase

KINDS = ("violence", "fear", "sex", "language", "drugs")

# Age in years from which each body says (or by its guidance means) the item suits: MPA, BBFC, US television, and old names.
_AGES = {
    "all": 0, "g": 0, "u": 0, "uc": 0, "tv-g": 0, "tv-y": 0, "e": 0,
    "tv-y7": 7, "tv-y7-fv": 7, "pg": 8, "gp": 8, "tv-pg": 8,
    "12a": 12, "pg-13": 13, "tv-14": 14, "m": 15, "ma": 15,
    "r": 17, "tv-ma": 17, "nc-17": 18, "x": 18, "r18": 18, "a": 18,
}  # fmt: skip
_NUMBERED = re.compile(r"(?:fsk|ma|r|m|vm|k|-)?\s*-?(\d{1,2})\s*[a+]?")

# What the word alone leads one to expect, 0 none .. 3 strong. A keyword overrules nothing: the highest level counts.
_BY_GENRE = {
    "violence": {
        3: "war horror", 2: "action crime thriller western film-noir",
        1: "adventure science-fiction sci-fi mystery fantasy history drama",
    },
    "fear": {3: "horror", 2: "thriller", 1: "mystery war crime science-fiction sci-fi fantasy action film-noir drama"},
    "sex": {3: "erotic adult", 1: "romance drama comedy thriller horror crime"},
    "language": {2: "crime thriller horror war action", 1: "drama comedy documentary sport western"},
    "drugs": {1: "crime drama thriller comedy music"},
}  # fmt: skip
_BY_KEYWORD = {
    "violence": {
        3: "gore|torture|serial killer|massacre|slasher|brutality|genocide|splatter",
        2: "violent|violence|murder|gangster|war|martial arts|revenge|killing|gun|assassin|zombie|gritty|terrorist",
    },
    "fear": {
        3: "scary|slasher|gore|torture|haunted house|demon|possession|found footage",
        2: "eerie|disturbing|serial killer|ghost|zombie|vampire|monster|tense|suspenseful|supernatural",
    },
    "sex": {3: "erotic|sex|pornography|prostitution|rape", 2: "sensual|nudity|female nudity|affair|prostitute|sexuality"},
    "language": {},
    "drugs": {3: "drugs|drug addiction|heroin|cocaine|drug abuse|addiction", 2: "drug|drug dealer|alcoholism|marijuana"},
}  # fmt: skip


_label = lru_cache(maxsize=100_000)(phrase)


def _prepared(table: dict[str, dict[int, str]], separator: str | None) -> dict[str, dict[str, int]]:
    return {
        kind: {_label(word): level for level, words in levels.items() for word in words.split(separator)}
        for kind, levels in table.items()
    }


_GENRES = _prepared(_BY_GENRE, None)
_KEYWORDS = _prepared(_BY_KEYWORD, "|")


def youngest(certificate: str) -> int | None:
    """The age in years an item with this certificate suits from, None when the certificate is unknown.

    Knows the audience levels of the shipped catalog (`all`, `7+` ..), MPA, BBFC, US television and FSK, and any other that is
    a number.
    """
    name = certificate.strip().casefold()
    if name in _AGES:
        return _AGES[name]
    number = _NUMBERED.fullmatch(name)
    return int(number[1]) if number and int(number[1]) <= 21 else None


def expected(item: Item, kind: str) -> int | None:
    """How strong a kind of content is likely to be, 0 to 3, where the catalog does not say; None when nothing hints at it.

    Rather too high than too low: a drama may be anything mild, and what only adults may watch is marked in everything but fear.
    """
    age = youngest(item.certificate)
    if not item.genres and not item.keywords and age is None:
        return None
    keywords = "".join(map(_label, item.keywords))
    levels = [_GENRES[kind].get(_label(genre), 0) for genre in item.genres]
    levels += [level for name, level in _KEYWORDS[kind].items() if name in keywords]
    if age is not None and age >= 16 and kind != "fear":
        levels.append(2)
    if age is not None and age <= 8:
        return min(max(levels, default=0), 1)
    return max(levels, default=0)
