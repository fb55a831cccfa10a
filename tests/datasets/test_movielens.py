"""Every form of MovieLens is read as its README describes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatrec.datasets import movielens
from chatrec.datasets.content import Content
from chatrec.datasets.lines import Problems
from chatrec.datasets.sources import Source
from chatrec.errors import DatasetError
from chatrec.records import Item
from tests.datasets.shelves import csv_movielens, dat_movielens, old_movielens, zipped


def read(place: Path) -> tuple[Content, Problems]:
    problems = Problems()
    return movielens.read(Source(place), problems), problems


def rows(content: Content) -> list[tuple[int, int, float, int]]:
    assert content.rows is not None
    return [
        row
        for chunk in content.rows(Problems())
        for row in zip(chunk.user.tolist(), chunk.item.tolist(), chunk.value.tolist(), chunk.at.tolist(), strict=True)
    ]


def test_the_100k_form_gives_films_people_and_ratings(tmp_path: Path) -> None:
    content, problems = read(old_movielens(tmp_path / "ml"))
    assert content.items == (
        Item(id="1", title="The Moon Harbour", year=1995, genres=("Film Noir",)),
        Item(id="2", title="L'Été bleu", year=1988),
        Item(id="3", title="unknown"),
    )
    assert content.people == {
        "1": {"age": 24, "gender": "M", "occupation": "technician"},
        "2": {"age": 53, "gender": "F"},
    }
    assert rows(content)[0] == (2, 1, 5.0, 881250949)
    assert len(rows(content)) == 4
    assert problems.count == 0


def test_the_1m_form_gives_ages_and_occupations_by_its_codes(tmp_path: Path) -> None:
    content, problems = read(dat_movielens(tmp_path / "ml"))
    assert [item.title for item in content.items] == ["The Moon Harbour", "L'Été bleu"]
    assert content.items[0].genres == ("Animation", "Family", "Science Fiction")
    assert content.people == {
        "1": {"age": "under 18", "gender": "F", "occupation": "school student"},
        "2": {"age": "56 and over", "gender": "M", "occupation": "self-employed"},
    }
    assert rows(content) == [(1, 1, 5.0, 978300760), (1, 2, 3.0, 978302109), (2, 1, 4.0, 978301968)]
    assert problems.count == 0


def test_the_10m_form_has_tags_and_no_people(tmp_path: Path) -> None:
    folder = dat_movielens(tmp_path / "ml")
    (folder / "users.dat").unlink()
    (folder / "tags.dat").write_text("5::1::Sea::1\n5::1::half::time::2\nbroken\n")
    content, problems = read(folder)
    assert content.items[0].keywords == ("sea", "half::time")
    assert content.people == {}
    assert [str(problem) for problem in problems.first] == ["tags.dat:3: is not `user::film::tag::time`"]


def test_the_csv_form_gives_tags_as_keywords_and_ids_of_other_sites(tmp_path: Path) -> None:
    content, problems = read(csv_movielens(tmp_path / "ml"))
    assert content.items == (
        Item(
            id="1",
            title="The Moon Harbour",
            year=1995,
            genres=("Drama", "Science Fiction"),
            keywords=("sea", "lighthouse"),
            extra={"imdb_id": "tt0012345", "tmdb_id": 77},
        ),
        Item(id="7", title="Été bleu", year=1988, extra={"imdb_id": "tt0000099"}),
    )
    assert rows(content) == [(1, 1, 4.0, 964982703), (1, 7, 0.5, 964981247), (3, 1, 5.0, 964982224)]
    assert problems.count == 0


def test_a_zip_reads_as_its_folder_does(tmp_path: Path) -> None:
    folder = csv_movielens(tmp_path / "ml")
    from_folder, _ = read(folder)
    from_zip, _ = read(zipped(folder, tmp_path / "ml.zip"))
    assert from_zip.items == from_folder.items
    assert rows(from_zip) == rows(from_folder)


def test_bad_films_are_reported_by_line_and_the_rest_is_kept(tmp_path: Path) -> None:
    folder = csv_movielens(tmp_path / "ml")
    with (folder / "movies.csv").open("a", encoding="utf-8") as out:
        out.write(
            'x9,"Nobody (1990)",Drama\n9,"",Drama\n1,Again (1991),Drama\n10,Too,many,cells\n11,"Two\nlines (1992)",Drama\n'
        )
    content, problems = read(folder)
    assert [item.id for item in content.items] == ["1", "7", "11"]
    assert content.items[2].title == "Two lines"
    assert [(problem.line, problem.message) for problem in problems.first] == [
        (4, "has no id that is a number"),
        (5, "has no title"),
        (6, "film 1 was there before; the first is kept"),
        (7, "has 4 cells where 3 are expected"),
    ]


def test_a_film_listed_twice_under_two_ids_keeps_both(tmp_path: Path) -> None:
    folder = csv_movielens(tmp_path / "ml")
    with (folder / "movies.csv").open("a") as out:
        out.write('8,"Moon Harbour, The (1995)",Drama\n')
    content, _ = read(folder)
    assert [item.id for item in content.items if item.title == "The Moon Harbour"] == ["1", "8"]


def test_what_people_note_for_themselves_is_no_keyword(tmp_path: Path) -> None:
    folder = csv_movielens(tmp_path / "ml")
    notes = ("Netflix queue", "to see", "own", "Erlend's DVDs", "seen 2010", "7/10", "...", "x" * 60, "DVD", "bd-r")
    (folder / "tags.csv").write_text(
        "userId,movieId,tag,timestamp\n" + "".join(f"1,1,{note},1\n" for note in (*notes, "heist"))
    )
    content, _ = read(folder)
    assert content.items[0].keywords == ("heist",)


def test_a_folder_without_films_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(DatasetError, match=r"holds no MovieLens set: .* but notes.txt"):
        movielens.read(Source(tmp_path), Problems())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("movies.csv", "movieId,title,genres", "movie_id,Title,GENRES"),
        (
            "movies.csv",
            'movieId,title,genres\n1,"Moon Harbour, The (1995)",Drama',
            '"movieId";"title";"genres"\n1;"Moon Harbour, The (1995)";Drama',
        ),
        ("links.csv", "movieId,imdbId,tmdbId", "movie_id,imdb_id,tmdb_id"),
    ],
)
def test_columns_may_be_named_and_separated_otherwise(tmp_path: Path, name: str, old: str, new: str) -> None:
    folder = csv_movielens(tmp_path / "ml")
    content, _ = read(folder)
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(
        text.replace(old, new)
        .replace("\n7,", "\n7;" if ";" in new else "\n7,")
        .replace("(1988),", "(1988);" if ";" in new else "(1988),"),
        encoding="utf-8",
    )
    assert read(folder)[0].items == content.items
