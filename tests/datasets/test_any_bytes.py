"""Whatever bytes a dataset's files hold, a reader gives items or one sentence, and a usable catalog where it gives items."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatrec.catalog.table import read_catalog
from chatrec.datasets.choosing import Wish, reader_for
from chatrec.datasets.importing import write_catalog
from chatrec.errors import DatasetError
from chatrec.history.interactions import Interactions
from tests.datasets.shelves import csv_movielens, dat_movielens, old_movielens

FUZZ = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
_NETFLIX = (
    b"show_id,type,title,director,cast,country,date_added,release_year,rating,duration,listed_in,description\n"
    b's1,Movie,Salt,Ada,Bo,France,25-Sep-21,2020,PG-13,90 min,"Dramas, Comedies",An island.\n'
)
_TMDB = (
    b"id,title,original_title,overview,genres,keywords,original_language,spoken_languages,production_countries,release_date,runtime,"
    b"vote_average,vote_count\n"
    b'7,Salt,Sel,An island.,"[{""name"": ""Drama""}]",[],fr,[],[],1990-05-01,95,8,75\n'
)
_FILM = (
    b'{"name": "Salt (1999)", "genres": ["drama"], "plot": "An island.", "directors": ["Ada"], "cast": [], "imdb_id": "tt7"}\n'
)


def shelf(form: str, folder: Path) -> Path:
    if form in ("old", "dat", "csv"):
        return {"old": old_movielens, "dat": dat_movielens, "csv": csv_movielens}[form](folder)
    folder.mkdir()
    name, content = {
        "netflix": ("netflix_titles.csv", _NETFLIX),
        "tmdb": ("tmdb_5000_movies.csv", _TMDB),
        "films": ("films.jsonl", _FILM),
    }[form]
    (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("form", ["old", "dat", "csv", "netflix", "tmdb", "films"])
def test_damaged_files_never_break_the_reader(form: str, tmp_path: Path) -> None:
    count = 0

    @FUZZ
    @given(st.integers(0, 2**32), st.integers(1, 12))
    def damaged(seed: int, blows: int) -> None:
        nonlocal count
        count += 1
        folder = shelf(form, tmp_path / f"set-{count}")
        chance = random.Random(seed)
        for _ in range(blows):
            file = chance.choice(sorted(folder.iterdir()))
            content = bytearray(file.read_bytes())
            place = chance.randrange(len(content) + 1)
            blow = chance.choice(
                [
                    b"",
                    b"\n",
                    b"\xff",
                    b"\0",
                    b'"',
                    b",",
                    b"::",
                    b"|",
                    b"{",
                    b"\xed\xa0\x80",
                    b"\r",
                    b"9" * 30,
                    chance.randbytes(5),
                ]
            )
            content[place : place + chance.randrange(8)] = blow
            file.write_bytes(content)
        _import(folder, tmp_path / f"catalog-{count}")

    damaged()


def _import(folder: Path, to: Path) -> None:
    said = ""
    try:
        with reader_for(Wish(source=str(folder)), Path()) as (name, read):
            done = write_catalog(read, to, dataset=name)
    except DatasetError as error:
        said = str(error)
    if said:
        assert "\n" not in said
        assert not to.exists()
        return
    catalog, problems = read_catalog(to)
    assert problems == []
    assert len(catalog) == done.items > 0
    if done.interactions:
        found = Interactions.open(to / "interactions")
        assert set(found.items) <= {item.id for item in catalog}
        assert ((found.value > 0) & (found.value <= 5)).all()
    if done.skipped:
        assert len((to / "problems.txt").read_text(encoding="utf-8").splitlines()) == done.skipped
