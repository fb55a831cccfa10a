"""A run of words that spells a name -> how surely it is meant as that title, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from chatrec.catalog.names import Kind, Named, NameIndex
from chatrec.catalog.passage import Passage
from chatrec.catalog.plain_words import ARTICLES, CALENDAR, COMMON, FUNCTION, GIVEN_NAMES, PRONOUNS, SAYINGS, TOPICS, word_set
from chatrec.catalog.words import Word

TELLING, PLAIN, GRAMMAR = 1, 2, 3
"""How much a name stands out of ordinary talk: by itself, only with a sign, only with the clearest sign."""

MAYBE = 0.0
"""The verdict on a name that counts only next to another title in a list."""

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f]")
_PREPOSITIONS = word_set("in at on to into onto from under over of for with by through across near")
_NAMES_OF_FILMS = word_set("it her him us up them they she you")
_NO_SUBJECTS = word_set("her him us up them")
_SUFFIXES = ("ing", "ers", "er", "es", "ed", "ly", "s", "y", "n", "in")


class Judge:
    """Weighs the signs around a name.

    `genres` and `topics` are keys (words run together) that name kinds and subjects rather than titles; `people` are words
    of people's names.
    """

    def __init__(self, names: NameIndex, *, genres: Set[str], topics: Set[str], people: Set[str]) -> None:
        self._names = names
        self._genres = frozenset(genres)
        self._topics = self._genres.union(topics, TOPICS)
        self._people = GIVEN_NAMES.union(people, CALENDAR)

    def is_known(self, word: Word) -> bool:
        """Whether a word is plain English, inflected or not: then it is no misspelled title."""
        return any(self._plain(key) for key in (word.key, word.bare))

    def _plain(self, key: str) -> bool:
        if not self._names.is_rare(key):
            return True
        for suffix in _SUFFIXES:
            if key.endswith(suffix) and len(key) - len(suffix) > 2:
                stem = key.removesuffix(suffix)
                if not self._names.is_rare(stem) or not self._names.is_rare(stem + "e"):
                    return True
                if stem[-1] == stem[-2] and not self._names.is_rare(stem[:-1]):
                    return True
        return False

    def tier(self, words: Sequence[Word], named: Named) -> int:
        """How much a spelling stands out, from TELLING to GRAMMAR."""
        key = "".join(word.key for word in words)
        if not key.isascii() and _UNSPACED.search(key):
            return TELLING if len(key) > 2 else GRAMMAR
        telling = [word for word in words if word.key not in FUNCTION]
        if not telling or (len(key) == 1 and not key.isdigit()):
            return GRAMMAR
        if len(telling) == 1:
            tier = self._single_tier(telling[0])
            bare = len(words) == 1 and (named.clipped or named.kind is not Kind.WHOLE)
            tier = max(tier, PLAIN) if bare else tier
        else:
            tier = TELLING if any(w.key not in COMMON and not w.key.isdigit() for w in telling) else PLAIN
        if key in self._topics or named.kind is Kind.SHORT:
            tier = max(tier, PLAIN)
        return tier

    def _single_tier(self, word: Word) -> int:
        if word.key.isdigit():
            if word.key == "1" or " " in word.surface:
                return GRAMMAR
            if not word.surface.isdigit() and any(c.isdigit() for c in word.surface):
                return TELLING if word.surface.isalnum() else PLAIN
            return PLAIN if word.surface.isalpha() or len(word.key) > 2 else GRAMMAR
        if len(word.key) < 3:
            return GRAMMAR
        return TELLING if self._names.is_rare(word.key) and self._names.is_rare(word.bare) else PLAIN

    def verdict(self, passage: Passage, i: int, j: int, named: Named) -> float | None:
        """How surely the run means a title, 0 to 1; MAYBE when only a list could tell, None when it does not."""
        words = passage.words[i:j]
        tier = self.tier(words, named)
        capital = passage.capital(i, j)
        if named.kind is Kind.SHORT and passage.abbreviated(i, j) and (j > i + 1 or passage.cue(i) or passage.lone(i, j)):
            return 1.0
        subject = [word.key for word in words if word.key not in ARTICLES]
        topic = "".join(subject) in self._topics or (named.kind is not Kind.WHOLE and self._topics.issuperset(subject))
        if named.kind is Kind.WHOLE and passage.titled(i, j):
            asked = passage.questioned(i, j)
            if (
                (passage.paired(i, j) and (not topic or passage.key(j) != "but"))
                or (asked and not topic)
                or (asked == "strong" and "".join(subject) not in self._genres)
            ):
                return 0.9
        if "".join(word.key for word in words) in SAYINGS and not (passage.cue(i) or passage.noun_before(i)):
            return MAYBE
        if named.kind is not Kind.WHOLE and passage.words[i].capital and passage.name_before(i):
            return None
        if len(words) == 1 and words[0].capital and self.follows_name(passage, i):
            return None
        if tier == TELLING:
            return self._telling(passage, i, j, capital)
        if tier == PLAIN:
            return self._plain_run(passage, i, j, capital, topic, named)
        return self._grammar_run(passage, i, j, capital, named)

    def follows_name(self, passage: Passage, i: int) -> bool:
        """Whether a sentence begins with a name that the word continues: `Jason Bateman`."""
        before = passage.words[i - 1] if i else None
        return before is not None and before.capital and passage.words[i].gap == " " and not self.is_known(before)

    def _telling(self, passage: Passage, i: int, j: int, capital: bool) -> float | None:
        if j == i + 1:
            if not capital and passage.indefinite(i):
                return None
            if passage.words[i].capital and passage.name_before(i):
                return None
            if passage.key(i) in self._people and not self._pointed(passage, i, j):
                return MAYBE
        return 0.97 if capital else 0.93

    def _pointed(self, passage: Passage, i: int, j: int) -> bool:
        if passage.noun_before(i) or passage.noun_after(i, j) or passage.lone(i, j) or passage.praised(i, j):
            return True
        return bool(passage.cue(i)) and passage.closed(j)

    def _plain_run(self, passage: Passage, i: int, j: int, capital: bool, topic: bool, named: Named) -> float | None:
        cue, closed = passage.cue(i), passage.closed(j)
        single = sum(word.key not in ARTICLES for word in passage.words[i:j]) == 1
        if single and passage.words[j - 1].capital and (passage.name_before(i) or passage.indefinite(i)):
            return None
        if single and passage.key(j - 1) in self._people and not self._pointed(passage, i, j):
            return MAYBE
        if cue != "strong" and "".join(word.key for word in passage.words[i:j]) in self._genres:
            return None
        if single and not capital and passage.key(i - 1) == "the" and not passage.noun_after(i, j):
            return None
        if capital and not (topic and not cue):
            genre_like = single and passage.key(j) in ("movies", "films", "movie", "film", "stuff", "flicks")
            named_film = cue == "strong" or passage.noun_after(i, j)
            return MAYBE if genre_like and topic and not named_film else 0.92
        if capital and not single and passage.lone(i, j):
            return 0.75
        if passage.noun_before(i) and closed:
            return 0.9
        if passage.noun_after(i, j) and not topic:
            return 0.8
        if cue == "strong" and (closed or (j - i > 3 and not topic)):
            return 0.85
        if cue == "weak" and not topic and (closed or j - i > 3):
            return 0.75
        if not topic and (passage.lone(i, j) or passage.praised(i, j) or self._with_article(passage, i, j, named)):
            return 0.7
        asked = "" if topic or passage.indefinite(i) else passage.questioned(i, j)
        if asked == "strong" or (asked and passage.key(i - 1) == "is" and "for" in (passage.key(j + 1), passage.key(j + 2))):
            return 0.7
        if not single and j - i > 2 and not topic and passage.opened(i) and closed and not passage.words[i].initial:
            return 0.7
        return None if topic and not passage.words[i].capital else MAYBE

    def _with_article(self, passage: Passage, i: int, j: int, named: Named) -> bool:
        """`the shining` alone in a sentence, where no preposition makes it a place or thing."""
        if named.kind is not Kind.WHOLE or passage.key(i) != "the" or j != i + 2 or passage.key(i + 1) in COMMON:
            return False
        return passage.asked_about(i, j) or (passage.closed(j) and passage.key(i - 1) not in _PREPOSITIONS)

    def _grammar_run(self, passage: Passage, i: int, j: int, capital: bool, named: Named) -> float | None:
        several = [word for word in passage.words[i:j] if word.key not in ARTICLES]
        telling = any(word.key not in FUNCTION for word in several)
        if len(several) > 2 or (len(several) > 1 and (telling or not any(word.key in PRONOUNS for word in several))):
            if capital and sum(word.capital for word in several) > 1:
                return 0.8
            if passage.cue(i) == "strong" and passage.closed(j):
                return 0.75
        if passage.noun_before(i) and (capital or (passage.closed(j) and passage.key(i) in _NAMES_OF_FILMS)):
            return 0.85
        if not capital:
            begins = passage.cased and passage.words[i].initial and passage.words[i].surface[0].isupper()
            if begins and passage.key(i) in _NO_SUBJECTS and passage.praised(i, j):
                return 0.8
            return MAYBE if begins or not passage.pronoun(i, j) else None
        if passage.key(i - 1) == "the" and not passage.noun_after(i, j):
            return None
        if passage.pronoun(i, j):
            return 0.85 if (passage.cue(i) and passage.closed(j)) or passage.asked_about(i, j) else MAYBE
        if passage.cue(i):
            return 0.85 if passage.closed(j) or passage.key(j) in _PREPOSITIONS else MAYBE
        alone = named.kind is Kind.WHOLE and len(passage.key(j - 1)) > 1 and passage.key(j - 1) not in ("may", "will")
        alone = alone and not passage.words[j - 1].surface.isupper()
        return 0.75 if alone else MAYBE
