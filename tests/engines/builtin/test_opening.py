"""The sentence before a list: what it is a list of, in natural words."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.opening import introduce
from chatrec.records import Constraint, Preference, Profile, Reading, Request
from tests.engines.builtin.people import reading_of
from tests.films import make_catalog

SHORT = Constraint("runtime", at_most=90, words="under 90 minutes")
NINETIES = Constraint("year", at_least=1990, at_most=1999, words="from the 1990s")
COMEDY = Constraint("genre", any_of=("Comedy",), words="comedy")
ROMANCE = Constraint("genre", any_of=("Romance",), words="romance")
EITHER = Constraint("genre", any_of=("Documentary", "Biography"), words="documentaries or biopics")


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"moods": ["magical"]}, "five magical films"),
        ({"genres": ["Comedy"], "constraints": [COMEDY]}, "five comedies"),
        ({"constraints": [COMEDY, ROMANCE]}, "five romantic comedies"),
        ({"constraints": [EITHER]}, "five documentaries or biographical films"),
        ({"topics": ["grief"]}, "five films about grief"),
        ({"topics": ["heist"], "constraints": [NINETIES]}, "five films with a heist from the 1990s"),
        ({"moods": ["dark"], "constraints": [SHORT]}, "five dark films, none longer than 90 minutes"),
        ({"topics": ["christmas"]}, "five films set at Christmas"),
    ],
)
def test_the_list_is_named_as_people_name_it(films: Catalog, wish: dict[str, list[str]], expected: str) -> None:
    for seed in "abcdef":
        reading = reading_of(films, f"a wish for {wish}", **wish)  # type: ignore[arg-type]
        assert expected in introduce(reading, films, 5, seed).lower().replace("1990S", "1990s").replace(
            "christmas", "Christmas"
        )


def test_one_film_is_spoken_of_as_one(films: Catalog) -> None:
    reading = reading_of(films, "one magical film", moods=["magical"], count=1)
    for seed in "abcdef":
        said = introduce(reading, films, 1, seed)
        assert "one magical film" in said.lower()
        assert "these" not in said
        assert "are one" not in said


def test_what_was_named_as_an_example_is_kept_in_mind(films: Catalog) -> None:
    reading = reading_of(films, "like Alien", liked=["alien-1979"])
    assert all("Alien in mind" in introduce(reading, films, 5, seed) for seed in "abcdef")


def test_a_genre_says_its_subject_once(films: Catalog) -> None:
    war = Constraint("genre", any_of=("War",), words="war")
    reading = reading_of(films, "a war film", topics=["war"], constraints=[war])
    assert "about war" not in introduce(reading, films, 5, "a")


def test_a_starter_alone_is_spoken_of_as_one() -> None:
    for seed in map(str, range(12)):
        text = introduce(Reading(Request("recommend", "film", count=1), Profile()), make_catalog(), 1, seed)
        assert "one film" in text
        assert " them" not in text
        assert "are one" not in text


def test_either_of_two_genres_is_said_so_and_a_hope_is_no_promise() -> None:
    either = Request(
        "recommend",
        "comedy or drama",
        search_text="comedy drama",
        constraints=(Constraint("genre", any_of=("Comedy", "Drama")),),
    )
    assert "comedies or dramas" in introduce(Reading(either, Profile()), make_catalog(), 5, "s")
    hoped = Request("recommend", "maybe action", search_text="action", preferences=(Preference("genre", "Action", 0.5),))
    assert "action" not in introduce(Reading(hoped, Profile()), make_catalog(), 5, "s")
