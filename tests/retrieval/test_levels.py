import pytest

from chatrec.records import Item
from chatrec.retrieval.levels import KINDS, expected, youngest


@pytest.mark.parametrize(
    ("certificate", "age"),
    [
        ("all", 0), ("7+", 7), ("10+", 10), ("13+", 13), ("16+", 16), ("18+", 18),
        ("G", 0), ("PG", 8), ("PG-13", 13), ("R", 17), ("NC-17", 18),
        ("U", 0), ("12A", 12), ("12", 12), ("15", 15), ("18", 18),
        ("TV-Y", 0), ("TV-Y7", 7), ("TV-G", 0), ("TV-PG", 8), ("TV-14", 14), ("TV-MA", 17),
        ("FSK 0", 0), ("FSK 6", 6), ("FSK-12", 12), ("fsk16", 16), ("MA15+", 15), ("R18+", 18), (" pg-13 ", 13),
    ],
)  # fmt: skip
def test_every_system_comes_down_to_an_age(certificate, age):
    assert youngest(certificate) == age


@pytest.mark.parametrize("certificate", ["", "Unrated", "NR", "Not Rated", "Passed", "99", "1999", "soon"])
def test_what_tells_no_age_is_unknown(certificate):
    assert youngest(certificate) is None


@pytest.mark.parametrize(
    ("kind", "genres", "level"),
    [
        ("fear", ("Comedy", "Horror"), 3), ("fear", ("Thriller",), 2), ("fear", ("Romance",), 0),
        ("violence", ("War",), 3), ("violence", ("Action",), 2), ("violence", ("Sci-Fi",), 1), ("violence", ("Comedy",), 0),
        ("sex", ("Family",), 0), ("sex", ("Romance",), 1), ("language", ("Crime",), 2), ("drugs", ("Crime",), 1),
    ],
)  # fmt: skip
def test_genres_lead_one_to_expect_content(kind, genres, level):
    assert expected(Item("a", "A", genres=genres), kind) == level


def test_keywords_raise_what_is_expected():
    film = Item("a", "A", genres=("Comedy",), keywords=("serial killer", "nudity"))
    assert [expected(film, kind) for kind in KINDS] == [3, 2, 2, 1, 1]


def test_a_certificate_bounds_what_is_expected():
    assert expected(Item("a", "A", genres=("Horror",), certificate="PG"), "fear") == 1
    assert expected(Item("a", "A", genres=("Comedy",), certificate="R"), "sex") == 2
    assert expected(Item("a", "A", certificate="U"), "violence") == 0


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_hints_at_it_nothing_is_expected(kind):
    assert expected(Item("a", "A", description="Blood everywhere."), kind) is None
