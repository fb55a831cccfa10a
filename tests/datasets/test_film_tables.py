"""The Netflix table, the TMDB tables and lists of films, row by row."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from chatrec.datasets import film_list, netflix, tmdb
from chatrec.datasets.lines import Problems
from chatrec.datasets.sources import Source
from chatrec.errors import DatasetError
from chatrec.records import Item

NETFLIX = [
    "show_id", "type", "title", "director", "cast", "country", "date_added", "release_year", "rating", "duration", "listed_in",
    "description",
]  # fmt: skip
TMDB = [
    "budget", "genres", "homepage", "id", "keywords", "original_language", "original_title", "overview", "popularity",
    "production_companies", "production_countries", "release_date", "revenue", "runtime", "spoken_languages", "status",
    "tagline", "title", "vote_average", "vote_count",
]  # fmt: skip


def table(file: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(rows)


def netflix_items(folder: Path, *rows: dict[str, str]) -> tuple[tuple[Item, ...], Problems]:
    table(folder / netflix.FILE, NETFLIX, list(rows))
    problems = Problems()
    return netflix.read(Source(folder), problems).items, problems


FILM = {
    "show_id": "s1", "type": "Movie", "title": "Harbour Lights", "director": "Ada Moor", "cast": "Bo Lind, Cy Ray",
    "country": ", France, Algeria,", "date_added": "25-Sep-21", "release_year": "2020", "rating": "PG-13", "duration": "90 min",
    "listed_in": "Children & Family Movies, Comedies", "description": "A lamp\nand a boat.",
}  # fmt: skip


def test_a_netflix_film_has_its_facts(tmp_path: Path) -> None:
    items, problems = netflix_items(tmp_path, FILM)
    assert problems.count == 0
    assert items == (
        Item(
            id="s1",
            title="Harbour Lights",
            year=2020,
            description="A lamp and a boat.",
            genres=("Children & Family Movies", "Comedies"),
            people={"director": ("Ada Moor",), "cast": ("Bo Lind", "Cy Ray")},
            countries=("France", "Algeria"),
            runtime=90,
            certificate="PG-13",
            extra={"type": "Movie", "added": "2021-09-25"},
        ),
    )


@pytest.mark.parametrize("written", ["25-Sep-21", "September 25, 2021", " September 25, 2021", "2021-09-25"])
def test_the_day_of_adding_is_read_however_it_is_written(tmp_path: Path, written: str) -> None:
    items, _ = netflix_items(tmp_path, {**FILM, "date_added": written})
    assert items[0].extra["added"] == "2021-09-25"


def test_a_series_has_seasons_and_no_runtime(tmp_path: Path) -> None:
    items, _ = netflix_items(tmp_path, {**FILM, "type": "TV Show", "duration": "2 Seasons"})
    assert items[0].runtime is None
    assert items[0].extra["seasons"] == 2


def test_minutes_in_the_column_of_the_certificate_are_minutes(tmp_path: Path) -> None:
    items, _ = netflix_items(tmp_path, {**FILM, "rating": "74 min", "duration": ""})
    assert (items[0].runtime, items[0].certificate) == (74, "")


def test_a_number_is_no_director(tmp_path: Path) -> None:
    items, _ = netflix_items(tmp_path, {**FILM, "director": "104"})
    assert "director" not in items[0].people


def test_netflix_rows_without_a_title_or_with_an_id_used_before_are_reported(tmp_path: Path) -> None:
    items, problems = netflix_items(tmp_path, FILM, {**FILM, "title": ""}, FILM)
    assert len(items) == 1
    assert [problem.line for problem in problems.first] == [4, 6]


def test_a_table_without_a_column_names_it(tmp_path: Path) -> None:
    (tmp_path / netflix.FILE).write_text("show_id,title\ns1,x\n")
    with pytest.raises(DatasetError, match="has no column type, director"):
        netflix.read(Source(tmp_path), Problems())


def names(*values: str) -> str:
    return json.dumps([{"id": 1, "name": value} for value in values])


def tmdb_row(**changes: str) -> dict[str, str]:
    row = {
        "id": "7", "title": "The Harbour", "original_title": "Le port", "overview": "A lamp.",
        "genres": names("Drama", "Music"),
        "keywords": names("sea", "Lamp"), "original_language": "fr", "production_countries": names("United States of America"),
        "spoken_languages": json.dumps([{"iso_639_1": "en", "name": "English"}, {"iso_639_1": "fr", "name": "Français"}]),
        "release_date": "1990-05-01", "runtime": "95.0", "vote_average": "8", "vote_count": "75", "tagline": "Look.",
    }  # fmt: skip
    return {**dict.fromkeys(TMDB, ""), **row, **changes}


def tmdb_items(folder: Path, *rows: dict[str, str]) -> tuple[tuple[Item, ...], Problems]:
    table(folder / tmdb.FILE, TMDB, list(rows))
    problems = Problems()
    return tmdb.read(Source(folder), problems).items, problems


def test_a_tmdb_film_has_its_facts_and_the_leading_language_first(tmp_path: Path) -> None:
    items, _ = tmdb_items(tmp_path, tmdb_row(), tmdb_row(id="8", vote_average="6", vote_count="25"))
    assert items[0] == Item(
        id="7",
        title="The Harbour",
        original_title="Le port",
        year=1990,
        description="A lamp.",
        genres=("Drama", "Music"),
        countries=("United States",),
        languages=("French", "English"),
        runtime=95,
        keywords=("sea", "lamp"),
        popularity=100.0,
        # 75 votes of 8 with 25 of the mean, (75 * 8 + 25 * 6) / 100 = 7.5
        acclaim=round(10 * (75 * 8 + 25 * 7.5) / 100, 1),
        extra={"tmdb_id": 7, "tagline": "Look."},
    )


def test_the_credits_file_brings_directors_writers_and_the_cast_in_order(tmp_path: Path) -> None:
    cast = json.dumps([{"name": "Second", "order": 1}, {"name": "First", "order": 0}])
    crew = json.dumps(
        [{"name": "Dee", "job": "Director"}, {"name": "Wye", "job": "Screenplay"}, {"name": "Gaf", "job": "Gaffer"}]
    )
    table(
        tmp_path / tmdb.CREDITS,
        ["movie_id", "title", "cast", "crew"],
        [{"movie_id": "7", "title": "", "cast": cast, "crew": crew}],
    )
    items, _ = tmdb_items(tmp_path, tmdb_row())
    assert items[0].people == {"director": ("Dee",), "cast": ("First", "Second"), "writer": ("Wye",)}


def test_the_two_tables_may_have_each_others_name(tmp_path: Path) -> None:
    crew = json.dumps([{"name": "Dee", "job": "Director"}])
    people = [{"movie_id": "7", "title": "", "cast": "[]", "crew": crew}]
    table(tmp_path / tmdb.FILE, ["movie_id", "title", "cast", "crew"], people)
    table(tmp_path / tmdb.CREDITS, TMDB, [tmdb_row()])
    item = tmdb.read(Source(tmp_path), Problems()).items[0]
    assert (item.title, item.named("director")) == ("The Harbour", ("Dee",))


def test_a_tmdb_table_may_have_fewer_columns_and_write_its_lists_otherwise(tmp_path: Path) -> None:
    row = {"id": "7", "title": "The Harbour", "genres": "[{'id': 1, 'name': 'Drama'}]", "keywords": "sea, Lamp"}
    table(tmp_path / tmdb.FILE, list(row), [row])
    assert tmdb.read(Source(tmp_path), Problems()).items == (
        Item(id="7", title="The Harbour", genres=("Drama",), keywords=("sea", "lamp"), extra={"tmdb_id": 7}),
    )


@pytest.mark.parametrize("broken", [{"genres": "[{"}, {"keywords": "7"}, {"runtime": "long"}, {"vote_count": "-1"}])
def test_a_tmdb_row_with_a_broken_cell_is_reported(tmp_path: Path, broken: dict[str, str]) -> None:
    items, problems = tmdb_items(tmp_path, tmdb_row(), tmdb_row(id="8", **broken))
    assert [item.id for item in items] == ["7"]
    assert problems.first[0].line == 3


def test_a_film_without_votes_has_no_standing(tmp_path: Path) -> None:
    items, _ = tmdb_items(
        tmp_path, tmdb_row(), tmdb_row(id="8", vote_average="0", vote_count="0", runtime="0", release_date="")
    )
    assert (items[1].popularity, items[1].acclaim, items[1].runtime, items[1].year) == (None, None, None, None)


def film(**changes: Any) -> str:
    record = {
        "name": "The Harbour (1990)",
        "genres": ["sci-fi", "drama"],
        "plot": "A lamp.",
        "directors": ["Ada"],
        "cast": ["Bo"],
    }
    return json.dumps({**record, "imdb_id": "tt0000007", **changes})


def test_a_film_list_gives_ids_that_stay_apart(tmp_path: Path) -> None:
    lines = [film(), film(name="The Harbour"), film(name="Night (1991)", imdb_id=""), "{", film(name=""), film(cast="Bo")]
    (tmp_path / film_list.FILE).write_text("\n".join(lines), encoding="utf-8")
    problems = Problems()
    items = film_list.read(Source(tmp_path), problems).items
    assert [item.id for item in items] == ["tt0000007", "tt0000007-2", "night-1991"]
    assert items[0] == Item(
        id="tt0000007",
        title="The Harbour",
        year=1990,
        description="A lamp.",
        genres=("Science Fiction", "Drama"),
        people={"director": ("Ada",), "cast": ("Bo",)},
        extra={"name": "The Harbour (1990)", "imdb_id": "tt0000007"},
    )
    assert [problem.line for problem in problems.first] == [4, 5, 6]
