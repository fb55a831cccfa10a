"""What an import tells of the person leads on to what tends to come next, within every condition."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from chatrec.catalog.table import Catalog
from chatrec.records import Constraint, Profile, Request, Sentence
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.index import document_text
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.retriever import Retriever
from tests.retrieval.embedders import WordEmbeddings

ODD = "free-solo-2018"
PAST = Profile((Sentence("who:a:1", "", "fact", "import", seen=("heat-1995",), history={"heat-1995": 0.7}),))


class Leads:
    """After anything comes one film that nothing else speaks for."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.given: list[Mapping[str, float]] = []

    def scores(self, history: Mapping[str, float]) -> NDArray[np.float64]:
        self.given.append(history)
        scores = np.zeros(len(self.catalog))
        scores[self.catalog.row(ODD)] = 1.0
        return scores


@pytest.fixture(scope="module")
def leads(films: Catalog) -> Leads:
    return Leads(films)


@pytest.fixture(scope="module")
def led(films: Catalog, leads: Leads) -> Retriever:
    embedder = WordEmbeddings()
    vectors = embedder.encode([document_text(item) for item in films])
    dense = DenseIndex.build([item.id for item in films], vectors)
    return Retriever(films, embedder, dense, LexicalIndex(films), onward=leads)


def test_what_comes_next_leads_the_list(led: Retriever, leads: Leads) -> None:
    first = led.search(Request("recommend", "surprise me"), PAST).candidates[0]
    assert first.item_id == ODD
    assert first.scores["next"] > 0
    assert dict(leads.given[-1]) == {"heat-1995": 0.7}


def test_a_wish_comes_before_what_comes_next(led: Retriever) -> None:
    wish = Request("recommend", "dinosaurs", search_text="dinosaurs on an island")
    found = led.search(wish, PAST).candidates
    assert found[0].item_id == "jurassic-park-1993"
    assert next(c for c in found if c.item_id == ODD).scores["next"] > 0


def test_conditions_hold_for_what_comes_next(led: Retriever) -> None:
    request = Request("recommend", "fiction", constraints=(Constraint("genre", none_of=("Documentary",)),))
    assert ODD not in {c.item_id for c in led.search(request, PAST).candidates}


def test_without_a_past_nothing_comes_next(led: Retriever, leads: Leads) -> None:
    asked = len(leads.given)
    off = Profile(tuple(Sentence(s.id, s.text, s.kind, s.source, on=False, history=s.history) for s in PAST.sentences))
    for profile in (None, Profile(), off):
        found = led.search(Request("recommend", "surprise me"), profile).candidates
        assert all("next" not in candidate.scores for candidate in found)
    assert len(leads.given) == asked
