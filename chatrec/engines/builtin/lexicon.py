"""A catalog -> the phrases people may use for its genres, places, people and themes, each with the catalog's own spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from chatrec.catalog.plain_words import ORDINARY
from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.genre_words import GENRES, PAIRS
from chatrec.engines.builtin.mood_words import BARE_CONTENT, MOODS, STANDING
from chatrec.engines.builtin.near_names import NearNames
from chatrec.engines.builtin.places import ADJECTIVES, COUNTRY_NAMES, SAME_COUNTRY, SPOKEN, Place
from chatrec.engines.builtin.topic_words import FORMS, TOPICS
from chatrec.engines.builtin.wording import spelled, stem, words

Kind = Literal[
    "genre", "language", "country", "person", "topic", "form", "mood", "acclaim", "popularity", "year", "runtime",
    "audience",
    "item", "refine", "lift",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Concept:
    """Something a message can ask for or refuse.

    `values` are the catalog's spellings (for a mood or topic: the words that mark an item with it; for an item: its id);
    `both` asks for every value instead of any. `content` names the content kind a mood stands for, `bare` that its noun was
    used ("violence", not "violent"). `foreign` stands for every language or country but these.
    """

    kind: Kind
    name: str
    values: tuple[str, ...] = ()
    search: str = ""
    both: bool = False
    content: str = ""
    bare: bool = False
    foreign: bool = False
    role: str = ""
    at_least: float | None = None
    at_most: float | None = None


class Phrases:
    """Phrases of one or more words, looked up at a place in a list of words: the longest wins."""

    def __init__(self) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], Concept]] = defaultdict(dict)
        self._longest: dict[str, int] = defaultdict(int)

    def add(self, phrase: Sequence[str], concept: Concept, *, replace: bool = False) -> None:
        """Remember a phrase; the first concept given to it stays unless `replace`."""
        if not phrase:
            return
        key = tuple(phrase)
        if replace or key not in self._by_first[key[0]]:
            self._by_first[key[0]][key] = concept
            self._longest[key[0]] = max(self._longest[key[0]], len(key))

    def at(self, norms: Sequence[str], place: int) -> tuple[int, Concept] | None:
        """The length and concept of the longest phrase that begins at `place`."""
        known = self._by_first.get(norms[place])
        if known is None:
            return None
        for length in range(min(self._longest[norms[place]], len(norms) - place), 0, -1):
            concept = known.get(tuple(norms[place : place + length]))
            if concept is not None:
                return length, concept
        return None


class Lexicon:
    """Every phrase this catalog gives a meaning to; made once per catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.genres = tuple(catalog.vocabulary("genres"))
        self.languages = tuple(catalog.vocabulary("languages"))
        self.countries = tuple(catalog.vocabulary("countries"))
        self.keywords = frozenset(k.lower() for k in catalog.vocabulary("keywords"))
        self.has_acclaim = any(item.acclaim is not None for item in catalog)
        self.has_popularity = any(item.popularity is not None for item in catalog)
        self.newest_year = max((item.year for item in catalog if item.year), default=2026)
        self.oldest_year = min((item.year for item in catalog if item.year), default=1900)
        self._title_words = _title_words(catalog)
        self._one_word_titles = frozenset(word for item in catalog if len(title := words(item.title)) == 1 for word in title)
        self._vocabulary = _vocabulary(catalog)
        self._themes = Phrases()
        self._names = Phrases()
        self._surnames: dict[str, list[str]] = defaultdict(list)
        self._items_of = catalog.vocabulary("people")
        self._roles: dict[str, set[str]] = defaultdict(set)
        self._add_genres()
        self._add_places()
        self._add_moods()
        self._add_topics()
        self._add_people(catalog)

    def titled(self, word: str) -> str:
        """The id of the one item whose title has this rare word, or nothing."""
        return self._title_words.get(word, "")

    def is_title(self, word: str) -> bool:
        """Whether an item's whole title is this folded word."""
        return word in self._one_word_titles

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of the catalog's texts or of ordinary talk, rather than noise."""
        return word in self._vocabulary or stem(word) in self._vocabulary or word in ORDINARY

    def theme(self, stems: Sequence[str], place: int) -> tuple[int, Concept] | None:
        """The longest theme (genre, place, mood, topic, fame) at a place in a list of stemmed words."""
        return self._themes.at(stems, place)

    def person(self, norms: Sequence[str], place: int) -> tuple[int, Concept] | None:
        """The person whose full name begins at a place in a list of words."""
        return self._names.at(norms, place)

    def surname(self, word: str, role: str = "") -> tuple[str, ...]:
        """The people of that surname (in that role, when one is given), as the catalog spells them."""
        people = self._surnames.get(word, [])
        return tuple(p for p in people if not role or role in self._roles[p])

    def foremost(self, people: Sequence[str]) -> tuple[str, ...]:
        """The one of several namesakes that is meant: with three items or more, and three times as many as any other."""
        ranked = sorted(people, key=lambda p: -self._items_of[p])
        if len(ranked) > 1 and self._items_of[ranked[0]] >= 3 * self._items_of[ranked[1]]:
            return (ranked[0],)
        return tuple(people)

    def busiest(self, people: Sequence[str]) -> tuple[str, ...]:
        """The one of several namesakes with the most items."""
        return tuple(sorted(people, key=lambda p: -self._items_of[p])[:1])

    def like_name(self, name: str) -> str:
        """The person whose name is nearly this one, or nothing."""
        return self._folded_names.get(self._near_names.like(name), "")

    def role(self, people: Iterable[str], role: str) -> str:
        """The role, if every one of these people has it; else nothing, which means any role."""
        roles = [self._roles.get(p, set()) for p in people]
        if not role and roles and all(r == {"director"} for r in roles):
            return "director"
        return role if role and all(role in r for r in roles) else ""

    def genre(self, names: Sequence[str]) -> str:
        """The catalog's spelling of the first of these genre names that it has."""
        known = {g.lower(): g for g in self.genres}
        return next((known[n.lower()] for n in names if n.lower() in known), "")

    def language(self, name: str) -> tuple[str, ...]:
        """The catalog's spelling of a language."""
        return tuple(v for v in self.languages if v.lower() == name.lower())

    def country(self, names: Sequence[str]) -> tuple[str, ...]:
        """The catalog's spellings of these countries; the first name itself when it has none of them."""
        known = {c.lower(): c for c in self.countries}
        found = []
        for name in names:
            same = next((group for group in SAME_COUNTRY if name in group), (name,))
            found += [known[n.lower()] for n in (name, *same) if n.lower() in known]
        return tuple(dict.fromkeys(found)) or tuple(names[:1])

    # ----------------------------------------------------------------- building

    def _add(self, phrase: str, concept: Concept) -> None:
        self._themes.add(tuple(stem(w) for w in words(phrase)), concept)

    def _add_genres(self) -> None:
        taken: set[str] = set()
        by_name: dict[str, str] = {}
        for genre in GENRES:
            spelling = self.genre(genre.names)
            by_name[genre.names[0]] = spelling
            taken.add(spelling)
            concept = (
                Concept("genre", spelling, (spelling,), genre.search)
                if spelling
                else Concept("topic", genre.search, tuple(dict.fromkeys((genre.search, genre.names[0].lower()))), genre.search)
            )
            for word in genre.words:
                self._add(word, concept)
        for phrase, pair in PAIRS.items():
            spellings = tuple(by_name[name] for name in pair)
            if all(spellings):
                self._add(phrase, Concept("genre", " ".join(spellings), spellings, " ".join(pair).lower(), both=True))
        for spelling in self.genres:
            if spelling not in taken:
                self._add(spelling, Concept("genre", spelling, (spelling,), spelling.lower()))

    def _add_places(self) -> None:
        for place in ADJECTIVES:
            concept, spoken = self._place(place), self._spoken(place)
            for word in place.words:
                self._add(word, concept)
                for phrase in SPOKEN if spoken else ():
                    self._add(phrase.format(word), spoken or concept)
        for name, countries in COUNTRY_NAMES.items():
            values = self.country(countries)
            self._add(name, Concept("country", countries[0] if len(countries) == 1 else name.title(), values, countries[0]))
        for spelling in self.countries:
            self._add(spelling, Concept("country", spelling, (spelling,), spelling))
        for spelling in self.languages:
            self._add(spelling, Concept("language", spelling, (spelling,), spelling))
        foreign = self._foreign()
        for phrase in (
            "foreign",
            "foreign language",
            "subtitled",
            "with subtitles",
            "subtitles",
            "world cinema",
            "not in english",
            "non english",
        ):
            self._add(phrase, foreign)
        american = self.country(("United States",))
        self._add("non american", Concept("country", "outside the United States", american, foreign=True))
        self._add("non hollywood", Concept("country", "outside the United States", american, foreign=True))

    def _place(self, place: Place) -> Concept:
        """A nationality is where something was made: a Korean film may have other tongues in it, and others some Korean."""
        name = place.words[0].title()
        spoken = self._spoken(place)
        if spoken is not None and (place.speech or not self.countries):
            return spoken
        return Concept("country", name, self.country(place.countries), place.search or name)

    def _spoken(self, place: Place) -> Concept | None:
        """The language of that name, None where the word names none or the catalog gives no languages."""
        if not (place.languages and self.languages) or (place.languages[0] == "English" and not place.speech):
            return None
        values = tuple(v for language in place.languages for v in self.language(language))
        return Concept("language", place.words[0].title(), values or place.languages[:1], place.languages[0])

    def _foreign(self) -> Concept:
        if self.languages:
            return Concept("language", "foreign", self.language("English") or ("English",), foreign=True)
        values = (*self.country(("United States",)), *self.country(("United Kingdom",)))
        return Concept("country", "foreign", values, foreign=True)

    def _add_moods(self) -> None:
        for mood in MOODS:
            for word in mood.words:
                bare = word in BARE_CONTENT
                self._add(word, Concept("mood", mood.name, mood.keywords, mood.search, content=mood.content, bare=bare))
        for phrases, field, least, most, search in STANDING:
            known = self.has_acclaim if field == "acclaim" else self.has_popularity
            for phrase in phrases.split(","):
                if known:
                    kind: Kind = "acclaim" if field == "acclaim" else "popularity"
                    self._add(phrase, Concept(kind, phrase.strip(), (), search, at_least=least, at_most=most))
                else:
                    self._add(phrase, Concept("topic", phrase.strip(), (phrase.strip(),), phrase.strip()))

    def _add_topics(self) -> None:
        for phrase, marks in FORMS.items():
            known = tuple(m for m in marks if m in self.keywords)
            self._add(phrase, Concept("form" if known else "topic", phrase, known or marks, marks[0]))
        for phrase, marks in TOPICS.items():
            self._add(phrase, Concept("topic", marks[0], marks, marks[0]))
        for keyword in sorted(self.keywords):
            if len(keyword) > 2 and keyword not in _PLAIN:
                self._add(keyword, Concept("topic", keyword, (keyword,), keyword))

    def _add_people(self, catalog: Catalog) -> None:
        for item in catalog:
            for role, names in item.people.items():
                for name in names:
                    self._roles[name].add(role)
        folded: dict[str, str] = {}
        for name in self._roles:
            parts = words(name)
            if len(parts) > 1:
                self._names.add(parts, Concept("person", name, (name,), name))
                folded[" ".join(parts)] = name
                self._surnames[parts[-1]].append(name)
            elif parts and len(parts[0]) > 3 and parts[0] not in _PLAIN:
                self._surnames[parts[0]].append(name)
        self._folded_names: Mapping[str, str] = folded
        self._near_names = NearNames(folded)


