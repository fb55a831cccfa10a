"""A folder of ratings, as downloaded or as imported -> its catalog and its ratings in the order of the file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.errors import DatasetError
from chatrec.evaluation.splits import Ratings
from chatrec.history.actions import is_rating, rules_for
from chatrec.history.interactions import FOLDER, Interactions

IMPORTED = "imported"
_FEWEST = 8
_STARS = 5.0
_SCALES = (1.0, _STARS, 10.0, 100.0)


@dataclass(frozen=True)
class RatedData:
    """A catalog and the ratings of its items; `ratings.item` counts by catalog row.

    `notes` tell what was done with ratings that are not one a person and item, of up to five stars.
    """

    name: str
    catalog: Catalog
    ratings: Ratings
    notes: tuple[str, ...] = ()


def open_rated(folder: Path, work: Path, progress: bool = False) -> RatedData:
    """`read_rated`, for protocols that hold some of the ratings out. DatasetError also: too few, or all the same."""
    data = read_rated(folder, work, progress)
    values = data.ratings.value
    if len(values) < _FEWEST:
        raise DatasetError(f"{folder} holds {len(values)} ratings of its items; this protocol needs {_FEWEST} and more.")
    if np.ptp(values) == 0:
        raise DatasetError(
            f"All ratings in {folder} are the same ({values[0]:g}), so good cannot be told from bad; this protocol "
            "needs ratings that differ."
        )
    return data


def read_rated(folder: Path, work: Path, progress: bool = False) -> RatedData:
    """Read an imported catalog folder; anything `chatrec data import` knows is imported into `work`/imported first.

    Of several ratings of one item by one person the last counts, and other scales become stars up to five.
    DatasetError or CatalogError: not there, unknown, or without ratings.
    """
    folder = folder.expanduser()
    if not folder.exists():
        raise DatasetError(f"There is no folder {folder}; name one with ratings.")
    if folder.is_file() and folder.suffix.lower() != ".zip":
        raise DatasetError(f"{folder} is a file; name the folder it lies in.")
    place = folder if (folder / FOLDER).is_dir() else _imported(folder, work, progress)
    if not (place / FOLDER).is_dir():
        raise _without_ratings(folder)
    catalog, _ = read_catalog(place)
    ratings = _ratings(place, catalog)
    if not len(ratings):
        raise _without_ratings(folder)
    return RatedData(folder.resolve().name, catalog, *_as_stars(*_last_of_each(ratings)))


def _imported(folder: Path, work: Path, progress: bool) -> Path:
    """The catalog that an earlier run made of these very files, else a new one."""
    from chatrec.datasets.choosing import Wish, reader_for
    from chatrec.datasets.importing import write_catalog

    if _is_catalog(folder):
        raise _without_ratings(folder)
    place = work / IMPORTED / folder.resolve().name
    made_of, mark = place.with_name(f"{place.name}.made-of"), _fingerprint(folder)
    if (place / FOLDER / "about.json").exists() and made_of.exists() and made_of.read_text(encoding="utf-8") == mark:
        return place
    with reader_for(Wish(source=str(folder.resolve())), work) as (name, read):
        write_catalog(read, place, dataset=name, progress=progress)
    made_of.write_text(mark, encoding="utf-8")
    return place


def _fingerprint(folder: Path) -> str:
    """The files' names, sizes and times, as a sum."""
    files = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
    facts = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.is_file()]
    return hashlib.sha256(repr((str(folder.resolve()), facts)).encode()).hexdigest()


def _ratings(place: Path, catalog: Catalog) -> Ratings:
    interactions = Interactions.open(place / FOLDER)
    rows = np.array([catalog.row(item) if item in catalog else -1 for item in interactions.items] or [-1], dtype=np.int64)
    kept = np.flatnonzero(is_rating(interactions, rules_for(place / FOLDER)) & (rows[interactions.item] >= 0))
    return Ratings(
        interactions.user[kept].astype(np.int64),
        rows[interactions.item[kept]],
        interactions.value[kept].astype(np.float64),
        interactions.at[kept].astype(np.int64),
        interactions.users,
        tuple(item.id for item in catalog),
        interactions.people,
    )


def _last_of_each(ratings: Ratings) -> tuple[Ratings, tuple[str, ...]]:
    """One rating a person and item, so that nothing held out is known from another row."""
    pairs = ratings.user * ratings.items + ratings.item
    order = np.lexsort((np.arange(len(pairs)), ratings.at, pairs))
    last = np.sort(order[np.append(np.diff(pairs[order]) != 0, True)])
    more = len(ratings) - len(last)
    if not more:
        return ratings, ()
    return ratings.take(last), (f"{more:,} ratings of what somebody had rated before were left out; the last counts.",)


def _as_stars(ratings: Ratings, notes: tuple[str, ...]) -> tuple[Ratings, tuple[str, ...]]:
    """The ratings as stars up to five, where they are not: by their share of 1, 10, 100 or the greatest, or, with ratings below
    0, of the way from the least to the greatest."""
    least, greatest = min(float(ratings.value.min()), 0.0), float(ratings.value.max())
    top = greatest if least < 0 else next((scale for scale in _SCALES if greatest <= scale), greatest)
    if least == 0 and top == _STARS:
        return ratings, notes
    value = _STARS * (ratings.value - least) / ((top - least) or 1.0)
    told = f"Ratings from {least:g} to {top:g} were turned into stars up to five."
    return replace(ratings, value=value), (*notes, told)


def _is_catalog(folder: Path) -> bool:
    return folder.is_dir() and any(folder.glob("*.jsonl"))


def _without_ratings(folder: Path) -> DatasetError:
    return DatasetError(
        f"{folder} holds no ratings of its items; name a folder of MovieLens, "
        "or a catalog that chatrec data import made with interactions."
    )
