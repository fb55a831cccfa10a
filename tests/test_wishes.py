"""The films that ship answer wishes as people put them: the collection is sound, and retrieval does not get worse at it."""

from __future__ import annotations

import pytest

from benchmarks.wishes import Scores, Search, Wish, ndcg, read_wishes, recall, score, searches
from chatrec.catalog.table import Catalog, read_catalog
from chatrec.settings import read_settings

FUSED_RECALL, READ_RECALL = 0.38, 0.47
"""A little under what `python benchmarks/wishes.py` measures (docs/catalog.md)."""


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return read_catalog(read_settings({}).catalog)[0]


@pytest.fixture(scope="module")
def compared(shipped: Catalog) -> dict[str, Search]:
    return dict(searches(read_settings({}), shipped))


def test_every_wish_has_answers_among_the_films_that_ship(shipped: Catalog) -> None:
    wishes = read_wishes()
    assert len({wish.text for wish in wishes}) == len(wishes) >= 60
    for wish in wishes:
        assert wish.right, wish.text
        assert [item_id for item_id in wish.right if item_id not in shipped] == [], wish.text


def test_the_retriever_finds_what_people_wish_for(compared: dict[str, Search]) -> None:
    wishes = read_wishes()
    assert score(wishes, compared["fused"]).recall >= FUSED_RECALL
    assert score(wishes, compared["as read"]).recall >= READ_RECALL


def test_recall_is_of_what_ten_places_can_hold() -> None:
    ten = [str(n) for n in range(10)]
    assert recall(ten, frozenset(["0", "9", "x", "y"])) == 2 / 4
    assert recall(ten, frozenset(map(str, range(20)))) == 1
    assert recall([*"abcdefghij", "x"], frozenset("x")) == 0


def test_ndcg_is_one_for_a_perfect_list_and_falls_with_the_rank() -> None:
    assert ndcg(["a", "b", "c"], frozenset("ab")) == pytest.approx(1)
    assert ndcg(["c", "a"], frozenset("a")) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["c"], frozenset("a")) == 0


def test_scores_are_means_over_the_wishes() -> None:
    wishes = [Wish("one", frozenset("a")), Wish("two", frozenset("b"))]
    assert score(wishes, lambda text: ["a"]) == Scores(0.5, 0.5, 0.5)
    assert score(wishes, lambda text: []) == Scores(0, 0, 0)
