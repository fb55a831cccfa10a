"""Words of a conversation -> the genres, eras and audiences they ask for; the lists a ranker's features look up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from chatrec.retrieval.words import fold

GENRES = (
    "action",
    "adventure",
    "animation",
    "biography",
    "comedy",
    "crime",
    "documentary",
    "drama",
    "family",
    "fantasy",
    "history",
    "horror",
    "music",
    "musical",
    "mystery",
    "romance",
    "sci-fi",
    "sport",
    "thriller",
    "war",
    "western",
)

_SPELLINGS = {
    "science fiction": "sci-fi",
    "sci fi": "sci-fi",
    "scifi": "sci-fi",
    "animated": "animation",
    "children": "family",
    "children family movies": "family",
    "kids": "family",
    "biographical": "biography",
    "biopic": "biography",
    "historical": "history",
    "sports": "sport",
    "suspense": "thriller",
}

_ASKED = {
    "horror": "horror scary scare scared creepy gore slasher terrifying spooky haunted zombie ghost",
    "comedy": "comedy comedies funny laugh hilarious humor humour comedic funniest laughs comical silly romcom romcoms rom-com",
    "romance": "romance romantic chick romcom romcoms rom-com",
    "action": "action fight superhero marvel explosions",
    "family": "family kids kid children child daughter son disney pixar",
    "animation": "animated animation cartoon cartoons pixar disney",
    "sci-fi": "sci-fi scifi science space aliens alien futuristic",
    "thriller": "thriller thrillers suspense suspenseful psychological thrilling",
    "drama": "drama dramas dramatic serious sad tearjerker cry",
    "mystery": "mystery mysteries detective whodunit",
    "crime": "crime mafia gangster mob heist cop crimes",
    "fantasy": "fantasy magic wizard magical",
    "adventure": "adventure adventures adventurous",
    "war": "war military wwii army",
    "western": "western westerns cowboy",
    "documentary": "documentary documentaries",
    "musical": "musical musicals",
    "music": "music musical",
    "history": "history historical",
    "biography": "biography biographical biopic true",
    "sport": "sport sports football baseball basketball boxing",
}

NEW = re.compile(r"\b(?:new|recent|recently|newer|newest|latest|theat(?:er|re)s?|out now|201[78])\b", re.IGNORECASE)
OLD = re.compile(r"\b(?:old|older|classics?|[6789]0['’]?s)\b", re.IGNORECASE)
CHILD = re.compile(r"\b(?:kids?|child|children|family|daughter|son|disney)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z\-]+")

# Words people fill a conversation with, beside those of asking: they say nothing about an item.
_CHATTER = """
good great really love like movies movie film films seen watch watched yes hi hello hey thanks thank ok sure funny looking think
haven enjoy recommend suggest favorite favourite type kind actors story actor fan lot thing way time people one best new old
you year years watching haha lol bye day enjoyed liked loved
"""
CHATTER = frozenset(_CHATTER.split())


def genre_table(genres: Iterable[Sequence[str]]) -> NDArray[np.float32]:
    """Which of GENRES each item has, (n, len(GENRES)), under whichever spelling its catalog uses."""
    place = {genre: column for column, genre in enumerate(GENRES)}
    rows = list(genres)
    table = np.zeros((len(rows), len(GENRES)), dtype=np.float32)
    for row, names in enumerate(rows):
        for name in names:
            plain = " ".join(name.casefold().replace("&", " ").replace(",", " ").split())
            column = place.get(plain, place.get(_SPELLINGS.get(plain, _SPELLINGS.get(fold(name), "")), -1))
            if column >= 0:
                table[row, column] = 1.0
    return table


class GenreWords:
    """The genres a text's words ask for."""

    def __init__(self) -> None:
        self._columns: dict[str, list[int]] = {}
        for genre, words in _ASKED.items():
            for word in words.split():
                self._columns.setdefault(word, []).append(GENRES.index(genre))

    def asked(self, text: str) -> NDArray[np.float32]:
        """1 for each of GENRES that a word of the text asks for, (len(GENRES),)."""
        found = np.zeros(len(GENRES), dtype=np.float32)
        for word in _WORD.findall(text.lower()):
            found[self._columns.get(word, [])] = 1.0
        return found
