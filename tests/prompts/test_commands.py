"""`chatrec prompts`: every pack checked, the exact text shown without a model, two packs compared; mistakes in one sentence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatrec.cli import main
from chatrec.cli.prompts import side_by_side
from chatrec.settings import shipped
from tests.scripted_server import ScriptedServer, scripted_server

ITEMS = [
    {"id": "a", "title": "The Clockwork Fox", "year": 2001, "description": "A fox made of clockwork crosses a frozen forest."},
    {"id": "b", "title": "Midnight Ferry", "year": 1994, "description": "Two strangers talk all night on a ferry to Crete."},
    {"id": "c", "title": "Robot Garden", "year": 2015, "description": "A retired robot grows roses for a lonely child."},
]


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has its own cache and catalog, and no setting of the machine it runs on."""
    items = tmp_path / "items.jsonl"
    items.write_text("".join(json.dumps(row) + "\n" for row in ITEMS), encoding="utf-8")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "CHATREC_MODEL", "CHATREC_DATABASE", "CHATREC_INDEX", "CHATREC_PROMPTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHATREC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CHATREC_CATALOG", str(items))
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789")
        monkeypatch.setenv("CHATREC_MODEL", "openai:tiny")
        yield server


def fails(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must fail as a person's mistake, and give the one line it says."""
    assert main(["prompts", *arguments]) == 2
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err + captured.out
    (line,) = [line for line in captured.err.splitlines() if line.startswith("chatrec: ")]
    return line


def says(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["prompts", *arguments]) == 0
    return capsys.readouterr().out


def broken(folder: Path) -> Path:
    """A pack with two mistakes."""
    folder.mkdir()
    (folder / "answer.md").write_text("---\n{{facts}} {{mesage}}", encoding="utf-8")
    (folder / "recomend.md").write_text("x", encoding="utf-8")
    return folder


def test_check_looks_at_every_pack(capsys: pytest.CaptureFixture[str]) -> None:
    said = says(capsys, "check")
    for pack in ("default", "concise", "critic", "discovery", "family"):
        assert f"Prompt pack {pack}: all files are in order" in said
    assert says(capsys, "check", "concise").splitlines() == [
        "Prompt pack concise: all files are in order (recommend.md, answer.md; the rest is default's)"
    ]


def test_check_names_every_mistake_and_goes_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHATREC_PROMPTS", str(broken(tmp_path / "mine")))
    assert main(["prompts", "check"]) == 2
    captured = capsys.readouterr()
    assert "recomend.md belongs to no stage" in captured.err
    assert "answer.md, line 2: there is no blank {{mesage}}" in captured.err
    assert "Prompt pack family: all files are in order" in captured.out
    assert main(["prompts", "check", "default"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nope"], "There is no prompt pack nope"),
        (["show", "rank", "-m", "x"], "There is no prompt rank; there are profile, recommend, answer."),
        (["show", "recommend"], "--message"),
        (["show", "recommend", "-m", "hello"], "No model would be asked"),
        (["show", "answer", "-m", "something with a robot"], "reads as 'recommend', for which profile and recommend"),
        (["show", "recommend", "-m", "robots", "--pack", "nope"], "There is no prompt pack nope"),
        (["diff", "default", "nope", "-m", "x"], "There is no prompt pack nope"),
        (["diff", "default", "-m", "x"], "Missing argument"),
        (["diff", "default", "concise", "-m", "hello"], "No model would be asked"),
    ],
)
def test_mistake_is_one_sentence(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert said in fails(capsys, *arguments)


def test_broken_pack_is_named_and_nothing_shown(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    mine = broken(tmp_path / "mine")
    (mine / "recomend.md").unlink()
    assert "answer.md, line 2" in fails(capsys, "show", "recommend", "-m", "robots", "--pack", str(mine))
    assert "answer.md, line 2" in fails(capsys, "diff", "default", str(mine), "-m", "robots")


def test_show_prints_what_would_be_sent_without_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    said = says(capsys, "show", "recommend", "-m", "something with a robot", "--pack", "critic")
    assert said.startswith("=== recommend.md of the pack critic")
    assert "no model is configured" in said
    assert "Against it:" in said
    assert "<message>\nsomething with a robot\n</message>" in said
    assert "1. Robot Garden (2015)" in said
    assert "{{" not in said
    last = said.strip().splitlines()[-1]
    assert last.startswith("=== in all: ")
    assert "tokens (approximate: " in last


def test_show_follows_a_conversation(capsys: pytest.CaptureFixture[str]) -> None:
    said = says(capsys, "show", "answer", "-m", "something with a robot", "-m", "why the first one?")
    assert "<message>\nwhy the first one?\n</message>" in said
    assert "<shown>\n1. Robot Garden (2015): " in said
    read = says(capsys, "show", "profile", "-m", "something with a robot", "-m", "older")
    assert "1. Robot Garden (2015)" in read
    assert '"intent": recommend' in read


def test_shown_text_is_the_text_that_is_sent(capsys: pytest.CaptureFixture[str], model: ScriptedServer) -> None:
    model.say('{"intent": "recommend"}', '{"intro": "", "picks": [{"number": 1, "reason": "A robot."}], "outro": ""}')
    assert main(["ask", "something with a robot"]) == 0
    capsys.readouterr()
    sent = [[message["content"] for message in request["messages"]] for request in model.requests]
    for stage, texts in zip(("profile", "recommend"), sent, strict=True):
        said = says(capsys, "show", stage, "-m", "something with a robot")
        assert said.startswith(f"=== {stage}.md of the pack default, as tiny would be sent it\n=== system: ")
        for text in texts:
            assert f"\n\n{text}\n\n" in said
    assert len(model.requests) == 2


def test_diff_without_a_model_compares_the_prompts(capsys: pytest.CaptureFixture[str]) -> None:
    said = says(capsys, "diff", "default", "concise", "-m", "something with a robot")
    assert said.startswith("No model is configured: this is the difference between the prompts")
    assert "profile.md: no difference" in said
    assert "--- default: recommend.md\n+++ concise: recommend.md\n" in said
    assert "+1. One line of 6 to 14 words" in said


def test_diff_with_a_model_puts_the_answers_side_by_side(
    capsys: pytest.CaptureFixture[str], model: ScriptedServer, tmp_path: Path
) -> None:
    own = tmp_path / "loud"
    shutil.copytree(shipped("prompts") / "concise", own)
    text = (own / "recommend.md").read_text(encoding="utf-8")
    (own / "recommend.md").write_text(text.replace("You help somebody in a hurry", "SHOUT"), encoding="utf-8")

    def answer(request: dict[str, list[dict[str, str]]]) -> str:
        told = request["messages"][0]["content"]
        if '"intent"' in told:
            return '{"intent": "recommend", "count": 1}'
        reason = "A ROBOT GROWS ROSES, FOR A CHILD!" if "SHOUT" in told else "A robot\x1b[31m grows roses."
        return json.dumps({"intro": "", "picks": [{"number": 1, "reason": reason}], "outro": ""})

    model.answer = answer
    said = says(capsys, "diff", "default", str(own), "-m", "one thing with a robot")
    (line,) = [line for line in said.splitlines() if "A ROBOT GROWS ROSES, FOR A CHILD!" in line]
    left, right = line.split(" | ")
    assert left.strip().endswith("grows roses.")
    assert right.strip() == "A ROBOT GROWS ROSES, FOR A CHILD!"
    assert "\x1b" not in said


def test_columns_are_wrapped_or_stand_one_after_the_other() -> None:
    long = "one two three four five six seven eight nine ten"
    assert side_by_side(long, "short", width=83) == [
        "one two three four five six seven eight  | short",
        "nine ten                                 |",
    ]
    assert side_by_side("a", "b", width=40) == ["a", "", "-" * 40, "", "b"]
