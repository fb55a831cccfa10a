"""References of every form are read, the same film is found under its other titles, and only true differences are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from scripts.compare_facts import Agreement, Reference, compare, read_disputes, read_references, report

PEOPLE = {"director": ("Alejandro González Iñárritu",), "cast": ("Bo Bell", "Cy Cole", "Di Dean")}


def film(title: str = "The Long Pier", year: int = 1994, runtime: int = 98, **facts: Any) -> Item:
    given = {"people": PEOPLE, "languages": ("Spanish",), "countries": ("West Germany", "Mexico"), **facts}
    return Item("a", title, year, runtime=runtime, **given)


def held(item: Item, *references: Reference, disputes: tuple[tuple[str, str], ...] = ()) -> Agreement:
    return compare(Catalog([item]), references, disputes)


def reference(title: str = "long pier", year: int = 1994, runtime: int | None = None, **facts: Any) -> Reference:
    facts = {key: frozenset(value) if isinstance(value, list) else value for key, value in facts.items()}
    return Reference("table", frozenset([title]), year, runtime, **facts)


def differing(item: Item, *references: Reference) -> list[str]:
    return [difference.fact for difference in held(item, *references).differences]


@pytest.mark.parametrize(("minutes", "facts"), [(95, []), (101, []), (94, ["runtime"]), (102, ["runtime"])])
def test_runtimes_agree_within_three_minutes(minutes: int, facts: list[str]) -> None:
    assert differing(film(), reference(runtime=minutes)) == facts


@pytest.mark.parametrize(
    ("name", "facts"),
    [("Alejandro G. Iñárritu", []), ("ALEJANDRO GONZALEZ INARRITU", []), ("Guy Gray", ["director"])],
)
def test_names_agree_however_they_are_spelled(name: str, facts: list[str]) -> None:
    assert differing(film(), reference(directors=[name])) == facts


def test_languages_and_countries_agree_when_they_meet_and_old_states_are_their_successors() -> None:
    assert differing(film(), reference(language="Spanish", countries=["Germany"])) == []
    assert differing(film(), reference(language="French", countries=["France"])) == ["language", "country"]


def test_a_film_is_found_under_its_original_title() -> None:
    item = film("The Long Pier", original_title="Le Quai très long")
    assert held(item, reference("le quai tres long")).films == {"a"}


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (reference(year=1995), True),
        (reference(year=1996), False),
        (reference(year=1996, runtime=98), True),
        (reference(year=1995, runtime=140), False),
        (reference(year=1997, directors=["Alejandro G. Iñárritu"]), True),
        (reference(year=1995, directors=["Guy Gray"]), False),
        (reference(year=1994, directors=["Guy Gray"]), True),
        (reference("short pier"), False),
    ],
)
def test_another_year_is_the_same_film_only_with_something_else_in_common(other: Reference, found: bool) -> None:
    assert bool(held(film(), other).films) is found


def test_among_namesakes_the_one_with_our_people_is_ours() -> None:
    ours = reference(runtime=120, directors=["Alejandro G. Iñárritu"])
    assert differing(film(), reference(runtime=98, directors=["Guy Gray"]), ours) == ["runtime"]


def test_disputes_are_counted_apart() -> None:
    found = held(film(), reference(year=1995), disputes=(("a", "year"),))
    assert found.share("year", disputed_count=True) == 0
    assert found.share("year", disputed_count=False) == 1
    assert any(line.startswith("disputed a: year is 1994 here, 1995 in table") for line in report(found))


def test_disputes_are_read_from_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("| film | fact | here |\n|---|---|---|\n| `a-1994` | year | 1994 |\n| `b-2000` | runtime | 98 |\n")
    assert read_disputes(page) == [("a-1994", "year"), ("b-2000", "runtime")]
    assert read_disputes(tmp_path / "none.md") == []


def test_tmdb_rows_are_read(tmp_path: Path) -> None:
    file = tmp_path / "tmdb.csv"
    countries = json.dumps([{"name": "United States of America"}]).replace('"', '""')
    file.write_text(
        "title,original_title,original_language,release_date,runtime,production_countries\n"
        f'Amélie & Co,Le Café,fr,2001-04-25,122.0,"{countries}"\n'
        "Undated,Undated,en,,90,[]\n"
    )
    (row,) = read_references(file)
    assert row == Reference(
        "tmdb", frozenset(["amelie and co", "le cafe"]), 2001, 122, language="French", countries=frozenset(["United States"])
    )


def test_movielens_titles_are_put_in_order(tmp_path: Path) -> None:
    file = tmp_path / "movies.csv"
    file.write_text('movieId,title,genres\n1,"Postman, The (Postino, Il) (1994)",Drama\n2,No year,Drama\n')
    (row,) = read_references(file)
    assert row.titles == {"postman", "il postino"}
    assert row.year == 1994


def test_netflix_films_are_read_and_series_are_not(tmp_path: Path) -> None:
    file = tmp_path / "netflix.csv"
    file.write_text(
        "show_id,type,title,director,cast,country,release_year,duration\n"
        's1,Movie,The Pier,"Ann Ames, Bo Bell",Cy Cole,"Ireland, ",2019,98 min\ns2,TV Show,Pier,,,,2019,2 Seasons\n'
    )
    (row,) = read_references(file)
    assert (row.runtime, row.directors, row.countries) == (98, {"Ann Ames", "Bo Bell"}, {"Ireland"})


def test_json_lines_are_read(tmp_path: Path) -> None:
    file = tmp_path / "films.jsonl"
    file.write_text('{"name": "The Pier (2019)", "directors": ["Ann Ames"], "cast": null}\n{"name": "Undated"}\n')
    (row,) = read_references(file)
    assert (row.titles, row.year, row.directors, row.cast) == ({"pier"}, 2019, {"Ann Ames"}, frozenset())


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "books.csv"
    file.write_text("isbn,title\n1,X\n")
    with pytest.raises(ValueError, match="no reference table known here"):
        list(read_references(file))
