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


def test_other_films_in_the_same_folder_are_measured_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world, out = write_world(tmp_path / "world", dialogues=4), tmp_path / "out"
    command = ["eval", "dialogues", "--data", str(world), "--no-hybrid", "--out", str(out)]
    assert main(command) == main(command) == 0
    assert "every turn was done before" in capsys.readouterr().out
    films = (world / "films.jsonl").read_text(encoding="utf-8").replace("a ghost haunts", "nothing at all")
    (world / "films.jsonl").write_text(films, encoding="utf-8")
    assert main(command) == 0
    assert "every turn was done before" not in capsys.readouterr().out


def test_dialogues_in_both_folders_are_told_and_not_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world, more = write_world(tmp_path / "world", dialogues=4), write_world(tmp_path / "more", dialogues=12)
    assert main(["eval", "dialogues", "--data", str(world), "--train", str(more), "--no-hybrid"]) == 0
    assert "9 turns of --train are of dialogues that --data holds too, and were not counted." in capsys.readouterr().err
    assert main(["eval", "dialogues", "--data", str(world), "--train", str(world), "--no-hybrid"]) == 0
    assert "the other folds of --data are counted instead" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["dialogues", "requests", "similar", "rated-items", "lists"])
def test_a_folder_that_cannot_be_written_is_refused_at_once(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    data = [] if command == "requests" else ["--data", str(write_world(tmp_path / "world", dialogues=2))]
    assert main(["eval", command, *data, "--out", str(tmp_path / "file")]) == 2
    said = capsys.readouterr().err
    assert "name another folder with --out" in said
    assert said.count("\n") == 1
