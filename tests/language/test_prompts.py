"""Prompt packs: strict about blanks, verbatim about values, fresh after an edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatrec.errors import PromptError
from chatrec.language.prompts import PromptPack
from chatrec.language.stages import STAGES

SHIPPED = Path(__file__).parents[2] / "prompts"
ANSWER = "<!-- for the tuner: {{anything}} -->\nAnswer in {{language}}.\n---\n{{facts}}\n\n{{message}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of packs: the shipped default, and `mine` with an answer.md of its own."""
    default, mine = tmp_path / "prompts" / "default", tmp_path / "prompts" / "mine"
    default.mkdir(parents=True)
    mine.mkdir()
    for stage in STAGES:
        (default / f"{stage}.md").write_text((SHIPPED / "default" / f"{stage}.md").read_text(), encoding="utf-8")
    (mine / "answer.md").write_text(ANSWER, encoding="utf-8")
    return tmp_path / "prompts"


def values(stage: str, **own: str) -> dict[str, str]:
    return {blank.name: own.get(blank.name, f"[{blank.name}]") for blank in STAGES[stage].blanks}


@pytest.mark.parametrize("stage", list(STAGES))
def test_shipped_prompt_is_in_order(stage: str) -> None:
    pack = PromptPack.load(SHIPPED)
    (system, told), (user, data) = pack.render(stage, values(stage))
    assert (system, user) == ("system", "user")
    assert told.endswith(STAGES[stage].reply_format)
    assert data.endswith(STAGES[stage].reminder)
    assert "<!--" not in told
    assert "{{" not in told + data
    for blank in STAGES[stage].blanks:
        assert f"[{blank.name}]" in told + data, f"{stage}.md leaves {blank.name} unused"
    assert pack.files[stage] == SHIPPED / "default" / f"{stage}.md"


def test_data_stands_apart_from_instructions() -> None:
    for stage in STAGES:
        (_, told), (_, data) = PromptPack.load(SHIPPED).render(stage, values(stage))
        assert "[message]" in data
        assert "[message]" not in told


def test_pack_lies_over_the_default(root: Path) -> None:
    assert PromptPack.load(root, "mine").files == {
        "profile": root / "default" / "profile.md",
        "recommend": root / "default" / "recommend.md",
        "answer": root / "mine" / "answer.md",
    }


def test_pack_may_be_a_folder_anywhere(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "elsewhere" / "tone"
    own.mkdir(parents=True)
    (own / "answer.md").write_text(ANSWER, encoding="utf-8")
    assert PromptPack.load(root, str(own)).templates["answer"].file == own / "answer.md"


def test_values_go_in_verbatim_and_are_not_looked_at_again(root: Path) -> None:
    tricky = "{{facts}} {language} \\1 ${x} }} {{"
    (_, told), (_, data) = PromptPack.load(root, "mine").render("answer", values("answer", message=tricky, facts="FACTS"))
    assert data.startswith(f"FACTS\n\n{tricky}")
    assert told.startswith("Answer in [language].")


def test_file_without_a_divider_is_data_alone(root: Path) -> None:
    (root / "mine" / "answer.md").write_text("{{facts}} {{message}}", encoding="utf-8")
    (_, told), (_, data) = PromptPack.load(root, "mine").render("answer", values("answer"))
    assert told == STAGES["answer"].reply_format
    assert data.startswith("[facts] [message]")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{{facts}}\n{{mesage}}", r"answer\.md, line 2: there is no blank \{\{mesage\}\}; .*\{\{message\}\}, \{\{facts\}\}"),
        ("<!-- two\nlines -->\n{{facts}} {{message}}\n{{Facts}}", r"line 4: '\{\{Facts\}\}' is not a closed blank"),
        ("{{facts}} {{message}}\n\nand {{langu", r"line 3: '\{\{langu' is not a closed blank"),
        ("{{facts}} {{message} }", r"line 1: .* is not a closed blank"),
        ("{{facts}}", r"the blank \{\{message\}\} is missing"),
        ("", "is missing"),
        ("{{count}} {{facts}} {{message}}", r"there is no blank \{\{count\}\}"),
        ("{{facts}}\n\nend\n", r"line 3 \(its end\): the blank \{\{message\}\} is missing"),
        (
            "Be kind.\nSay: {{message}}\n---\n{{facts}}",
            r"line 2: \{\{message\}\} holds words that are not yours; move it below",
        ),
        ("<!-- for me\n{{facts}} {{message}}", r"line 1: the comment at the top is not closed"),
    ],
)
def test_wrong_blank_is_a_clear_error(root: Path, text: str, complaint: str) -> None:
    (root / "mine" / "answer.md").write_text(text, encoding="utf-8")
    with pytest.raises(PromptError, match=complaint):
        PromptPack.load(root, "mine")


def test_misnamed_file_is_a_clear_error(root: Path) -> None:
    (root / "mine" / "recomend.md").write_text("{{candidates}}", encoding="utf-8")
    with pytest.raises(PromptError, match=r"recomend\.md belongs to no stage; .*recommend\.md"):
        PromptPack.load(root, "mine")


def test_readme_in_a_pack_is_no_prompt(root: Path) -> None:
    (root / "mine" / "README.md").write_text("about {{this}}", encoding="utf-8")
    PromptPack.load(root, "mine")


@pytest.mark.parametrize("name", ["missing", "no/such/folder"])
def test_unknown_pack_names_those_there_are(root: Path, name: str) -> None:
    with pytest.raises(PromptError, match=r"no prompt pack .*; there are default, mine\. Set CHATREC_PROMPTS"):
        PromptPack.load(root, name)


def test_unreadable_file_is_a_clear_error(root: Path) -> None:
    (root / "mine" / "answer.md").write_bytes(b"Be kind.\n\xff\xfe\xff{{message}}")
    with pytest.raises(PromptError, match=r"answer\.md, line 2: this is not UTF-8 text"):
        PromptPack.load(root, "mine")


def test_missing_default_file_is_a_clear_error(root: Path) -> None:
    (root / "default" / "recommend.md").unlink()
    with pytest.raises(PromptError, match=r"no prompt file .*recommend\.md"):
        PromptPack.load(root, "mine")


def test_values_must_be_those_of_the_stage(root: Path) -> None:
    pack = PromptPack.load(root)
    with pytest.raises(PromptError, match="wrong or missing: facts"):
        pack.render("answer", {k: v for k, v in values("answer").items() if k != "facts"})
    with pytest.raises(PromptError, match="wrong or missing: extra"):
        pack.render("answer", {**values("answer"), "extra": ""})
