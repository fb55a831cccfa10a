"""Tables in any wrapping give the same records, and what cannot be read is told line by line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from chatrec.datasets.table_files import form_of, records
from chatrec.errors import DatasetError

ROWS = [{"id": "1", "title": "Salt, the sea"}, {"id": "2", "title": "三体"}, {"id": "3", "title": "Été “bleu”"}]
CSV = 'id,title\n1,"Salt, the sea"\n2,三体\n3,Été “bleu”\n'


def wrappings() -> dict[str, bytes]:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    semicolons = CSV.replace("d,t", "d;t").replace("1,", "1;").replace("2,", "2;").replace("3,", "3;")
    tabs = semicolons.replace(";", "\t")
    return {
        "a.csv": CSV.encode(),
        "b.csv": CSV.encode("utf-16"),
        "c.csv": b"\xef\xbb\xbf" + CSV.replace("\n", "\r\n\r\n").encode(),
        "d.csv": semicolons.encode(),
        "d2.csv": CSV.replace(",\"", ", \"").replace("id,title", '\ufeff"id", "title"').encode(),
        "e.tsv": tabs.encode(),
        "f.txt": tabs.encode(),
        "g.csv.gz": gzip.compress(CSV.encode()),
        "h.jsonl": lines.encode(),
        "i.ndjson": b"\xef\xbb\xbf" + lines.encode(),
        "j.json": json.dumps(ROWS).encode(),
        "k.json": json.dumps(ROWS, indent=2, ensure_ascii=False).encode(),
        "l.json": lines.encode(),
        "m.jsonl.gz": gzip.compress(lines.encode()),
        "n.csv": CSV.replace("id,title", ",id,title,,").replace("\n1", "\n0,1").replace("\n2", "\n1,2").replace("\n3", "\n2,3")
        .encode(),
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(wrappings()))
def test_every_wrapping_gives_the_same_records(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(wrappings()[name])
    assert [record for _, record in records(tmp_path / name)] == ROWS


def test_rows_of_windows_are_read_beside_rows_in_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("id,title\n1,Café\n".encode("cp1252") + "2,三体\n".encode())
    assert [record["title"] for _, record in records(tmp_path / "a.csv") if not isinstance(record, str)] == ["Café", "三体"]


def test_bad_lines_are_told_by_number_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,title\n1,Salt\n2,Tin,odd\n\n3,"two\nlines"\n4,Oak,\n5\n')
    found = list(records(tmp_path / "a.csv"))
    assert [(line, record) for line, record in found if isinstance(record, str)] == [
        (3, "has 3 cells, but there are 2 columns")
    ]
    assert [(line, record["id"]) for line, record in found if not isinstance(record, str)] == [
        (2, "1"),
        (5, "3"),
        (7, "4"),
        (8, "5"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"id,id\n1,2\n", "two columns have the same name"),
        ("a.json", b'[{"id": 1}', "cannot be read as JSON"),
        ("a.json", b"[1]", "not a JSON object"),
        ("a.jsonl", b"{\n", "not a JSON object"),
        ("a.jsonl", b'{"id": ' + b"[" * 100_000 + b"\n", "not a JSON object"),
        ("a.csv.gz", b"no gzip", "cannot be read further"),
        ("a.csv.gz", gzip.compress(CSV.encode() * 999)[:-50], "cannot be read further"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert any(isinstance(record, str) and said in record for _, record in records(tmp_path / name))


def test_an_empty_table_has_no_records(tmp_path: Path) -> None:
    for name in ("a.csv", "a.jsonl", "a.json"):
        (tmp_path / name).write_bytes(b"\n\n")
        assert list(records(tmp_path / name)) == []


def test_forms_are_known_by_name(tmp_path: Path) -> None:
    assert form_of(Path("A.CSV.GZ")) == ".csv"
    assert form_of(Path("a.parquet.gz")) == form_of(Path("a.xlsx")) == ""
    with pytest.raises(DatasetError, match=r"a.xlsx is no table that can be read; use .csv"):
        records(tmp_path / "a.xlsx")
    with pytest.raises(DatasetError, match="There is no file"):
        records(tmp_path / "a.csv")
