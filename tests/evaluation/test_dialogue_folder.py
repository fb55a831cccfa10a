"""A folder of dialogues is read as it stands, joined with ratings and other catalogs; a broken one is refused plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatrec.errors import DatasetError
from chatrec.evaluation.dialogue_folder import first_turns, moved, read_dialogues, read_ratings, without_those_of
from tests.evaluation.dialogues import HORROR, write_world


def test_films_become_items_and_turns_know_their_rows(tmp_path: Path) -> None:
    folder = read_dialogues(write_world(tmp_path))
    item = folder.catalog[HORROR[0]]
    assert (item.title, item.year, item.genres, item.named("director")) == ("Fright 0", 1980, ("horror",), ("Ann Dark",))
    second = folder.turns[3]
    assert second.named == (folder.catalog.row(HORROR[1]),)
    assert second.targets == (folder.catalog.row(HORROR[4]),)
    assert len(folder.turns) == 81
    assert len(folder.scored) == 80
    assert len(first_turns(folder, 5).turns) == 5


def test_films_that_are_not_in_the_catalog_are_left_out_and_counted(tmp_path: Path) -> None:
    write_world(tmp_path)
    with (tmp_path / "dialogues.jsonl").open("a", encoding="utf-8") as file:
        file.write(
            '{"dialogue": "x", "turn": 1, "context": [""], "mentioned": ["Nowhere (1900)"], "targets": ["Kiss 1 (1981)"]}\n'
        )
    folder = read_dialogues(tmp_path)
    assert folder.unknown == 1
    assert folder.turns[-1].named == ()


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("dialogues.jsonl", '{"dialogue": 1}\n', "dialogues.jsonl:1"),
        ("dialogues.jsonl", "[1]\n", "not a JSON object"),
        ("dialogues.jsonl", "{", "damaged"),
        ("films.jsonl", '{"genres": []}\n', "films.jsonl:1"),
        ("dialogues.jsonl", "", "no turn with a film"),
    ],
)
def test_what_is_not_in_the_form_is_refused(tmp_path: Path, file: str, text: str, says: str) -> None:
    write_world(tmp_path)
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=says):
        read_dialogues(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="cannot be read"):
        read_dialogues(tmp_path / "nowhere")


def test_turns_move_to_another_catalog_by_name_then_imdb_id(tmp_path: Path) -> None:
    here = read_dialogues(write_world(tmp_path / "here"))
    write_world(tmp_path / "there")
    films = (tmp_path / "there" / "films.jsonl").read_text(encoding="utf-8").splitlines()
    films = [films[-1], *films[:-1]]
    renamed = [film.replace('"name": "Fright 1 (1981)"', '"name": "Horreur (1999)"') for film in films[:10]]
    (tmp_path / "there" / "films.jsonl").write_text("\n".join(renamed), encoding="utf-8")
    dialogues = '{"dialogue": "x", "turn": 1, "context": [""], "mentioned": [], "targets": ["Fright 0 (1980)"]}\n'
    (tmp_path / "there" / "dialogues.jsonl").write_text(dialogues, encoding="utf-8")
    there = read_dialogues(tmp_path / "there")
    turns = moved(here.turns, here.catalog, there.catalog)
    assert turns[2].targets == (there.catalog.row("Horreur (1999)"),)
    assert turns[3].named == (there.catalog.row("Horreur (1999)"),)
    assert turns[3].talk.named[0].row == there.catalog.row("Horreur (1999)")
    assert turns[0].targets == ()  # that film is not there


def test_ratings_are_joined_by_imdb_id_and_by_title_and_year(tmp_path: Path) -> None:
    catalog = read_dialogues(write_world(tmp_path / "talks")).catalog
    folder = tmp_path / "ratings"
    folder.mkdir()
    (folder / "links.csv").write_text("movieId,imdbId,tmdbId\n1,0000003,9\n", encoding="utf-8")
    (folder / "movies.csv").write_text(
        'movieId,title,genres\n1,Whatever (2000),x\n2,"Kiss 2 (1982)",x\n3,Other (1990),x\n', encoding="utf-8"
    )
    old, new = 1_000_000_000, 1_500_000_000
    rows = [f"1,1,5.0,{old}", f"1,2,4.0,{new}", f"2,1,2.0,{new}", f"2,3,5.0,{new}"]
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + "\n".join(rows) + "\n", encoding="utf-8")
    table = read_ratings(folder, catalog)
    first, second = catalog.row("Fright 3 (1983)"), catalog.row("Kiss 2 (1982)")
    assert table.liked.toarray().sum(axis=0)[[first, second]].tolist() == [1, 1]
    assert table.features.count[first] == 1 > table.features.count[second] > 0
    assert table.features.lately[first] == table.features.lately[second]


def test_a_folder_without_ratings_is_refused(tmp_path: Path) -> None:
    catalog = read_dialogues(write_world(tmp_path)).catalog
    with pytest.raises(DatasetError, match="holds no ratings"):
        read_ratings(tmp_path, catalog)


def test_films_are_found_by_imdb_id_and_lists_may_be_texts(tmp_path: Path) -> None:
    write_world(tmp_path, dialogues=2)
    films = (tmp_path / "films.jsonl").read_text(encoding="utf-8").replace('["horror"]', '"Horror, Drama"')
    (tmp_path / "films.jsonl").write_text("\ufeff" + films, encoding="utf-8")
    with (tmp_path / "dialogues.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"dialogue": "x", "turn": 1, "context": [], "mentioned": ["tt0000000"], "targets": ["tt0000001"]}\n')
    folder = read_dialogues(tmp_path)
    assert folder.unknown == 0
    assert (folder.turns[-1].named, folder.turns[-1].targets) == ((0,), (1,))
    assert folder.catalog.items[0].genres == ("Horror", "Drama")


def test_why_there_is_nothing_to_find_is_told(tmp_path: Path) -> None:
    write_world(tmp_path, dialogues=2)
    (tmp_path / "dialogues.jsonl").write_text(
        '{"dialogue": "x", "turn": 1, "context": [], "mentioned": [], "targets": ["Nowhere"]}\n', encoding="utf-8"
    )
    with pytest.raises(DatasetError, match=r"of its 1 turns none has a target that is in films.jsonl .*; 1 of the names"):
        read_dialogues(tmp_path)


def test_dialogues_that_are_measured_are_not_counted_from(tmp_path: Path) -> None:
    measured = read_dialogues(write_world(tmp_path / "a", dialogues=3))
    counted = read_dialogues(write_world(tmp_path / "b", dialogues=8))
    left = {turn.dialogue for turn in without_those_of(counted, measured).turns}
    assert left == {"d3", "d4", "d5", "d6", "d7"}


def test_ratings_may_be_any_set_that_can_be_imported(tmp_path: Path) -> None:
    catalog = read_dialogues(write_world(tmp_path / "talks")).catalog
    folder = tmp_path / "ml-1m"
    folder.mkdir()
    (folder / "movies.dat").write_text("1::Kiss 2 (1982)::Drama\n2::Fright 3, The (1983)::Horror\n")
    (folder / "ratings.dat").write_text("1::1::5::100\n1::2::4::100\n2::1::1::100\n")
    table = read_ratings(folder, catalog)
    rows = [catalog.row("Kiss 2 (1982)"), catalog.row("Fright 3 (1983)")]
    assert table.liked.toarray()[:, rows].tolist() == [[1, 1], [0, 0]]
