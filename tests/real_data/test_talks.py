"""On real dialogues and titles the learned ranker stays ahead of what it is compared with, and the seed cases are met."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from chatrec.catalog.table import read_catalog
from chatrec.evaluation.dialogue_features import prepare
from chatrec.evaluation.dialogue_folder import read_dialogues
from chatrec.evaluation.dialogues import evaluate, figures
from chatrec.evaluation.similar import answer, narrowed, netflix, read_cases, retriever_search
from chatrec.retrieval.embedding import OnnxEmbeddings
from chatrec.retrieval.ranker import Ranker
from chatrec.settings import read_settings, shipped
from tests.retrieval.embedders import WordEmbeddings

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("REAL_DATA") or ROOT.parent / "shared" / "data")

pytestmark = pytest.mark.real_data


def test_real_dialogues_are_read_whole() -> None:
    place = DATA / "redial-dev"
    if not place.exists():
        pytest.skip(f"no {place}")
    folder = read_dialogues(place)
    assert (len(folder.catalog), len(folder.turns), folder.unknown) == (6576, 2716, 0)
    assert sum(len(turn.targets) for turn in folder.turns) == 3318
    # Without real vectors, which take a minute, the counts alone must still beat popularity.
    some = replace(folder, turns=folder.turns[:300])
    shelf, _ = read_catalog(shipped("data/movies"))
    prepared = prepare(some, WordEmbeddings(), shelf=shelf.items)
    outcome = evaluate(prepared, Ranker.load(shipped("data/ranker.json")), digest="some")
    learned, popular = (figures(outcome.cases, name)["recall@50"][0] for name in ("learned with statistics", "popularity"))
    assert learned > 1.5 * popular


def test_the_sequels_of_spy_kids_come_first() -> None:
    place = DATA / "netflix-titles"
    if not place.exists():
        pytest.skip(f"no {place}")
    case = read_cases()[0]
    titles = {"netflix": narrowed(netflix(place), case.among)}
    assert len(titles["netflix"]) == 201
    found = answer(case, titles, retriever_search(OnnxEmbeddings(read_settings({}).embedder)))
    assert set(found.first[:3]) == case.right
