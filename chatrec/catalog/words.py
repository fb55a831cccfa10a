"""Text -> its words with their places, spelled alike whatever case, accents, punctuation or numerals were used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Scripts written without spaces: each character is a word, so that a title is found inside a run of text.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f"
_LETTER = rf"[^\W_{_UNSPACED}]"
_WORD = re.compile(rf"[{_UNSPACED}]|{_LETTER}[\u0300-\u036f]*(?:{_LETTER}|[\u0300-\u036f]|['’ʼ`´](?={_LETTER}))*|[&+]")
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "⁄": "", "&": "and", "+": "and"}
)
_APOSTROPHES = re.compile("['’ʼ`´]")
_DISGUISED = re.compile(r"[a-z]+\d[a-z]+")
_LETTERS_FOR_DIGITS = str.maketrans("0134578", "oieastb") | {ord("7"): "v"}
_SENTENCE_END = re.compile(r"[.!?…:;\n•]|\s[-–—*]\s|[\"“”«»「『《]\s*$")
_ABBREVIATIONS = frozenset(("dr", "mr", "mrs", "ms", "st", "vs", "vol", "jr", "pt"))

_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ROMAN_AFTER_PART = {**_ROMAN, "i": "1", "v": "5", "x": "10", "xi": "11", "xii": "12"}
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SUFFIXES = ("st", "nd", "rd", *("th",) * 7)
_NUMBERS = {
    **_ROMAN,
    **{word: str(number) for number, word in enumerate(_CARDINALS, 1)},
    **{word: f"{number}{suffix}" for number, (word, suffix) in enumerate(zip(_ORDINALS, _SUFFIXES, strict=True), 1)},
}
_PART = frozenset(("part", "pt", "vol", "volume", "chapter", "episode"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word at `start`:`end` of the text. `key` is its common spelling, `bare` the key without a possessive s.

    `gap` is the text between the word before and this one; `initial` says that a sentence (or the text) begins here.
    """

    start: int
    end: int
    surface: str
    key: str
    bare: str
    gap: str
    initial: bool

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital first letter."""
        return self.surface[:1].isupper()


def fold(text: str) -> str:
    """Lower case without accents: `Amélie` -> `amelie`."""
    if text.isascii():
        return text.lower().translate(_UNDECOMPOSED)
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_UNDECOMPOSED)


def _key(folded: str) -> str:
    if _DISGUISED.fullmatch(folded):
        folded = folded.translate(_LETTERS_FOR_DIGITS)
    return _NUMBERS.get(folded, folded)


def words_of(text: str) -> list[Word]:
    """The words of a text in order; `part II`, `vol. 2` and `episode two` count as the one word `2`."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[words[-1].end : start] if words else text[:start]
        initial = not words or bool(_SENTENCE_END.search(gap))
        if initial and words and gap.strip() == "." and (words[-1].key in _ABBREVIATIONS or len(words[-1].key) == 1):
            initial = False
        surface = match.group()
        parts = _APOSTROPHES.split(fold(surface))
        key = _key("".join(parts))
        bare = _key("".join(parts[:-1])) if len(parts) > 1 and parts[-1] == "s" else key
        if words and words[-1].key in _PART and gap.strip(" .") == "":
            number = _ROMAN_AFTER_PART.get(key, key)
            if number.isdigit():
                part = words.pop()
                words.append(Word(part.start, end, text[part.start : end], number, number, part.gap, part.initial))
                continue
        words.append(Word(start, end, surface, key, bare, gap, initial))
    return words


def joined(words: Sequence[Word]) -> str:
    """The keys run together: how a name is looked up, so that `Wall-E`, `wall e` and `walle` meet."""
    return "".join(word.key for word in words)
