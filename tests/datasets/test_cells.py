"""Cells in anybody's writing: years, minutes, lists, ratings and times are understood, and nothing worse than refused."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatrec.datasets.cells import LATEST, minutes, names, rating, seconds, year
from chatrec.history.interactions import UNKNOWN_TIME


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (881250949, 881250949),
        ("881250949", 881250949),
        (1_600_000_000_000, 1_600_000_000),
        ("1970-01-02", 86_400),
        ("1970-01-01T01:00:00+01:00", 0),
        (datetime(1970, 1, 1, 0, 1), 60),
        (None, UNKNOWN_TIME),
        ("", UNKNOWN_TIME),
    ],
)
def test_times_are_understood_as_tables_write_them(written: object, meant: int) -> None:
    assert seconds(written) == meant


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.none(), st.dates(), st.datetimes()))
def test_anything_else_is_a_value_error_and_nothing_worse(value: object) -> None:
    try:
        found = seconds(value)
    except ValueError:
        return
    assert found == UNKNOWN_TIME or abs(found) < LATEST


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-31 00:00:00 UTC",
        "2024-05-31T00:00:00Z",
        "2024-05-31T02:00:00.000+02:00",
        "20240531",
        "2024/05/31",
        "31.05.2024",
        "May 31, 2024",
        "31-May-2024",
        "Fri, 31 May 2024 00:00:00 GMT",
        "1717113600000",
        "1717113600.0",
        1717113600000000,
        1717113600000000000,
    ],
)
def test_one_day_in_many_writings(written: object) -> None:
    assert seconds(written) == 1717113600


@pytest.mark.parametrize("written", ["05/06/2024", "yesterday", "2024-13-01", True])
def test_a_time_that_may_mean_two_things_or_none_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="is no time"):
        seconds(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1999", "1999"),
        (1999.0, 1999.0),
        ("1999-2003", 1999),
        ("1999–", 1999),
        ("c. 1815", 1815),
        ("1/5/1999", 1999),
        ("1999-05-01T00:00:00", 1999),
        (19990501, 1999),
        ("922838400000", 1999),
        ("-750", "-750"),
        ("unknown", None),
        ("N/A", None),
        (float("nan"), None),
        ("old", "old"),
    ],
)
def test_a_year_is_found_where_there_is_one(written: object, meant: object) -> None:
    assert year(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (90, 90),
        ("90", 90),
        ("90.4", 90),
        ("90 min", 90),
        ("90 Minutes", 90),
        ("1h 30m", 90),
        ("1 hr 30 mins", 90),
        ("2 hours", 120),
        ("PT1H30M", 90),
        ("PT45M", 45),
        ("1:30", 90),
        ("1:30:00", 90),
        ("N/A", None),
        ("2 Seasons", "2 Seasons"),
        ("", None),
    ],
)
def test_minutes_are_understood(written: object, meant: object) -> None:
    assert minutes(written) == meant


@pytest.mark.parametrize(
    ("written", "split", "meant"),
    [
        ("a|b, c", "", ["a", "b, c"]),
        ("a; b", "", ["a", "b"]),
        ("a, b,a", "", ["a", "b"]),
        ("a/b", "/", ["a", "b"]),
        ('["a", "b"]', "", ["a", "b"]),
        ("['a', 'b']", "", ["a", "b"]),
        ("[{'id': 1, 'name': 'a'}, {'id': 2, 'name': 'b'}]", "", ["a", "b"]),
        ('{"/m/1": "a", "/m/2": "b"}', "", ["a", "b"]),
        (["a", None, {"name": "b"}], "", ["a", "b"]),
        ([], "", []),
        ("[]", "", []),
        ("N/A", "", []),
        (None, "", []),
        ("[a, b", "", ["[a", "b"]),
        ("Seven Samurai", "", ["Seven Samurai"]),
    ],
)
def test_lists_are_read_as_they_are_written(written: object, split: str, meant: list[str]) -> None:
    assert names(written, split) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (4, 4.0),
        ("4.5", 4.5),
        ("4,5", 4.5),
        ("85%", 85.0),
        ("3/4", 3.75),
        ("7/10", 3.5),
        ("★★★½", 3.5),
        ("★★★☆☆", 3.0),
        ("A", 5.0),
        ("B+", 4 + 1 / 3),
        ("F", 1.0),
        (True, 1.0),
        ("false", 0.0),
        ("-2", -2.0),
    ],
)
def test_ratings_are_understood_as_people_write_them(written: object, meant: float) -> None:
    assert rating(written) == pytest.approx(meant)


def test_no_rating_is_not_a_number_and_a_word_is_refused() -> None:
    assert all(math.isnan(rating(written)) for written in ("", "N/A", None))
    for word in ("good", "1_0", "inf", "3/0", "1,234,567"):
        with pytest.raises(ValueError, match="is no number"):
            rating(word)


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.none(), st.lists(st.text(max_size=3))))
def test_no_cell_breaks_a_reader(value: object) -> None:
    names(value)
    for read in (year, minutes, rating):
        try:
            read(value)
        except ValueError:
            continue
