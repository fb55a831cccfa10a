"""`chatrec eval dialogues` and `similar` from the command line: a table, files on request, mistakes in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatrec.cli import main
from tests.evaluation.dialogues import write_world


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATREC_CACHE", str(tmp_path / "cache"))


def test_dialogues_print_a_table_and_write_the_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world, out = write_world(tmp_path / "world", dialogues=12), tmp_path / "out"
    other = write_world(tmp_path / "other", dialogues=6)
    assert main(["eval", "dialogues", "--data", str(world), "--train", str(other), "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "24 cases in 12 dialogues" in shown
    for method in ("BM25", "dense", "hybrid + learned", "learned with statistics", "neighbours"):
        assert f"| {method} |" in shown
    assert json.loads((out / "dialogues.json").read_text(encoding="utf-8"))["cases"] == 24


def test_the_engine_in_use_can_be_asked_about_some_turns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = write_world(tmp_path / "world", dialogues=4)
    assert main(["eval", "dialogues", "--data", str(world), "--engine", "--no-hybrid", "--limit", "3"]) == 0
    shown = capsys.readouterr().out
    assert "| engine: built-in |" in shown
    assert "3 cases" in shown


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "dialogues", "--data", str(tmp_path / "nowhere")]) == 2
    shown = capsys.readouterr().err
    assert "films.jsonl cannot be read" in shown
    assert "Traceback" not in shown


def test_titles_that_are_not_there_are_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "similar", "--data", str(tmp_path / "nowhere")]) == 2
    assert "netflix_titles.csv" in capsys.readouterr().err
