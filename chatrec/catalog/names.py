"""Items -> every name they go by, looked up exactly or with typos."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from chatrec.catalog.plain_words import ARTICLES, FOREIGN_ARTICLES, FUNCTION, ORDINARY
from chatrec.catalog.words import words_of
from chatrec.records import Item

LONGEST = 14
"""Words in the longest name that is looked for in running text."""

_YEAR_TAIL = re.compile(r"\s*[(\[](?:18|19|20)\d\d[)\]]\s*$")
_INVERTED = re.compile(r"^(.*), (the|a|an|le|la|les|el|los|las|il|der|die|das|l')$", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\(([^()]*)\)")
_SEGMENTS = re.compile(r"\s*[:;]\s+|\s+[-–—]\s+|:(?=\S)")
_INITIALS = re.compile(r"^(?:\w\.){2,}")
_LOOSE_END = re.compile(r"(?:,? or|,)$", re.IGNORECASE)
_POSTINGS = 200


class Kind(IntEnum):
    """How a name relates to its item, the surest first."""

    WHOLE = 0  # the title, the original title, either without its article
    PART = 1  # what follows a colon: Fury Road
    STEM = 2  # what precedes it, or the series: Mad Max
    SHORT = 3  # the first two words of a long title: Eternal Sunshine


class Named(NamedTuple):
    """One item that a name may mean. `size` is the name's length in words, `clipped` that its article is left out."""

    kind: Kind
    rank: int
    row: int
    size: int
    clipped: bool


def title_forms(title: str) -> list[str]:
    """A title as catalogs write it -> the titles it holds: `Matrix, The (1999)` -> `The Matrix`; bracketed ones follow."""
    title = _YEAR_TAIL.sub("", title)
    forms = [_BRACKETED.sub("", title), *_BRACKETED.findall(title)]
    forms = [_LOOSE_END.sub("", form.strip()) for form in forms]
    return [_INVERTED.sub(r"\2 \1", form) for form in forms if form]


