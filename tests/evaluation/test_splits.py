"""Splits: who is tested on what, and that anybody draws the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chatrec.evaluation.splits import random_split, temporal_split
from tests.evaluation.crowd import crowd


def test_every_row_is_in_exactly_one_part() -> None:
    ratings = crowd().ratings
    for split in (random_split(len(ratings), 0.1, 0.1), temporal_split(ratings)):
        rows = np.concatenate([split.train, split.validation, split.test])
        assert sorted(rows) == list(range(len(ratings)))


def test_a_random_split_is_that_of_scikit_surprise() -> None:
    model_selection = pytest.importorskip("surprise.model_selection")
    splitter = model_selection.ShuffleSplit(n_splits=1, test_size=0.2, random_state=42)

    class Rows:
        def __init__(self) -> None:
            self.raw_ratings = [(str(row), str(row), 1.0, None) for row in range(50)]

        def construct_trainset(self, raw: list[tuple[str, str, float, None]]) -> list[int]:
            return [int(row[0]) for row in raw]

        def construct_testset(self, raw: list[tuple[str, str, float, None]]) -> list[int]:
            return [int(row[0]) for row in raw]

    train, test = next(iter(splitter.split(Rows())))
    ours = random_split(50, 0.2, seed=42)
    assert sorted(test) == ours.test.tolist()
    assert sorted(train) == ours.train.tolist()


def test_the_same_seed_draws_the_same_and_another_one_another() -> None:
    assert (random_split(100).test == random_split(100).test).all()
    assert (random_split(100).test != random_split(100, seed=1).test).any()


def test_of_each_user_the_last_are_tested_and_the_ones_before_tuned_on() -> None:
    ratings = crowd().ratings
    split = temporal_split(ratings)
    for user in range(ratings.users):
        times = [ratings.at[rows[ratings.user[rows] == user]] for rows in (split.train, split.validation, split.test)]
        count = sum(len(part) for part in times)
        assert len(times[2]) == count // 5
        assert len(times[1]) == (count - count // 5) // 5
        assert max(times[0]) <= min(times[1], default=10**9) <= min(times[2], default=10**9)


def test_a_split_is_written_row_by_row_with_its_digest(tmp_path: Path) -> None:
    split = random_split(10, 0.2, 0.1)
    digest = split.write(tmp_path / "a.csv")
    lines = (tmp_path / "a.csv").read_text().splitlines()
    assert lines[0] == "row,part"
    assert len(lines) == 11
    assert f"{split.test[0]},test" in lines
    assert random_split(10, 0.2, 0.1).write(tmp_path / "b.csv") == digest


def test_the_digest_of_ratings_tells_them_apart() -> None:
    ratings = crowd().ratings
    assert ratings.digest == crowd().ratings.digest
    assert ratings.digest != ratings.take(np.arange(len(ratings) - 1)).digest
