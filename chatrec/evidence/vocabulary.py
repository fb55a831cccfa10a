"""A catalog -> the words that make a sentence checkable: its titles, people, genres, keywords, countries and languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from chatrec.catalog.table import Catalog
from chatrec.evidence.everyday import WEAK_GENRES, WEAK_PHRASES, WEAK_WORDS
from chatrec.evidence.tokens import Token, keys_of
from chatrec.evidence.wordforms import COUNTRY_FORMS, GENRE_FORMS, LANGUAGES, THEME_FORMS, TONE_FORMS

Keys = tuple[str, ...]
_UPPER = frozenset(("us", "uk", "usa", "ai", "sf"))


@dataclass(frozen=True, slots=True)
class Term:
    """A meaning that words can have: `kind` is genre, keyword, country, language, person, surname or title.

    `value` is the catalog's own spelling (for titles the item id, for surnames the comparison key). A `weak` term is too
    ordinary a word to be taken for a false claim wherever it stands.
    """

    kind: str
    value: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Consecutive tokens (`first` to `last`, inclusive) that spell one or more terms."""

    first: int
    last: int
    start: int
    end: int
    terms: tuple[Term, ...]


class Phrases:
    """Phrases -> terms, looked up along a text, the longest phrase first."""

    def __init__(self) -> None:
        self._terms: dict[Keys, dict[Term, None]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}

    def add(self, phrase: str, term: Term) -> None:
        """Let a phrase mean a term."""
        keys = keys_of(phrase)
        if keys:
            self._terms.setdefault(keys, {})[term] = None

    def finish(self) -> None:
        """Note how long phrases are by their first word; call once, after the last `add`."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for keys in self._terms:
            lengths[keys[0]].add(len(keys))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def begins(self, token: Token) -> bool:
        """Whether any phrase begins with this word."""
        return token.key in self._lengths

    def at(self, tokens: tuple[Token, ...], first: int) -> Iterator[Match]:
        """The phrases that begin at a token, longest first."""
        for length in self._lengths.get(tokens[first].key, ()):
            words = tokens[first : first + length]
            terms = self._terms.get(tuple([token.key for token in words])) if len(words) == length else None
            if terms is not None:
                yield Match(first, first + length - 1, words[0].start, words[-1].end, tuple(terms))

    def along(self, tokens: tuple[Token, ...]) -> Iterator[Match]:
        """The longest phrases along a text, never overlapping."""
        first = 0
        while first < len(tokens):
            found = next(self.at(tokens, first), None) if self.begins(tokens[first]) else None
            if found is not None:
                yield found
            first = found.last + 1 if found else first + 1


class Vocabulary:
    """What the words of one catalog mean; made once per catalog, with `vocabulary_of`."""

    def __init__(self, catalog: Catalog) -> None:
        self.traits = Phrases()
        self.names = Phrases()
        self.titles = Phrases()
        self._add_genres(catalog.vocabulary("genres"))
        self._add_keywords(catalog.vocabulary("keywords"))
        self._add_places(catalog)
        for person in catalog.vocabulary("people"):
            self._add_person(person)
        for item in catalog:
            self.titles.add(item.title, Term("title", item.id))
            if item.original_title:
                self.titles.add(item.original_title, Term("title", item.id))
        for phrases in (self.traits, self.names, self.titles):
            phrases.finish()

    def _add_genres(self, genres: Iterable[str]) -> None:
        for genre in genres:
            self.traits.add(genre, Term("genre", genre, genre.lower() in WEAK_GENRES))
            for form in GENRE_FORMS.get(genre.lower(), ()):
                self.traits.add(form, Term("genre", genre, form in WEAK_WORDS))

    def _add_keywords(self, keywords: Iterable[str]) -> None:
        for keyword in {**dict.fromkeys(TONE_FORMS), **dict.fromkeys(keywords), **dict.fromkeys(THEME_FORMS)}:
            own = keyword not in TONE_FORMS and keyword not in THEME_FORMS and " " not in keyword
            self.traits.add(keyword, Term("keyword", keyword, own or keyword in WEAK_WORDS or keyword in WEAK_PHRASES))
            for form in (*TONE_FORMS.get(keyword, ()), *THEME_FORMS.get(keyword, ())):
                bare = form.removeprefix("a ").removeprefix("an ").removeprefix("the ")
                self.traits.add(bare, Term("keyword", keyword, bare in WEAK_WORDS))

    def _add_places(self, catalog: Catalog) -> None:
        spelled = {name.lower(): name for name in catalog.vocabulary("countries")}
        for country in {**dict.fromkeys(COUNTRY_FORMS), **dict.fromkeys(spelled)}:
            term = Term("country", spelled.get(country, country.title()))
            for form in (country, *COUNTRY_FORMS.get(country, ())):
                self.traits.add(form, term)
        spoken = {name.lower(): name for name in catalog.vocabulary("languages")}
        for language in {**dict.fromkeys(sorted(LANGUAGES)), **dict.fromkeys(spoken)}:
            self.traits.add(language, Term("language", spoken.get(language, language.title())))

    def _add_person(self, person: str) -> None:
        self.names.add(person, Term("person", person))
        keys = keys_of(person)
        if len(keys) > 1 and len(keys[-1]) > 3:
            self.names.add(keys[-1], Term("surname", keys[-1]))

    def traits_in(self, tokens: tuple[Token, ...], *, cased: bool = True) -> Iterator[Match]:
        """Genres, keywords, countries and languages along a text, longest first, never overlapping.

        `cased` text writes places with capitals (so that `polish` is no country); typed messages may not.
        """
        first = 0
        while first < len(tokens):
            if not self.traits.begins(tokens[first]):
                first += 1
                continue
            found = next((m for at in self.traits.at(tokens, first) if (m := _cased(at, tokens, cased))), None)
            if found is not None:
                yield found
            first = found.last + 1 if found else first + 1


def _cased(match: Match, tokens: tuple[Token, ...], cased: bool) -> Match | None:
    word = tokens[match.first]
    if match.first == match.last and word.key in _UPPER and not word.word.isupper():
        return None
    if not cased or word.capitalised:
        return match
    kept = tuple(term for term in match.terms if term.kind not in ("country", "language"))
    return Match(match.first, match.last, match.start, match.end, kept) if kept else None


@lru_cache(maxsize=4)
def vocabulary_of(catalog: Catalog) -> Vocabulary:
    """The vocabulary of a catalog, kept for the last few catalogs asked for (a catalog never changes)."""
    return Vocabulary(catalog)
