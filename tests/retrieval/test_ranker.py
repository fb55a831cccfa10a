"""The weights come back as they were written, score as their formula says, and a damaged file is refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from chatrec.errors import RankerError
from chatrec.retrieval.ranker import Blend, Ranker
from chatrec.settings import shipped

BLEND = Blend(
    ("near", "known"),
    middle=np.array([1, 0], dtype=np.float32),
    spread=np.array([2, 1], dtype=np.float32),
    straight=np.array([1, 0.5], dtype=np.float32),
    crossed=np.array([[0.0], [1.0]], dtype=np.float32),
    offset=np.array([0.25], dtype=np.float32),
    heights=np.array([2], dtype=np.float32),
)


def test_a_score_is_the_weighted_sum_plus_the_hidden_part() -> None:
    columns = {"known": np.array([0, 1], dtype=np.float32), "near": np.array([3, 100], dtype=np.float32)}
    expected = [1 + 2 * np.tanh(0.25), 8 + 0.5 + 2 * np.tanh(1.25)]  # 100 is cut at 8 standard deviations
    assert BLEND.score(columns) == pytest.approx(expected)


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    Ranker({"plain": BLEND}, ("abc",), "a test").save(tmp_path / "ranker.json")
    loaded = Ranker.load(tmp_path / "ranker.json")
    assert loaded.fitted_on == ("abc",)
    assert loaded.blends["plain"].features == BLEND.features
    table = np.array([[3, 0], [1, 1]], dtype=np.float32)
    assert loaded.blends["plain"].of_table(table) == pytest.approx(BLEND.of_table(table))


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 9}', '{"format": 1, "blends": {"plain": {}}, "fitted_on": [], "about": ""}']
)
def test_a_file_that_is_no_ranker_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "ranker.json").write_text(text, encoding="utf-8")
    with pytest.raises(RankerError, match=r"ranker\.json"):
        Ranker.load(tmp_path / "ranker.json")


def test_a_missing_file_and_numbers_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RankerError, match="no ranker"):
        Ranker.load(tmp_path / "none.json")
    Ranker({"plain": BLEND}).save(tmp_path / "ranker.json")
    record = json.loads((tmp_path / "ranker.json").read_text(encoding="utf-8"))
    record["blends"]["plain"]["features"]["near"]["spread"] = 0
    (tmp_path / "ranker.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(RankerError, match="damaged"):
        Ranker.load(tmp_path / "ranker.json")


def test_the_ranker_that_ships_has_every_blend() -> None:
    ranker = Ranker.load(shipped("data/ranker.json"))
    assert set(ranker.blends) == {"plain", "live", "ratings", "dialogues", "ratings+dialogues"}
    assert len(ranker.fitted_on) >= 1
