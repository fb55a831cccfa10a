"""Ratings: the fast way and the careful way agree; every bad line is counted once, by its number, and no good one is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatrec.datasets import ratings
from chatrec.datasets.lines import Problems
from chatrec.datasets.ratings import read_ratings
from chatrec.datasets.sources import Source
from chatrec.errors import DatasetError
from chatrec.history.interactions import UNKNOWN_TIME

Row = tuple[int, int, float, int]


def read(folder: Path, content: bytes, separator: str = ",") -> tuple[list[Row], list[int], Problems]:
    (folder / "ratings.csv").write_bytes(content)
    problems = Problems()
    rows: list[Row] = []
    lines: list[int] = []
    for chunk in read_ratings(Source(folder), "ratings.csv", separator, problems):
        rows += zip(chunk.user.tolist(), chunk.item.tolist(), chunk.value.tolist(), chunk.at.tolist(), strict=True)
        lines += chunk.line.tolist()
    return rows, lines, problems


HEAD = b"userId,movieId,rating,timestamp\n"


def test_plain_rows_are_read_with_their_line_numbers(tmp_path: Path) -> None:
    rows, lines, problems = read(tmp_path, HEAD + b"1,2,3.5,100\n4,5,0.5,200\n")
    assert rows == [(1, 2, 3.5, 100), (4, 5, 0.5, 200)]
    assert lines == [2, 3]
    assert problems.count == 0


def test_columns_are_found_by_name_in_any_order_and_further_ones_are_left(tmp_path: Path) -> None:
    rows, _, _ = read(tmp_path, b"rating,note,timestamp,movieId,userId\n3.5,x,100,2,1\n")
    assert rows == [(1, 2, 3.5, 100)]


def test_a_byte_order_mark_windows_ends_quotes_and_a_missing_last_end_do_no_harm(tmp_path: Path) -> None:
    rows, lines, problems = read(tmp_path, b"\xef\xbb\xbf" + HEAD.replace(b"\n", b"\r\n") + b'1,2,3.5,100\r\n"4","5",1.0,200')
    assert rows == [(1, 2, 3.5, 100), (4, 5, 1.0, 200)]
    assert lines == [2, 3]
    assert problems.count == 0


def test_two_colons_may_separate(tmp_path: Path) -> None:
    rows, lines, _ = read(tmp_path, b"1::2::5::100\n3::4::1::200\n", "::")
    assert rows == [(1, 2, 5.0, 100), (3, 4, 1.0, 200)]
    assert lines == [1, 2]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"1,2,3.5", "has 3 cells where 4 are expected"),
        (b"1,2,3.5,100,9", "has 5 cells where 4 are expected"),
        (b"one,2,3.5,100", "no number"),
        (b"1,,3.5,100", "no number"),
        (b"1,2,nan,100", "no number"),
        (b"1,2,1_0,100", "no number"),
        (b"1,2,5.5,100", "a rating of 5.5 is not above 0 and at most 5"),
        (b"1,2,0,100", "a rating of 0"),
        (b"1,2,-1,100", "a rating of -1"),
        (b"1,2,3.5,99999999999", "no time in seconds"),
        (b"99999999999999999999,2,3.5,100", "no number"),
        (b"1,2,3.5,\xff\xfe", "no time"),
        (b"\x00,2,3.5,1", "no number"),
    ],
)
def test_a_bad_row_is_reported_by_its_line_and_the_rest_is_kept(tmp_path: Path, bad: bytes, why: str) -> None:
    rows, lines, problems = read(tmp_path, HEAD + b"1,2,3.5,100\n" + bad + b"\n4,5,0.5,200\n")
    assert rows == [(1, 2, 3.5, 100), (4, 5, 0.5, 200)]
    assert lines == [2, 4]
    assert [(p.file, p.line) for p in problems.first] == [("ratings.csv", 3)]
    assert why in problems.first[0].message


def test_a_row_too_long_before_one_too_short_is_not_taken_for_two_good_ones(tmp_path: Path) -> None:
    rows, _, problems = read(tmp_path, HEAD + b"1,2,3.5,100,7\n1,2,3.5\n4,5,1.0,200\n")
    assert rows == [(4, 5, 1.0, 200)]
    assert [problem.line for problem in problems.first] == [2, 3]


def test_a_head_without_a_column_that_is_needed_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"ratings.csv has no column for rating; its columns are userId, movieId, stars"):
        read(tmp_path, b"userId,movieId,stars,timestamp\n1,2,3,4\n")


def test_a_file_of_another_kind_is_given_up_early(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is not what its name says"):
        read(tmp_path, b"<p>not a rating in sight</p>\n" * 20_000)


_GOOD = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from([0.5, 1, 3.5, 5]), st.integers(0, 2**31))
_BAD = st.one_of(
    st.binary(min_size=1, max_size=30).filter(lambda raw: b"\n" not in raw and raw.strip() and raw.count(b",") != 3),
    st.sampled_from([b"1,2,x,4", b"1,2,9,4", b"a,b,c,d", b",,,", b"1,2,inf,5", b"1;2;3;4", b'"1,2,3,4']),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.lists(st.one_of(_GOOD, _BAD), max_size=40), st.integers(20, 200), st.booleans())
def test_any_mixture_is_split_into_good_and_bad_at_any_block_size(
    tmp_path: Path, mixture: list[Row | bytes], block: int, blank: bool
) -> None:
    lines = [row if isinstance(row, bytes) else ",".join(map(str, row)).encode() for row in mixture]
    content = HEAD + b"".join(line + b"\n" for line in lines) + (b"\n\n" if blank else b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ratings, "_BLOCK", block)
        rows, numbers, problems = read(tmp_path, content)
    good = [(number, row) for number, row in enumerate(mixture, 2) if not isinstance(row, bytes)]
    assert numbers == [number for number, _ in good]
    assert np.allclose(np.array(rows).reshape(-1, 4), np.array([row for _, row in good]).reshape(-1, 4))
    assert problems.count == len(mixture) - len(good)


@pytest.mark.parametrize(
    "written",
    [
        b"user_id;movie_id;rating;timestamp\n1;2;3.5;100\n4;5;0.5;200\n",
        b"UserID,MovieID,Rating,Timestamp\n1,2,3.5,964982703000\n4,5,0.5,964982703500\n",
        b"userId,movieId,rating,timestamp\n1,2,3.5,1973-03-03 09:46:40\n4,5,0.5,1973-03-03T09:46:40.2Z\n",
        b'"userId","movieId","rating","timestamp"\n"1","2","3.5","1973-03-03 09:46:40"\n"4","5","0.5","1973-03-03"\n',
        b"1,2,3.5,1973-03-03T09:46:40Z\n4,5,0.5,1973-03-03T09:46:40Z\n",
    ],
)
def test_columns_marks_and_times_may_be_written_otherwise(tmp_path: Path, written: bytes) -> None:
    rows, _, problems = read(tmp_path, written)
    assert problems.count == 0
    assert [row[:3] for row in rows] == [(1, 2, 3.5), (4, 5, 0.5)]
    assert rows[0][3] in (100, 100_000_000, 964_982_703)


def test_ratings_without_a_time_have_none(tmp_path: Path) -> None:
    rows, _, problems = read(tmp_path, b"userId,movieId,rating\n1,2,3.5\n4,5,0.5\nx,1,1\n")
    assert rows == [(1, 2, 3.5, UNKNOWN_TIME), (4, 5, 0.5, UNKNOWN_TIME)]
    assert [problem.line for problem in problems.first] == [4]


def test_another_scale_is_refused_and_not_cut_off(tmp_path: Path) -> None:
    many = b"".join(b"%d,1,%d,5\n" % (user, 1 + user % 10) for user in range(400))
    with pytest.raises(DatasetError, match=r"ratings.csv holds 200 ratings above 5 beside 200 others, so its scale is not"):
        read(tmp_path, HEAD + many)
