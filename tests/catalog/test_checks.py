"""The check tells every broken rule by file and line, holds our own films to their style, and strangers to the format alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from chatrec.catalog.checks import CERTIFICATES, GENRES, TONES, check, slug
from chatrec.errors import CatalogError

DOCS = Path(__file__).parents[2] / "docs" / "catalog-style.md"

FILM: dict[str, Any] = {
    "id": "the-long-pier-1994",
    "title": "The Long Pier",
    "year": 1994,
    "description": "Two sisters inherit a pier that nobody visits any more. "
    + "They paint it, plank by plank, and argue. " * 6,
    "genres": ["Drama"],
    "people": {"director": ["Ann Ames"], "cast": ["Bo Bell", "Cy Cole", "Di Dean"]},
    "countries": ["Ireland"],
    "languages": ["English"],
    "runtime": 98,
    "keywords": ["tender", "witty", "cosy", "sea", "family bonds", "summer"],
    "certificate": "7+",
    "content": {"violence": 0, "fear": 0, "sex": 0, "language": 1, "drugs": 0},
    "popularity": 30,
    "acclaim": 70,
}


def own(folder: Path, *films: dict[str, Any], name: str = "1990s.jsonl") -> Path:
    (folder / "about.json").write_text('{"name": "films", "style": "chatrec"}')
    (folder / name).write_text("".join(json.dumps(film) + "\n" for film in films))
    return folder


def told(path: Path) -> list[str]:
    return [str(problem) for problem in check(path).problems]


def test_a_film_that_keeps_every_rule_has_no_problem(tmp_path: Path) -> None:
    report = check(own(tmp_path, FILM))
    assert report.problems == ()
    assert report.items == 1
    assert report.figures["decades"] == {"1990s": 1}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"id": "long-pier-1994"}, "slug of title and year, the-long-pier-1994"),
        ({"countries": []}, "`countries` is missing"),
        ({"acclaim": None}, "`acclaim` is missing"),
        ({"tagline": "x"}, "`tagline` is no key"),
        ({"original_title": "The Long Pier"}, "`original_title` is the title"),
        ({"runtime": 1000}, "`runtime` must be 1 to 900, not 1000"),
        ({"popularity": 101}, "`popularity` must be 0 to 100"),
        ({"acclaim": -1}, "`acclaim` must be 0 to 100"),
        ({"genres": ["Drama", "War", "Music", "Crime", "Horror"]}, "`number of genres` must be 1 to 4, not 5"),
        ({"genres": ["Sci-Fi"]}, "`genres` knows no Sci-Fi"),
        ({"certificate": "PG"}, "`certificate` must be one of"),
        ({"content": {"violence": 0}}, "`content` must hold violence, fear, sex, language, drugs"),
        ({"content": {**FILM["content"], "noise": 1}}, "`content` must hold"),
        ({"people": {"cast": ["A B", "C D", "E F"]}}, "names no director"),
        ({"people": {**FILM["people"], "writer": ["A B"]}}, "`people` knows no writer"),
        ({"people": {"director": ["A B"], "cast": ["C D"]}}, "`number of cast members` must be 3 to 6, not 1"),
        ({"series": "Piers"}, "`series` and `position` go together"),
        ({"position": 2}, "`series` and `position` go together"),
        ({"series": "Piers", "position": 0}, "`position` must be 1 or more"),
        ({"description": "Too short."}, "must have 50 to 90 words, not 2"),
        ({"description": "word " * 91}, "must have 50 to 90 words, not 91"),
        ({"description": "In a world " + FILM["description"]}, "stock opening (In a world"),
        ({"description": "The film follows two. " + FILM["description"]}, "stock opening"),
        ({"description": FILM["description"] + "A must-see."}, "stock phrase (must-see)"),
        ({"description": FILM["description"] + "Could you resist?"}, "asking the reader"),
        ({"keywords": FILM["keywords"][:5]}, "`number of keywords` must be 6 to 14, not 5"),
        ({"keywords": ["tender", "witty", "sea", "a", "b", "c"]}, "need 3 from the tone list, not 2"),
        ({"keywords": [*FILM["keywords"], "Summer"]}, "lower case, not Summer"),
        ({"year": 2001, "id": "the-long-pier-2001"}, "does not belong in 1990s.jsonl"),
        ({"year": 1700, "id": "the-long-pier-1700"}, "`year` must be 1888 to"),
    ],
)
def test_each_broken_rule_is_told_with_the_film_and_its_line(tmp_path: Path, wrong: dict[str, Any], words: str) -> None:
    other = {**FILM, "id": "a-pier-1993", "title": "A Pier", "year": 1993, "description": "Once, " + FILM["description"]}
    problems = told(own(tmp_path, other, {**FILM, **wrong}))
    assert any(words in problem for problem in problems), problems
    assert all(problem.startswith("1990s.jsonl:2: ") for problem in problems)


def test_a_question_asked_within_the_story_is_no_question_to_the_reader(tmp_path: Path) -> None:
    assert told(own(tmp_path, {**FILM, "description": "Who are you? she asks. " + FILM["description"]})) == []


@pytest.mark.parametrize("genre", ["Documentary", "Animation"])
def test_documentaries_and_silent_animation_may_name_no_cast(tmp_path: Path, genre: str) -> None:
    assert told(own(tmp_path, {**FILM, "genres": [genre], "people": {"director": ["Ann Ames"]}})) == []


def test_films_are_sorted_by_year_then_title_and_told_once(tmp_path: Path) -> None:
    def film(title: str, year: int, opening: str) -> dict[str, Any]:
        return {**FILM, "id": slug(title, year), "title": title, "year": year, "description": opening + FILM["description"]}

    films = [
        film("Beta", 1995, "One. "),
        film("Alpha", 1995, "Two. "),
        film("Gamma", 1991, "Three. "),
        film("Delta", 1996, "Four. "),
    ]
    problems = told(own(tmp_path, *films))
    assert [problem.split(" sort")[0] for problem in problems] == [
        "1990s.jsonl:2: alpha-1995: comes after beta-1995;",
        "1990s.jsonl:3: gamma-1991: comes after alpha-1995;",
    ]


def test_neighbours_do_not_open_alike(tmp_path: Path) -> None:
    other = {**FILM, "id": "the-pier-1995", "title": "The Pier", "year": 1995}
    assert told(own(tmp_path, FILM, other)) == [
        "1990s.jsonl:2: the-pier-1995: opens with the same words as the-long-pier-1994 (Two sisters)"
    ]


def test_a_film_is_held_once_and_a_series_counts_each_number_once(tmp_path: Path) -> None:
    first = {**FILM, "series": "Piers", "position": 1}
    twin = {**first, "title": "THE LONG PIER", "description": "Once, " + FILM["description"]}
    problems = told(own(tmp_path, first, first, {**twin, "id": "the-long-pier-1994-b"}))
    assert "1990s.jsonl:2: the-long-pier-1994: `id` was used before, at 1990s.jsonl:1" in problems
    assert any("is there already, as the-long-pier-1994 at 1990s.jsonl:1" in p for p in problems)
    assert any("the-long-pier-1994 is number 1 of Piers already" in p for p in problems)


def test_a_foreign_catalog_is_held_to_the_format_alone(tmp_path: Path) -> None:
    lines = [
        '{"id": "1", "title": "Anything", "genres": ["Sci-Fi"]}',
        "{broken",
        '{"id": "1", "title": "Twin"}',
        '{"title": "No id"}',
    ]
    lines.append('{"id": "2", "title": "X", "year": "soon"}')
    file = tmp_path / "books.jsonl"
    file.write_text("\n".join(lines))
    report = check(file)
    assert report.items == 1
    assert [problem.line for problem in report.problems] == [2, 3, 4, 5]
    assert "used before, at books.jsonl:1" in report.problems[1].message


def test_problems_come_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "title": "X"}\n{broken\n{broken\n')
    (tmp_path / "b.csv").write_text("id,title\n2,\n")
    (tmp_path / "about.json").write_text("{broken")
    assert [(p.file, p.line) for p in check(tmp_path).problems] == [
        ("about.json", 0),
        ("a.jsonl", 2),
        ("a.jsonl", 3),
        ("b.csv", 2),
    ]


def test_a_catalog_without_an_item_is_a_problem_and_a_missing_one_an_error(tmp_path: Path) -> None:
    assert [problem.message for problem in check(tmp_path).problems] == ["holds no .jsonl, .csv or .parquet file"]
    with pytest.raises(CatalogError, match="no catalog at"):
        check(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("title", "year", "item_id"),
    [
        ("Spirited Away", 2001, "spirited-away-2001"),
        ("Amélie", 2001, "amelie-2001"),
        ("WALL·E", 2008, "wall-e-2008"),
        ("Pan's Labyrinth", 2006, "pans-labyrinth-2006"),
        ("Marley & Me", 2008, "marley-and-me-2008"),
        ("8½", 1963, "8-and-a-half-1963"),
        ("Rams: Hrútar", 2015, "rams-hrutar-2015"),
        ("Smørrebrød", 1990, "smorrebrod-1990"),
    ],
)
def test_slugs(title: str, year: int, item_id: str) -> None:
    assert slug(title, year) == item_id


def test_the_lists_are_those_of_the_style_page() -> None:
    page = " ".join(DOCS.read_text(encoding="utf-8").split())

    def listed(heading: str) -> set[str]:
        found = re.search(rf"\*\*{heading}\*\*: (.*?)\.(?= |$)", page)
        assert found is not None
        return {part.strip().strip("`") for part in found[1].split(",")}

    assert listed("Genres") == set(GENRES)
    assert listed("Audience levels") == set(CERTIFICATES)
    assert listed("Tone list") == set(TONES)


def test_the_shipped_films_keep_the_rules() -> None:
    shipped = Path(__file__).parents[2] / "data" / "movies"
    assert told(shipped) == []
