"""The shelf of packs: an edit counts from the next turn on, a broken one is named once and leaves the last good version."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chatrec.errors import PromptError
from chatrec.language.shelf import PromptShelf
from chatrec.language.stages import STAGES

SHIPPED = Path(__file__).parents[2] / "prompts"
GOOD = "Answer in {{language}}.\n---\n{{facts}}\n\n{{message}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of packs: the shipped default, and `mine` with an answer.md of its own."""
    root = tmp_path / "prompts"
    shutil.copytree(SHIPPED / "default", root / "default")
    (root / "mine").mkdir()
    (root / "mine" / "answer.md").write_text(GOOD, encoding="utf-8")
    return root


def told(shelf: PromptShelf, name: str = "mine", stage: str = "answer") -> str:
    """The first line of the instructions a stage would get now."""
    values = {blank.name: f"[{blank.name}]" for blank in STAGES[stage].blanks}
    return shelf.pack(name).render(stage, values)[0][1].splitlines()[0]


def test_edit_takes_effect_with_the_next_use_however_quick(root: Path) -> None:
    shelf = PromptShelf(root)
    file = root / "mine" / "answer.md"
    before = file.stat()
    assert told(shelf) == "Answer in [language]."
    file.write_text(GOOD.replace("Answer", "Recite"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert told(shelf) == "Recite in [language]."
    assert shelf.pack("mine") is shelf.pack("mine")


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (b"Answer.\n---\n{{facts}}\n{{mesage}}", "mine/answer.md, line 4: there is no blank {{mesage}}"),
        (b"Answer in {{langu", "mine/answer.md, line 1: '{{langu' is not a closed blank"),
        (b"", "mine/answer.md, line 1 (its end): the blank {{message}} is missing"),
        (b"Answer.\n---\n\n\xe9t\xe9 {{facts}} {{message}}", "mine/answer.md, line 4: this is not UTF-8 text"),
    ],
    ids=["typo", "half-written", "empty", "latin-1"],
)
def test_broken_edit_leaves_the_last_good_version(
    root: Path, caplog: pytest.LogCaptureFixture, broken: bytes, complaint: str
) -> None:
    shelf = PromptShelf(root)
    assert told(shelf) == "Answer in [language]."
    file = root / "mine" / "answer.md"
    file.write_bytes(broken)
    for _ in range(3):
        assert told(shelf) == "Answer in [language]."
        (problem,) = shelf.problems("mine")
        assert problem.startswith(complaint)
    (record,) = caplog.records
    assert str(file) in record.message
    assert "its last good version stays in force" in record.message
    assert shelf.problems() == ()
    file.write_text(GOOD.replace("Answer", "Reply"), encoding="utf-8")
    assert told(shelf) == "Reply in [language]."
    assert shelf.problems("mine") == ()
    assert "is in order again" in caplog.records[-1].message


