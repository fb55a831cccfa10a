"""The command line: JSON as promised, and one clear sentence with exit code 2 for every mistake a person can mend."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chatrec.cli import main
from chatrec.settings import shipped
from tests.films import make_catalog

ITEMS = [
    {"id": "a", "title": "The Clockwork Fox", "year": 2001, "description": "A fox made of clockwork crosses a frozen forest."},
    {"id": "b", "title": "Midnight Ferry", "year": 1994, "description": "Two strangers talk all night on a ferry to Crete."},
    {"id": "c", "title": "Robot Garden", "year": 2015, "description": "A retired robot grows roses for a lonely child."},
]


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has its own cache and catalog, and no setting of the machine it runs on."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "CHATREC_MODEL", "CHATREC_DATABASE", "CHATREC_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHATREC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CHATREC_CATALOG", str(write(tmp_path, ITEMS)))


def write(folder: Path, rows: list[dict[str, object]], name: str = "items.jsonl") -> Path:
    file = folder / name
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def fails(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must fail as a person's mistake, and give the one line it says."""
    assert main(arguments) == 2
    captured = capsys.readouterr()
    lines = [line for line in captured.err.splitlines() if line.startswith("chatrec: ")]
    assert lines
    assert "Traceback" not in captured.err + captured.out
    return lines[-1]


def test_ask_prints_one_json_object_per_turn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "something with a robot", "older", "--json"]) == 0
    turns = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(turns) == 2
    for turn in turns:
        assert set(turn) == {"reply", "picks", "profile", "request", "engine", "timings"}
        for pick in turn["picks"]:
            assert set(pick) == {"id", "title", "year", "reason", "evidence"}
            assert pick["id"] in {"a", "b", "c"}
    assert turns[0]["engine"] == "built-in"


def test_ask_prints_text_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "something with a robot"]) == 0
    assert "Robot Garden (2015)" in capsys.readouterr().out


def test_an_unknown_setting_is_refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATREC_MODLE", "x")
    assert "did you mean CHATREC_MODEL?" in fails(capsys, "ask", "hello")


def test_a_missing_catalog_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHATREC_CATALOG", str(tmp_path / "nowhere.jsonl"))
    assert "nowhere.jsonl" in fails(capsys, "ask", "hello")


def test_a_broken_line_is_reported_and_the_rest_is_used(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = write(tmp_path, ITEMS, "broken.jsonl")
    file.write_text(file.read_text() + '{"id": "d", "title": \n', encoding="utf-8")
    monkeypatch.setenv("CHATREC_CATALOG", str(file))
    assert main(["ask", "something with a robot"]) == 0
    captured = capsys.readouterr()
    assert "broken.jsonl:4" in captured.err
    assert "Robot Garden" in captured.out
    assert main(["data", "check"]) == 2
    assert "broken.jsonl:4" in capsys.readouterr().out


def test_an_index_of_another_catalog_is_refused_with_the_command_that_mends_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHATREC_INDEX", str(tmp_path / "index"))
    assert main(["index"]) == 0
    assert main(["ask", "hello"]) == 0
    monkeypatch.setenv("CHATREC_CATALOG", str(write(tmp_path, ITEMS[:2], "other.jsonl")))
    capsys.readouterr()
    assert "chatrec index" in fails(capsys, "ask", "hello")


def test_an_index_of_another_embedder_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    monkeypatch.setenv("CHATREC_INDEX", str(folder))
    assert main(["index"]) == 0
    about = json.loads((folder / "about.json").read_text())
    (folder / "about.json").write_text(json.dumps({**about, "embedder": "another"}))
    capsys.readouterr()
    assert "embedder" in fails(capsys, "ask", "hello")


def test_a_missing_index_folder_that_was_named_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHATREC_INDEX", str(tmp_path / "none"))
    assert "chatrec index" in fails(capsys, "ask", "hello")


def test_a_missing_embedder_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHATREC_EMBEDDER", str(tmp_path / "no-model"))
    assert "no-model" in fails(capsys, "ask", "hello")


def test_a_database_that_cannot_be_opened_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHATREC_DATABASE", str(tmp_path / "no" / "such" / "folder" / "memory.sqlite3"))
    assert "CHATREC_DATABASE" in fails(capsys, "ask", "hello")


def test_a_prompt_with_a_wrong_blank_is_refused_at_the_start(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pack = tmp_path / "mine"
    shutil.copytree(shipped("prompts") / "default", pack)
    (pack / "answer.md").write_text((pack / "answer.md").read_text() + "\nDear {{visitor_name}}\n")
    monkeypatch.setenv("CHATREC_PROMPTS", str(pack))
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    said = fails(capsys, "ask", "hello")
    assert "answer.md" in said
    assert "visitor_name" in said
    assert "visitor_name" in fails(capsys, "prompts", "check")


def test_an_unknown_provider_is_refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATREC_MODEL", "nobody:model")
    assert "nobody" in fails(capsys, "ask", "hello")


def test_a_fault_of_our_own_is_one_line_too(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def burst(*_: object) -> None:
        raise RuntimeError("wires crossed")

    monkeypatch.setattr("chatrec.cli.root.read_settings", burst)
    assert main(["ask", "hello"]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("chatrec: chatrec met a fault of its own (RuntimeError: wires crossed)")
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("arguments", [["nonsense"], ["ask"], ["ask", "--nope", "x"], ["data", "check", "/no/such/file.jsonl"]])
def test_misuse_exits_with_two(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert fails(capsys, *arguments)


def test_help_and_version_succeed(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["--version"], ["ask", "--help"], []):
        assert main(arguments) == 0
    assert "0.1.0" in capsys.readouterr().out


def test_stats_count_the_catalog(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "stats", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["items"] == len(ITEMS)


def test_the_fixture_catalog_can_be_written_and_read_back(tmp_path: Path) -> None:
    from chatrec.catalog.table import as_record, read_catalog

    films = make_catalog()
    file = write(tmp_path, [as_record(item) for item in films], "films.jsonl")
    again, problems = read_catalog(file)
    assert problems == []
    assert again.digest == films.digest
