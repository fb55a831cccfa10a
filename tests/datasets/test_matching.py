"""Items of a dataset find themselves in another catalog, and no other item."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.datasets.matching import match
from chatrec.records import Item


def film(item_id: str, title: str, year: int | None = None, **more: object) -> Item:
    return Item(id=item_id, title=title, year=year, **more)  # type: ignore[arg-type]


OURS = Catalog(
    [
        film("harbour", "The Moon Harbour", 1995, extra={"imdb_id": "tt0000001"}),
        film("amelie", "Amélie", 2001, original_title="Le Fabuleux Destin d'Amélie Poulain"),
        film("x2", "X2", 2003),
        film("star", "Star: The Return", 1983),
        film("twin-a", "Twins", 1988),
        film("twin-b", "Twins", 1988),
        film("island", "The Island", 2005),
        film("undated", "Dateless"),
    ]
)


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        (film("1", "Another Name Altogether", 1950, extra={"imdb_id": "tt0000001"}), "harbour"),
        (film("1", "Moon Harbour", 1995), "harbour"),
        (film("1", "The Moon Harbor", 1995, extra={"also_known_as": ["The Moon Harbour"]}), "harbour"),
        (film("1", "Moon Harbour", 1996), "harbour"),
        (film("1", "Moon Harbour", 1997), None),
        (film("1", "Moon Harbour"), None),
        (film("1", "Amelie", 2001), "amelie"),
        (film("1", "Fabuleux destin d'Amelie Poulain", 2001), "amelie"),
        (film("1", "Whatever", 2001, original_title="Amélie"), "amelie"),
        (film("1", "X2: X-Men United", 2003), "x2"),
        (film("1", "X2: X-Men United", 2004), None),
        (film("1", "Star: Episode VI - The Return", 1983), "star"),
        (film("1", "Moon: The Return", 1983), None),
        (film("1", "Twins", 1988), None),
        (film("1", "Dateless"), "undated"),
    ],
)
def test_an_item_is_found_or_not(theirs: Item, expected: str | None) -> None:
    assert match([theirs], OURS).found.get("1") == expected


def test_two_of_theirs_may_be_one_of_ours_but_a_loose_match_gives_way() -> None:
    theirs = [
        film("1", "Island, The", 2005),
        film("2", "The Island", 2005),
        film("3", "The Island", 2006),
        film("4", "Amélie", 2002),
    ]
    found = match(theirs, OURS)
    assert found.found == {"1": "island", "2": "island", "4": "amelie"}
    assert (found.by_site, found.by_title) == (0, 3)
