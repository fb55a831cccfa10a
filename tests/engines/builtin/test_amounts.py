"""Years, running times, ages and counts."""

from __future__ import annotations

import pytest

from tests.engines.builtin.talking import asked, shapes


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("a film from the 90s", "year>=1990<=1999"),
        ("something from the nineties", "year>=1990<=1999"),
        ("1980s please", "year>=1980<=1989"),
        ("films of the '70s", "year>=1970<=1979"),
        ("late 90s", "year>=1995<=1999"),
        ("early 2000s", "year>=2000<=2004"),
        ("80s or 90s", "year>=1980<=1999"),
        ("after 2010", "year>=2011"),
        ("since 2010", "year>=2010"),
        ("2010 or later", "year>=2010"),
        ("from 2010 on", "year>=2010"),
        ("before 1970", "year<=1969"),
        ("until 1970", "year<=1970"),
        ("pre-1960", "year<=1959"),
        ("from 1994", "year>=1994<=1994"),
        ("a movie from 1994", "year>=1994<=1994"),
        ("between 1990 and 2000", "year>=1990<=2000"),
        ("1990-2000", "year>=1990<=2000"),
        ("nothing before 2000", "year>=2000"),
        ("nothing after 1980", "year<=1980"),
        ("no older than 2005", "year>=2005"),
        ("around 1975", "year>=1972<=1978"),
        ("this century", "year>=2000<=2023"),
        ("the last five years", "year>=2019"),
        ("recent films", "year>=2018"),
        ("old movies", "year<=1979"),
        ("a classic film", "year<=1979"),
        ("nothing too old please, no old films", "year>=1980"),
        ("de los años 90", "year>=1990<=1999"),
        ("des années 80", "year>=1980<=1989"),
        ("aus den 90ern", "year>=1990<=1999"),
        ("degli anni 70", "year>=1970<=1979"),
        ("dos anos 80", "year>=1980<=1989"),
        ("I was born in 1980, older than me", "year<=1979"),
        ("something older than me, I was born in 1980", "year<=1979"),
        ("from before I was born in 1990", "year<=1989"),
        ("not older than me, I was born in 1980", "year>=1980"),
        ("born in 1980, and it should be newer than me", "year>=1981"),
    ],
)
def test_years(message: str, expected: str) -> None:
    assert shapes(asked(message)) == {expected}


@pytest.mark.parametrize(
    "message", ["set in the 80s", "something about 1968", "about growing up in the 90s", "a 9 year old wrote this"]
)
def test_years_that_are_settings_are_no_condition(message: str) -> None:
    assert not any(s.startswith("year") for s in shapes(asked(message)))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("under two hours", "runtime<=120"),
        ("less than 2 hours", "runtime<=120"),
        ("90 minutes or less", "runtime<=90"),
        ("at most 100 min", "runtime<=100"),
        ("100 min max", "runtime<=100"),
        ("over 3 hours", "runtime>=181"),
        ("at least two hours", "runtime>=120"),
        ("no longer than 120 minutes", "runtime<=120"),
        ("nothing longer than 2 hours", "runtime<=120"),
        ("I don't want anything over 100 minutes", "runtime<=100"),
        ("under an hour and a half", "runtime<=90"),
        ("under 1.5 hours", "runtime<=90"),
        ("max 1h45", "runtime<=105"),
        ("two and a half hours max", "runtime<=150"),
        ("I only have 90 minutes", "runtime<=90"),
        ("between 90 and 120 minutes", "runtime>=90<=120"),
        ("around 100 minutes", "runtime>=85<=115"),
        ("a short film", "runtime<=95"),
        ("not too long", "runtime<=120"),
        ("menos de dos horas", "runtime<=120"),
        ("moins de deux heures", "runtime<=120"),
        ("unter zwei Stunden", "runtime<=120"),
        ("meno di due ore", "runtime<=120"),
    ],
)
def test_running_times(message: str, expected: str) -> None:
    assert shapes(asked(message)) == {expected}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("for a nine-year-old", "audience<=9"),
        ("for my 6 year old daughter", "audience<=6"),
        ("for my 8yo", "audience<=8"),
        ("my kids are 6 and 9", "audience<=6"),
        ("kids aged 7 and 10", "audience<=7"),
        ("my son is 7", "audience<=7"),
        ("for kids", "audience<=8"),
        ("something for the kids", "audience<=8"),
        ("family friendly", "audience<=10"),
        ("for the whole family", "audience<=10"),
        ("with my teenage son", "audience<=13"),
        ("for adults", "audience>=13"),
        ("magical but for grown-ups", "audience>=13"),
        ("something for us two grown ups", "audience>=13"),
        ("grown ups only", "audience>=13"),
        ("not for kids", "audience>=13"),
        ("para niños", "audience<=8"),
        ("für Kinder", "audience<=8"),
    ],
)
def test_audience(message: str, expected: str) -> None:
    assert shapes(asked(message)) == {expected}


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("give me three comedies", 3),
        ("just one film", 1),
        ("just one", 1),
        ("top 10 thrillers", 10),
        ("recommend 4 films", 4),
        ("a couple of comedies", 2),
        ("show me 50 horror films", 10),
        ("a comedy", 5),
        ("something for one night in two hours", 5),
        ("90s films", 5),
        ("seven good films", 7),
        ("un film drôle", 5),
        ("dame tres películas", 3),
    ],
)
def test_counts(message: str, count: int) -> None:
    assert asked(message).count == count


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("under 90 minutes before 1980", {"runtime<=90", "year<=1979"}),
        ("films under 90 minutes and before 1980", {"runtime<=90", "year<=1979"}),
        ("under two hours, early 90s", {"runtime<=120", "year>=1990<=1994"}),
        ("80s action, still 80s", {"year>=1980<=1989", "genre=Action"}),
    ],
)
def test_a_length_and_a_time_stand_beside_each_other(message: str, expected: set[str]) -> None:
    assert shapes(asked(message)) == expected


def test_the_time_before_something_else_is_no_length() -> None:
    assert "runtime" not in {c.field for c in asked("I have two hours before work").constraints}


@pytest.mark.parametrize(("message", "number"), [("10 please", 10), ("ok, just 2 please", 2), ("make it 7", 7)])
def test_a_number_alone_is_how_many(message: str, number: int) -> None:
    assert asked("a comedy", message).count == number
