"""Text -> tokens that compare across case, accents, hyphens, possessives and plural endings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple


def words(text: str) -> frozenset[str]:
    """The words of a list written as one line."""
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?")
_POSSESSIVE = re.compile(r"['’]s?$")
_REMEMBERED = 80
"""Characters: names, titles and keywords come again and again; what people write is longer and is nobody's to keep."""
_KEPT = words("this his its is was has us as plus minus chaos always series news canvas atlas texas")
_PLURALS_IN_IS = words("nazis taxis yetis safaris bikinis")


class Token(NamedTuple):
    """One word: where it stands, how it compares (`key`), how it was written (`word`)."""

    start: int
    end: int
    key: str
    word: str

    @property
    def capitalised(self) -> bool:
        """Whether the word begins with a capital letter."""
        return self.word[:1].isupper()


def fold(text: str) -> str:
    """Lower case without accents, with straight apostrophes; the length may change."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=20_000)
def key_of(word: str) -> str:
    """The form in which a word is compared: folded, without possessive and plural endings."""
    key = _POSSESSIVE.sub("", fold(word))
    if key in _PLURALS_IN_IS:
        return key[:-1]
    if len(key) <= 3 or key in _KEPT or not key.endswith("s") or key.endswith(("ss", "us", "is")):
        return key
    if key.endswith("ies") and len(key) > 4:
        return key[:-3] + "y"
    if key.endswith(("sses", "xes", "zes", "ches", "shes")):
        return key[:-2]
    return key[:-1]


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text, in order; hyphens separate words."""
    return tuple(Token(m.start(), m.end(), key_of(m.group()), m.group()) for m in _WORD.finditer(text))


def keys_of(text: str) -> tuple[str, ...]:
    """The comparison keys of a text's words; those of short texts are remembered, a message's never."""
    return _remembered(text) if len(text) <= _REMEMBERED else tuple(token.key for token in tokens_of(text))


@lru_cache(maxsize=20_000)
def _remembered(text: str) -> tuple[str, ...]:
    return tuple(token.key for token in tokens_of(text))


def holds(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether `part` occurs in `whole` as consecutive keys; an empty part never does."""
    width = len(part)
    if not width or part[0] not in whole:
        return False
    return any(whole[i : i + width] == part for i in range(len(whole) - width + 1))
