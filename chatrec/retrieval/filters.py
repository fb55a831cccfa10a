"""Hard constraints -> which items satisfy them, as one boolean array over the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from operator import methodcaller

import numpy as np
from numpy.typing import NDArray

from chatrec.catalog.table import Catalog
from chatrec.records import Constraint, Item
from chatrec.retrieval.levels import KINDS, expected, youngest
from chatrec.retrieval.words import fold, phrase

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]

NUMBERS = ("year", "runtime", "audience", "popularity", "acclaim", *(f"content.{kind}" for kind in KINDS))
TEXTS = ("genre", "language", "country", "person", "topic")

# Words that colour a description without being what an item is about, or that mean many things. Somebody who wants no dark
# films does not mind a dark room in a story: refused, these are looked for among keywords and genres alone.
_COLOURING_WORDS = """
dark light-hearted bittersweet melancholy uplifting feel-good heartwarming heartbreaking tense eerie scary disturbing gritty
violent whimsical magical dreamlike surreal mind-bending thought-provoking satirical deadpan witty silly romantic sensual epic
intimate nostalgic stylish visually-striking slow-burn slow fast-paced meditative quirky playful hopeful suspenseful cosy cozy
atmospheric angry tender absurd moving funny sad bleak depressing sentimental weird serious art class food memory identity
school space sports summer train
"""
_COLOURING = frozenset(map(phrase, _COLOURING_WORDS.split()))

# What an item is made as rather than about: asked for, a talkie with a silent butler will not do.
_FORMS = frozenset(map(phrase, ("silent", "black and white", "remake", "sequel", "prequel", "nonlinear", "ensemble")))

_REFUSED = "refused"


class Filters:
    """The facts of a catalog, laid out so that a constraint is answered for every item at once.

    An item's language and country are its leading ones, the first: a few words of Korean, or French money, make no Korean or
    French film; but a country that is refused may not take part at all. An item whose fact is unknown satisfies no `any_of`,
    `at_least` or `at_most`, and every `none_of`. Names are compared without case, accents and punctuation, topics by words
    without plural endings.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._count = len(catalog)
        self._numbers: Mapping[str, Numbers] = {
            **{name: catalog.frame[name].to_numpy(dtype=np.float64) for name in ("year", "runtime", "popularity", "acclaim")},
            "audience": _column(youngest(item.certificate) for item in catalog),
            **{f"content.{kind}": _column(_level(item, kind) for item in catalog) for kind in KINDS},
        }
        self._names = {
            ("genre", ""): _rows_by_name(catalog, lambda item: item.genres),
            ("language", ""): _rows_by_name(catalog, lambda item: item.languages[:1]),
            ("country", ""): _rows_by_name(catalog, lambda item: item.countries[:1]),
            ("country", _REFUSED): _rows_by_name(catalog, lambda item: item.countries),
            ("person", ""): _rows_by_name(catalog, lambda item: (n for names in item.people.values() for n in names)),
        }
        for role in sorted({role for item in catalog for role in item.people}):
            self._names["person", fold(role)] = _rows_by_name(catalog, methodcaller("named", role))
        self._labels = ["".join(map(phrase, (*item.keywords, *item.genres))) for item in catalog]
        self._texts = [phrase(item.title) + phrase(item.description) for item in catalog]
        self._among_labels = lru_cache(maxsize=512)(self._find_labels)
        self._among_texts = lru_cache(maxsize=512)(self._find_texts)

    def numbers(self, field: str) -> Numbers:
        """The values of a number field, (n,) float64, NaN where unknown."""
        return self._numbers[field]

    def allowed(self, constraints: Iterable[Constraint]) -> Mask:
        """Which items satisfy every constraint, (n,) bool."""
        mask = np.ones(self._count, dtype=bool)
        for constraint in constraints:
            mask &= self.mask(constraint)
        return mask

    def mask(self, constraint: Constraint) -> Mask:
        """Which items satisfy one constraint, (n,) bool.

        ValueError, a mistake of the program, for an unknown field or a condition the field cannot have.
        """
        if constraint.field in NUMBERS:
            if constraint.any_of or constraint.none_of:
                raise ValueError(f"{constraint.field} is a number field: use at_least and at_most, not any_of or none_of")
            values = self._numbers[constraint.field]
            mask = self._all()  # NaN, the unknown, is neither above nor below anything
            if constraint.at_least is not None:
                mask &= values >= constraint.at_least
            if constraint.at_most is not None:
                mask &= values <= constraint.at_most
            return mask
        if constraint.field not in TEXTS:
            raise ValueError(f"unknown constraint field {constraint.field!r}; known are {', '.join((*TEXTS, *NUMBERS))}")
        if constraint.at_least is not None or constraint.at_most is not None:
            raise ValueError(f"{constraint.field} is a text field: use any_of and none_of, not at_least or at_most")
        mask = self._all()
        if constraint.any_of:
            mask &= self._union(constraint, constraint.any_of, self._wanted)
        if constraint.none_of:
            role = _REFUSED if constraint.field == "country" else constraint.role
            mask &= ~self._union(replace(constraint, role=role), constraint.none_of, self._refused)
        return mask

    def records(self, constraint: Constraint) -> bool:
        """Whether the catalog tells the constraint's fact of any item; where it tells it of none, nothing can be checked."""
        if constraint.field in NUMBERS:
            return not np.isnan(self._numbers[constraint.field]).all()
        return constraint.field == "topic" or bool(self._names.get((constraint.field, fold(constraint.role))))

    def topic(self, words: str) -> Mask:
        """Which items have the words, side by side, in a keyword, a genre, the title or the description, (n,) bool."""
        wanted = phrase(words)
        return self._among_labels(wanted) | self._among_texts(wanted)

    def label(self, words: str) -> Mask:
        """Which items have the words, side by side, in a keyword or a genre, (n,) bool."""
        return self._among_labels(phrase(words))

    def name(self, field: str, name: str, role: str = "") -> Mask:
        """Which items have this genre, leading language, leading country or person (in this role, if given), (n,) bool."""
        mask = np.zeros(self._count, dtype=bool)
        mask[self._names.get((field, fold(role)), {}).get(fold(name), [])] = True
        return mask

    def _wanted(self, words: str) -> Mask:
        return self.label(words) if phrase(words) in _FORMS else self.topic(words)

    def _refused(self, words: str) -> Mask:
        return self.label(words) if phrase(words) in _COLOURING else self.topic(words)

    def _union(self, constraint: Constraint, values: Iterable[str], topic: Callable[[str], Mask]) -> Mask:
        mask = np.zeros(self._count, dtype=bool)
        for value in values:
            mask |= topic(value) if constraint.field == "topic" else self.name(constraint.field, value, constraint.role)
        return mask

    def _all(self) -> Mask:
        return np.ones(self._count, dtype=bool)

    def _find_labels(self, wanted: str) -> Mask:
        return _containing(self._labels, wanted)

    def _find_texts(self, wanted: str) -> Mask:
        return _containing(self._texts, wanted)


def _containing(texts: list[str], wanted: str) -> Mask:
    if not wanted:
        return np.zeros(len(texts), dtype=bool)
    joined = f" {wanted.replace(' ', '')} "  # super hero, superhero
    found = np.fromiter((wanted in text or joined in text for text in texts), dtype=bool, count=len(texts))
    found.flags.writeable = False  # shared by every later call
    return found


def _level(item: Item, kind: str) -> int | None:
    return item.content[kind] if kind in item.content else expected(item, kind)


def _column(values: Iterable[int | None]) -> Numbers:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _rows_by_name(catalog: Catalog, names: Callable[[Item], Iterable[str]]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, item in enumerate(catalog):
        for name in dict.fromkeys(map(fold, names(item))):
            rows.setdefault(name, []).append(row)
    return rows
