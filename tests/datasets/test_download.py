"""Downloads from a real server: whole, resumed, checked; and every way it can go wrong is one sentence."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatrec.datasets import download as downloading
from chatrec.datasets.download import download
from chatrec.errors import DatasetError
from tests.datasets.publisher import Publisher, publishing

CONTENT = b"PK" + random.Random(0).randbytes(600_000)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with publishing(CONTENT) as server:
        yield server


def get(publisher: Publisher, file: Path, timeout: float = 5.0) -> bool:
    return download(publisher.address, file, checksum=publisher.address + ".md5", timeout=timeout)


def failure(publisher: Publisher, file: Path, timeout: float = 5.0) -> str:
    with pytest.raises(DatasetError) as caught:
        get(publisher, file, timeout)
    assert not file.exists()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def ranges(publisher: Publisher) -> list[str]:
    return [wanted for path, wanted in publisher.asked if path == "/ml.zip"]


def test_a_file_arrives_whole_and_checked(publisher: Publisher, tmp_path: Path) -> None:
    assert get(publisher, tmp_path / "new" / "ml.zip") is True
    assert (tmp_path / "new" / "ml.zip").read_bytes() == CONTENT
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["ml.zip"]


def test_progress_is_shown_where_it_is_wanted(publisher: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    download(publisher.address, tmp_path / "quiet.zip")
    assert capsys.readouterr().err == ""
    download(publisher.address, tmp_path / "ml.zip", progress=True)
    assert "ml.zip: 100%" in capsys.readouterr().err


def test_a_file_that_is_there_with_the_right_sum_is_not_fetched_again(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "ml.zip").write_bytes(CONTENT)
    assert get(publisher, tmp_path / "ml.zip") is True
    assert ranges(publisher) == []


def test_a_file_that_is_there_with_a_wrong_sum_is_replaced(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "ml.zip").write_bytes(b"PK old edition")
    get(publisher, tmp_path / "ml.zip")
    assert (tmp_path / "ml.zip").read_bytes() == CONTENT


def test_a_cut_connection_is_taken_up_where_it_broke(publisher: Publisher, tmp_path: Path) -> None:
    publisher.cut_after, publisher.cuts = 200_000, 2
    get(publisher, tmp_path / "ml.zip")
    assert (tmp_path / "ml.zip").read_bytes() == CONTENT
    asked = ranges(publisher)
    assert asked[0] == ""
    assert len(asked) == 3
    assert all(wanted.startswith("bytes=") for wanted in asked[1:])


def test_a_later_run_goes_on_with_what_an_earlier_one_left(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "ml.zip.part").write_bytes(CONTENT[:123_456])
    get(publisher, tmp_path / "ml.zip")
    assert ranges(publisher) == ["bytes=123456-"]
    assert (tmp_path / "ml.zip").read_bytes() == CONTENT


def test_a_part_that_was_whole_already_is_only_checked(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "ml.zip.part").write_bytes(CONTENT)
    assert get(publisher, tmp_path / "ml.zip") is True


def test_a_part_longer_than_the_file_is_started_anew(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "ml.zip.part").write_bytes(CONTENT + b"more")
    get(publisher, tmp_path / "ml.zip")
    assert (tmp_path / "ml.zip").read_bytes() == CONTENT


def test_a_server_without_ranges_starts_from_the_beginning(publisher: Publisher, tmp_path: Path) -> None:
    publisher.knows_ranges = False
    (tmp_path / "ml.zip.part").write_bytes(b"PK something else")
    get(publisher, tmp_path / "ml.zip")
    assert (tmp_path / "ml.zip").read_bytes() == CONTENT


def test_a_connection_that_never_brings_anything_is_given_up_and_what_came_is_kept(
    publisher: Publisher, tmp_path: Path
) -> None:
    (tmp_path / "ml.zip.part").write_bytes(CONTENT[:1000])
    publisher.cut_after, publisher.cuts = 0, 99
    assert "breaks off again and again; run this again, it goes on at byte 1,000" in failure(publisher, tmp_path / "ml.zip")
    assert (tmp_path / "ml.zip.part").read_bytes() == CONTENT[:1000]
    assert len(ranges(publisher)) == downloading.ATTEMPTS


def test_a_wrong_sum_deletes_what_came(publisher: Publisher, tmp_path: Path) -> None:
    publisher.md5 = "0" * 32
    assert "arrived damaged: its MD5 sum is" in failure(publisher, tmp_path / "ml.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_checksum_is_told(publisher: Publisher, tmp_path: Path) -> None:
    publisher.md5 = ""
    assert get(publisher, tmp_path / "ml.zip") is False
    assert (tmp_path / "ml.zip").read_bytes() == CONTENT


def test_a_page_that_is_gone_is_told(publisher: Publisher, tmp_path: Path) -> None:
    publisher.status = 404
    assert "is not there any more (404)" in failure(publisher, tmp_path / "ml.zip")


def test_a_server_in_trouble_is_told(publisher: Publisher, tmp_path: Path) -> None:
    publisher.status = 503
    assert "was refused by its server (503" in failure(publisher, tmp_path / "ml.zip")


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/zip"])
def test_a_page_instead_of_the_file_is_told(publisher: Publisher, tmp_path: Path, kind: str) -> None:
    publisher.content, publisher.kind = b"<html>please sign in</html>", kind
    assert "sent something else than a zip file" in failure(publisher, tmp_path / "ml.zip")
    assert not (tmp_path / "ml.zip.part").exists() or (tmp_path / "ml.zip.part").read_bytes() == b""


def test_a_silent_server_is_given_up_in_bounded_time_and_what_came_is_kept(publisher: Publisher, tmp_path: Path) -> None:
    publisher.hang_after = 100_000
    assert "the server does not answer" in failure(publisher, tmp_path / "ml.zip", timeout=0.3)
    publisher.hang_after = None
    publisher.free.set()
    kept = (tmp_path / "ml.zip.part").stat().st_size
    assert 0 < kept <= 100_000
    get(publisher, tmp_path / "ml.zip")
    assert ranges(publisher)[-1] == f"bytes={kept}-"
    assert (tmp_path / "ml.zip").read_bytes() == CONTENT


def test_without_a_network_people_are_told_what_to_do(tmp_path: Path) -> None:
    with publishing(b"") as server:
        address = server.address
    with pytest.raises(DatasetError, match=r"there is no network.*download it by hand .* chatrec data import"):
        download(address, tmp_path / "ml.zip", checksum=address + ".md5")


def test_a_folder_that_cannot_be_written_is_told(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatasetError, match=r"cannot be written: .*; give another folder with --to"):
        get(publisher, tmp_path / "file" / "ml.zip")
