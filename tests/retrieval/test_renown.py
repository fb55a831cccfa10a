"""How known an item is comes from its own figures, or from its namesake among films that are known, and from nothing else."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.renown import renown, title_key

SHELF = (
    Item("heat", "Heat", 1995, popularity=80, acclaim=90),
    Item("heat-old", "Heat", 1986, popularity=5),
    Item("thing", "The Thing", 1982, popularity=70, people={"director": ("John Carpenter",)}),
)


def test_a_namesake_of_nearly_the_same_year_lends_its_figures() -> None:
    found = renown(Catalog([Item("a", "Heat", 1996), Item("b", "Heat", 1990)]), SHELF)
    assert found.popularity.tolist() == [0.8, 0.0]
    assert found.acclaim.tolist() == [0.9, 0.5]
    assert found.known.tolist() == [1.0, 0.0]


def test_without_a_year_a_shared_director_is_needed() -> None:
    right = Item("a", "Thing", people={"director": ("John Carpenter",)})
    wrong = Item("b", "The Thing", people={"director": ("Somebody Else",)})
    assert renown(Catalog([right, wrong]), SHELF).known.tolist() == [1.0, 0.0]


def test_own_figures_come_first() -> None:
    found = renown(Catalog([Item("a", "Heat", 1995, popularity=20)]), SHELF)
    assert found.popularity.tolist() == [pytest.approx(0.2)]


def test_titles_meet_without_article_case_and_accents() -> None:
    assert title_key("The Café") == title_key("cafe")
