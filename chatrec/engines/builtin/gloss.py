"""A message in another language and the items it names -> the same in English words, as far as its glossary goes.

Word for word, in the order English has: what stands behind the thing it governs there ("हिंसा के बिना") is put before it. Names
stay as they are written; words without an English of their own are left out, so nothing foreign is ever searched for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatrec.engines.builtin.english_order import Piece, ordered, refusals_ended, sort_of, written
from chatrec.engines.builtin.glossary import HAN, WORD, Glossary, Order
from chatrec.engines.builtin.lexicon import Lexicon
from chatrec.engines.builtin.wording import stem

_MARKS = {
    "،": ",", "、": ",", "؛": ";", "。": ".", "।": ".", "۔": ".", "؟": "?",
    **{mark: mark for mark in ".,;:!?\n()"},
}  # fmt: skip
_NUMBER = re.compile(r"\d{1,4}")
_COUNTED = re.compile(rf"[{HAN}]+(?=部|本|个|個|つ)")
_GAP = re.compile(r"[\s'’-]+")
_OTHER_LETTERS = frozenset({"ar", "bn", "hi", "ru", "ur"})
_ADJECTIVE_FOLLOWS_REFUSAL = frozenset({"ar", "bn", "hi", "ur"})
"""Languages in which "without violence funny film" is said of a funny film."""
_HAN_DIGITS = {
    character: digit for digit, characters in enumerate(("〇零", "一", "二两兩", *"三四五六七八九")) for character in characters
}
_LATIN = re.compile(r"\d+|[a-z](?:[a-z0-9'’.& -]*[a-z0-9])?")
_TAKING_NAMES = frozenset(
    {"with", "by", "of", "starring", "directed by", "similar to", "without", "I like", "I love", "not", "no"}
)
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Held:
    """An item named at `start`:`end` of a message."""

    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class Glossed:
    """English `text`, and where in it each of the items held stands."""

    text: str
    places: tuple[tuple[int, int], ...]


class Translator:
    """Puts messages into English words by one language's glossary and the names of one catalog."""

    def __init__(self, glossary: Glossary, lexicon: Lexicon) -> None:
        self._glossary = glossary
        self._lexicon = lexicon

    def titles(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Titles in the form this language knows them by ("El padrino"): where they stand, and the title in English."""
        plain, places = self._glossary.plain(text)
        for start, end, title in self._named(plain, self._glossary.titles):
            yield places[start], places[end - 1] + 1, title

    def knows(self, surface: str) -> bool:
        """Whether this is an ordinary word of the language, so that without a sign it names no item."""
        word = " ".join(WORD.findall(self._glossary.plain(surface)[0]))
        return word in self._glossary.unread or self._glossary.phrase(word) is not None

    def gloss(self, text: str, held: Sequence[Held]) -> Glossed:
        """The message in English words; linear in its length. `held` are in text order, none over another."""
        pieces = ordered(list(self._pieces(text, held)))
        if not self._glossary.spaced or self._glossary.code in _ADJECTIVE_FOLLOWS_REFUSAL:
            pieces = refusals_ended(pieces)
        texts: list[str] = []
        places = [(0, 0)] * len(held)
        length = 0
        for place, piece in enumerate(pieces):
            said = written(place, pieces)
            if not said:
                continue
            gap = "" if piece.sort == "mark" or not texts else " "
            start = length + len(gap)
            texts.append(gap + said)
            length = start + len(said)
            if piece.held >= 0:
                places[piece.held] = (start, length)
        return Glossed("".join(texts), tuple(places))

    # ------------------------------------------------------------------ reading

    def _pieces(self, text: str, held: Sequence[Held]) -> Iterator[Piece]:
        plain, places = self._glossary.plain(text)
        blocks = self._blocks(text, plain, places, held)
        passage = _Passage(text, plain, places, [match.span() for match in WORD.finditer(plain)])
        place = 0
        before = ""
        while place < len(plain):
            if blocks and place >= blocks[0][0]:
                _, end, piece = blocks.pop(0)
                place = max(place, end)
            elif plain[place] in _MARKS:
                piece = Piece(_MARKS[plain[place]], "mark")
                place += 1
            else:
                limit = blocks[0][0] if blocks else len(plain)
                read = self._spaced if self._glossary.spaced else self._unspaced
                end, piece = read(passage, place, limit, before)
                place = max(end, place + 1)
            if piece.text:
                yield piece
                before = piece.text

    def _blocks(self, text: str, plain: str, places: Sequence[int], held: Sequence[Held]) -> list[tuple[int, int, Piece]]:
        """Items, numbers with their units and known names, in order, the longer where two meet."""
        taken: list[tuple[int, int, Piece]] = []
        for number, one in enumerate(held):
            start, end = bisect_left(places, one.start), bisect_left(places, one.end)
            if start < end:
                taken.append((start, end, Piece(one.surface, "item", number)))
        found = [(start, end, Piece(name, "name")) for start, end, name in self._named(plain, self._glossary.people)]
        for english, pattern in self._glossary.patterns:
            for match in pattern.finditer(plain):
                said = english.replace("{n}", self._number(match["n"]))
                found.append((*match.span(), Piece(said, sort_of(said))))
        for start, end, piece in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
            if all(end <= other[0] or other[1] <= start for other in taken):
                taken.append((start, end, piece))
        return sorted(taken, key=lambda one: one[0])

    def _named(self, plain: str, names: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
        """Where names of a table stand in a plain text: the longest at each place."""
        if not self._glossary.spaced:
            longest = max(map(len, names), default=0)
            place = 0
            while place < len(plain):
                most = min(longest, len(plain) - place)
                length = next((n for n in range(most, 0, -1) if plain[place : place + n] in names), 0)
                if length:
                    yield place, place + length, names[plain[place : place + length]]
                place += length or 1
            return
        words = list(WORD.finditer(plain))
        i = 0
        while i < len(words):
            sizes = range(min(_LONGEST_NAME, len(words) - i), 0, -1)
            name, size = next(((known, n) for n in sizes if (known := self._name(words[i : i + n], names))), ("", 1))
            if name:
                yield words[i].start(), words[i + size - 1].end(), name
            i += size

    def _name(self, words: Sequence[re.Match[str]], names: Mapping[str, str]) -> str:
        """The name that these words are, also with something joined to its front."""
        said = " ".join(word.group() for word in words)
        rests = (said.removeprefix(prefix) for prefix in self._glossary.prefixes if said.startswith(prefix))
        return next((names[form] for form in (said, *rests) if form in names), "")

    def _number(self, said: str) -> str:
        return said if said.isdecimal() else self._glossary.numbers.get(said) or str(_han(said))

    def _spaced(self, passage: _Passage, place: int, limit: int, before: str) -> tuple[int, Piece]:
        """The piece that begins at a place of a text whose words are parted by blanks, and where it ends."""
        words = passage.words_from(place, limit, self._glossary.longest)
        if not words or words[0][0] != place:
            return place + 1, _NOTHING
        said = [passage.plain[start:end] for start, end in words]
        capital = passage.capital(words[0][0])
        person = self._lexicon.person(said, 0) if capital else None
        if person is not None and person[0] > 1:
            end = words[person[0] - 1][1]
            return end, Piece(passage.original(place, end), "name")
        for size in range(len(said), 0, -1):
            known = self._glossary.phrase(" ".join(said[:size]))
            if known is not None:
                return words[size - 1][1], _read(known)
        if said[0] in self._glossary.unread:
            return words[0][1], _NOTHING
        if said[0] in self._glossary.numbers or _NUMBER.fullmatch(said[0]):
            number = self._number(said[0])
            return words[0][1], Piece(number, sort_of(number))
        for prefix, english in self._glossary.prefixes.items():
            rest = said[0].removeprefix(prefix)
            if rest != said[0] and (known := self._glossary.phrase(rest)) is not None:
                joined = f"{english} {known[0]}".strip()
                return words[0][1], Piece(joined, "other") if english else _read(known)
        return self._unknown(passage, words, said, before)

    def _unknown(
        self, passage: _Passage, words: Sequence[tuple[int, int]], said: Sequence[str], before: str
    ) -> tuple[int, Piece]:
        """A word that the glossary lacks: kept when it is English, or part of a name."""
        start, end = words[0]
        if not said[0].isascii() and not passage.capital(start):
            return end, _NOTHING
        if self._glossary.code in _OTHER_LETTERS:
            return (end, Piece(passage.original(start, end), "name")) if said[0].isascii() else (end, _NOTHING)
        theme = self._lexicon.theme([stem(word) for word in said], 0)
        if theme is not None and len(said[0]) > 3:
            end = words[theme[0] - 1][1]
            return end, Piece(passage.plain[start:end], "thing")
        if passage.capital(start) and (before in _TAKING_NAMES or _is_name(before)):
            surname = self._glossary.code != "de" or bool(self._lexicon.surname(said[0]))
            return end, Piece(passage.original(start, end), "name") if surname else _NOTHING
        return end, _NOTHING

    def _unspaced(self, passage: _Passage, place: int, limit: int, before: str) -> tuple[int, Piece]:
        """The piece that begins at a place of a text written without blanks, and where it ends."""
        latin = _LATIN.match(passage.plain, place, limit)
        if latin is not None and not latin.group().isdecimal():
            return latin.end(), Piece(passage.original(place, latin.end()), "name")
        if latin is not None:
            return latin.end(), Piece(latin.group(), sort_of(latin.group()))
        for length in range(min(self._glossary.longest, limit - place), 0, -1):
            known = self._glossary.phrase(passage.plain[place : place + length])
            if known is not None:
                return place + length, _read(known)
        number = _COUNTED.match(passage.plain, place, limit)
        if number is None:
            return place + 1, _NOTHING
        counted = _han(number.group())
        return number.end(), Piece(str(counted), "other") if counted > 1 else _NOTHING


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text, the same in plain characters, where each of those stands in it, and where its words are."""

    text: str
    plain: str
    places: Sequence[int]
    words: Sequence[tuple[int, int]]

    def words_from(self, place: int, limit: int, count: int) -> list[tuple[int, int]]:
        """The word at or after a place and up to `count` in all, as long as only blanks, hyphens and apostrophes part them."""
        first = bisect_left(self.words, (place, 0))
        found: list[tuple[int, int]] = []
        for start, end in self.words[first : first + max(count, _LONGEST_NAME)]:
            if end > limit or (found and not _GAP.fullmatch(self.plain, found[-1][1], start)):
                break
            found.append((start, end))
        return found

    def original(self, start: int, end: int) -> str:
        """The text as it was written between two places of the plain one."""
        return self.text[self.places[start] : self.places[end - 1] + 1]

    def capital(self, start: int) -> bool:
        """Whether the word that starts here is capitalised."""
        return self.text[self.places[start]].isupper()


_NOTHING = Piece("", "other")


def _read(known: tuple[str, Order]) -> Piece:
    english, order = known
    return Piece(english, "behind" if order == "behind" and english else sort_of(english))


def _is_name(said: str) -> bool:
    return said[:1].isupper() and said not in _TAKING_NAMES and " " not in said


def _han(said: str) -> int:
    """The value of a number in Chinese characters: counted ("九十", "一百二十") or spelt digit by digit ("一九九〇")."""
    if not set(said) & set("十百"):
        return int("".join(str(_HAN_DIGITS[character]) for character in said))
    value, digit = 0, 0
    for character in said:
        if character in "十百":
            value += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS[character]
    return value + digit
