"""The real datasets are imported whole: nothing skipped, nothing lost, titles right."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.datasets.choosing import Wish, reader_for
from chatrec.datasets.importing import Imported, write_catalog
from chatrec.history.interactions import Interactions

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("REAL_DATA") or ROOT.parent / "shared" / "data")

pytestmark = pytest.mark.real_data


def imported(name: str, to: Path, onto: Catalog | None = None) -> Imported:
    if not (DATA / name).exists():
        pytest.skip(f"no {name} in {DATA}")
    with reader_for(Wish(source=str(DATA / name)), Path()) as (dataset, read):
        done = write_catalog(read, to, dataset=dataset, onto=onto)
    assert done.skipped == 0, done.problems
    return done


def test_movielens_100k(tmp_path: Path) -> None:
    done = imported("movielens-100k", tmp_path / "catalog")
    assert (done.interactions, done.items, done.users) == (100_000, 1_682, 943)
    catalog, problems = read_catalog(done.folder)
    assert (len(catalog), problems) == (1_682, [])
    found = Interactions.open(done.folder / "interactions")
    assert (len(found.users), len(found.items)) == (943, 1_682)
    assert sorted(set(found.value.tolist())) == [1, 2, 3, 4, 5]
    assert float(found.value.mean()) == pytest.approx(3.52986)
    assert len(found.people) == 943
    assert found.people["1"] == {"age": 24, "gender": "M", "occupation": "technician"}
    assert sum(act.value or 0 for act in found.by("405")) / len(list(found.by("405"))) == pytest.approx(1.834464)
    assert sum(item.year is None for item in catalog) == 1


def test_movielens_latest_small(tmp_path: Path) -> None:
    done = imported("movielens-latest-small", tmp_path / "catalog")
    assert (done.interactions, done.items, done.users) == (100_836, 9_742, 610)
    catalog, problems = read_catalog(done.folder)
    assert (len(catalog), problems) == (9_742, [])
    assert sum(item.year is None for item in catalog) == 12
    assert all("imdb_id" in item.extra for item in catalog)
    assert not [item.title for item in catalog if item.title.endswith((", The", ", A", ", An", ")"))][5:]
    found = Interactions.open(done.folder / "interactions")
    assert len(found.items) == 9_724  # 18 films were never rated
    assert int(found.at.max()) == 1_537_799_250
    assert not np.isnan(found.value).any()


def test_netflix_titles(tmp_path: Path) -> None:
    done = imported("netflix-titles", tmp_path / "catalog")
    assert (done.interactions, done.items) == (0, 8_807)
    catalog, problems = read_catalog(done.folder)
    assert (len(catalog), problems) == (8_807, [])
    assert sum(item.genres == ("Children & Family Movies", "Comedies") for item in catalog) == 201
    assert sum(item.runtime is not None for item in catalog) == 6_131
    assert sum("seasons" in item.extra for item in catalog) == 2_676
    assert sum("added" in item.extra for item in catalog) == 8_797
    assert not any(name.isdigit() for item in catalog for name in item.named("director"))
    assert not (done.folder / "interactions").exists()


def test_tmdb_5000(tmp_path: Path) -> None:
    done = imported("tmdb-5000", tmp_path / "catalog")
    assert (done.interactions, done.items) == (0, 4_803)
    catalog, problems = read_catalog(done.folder)
    assert (len(catalog), problems) == (4_803, [])
    assert sum(item.year is None for item in catalog) == 1
    assert sum(item.languages[:1] == ("English",) for item in catalog) == 4_505
    assert all(0 <= (item.popularity or 0) <= 100 and 0 <= (item.acclaim or 0) <= 100 for item in catalog)


def test_films_of_dialogues(tmp_path: Path) -> None:
    done = imported("redial-dev", tmp_path / "catalog")
    assert done.items == 6_576
    catalog, problems = read_catalog(done.folder)
    assert (len(catalog), problems) == (6_576, [])
    assert len({item.extra["name"] for item in catalog}) == 6_576


def test_ratings_find_the_films_that_ship(tmp_path: Path) -> None:
    ours, _ = read_catalog(ROOT / "data" / "movies")
    done = imported("movielens-latest-small", tmp_path / "onto", ours)
    assert done.matched > 2_200
    found = Interactions.open(done.folder / "interactions")
    assert set(found.items) <= {item.id for item in ours}
    assert len(found) + done.unmatched == 100_836
    assert len(found) > 65_000
    assert "star-wars-1977" in found.items
