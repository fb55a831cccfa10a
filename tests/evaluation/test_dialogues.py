"""Every target is scored once, no dialogue counts its own films, a cut run goes on, and the fit learns what it should."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from chatrec.evaluation.dialogue_features import Prepared, fold_of, prepare
from chatrec.evaluation.dialogue_folder import read_dialogues
from chatrec.evaluation.dialogues import PROGRESS, Case, evaluate, figures
from chatrec.evaluation.dialogues_report import as_record, markdown, write
from chatrec.evaluation.ranker_fit import Lesson, Recipe, fit
from chatrec.evaluation.ranker_study import Study, kinds, target_ranks
from chatrec.retrieval.ranker import Ranker
from chatrec.settings import shipped
from tests.evaluation.dialogues import write_world
from tests.retrieval.embedders import WordEmbeddings


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = read_dialogues(write_world(tmp_path_factory.mktemp("world")))
    return prepare(folder, WordEmbeddings())


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return Ranker.load(shipped("data/ranker.json"))


def test_a_rank_leaves_out_what_was_named_and_shares_ties() -> None:
    scores = np.array([5, 4, 3, 3, 1], dtype=np.float32)
    assert target_ranks(scores, [1], [0]) == [1]
    assert target_ranks(scores, [2], []) == [3.5]
    assert target_ranks(scores, [4, 0], []) == [5, 1]


def test_figures_are_means_with_errors_over_dialogues() -> None:
    cases = [Case("a", 1, 0, {"m": 1}), Case("a", 2, 0, {"m": 3}), Case("b", 1, 0, {"m": 100}), Case("b", 3, 0, {"m": 100})]
    found = figures(cases, "m")
    assert found["recall@1"][0] == 0.25
    assert found["recall@10"] == (0.5, pytest.approx(0.5))  # two dialogues, one all right and one all wrong
    assert found["mrr@10"][0] == pytest.approx((1 + 1 / 3) / 4)
    assert found["ndcg@10"][0] == pytest.approx((1 + 1 / math.log2(4)) / 4)


def test_statistics_of_a_turn_never_count_its_own_fold(prepared: Prepared) -> None:
    for fold in range(5):
        others = sum(turn.dialogue != "" and fold_of(turn.dialogue) != fold for turn in prepared.past)
        whole, without = prepared.statistics(), prepared.statistics([fold])
        talk, vectors = prepared.turns[0].talk, prepared.vectors[0]
        assert np.exp(whole.of(talk, vectors)["brought_before"]).sum() - 24 == pytest.approx(80)
        counted = np.exp(without.of(talk, vectors)["brought_before"]).sum() - 24
        assert counted == pytest.approx(sum(len(p.brought) for p in prepared.past if fold_of(p.dialogue) != fold), abs=1e-3)
        assert others < len(prepared.past)


def test_every_target_is_one_case_for_every_method(prepared: Prepared, ranker: Ranker) -> None:
    outcome = evaluate(prepared, ranker, digest="world")
    assert len(outcome.cases) == 80
    methods = {method for methods in outcome.settings.values() for method in methods}
    for case in outcome.cases:
        assert methods <= set(case.ranks)
        assert all(1 <= rank <= 24 for rank in case.ranks.values())
    assert figures(outcome.cases, "popularity")["recall@10"][0] == 1  # only ten films are ever named
    assert set(outcome.milliseconds) == {"features and ranking", "statistics"}


def test_an_outsider_is_ranked_by_its_list(prepared: Prepared, ranker: Ranker) -> None:
    def knows(place: int) -> list[int]:
        turn = prepared.turns[place]
        return [*turn.named, 23, *turn.targets]

    outcome = evaluate(prepared, ranker, digest="world", outsiders={"knows": knows, "silent": lambda place: []})
    assert figures(outcome.cases, "knows")["recall@5"][0] == 1
    assert figures(outcome.cases, "knows")["recall@1"][0] == 0
    assert figures(outcome.cases, "silent")["recall@50"][0] == 0


def test_a_run_goes_on_where_it_was_cut(prepared: Prepared, ranker: Ranker, tmp_path: Path) -> None:
    asked: list[int] = []

    def peer(place: int) -> list[int]:
        asked.append(place)
        return [0]

    whole = evaluate(prepared, ranker, digest="world", out=tmp_path, outsiders={"peer": peer})
    assert len(asked) == 80
    lines = (tmp_path / PROGRESS).read_text(encoding="utf-8").splitlines()
    (tmp_path / PROGRESS).write_text("\n".join(lines[:31]) + '\n{"turn": 7, "ra', encoding="utf-8")
    again = evaluate(prepared, ranker, digest="world", out=tmp_path, outsiders={"peer": peer})
    assert len(asked) == 80 + 50
    assert [case.ranks for case in again.cases] == [case.ranks for case in whole.cases]
    evaluate(prepared, ranker, digest="other", out=tmp_path, outsiders={"peer": peer})
    assert len(asked) == 80 + 50 + 80


def test_fitting_learns_which_feature_tells(prepared: Prepared) -> None:
    rng = np.random.default_rng(3)
    lessons = [
        Lesson(rng.normal([3, 0], 0.5, (1, 2)).astype(np.float32), rng.normal(0, 1, (30, 2)).astype(np.float32), 300)
        for _ in range(60)
    ]
    blend = fit(lessons, ("tells", "noise"), Recipe(hidden=2, passes=20, batch=4))
    assert blend.score({"tells": np.array([0, 3.0]), "noise": np.array([0, 0.0])}).argmax() == 1
    assert abs(blend.straight[0]) > 3 * abs(blend.straight[1])


def test_cross_validation_finds_what_the_dialogues_have_in_common(prepared: Prepared) -> None:
    study = Study(prepared, others=15)
    found = study.cross_validated(Recipe(hidden=2, passes=4))
    assert set(found) == set(kinds(study.names)) == {"plain", "live", "dialogues"}
    assert len(found["dialogues"]) == 80
    assert (found["dialogues"] <= 3).mean() > 0.9
    assert (found["plain"] <= 12).mean() > 0.8


def test_the_report_says_the_same_in_every_form(prepared: Prepared, ranker: Ranker, tmp_path: Path) -> None:
    outcome = evaluate(prepared, ranker, digest="world")
    text = markdown(outcome, "World")
    assert "80 cases in 40 dialogues" in text
    for result in as_record(outcome)["results"]:
        assert f"| {result['method']} | {result['recall@1']['mean']:.3f} ±" in text
    files = write(outcome, "World", tmp_path)
    assert files[1].read_text(encoding="utf-8") == text
    assert all(file.stat().st_size for file in files)
