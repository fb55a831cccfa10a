"""A seed case is met by the right titles in the first places; an index is built again from what did not change."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatrec.catalog.table import Catalog
from chatrec.errors import DatasetError
from chatrec.evaluation.similar import Case, answer, many, narrowed, netflix, read_cases, retriever_search, time_index
from chatrec.records import Item
from tests.retrieval.embedders import WordEmbeddings

TITLES = Catalog(
    [
        Item("1", "Spy Cats", 2001, "two cats spy on mad scientists", ("Family", "Comedies")),
        Item("2", "Spy Cats 2", 2002, "two cats spy on mad scientists again", ("Family", "Comedies")),
        Item("3", "Dogs", 2003, "a dog walks home alone", ("Family", "Comedies")),
        Item("4", "Cats", 2004, "two cats spy on mad scientists in court", ("Dramas",)),
    ],
    name="titles",
)
CASE = Case("cats", "netflix", frozenset({"Spy Cats 2"}), within=1, wanted=1, like=("Spy Cats",), among=("Family", "Comedies"))


def test_the_sequel_comes_first_among_the_titles_listed_exactly_so() -> None:
    found = answer(CASE, {"netflix": TITLES}, retriever_search(WordEmbeddings()))
    assert found.items == 3
    assert found.first == ("Spy Cats 2", "Dogs")
    assert found.met


def test_an_imagined_item_is_found_by_its_words() -> None:
    case = Case("walk", "netflix", frozenset({"Dogs"}), within=1, wanted=1, wish="a film about a dog who walks home")
    assert answer(case, {"netflix": TITLES}, retriever_search(WordEmbeddings())).met


def test_any_peer_can_be_asked_and_may_fail_the_case() -> None:
    found = answer(CASE, {"netflix": TITLES}, lambda case, catalog: ["3", "2"])
    assert (found.met, found.right) == (False, 0)


def test_what_is_missing_is_said() -> None:
    with pytest.raises(DatasetError, match="needs the catalog"):
        answer(CASE, {}, lambda case, catalog: [])
    with pytest.raises(DatasetError, match="does not hold"):
        answer(Case("x", "netflix", frozenset(), 1, 1, like=("Nowhere",)), {"netflix": TITLES}, lambda case, catalog: [])
    with pytest.raises(DatasetError, match="No item"):
        narrowed(TITLES, ("Opera",))


def test_the_cases_that_ship_ask_for_the_three_sequels() -> None:
    first = read_cases()[0]
    assert (first.like, first.within, first.wanted) == (("Spy Kids",), 3, 3)
    assert len(first.right) == 3


def test_a_damaged_file_of_cases_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cases.json").write_text('{"cases": [{}]}', encoding="utf-8")
    with pytest.raises(DatasetError, match=r"A seed case in .*cases.json has no 'name'"):
        read_cases(tmp_path / "cases.json")
    for text, said in (('{"cases": []}', "holds no case"), ("[]", "not in the form of data/similar.json"), ("{", "the form")):
        (tmp_path / "cases.json").write_text(text, encoding="utf-8")
        with pytest.raises(DatasetError, match=said):
            read_cases(tmp_path / "cases.json")
    with pytest.raises(DatasetError, match="no seed cases"):
        read_cases(tmp_path / "none.json")
    with pytest.raises(DatasetError, match="netflix_titles"):
        netflix(tmp_path / "nowhere")


def test_after_one_change_only_that_item_is_embedded_again() -> None:
    embedder = WordEmbeddings()
    taken = time_index(list(TITLES), embedder)
    assert taken.items == 4
    assert len(embedder.asked) == 5


def test_many_items_are_all_different_texts() -> None:
    copies = many(list(TITLES), 10)
    assert len({item.id for item in copies}) == len({(item.title, item.description) for item in copies}) == 10


def test_titles_that_were_imported_are_as_good_as_those_downloaded(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text('{"id": "s1", "title": "Salt", "genres": ["Dramas"]}\n', encoding="utf-8")
    assert [item.title for item in netflix(tmp_path)] == ["Salt"]
