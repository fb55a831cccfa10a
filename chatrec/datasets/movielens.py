"""Any MovieLens set as downloaded -> its content: `u.*` (100k), `.dat` (1M, 10M), or csv (20M and later, latest)."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from chatrec.catalog.files import clean
from chatrec.datasets.content import Content, Rows
from chatrec.datasets.lines import Problems, read_lines, read_rows
from chatrec.datasets.ratings import BEST, read_ratings
from chatrec.datasets.sources import Source
from chatrec.datasets.texts import day, genres, imdb_id, tag
from chatrec.datasets.titles import read_title
from chatrec.errors import DatasetError
from chatrec.records import Item

AGES: Mapping[str, str] = MappingProxyType(
    {"1": "under 18", "18": "18-24", "25": "25-34", "35": "35-44", "45": "45-49", "50": "50-55", "56": "56 and over"}
)
"""Age codes of the 1M set, from its README."""
OCCUPATIONS = (
    "other", "academic or educator", "artist", "clerical or admin", "college or graduate student", "customer service",
    "doctor or health care", "executive or managerial", "farmer", "homemaker", "school student", "lawyer", "programmer",
    "retired", "sales or marketing", "scientist", "self-employed", "technician or engineer", "tradesman or craftsman",
    "unemployed", "writer",
)  # fmt: skip
"""Occupation codes 0 to 20 of the 1M set, from its README."""
_GENRES = (
    "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy",
    "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
)  # fmt: skip
_TAGS_KEPT = 15
_Found = Iterator[tuple[int, str, Item]]


def fits(source: Source) -> bool:
    """Whether the files are those of a MovieLens set."""
    return any(name in source for name in ("u.item", "movies.dat")) or ("movies.csv" in source and "ratings.csv" in source)


def read(source: Source, problems: Problems, name: str = "MovieLens") -> Content:
    """The films, with tags as keywords and ids of other sites under extra, the people, and the ratings as a stream."""
    if "u.item" in source:
        found, ratings, separator = _old_films(source, problems), "u.data", "\t"
        people = _old_people(source, problems)
    elif "movies.dat" in source:
        found, ratings, separator = _dat_films(source, problems), "ratings.dat", "::"
        people = _dat_people(source, problems)
    elif "movies.csv" in source:
        found, ratings, separator, people = _csv_films(source, problems), "ratings.csv", ",", {}
    else:
        raise DatasetError(
            f"{source.path} holds no MovieLens set: there is no u.item, movies.dat or movies.csv, but "
            f"{', '.join(source.names[:8]) or 'nothing'}."
        )
    films: dict[str, Item] = {}
    for line, file, film in found:
        if film.id in films:
            problems.add(file, line, f"film {film.id} was there before; the first is kept")
        else:
            films[film.id] = film
    if not films:
        raise DatasetError(f"No film could be read from {source.path}; {'; '.join(map(str, problems.first[:1]))}.")
    rows = partial(_ratings, source, ratings, separator) if ratings in source else None
    return Content(
        name=name,
        items=tuple(films.values()),
        keys={int(film_id): film_id for film_id in films},
        rows=rows,
        people=people,
        best=BEST,
    )


def _ratings(source: Source, name: str, separator: str, problems: Problems) -> Iterator[Rows]:
    return read_ratings(source, name, separator, problems)


# --------------------------------------------------------------------------- 100k


def _old_films(source: Source, problems: Problems) -> _Found:
    names = _old_genres(source, problems)
    for line, cells in _cells(source, "u.item", "|", problems):
        if len(cells) != 5 + len(names):
            problems.add("u.item", line, f"has {len(cells)} cells where {5 + len(names)} are expected")
            continue
        flagged = [genre for genre, flag in zip(names, cells[5:], strict=True) if flag == "1"]
        released = day(cells[2])
        if film := _film("u.item", line, cells[0], cells[1], flagged, problems, year=released.year if released else None):
            yield line, "u.item", film


def _old_genres(source: Source, problems: Problems) -> tuple[str, ...]:
    if "u.genre" not in source:
        return _GENRES
    pairs = [(cells[1], cells[0]) for _, cells in _cells(source, "u.genre", "|", problems) if len(cells) == 2]
    return tuple(name for _, name in sorted(pairs, key=lambda pair: int(pair[0]) if pair[0].isdigit() else 99)) or _GENRES


def _old_people(source: Source, problems: Problems) -> dict[str, Mapping[str, Any]]:
    people: dict[str, Mapping[str, Any]] = {}
    for line, cells in _cells(source, "u.user", "|", problems) if "u.user" in source else ():
        if len(cells) != 5 or not cells[0].isdigit() or not cells[1].isdigit():
            problems.add("u.user", line, "is not `id|age|gender|occupation|zip`")
        else:
            people[_id(cells[0])] = _known(
                age=int(cells[1]), gender=cells[2], occupation="" if cells[3] == "none" else cells[3]
            )
    return people


# --------------------------------------------------------------------------- 1M and 10M


def _dat_films(source: Source, problems: Problems) -> _Found:
    words = _tags(source, _dat_tags(source, problems) if "tags.dat" in source else iter(()))
    for line, cells in _cells(source, "movies.dat", "::", problems):
        if len(cells) != 3:
            problems.add("movies.dat", line, "is not `id::title::genres`")
        elif film := _film(
            "movies.dat", line, cells[0], cells[1], cells[2].split("|"), problems, keywords=words.get(cells[0], ())
        ):
            yield line, "movies.dat", film


def _dat_tags(source: Source, problems: Problems) -> Iterator[tuple[str, str]]:
    for line, cells in _cells(source, "tags.dat", "::", problems):
        if len(cells) < 4:
            problems.add("tags.dat", line, "is not `user::film::tag::time`")
        else:
            yield cells[1], "::".join(cells[2:-1])


def _dat_people(source: Source, problems: Problems) -> dict[str, Mapping[str, Any]]:
    people: dict[str, Mapping[str, Any]] = {}
    for line, cells in _cells(source, "users.dat", "::", problems) if "users.dat" in source else ():
        if len(cells) != 5 or not cells[0].isdigit() or cells[2] not in AGES or not cells[3].isdigit():
            problems.add("users.dat", line, "is not `id::gender::age::occupation::zip` with the codes of the README")
            continue
        code = int(cells[3])
        people[_id(cells[0])] = _known(
            age=AGES[cells[2]], gender=cells[1], occupation=OCCUPATIONS[code] if code < len(OCCUPATIONS) else ""
        )
    return people


# --------------------------------------------------------------------------- csv


def _csv_films(source: Source, problems: Problems) -> _Found:
    elsewhere: dict[str, dict[str, Any]] = {}
    if "links.csv" in source:
        with source.open("links.csv") as stream:
            for _, row in read_rows(stream, "links.csv", ("movieId", "imdbId"), problems, also=("tmdbId",)):
                tmdb = row.get("tmdbId") or ""
                elsewhere[row["movieId"]] = _known(imdb_id=imdb_id(row["imdbId"]), tmdb_id=int(tmdb) if tmdb.isdigit() else "")
    words = _tags(source, _csv_tags(source, problems) if "tags.csv" in source else iter(()))
    with source.open("movies.csv") as stream:
        for line, row in read_rows(stream, "movies.csv", ("movieId", "title", "genres"), problems):
            film = _film(
                "movies.csv",
                line,
                row["movieId"],
                row["title"],
                row["genres"].split("|"),
                problems,
                keywords=words.get(row["movieId"], ()),
                extra=elsewhere.get(row["movieId"], {}),
            )
            if film:
                yield line, "movies.csv", film


def _csv_tags(source: Source, problems: Problems) -> Iterator[tuple[str, str]]:
    with source.open("tags.csv") as stream:
        for _, row in read_rows(stream, "tags.csv", ("movieId", "tag"), problems):
            yield row["movieId"], row["tag"]


# --------------------------------------------------------------------------- all of them


def _film(
    file: str,
    line: int,
    film_id: str,
    written: str,
    named: list[str],
    problems: Problems,
    *,
    year: int | None = None,
    keywords: tuple[str, ...] = (),
    extra: Mapping[str, Any] = MappingProxyType({}),
) -> Item | None:
    title = read_title(clean(written))
    if not film_id.isascii() or not film_id.isdigit() or len(film_id) > 18 or not title.title:
        problems.add(file, line, "has no id that is a number" if title.title else "has no title")
        return None
    return Item(
        id=_id(film_id),
        title=title.title,
        year=title.year or year,
        genres=tuple(genres(named)),
        keywords=keywords,
        original_title=title.original,
        extra={**extra, **({"also_known_as": list(title.also)} if title.also else {})},
    )


def _tags(source: Source, tagged: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Film id -> its most given tags, most given first. Counted as pairs of numbers: the 32M set has two million tags."""
    films: dict[str, int] = {}
    tags: dict[str, int] = {}
    pairs = array("q")
    for film, text in tagged:
        if name := tag(text):
            pairs.append(films.setdefault(film, len(films)) << 32 | tags.setdefault(name, len(tags)))
    if not pairs:
        return {}
    distinct, counts = np.unique(np.frombuffer(pairs, dtype=np.int64), return_counts=True)
    film_names, tag_names = list(films), list(tags)
    best = np.lexsort((distinct & 0xFFFFFFFF, -counts, distinct >> 32))
    kept: dict[str, list[str]] = defaultdict(list)
    for pair in distinct[best].tolist():
        mine = kept[film_names[pair >> 32]]
        if len(mine) < _TAGS_KEPT:
            mine.append(tag_names[pair & 0xFFFFFFFF])
    return {film: tuple(names) for film, names in kept.items()}


def _cells(source: Source, name: str, separator: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    with source.open(name) as stream:
        for line, text in read_lines(stream, name, problems):
            yield line, [cell.strip() for cell in text.split(separator)]


def _id(text: str) -> str:
    return str(int(text))


def _known(**facts: Any) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact != ""}
