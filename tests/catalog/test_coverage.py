"""Figures count what a catalog covers, and goals say what is missing."""

from __future__ import annotations

import json
from typing import Any

from chatrec.catalog.coverage import Goal, goals, stats
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


def test_goals_count_what_people_ask_for() -> None:
    def film(number: int, **facts: Any) -> Item:
        return Item(str(number), "T", **{"year": 1994, "languages": ("English",), "countries": ("Ireland",), **facts})

    have = {
        goal.name: goal.have
        for goal in goals(
            Catalog(
                [
                    film(1, genres=("Musical", "Music")),
                    film(2, genres=("War",), keywords=("directed by a woman",), series="Piers", position=1),
                    film(3, genres=("Western", "Animation"), languages=("French",), countries=("Mali", "France"), year=1923),
                    film(4, languages=("No dialogue",), series="Piers", position=2),
                    film(5, languages=("French", "English"), countries=("France",), year=1911, series="Docks", position=1),
                ]
            )
        )
    }
    assert have == {
        "films": 5,
        "decades from 1920": 2,
        "not in English": 2,
        "countries those come from": 2,
        "animated": 1,
        "documentaries": 0,
        "family": 0,
        "horror": 0,
        "science fiction": 0,
        "musicals or music films": 1,
        "westerns or war": 2,
        "directed by women": 1,
        "films linked in a series": 3,
        "series with two films or more": 1,
    }


def test_a_goal_without_a_number_is_always_reached() -> None:
    assert Goal("anything", 0).reached
    assert not Goal("films", 9, 10).reached
    assert Goal("films", 10, 10).reached
