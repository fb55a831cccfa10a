"""What search can use of a wish in a model's words."""

from __future__ import annotations

import pytest

from chatrec.engines.wish import genres_in, without_refusals

GENRES = ("Drama", "Comedy", "Science Fiction", "Western", "Family", "War", "Film Noir")


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("tense thriller without gore", "tense thriller"),
        ("quiet western, no shouting, calm people", "quiet western, calm people"),
        ("funny but not silly", "funny"),
        ("warm rather than sugary; set at sea", "warm; set at sea"),
        ("slow days in which nothing happens", "slow days in which nothing happens"),
        ("a man who does not speak", "a man who does not speak"),
        ("without gore", "without gore"),
        ("", ""),
    ],
)
def test_what_is_not_wanted_is_no_part_of_the_search(wish: str, expected: str) -> None:
    assert without_refusals(wish) == expected


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("quiet, restrained western", ["Western"]),
        ("dark comedies and science-fiction", ["Comedy", "Science Fiction"]),
        ("a war film", ["War"]),
        ("two brothers after the war", []),
        ("warm family bonds", []),
        ("a heartwarming family film", ["Family"]),
        ("westernised customs", []),
    ],
)
def test_genre_is_found_where_it_stands_like_one(wish: str, expected: list[str]) -> None:
    assert genres_in(wish, GENRES) == expected
