"""Dialogues, turn by turn -> where the films named next stand in the rankings of every method, with what this costs in time.

Each target is one case; items named before are taken out of the ranking, nothing else is. Counts (popularity, what is named
together) come from other dialogues only: those of a training folder, else those of the other four fifths of the same folder.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from chatrec.errors import DatasetError
from chatrec.evaluation.dialogue_features import FOLDS, Prepared, fold_of
from chatrec.evaluation.ranker_fit import Recipe
from chatrec.evaluation.ranker_study import Study, target_ranks
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.ranker import Blend, Ranker
from chatrec.retrieval.talk import Talk
from chatrec.retrieval.talk_features import Column

CUTS = (1, 5, 10, 20, 50)
WITHOUT, WITH = "without dialogue statistics", "with dialogue statistics"
PROGRESS = "turns.jsonl"
_REFITTED = "The shipped weights were fitted on these dialogues: each fifth is ranked by weights fitted on the other four."
_COUNTED = 0.7  # of the score with statistics: beside it what was learned without them, which no foreign counts mislead
Scores = NDArray[np.float32]
Outsider = Callable[[int], Sequence[int]]
"""A peer or engine: the place of a turn -> catalog rows, best first."""


@dataclass(frozen=True, slots=True)
class Case:
    """Where one target stood, from 1, by method."""

    dialogue: str
    turn: int
    named: int
    ranks: Mapping[str, float]


@dataclass(frozen=True)
class Outcome:
    """All cases, the methods of each setting in the order of the table, and milliseconds a turn by part."""

    cases: tuple[Case, ...]
    settings: Mapping[str, tuple[str, ...]]
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def figures(cases: Sequence[Case], method: str) -> dict[str, tuple[float, float]]:
    """recall@k, ndcg@10 and mrr@10 of one method as (mean, standard error).

    Cases of one dialogue are not independent: the error is that of a sum over dialogues (Liang and Zeger, 1986).
    """
    ranks = np.array([case.ranks[method] for case in cases])
    near = ranks <= 10
    gains = {f"recall@{k}": (ranks <= k).astype(float) for k in CUTS}
    gains["ndcg@10"] = np.where(near, 1 / np.log2(ranks + 1), 0.0)
    gains["mrr@10"] = np.where(near, 1 / ranks, 0.0)
    _, owner = np.unique([case.dialogue for case in cases], return_inverse=True)
    return {name: (float(gain.mean()), _clustered(gain - gain.mean(), owner)) for name, gain in gains.items()}


def _clustered(off: NDArray[np.float64], owner: NDArray[np.int64]) -> float:
    groups = int(owner.max()) + 1
    if groups < 2:
        return 0.0
    sums = np.bincount(owner, weights=off)
    return float(np.sqrt((sums**2).sum() * groups / (groups - 1)) / len(off))


def evaluate(
    prepared: Prepared,
    ranker: Ranker,
    *,
    digest: str,
    out: Path | None = None,
    refit: bool = False,
    outsiders: Mapping[str, Outsider] | None = None,
    progress: bool = False,
) -> Outcome:
    """Rank every turn by every method. With `out`, finished turns are kept there and not done again.

    `refit`: the ranker's weights were fitted on these very dialogues, so each fifth is ranked by weights fitted on the others.
    """
    outsiders = outsiders or {}
    rated = prepared.liked is not None
    settings = _settings(rated, tuple(outsiders))
    key = f"2 {digest} rated={rated} refit={refit} outsiders={','.join(outsiders)} " + ",".join(ranker.fitted_on)
    done = _resume(out, key)
    lexical = LexicalIndex(prepared.catalog)
    study: Study | None = None
    spent: dict[str, float] = {"features and ranking": 0.0, "statistics": 0.0}
    count = 0
    waiting = [p for p, t in enumerate(prepared.turns) if t.targets and p not in done]
    bar = tqdm(total=len(waiting), desc="Turns", unit="turn", disable=not progress)
    with bar, _keeping(out, key, bool(done)) as keep:
        for fold in range(FOLDS):
            places = [place for place in waiting if fold_of(prepared.turns[place].dialogue) == fold]
            if not places:
                continue
            blends: Mapping[str, Blend] = ranker.blends
            if refit:
                study = study or Study(prepared, progress=progress)
                wanted = ("ratings", "ratings+dialogues") if rated else ("plain", "dialogues")
                blends = Study.fitted([study], Recipe(), fold, study, wanted)
            statistics = prepared.statistics(() if prepared.elsewhere else (fold,))
            for place in places:
                turn, vectors = prepared.turns[place], prepared.vectors[place]
                started = time.perf_counter()
                columns = dict(prepared.features.of(turn.talk, vectors))
                plain = _best(blends, columns, ("ratings", "plain") if rated else ("plain",))
                counted = time.perf_counter()
                columns.update(statistics.of(turn.talk, vectors))
                full = _best(blends, columns, ("ratings+dialogues", "dialogues") if rated else ("dialogues",))
                full = _COUNTED * full + (1.0 - _COUNTED) * plain
                spent["features and ranking"] += counted - started
                spent["statistics"] += time.perf_counter() - counted
                count += 1
                scores = {"learned": plain, "learned with statistics": full}
                scores.update(_baselines(columns, lexical, turn.talk, rated))
                ranks = {name: target_ranks(score, turn.targets, turn.named) for name, score in scores.items()}
                for name, outsider in outsiders.items():
                    ranks[name] = _listed(outsider(place), turn.targets, turn.named)
                done[place] = ranks
                keep(place, ranks)
                bar.update()
    milliseconds = {name: 1000 * seconds / count for name, seconds in spent.items()} if count else {}
    notes = (_REFITTED,) if refit else ()
    return Outcome(_cases(prepared, done), settings, milliseconds, notes)


def _cases(prepared: Prepared, done: Mapping[int, Mapping[str, Sequence[float]]]) -> tuple[Case, ...]:
    return tuple(
        Case(turn.dialogue, turn.turn, len(turn.named), {name: ranks[number] for name, ranks in done[place].items()})
        for place, turn in enumerate(prepared.turns)
        if place in done
        for number in range(len(turn.targets))
    )


def _settings(rated: bool, outsiders: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    alone = ("renown", "BM25", "dense", *(("EASE on ratings",) if rated else ()), *outsiders, "learned")
    return {WITHOUT: alone, WITH: ("popularity", "neighbours", "EASE on dialogues", "learned with statistics")}


def _best(blends: Mapping[str, Blend], columns: Mapping[str, Column], wanted: Sequence[str]) -> Scores:
    for name in wanted:
        if name in blends:
            return blends[name].score(columns)
    raise DatasetError(f"The ranker holds no blend of the kind {wanted[-1]}; fit it anew with scripts/fit_ranker.py.")


def _baselines(columns: Mapping[str, Column], lexical: LexicalIndex, talk: Talk, rated: bool) -> dict[str, Scores]:
    """The methods to compare with, each by the best single use of its source that was found."""
    found = {
        "renown": columns["popularity"],
        "BM25": lexical.scores(f"{talk.recent} {talk.raw}"),
        "dense": columns["plot_like_named_mean"] + 0.5 * columns["plot_like_seeker"],
        "popularity": columns["named_before"],
        "neighbours": columns["named_together"] + 1e-4 * columns["named_before"],
        "EASE on dialogues": columns["named_like_users"] + 1e-4 * columns["named_before"],
    }
    if rated:
        found["EASE on ratings"] = columns["rated_together"] + 1e-4 * columns["rated"]
    return found


def _listed(rows: Sequence[int], targets: Sequence[int], named: Sequence[int]) -> list[float]:
    """The places of the targets in a list; what is not on it stands nowhere."""
    places = {row: place for place, row in enumerate((row for row in rows if row not in set(named)), 1)}
    return [float(places.get(target, np.inf)) for target in targets]


def _resume(out: Path | None, key: str) -> dict[int, dict[str, list[float]]]:
    """What an earlier run with the same data and weights already ranked; a line cut short is left out."""
    done: dict[int, dict[str, list[float]]] = {}
    if out is None or not (out / PROGRESS).exists():
        return done
    lines = (out / PROGRESS).read_text(encoding="utf-8").splitlines()
    if not lines or lines[0] != json.dumps({"run": key}):
        return done
    for line in lines[1:]:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        done[int(record["turn"])] = record["ranks"]
    return done


class _keeping:  # noqa: N801
    """Writes each turn as it is done; a new run begins a new file."""

    def __init__(self, out: Path | None, key: str, resumed: bool) -> None:
        self._file = None
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            self._file = (out / PROGRESS).open("a" if resumed else "w", encoding="utf-8")
            self._file.write("\n" if resumed else json.dumps({"run": key}) + "\n")

    def __enter__(self) -> Callable[[int, Mapping[str, Sequence[float]]], None]:
        return self._keep

    def __exit__(self, *reason: object) -> None:
        if self._file is not None:
            self._file.close()

    def _keep(self, place: int, ranks: Mapping[str, Sequence[float]]) -> None:
        if self._file is not None:
            self._file.write(json.dumps({"turn": place, "ranks": ranks}) + "\n")
            self._file.flush()


def rows_of(outcome: Outcome) -> Iterator[tuple[str, str, Mapping[str, tuple[float, float]]]]:
    """(setting, method, figures) for each line of the table."""
    for setting, methods in outcome.settings.items():
        for method in methods:
            yield setting, method, figures(outcome.cases, method)
