"""Tables of any shape through a column map, given as options or as TOML."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from chatrec.datasets.columns import INTERACTION_KEYS, Column, Plan, TableMap, read_pairs, read_plan
from chatrec.datasets.content import Content
from chatrec.datasets.lines import Problems
from chatrec.datasets.tables import read
from chatrec.errors import DatasetError
from chatrec.history.interactions import UNKNOWN_TIME
from chatrec.records import Item

BOOKS = "isbn;name;released;shelves;writer\n1;Salt;1999-05-01;sea, islands;Ada Moor\n2;Tin;2003;cities;Bo Lind, Cy Ray\n"
PLAN = """
noun = "book"
[items]
file = "books.csv"
[items.columns]
id = "isbn"
title = "name"
year = "released"
genres = { column = "shelves", split = "," }
"people.author" = "writer"
[interactions]
file = "acts.csv"
action = "view"
[interactions.columns]
user = "reader"
item = "isbn"
action = "did"
value = "stars"
at = "when"
[interactions.actions]
bought = "purchase"
"""


def shelf(folder: Path, plan: str = PLAN) -> Path:
    (folder / "books.csv").write_text(BOOKS)
    (folder / "acts.csv").write_text(
        "reader,isbn,did,stars,when\nann,1,rate,4,2020-01-01\nann,2,bought,,2020-01-02T00:00:00Z\nben,1,,,\n"
    )
    (folder / "map.toml").write_text(plan)
    return folder / "map.toml"


def rows(content: Content, problems: Problems | None = None) -> list[tuple[str, str, str, float, int]]:
    assert content.rows is not None
    found: list[tuple[str, str, str, float, int]] = []
    for chunk in content.rows(problems or Problems()):
        columns = (chunk.user, chunk.item, np.asarray(chunk.action), chunk.value, chunk.at)
        found += zip(*(column.tolist() for column in columns), strict=True)
    return found


def test_a_plan_says_where_everything_is(tmp_path: Path) -> None:
    content = read(read_plan(shelf(tmp_path)), Problems())
    assert (content.noun, content.plural, content.name) == ("book", "books", "books")
    assert content.items == (
        Item(id="1", title="Salt", year=1999, genres=("sea", "islands"), people={"author": ("Ada Moor",)}),
        Item(id="2", title="Tin", year=2003, genres=("cities",), people={"author": ("Bo Lind", "Cy Ray")}),
    )
    found = rows(content)
    day = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
    assert found[0] == ("ann", "1", "rate", 4.0, day)
    assert found[1][:3] == ("ann", "2", "purchase")
    assert np.isnan(found[1][3])
    assert found[1][4] == day + 86_400
    assert found[2][2] == "view"
    assert found[2][4] == UNKNOWN_TIME


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (
            PLAN.replace("title =", "tilte ="),
            r"There is no key 'tilte' in \[items.columns\] of .*map.toml; did you mean title\?",
        ),
        (PLAN.replace("noun", "nuon"), r"There is no key 'nuon' in .*map.toml; did you mean noun\?"),
        (PLAN.replace('"isbn"', "7", 1), r"`id` in \[items.columns\] of .*map.toml must be a column's name"),
        (PLAN.replace("[items]", "[items"), r"The column map .*map.toml is no TOML"),
        (PLAN.replace('"books.csv"', '"nothing.csv"'), r"There is no file .*nothing.csv"),
        (PLAN.replace('"name"', '"nome"'), r"books.csv has no column for title=nome; its columns are isbn, name, released"),
        (PLAN.replace('user = "reader"', 'user = "raeder"'), r"acts.csv has no column for user=raeder"),
        (PLAN.replace("bought =", "bought.x ="), r"`bought` in \[interactions.actions\] of .*map.toml must be text"),
        ("items = 7", r"`items` of .*map.toml must be a table"),
    ],
)
def test_a_mistake_in_a_plan_names_key_and_file(tmp_path: Path, broken: str, said: str) -> None:
    file = shelf(tmp_path, broken)
    with pytest.raises(DatasetError, match=said):
        rows(read(read_plan(file), Problems()))


def test_pairs_are_read_and_mistakes_in_them_name_the_option() -> None:
    assert read_pairs(["title=name, year=released", "people.author=writer"], "--map") == {
        "title": Column("name"), "year": Column("released"), "people.author": Column("writer"),
    }  # fmt: skip
    with pytest.raises(DatasetError, match=r"There is no key 'titel' in --map; did you mean title\?"):
        read_pairs(["titel=name"], "--map")
    with pytest.raises(DatasetError, match=r"--map 'title' is not KEY=COLUMN"):
        read_pairs(["title"], "--map")
    with pytest.raises(DatasetError, match=r"There is no key 'stars' in --interactions-map; known: user, item"):
        read_pairs(["stars=x"], "--interactions-map", INTERACTION_KEYS)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_every_form_of_table_gives_the_same_items(tmp_path: Path, suffix: str) -> None:
    frame = pd.DataFrame({"key": ["a", "b"], "name": ["Salt", "Tin"], "tags": ["x|y", ""], "pages": [10, 20]})
    file = tmp_path / f"things{suffix}"
    if suffix == ".csv":
        frame.to_csv(file, index=False)
    elif suffix == ".jsonl":
        frame.to_json(file, orient="records", lines=True)
    else:
        pytest.importorskip("pyarrow")
        frame.to_parquet(file)
    columns = {"id": Column("key"), "title": Column("name"), "keywords": Column("tags")}
    items = read(Plan(items=TableMap(file, columns)), Problems()).items
    assert [(item.id, item.title, item.keywords) for item in items] == [("a", "Salt", ("x", "y")), ("b", "Tin", ())]
    assert [int(item.extra["pages"]) for item in items] == [10, 20]


def test_bad_rows_are_reported_by_line_and_the_rest_is_kept(tmp_path: Path) -> None:
    file = shelf(tmp_path)
    (tmp_path / "books.csv").write_text(BOOKS + "3;;2000;x;y\n1;Again;2001;x;y\n4;Oak;old;x;y\n5;Elm;2001;x;y\n")
    (tmp_path / "acts.csv").write_text(
        "reader,isbn,did,stars,when\nann,1,rate,many,2020-01-01\n,2,rate,1,\nben,1,rate,3,yesterday\nben,5,rate,3,5\n"
    )
    problems = Problems()
    content = read(read_plan(file), problems)
    assert [item.id for item in content.items] == ["1", "2", "5"]
    assert [(problem.file, problem.line) for problem in problems.first] == [
        ("books.csv", 4),
        ("books.csv", 5),
        ("books.csv", 6),
    ]
    problems = Problems()
    assert [row[:2] for row in rows(content, problems)] == [("ben", "5")]
    assert [problem.line for problem in problems.first] == [2, 3, 4]


def test_a_broken_parquet_file_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "x.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(DatasetError, match=r"holds no usable item; first problem: .* cannot be read as Parquet"):
        read(Plan(items=TableMap(tmp_path / "x.parquet")), Problems())


def test_figures_on_other_scales_become_ours(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,title,popularity,acclaim\n1,Salt,0,3.5\n2,Tin,99,7\n3,Oak,9999,N/A\n")
    items = read(Plan(items=TableMap(tmp_path / "a.csv")), Problems()).items
    assert [item.popularity for item in items] == [0.0, 50.0, 100.0]  # log(1 + n) against log(1 + 9999)
    assert [item.acclaim for item in items] == [35.0, 70.0, None]
    (tmp_path / "b.csv").write_text("id,title,popularity,acclaim\n1,Salt,0,35\n2,Tin,100,70\n")
    items = read(Plan(items=TableMap(tmp_path / "b.csv")), Problems()).items
    assert [(item.popularity, item.acclaim) for item in items] == [(0.0, 35.0), (100.0, 70.0)]


def test_columns_by_our_own_names_are_read_like_mapped_ones(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'id,title,year,runtime,genres,people\n1,Salt,1999-2003,1h 30m,"sea, war",director: Ada | cast: Bo\n'
        "2,Tin,unknown,N/A,\"['a', 'b']\",\n"
    )
    problems = Problems()
    items = read(Plan(items=TableMap(tmp_path / "a.csv")), problems).items
    assert items == (
        Item(
            id="1", title="Salt", year=1999, runtime=90, genres=("sea", "war"),
            people={"director": ("Ada",), "cast": ("Bo",)},
        ),
        Item(id="2", title="Tin", genres=("a", "b")),
    )  # fmt: skip
    assert problems.count == 0


def test_a_table_of_acts_that_is_none_is_told_by_its_own_first_line(tmp_path: Path) -> None:
    file = shelf(tmp_path)
    (tmp_path / "books.csv").write_text(BOOKS + "3;;2000;x;y\n")
    (tmp_path / "acts.csv").write_text("reader,isbn,did,stars,when\n" + ",1,rate,1,\n" * 50)
    problems = Problems()
    content = read(read_plan(file), problems)
    with pytest.raises(DatasetError, match=r"first problem: acts.csv:2: `reader` is empty"):
        rows(content, problems)
