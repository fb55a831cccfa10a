"""prompts/README.md cannot fall behind the code: its packs, blanks, additions, examples and messages are the ones there are."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from chatrec.cli import main
from chatrec.errors import PromptError
from chatrec.language.prompts import PromptPack
from chatrec.language.shelf import PromptShelf
from chatrec.language.stages import STAGES, Stage

SHIPPED = Path(__file__).parents[2] / "prompts"
README = (SHIPPED / "README.md").read_text(encoding="utf-8")
EXAMPLE = README.split("```markdown\n", 1)[1].split("```", 1)[0]


def part(heading: str) -> str:
    return README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of a part's table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[1:]]


@pytest.mark.parametrize("stage", STAGES.values(), ids=lambda stage: stage.name)
def test_every_blank_is_listed_with_its_example(stage: Stage) -> None:
    expected = [
        [
            f"`{{{{{b.name}}}}}`{' *' if b.required else ''}{' †' if b.data else ''}",
            b.meaning,
            "`" + b.example.replace("|", "\\|").replace("\n", " ⏎ ") + "`",
        ]
        for b in stage.blanks
    ]
    assert rows(part(f"{stage.name}.md")) == expected


def test_every_stage_has_a_part_and_every_part_a_stage() -> None:
    assert re.findall(r"^## (\w+)\.md$", README, re.MULTILINE) == list(STAGES)


def test_every_pack_is_listed_with_its_files() -> None:
    listed = {cells[0].strip("`"): set(re.findall(r"`(\w+)\.md`", cells[1])) for cells in rows(part("Packs"))}
    there = {
        folder.name: {stage for stage in STAGES if (folder / f"{stage}.md").exists()}
        for folder in SHIPPED.iterdir()
        if folder.is_dir()
    }
    assert listed == there


def test_what_code_appends_is_told() -> None:
    told = {cells[0].strip("`").removesuffix(".md"): cells[1:] for cells in rows(part("What the program adds"))}
    assert set(told) == set(STAGES)
    for name, (format_, reminder) in told.items():
        stage = STAGES[name]
        assert reminder == f"`{stage.reminder}`"
        for word in re.findall(r"`([^`]+)`", format_):
            for key in re.findall(r"\w+", word):
                assert f'"{key}"' in stage.reply_format, f"{key} is no part of the format of {name}"
    assert "no headings, no lists, no markup, no links, at most 120 words" in STAGES["answer"].reply_format


def test_example_pack_is_in_order(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "default", tmp_path / "default")
    (tmp_path / "rhymes").mkdir()
    (tmp_path / "rhymes" / "answer.md").write_text(EXAMPLE, encoding="utf-8")
    assert PromptPack.load(tmp_path, "rhymes").files["answer"] == tmp_path / "rhymes" / "answer.md"


@pytest.mark.parametrize("line", re.findall(r"^chatrec .+$", README, re.MULTILINE))
def test_every_command_shown_runs(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    items = tmp_path / "items.jsonl"
    rows_ = [
        {"id": f"w{n}", "title": f"Dust {n}", "genres": ["Western"], "description": "A quiet rider crosses a dry valley."}
        for n in range(4)
    ]
    items.write_text("".join(json.dumps(row) + "\n" for row in rows_), encoding="utf-8")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "CHATREC_MODEL", "CHATREC_DATABASE", "CHATREC_INDEX", "CHATREC_PROMPTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHATREC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CHATREC_CATALOG", str(items))
    assert main(shlex.split(line.split(" #")[0])[1:]) == 0
    assert capsys.readouterr().out


# --------------------------------------------------------------------------- what goes wrong

WRONG: list[bytes | str] = [
    b"<!-- x -->\n---\n{{facts}}\n{{mesage}}",
    b"<!-- x -->\n---\n{{facts}}\n{{message} is what was said",
    b"Be kind.\n\n\n---\n\n\n\n\n{{facts}}\n",
    b"Be kind.\nSay: {{message}}\n---\n{{facts}}",
    b"<!-- for me\n{{facts}} {{message}}",
    b"Be kind.\n---\n\xe9 {{facts}} {{message}}",
    "answers.md",
    "default/answer.md",
    "rhymes",
    "rimes",
]


@pytest.mark.parametrize(
    ("row", "wrong"), list(zip(rows(part("What goes wrong")), WRONG, strict=True)), ids=lambda x: str(x[0])[:30]
)
def test_every_mistake_is_told_as_it_says(row: list[str], wrong: bytes | str, tmp_path: Path) -> None:
    for name in ("default", "concise", "critic", "discovery", "family"):
        shutil.copytree(SHIPPED / name, tmp_path / name)
    own = tmp_path / "rhymes"
    own.mkdir()
    (own / "answer.md").write_text(EXAMPLE, encoding="utf-8")
    shelf = PromptShelf(tmp_path)
    shelf.pack("rhymes")
    asked = "rhymes"
    spoil: dict[str, Callable[[], object]] = {
        "answers.md": lambda: (own / "answers.md").write_text("x", encoding="utf-8"),
        "default/answer.md": lambda: (tmp_path / "default" / "answer.md").unlink(),
        "rhymes": lambda: shutil.rmtree(own),
        "rimes": lambda: None,
    }
    if isinstance(wrong, bytes):
        (own / "answer.md").write_bytes(wrong)
    else:
        spoil[wrong]()
        asked = {"default/answer.md": "default", "rimes": "rimes"}.get(wrong, asked)
    if wrong == "rimes":
        shutil.rmtree(own)
        with pytest.raises(PromptError) as raised:
            shelf.pack(asked)
        said = str(raised.value)
    else:
        (said,) = shelf.problems(asked)
    said = said.removeprefix("rhymes/")
    for piece in re.sub(r"\\(\|)", r"\1", row[1]).strip("`").split("..."):
        assert piece in said
