"""What was learned from dialogues joins in where items are named as examples, in film catalogs, and never lifts a condition."""

from __future__ import annotations

import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Constraint, Item, Mention, Request
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.embedding import OnnxEmbeddings
from chatrec.retrieval.index import document_text
from chatrec.retrieval.learned import Learned, talk_of
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.ranker import Ranker
from chatrec.retrieval.retriever import Retriever
from chatrec.settings import shipped


@pytest.fixture(scope="module")
def retriever(films: Catalog, embeddings: OnnxEmbeddings) -> Retriever:
    dense = DenseIndex.build([i.id for i in films], embeddings.encode([document_text(i) for i in films]))
    learned = Learned(films, dense.vectors, embeddings, Ranker.load(shipped("data/ranker.json")))
    return Retriever(films, embeddings, dense, LexicalIndex(films), learned=learned)


def test_it_adds_to_the_score_only_where_something_was_said_or_named(films: Catalog, retriever: Retriever) -> None:
    example = films.items[0].id
    earlier = Mention(example, films[example].title, films[example].title, "like", 1)
    for request in (Request("recommend", "like that", anchors=(example,)), Request("recommend", "more", earlier=(earlier,))):
        named = retriever.search(request)
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
    scores = learned.scores(Request("recommend", "", anchors=(films.items[0].id, "unknown")))
    assert scores.shape == (len(films),)
    assert (scores.min(), scores.max()) == (0, 1)


def test_it_suits_films_and_nothing_else() -> None:
    assert Learned.suits(Catalog([Item("a", "A", genres=("Drama", "Comedy")), Item("b", "B", genres=("Sci-Fi",))]))
    assert not Learned.suits(Catalog([Item("a", "A", genres=("Gardening",)), Item("b", "B")]))


def test_a_disliked_example_does_not_count_as_a_wish(films: Catalog, embeddings: OnnxEmbeddings) -> None:
    vectors = embeddings.encode([document_text(i) for i in films])
    learned = Learned(films, vectors, embeddings, Ranker.load(shipped("data/ranker.json")))
    liked, other = films.items[0].id, films.items[2].id
    both = learned.scores(Request("recommend", "", anchors=(liked, other)))
    against = learned.scores(Request("recommend", "", anchors=(liked,), avoided=(other,)))
    assert not np.allclose(both, against)


def test_a_conversation_is_told_to_the_ranker_by_age_and_opinion(films: Catalog) -> None:
    liked, hated, asked, shown, gone = (item.id for item in films.items[:5])
    request = Request(
        "recommend",
        "something like Asked, not Shown",
        mentions=(Mention(asked, "", "Asked", "neutral", 4), Mention(shown, "", "Shown", "neutral", 4)),
        anchors=(asked, liked),
        avoided=(hated, gone),
        earlier=(Mention(liked, "", "", "like", 1), Mention(hated, "", "", "dislike", 3)),
        said=("I loved", "I hated", "something like"),
        turn=4,
    )
    talk = talk_of(request, films)
    told = [(films.items[name.row].id, name.back, name.feeling) for name in talk.named]
    assert told == [(gone, 8, -1), (liked, 6, 1), (hated, 2, -1), (asked, 0, 1)]
    assert (talk.last, talk.recent, talk.seeker) == (
        "something like",
        "I hated something like",
        "I loved I hated something like",
    )
    assert talk.turns == 8
