"""The wish in a model's words -> what search can use of it: no refusals, and the genres it names."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Everyday nouns: genres only where they stand like one, "a war film".
_WEAK = frozenset(("action", "adventure", "crime", "drama", "family", "history", "music", "mystery", "sport", "war"))
_KIND = r"\s+(?:comed(?:y|ies)|documentar(?:y|ies)|dramas?|films?|movies?|series|stor(?:y|ies)|thrillers?)"
_REFUSAL = re.compile(
    r"[\s,;]*(?:\b(?:without|rather than|instead of|minus)\b|(?:(?:^|[,;])\s*|\b(?:and|but|with)\s+)(?:no|not)\b)[^,;.]*",
    re.IGNORECASE,
)


def without_refusals(wish: str) -> str:
    """The wish without what is not wanted: a search for "tense, without gore" finds gore. All of it where nothing is left."""
    return _REFUSAL.sub("", wish).strip(" ,;.") or wish


def genres_in(wish: str, genres: Iterable[str]) -> list[str]:
    """Those of the genres that a wish names: the words of a western are about sheriffs, seldom about westerns."""
    said = wish.casefold().replace("-", " ")
    return [genre for genre in genres if re.search(rf"(?<!\w){_pattern(genre.casefold())}(?!\w)", said)]


def _pattern(genre: str) -> str:
    name = genre.replace("-", " ")
    counted = f"{re.escape(name[:-1])}(?:y|ies)" if name.endswith("y") else f"{re.escape(name)}s?"
    return counted + (_KIND if genre in _WEAK else "")
