"""The data file of a language -> its words with their English: what the built-in engine can read of it.

A file `glossaries/CODE.toml` holds `name` and `note` (one sentence for the person, in the language), and tables that give
each English phrase the forms it has there, commas between them:

- `words`: what stands before the thing it governs ("sin" -> "no"), or by itself; `behind`: what stands after it
  ("के बिना" -> "without"); a `*` ends a form that may go on ("комеди*").
- `patterns`: forms with a number, `{n}`; `numbers`: the words for numbers.
- `people` and `titles`: names as they are written there; `prefixes`: what may be joined to the front of a word.
- `unread`: words to pass over although English has one spelt so; `variants`: pairs of characters, the first read as the second.

The English side uses the words that the built-in reader knows.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from chatrec.engines.builtin.wording import fold

Order = Literal["words", "behind"]

_FOLDER = Path(__file__).parent / "glossaries"
_UNSPACED = frozenset({"ja", "zh"})
_UNWRITTEN = re.compile("[\u0640\u064b-\u065f\u0670\u093c\u09bc\u200b-\u200f\ufe0f]")
"""Marks that people leave out as they like: Arabic vowels and stretching, the dots under Indic letters, joiners."""
_SAME = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ی", "ي": "ی", "ئ": "ی", "ة": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ك": "ک",
    "ؤ": "و",
    "ँ": "ं", "ঁ": "",
})  # fmt: skip
WORD = re.compile(r"(?:[^\W_]|[\u0900-\u0963\u0981-\u09e3])+")
"""A word of a plain text. The vowel signs of Indic scripts are no word characters to `re`."""
HAN = "〇零一二两兩三四五六七八九十百"
"""The characters of Chinese and Japanese numbers."""
_TEMPLATE_NUMBER = r"(?P<n>\d{1,4}"


@dataclass(frozen=True, slots=True)
class Glossary:
    """What can be read of one language. Forms are plain (see `plain`); `stems` are the forms that may go on."""

    code: str
    name: str
    note: str
    spaced: bool
    phrases: Mapping[str, tuple[str, Order]]
    stems: Mapping[str, tuple[str, Order]]
    longest: int
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    numbers: Mapping[str, str]
    people: Mapping[str, str]
    titles: Mapping[str, str]
    prefixes: Mapping[str, str]
    unread: frozenset[str]
    variants: Mapping[int, str] = field(default_factory=dict)

    def phrase(self, text: str) -> tuple[str, Order] | None:
        """The English of a plain phrase, and on which side of a thing it stands; None where the language file lacks it."""
        found = self.phrases.get(text)
        if found is not None or not self.spaced:
            return found
        for length in range(len(text), 2, -1):
            found = self.stems.get(text[:length])
            if found is not None:
                return found if " " not in text[length:] else None
        return None

    def plain(self, text: str) -> tuple[str, list[int]]:
        """The text as forms are compared, and for each of its characters the place it has in the text given."""
        return _plain(text, self.variants)


def words_in(plain: str) -> list[str]:
    """The words of a plain text; apostrophes and hyphens part them."""
    return WORD.findall(plain)


def known_languages() -> frozenset[str]:
    """The codes of the languages there is a file for; English is none of them."""
    return frozenset(path.stem for path in _FOLDER.glob("*.toml"))


@lru_cache(maxsize=32)
def read_glossary(code: str) -> Glossary | None:
    """The words of a language (ISO 639-1), read when it is first met; None where there is no file for it."""
    path = _FOLDER / f"{code}.toml"
    if not re.fullmatch("[a-z]{2,3}", code) or not path.is_file():
        return None
    return _glossary(code, tomllib.loads(path.read_text(encoding="utf-8")))


def _glossary(code: str, table: Mapping[str, Any]) -> Glossary:
    spaced = code not in _UNSPACED
    pairs = str(table.get("variants", "")).split()
    variants = {ord(pair[0]): pair[1] for pair in pairs}
    phrases: dict[str, tuple[str, Order]] = {}
    stems: dict[str, tuple[str, Order]] = {}
    orders: tuple[Order, ...] = ("words", "behind")
    for order in orders:
        for form, english in _forms(table.get(order, {}), variants):
            written = " ".join(words_in(form)) if spaced else form.rstrip("*")
            (stems if form.endswith("*") else phrases)[written] = (english, order)
    if not spaced:
        phrases |= stems
    numbers = dict(_forms(table.get("numbers", {}), variants))
    digits = () if spaced else (f"[{HAN}]+",)
    number = "|".join([_TEMPLATE_NUMBER, *digits, *sorted(map(re.escape, numbers), key=len, reverse=True)]) + ")"
    patterns = [
        (english, re.compile(_bounded(re.escape(form).replace(r"\{n\}", number).replace(r"\*", r"\w*"), spaced)))
        for form, english in _forms(table.get("patterns", {}), variants)
    ]
    parts = 1 if not spaced else max((form.count(" ") + 1 for form in (*phrases, *stems)), default=1)
    return Glossary(
        code,
        str(table["name"]),
        str(table["note"]),
        spaced,
        phrases,
        stems,
        parts if spaced else max(map(len, phrases), default=1),
        tuple(patterns),
        numbers,
        _names(table.get("people", {}), variants, spaced),
        _names(table.get("titles", {}), variants, spaced),
        dict(sorted(_forms(table.get("prefixes", {}), variants), key=lambda pair: -len(pair[0]))),
        frozenset(_plain(str(table.get("unread", "")), variants)[0].split()),
        variants,
    )


def _names(table: Mapping[str, str], variants: Mapping[int, str], spaced: bool) -> Mapping[str, str]:
    return {" ".join(words_in(form)) if spaced else form: name for form, name in _forms(table, variants)}


def _forms(table: Mapping[str, str], variants: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Every form of a table, plain, with its English."""
    for english, forms in table.items():
        for form in forms.split(","):
            written = _plain(form.strip(), variants)[0]
            if written:
                yield written, english


def _bounded(pattern: str, spaced: bool) -> str:
    return rf"(?<!\w){pattern}(?!\w)" if spaced else rf"(?<!\d){pattern}(?!\d)"


def _plain(text: str, variants: Mapping[int, str]) -> tuple[str, list[int]]:
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(fold(text).translate(variants) if variants else fold(text)):
        if _UNWRITTEN.match(character):
            continue
        digit = unicodedata.digit(character, None)
        written = str(digit) if digit is not None else character.translate(_SAME)
        if written and "\uff01" <= written <= "\uff5e":
            written = chr(ord(written) - 0xFEE0).lower()
        characters += written
        places += [place] * len(written)
    return "".join(characters), places
