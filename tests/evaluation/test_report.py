"""Reports: what is written, and what a second run need not do again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatrec.errors import SettingsError
from chatrec.evaluation.report import Kept, Report, Table, ready

TABLE = Table(
    "Films",
    ("NDCG@10",),
    {"ours": {"NDCG@10": (0.5, 0.01)}, "theirs": {"NDCG@10": (0.4, float("nan"))}},
    {"as published": {"NDCG@10": 0.9}},
    ("A note.",),
)


def test_the_best_figure_is_bold_and_errors_stand_beside() -> None:
    text = TABLE.markdown()
    assert "| ours | **0.5000** ± 0.0100 |" in text
    assert "| theirs | 0.4000 |" in text
    assert "| *as published* | *0.900* |" in text
    assert text.rstrip().endswith("A note.")


def test_a_report_is_json_markdown_and_a_plot(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    files = Report("protocol", {"seed": 42}, (TABLE,)).write(tmp_path)
    assert [file.name for file in files] == ["report.json", "report.md", "report.png"]
    whole = json.loads(files[0].read_text())
    assert whole["settings"] == {"seed": 42}
    assert whole["tables"][0]["rows"]["theirs"]["NDCG@10"] == [0.4, None]
    assert files[2].read_bytes().startswith(b"\x89PNG")


def test_a_finished_part_is_not_made_again(tmp_path: Path) -> None:
    made = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"value": 3}

    for _ in range(2):
        assert Kept(tmp_path, data="a").part("EASE", make) == {"value": 3}
    assert len(made) == 1


def test_other_data_or_settings_make_the_part_again(tmp_path: Path) -> None:
    Kept(tmp_path, data="a").part("EASE", lambda: 1)
    assert Kept(tmp_path, data="b").part("EASE", lambda: 2) == 2
    assert Kept(tmp_path, data="a").part("EASE", lambda: 3, ridge=5) == 3
    assert Kept(tmp_path, data="a").part("EASE", lambda: 4) == 1


def test_a_part_cut_while_written_is_made_again(tmp_path: Path) -> None:
    Kept(tmp_path).part("EASE", lambda: 1)
    for file in (tmp_path / "parts").iterdir():
        file.write_text(file.read_text()[:10])
    assert Kept(tmp_path).part("EASE", lambda: 2) == 2


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="name another folder with --out"):
        Kept(tmp_path / "file").part("EASE", lambda: 1)


def test_a_folder_for_the_report_is_made_or_refused_before_anything_is_done(tmp_path: Path) -> None:
    assert ready(tmp_path / "new" / "one").is_dir()
    assert list((tmp_path / "new" / "one").iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"file cannot be written \(.*\); name another folder with --out"):
        ready(tmp_path / "file")
