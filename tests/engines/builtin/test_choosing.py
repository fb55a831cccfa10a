"""The items shown: best first, near-equals varied, one of a series."""

from __future__ import annotations

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.choosing import choose_items
from chatrec.records import Candidate, Request, Shortlist
from tests.engines.builtin.people import shortlist_of


def chosen(catalog: Catalog, shortlist: Shortlist, message: str = "", count: int = 5) -> list[str]:
    return [i.id for i in choose_items(shortlist, Request("recommend", message, count=count), catalog)]


def test_the_order_of_the_shortlist_stays(films: Catalog) -> None:
    ids = ["heat-1995", "up-2009", "her-2013", "it-2017", "drive-2011", "seven-1995"]
    assert chosen(films, shortlist_of(ids)) == ids[:5]


def test_near_equals_are_chosen_for_variety(films: Catalog) -> None:
    ids = ["parasite-2019", "memories-of-murder-2003", "up-2009"]
    assert chosen(films, shortlist_of(ids, step=0.01), count=2) == ["parasite-2019", "up-2009"]


def test_a_clear_lead_is_not_given_up_for_variety(films: Catalog) -> None:
    ids = ["parasite-2019", "memories-of-murder-2003", "up-2009"]
    assert chosen(films, shortlist_of(ids, step=0.2), count=2) == ids[:2]


def test_one_item_of_a_series_is_enough_while_others_are_left(films: Catalog) -> None:
    ids = ["alien-1979", "aliens-1986", "up-2009"]
    assert chosen(films, shortlist_of(ids), count=2) == ["alien-1979", "up-2009"]
    assert chosen(films, shortlist_of(ids), count=3) == ["alien-1979", "up-2009", "aliens-1986"]


def test_a_series_asked_for_by_name_may_fill_the_list(films: Catalog) -> None:
    ids = ["alien-1979", "aliens-1986", "up-2009"]
    assert chosen(films, shortlist_of(ids), "the Alien films", count=2) == ids[:2]


def test_scores_below_zero_and_unknown_ids_do_no_harm(films: Catalog) -> None:
    shortlist = Shortlist((Candidate("nobody", 1.0), Candidate("up-2009", -0.1), Candidate("her-2013", -0.5)))
    assert chosen(films, shortlist) == ["up-2009", "her-2013"]
    assert chosen(films, Shortlist()) == []