class NameIndex:
    """Every name of every item; items that share a name are ranked by popularity. Immutable once made."""

    def __init__(self, items: Sequence[Item]) -> None:
        popular_first = sorted(range(len(items)), key=lambda row: _prominence(items[row]), reverse=True)
        self._rank = {row: rank for rank, row in enumerate(popular_first)}
        self._by_key: dict[str, list[Named]] = {}
        self._words_of_key: dict[str, tuple[str, ...]] = {}
        self._series: dict[tuple[str, int], int] = {}
        self._series_of: dict[int, str] = {}
        self._described = _words_in_descriptions(items)
        for row, item in enumerate(items):
            self._add_item(row, item)
        self._add_shared_stems(items)
        self._add_first_parts()
        for entries in self._by_key.values():
            entries.sort()
        self._index_typos()

    # ------------------------------------------------------------------ building

    def _add(self, keys: Sequence[str], kind: Kind, row: int, *, clipped: bool = False) -> None:
        if not keys or len(keys) > LONGEST * 2:
            return
        key = "".join(keys)
        entries = self._by_key.setdefault(key, [])
        if all(entry.row != row for entry in entries):
            entries.append(Named(kind, self._rank[row], row, len(keys), clipped))
            self._words_of_key.setdefault(key, tuple(keys))

    def _add_name(self, name: str, kind: Kind, row: int) -> list[str]:
        keys = [word.key for word in words_of(name)]
        self._add(keys, kind, row)
        if len("".join(keys[1:])) > 1 and (keys[0] in ARTICLES or (keys[0] in FOREIGN_ARTICLES and keys[0] != keys[1])):
            self._add(keys[1:], kind, row, clipped=True)
        if len(keys) > 1 and keys[-1] in ("v", "x"):
            self._add([*keys[:-1], {"v": "5", "x": "10"}[keys[-1]]], kind, row)
        return keys

    def _add_item(self, row: int, item: Item) -> None:
        for title in dict.fromkeys((item.title, item.original_title)):
            form, *bracketed = title_forms(title) or [title]
            self._add_title(form, row)
            for segment in bracketed:
                self._add_segment(segment, Kind.PART, row)
        if item.series:
            series = "".join(_without_article([word.key for word in words_of(item.series)]))
            self._series_of[row] = series
            if item.position is not None:
                self._series.setdefault((series, item.position), row)
            self._add_name(item.series, Kind.STEM, row)

    def _add_title(self, title: str, row: int) -> None:
        keys = self._add_name(title, Kind.WHOLE, row)
        words = words_of(title)
        if len(words) > 1 and words[-1].key == "1" and " " in words[-1].surface:
            self._add_name(title[: words[-1].start], Kind.WHOLE, row)
        if initials := _INITIALS.match(title):
            self._add_name(initials.group(), Kind.SHORT, row)
        segments = _SEGMENTS.split(title)
        for cut in range(1, len(segments)):
            self._add_segment(" - ".join(segments[cut:]), Kind.PART, row)
            self._add_segment(" - ".join(segments[:cut]), Kind.STEM, row)
        if len(segments) == 1 and len(keys) > 3:
            self._add_short(_without_article(keys), row)

    def _add_segment(self, name: str, kind: Kind, row: int) -> None:
        name = _LOOSE_END.sub("", name)
        keys = _without_article([word.key for word in words_of(name)])
        if kind is Kind.PART and self._rank[row] > max(20, len(self._rank) // 2):
            # Few know Tetsuo well enough to call it The Iron Man; who says so means another film.
            return
        telling = [key for key in keys if key not in FUNCTION and not key.isdigit()]
        if len(telling) > 1 or (telling and self.is_rare(telling[0]) and len(telling[0]) > 3):
            self._add_name(name, kind, row)

    def _add_short(self, keys: Sequence[str], row: int) -> None:
        first = keys[:2]
        telling = any(self.is_rare(key) and len(key) > 4 for key in first)
        if len(keys) > 2 and telling and not FUNCTION.intersection(first):
            self._add(first, Kind.SHORT, row)

    def _add_shared_stems(self, items: Sequence[Item]) -> None:
        """`Harry Potter and the ...` names a series once two titles begin so."""
        stems: dict[tuple[str, ...], list[int]] = {}
        for row, item in enumerate(items):
            keys = tuple(word.key for word in words_of(item.title))
            for cut in range(2, min(len(keys) - 2, 4)):
                if keys[cut : cut + 2] == ("and", "the"):
                    stems.setdefault(keys[:cut], []).append(row)
        for stem, rows in stems.items():
            if len(rows) > 1:
                for row in rows:
                    self._add(stem, Kind.STEM, row)

    def _add_first_parts(self) -> None:
        """Where `toy story 2` exists, `toy story 1` means `toy story`."""
        for key in [key for key in self._by_key if key[-1] == "2" and key[-2:-1].isalpha()]:
            stem = key[:-1]
            for named in self.named(stem):
                if named.kind is Kind.WHOLE:
                    self._add((*self._words_of_key[stem], "1"), Kind.WHOLE, named.row)

    def _index_typos(self) -> None:
        frequency = Counter(word for words in self._words_of_key.values() for word in set(words))
        self._buckets: dict[tuple[str, int], list[str]] = {}
        for word in frequency:
            if len(word) > 3 and not word.isdigit():
                self._buckets.setdefault((word[0], len(word)), []).append(word)
        self._postings: dict[str, list[tuple[str, int]]] = {}
        for key, words in self._words_of_key.items():
            if len(key) < 5:
                continue
            rarest = sorted((w for w in words if len(w) > 2 and w not in ARTICLES), key=lambda w: (frequency[w], -len(w)))[:2]
            for word in rarest:
                self._postings.setdefault(word, []).append((key, words.index(word)))
        for postings in self._postings.values():
            if len(postings) > _POSTINGS:
                postings.sort(key=lambda posting: self._by_key[posting[0]][0])
                del postings[_POSTINGS:]

    # ------------------------------------------------------------------ asking

    def named(self, key: str) -> Sequence[Named]:
        """The items that go by a name (its words' keys run together), best first; empty when none does."""
        return self._by_key.get(key, ())

    def is_rare(self, key: str) -> bool:
        """Whether a word is neither plain English as we list it nor used in the catalog's own descriptions."""
        return key not in ORDINARY and key not in self._described and not key.isdigit()

    def instalment(self, named: Iterable[Named], key: str, position: int) -> int | None:
        """The row of a series' nth item, by the series the named items belong to or by `key` followed by the number."""
        for entry in named:
            row = self._series.get((self._series_of.get(entry.row, key), position))
            if row is not None:
                return row
        for entry in self.named(f"{key}{position}"):
            if entry.kind is Kind.WHOLE:
                return entry.row
        return None

    def respelled(self, word: str) -> list[str]:
        """Words used in names that a misspelled word may stand for, nearest first; the first letter is taken as right."""
        if len(word) < 4:
            return []
        limit = 1 if len(word) < 8 else 2
        near = [
            (distance, choice)
            for length in range(len(word) - limit, len(word) + limit + 1)
            for choice, distance, _ in process.extract(
                word, self._buckets.get((word[0], length), ()), scorer=OSA.distance, score_cutoff=limit, limit=4
            )
        ]
        return [choice for _, choice in sorted(near)]

    def holding(self, word: str) -> Sequence[tuple[str, int]]:
        """Names in which a word is one of the two most telling: (key, the word's place in it)."""
        return self._postings.get(word, ())

    def slips(self, words: Sequence[str], key: str) -> int | None:
        """Slips of the pen between words and a name (optimal string alignment); None when too many or a number differs.

        Word for word, no more than a third may be wrong.
        """
        text, limit = "".join(words), allowed_typos(key)
        if abs(len(text) - len(key)) > limit or _digits(text) != _digits(key):
            return None
        distance = OSA.distance(text, key, score_cutoff=limit)
        return distance if distance <= limit and self._alike(words, self._words_of_key[key]) else None

    def _alike(self, words: Sequence[str], wanted: Sequence[str]) -> bool:
        if len(words) != len(wanted):
            return True
        pairs = zip(words, wanted, strict=True)
        return all(OSA.distance(a, b) <= max(1, len(b) // 3) for a, b in pairs if b not in FUNCTION)

    def size(self, key: str) -> int:
        """The number of words in a name."""
        return len(self._words_of_key[key])


def allowed_typos(key: str) -> int:
    """How many slips of the pen a name of this length forgives."""
    return 0 if len(key) < 5 else max(1, len(key) // 6)


def _digits(key: str) -> str:
    return "".join(c for c in key if c.isdigit())


def _without_article(keys: list[str]) -> list[str]:
    return keys[1:] if len(keys) > 1 and keys[0] in ARTICLES else keys


def _prominence(item: Item) -> tuple[float, float, int]:
    return (item.popularity or 0.0, item.acclaim or 0.0, item.year or 0)


def _words_in_descriptions(items: Sequence[Item], sample: int = 5000) -> frozenset[str]:
    """Lower-case words of the descriptions (of 5,000 evenly chosen items at most): plain words."""
    described = items[:: max(1, len(items) // sample)]
    return frozenset(word for item in described for word in _lower_words(item.description))


def _lower_words(text: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])", text))
