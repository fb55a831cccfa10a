"""Text in whatever encoding tools write comes out as it was meant, and columns are told apart by whatever stands between."""

from __future__ import annotations

import io

import pytest

from chatrec.datasets.encodings import decoded, delimiter, head_of, in_utf8

TEXT = "id,title\n1,Été “bleu”\n2,三体\n" * 3_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_stream_is_utf8_whatever_it_was(encoding: str) -> None:
    stream = in_utf8(io.BufferedReader(io.BytesIO(TEXT.encode(encoding))))
    lines = [line.decode("utf-8") for line in iter(stream.readline, b"")]
    assert "".join(lines) == TEXT


def test_a_stream_that_is_cut_within_a_character_ends_without_a_fault() -> None:
    stream = in_utf8(io.BufferedReader(io.BytesIO("ab三".encode("utf-16")[:-1])))
    assert stream.read().decode("utf-8").startswith("ab")


def test_an_empty_stream_stays_empty() -> None:
    assert in_utf8(io.BufferedReader(io.BytesIO(b""))).read() == b""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_line_of_windows_is_read_as_written(encoding: str) -> None:
    assert decoded("“Été”".encode(encoding)) == "“Été”"


def test_a_line_in_no_encoding_is_still_text() -> None:
    assert decoded(b"\x81\xff") == "\x81ÿ"


@pytest.mark.parametrize(
    ("head", "mark"),
    [("a,b,c", ","), ("a;b;c", ";"), ("a\tb", "\t"), ("a|b|c", "|"), ('"a,b,c,d";"e"', ";"), ("a", ",")],
)
def test_the_mark_is_the_one_the_first_line_has_most_of(head: str, mark: str) -> None:
    assert delimiter(head) == mark


def test_the_names_of_the_columns_are_cleaned() -> None:
    assert head_of('\ufeff"isbn" ; "na\0me"\r\n') == (";", ["isbn", "name"])
