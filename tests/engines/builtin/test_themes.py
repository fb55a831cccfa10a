"""Keywords are put into English that fits where they stand."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.themes import genre_noun, genre_pair, made, origin, place, subject, tag, thing


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("heist", "a heist"),
        ("coming of age", "growing up"),
        ("zombies", "zombies"),
        ("family bonds", "family bonds"),
        ("eerie", ""),
        ("hand-drawn", ""),
    ],
)
def test_a_theme_as_a_noun_phrase(keyword: str, text: str) -> None:
    assert thing(keyword) == text


def test_an_unknown_singular_noun_is_only_good_for_a_bare_list() -> None:
    assert thing("gunfighter") == ""
    assert tag("gunfighter") == "gunfighter"
    assert thing("dinosaurs") == "dinosaurs"


@pytest.mark.parametrize(
    ("keyword", "text"),
    [("island", "on an island"), ("1980s", "in the 1980s"), ("19th century", "in the 19th century"), ("grief", "")],
)
def test_settings(keyword: str, text: str) -> None:
    assert place(keyword) == text


def test_subjects_and_ways_of_making() -> None:
    assert subject("grief") == "grief"
    assert subject("heist") == ""
    assert made("nonlinear") == "told out of order"


@pytest.mark.parametrize(
    ("genres", "text"),
    [
        (("Crime", "Thriller"), "crime thriller"),
        (("Fantasy", "Animation"), "animated fantasy"),
        (("Drama", "Comedy"), "drama"),
        (("Comedy", "Romance"), "romantic comedy"),
    ],
)
def test_two_genres_make_one_noun_where_english_has_one(genres: tuple[str, str], text: str) -> None:
    assert genre_pair(*genres, "film") == text


def test_genres_take_the_noun_of_the_catalog() -> None:
    assert genre_noun("Science Fiction", "book") == "science fiction book"
    assert genre_noun("Cookery", "book") == "Cookery book"


def test_origins_are_adjectives(films: Catalog) -> None:
    assert origin(films["parasite-2019"]) == "Korean"
    assert origin(films["only-lovers-left-alive-2013"]) == "British"
