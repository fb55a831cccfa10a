"""Who can be chosen as "who I am", and what comes with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatrec.catalog.table import Catalog
from chatrec.errors import CatalogError
from chatrec.history.interactions import Interactions
from chatrec.history.persona import Personas, UnknownPersona, adopted, is_adopted
from chatrec.records import Profile
from tests.history.crowd import FRIGHT, crowd, did


def test_the_busiest_come_first_with_what_is_known_of_them(films: Catalog) -> None:
    people = Interactions.of(
        [did("a", FRIGHT[0]), *(did("b", item) for item in FRIGHT)], {"b": {"age": 24, "gender": "F", "zip": "85711"}}
    )
    found = Personas(films, people).list()
    assert [(p.id, p.count, p.label) for p in found] == [("b", 6, "b · 24 · F · 6 entries"), ("a", 1, "a · 1 entry")]


def test_a_search_looks_at_id_and_label_and_the_very_id_comes_first(films: Catalog) -> None:
    personas = Personas(films, crowd())
    assert [p.id for p in personas.list(search="TECHNICIAN")] == ["f0"]
    assert next(p.id for p in personas.list(limit=50, search="r3")) == "r3"
    assert len(personas.list(limit=7)) == 7


def test_a_persona_comes_with_taste_and_with_what_it_knows(films: Catalog) -> None:
    profile = Profile(Personas(films, crowd()).sentences("f0"))
    assert profile.history["the-thing-1982"] > 0 > profile.history["amelie-2001"]
    assert len(profile.seen) == 10
    assert any(p.target == "genre" and p.value == "Horror" and p.weight > 0 for p in profile.preferences)
    assert profile.sentences[0].text == "Age: 24; Gender: female; Occupation: technician."
    assert adopted(profile) == "f0"
    assert all(is_adopted(s) for s in profile.sentences)


def test_very_long_and_odd_ids_make_short_distinct_sentence_ids(films: Catalog) -> None:
    names = [f"{'x' * 300}{end}" for end in "ab"] + ["a:b c\u00e9"]
    personas = Personas(films, Interactions.of([did(name, item) for name in names for item in FRIGHT]))
    ids = [sentence.id for name in names for sentence in personas.sentences(name)]
    assert len(set(ids)) == len(ids)
    assert max(map(len, ids)) < 200
    assert adopted(Profile(personas.sentences(names[2]))) == names[2]


def test_nobody_of_that_name(films: Catalog) -> None:
    with pytest.raises(UnknownPersona, match="nobody"):
        Personas(films, crowd()).sentences("nobody")


def test_people_of_a_folder_are_weighed_by_its_rules(films: Catalog, tmp_path: Path) -> None:
    folder = tmp_path / "interactions"
    Interactions.of([did("a", FRIGHT[0], "peek")]).save(folder)
    (tmp_path / "actions.toml").write_text("[weights]\npeek = 0.4\n")
    assert Profile(Personas.open(films, folder).sentences("a")).history == {FRIGHT[0]: 0.4}
    with pytest.raises(CatalogError):
        Personas.open(films, tmp_path / "elsewhere")
