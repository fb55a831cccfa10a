"""Groups of users are found however a data set writes an age."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chatrec.evaluation.lists import run
from tests.evaluation.crowd import crowd

_AGES = ("under 18", "18-24", "25-34", "35-44", "45-49", "50-55", "56 and over", 30, "", None)


def test_ages_in_ranges_are_put_into_groups(tmp_path: Path) -> None:
    pytest.importorskip("implicit")
    data = crowd()
    people = {user: {"age": _AGES[row % len(_AGES)]} for row, user in enumerate(data.ratings.user_ids)}
    report = run(replace(data, ratings=replace(data.ratings, people=people)), tmp_path)
    table = next(table for table in report.tables if "by age" in table.title)
    assert [column.partition(" (")[0] for column in table.columns] == ["0 to 24", "25 to 34", "35 to 49", "50 and over"]
    assert sum(int(column.rpartition("(")[2][:-1]) for column in table.columns) <= 32  # a fifth of the ages is not known
