"""Prepared dialogues -> fitted blends, and what they are worth on dialogues that neither weights nor counts have seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from chatrec.evaluation.dialogue_features import FOLDS, Prepared, fold_of
from chatrec.evaluation.ranker_fit import Lesson, Recipe, fit
from chatrec.retrieval.ranker import Blend
from chatrec.retrieval.talk_features import FACTS_PREFIX, RATING_FEATURES
from chatrec.retrieval.talk_statistics import STATISTICS

Floats = NDArray[np.float32]

_OTHERS = 600  # items sampled beside the targets of a turn


def kinds(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The blends that can be fitted from these features, with the features of each."""
    known = tuple(names)
    rated = any(name in RATING_FEATURES for name in known)
    counted = any(name in STATISTICS for name in known)
    plain = tuple(name for name in known if name not in RATING_FEATURES and name not in STATISTICS)
    ratings = tuple(name for name in known if name not in STATISTICS)
    found = {"plain": plain, "live": tuple(name for name in plain if not name.startswith(FACTS_PREFIX))}
    if rated:
        found["ratings"] = ratings
    if counted:
        found["dialogues"] = tuple(name for name in known if name not in RATING_FEATURES)
        if rated:
            found["ratings+dialogues"] = known
    return found


def target_ranks(scores: Floats, targets: Sequence[int], named: Sequence[int]) -> list[float]:
    """The place of each target, from 1, among all items that were not named; items of equal score share their mean place."""
    open_ = np.ones(len(scores), dtype=bool)
    open_[list(named)] = False
    among = scores[open_]
    return [float((among > scores[t]).sum() + ((among == scores[t]).sum() + 1) / 2) for t in targets]


class Study:
    """The turns of one prepared folder, sampled once: lessons to fit on, whole tables to measure on."""

    def __init__(self, prepared: Prepared, others: int = _OTHERS, progress: bool = False) -> None:
        self._prepared = prepared
        self._places = [place for place, turn in enumerate(prepared.turns) if turn.targets]
        self._folds = {place: fold_of(prepared.turns[place].dialogue) for place in self._places}
        rng = np.random.default_rng(0)
        self._rows: dict[int, NDArray[np.int64]] = {}
        for place in self._places:
            turn = prepared.turns[place]
            open_ = np.ones(len(prepared.catalog), dtype=bool)
            open_[[*turn.targets, *turn.named]] = False
            free = np.flatnonzero(open_)
            self._rows[place] = np.concatenate([turn.targets, rng.choice(free, min(others, len(free)), replace=False)])
        self._base: dict[int, Floats] = {}
        for place in tqdm(self._places, desc="Features", unit="turn", disable=not progress):
            columns = prepared.features.of(prepared.turns[place].talk, prepared.vectors[place])
            self._names = tuple(columns)
            self._base[place] = np.stack([column[self._rows[place]] for column in columns.values()], axis=1)

    @property
    def names(self) -> tuple[str, ...]:
        """Every feature, in the order of the lessons' columns."""
        return (*self._names, *STATISTICS)

    def lessons(self, without: int | None = None) -> list[Lesson]:
        """A lesson for each turn outside the fold `without`; its statistics leave out that fold and the turn's own."""
        found = []
        for own in range(FOLDS):
            if own == without:
                continue
            statistics = self._prepared.statistics([own] if without is None else [own, without])
            for place in (p for p in self._places if self._folds[p] == own):
                turn, rows = self._prepared.turns[place], self._rows[place]
                columns = statistics.of(turn.talk, self._prepared.vectors[place])
                counted = np.stack([columns[name][rows] for name in STATISTICS], axis=1)
                table = np.concatenate([self._base[place], counted], axis=1)
                first = len(turn.targets)
                free = len(self._prepared.catalog) - len({*turn.targets, *turn.named})
                found.append(Lesson(table[:first], table[first:], free))
        return found

    @staticmethod
    def fitted(
        studies: Sequence[Study],
        recipe: Recipe,
        without: int | None = None,
        of: Study | None = None,
        wanted: Collection[str] | None = None,
    ) -> dict[str, Blend]:
        """A blend of each kind (or those `wanted`), fitted on all studies; of the study `of` the fold `without` is left out."""
        lessons = [lesson for study in studies for lesson in study.lessons(without if study is of else None)]
        names = studies[0].names
        found = {}
        for kind, features in kinds(names).items():
            if wanted is not None and kind not in wanted:
                continue
            columns = [names.index(name) for name in features]
            some = [Lesson(lesson.targets[:, columns], lesson.others[:, columns], lesson.of) for lesson in lessons]
            found[kind] = fit(some, features, recipe)
        return found

    def measured(self, blends: Mapping[str, Blend], only: int | None = None) -> dict[str, dict[int, list[float]]]:
        """The places of each turn's targets by kind and turn; statistics leave out the turn's own fold."""
        found: dict[str, dict[int, list[float]]] = {kind: {} for kind in blends}
        for own in range(FOLDS) if only is None else (only,):
            statistics = self._prepared.statistics([own])
            for place in (p for p in self._places if self._folds[p] == own):
                turn, columns = self._prepared.turns[place], self._prepared.columns(place, statistics)
                for kind, blend in blends.items():
                    found[kind][place] = target_ranks(blend.score(columns), turn.targets, turn.named)
        return found

    def cross_validated(
        self, recipe: Recipe, besides: Sequence[Study] = (), wanted: Collection[str] | None = None
    ) -> dict[str, Floats]:
        """The places of all targets by kind (or those `wanted`), found by weights fitted on other dialogues and `besides`."""
        found: dict[str, list[float]] = {}
        for fold in range(FOLDS):
            blends = Study.fitted([self, *besides], recipe, fold, self, wanted)
            for kind, places in self.measured(blends, fold).items():
                found.setdefault(kind, []).extend(rank for ranks in places.values() for rank in ranks)
        return {kind: np.array(ranks, dtype=np.float32) for kind, ranks in found.items()}
