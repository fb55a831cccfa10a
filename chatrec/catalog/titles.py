"""Free text -> the items it names, and the titles it names that the catalog does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from chatrec.catalog.judgement import GRAMMAR, MAYBE, Judge
from chatrec.catalog.misspelled import misspelled_names, near_names
from chatrec.catalog.names import LONGEST, Kind, Named, NameIndex, allowed_typos, title_forms
from chatrec.catalog.passage import Passage, Year
from chatrec.catalog.plain_words import ARTICLES
from chatrec.catalog.table import Catalog
from chatrec.catalog.unheld import unheld_titles
from chatrec.catalog.words import fold, joined, words_of

LONGEST_TEXT = 20_000
"""Characters of a message that are read; the rest is ignored."""

_ALTERNATIVES = 12
_NOT_LETTERS = re.compile(r"[\W_]+")
_ORDINALS = {f"{n}{suffix}": n for n, suffix in enumerate(("st", "nd", "rd", *("th",) * 7), 1)}
_NEWEST, _OLDEST = frozenset(("new", "newest", "latest", "newer")), frozenset(("original", "old", "older"))


@dataclass(frozen=True, slots=True)
class TitleSpan:
    """An item named at `start`:`end` of a text (a year given with it, `(1982)`, is part of the span).

    `score` is how sure it is, 0 to 1; `alternatives` are other ids that the same words could name, best first.
    """

    item_id: str
    start: int
    end: int
    surface: str
    score: float
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows named by the words `i`:`j`, best first; `start` and `end` are places in the text."""

    i: int
    j: int
    start: int
    end: int
    rows: tuple[int, ...]
    score: float
    kind: int


