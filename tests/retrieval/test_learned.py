"""What was learned from dialogues joins in where items are named as examples, in film catalogs, and never lifts a condition."""

from __future__ import annotations

import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Constraint, Item, Request
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.embedding import OnnxEmbeddings
from chatrec.retrieval.index import document_text
from chatrec.retrieval.learned import Learned
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.ranker import Ranker
from chatrec.retrieval.retriever import Retriever
from chatrec.settings import shipped


@pytest.fixture(scope="module")
def retriever(films: Catalog, embeddings: OnnxEmbeddings) -> Retriever:
    dense = DenseIndex.build([i.id for i in films], embeddings.encode([document_text(i) for i in films]))
    learned = Learned(films, dense.vectors, embeddings, Ranker.load(shipped("data/ranker.json")))
    return Retriever(films, embeddings, dense, LexicalIndex(films), learned=learned)


def test_it_adds_to_the_score_only_where_an_example_is_named(films: Catalog, retriever: Retriever) -> None:
    example = films.items[0].id
    named = retriever.search(Request("recommend", "like that", anchors=(example,)))
    assert all("learned" in candidate.scores for candidate in named.candidates)
    assert max(candidate.scores["learned"] for candidate in named.candidates) > 0
    words = retriever.search(Request("recommend", "a comedy", search_text="a comedy"))
    assert not any("learned" in candidate.scores for candidate in words.candidates)


def test_conditions_and_exclusions_still_hold(films: Catalog, retriever: Retriever) -> None:
    example, hidden = films.items[0].id, films.items[1].id
    recent = Constraint("year", at_least=1990)
    request = Request("recommend", "like that", anchors=(example,), excluded=(hidden,), constraints=(recent,))
    found = [films[candidate.item_id] for candidate in retriever.search(request).candidates]
    assert found
    assert all((item.year or 0) >= 1990 for item in found)
    assert not {example, hidden} & {item.id for item in found}


def test_scores_reach_from_nothing_to_one(films: Catalog, embeddings: OnnxEmbeddings) -> None:
    vectors = embeddings.encode([document_text(i) for i in films])
    learned = Learned(films, vectors, embeddings, Ranker.load(shipped("data/ranker.json")))
    scores = learned.scores(Request("recommend", "", anchors=(films.items[0].id,)), None)
    assert scores.shape == (len(films),)
    assert (scores.min(), scores.max()) == (0, 1)
    assert not learned.scores(Request("recommend", "", avoided=(films.items[0].id,)), None).any()
    assert not learned.scores(Request("recommend", "", anchors=("unknown",)), None).any()


def test_it_suits_films_and_nothing_else() -> None:
    assert Learned.suits(Catalog([Item("a", "A", genres=("Drama", "Comedy")), Item("b", "B", genres=("Sci-Fi",))]))
    assert not Learned.suits(Catalog([Item("a", "A", genres=("Gardening",)), Item("b", "B")]))


def test_a_disliked_example_does_not_count_as_a_wish(films: Catalog, embeddings: OnnxEmbeddings) -> None:
    vectors = embeddings.encode([document_text(i) for i in films])
    learned = Learned(films, vectors, embeddings, Ranker.load(shipped("data/ranker.json")))
    liked, other = films.items[0].id, films.items[2].id
    both = learned.scores(Request("recommend", "", anchors=(liked, other)), None)
    against = learned.scores(Request("recommend", "", anchors=(liked,), avoided=(other,)), None)
    assert not np.allclose(both, against)
