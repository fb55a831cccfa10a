"""What people name is recognised: a dataset, a folder, a zip, a table, a plan; and the commands do what they say."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from chatrec.catalog.table import read_catalog
from chatrec.cli import main
from chatrec.datasets import known
from chatrec.datasets.known import DATASETS, find, recognise
from chatrec.datasets.sources import Source
from chatrec.history.actions import WEIGHTS, rules_for
from chatrec.history.interactions import Interactions
from tests.datasets.publisher import publishing
from tests.datasets.shelves import csv_movielens, dat_movielens, old_movielens, records_of, zipped


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHATREC_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def run(*arguments: object) -> int:
    return main(["data", *map(str, arguments)])


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run(*arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith("chatrec: ")
    assert said.count("\n") == 1
    return said


def test_names_aliases_and_addresses_are_all_different() -> None:
    names = [name for dataset in DATASETS for name in (dataset.name, *dataset.aliases)]
    assert len(set(names)) == len(names)
    addresses = [dataset.address for dataset in DATASETS if dataset.address]
    assert len(set(addresses)) == len(addresses) == 8
    assert find("ML-100K") is find("movielens-100k")


def test_a_folder_is_recognised_by_its_files_and_its_name(tmp_path: Path) -> None:
    assert recognise(Source(old_movielens(tmp_path / "a"))).name == "movielens-100k"
    assert recognise(Source(dat_movielens(tmp_path / "b"))).name == "movielens-1m"
    assert recognise(Source(csv_movielens(tmp_path / "ml-25m"))).name == "movielens-25m"
    assert recognise(Source(csv_movielens(tmp_path / "c"))).name == "movielens"
    (tmp_path / "b" / "users.dat").unlink()
    assert recognise(Source(tmp_path / "b")).name == "movielens-10m"


def test_the_list_tells_what_is_there(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (cache / "datasets").mkdir(parents=True)
    (cache / "datasets" / "ml-1m.zip").write_bytes(b"")
    assert run("list", "--json") == 0
    listed = {entry["name"]: entry for entry in map(json.loads, capsys.readouterr().out.splitlines())}
    assert len(listed) == len(DATASETS)
    assert listed["movielens-1m"]["here"] == str(cache / "datasets" / "ml-1m.zip")
    assert listed["movielens-20m"]["here"] is None
    assert listed["movielens-32m"]["address"] == "https://files.grouplens.org/datasets/movielens/ml-32m.zip"
    assert run("list") == 0
    assert "terms: " in capsys.readouterr().out


def test_get_then_import_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped(old_movielens(tmp_path / "ml"), tmp_path / "made.zip").read_bytes()
    with publishing(content) as server:
        here = tuple(
            replace(dataset, address=server.address) if dataset.name == "movielens-100k" else dataset for dataset in DATASETS
        )
        monkeypatch.setattr(known, "DATASETS", here)
        assert run("get", "ml-100k") == 0
        assert "its checksum is right" in capsys.readouterr().out
    assert run("import", "movielens-100k", "--to", tmp_path / "catalog") == 0
    assert "3 items, 4 interactions of 2 people" in capsys.readouterr().out
    assert json.loads((tmp_path / "catalog" / "about.json").read_text())["name"] == "MovieLens 100k"


def test_a_dataset_behind_an_account_says_how_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert "download it by hand from https://www.kaggle.com" in refused(capsys, "get", "netflix")
    assert "is not here yet; download it by hand from" in refused(capsys, "import", "tmdb-5000", "--to", "x")
    assert "is not here yet; run chatrec data get movielens-32m" in refused(capsys, "import", "ml-32m", "--to", "x")


def test_a_name_nobody_knows_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean movielens-100k?" in refused(capsys, "get", "movielens100k")
    assert "did you mean movielens-100k?" in refused(capsys, "import", "movielen-100k", "--to", "x")
    assert "There is no file or folder ./nothing.csv" in refused(capsys, "import", "./nothing.csv", "--to", "x").replace(
        "folder nothing", "folder ./nothing"
    )


def test_the_wrong_folder_is_told_with_what_it_looks_like(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = csv_movielens(tmp_path / "ml")
    said = refused(capsys, "import", "movielens-100k", folder, "--to", tmp_path / "catalog")
    assert "is not movielens-100k: there is no u.item; it looks like movielens-latest-small" in said
    (tmp_path / "empty").mkdir()
    assert "holds no dataset known here" in refused(capsys, "import", tmp_path / "empty", "--to", tmp_path / "catalog")
    assert not (tmp_path / "catalog").exists()


def test_a_table_is_imported_with_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "books.csv").write_text("isbn,name,pages\n1,Salt,100\n2,Tin,x\n3,,7\n")
    (tmp_path / "acts.csv").write_text("who,isbn,stars\nann,1,4\nben,2,5\nben,9,5\n")
    arguments = ("--map", "id=isbn,title=name", "--interactions", tmp_path / "acts.csv", "--interactions-map")
    wanted = ("user=who,item=isbn,value=stars", "--noun", "book", "--to", tmp_path / "catalog")
    assert run("import", tmp_path / "books.csv", *arguments, *wanted) == 0
    said = capsys.readouterr()
    assert "2 items, 2 interactions of 2 people" in said.out
    assert "books.csv:4" in said.err
    assert "acts.csv:4: item 9 is not among the items" in said.err
    catalog, problems = read_catalog(tmp_path / "catalog")
    assert ([item.title for item in catalog], catalog.plural, problems) == (["Salt", "Tin"], "books", [])
    assert Interactions.open(tmp_path / "catalog" / "interactions").users == ("ann", "ben")


def test_a_file_under_another_name_is_read_as_the_dataset_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "dump.jsonl").write_text('{"name": "The Harbour (1990)", "genres": []}\n')
    assert run("import", "film-list", tmp_path / "dump.jsonl", "--to", tmp_path / "catalog") == 0
    assert records_of(tmp_path / "catalog")[0]["year"] == 1990


def test_a_plan_alone_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "books.jsonl").write_text('{"id": 1, "name": "Salt"}\n')
    (tmp_path / "map.toml").write_text('[items]\nfile = "books.jsonl"\n[items.columns]\ntitle = "name"\n')
    for number, arguments in enumerate([(tmp_path / "map.toml",), ("--map-file", tmp_path / "map.toml")]):
        assert run("import", *arguments, "--to", tmp_path / f"catalog-{number}") == 0
        assert [record["title"] for record in records_of(tmp_path / f"catalog-{number}")] == ["Salt"]
    capsys.readouterr()
    assert "Name a dataset, a folder or a file" in refused(capsys, "import", "--to", "x")


def test_interactions_alone_for_a_catalog_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = tmp_path / "ours.jsonl"
    ours.write_text('{"id": "moon", "title": "The Moon Harbour", "year": 1995}\n')
    folder = shutil.copytree(csv_movielens(tmp_path / "ml"), tmp_path / "ml-latest")
    assert run("import", folder, "--onto", ours, "--to", tmp_path / "onto") == 0
    said = capsys.readouterr().out
    assert "1 items were found in" in said
    assert f"CHATREC_INTERACTIONS={tmp_path / 'onto' / 'interactions'}" in said


def test_a_set_unpacked_here_is_found_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old_movielens(tmp_path / "here" / "ml-100k")
    zipped(dat_movielens(tmp_path / "made"), tmp_path / "here" / "ml-1m.zip")
    monkeypatch.chdir(tmp_path / "here")
    assert run("import", "ml-100k", "--to", tmp_path / "a") == 0
    assert run("import", "ml-1m", "--to", tmp_path / "b") == 0
    assert "3 items, 4 interactions" in capsys.readouterr().out
    assert "is not here yet" in refused(capsys, "import", "ml-25m", "--to", tmp_path / "c")


@pytest.mark.parametrize("name", ["movies.csv", "ratings.csv"])
def test_any_file_of_a_set_stands_for_the_set(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", csv_movielens(tmp_path / "ml") / name, "--to", tmp_path / "catalog") == 0
    assert "2 items, 3 interactions of 2 people" in capsys.readouterr().out


def test_what_is_missing_of_a_set_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = csv_movielens(tmp_path / "ml")
    (folder / "ratings.csv").unlink()
    said = refused(capsys, "import", folder, "--to", tmp_path / "catalog")
    assert "beside movies.csv it needs ratings.csv" in said
    both = tmp_path / "both"
    old_movielens(both / "one")
    old_movielens(both / "two")
    assert "only the folders one, two; name one of them" in refused(capsys, "import", both, "--to", tmp_path / "catalog")


def test_actions_nobody_described_are_told_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "books.csv").write_text("id,title\n1,Salt\n2,Tin\n")
    (tmp_path / "acts.csv").write_text("user,item,action\nann,1,bought\nann,2,Streamed\nben,2,Streamed\n")
    assert run("import", tmp_path / "books.csv", "--interactions", tmp_path / "acts.csv", "--to", tmp_path / "catalog") == 0
    said = capsys.readouterr().err
    assert "count for nothing: Streamed (2); give them weights in" in said
    assert "bought" not in said
    (tmp_path / "catalog" / "actions.toml").write_text('[aliases]\n"Streamed" = "watch"\n')
    assert rules_for(tmp_path / "catalog" / "interactions").weight("Streamed") == WEIGHTS["watch"]


def test_a_column_that_is_not_of_actions_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "books.csv").write_text("id,title\n1,Salt\n")
    (tmp_path / "acts.csv").write_text("user,item,action\n" + "".join(f"u{n},1,note {n}\n" for n in range(300)))
    said = refused(
        capsys, "import", tmp_path / "books.csv", "--interactions", tmp_path / "acts.csv", "--to", tmp_path / "catalog"
    )
    assert "more than 256 different actions ('note 0', " in said
