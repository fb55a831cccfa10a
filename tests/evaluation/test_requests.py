"""The wishes are read from where an install finds them, and a list is held to the conditions its wish states."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.read import Reader
from chatrec.errors import DatasetError
from chatrec.evaluation.requests import Conditions, Wish, answered_in, read_wishes, score
from chatrec.records import Item

FILMS = Catalog(
    [
        Item("old", "Old Laughs", 1950, "people laugh", ("Comedy",)),
        Item("new", "New Laughs", 2010, "people laugh", ("Comedy",)),
        Item("sad", "New Tears", 2012, "people cry", ("Drama",)),
    ]
)


def test_the_collection_ships() -> None:
    assert len(read_wishes()) >= 90


def test_items_that_miss_a_condition_of_the_wish_are_counted() -> None:
    conditions = Conditions(FILMS, Reader(FILMS, TitleLinker(FILMS)))
    assert conditions.broken("a comedy from after 2000", ["new"]) == 0
    assert conditions.broken("a comedy from after 2000", ["old", "new", "sad"]) == 2
    assert conditions.broken("anything", ["old", "sad"]) == 0


def test_scores_count_what_is_broken_in_all_lists() -> None:
    wishes = [Wish("one", frozenset({"new"})), Wish("two", frozenset({"old"}))]
    found = score(wishes, lambda text: ["new"], lambda text, ids: len(ids))
    assert (found.recall, found.broken) == (0.5, 2)
    assert found.recall_error == pytest.approx(0.5)


def test_a_file_that_holds_no_wishes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no wishes"):
        read_wishes(tmp_path / "none.jsonl")
    for text, said in (
        ('\n{"wish": "x"}\n', r"bad.jsonl:2 is no wish; the form is"),
        ("[]", "bad.jsonl:1 is no wish"),
        ('{"wish": "x", "right": []}', "bad.jsonl:1 has no right answer"),
        ("", "holds no wish"),
    ):
        (tmp_path / "bad.jsonl").write_text(text, encoding="utf-8")
        with pytest.raises(DatasetError, match=said):
            read_wishes(tmp_path / "bad.jsonl")


def test_wishes_for_another_catalog_are_cut_to_what_it_holds_or_refused() -> None:
    wishes = [Wish("one", frozenset({"new", "gone"})), Wish("two", frozenset({"gone"}))]
    assert answered_in(wishes, FILMS) == [Wish("one", frozenset({"new"}))]
    with pytest.raises(DatasetError, match="None of the right answers is in items; give wishes for this catalog"):
        answered_in(wishes[1:], FILMS)
