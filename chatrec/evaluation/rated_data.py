"""A folder of ratings, as downloaded or as imported -> its catalog and its ratings in the order of the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.errors import DatasetError
from chatrec.evaluation.splits import Ratings
from chatrec.history.actions import is_rating, rules_for
from chatrec.history.interactions import FOLDER, Interactions

IMPORTED = "imported"


@dataclass(frozen=True)
class RatedData:
    """A catalog and the ratings of its items; `ratings.item` counts by catalog row."""

    name: str
    catalog: Catalog
    ratings: Ratings


def open_rated(folder: Path, work: Path, progress: bool = False) -> RatedData:
    """Read an imported catalog folder; anything `chatrec data import` knows is imported into `work`/imported first.

    DatasetError or CatalogError: not there, unknown, or without ratings.
    """
    folder = folder.expanduser()
    if not folder.exists():
        raise DatasetError(f"There is no folder {folder}; name one with ratings with --data.")
    if folder.is_file() and folder.suffix.lower() != ".zip":
        raise DatasetError(f"{folder} is a file; name the folder it lies in with --data.")
    place = folder
    if not (folder / FOLDER).is_dir():
        place = work / IMPORTED / folder.resolve().name
        if not (place / FOLDER / "about.json").exists():
            from chatrec.datasets.choosing import Wish, reader_for
            from chatrec.datasets.importing import write_catalog

            if _is_catalog(folder):
                raise _without_ratings(folder)
            with reader_for(Wish(source=str(folder), path=None), work) as (name, read):
                write_catalog(read, place, dataset=name, progress=progress)
    if not (place / FOLDER).is_dir():
        raise _without_ratings(folder)
    catalog, _ = read_catalog(place)
    interactions = Interactions.open(place / FOLDER)
    rows = np.array([catalog.row(item) if item in catalog else -1 for item in interactions.items] or [-1], dtype=np.int64)
    kept = np.flatnonzero(is_rating(interactions, rules_for(place / FOLDER)) & (rows[interactions.item] >= 0))
    if kept.size == 0:
        raise _without_ratings(folder)
    return RatedData(
        folder.resolve().name,
        catalog,
        Ratings(
            interactions.user[kept].astype(np.int64),
            rows[interactions.item[kept]],
            interactions.value[kept].astype(np.float64),
            interactions.at[kept].astype(np.int64),
            interactions.users,
            tuple(item.id for item in catalog),
            interactions.people,
        ),
    )


def _is_catalog(folder: Path) -> bool:
    return folder.is_dir() and any(folder.glob("*.jsonl"))


def _without_ratings(folder: Path) -> DatasetError:
    return DatasetError(
        f"{folder} holds no ratings; this protocol needs ratings of the catalog's items: name a folder of MovieLens, "
        "or a catalog that chatrec data import made with interactions."
    )