def test_every_broken_edit_is_logged_once(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf = PromptShelf(root)
    file = root / "mine" / "answer.md"
    for text in ("{{one}}", "{{two}}", "{{two}} again"):
        file.write_text(text, encoding="utf-8")
        for name in ("mine", "mine", "default"):
            shelf.pack(name)
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 3


def test_one_broken_file_does_not_hold_up_the_others(root: Path) -> None:
    shelf = PromptShelf(root, "mine")
    (root / "mine" / "answer.md").write_text("{{typo}}", encoding="utf-8")
    (root / "mine" / "recommend.md").write_text("Rank.\n---\n{{message}}{{request}}{{candidates}}\n{{count}}", encoding="utf-8")
    assert told(shelf) == "Answer in [language]."
    assert told(shelf, stage="recommend") == "Rank."


def test_deleted_file_of_a_pack_gives_way_to_the_default(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf = PromptShelf(root)
    told(shelf)
    (root / "mine" / "answer.md").unlink()
    (root / "mine" / "recommend.md").write_text("Rank. {{message}}{{request}}{{candidates}}{{count}}", encoding="utf-8")
    assert told(shelf).startswith("You are a friend")
    assert shelf.problems("mine") == ()
    assert caplog.records == []


def test_deleted_file_of_the_default_stays_in_force(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf = PromptShelf(root)
    (root / "default" / "answer.md").unlink()
    for _ in range(2):
        assert told(shelf, "default").startswith("You are a friend")
    assert shelf.problems() == ("default/answer.md is gone; put it back.",)
    assert len(caplog.records) == 1


def test_deleted_pack_stays_in_force_for_those_who_use_it(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf = PromptShelf(root)
    told(shelf)
    shutil.rmtree(root / "mine")
    for _ in range(2):
        assert told(shelf) == "Answer in [language]."
    assert shelf.problems("mine") == ("mine is no longer a prompt pack; its last good version stays in force.",)
    assert shelf.names() == ("default",)
    assert len(caplog.records) == 1


def test_whole_folder_deleted_leaves_the_host_s_pack(root: Path) -> None:
    shelf = PromptShelf(root, "mine")
    shutil.rmtree(root)
    assert told(shelf, "") == "Answer in [language]."
    assert shelf.names() == ("mine",)
    assert shelf.problems()


def test_file_that_never_was_in_order_gives_way_to_the_default(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf = PromptShelf(root)
    (root / "late").mkdir()
    (root / "late" / "answer.md").write_text("{{typo}}", encoding="utf-8")
    assert told(shelf, "late").startswith("You are a friend")
    assert "late/answer.md, line 1" in shelf.problems("late")[0]
    assert "the one of the default pack is used" in caplog.records[0].message


def test_file_of_no_stage_is_named_and_the_rest_works(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf = PromptShelf(root)
    (root / "mine" / "recomend.md").write_text("{{candidates}}", encoding="utf-8")
    for _ in range(2):
        assert told(shelf) == "Answer in [language]."
    assert shelf.problems("mine")[0].startswith("mine/recomend.md belongs to no stage")
    assert len(caplog.records) == 1


def test_pack_added_meanwhile_can_be_chosen(root: Path) -> None:
    shelf = PromptShelf(root)
    assert shelf.names() == ("default", "mine")
    (root / "brief").mkdir()
    (root / ".hidden").mkdir()
    (root / ".hidden" / "answer.md").write_text(GOOD, encoding="utf-8")
    assert shelf.names() == ("default", "mine")
    (root / "brief" / "answer.md").write_text(GOOD, encoding="utf-8")
    (root / "brief" / "README.md").write_text("# brief\n\nSays little. Means much.\n", encoding="utf-8")
    assert shelf.names() == ("default", "brief", "mine")
    assert told(shelf, "brief") == "Answer in [language]."
    assert shelf.about("brief") == "Says little."
    assert shelf.about("mine") == ""


def test_host_s_own_folder_goes_by_its_name(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "elsewhere" / "tone"
    own.mkdir(parents=True)
    (own / "answer.md").write_text(GOOD.replace("Answer", "Sing"), encoding="utf-8")
    shelf = PromptShelf(root, str(own))
    assert (shelf.host, shelf.names()) == ("tone", ("tone", "default", "mine"))
    assert told(shelf, "") == told(shelf, "tone") == "Sing in [language]."
    (own / "answer.md").write_text("{{typo}}", encoding="utf-8")
    assert shelf.problems()[0].startswith("tone/answer.md, line 1")


@pytest.mark.parametrize("name", ["missing", "../default", "..", "/etc", "README.md", ".", "mine/"])
def test_visitor_cannot_name_anything_but_a_pack(root: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(SHIPPED / "default", tmp_path / "outside")
    with pytest.raises(PromptError, match="There is no prompt pack"):
        PromptShelf(root).pack(name)
    assert "There is no prompt pack" in PromptShelf(root).problems(name)[0]


def test_host_s_pack_must_be_in_order_at_the_start(root: Path) -> None:
    (root / "mine" / "answer.md").write_text("{{typo}}", encoding="utf-8")
    with pytest.raises(PromptError, match=r"answer\.md, line 1"):
        PromptShelf(root, "mine")
    PromptShelf(root)


def test_many_threads_see_whole_versions_while_a_file_is_edited(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf = PromptShelf(root)
    file, done = root / "mine" / "answer.md", threading.Event()

    def edit() -> None:
        for number in range(60):
            file.write_text(GOOD.replace("Answer", f"Answer{number}") if number % 3 else "{{typo}}", encoding="utf-8")
        done.set()

    def use(_: int) -> set[str]:
        seen: set[str] = set()
        while not done.is_set():
            seen.add(told(shelf))
            assert shelf.names() == ("default", "mine")
        return seen

    with ThreadPoolExecutor(9) as pool:
        users = [pool.submit(use, n) for n in range(8)]
        pool.submit(edit).result()
        seen = set().union(*(user.result() for user in users))
    assert seen
    assert all(line.startswith("Answer") and line.endswith("in [language].") for line in seen)
    assert told(shelf) == "Answer59 in [language]."
    assert shelf.problems("mine") == ()
