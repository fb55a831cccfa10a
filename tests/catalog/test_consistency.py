"""Facts that cannot all be true are told: one film twice, a director who is a woman in one film only, a title transcribed."""

from __future__ import annotations

from typing import Any

import pytest

from chatrec.catalog.consistency import BY_A_WOMAN, LATIN_AT_HOME, inconsistencies
from chatrec.records import Item


def film(item_id: str, title: str, year: int, director: str = "Ann Ames", **facts: Any) -> Item:
    cast = facts.pop("cast", (f"{item_id} one", f"{item_id} two", f"{item_id} three"))
    return Item(item_id, title, year, people={"director": (director,), "cast": cast}, **facts)


def told(*items: Item) -> list[tuple[str, str]]:
    return [(item.id, message) for item, message in inconsistencies(items)]


FOUR = ("Bo Bell", "Cy Cole", "Di Dean", "Ed Earl")


@pytest.mark.parametrize(
    "other",
    [
        film("b", "The Long Pier", 1995),
        film("b", "El muelle largo", 1994, original_title="The Long Pier!"),
        film("b", "Something Else", 1993, cast=FOUR, runtime=91),
    ],
)
def test_one_film_under_two_titles_or_years_is_told(other: Item) -> None:
    first = film("a", "The Long Pier", 1994, cast=FOUR, runtime=90)
    assert told(first, other) == [("b", "looks like a under another title or year")]


@pytest.mark.parametrize(
    "other",
    [
        film("b", "The Long Pier", 1999),
        film("b", "The Long Pier", 1994, director="Guy Gray"),
        film("b", "A Short Bridge", 1994),
        film("b", "A Short Bridge", 1995, cast=FOUR, runtime=95),
        film("b", "The Long Pier II", 1995, series="Pier", position=2),
    ],
)
def test_remakes_sequels_and_other_films_of_a_director_are_not(other: Item) -> None:
    assert told(film("a", "The Long Pier", 1994, cast=FOUR, runtime=90, series="Pier", position=1), other) == []


def test_a_director_who_is_a_woman_is_one_in_every_film() -> None:
    first = film("a", "One", 1990, keywords=(BY_A_WOMAN,))
    team = Item("c", "Three", 2000, people={"director": ("Guy Gray", "Ann Ames")})
    assert told(first, film("b", "Two", 1995), team) == [
        ("b", "`keywords` lacks directed by a woman, which a by Ann Ames has"),
        ("c", "`keywords` lacks directed by a woman, which a by Ann Ames has"),
    ]


def test_a_team_says_nothing_of_its_men() -> None:
    team = Item("a", "One", 1990, people={"director": ("Guy Gray", "Ann Ames")}, keywords=(BY_A_WOMAN,))
    assert told(team, film("b", "Two", 1995, director="Guy Gray")) == []


@pytest.mark.parametrize("original", ["", "Sen to Chihiro"])
def test_a_title_is_kept_in_its_own_script(original: str) -> None:
    item = film("a", "Spirited", 2001, countries=("Japan",), languages=("Japanese",), original_title=original)
    assert told(item) == [("a", f"`original_title` must be in the script of Japanese, not {original!r}")]


@pytest.mark.parametrize(
    ("countries", "language", "original"),
    [
        (("Japan",), "Japanese", "千と千尋の神隠し"),
        (("Soviet Union",), "Russian", "Сталкер"),
        (("Japan", "France"), "French", ""),
        (("United States", "Japan"), "Japanese", ""),
        (("Poland",), "Polish", ""),
        ((), "", ""),
    ],
)
def test_other_titles_need_none(countries: tuple[str, ...], language: str, original: str) -> None:
    item = film("a", "X", 2001, countries=countries, languages=(language,) if language else (), original_title=original)
    assert told(item) == []


SEQUELS = (("one", 1990, "Pier", 1), ("two", 1999, "The Pier", 2))


def test_films_with_a_latin_title_at_home_are_named() -> None:
    item_id = min(LATIN_AT_HOME)
    assert told(film(item_id, "X", 2009, countries=("India",), languages=("Hindi",))) == []


def test_a_series_is_numbered_in_order_of_release() -> None:
    films = [film(str(year), f"Pier {year}", year, series="Piers", position=n) for n, year in ((1, 1990), (3, 1994), (2, 1997))]
    assert told(*films) == [("1994", "is number 3 of Piers, but older than number 2")]
    assert told(*films[:2]) == []


def test_a_series_has_one_name() -> None:
    first, second = (film(i, i, year, series=name, position=n) for i, year, name, n in SEQUELS)
    assert told(first, second) == [("two", "`series` is The Pier here and Pier elsewhere")]
