"""An import makes a folder that runs, replaces only what is its own, and leaves the old one when it fails."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.datasets import movielens
from chatrec.datasets.content import Content, Rows
from chatrec.datasets.importing import write_catalog
from chatrec.datasets.lines import Problems
from chatrec.datasets.sources import Source
from chatrec.errors import DatasetError
from chatrec.history.actions import RULES_FILE
from chatrec.history.interactions import Interactions
from chatrec.records import Item
from tests.datasets.shelves import csv_movielens, old_movielens, records_of


def reader(place: Path) -> Callable[[Problems], Content]:
    return lambda problems: movielens.read(Source(place), problems, "Made-up films")


def test_a_folder_is_a_catalog_with_interactions(tmp_path: Path) -> None:
    done = write_catalog(reader(old_movielens(tmp_path / "ml")), tmp_path / "new" / "catalog", dataset="movielens-100k")
    assert (done.items, done.interactions, done.users, done.skipped) == (3, 4, 2, 0)
    catalog, problems = read_catalog(done.folder)
    assert problems == []
    assert (catalog.name, catalog.noun, catalog.plural) == ("Made-up films", "film", "films")
    assert [item.label for item in catalog] == ["The Moon Harbour (1995)", "L'Été bleu (1988)", "unknown"]
    found = Interactions.open(done.folder / "interactions")
    assert len(found) == 4
    assert found.users == ("2", "1")
    assert set(found.items) <= {item.id for item in catalog}
    assert found.people["1"] == {"age": 24, "gender": "M", "occupation": "technician"}
    times = [(act.item, act.value, act.action) for act in found.by("1")]
    assert times == [("2", 4.0, "rate"), ("1", 3.0, "rate")]
    assert {entry.name for entry in done.folder.iterdir()} == {"items.jsonl", "about.json", "interactions"}
    assert {entry.name for entry in done.folder.parent.iterdir()} == {"catalog"}


def test_progress_is_shown_where_it_is_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_catalog(reader(csv_movielens(tmp_path / "ml")), tmp_path / "quiet", dataset="x")
    assert capsys.readouterr().err == ""
    write_catalog(reader(tmp_path / "ml"), tmp_path / "catalog", dataset="x", progress=True)
    assert "Made-up films: 100%" in capsys.readouterr().err


def test_standing_comes_from_the_ratings(tmp_path: Path) -> None:
    done = write_catalog(reader(old_movielens(tmp_path / "ml")), tmp_path / "catalog", dataset="x")
    first, second, third = records_of(done.folder)
    mean = (5 + 3 + 4 + 1) / 4
    assert first["popularity"] == 100.0
    assert second["popularity"] == third["popularity"] == round(100 * np.log(2) / np.log(3), 1)
    assert first["acclaim"] == round(100 * (5 + 3 + 10 * mean) / 12 / 5, 1)
    assert third["acclaim"] == round(100 * (1 + 10 * mean) / 11 / 5, 1)


def test_rows_of_unknown_films_are_reported_and_every_problem_is_in_the_file(tmp_path: Path) -> None:
    folder = csv_movielens(tmp_path / "ml")
    with (folder / "ratings.csv").open("a") as out:
        out.writelines(f"1,{film},3.0,100\n" for film in range(1000, 1030))
        out.write("1,1,9.5,100\n")
    done = write_catalog(reader(folder), tmp_path / "catalog", dataset="x")
    assert (done.interactions, done.skipped, len(done.problems)) == (3, 31, 20)
    lines = (done.folder / "problems.txt").read_text().splitlines()
    assert len(lines) == 31
    assert "ratings.csv:5: item 1000 is not among the items" in lines
    assert "ratings.csv:35: a rating of 9.5 is not above 0 and at most 5" in lines
    read, problems = read_catalog(done.folder)
    assert (len(read), problems) == (2, [])


def test_an_import_replaces_what_an_import_made_and_keeps_the_rules_of_its_owner(tmp_path: Path) -> None:
    write_catalog(reader(old_movielens(tmp_path / "old")), tmp_path / "catalog", dataset="x")
    for rules in (tmp_path / "catalog" / RULES_FILE, tmp_path / "catalog" / "interactions" / RULES_FILE):
        rules.write_text(f"# mine, in {rules.parent.name}")
    write_catalog(reader(csv_movielens(tmp_path / "new")), tmp_path / "catalog", dataset="x")
    assert (tmp_path / "catalog" / RULES_FILE).read_text() == "# mine, in catalog"
    assert (tmp_path / "catalog" / "interactions" / RULES_FILE).read_text() == "# mine, in interactions"
    assert [record["id"] for record in records_of(tmp_path / "catalog")] == ["1", "7"]
    assert {entry.name for entry in tmp_path.iterdir()} == {"old", "new", "catalog"}


@pytest.mark.parametrize("left", ["notes.txt", "items.jsonl"])
def test_a_folder_that_no_import_made_is_never_touched(tmp_path: Path, left: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / left).write_text("precious")
    with pytest.raises(DatasetError, match=r"name a new folder with --to"):
        write_catalog(reader(old_movielens(tmp_path / "ml")), tmp_path / "mine", dataset="x")
    assert (tmp_path / "mine" / left).read_text() == "precious"


class Stopped(BaseException):
    """Stands for Ctrl-C."""


def _broken(error: BaseException, problems: Problems) -> Content:
    def rows(problems: Problems) -> Iterator[Rows]:
        one = np.array([1])
        yield Rows("ratings.csv", one, one, "rate", one.astype(np.float32), one, one)
        raise error

    return Content("New", (Item(id="1", title="New"),), keys={1: "1"}, rows=rows)


@pytest.mark.parametrize("error", [Stopped(), OSError(errno.ENOSPC, "No space left on device"), DatasetError("broken")])
def test_an_import_that_fails_leaves_the_old_folder_as_it_was(tmp_path: Path, error: BaseException) -> None:
    write_catalog(reader(old_movielens(tmp_path / "ml")), tmp_path / "catalog", dataset="x")
    before = {file: file.read_bytes() for file in (tmp_path / "catalog").rglob("*") if file.is_file()}
    with pytest.raises((Stopped, DatasetError)) as caught:
        write_catalog(partial(_broken, error), tmp_path / "catalog", dataset="x")
    assert {file: file.read_bytes() for file in (tmp_path / "catalog").rglob("*") if file.is_file()} == before
    assert {entry.name for entry in tmp_path.iterdir()} == {"ml", "catalog"}
    if isinstance(error, OSError):
        assert "the disk is full; make room" in str(caught.value)


def test_a_kill_between_the_two_renames_is_mended_by_the_next_import(tmp_path: Path) -> None:
    write_catalog(reader(old_movielens(tmp_path / "ml")), tmp_path / "catalog", dataset="x")
    (tmp_path / "catalog").rename(tmp_path / ".catalog.replaced")
    with pytest.raises(DatasetError, match="broken"):
        write_catalog(partial(_broken, DatasetError("broken")), tmp_path / "catalog", dataset="x")
    assert len(records_of(tmp_path / "catalog")) == 3


def test_only_interactions_are_written_for_a_catalog_that_is_there(tmp_path: Path) -> None:
    theirs = Catalog(
        [Item(id="harbour", title="Moon Harbour", year=1996), Item(id="other", title="Other", year=1990)], name="ours"
    )
    done = write_catalog(reader(csv_movielens(tmp_path / "ml")), tmp_path / "onto", dataset="x", onto=theirs)
    assert (done.matched, done.by_site, done.interactions, done.unmatched, done.users) == (1, 0, 2, 1, 2)
    assert {entry.name for entry in done.folder.iterdir()} == {"interactions"}
    found = Interactions.open(done.folder / "interactions")
    assert found.items == ("harbour",)
    assert [act.value for act in found.by("3")] == [5.0]


def test_nothing_in_common_with_a_catalog_is_told(tmp_path: Path) -> None:
    stranger = Catalog([Item(id="x", title="Nothing Alike", year=1901)], name="ours")
    with pytest.raises(DatasetError, match="None of the 2 items of Made-up films is in ours"):
        write_catalog(reader(csv_movielens(tmp_path / "ml")), tmp_path / "onto", dataset="x", onto=stranger)
    assert not (tmp_path / "onto").exists()


def test_actions_of_a_table_stay_apart(tmp_path: Path) -> None:
    acts = np.array(["purchase", "view", "purchase"], dtype=object)
    keys = np.array(["a", "b", "a"], dtype=object)
    at = np.array([3, 2, 1])
    rows = Rows("acts.csv", np.array(["u", "u", "v"], dtype=object), keys, acts, np.full(3, np.nan), at, at)
    items = (Item(id="a", title="A"), Item(id="b", title="B"))
    content = Content("acts", items, keys={"a": "a", "b": "b"}, rows=lambda _: iter([rows]))
    done = write_catalog(lambda _: content, tmp_path / "catalog", dataset="table")
    found = Interactions.open(done.folder / "interactions")
    assert [(act.item, act.action) for act in found.by("u")] == [("b", "view"), ("a", "purchase")]
    assert all("acclaim" not in record for record in records_of(done.folder))
    about = json.loads((done.folder / "about.json").read_text())
    assert about["imported"] == "table"


def test_saved_and_streamed_interactions_are_the_same_files(tmp_path: Path) -> None:
    done = write_catalog(reader(csv_movielens(tmp_path / "ml")), tmp_path / "catalog", dataset="x")
    streamed = done.folder / "interactions"
    Interactions.open(streamed).save(tmp_path / "saved")
    for file in streamed.iterdir():
        assert (tmp_path / "saved" / file.name).read_bytes() == file.read_bytes(), file.name


def test_acclaim_of_ratings_that_go_below_zero_is_a_share_of_the_whole_way(tmp_path: Path) -> None:
    items = (Item(id="a", title="A"), Item(id="b", title="B"))
    users = np.array([f"u{n}" for n in range(400)], dtype=object)
    of = np.array(["a", "b"] * 200, dtype=object)
    value = np.array([2.0, -2.0] * 200, dtype=np.float32)

    def chunks(_: Problems) -> Iterator[Rows]:
        nowhere = np.zeros(400, dtype=np.int64)
        yield Rows("acts.csv", users, of, np.array(["rated"] * 400, dtype=object), value, nowhere, nowhere)

    content = Content(name="x", items=items, keys={"a": "a", "b": "b"}, rows=chunks)
    done = write_catalog(lambda _: content, tmp_path / "catalog", dataset="x")
    first, second = (record["acclaim"] for record in records_of(done.folder))
    assert (first, second) == (round(100 * (2 + 400 / 210) / 4, 1), round(100 * (2 - 400 / 210) / 4, 1))


def test_two_imports_into_one_place_leave_one_whole_catalog(tmp_path: Path) -> None:
    folder, to = csv_movielens(tmp_path / "ml"), tmp_path / "catalog"

    def slowly(problems: Problems) -> Content:
        write_catalog(reader(folder), to, dataset="the other")  # begins later and is done before
        return reader(folder)(problems)

    assert write_catalog(slowly, to, dataset="the first").items == 2
    assert json.loads((to / "about.json").read_text(encoding="utf-8"))["imported"] == "the first"
    assert len(Interactions.open(to / "interactions")) == 3
    assert {entry.name for entry in tmp_path.iterdir()} == {"ml", "catalog"}


def test_what_a_killed_import_left_behind_is_removed_after_a_day(tmp_path: Path) -> None:
    old, new = tmp_path / ".catalog.importing-00000000", tmp_path / ".catalog.importing-11111111"
    for left in (old, new):
        left.mkdir()
    os.utime(old, (0, 0))
    write_catalog(reader(csv_movielens(tmp_path / "ml")), tmp_path / "catalog", dataset="x")
    assert (old.exists(), new.exists()) == (False, True)
