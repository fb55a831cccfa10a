"""Folders and zips give their members by name, and what is wrong with them is one sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from chatrec.datasets.sources import Source
from chatrec.errors import DatasetError
from tests.datasets.shelves import csv_movielens, zipped


def content(source: Source, name: str) -> bytes:
    with source.open(name) as stream:
        return stream.read()


def read_whole(place: Path) -> None:
    with Source(place) as source:
        for name in source.names:
            content(source, name)


def test_a_folder_a_folder_in_it_and_a_zip_give_the_same(tmp_path: Path) -> None:
    folder = csv_movielens(tmp_path / "outer" / "ml-latest")
    file = zipped(folder, tmp_path / "ml.zip")
    expected = (folder / "links.csv").read_bytes()
    for place in (folder, tmp_path / "outer", file):
        with Source(place) as source:
            assert "links.csv" in source
            assert source.names == ("links.csv", "movies.csv", "ratings.csv", "tags.csv")
            assert content(source, "links.csv") == expected
            assert source.size("links.csv") == len(expected)


def test_paths_that_climb_out_of_a_zip_are_only_names(tmp_path: Path) -> None:
    file = tmp_path / "evil.zip"
    with zipfile.ZipFile(file, "w") as out:
        out.writestr("../../../climbed/u.data", "1\t2\t3\t4\n")
        out.writestr("__MACOSX/._u.item", "junk")
    with Source(file) as source:
        assert source.names == ("u.data",)
        assert content(source, "u.data") == b"1\t2\t3\t4\n"
    assert not (tmp_path.parent.parent / "climbed").exists()


def test_a_zip_bomb_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out, out.open("ratings.csv", "w") as member:
        for _ in range(60):
            member.write(b"\0" * 2**20)
    with Source(file) as source, pytest.raises(DatasetError, match=r"would unpack to 62,914,560 bytes"):
        content(source, "ratings.csv")


@pytest.mark.parametrize("damage", ["cut", "flipped", "text"])
def test_a_damaged_zip_is_one_sentence(tmp_path: Path, damage: str) -> None:
    file = zipped(csv_movielens(tmp_path / "ml"), tmp_path / "ml.zip")
    raw = bytearray(file.read_bytes())
    if damage == "cut":
        raw = raw[: len(raw) // 2]
    elif damage == "text":
        raw = bytearray(b"<html>sign in</html>")
    else:
        raw[70] ^= 0xFF
        raw[71] ^= 0xFF
    file.write_bytes(raw)
    with pytest.raises(DatasetError, match=r"download it again") as caught:
        read_whole(file)
    assert "\n" not in str(caught.value)


def test_a_missing_place_and_a_missing_member_are_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"There is no file or folder .*nowhere"):
        Source(tmp_path / "nowhere")
    with pytest.raises(DatasetError, match=r"There is no file .*nowhere.zip"):
        Source(tmp_path / "nowhere.zip")
    with Source(tmp_path) as source, pytest.raises(DatasetError, match=r"holds no u.data; it holds nothing"):
        content(source, "u.data")


def test_files_in_capitals_or_under_the_names_of_a_mirror_are_those_of_the_publisher(tmp_path: Path) -> None:
    for name in ("MOVIES.CSV", "rating.csv", "Links.csv", "notes.txt"):
        (tmp_path / name).write_text(name)
    with Source(tmp_path) as source:
        assert source.names == ("links.csv", "movies.csv", "notes.txt", "ratings.csv")
        assert content(source, "ratings.csv") == b"rating.csv"
    (tmp_path / "ratings.csv").write_text("the own")
    with Source(tmp_path) as source:
        assert (content(source, "ratings.csv"), content(source, "rating.csv")) == (b"the own", b"rating.csv")


def test_a_folder_alone_in_a_folder_is_looked_into_however_deep(tmp_path: Path) -> None:
    csv_movielens(tmp_path / "unpacked" / "data" / "ml-latest")
    (tmp_path / "unpacked" / "__MACOSX").mkdir()
    assert "movies.csv" in Source(tmp_path / "unpacked")
    csv_movielens(tmp_path / "unpacked" / "other")
    source = Source(tmp_path / "unpacked")
    assert (source.names, source.folders) == ((), ("data", "other"))


def test_a_member_in_utf16_is_given_as_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("Été\n".encode("utf-16"))
    assert content(Source(tmp_path), "a.csv") == "Été\n".encode()
