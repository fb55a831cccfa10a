"""Folds to tune on: of the split's own kind, never a row that is tested on."""

from __future__ import annotations

import numpy as np
import pytest

from chatrec.evaluation.full_ranking import split_of
from chatrec.evaluation.full_ranking_folds import FOLDS, folds_of
from chatrec.evaluation.splits import Ratings
from tests.evaluation.crowd import crowd

RATINGS = crowd().ratings


def pairs(ratings: Ratings) -> set[tuple[int, int]]:
    return set(zip(ratings.user.tolist(), ratings.item.tolist(), strict=True))


@pytest.mark.parametrize("name", ["temporal", "random"])
def test_no_fold_holds_what_is_tested_on(name: str) -> None:
    split = split_of(name, RATINGS)
    tested = pairs(RATINGS.take(split.test))
    folds = list(folds_of(split, RATINGS, 42))
    assert len(folds) == FOLDS
    for train, validation in folds:
        assert not (pairs(train) | pairs(validation)) & tested
        assert not pairs(train) & pairs(validation)
    assert len({frozenset(pairs(validation)) for _, validation in folds}) == FOLDS


def test_the_first_fold_is_the_split_itself() -> None:
    split = split_of("random", RATINGS)
    train, validation = next(folds_of(split, RATINGS, 42))
    assert (pairs(train), pairs(validation)) == (pairs(RATINGS.take(split.train)), pairs(RATINGS.take(split.validation)))


def test_temporal_folds_hold_out_what_comes_later() -> None:
    for train, validation in folds_of(split_of("temporal", RATINGS), RATINGS, 42):
        for user in np.unique(validation.user):
            assert train.at[train.user == user].max() <= validation.at[validation.user == user].min()


def test_random_folds_hold_out_as_many_rows_each() -> None:
    sizes = {len(validation) for _, validation in folds_of(split_of("random", RATINGS), RATINGS, 42)}
    assert max(sizes) - min(sizes) <= 1
