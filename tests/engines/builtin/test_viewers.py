"""Who is watching is no title, even where a film is called the same."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.read import Reader
from chatrec.records import Item, Request, Situation
from tests.engines.builtin.talking import shapes

FILMS = Catalog(
    [Item("grown-ups-2010", "Grown Ups", 2010, genres=("Comedy",)), Item("heat-1995", "Heat", 1995, genres=("Crime",))],
    noun="film",
    plural="films",
)


def read(message: str) -> Request:
    return Reader(FILMS, TitleLinker(FILMS)).read(Situation(message, 1)).request


@pytest.mark.parametrize(
    "message", ["for grown-ups", "a comedy for grown ups", "a crime film for us grown ups", "grown ups only"]
)
def test_grown_ups_are_viewers(message: str) -> None:
    request = read(message)
    assert "audience>=13" in shapes(request)
    assert (request.mentions, request.anchors) == ((), ())


@pytest.mark.parametrize(
    "message", ["I loved Grown Ups", 'something like "grown ups"', "a comedy like Grown Ups", "loved grown ups"]
)
def test_the_film_of_that_name_is_the_film_where_it_is_written_as_one(message: str) -> None:
    request = read(message)
    assert request.anchors == ("grown-ups-2010",)
    assert not any(shape.startswith("audience") for shape in shapes(request))
