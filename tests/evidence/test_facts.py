"""Sources resolve to the facts recorded there, or to nothing."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.evidence.facts import Knowledge, recorded, resolve
from tests.evidence.reasons import PROFILE, REQUEST


@pytest.fixture
def known(films: Catalog) -> Knowledge:
    return Knowledge(films["aliens-1986"], PROFILE, REQUEST, films)


@pytest.mark.parametrize(
    ("source", "facts"),
    [
        ("item.director", ("James Cameron",)),
        ("item.director@alien-1979", ("Ridley Scott",)),
        ("item.year", ("1986",)),
        ("item.runtime", ("137 minutes",)),
        ("item.genres", ("Action", "Science Fiction", "Horror")),
        ("item.series", ("Alien",)),
        ("item.position", ("2",)),
        ("item.acclaim", ("92 of 100",)),
        ("item.certificate", ("16+",)),
        ("item.content.violence", ("3 of 3 (strong)",)),
        ("item.content.drugs", ("0 of 3 (none)",)),
        ("item.author", ()),
        ("profile.s4", ("Does not like musicals.",)),
        ("request.search_text", ("magical mystery for adults",)),
        ("request.constraints", ("under two and a half hours",)),
        ("request.anchors", ("Spirited Away", "Pan's Labyrinth")),
    ],
)
def test_a_source_gives_its_facts(known: Knowledge, source: str, facts: tuple[str, ...]) -> None:
    assert resolve(source, known) == facts


@pytest.mark.parametrize(
    "source", ["", "item", "item.", "item.shoe_size", "item.year@nobody", "profile.s77", "request.secret", "a.b"]
)
def test_a_source_that_does_not_exist_gives_none(known: Knowledge, source: str) -> None:
    assert resolve(source, known) is None


@pytest.mark.parametrize(
    ("fact", "values", "held"),
    [
        ("Bong Joon-ho", ("Bong Joon-ho",), True),
        ("bong joon ho", ("Bong Joon-ho",), True),
        ("Action, Horror", ("Action", "Science Fiction", "Horror"), True),
        ("Action and Comedy", ("Action", "Horror"), False),
        ("132", ("132 minutes",), True),
        ("98 minutes", ("132 minutes",), False),
        ("a family of thieves", ("It is a family of thieves, in rain.",), True),
        ("", ("anything",), False),
        ("!", ("anything",), False),
    ],
)
def test_a_fact_is_recorded_or_not(fact: str, values: tuple[str, ...], held: bool) -> None:
    assert recorded(fact, values) is held
