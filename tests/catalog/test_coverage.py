"""Figures count what a catalog covers, and goals say what is missing."""

from __future__ import annotations

import json

from chatrec.catalog.coverage import goals, stats
from chatrec.catalog.table import Catalog
from chatrec.records import Item


def test_figures_count_what_the_catalog_covers() -> None:
    figures = stats(
        Catalog(
            [
                Item(
                    "a", "A", 1994, genres=("Drama", "War"), languages=("Japanese", "English"), countries=("Japan",), runtime=90
                ),
                Item("b", "B", 1999, "Words.", genres=("Drama",), languages=("English",), certificate="7+", popularity=0.0),
                Item("c", "C", 2001, people={"cast": ("Bo",)}, keywords=("sea",)),
                Item("d", "D"),
            ]
        )
    )
    assert (figures["items"], figures["non_english"], figures["people"], figures["keywords"]) == (4, 1, 1, 1)
    assert figures["decades"] == {"1990s": 2, "2000s": 1}
    assert figures["genres"] == {"Drama": 2, "War": 1}
    assert figures["languages"] == {"English": 2, "Japanese": 1}
    assert figures["certificates"] == {"7+": 1}
    assert {name: count for name, count in figures["known"].items() if count} == {
        "description": 1,
        "people": 1,
        "runtime": 1,
        "keywords": 1,
        "certificate": 1,
        "popularity": 1,
    }
    assert json.loads(json.dumps(figures)) == figures