def _title_words(catalog: Catalog) -> Mapping[str, str]:
    """Words of five letters or more that stand in one title alone and are no word of talk, theme or name -> the item's id."""
    holders: dict[str, set[str]] = defaultdict(set)
    taken = {
        word
        for field in ("genres", "keywords", "countries", "people")
        for name in catalog.vocabulary(field)
        for word in words(name)
    }
    for item in catalog:
        title = words(item.title)
        for word in title if len(title) > 1 else ():
            holders[word].add(item.id)
    return {
        word: next(iter(items))
        for word, items in holders.items()
        if len(items) == 1 and len(word) >= 5 and word.isalpha() and word not in ORDINARY and word not in taken
    }


def _vocabulary(catalog: Catalog) -> frozenset[str]:
    """The words of some items' texts, folded, evenly over the catalog; enough to tell words from noise."""
    known: set[str] = set()
    for item in catalog.items[:: max(1, len(catalog) // _READ)]:
        for text in (item.title, item.description, *item.keywords, *item.genres):
            known.update(words(text))
    return frozenset(known | {stem(word) for word in known})


_READ = 1000

# Keywords that are too plain as words to carry a meaning in a sentence.
_PLAIN = frozenset(
    spelled(
        "language series based book film movie love time life good new old classic woman man one long short first best modern "
        "cinema"
    )
)
