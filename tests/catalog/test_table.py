"""Whatever a catalog file holds, usable items are read, every broken line is told, and only CatalogError is raised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatrec.catalog.files import LONGEST_LINE, clean
from chatrec.catalog.table import Catalog, as_item, as_record, read_catalog
from chatrec.errors import CatalogError
from chatrec.records import Item

GOOD = {"id": "a", "title": "Alpha", "year": 1999}


def write(folder: Path, text: str | bytes, name: str = "items.jsonl") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def problems_of(path: Path) -> list[str]:
    return [str(problem) for problem in read_catalog(path)[1]]


def test_a_full_record_comes_back_as_it_was_written() -> None:
    record = {
        **GOOD,
        "description": "A film.",
        "genres": ["Drama", "War"],
        "people": {"director": ["Ann"], "cast": ["Bo", "Cy"]},
        "countries": ["Japan"],
        "languages": ["Japanese"],
        "runtime": 90,
        "keywords": ["calm"],
        "certificate": "7+",
        "popularity": 50.0,
        "acclaim": 60.5,
        "original_title": "アルファ",
        "content": {"violence": 1},
        "series": "Greek",
        "position": 1,
        "shelf": {"row": [1, 2]},
    }
    item = as_item(record)
    assert as_record(item) == record
    assert item.extra == {"shelf": {"row": [1, 2]}}
    assert as_item(as_record(item)) == item


@pytest.mark.parametrize(
    ("given_id", "item_id"),
    [("x", "x"), (" x ", "x"), (7, "7"), (7.0, "7"), (1.5, "1.5"), (10**30, str(10**30)), ("a\0b", "a b")],
)
def test_ids_are_texts_and_distinct_numbers_stay_distinct(given_id: Any, item_id: str) -> None:
    assert as_item({"id": given_id, "title": "X"}).id == item_id


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"id": None}, "`id` is missing"),
        ({"id": True}, "`id` is missing"),
        ({"id": []}, "`id` is missing"),
        ({"id": float("inf")}, "`id` is missing"),
        ({"title": " "}, "`title` is missing"),
        ({"title": "\0"}, "`title` is missing"),
        ({"title": ["X"]}, "`title` must be text, not list"),
        ({"year": "next year"}, "`year` must be a whole number"),
        ({"year": 1999.5}, "`year` must be a whole number"),
        ({"year": 10**400}, "`year` must be a whole number"),
        ({"year": True}, "`year` must be a whole number"),
        ({"acclaim": "high"}, "`acclaim` must be a number"),
        ({"genres": [1]}, "`genres` must be a list of texts"),
        ({"genres": {"a": 1}}, "`genres` must be a list of texts"),
        ({"people": ["Ann"]}, "`people` must be an object, not list"),
        ({"people": {"cast": [1]}}, "`people.cast` must be a list of texts"),
        ({"content": {"fear": 4}}, "`content.fear` must be 0, 1, 2 or 3"),
        ({"content": {"fear": "much"}}, "`content.fear` must be 0, 1, 2 or 3"),
        ({"content": {"fear": True}}, "`content.fear` must be 0, 1, 2 or 3"),
    ],
)
def test_a_wrong_value_is_told_by_the_name_of_its_key(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        as_item({**GOOD, **wrong})


def test_missing_facts_are_unknown_and_not_wrong() -> None:
    empty = dict.fromkeys(("year", "genres", "people", "content", "runtime", "acclaim", "series", "note"))
    assert as_item({**GOOD, **empty}) == Item("a", "Alpha")
    assert as_item({**GOOD, "year": " ", "acclaim": float("nan"), "genres": ["", " "], "people": {"cast": None}}) == Item(
        "a", "Alpha"
    )


def test_text_is_freed_of_what_no_page_or_encoding_takes() -> None:
    assert clean("a\0b\x1b[31m \ud800c\r\n\u202ed\ufeff") == "a b [31m ?c d"
    assert clean("Ünï 千 👩‍🚀 नमस्ते") == "Ünï 千 👩‍🚀 नमस्ते"
    item = as_item(
        {"id": "a", "title": "Al\ud800pha", "genres": ["Dra\0ma"], "people": {"ca\ud800st": ["B\no"]}, "x\0": ["\ud800"]}
    )
    assert (item.title, item.genres, item.people, item.extra) == ("Al?pha", ("Dra ma",), {"ca?st": ("B o",)}, {"x": ["?"]})
    assert Catalog([item]).digest


def test_json_lines_with_a_byte_order_mark_windows_line_ends_and_blank_lines(tmp_path: Path) -> None:
    lines = [json.dumps(GOOD), "", "   ", json.dumps({**GOOD, "id": "b"})]
    catalog, problems = read_catalog(write(tmp_path, b"\xef\xbb\xbf" + "\r\n".join(lines).encode()))
    assert [item.id for item in catalog] == ["a", "b"]
    assert problems == []


def test_broken_lines_are_told_by_number_and_the_rest_is_kept(tmp_path: Path) -> None:
    lines = [
        json.dumps(GOOD).encode(),
        b"{broken",
        b"[1, 2]",
        b"\xff\xfe",
        b'{"id": "b"}',
        json.dumps(GOOD).encode(),
        b"[" * 100_000,
        b'{"id": "d", "title": "D", "deep": ' + b"[" * 50 + b"]" * 50 + b"}",
        b'{"id": "huge", "title": "' + b"x" * LONGEST_LINE + b'"}',
        b'{"id": "c", "title": "Gamma", "year": 1' + b"0" * 5000 + b"}",
        b'{"id": "z", "title": "Omega"}',
    ]
    catalog, problems = read_catalog(write(tmp_path, b"\n".join(lines)))
    assert [item.id for item in catalog] == ["a", "z"]
    assert [problem.line for problem in problems] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    told = [str(problem) for problem in problems]
    assert told[0].startswith("items.jsonl:2: not a JSON object")
    assert told[3] == "items.jsonl:5: `title` is missing: every item needs one"
    assert told[4] == "items.jsonl:6: `id` 'a' was used before; the first item is kept"
    assert "nested too deep" in told[6]
    assert "longer than" in told[7]


def test_a_csv_file_reads_lists_people_and_numbers(tmp_path: Path) -> None:
    text = (
        "id,title,year,genres,people,content,note\r\n"
        '1,"Alpha, the\nfirst",1999,Drama | War,director: Ann | cast: Bo | cast: Cy,"{""fear"": 1}",x\r\n'
        '2,Beta,2001.0,,"{""cast"": [""Di""]}",,\r\n'
    )
    catalog, problems = read_catalog(write(tmp_path, "\ufeff" + text, "items.csv"))
    assert problems == []
    assert catalog["1"] == Item(
        "1",
        "Alpha, the first",
        1999,
        genres=("Drama", "War"),
        people={"director": ("Ann",), "cast": ("Bo", "Cy")},
        content={"fear": 1},
        extra={"note": "x"},
    )
    assert catalog["2"] == Item("2", "Beta", 2001, people={"cast": ("Di",)})


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_recognised(tmp_path: Path, separator: str) -> None:
    catalog, _ = read_catalog(
        write(tmp_path, separator.join(("id", "title")) + "\n" + separator.join(("1", "Alpha, or Beta")), "i.csv")
    )
    assert catalog["1"].title == "Alpha, or Beta"


def test_broken_csv_rows_are_told_by_the_line_they_begin_at(tmp_path: Path) -> None:
    rows = [
        b"id,title,people,year",
        b'1,"two\nlines",,',
        b"2,Beta,,x",
        b"3,Gamma,,1,5,6",
        b"",
        b"4,D\xe9lta,,",
        b'5,Epsilon,"{broken",',
        b"6,Ze\0ta,,",
        b"7,Eta",
        b"8," + b"x" * 200_000,
        b"9,Theta,,",
    ]
    catalog, problems = read_catalog(write(tmp_path, b"\r\n".join(rows), "items.csv"))
    assert [(item.id, item.title) for item in catalog] == [("1", "two lines"), ("6", "Ze ta"), ("7", "Eta"), ("9", "Theta")]
    assert [problem.line for problem in problems] == [4, 5, 7, 8, 11]
    assert "`year`" in problems[0].message
    assert "6 cells" in problems[1].message
    assert "UTF-8" in problems[2].message
    assert "`people`" in problems[3].message


def test_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="two columns have the same name"):
        read_catalog(write(tmp_path, "id,title,title\n1,a,b\n", "items.csv"))


def test_a_folder_is_read_in_order_of_its_file_names_hidden_files_apart(tmp_path: Path) -> None:
    write(tmp_path, '{"id": "b", "title": "Beta"}', "2.jsonl")
    write(tmp_path, "id,title\na,Alpha\n", "1.CSV")
    write(tmp_path, '{"id": "x", "title": "X"}', ".hidden.jsonl")
    write(tmp_path, "not a catalog file", "notes.txt")
    (tmp_path / "3.jsonl").mkdir()
    write(tmp_path, b'\xef\xbb\xbf{"name": "things", "noun": "thing", "plural": "things", "style": "own"}', "about.json")
    catalog, problems = read_catalog(tmp_path)
    assert [item.id for item in catalog] == ["a", "b"]
    assert (catalog.name, catalog.noun, catalog.plural) == ("things", "thing", "things")
    assert [(p.file, p.line) for p in problems] == [("3.jsonl", 0)]


@pytest.mark.parametrize("about", ["[1]", '"name"', "{", "7", "null", "[" * 100_000, b"\xff"])
def test_an_unusable_about_file_is_told_and_the_items_are_kept(tmp_path: Path, about: str | bytes) -> None:
    write(tmp_path, json.dumps(GOOD))
    write(tmp_path, about, "about.json")
    catalog, problems = read_catalog(tmp_path)
    assert catalog.name == tmp_path.name
    assert [problem.file for problem in problems] == ["about.json"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("items.jsonl", "", "no usable item"),
        ("items.jsonl", "\0\0\0", "no usable item. First problem: items.jsonl:1"),
        ("items.csv", "", "no usable item"),
        ("items.csv", "id,title\n", "no usable item"),
        ("items.xlsx", "x", "use .jsonl, .csv or .parquet"),
    ],
)
def test_a_catalog_without_a_usable_item_is_an_error(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(CatalogError, match=told):
        read_catalog(write(tmp_path, text, name))


def test_a_missing_catalog_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="CHATREC_CATALOG"):
        read_catalog(tmp_path / "nowhere")
    with pytest.raises(CatalogError, match="no usable item"):
        read_catalog(tmp_path)


_LINE = st.one_of(
    st.binary(max_size=60),
    st.dictionaries(
        st.sampled_from(["id", "title", "year", "genres", "people", "content", "acclaim", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
            max_leaves=5,
        ),
    ).map(lambda record: json.dumps(record).encode()),
)


@settings(max_examples=120, deadline=None)
@given(lines=st.lists(_LINE, max_size=6), suffix=st.sampled_from([".jsonl", ".csv"]), end=st.sampled_from([b"\n", b"\r\n"]))
def test_no_file_raises_anything_but_a_catalog_error(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], suffix: str, end: bytes
) -> None:
    file = write(tmp_path_factory.mktemp("catalog"), end.join(lines), f"items{suffix}")
    try:
        catalog, _ = read_catalog(file)
    except CatalogError:
        return
    assert len(catalog.digest) == 64
    assert all(as_item(as_record(item)) == item for item in catalog)


def test_a_catalog_is_addressed_by_id_and_by_row() -> None:
    catalog = Catalog([Item("a", "Alpha", 1999, genres=("Drama",)), Item("b", "Beta", genres=("Drama", "War"))])
    assert len(catalog) == 2
    assert catalog["b"].title == "Beta"
    assert catalog.get("c") is None
    assert catalog.row("b") == 1
    assert "a" in catalog
    assert "c" not in catalog
    assert catalog.vocabulary("genres") == {"Drama": 2, "War": 1}
    assert catalog.frame["year"].isna().tolist() == [False, True]
    with pytest.raises(KeyError):
        catalog.row("c")


def test_the_digest_tells_catalogs_apart_by_content_and_order() -> None:
    one, two = Item("a", "Alpha"), Item("b", "Beta")
    digests = {Catalog(items).digest for items in ([one, two], [two, one], [one], [one, Item("b", "Beta", 2000)])}
    assert len(digests) == 4
    assert Catalog([one, two]).digest == Catalog([Item("a", "Alpha"), Item("b", "Beta")]).digest


def test_two_items_with_one_id_make_no_catalog() -> None:
    with pytest.raises(CatalogError, match="share an id"):
        Catalog([Item("a", "Alpha"), Item("a", "Beta")])
