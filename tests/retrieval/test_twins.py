"""Descriptions that say nearly the same are found in pairs, others are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.cache import VectorCache
from chatrec.retrieval.embedding import OnnxEmbeddings
from chatrec.retrieval.twins import LIKEST, twins
from chatrec.settings import shipped
from tests.retrieval.embedders import WordEmbeddings

WHALE = "A lighthouse keeper finds a whale on the rocks and sings to it until the tide comes back for both of them."
WHALE_AGAIN = (
    "On the rocks a lighthouse keeper comes upon a stranded whale, and he sings to it until the tide returns for them both."
)
BANK = "Four retired tellers plan to rob the bank that cheated them, and argue about who drives."


def test_two_descriptions_that_say_the_same_are_a_pair() -> None:
    catalog = Catalog([Item("a", "A", description=WHALE), Item("b", "B", description=BANK), Item("c", "C", description=WHALE)])
    (pair,) = twins(catalog, WordEmbeddings())
    assert (pair.first, pair.second) == ("a", "c")
    assert pair.cosine == pytest.approx(1.0, abs=1e-6)
    assert "nearly that of a (cosine 1.00" in str(pair)


def test_the_bar_decides() -> None:
    catalog = Catalog([Item("a", "A", description="sea sea wind"), Item("b", "B", description="sea wind wind")])
    assert list(twins(catalog, WordEmbeddings(), least=0.9)) == []
    (pair,) = twins(catalog, WordEmbeddings(), least=0.7)
    assert pair.cosine == pytest.approx((2 * 1 + 1 * 2) / 5)


def test_items_without_a_description_are_nobodys_twin() -> None:
    assert list(twins(Catalog([Item("a", "A"), Item("b", "B")]), WordEmbeddings())) == []


def test_pairs_far_apart_in_a_long_catalog_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatrec.retrieval.twins._AT_ONCE", 2)
    texts = [WHALE, "one", "two", "three", BANK, "four", WHALE, BANK]
    catalog = Catalog(Item(str(n), "T", description=text) for n, text in enumerate(texts))
    assert [(pair.first, pair.second) for pair in twins(catalog, WordEmbeddings())] == [("0", "6"), ("4", "7")]


def test_vectors_are_embedded_once(tmp_path: Path) -> None:
    embedder = WordEmbeddings()
    catalog = Catalog([Item("a", "A", description=WHALE), Item("b", "B", description=BANK)])
    for _ in range(2):
        with VectorCache(tmp_path / "vectors.sqlite3") as cache:
            assert list(twins(catalog, embedder, cache)) == []
    assert embedder.asked == [WHALE, BANK]


def test_the_embedder_that_ships_sees_a_reworded_description_and_lets_another_story_be() -> None:
    embedder = OnnxEmbeddings(shipped("data") / "models" / "all-MiniLM-L6-v2-int8")
    items = [Item(i, i, description=text) for i, text in (("a", WHALE), ("b", WHALE_AGAIN), ("c", BANK))]
    assert [(pair.first, pair.second) for pair in twins(Catalog(items), embedder, least=LIKEST)] == [("a", "b")]