class TitleLinker:
    """Knows every name of a catalog's items. Made once per catalog (about 5 s for 60,000 items on two cores), then read-only.

    A name of plain words (It, Heat, About Time) counts only with a sign that it is meant: quotation marks, a capital in
    mid-sentence, its year, `the film` before it, a liking or seeing verb, or another title beside it in a list.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._items = catalog.items
        self._names = NameIndex(catalog.items)
        people = list(catalog.vocabulary("people"))
        self._people = frozenset(_run_together(name) for name in people if " " in name)
        genres = {_run_together(genre) for genre in catalog.vocabulary("genres")}
        often = max(2, len(self._items) // 1000)
        keywords = (keyword for keyword, count in catalog.vocabulary("keywords").items() if count >= often)
        topics = {_run_together(v) for v in (*keywords, *catalog.vocabulary("countries"), *catalog.vocabulary("languages"))}
        parts = {fold(part) for name in people for part in name.split()}
        self._judge = Judge(self._names, genres=genres, topics=topics, people=parts)
        self._subjects = self._people.union(genres, topics)

    # ------------------------------------------------------------------ what others call

    def link(self, text: str) -> tuple[TitleSpan, ...]:
        """The items a text names: non-overlapping spans in text order. Reads the first 20,000 characters."""
        passage = Passage(text[:LONGEST_TEXT])
        found, _ = self._scan(passage)
        return tuple(self._span(passage.text, one) for one in found)

    def unlinked_titles(self, text: str) -> tuple[str, ...]:
        """Titles a text seems to name that the catalog does not hold, as they are written there, in text order."""
        passage = Passage(text[:LONGEST_TEXT])
        found, unheld = self._scan(passage)
        taken = [(one.start, one.end) for one in found]
        return unheld_titles(passage, taken, unheld, self._masks(passage), self._subjects)

    def find(self, name: str, year: int | None = None) -> tuple[str, ...]:
        """The ids of items that go by a name, best first; forgives typos when nothing matches exactly.

        With a year (given, or in brackets after the name) only items within two years of it, or of unknown year, are left.
        """
        if year is None and (match := re.search(r"[(\[]((?:18|19|20)\d\d)[)\]]\s*$", name)):
            year = int(match[1])
        for form in title_forms(name[:300]):
            words = words_of(form)
            rows = [named.row for named in self._names.named(joined(words))]
            if not rows and len(words) > 1 and words[0].key in ARTICLES:
                rows = [named.row for named in self._names.named(joined(words[1:]))]
            if not rows:
                passage = Passage(form)
                near = sorted(
                    (near.slips, self._names.named(near.key)[0].rank, near.key)
                    for near in near_names(passage, frozenset(), self._names)
                    if all(word.key in ARTICLES for word in (*words[: near.i], *words[near.j :]))
                )
                rows = [named.row for _, _, key in near for named in self._names.named(key)]
            rows = [row for row in dict.fromkeys(rows) if year is None or self._years_apart(row, year) <= 2]
            if rows:
                if year is not None:
                    rows.sort(key=lambda row: self._years_apart(row, year))
                return tuple(self._items[row].id for row in rows)
        return ()

    # ------------------------------------------------------------------ reading a passage

    def _scan(self, passage: Passage) -> tuple[list[_Found], list[tuple[int, int]]]:
        """The titles of a passage in order, and places of titles that are certainly meant but not held."""
        masked = self._masks(passage)
        unheld: list[tuple[int, int]] = []
        sure: list[_Found] = []
        maybe: list[_Found] = []
        for i, j, named in self._exact(passage):
            found = self._weigh(passage, i, j, named, masked, unheld)
            if found is not None:
                (maybe if found.score == MAYBE else sure).append(found)
        chosen = self._longest_first(sure, ())
        taken = {k for one in chosen for k in range(one.i, one.j)} | {k for i, j in unheld for k in range(i, j)}
        chosen += self._longest_first(self._misspelled(passage, taken, masked), chosen)
        chosen = self._with_listed(passage, chosen, maybe)
        places = [(passage.words[i].start, passage.words[j - 1].end) for i, j in unheld]
        return sorted(chosen, key=lambda one: one.start), places

    def _exact(self, passage: Passage) -> Iterator[tuple[int, int, Sequence[Named]]]:
        for i in range(len(passage.words)):
            key = ""
            for j in range(i + 1, passage.reach(i, LONGEST) + 1):
                word = passage.words[j - 1]
                named = self._names.named(key + word.key) or (
                    self._names.named(key + word.bare) if word.bare != word.key else ()
                )
                if named:
                    yield i, j, named
                    if passage.inverted(j):
                        yield i, j + 1, named
                key += word.key

    def _masks(self, passage: Passage) -> frozenset[int]:
        """Positions of words that make up the full name of somebody the catalog knows."""
        masked: set[int] = set()
        for i in range(len(passage.words)):
            key = ""
            for j in range(i + 1, passage.reach(i, 4) + 1):
                word = passage.words[j - 1]
                if j > i + 1 and (key + word.key in self._people or key + word.bare in self._people):
                    masked.update(range(i, j))
                key += word.key
        return frozenset(masked)

    def _weigh(
        self, passage: Passage, i: int, j: int, named: Sequence[Named], masked: frozenset[int], unheld: list[tuple[int, int]]
    ) -> _Found | None:
        year = passage.year(i, j)
        rows = [entry.row for entry in named if entry.kind is named[0].kind]
        start, end = passage.words[i].start, passage.words[j - 1].end
        quoted = passage.quoted(i, j)
        dated = self._of_year(named, year)
        clear = quoted or (bool(dated) and year is not None and year.firm)
        if not clear:
            if masked.issuperset(range(i, j)):
                return None
            if not dated and (passage.number_after(j) or (passage.name_after(j) and j not in masked)):
                stands_out = self._judge.tier(passage.words[i:j], named[0]) < GRAMMAR and passage.words[i].capital
                if stands_out or self._judge.verdict(passage, i, j, named[0]):
                    unheld.append((i, _longer(passage, j)))
                return None
        score = 1.0 if clear else self._judge.verdict(passage, i, j, named[0])
        if dated and year is not None and not clear:
            capital = all(word.capital for word in passage.words[i:j])
            if score or capital or (passage.opened(i) and not passage.pronoun(i, j)):
                score = max(score or 0.0, 0.95)
        counted = None if dated else self._counted(passage, i, named)
        if counted is not None and counted[0] and passage.key(i - 1) in _ORDINALS:
            score = score or 0.85
        if score is None:
            return None
        if dated and year is not None:
            rows, start, end = dated, year.start, year.end
        elif year is not None and year.firm and all(self._items[row].year is not None for row in rows):
            return None
        elif counted is not None and score != MAYBE:
            rows, start = counted
            if not rows:
                return None
        weight = {Kind.WHOLE: 1.0, Kind.PART: 0.9, Kind.STEM: 0.85, Kind.SHORT: 0.8}[named[0].kind]
        return _Found(
            passage.position(start), passage.position(end), start, end, tuple(rows), round(score * weight, 3), named[0].kind
        )

    def _of_year(self, named: Sequence[Named], year: Year | None) -> list[int]:
        if year is None:
            return []
        near = [(self._years_apart(e.row, year.year), e.kind, e.rank, e.row) for e in named if self._items[e.row].year]
        return [row for apart, _, _, row in sorted(near) if apart <= (1 if year.firm else 0)]

    def _years_apart(self, row: int, year: int) -> int:
        own = self._items[row].year
        return 2 if own is None else abs(own - year)

    def _counted(self, passage: Passage, i: int, named: Sequence[Named]) -> tuple[list[int], int] | None:
        """What `the second Godfather` or `the original Dune` means: rows (none: not held) and where the wording starts."""
        before = passage.key(i - 1)
        if i == 0 or passage.words[i].initial:
            return None
        start = passage.words[i - 1].start
        rows = [entry.row for entry in named if entry.kind is named[0].kind]
        if position := _ORDINALS.get(before):
            words = passage.words[i : i + named[0].size]
            key = joined(words[1:] if words[0].key in ARTICLES else words)
            row = self._names.instalment(named, key, position)
            if row is not None:
                return [row, *(other for other in rows if other != row)], start
            return ([], start) if position > 1 and self._names.instalment(named, key, 2) is not None else None
        if len(rows) > 1 and before in _NEWEST | _OLDEST:
            return sorted(rows, key=lambda row: self._items[row].year or 0, reverse=before in _NEWEST), start
        return None

    # ------------------------------------------------------------------ choosing

    def _longest_first(self, found: Iterable[_Found], chosen: Iterable[_Found]) -> list[_Found]:
        taken = {k for one in chosen for k in range(one.i, one.j)}
        kept: list[_Found] = []
        for one in sorted(found, key=lambda one: (one.i - one.j, one.kind, -one.score, one.i)):
            if taken.isdisjoint(range(one.i, one.j)):
                taken.update(range(one.i, one.j))
                kept.append(one)
        return kept

    def _with_listed(self, passage: Passage, chosen: list[_Found], maybe: list[_Found]) -> list[_Found]:
        """Adds uncertain names that stand beside a chosen one in a list, or that make up the message between them."""
        maybe = self._longest_first(maybe, chosen)
        if maybe and not chosen:
            maybe.sort(key=lambda one: one.i)
            linked = all(passage.listed(a.j, b.i) for a, b in pairwise(maybe))
            if len(maybe) > 1 and linked and maybe[0].i == 0 and maybe[-1].j == len(passage.words):
                return [replace(one, score=0.7) for one in maybe if not passage.pronoun(one.i, one.j)]
        found = True
        while found:
            found = False
            for one in list(maybe):
                after = any(passage.listed(other.j, one.i) for other in chosen)
                before = any(passage.listed(one.j, other.i) for other in chosen)
                capital = passage.capital(one.i, one.j)
                if (after and (capital or passage.closed(one.j))) or (before and (capital or passage.opened(one.i))):
                    chosen = [*chosen, replace(one, score=0.8)]
                    maybe.remove(one)
                    found = True
        return chosen

    def _misspelled(self, passage: Passage, taken: Iterable[int], masked: frozenset[int]) -> Iterator[_Found]:
        for near in misspelled_names(passage, masked.union(taken), self._names, self._judge):
            i, j = near.i, near.j
            named = self._names.named(near.key)
            year = passage.year(i, j)
            rows = self._of_year(named, year)
            start, end = passage.words[i].start, passage.words[j - 1].end
            if year is not None and rows:
                start, end = year.start, year.end
            elif year is not None and year.firm:
                continue
            else:
                rows = [entry.row for entry in named if entry.kind is named[0].kind]
                if (counted := self._counted(passage, i, named)) is not None:
                    rows, start = counted
            if rows:
                score = round(0.9 - 0.2 * near.slips / allowed_typos(near.key), 3)
                yield _Found(passage.position(start), passage.position(end), start, end, tuple(rows), score, named[0].kind)

    def _span(self, text: str, found: _Found) -> TitleSpan:
        ids = [self._items[row].id for row in found.rows[: _ALTERNATIVES + 1]]
        return TitleSpan(ids[0], found.start, found.end, text[found.start : found.end], found.score, tuple(ids[1:]))


def _longer(passage: Passage, j: int) -> int:
    """The end of a longer title than the catalog holds: past the capitals or number after word `j`."""
    while j < len(passage.words) and (passage.name_after(j) or passage.number_after(j)):
        j += 1
    return j


def _run_together(text: str) -> str:
    return _NOT_LETTERS.sub("", fold(text))
