"""The public datasets chatrec knows by name: what is in each, its terms, where it is published, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import process

from chatrec.datasets import film_list, movielens, netflix, tmdb
from chatrec.datasets.content import Content
from chatrec.datasets.lines import Problems
from chatrec.datasets.sources import Source
from chatrec.errors import DatasetError

_GROUPLENS = "https://files.grouplens.org/datasets/movielens/"
_RESEARCH = "research use with acknowledgement; no redistribution, no commercial use without permission"
_EDUCATION = "research and education with acknowledgement; redistribution under the same terms, no commercial use"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One public dataset. `address` is empty where the publisher wants an account: then `page` is where people get it by hand.

    `checksum` is the address of its MD5 sum. `tells` are the files by which its form is known. `size` is that of the download.
    """

    name: str
    title: str
    holds: str
    size: str
    terms: str
    page: str
    tells: tuple[str, ...]
    read: Callable[[Source, Problems, str], Content]
    address: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def checksum(self) -> str:
        """Where the publisher gives the MD5 sum; empty where there is no download."""
        return f"{self.address}.md5" if self.address else ""

    @property
    def file_name(self) -> str:
        """What the download is called."""
        return self.address.rpartition("/")[2]


def _movielens(name: str, title: str, holds: str, size: str, terms: str, *tells: str) -> Dataset:
    short = f"ml-{name}"
    return Dataset(
        name=f"movielens-{name}",
        title=title,
        holds=holds,
        size=size,
        terms=terms,
        page="https://grouplens.org/datasets/movielens/",
        tells=tells,
        read=movielens.read,
        address=f"{_GROUPLENS}{short}.zip",
        aliases=(short,),
    )


_CSV = ("movies.csv", "ratings.csv")
DATASETS: tuple[Dataset, ...] = (
    _movielens(
        "100k",
        "MovieLens 100k",
        "100,000 ratings of 1,682 films by 943 people; age, gender, occupation (1998)",
        "5 MB",
        _RESEARCH,
        "u.item",
        "u.data",
    ),
    _movielens(
        "1m",
        "MovieLens 1M",
        "1,000,209 ratings of 3,883 films by 6,040 people; age, gender, occupation (2003)",
        "6 MB",
        _RESEARCH,
        "movies.dat",
        "users.dat",
    ),
    _movielens(
        "latest-small",
        "MovieLens latest small",
        "100,836 ratings of 9,742 films by 610 people; tags (2018)",
        "1 MB",
        _EDUCATION,
        *_CSV,
    ),
    _movielens(
        "latest",
        "MovieLens latest",
        "33,832,162 ratings of 86,537 films by 330,975 people; tags (2023)",
        "335 MB",
        _EDUCATION,
        *_CSV,
    ),
    _movielens(
        "10m",
        "MovieLens 10M",
        "10,000,054 ratings of 10,681 films by 69,878 people; tags (2009)",
        "63 MB",
        _RESEARCH,
        "movies.dat",
        "ratings.dat",
    ),
    _movielens(
        "20m", "MovieLens 20M", "20,000,263 ratings of 27,278 films by 138,493 people; tags (2016)", "190 MB", _RESEARCH, *_CSV
    ),
    _movielens(
        "25m", "MovieLens 25M", "25,000,095 ratings of 62,423 films by 162,541 people; tags (2019)", "250 MB", _EDUCATION, *_CSV
    ),
    _movielens(
        "32m", "MovieLens 32M", "32,000,204 ratings of 87,585 films by 200,948 people; tags (2024)", "239 MB", _EDUCATION, *_CSV
    ),
    Dataset(
        name="netflix-titles",
        title="Netflix titles",
        holds="8,807 films and series with descriptions, cast, directors, countries, genres (2021); no ratings",
        size="1 MB",
        terms="CC0, as its publisher states",
        page="https://www.kaggle.com/datasets/shivamb/netflix-shows",
        tells=(netflix.FILE,),
        read=netflix.read,
        aliases=("netflix",),
    ),
    Dataset(
        name="tmdb-5000",
        title="TMDB 5000",
        holds="4,803 films with overview, genres, keywords, countries, languages, runtime, votes; people in a second file",
        size="9 MB",
        terms="terms of the TMDB API: non-commercial use with attribution",
        page="https://www.kaggle.com/datasets/tmdb/tmdb-movie-metadata",
        tells=(tmdb.FILE,),
        read=tmdb.read,
        aliases=("tmdb",),
    ),
    Dataset(
        name="film-list",
        title="a films.jsonl folder",
        holds="films with plot, genres, directors and cast, as collections of film dialogues come with",
        size="",
        terms="those of the collection",
        page="your own folder",
        tells=(film_list.FILE,),
        read=film_list.read,
        aliases=("redial", "inspired"),
    ),
)


def find(name: str) -> Dataset | None:
    """The dataset of that name or alias, whatever the case; None when there is none."""
    wanted = name.strip().lower()
    return next((dataset for dataset in DATASETS if wanted in (dataset.name, *dataset.aliases)), None)


def named(name: str) -> Dataset:
    """The dataset of that name; DatasetError with a suggestion when there is none."""
    if dataset := find(name):
        return dataset
    names = [dataset.name for dataset in DATASETS]
    close = process.extractOne(name.lower(), names, score_cutoff=55)
    hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(names)}."
    raise DatasetError(f"There is no dataset {name!r}; {hint}")


def recognise(source: Source) -> Dataset:
    """The dataset a folder or file holds, by its files; of a form several share the one its path names, else a nameless one.

    DatasetError: none is known by these files.
    """
    fitting = [dataset for dataset in DATASETS if all(name in source for name in dataset.tells)]
    if not fitting:
        raise DatasetError(f"{source.path} holds no dataset known here ({_holding(source)}); {_lacking(source)}.")
    parts = {part.lower().removesuffix(".zip") for part in Path(source.path).absolute().parts[-2:]}
    called = next((dataset for dataset in fitting if parts & {dataset.name, *dataset.aliases}), None)
    if called is None and len({dataset.tells for dataset in fitting}) < len(fitting):
        return replace(fitting[0], name="movielens", title="MovieLens")
    return called or fitting[0]


def _holding(source: Source) -> str:
    if source.names:
        return ", ".join(source.names[:8])
    return f"only the folders {', '.join(source.folders[:4])}; name one of them" if source.folders else "it is empty"


def _lacking(source: Source) -> str:
    """What is missing of the set some of whose files are there; else how a table is given."""
    for names in (*(dataset.tells for dataset in DATASETS), (tmdb.FILE, tmdb.CREDITS)):
        there = [name for name in names if name in source]
        if there:
            missing = ", ".join(name for name in names if name not in source)
            return f"beside {there[0]} it needs {missing}"
    return "for a table of your own give the .csv, .jsonl or .parquet file itself, with --map"


def check_form(dataset: Dataset, source: Source) -> None:
    """DatasetError when the files are not those of this dataset."""
    missing = [name for name in dataset.tells if name not in source]
    if missing:
        others = [other.name for other in DATASETS if all(name in source for name in other.tells)]
        hint = f"it looks like {others[0]}" if others else f"it holds {', '.join(source.names[:8]) or 'nothing'}"
        raise DatasetError(f"{source.path} is not {dataset.name}: there is no {missing[0]}; {hint}.")
