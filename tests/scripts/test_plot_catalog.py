"""The picture shows the catalog's figures, is sound XML, and the one in the docs is of the films that ship."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.records import Item
from scripts.plot_catalog import draw

ROOT = Path(__file__).parents[2]
SPACE = "{http://www.w3.org/2000/svg}"


def test_films_are_counted_by_decade_and_goals_shown() -> None:
    french = Item("a", "A", 1931, languages=("French",), countries=("France",))
    picture = ElementTree.fromstring(
        draw(Catalog([french, Item("b", "B", 1939, languages=("English",)), Item("c", "C", 1999)]))
    )
    texts = [text.text for text in picture.iter(f"{SPACE}text")]
    assert "3 films by decade" in texts
    assert texts[texts.index("1930s") - 1] == "2"
    assert texts[texts.index("1990s") - 1] == "1"
    assert texts[texts.index("not in English", 3) + 1] == "1 of 450"


def test_an_empty_catalog_can_be_drawn() -> None:
    assert ElementTree.fromstring(draw(Catalog([]))).tag == f"{SPACE}svg"


def test_the_picture_in_the_docs_is_of_the_films_that_ship() -> None:
    catalog, _ = read_catalog(ROOT / "data" / "movies")
    shown = (ROOT / "docs" / "catalog-coverage.svg").read_text(encoding="utf-8")
    assert shown == draw(catalog), "run python scripts/plot_catalog.py"


def test_the_figures_in_the_docs_are_those_of_the_films_that_ship() -> None:
    from chatrec.catalog.coverage import goals

    catalog, _ = read_catalog(ROOT / "data" / "movies")
    page = " ".join((ROOT / "docs" / "catalog.md").read_text(encoding="utf-8").split())
    for goal in goals(catalog):
        wanted = f" of {goal.wanted:,}" if goal.wanted else ""
        assert f"{goal.name} {goal.have:,}{wanted}" in page, "put the figures of `chatrec data stats` into docs/catalog.md"
