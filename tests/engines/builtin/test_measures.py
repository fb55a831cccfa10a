"""Items in the order of what they have more or less of, and the ones of which it is not known."""

from __future__ import annotations

from chatrec.engines.builtin.measures import LENGTH, RANKINGS, of_content
from chatrec.records import Item

SHORT = Item("a", "Short", 1990, runtime=80, certificate="16+", content={"violence": 3, "fear": 1}, acclaim=60)
LONG = Item("b", "Long", 2010, runtime=180, certificate="all", content={"violence": 0, "fear": 1}, acclaim=90)
BLANK = Item("c", "Blank")
ALL = (LONG, BLANK, SHORT)


def test_items_are_ordered_either_way_without_those_that_are_unknown() -> None:
    assert LENGTH.ordered(ALL) == [SHORT, LONG]
    assert LENGTH.ordered(ALL, falling=True) == [LONG, SHORT]
    assert LENGTH.unknown(ALL) == "For Blank the catalog does not say."
    assert not LENGTH.unknown((SHORT,))


def test_an_item_is_shown_with_its_number() -> None:
    assert LENGTH.told(SHORT) == "Short (80 minutes)"
    assert of_content("violence", "least", "most").told(LONG) == "Long (none)"


def test_every_ranking_begins_where_its_heading_says() -> None:
    first = {aspect: measure.ordered(ALL, falling=falling)[0] for aspect, (_, measure, falling) in RANKINGS.items()}
    assert first == {"runtime": SHORT, "year": LONG, "content": LONG, "age": LONG, "rating": LONG}
