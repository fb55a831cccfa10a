"""Starters: one of each kind, the same for a conversation, others for the next; every one brings what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from chatrec.assemble import Parts, assemble
from chatrec.catalog.table import Catalog
from chatrec.chat import Ask
from chatrec.records import Item
from chatrec.settings import read_settings
from chatrec.ui.starters import Starters
from chatrec.ui.texts import KINDS, STARTERS

Holds = Callable[[Item], bool]
CONVERSATIONS = [f"conversation-{n}" for n in range(40)]

BOOKS = [
    Item(f"b{n}", title, 1990 + n, genres=(genre,), people={"author": (author,)}, description="A book.", popularity=50.0 + n)
    for n, (title, genre, author) in enumerate(
        [
            ("The Glass Harbour", "Mystery", "Ada Quill"),
            ("Small Engines", "Poetry", "Ben Marsh"),
            ("A Field of Salt", "Mystery", "Ada Quill"),
            ("Low Tide", "Mystery", "Cy Dove"),
        ]
    )
]


def of(*genres: str) -> Holds:
    return lambda film: bool(set(genres) & set(film.genres))


def by(name: str) -> Holds:
    return lambda film: any(name in names for names in film.people.values())


def at_most(level: int, *kinds: str) -> Holds:
    return lambda film: all(film.content.get(kind, 0) <= level for kind in kinds)


def all_of(*predicates: Holds) -> Holds:
    return lambda film: all(holds(film) for holds in predicates)


def years(low: int, high: int) -> Holds:
    return lambda film: film.year is not None and low <= film.year <= high


def minutes(most: int) -> Holds:
    return lambda film: film.runtime is not None and film.runtime <= most


def origin(country: str, language: str) -> Holds:
    return lambda film: country in film.countries or language in film.languages


def anything(film: Item) -> bool:
    return True


def never(*genres: str) -> Holds:
    return lambda film: not set(genres) & set(film.genres)


# What must hold of every pick, and what of most of them; every starter has a line.
PROMISES: dict[str, tuple[Holds, Holds]] = {
    "I loved Spirited Away and Pan's Labyrinth, something magical but for adults": (anything, of("Fantasy")),
    "More like Before Sunrise: two people who cannot stop talking": (anything, of("Romance")),
    "I loved Arrival and Moon, more thoughtful science fiction please": (of("Science Fiction"), anything),
    "I loved Paddington, something just as kind": (anything, of("Family", "Comedy")),
    "I adored Amélie, what else is that playful?": (anything, of("Comedy", "Fantasy", "Romance", "Family")),
    "Something gentle and funny under 100 minutes, nothing scary": (all_of(minutes(100), at_most(1, "fear")), of("Comedy")),
    "Cosy and gentle for a rainy Sunday": (anything, at_most(1, "violence")),
    "Heart-warming, with a few tears": (anything, at_most(1, "violence")),
    "Slow, melancholy and beautiful": (anything, of("Drama", "Romance")),
    "Tense from the first minute, but without gore": (at_most(1, "violence"), of("Thriller", "Drama", "Mystery")),
    "A Korean thriller after 2000, but I've already seen Parasite and Oldboy": (
        all_of(of("Thriller"), origin("South Korea", "Korean"), years(2001, 2100)),
        anything,
    ),
    "A western made before 1970, no longer than two hours": (all_of(of("Western"), years(0, 1969), minutes(120)), anything),
    "Science fiction from the last ten years, no horror": (
        all_of(of("Science Fiction"), never("Horror"), years(2015, 2100)),
        anything,
    ),
    "A French comedy under 100 minutes, no horror": (
        all_of(of("Comedy"), origin("France", "French"), minutes(100), never("Horror")),
        anything,
    ),
    "A documentary about music": (of("Documentary"), of("Music")),
    "We're watching with a nine-year-old who adores dragons and robots": (
        lambda film: film.certificate in ("all", "7+"),
        of("Family", "Animation"),
    ),
    "A mystery for my parents, no horror and nothing violent": (
        all_of(of("Mystery"), never("Horror"), at_most(1, "violence")),
        anything,
    ),
    "Date night: romantic and funny, from this century": (years(2000, 2100), all_of(of("Romance"), of("Comedy"))),
    "Something for my 6 year old and me, with animals": (lambda film: film.certificate == "all", of("Family", "Animation")),
    "Four friends on a sofa who want to laugh": (anything, of("Comedy")),
    "Something strange with Tilda Swinton": (by("Tilda Swinton"), anything),
    "Directed by Akira Kurosawa": (by("Akira Kurosawa"), anything),
    "A comedy by Billy Wilder": (all_of(of("Comedy"), by("Billy Wilder")), anything),
    "With Frances McDormand, and not too violent": (all_of(by("Frances McDormand"), at_most(1, "violence")), anything),
    "By the director of Alien, but not horror": (all_of(by("Ridley Scott"), never("Horror")), anything),
    "A heist that goes wrong, not too violent": (at_most(1, "violence"), lambda film: "heist" in film.keywords),
    "Quiet and humane, from Iran": (origin("Iran", "Persian"), anything),
    "A courtroom drama that keeps me guessing": (anything, of("Drama")),
    "A love story that starts on a train": (anything, of("Romance")),
    "A dragon and a child who become friends": (anything, of("Fantasy", "Family", "Animation")),
}


@pytest.fixture(scope="module")
def parts() -> Iterator[Parts]:
    assembled = assemble(read_settings({}), database_url="sqlite://")
    with closing(assembled.store):
        yield assembled


def test_every_starter_ships_and_is_tried_here(parts: Parts) -> None:
    written = {message for messages in STARTERS.values() for message, _ in messages}
    assert set(Starters(parts.catalog).all) == written == set(PROMISES)


@pytest.mark.parametrize("message", PROMISES)
def test_starter_brings_what_it_asks_for(parts: Parts, message: str) -> None:
    always, mostly = PROMISES[message]
    turn = parts.chat.invoke(Ask(message, message, parts.store.start_conversation(message)))
    films = [parts.catalog[pick.item_id] for pick in turn.picks]
    assert len(films) >= 3
    assert all(map(always, films)), [film.label for film in films]
    assert sum(map(mostly, films)) > len(films) / 2, [film.label for film in films]
    assert turn.request is not None
    assert turn.request.unlinked == ()


def test_one_conversation_keeps_its_starters_and_the_next_has_others(parts: Parts) -> None:
    starters = Starters(parts.catalog)
    offers = [starters.offer(conversation) for conversation in CONVERSATIONS]
    assert offers == [Starters(parts.catalog).offer(conversation) for conversation in CONVERSATIONS]
    assert len({json_like(offer) for offer in offers}) > 30
    for offer in offers:
        assert [heading for heading, _ in offer] == [KINDS[kind] for kind in STARTERS]
    assert {message for offer in offers for _, message in offer} == set(starters.all)


def json_like(offer: list[list[str]]) -> str:
    return "|".join(message for _, message in offer)


def test_films_that_the_catalog_does_not_hold_are_not_named() -> None:
    few = Catalog([Item("paddington-2014", "Paddington", 2014)], noun="film", plural="films")
    messages = Starters(few).all
    assert "I loved Paddington, something just as kind" in messages
    assert not any(name in message for message in messages for name in ("Spirited Away", "Kurosawa", "Alien"))


def test_another_catalog_is_asked_for_its_own_titles_genres_and_people() -> None:
    starters = Starters(Catalog(BOOKS, noun="book", plural="books"))
    offers = [starters.offer(conversation) for conversation in CONVERSATIONS]
    messages = " ".join(message for offer in offers for _, message in offer)
    assert all(title in messages for title in ("The Glass Harbour", "Small Engines", "Low Tide"))
    assert "Mystery" in messages
    assert "Poetry" not in messages, "one book is no choice"
    assert "Something by Ada Quill" in messages
    assert "{" not in messages
    assert not any(word in messages for word in ("film", "watching", "Spirited Away"))
    assert all(5 <= len(offer) <= 6 for offer in offers)


def test_bare_catalog_still_has_starters() -> None:
    offer = Starters(Catalog([Item("1", "One"), Item("2", "Two")])).offer("x")
    assert len(offer) >= 4
    assert all(heading and message and "{" not in message for heading, message in offer)
