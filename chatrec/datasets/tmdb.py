"""The TMDB 5000 tables (`tmdb_5000_movies.csv`, and `tmdb_5000_credits.csv` when it is there) -> their content."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from chatrec.catalog.files import clean
from chatrec.datasets.cells import written
from chatrec.datasets.content import Content
from chatrec.datasets.encodings import decoded
from chatrec.datasets.language_names import LANGUAGES
from chatrec.datasets.lines import LONGEST_LINE, Problems, read_rows
from chatrec.datasets.sources import Source
from chatrec.datasets.texts import day, genres, listed
from chatrec.errors import DatasetError
from chatrec.records import Item

FILE, CREDITS = "tmdb_5000_movies.csv", "tmdb_5000_credits.csv"
_NEEDED = ("id", "title")
_FURTHER = (
    "original_title", "overview", "genres", "keywords", "original_language", "spoken_languages", "production_countries",
    "release_date", "runtime", "vote_average", "vote_count", "tagline",
)  # fmt: skip
_JOBS: Mapping[str, str] = {
    "Director": "director",
    "Screenplay": "writer",
    "Writer": "writer",
    "Original Music Composer": "composer",
}
_CAST = 12
_SHRUNK_BY = 25  # votes of the average kind that every film is given
_COUNTRIES: Mapping[str, str] = {"United States of America": "United States", "Libyan Arab Jamahiriya": "Libya"}


def fits(source: Source) -> bool:
    """Whether the table of films is there."""
    return FILE in source


def read(source: Source, problems: Problems, name: str = "TMDB 5000") -> Content:
    """The films; popularity is the logarithm of the votes, acclaim their average drawn towards the mean, both 0 to 100."""
    films, people_of = (CREDITS, FILE) if CREDITS in source and _holds_credits(source, FILE) else (FILE, CREDITS)
    people = dict(_credits(source, people_of, problems)) if people_of in source else {}
    rows: dict[str, tuple[Item, float, float]] = {}
    for line, item, average, votes in _films(source, films, problems, people):
        if item.id in rows:
            problems.add(films, line, f"film {item.id} was there before; the first is kept")
        else:
            rows[item.id] = item, average, votes
    if not rows:
        raise DatasetError(f"No film could be read from {films} in {source.path}; {'; '.join(map(str, problems.first[:1]))}.")
    return Content(name=name, items=tuple(_judged(list(rows.values()))))


def _holds_credits(source: Source, name: str) -> bool:
    """Whether it is the table of people under the name of that of films."""
    with source.open(name) as stream:
        head = decoded(stream.readline(LONGEST_LINE)).lower()
    return "crew" in head and "overview" not in head


def _films(
    source: Source, name: str, problems: Problems, people: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> Iterator[tuple[int, Item, float, float]]:
    with source.open(name) as stream:
        for line, found in read_rows(stream, name, _NEEDED, problems, also=_FURTHER):
            row = {**dict.fromkeys(_FURTHER, ""), **found}
            title, film_id = clean(row["title"]), row["id"].strip()
            if not title or not film_id.isdigit():
                problems.add(name, line, "has no title" if film_id.isdigit() else "has no id that is a number")
                continue
            try:
                named = {key: _named(row[key]) for key in ("genres", "keywords", "production_countries")}
                languages = _languages(row["original_language"].strip(), row["spoken_languages"])
                average, votes, runtime = (_number(row[key]) for key in ("vote_average", "vote_count", "runtime"))
            except ValueError as error:
                problems.add(name, line, f"cannot be read: {error}")
                continue
            released, original = day(row["release_date"]), clean(row["original_title"])
            item = Item(
                id=film_id,
                title=title,
                year=released.year if released else None,
                description=clean(row["overview"]),
                genres=tuple(genres(named["genres"])),
                people=people.get(film_id, {}),
                countries=tuple(dict.fromkeys(_COUNTRIES.get(name, name) for name in named["production_countries"])),
                languages=languages,
                runtime=round(runtime) or None,
                keywords=tuple(keyword.lower() for keyword in named["keywords"]),
                original_title="" if original == title else original,
                extra={"tmdb_id": int(film_id), **({"tagline": clean(row["tagline"])} if row.get("tagline") else {})},
            )
            yield line, item, average, votes


def _judged(rows: list[tuple[Item, float, float]]) -> Iterator[Item]:
    voters = sum(votes for _, _, votes in rows)
    mean = sum(average * votes for _, average, votes in rows) / voters if voters else 0.0
    most = max(votes for _, _, votes in rows)
    for item, average, votes in rows:
        if not votes:
            yield item
            continue
        acclaim = (average * votes + mean * _SHRUNK_BY) / (votes + _SHRUNK_BY)
        yield replace(item, popularity=round(100 * math.log1p(votes) / math.log1p(most), 1), acclaim=round(10 * acclaim, 1))


def _credits(source: Source, name: str, problems: Problems) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    with source.open(name) as stream:
        for line, row in read_rows(stream, name, ("movie_id", "cast", "crew"), problems):
            try:
                roles: dict[str, list[str]] = {"director": [], "cast": []}
                for member in _objects(row["crew"]):
                    if role := _JOBS.get(str(member.get("job"))):
                        roles.setdefault(role, []).append(clean(str(member.get("name") or "")))
                cast = sorted(_objects(row["cast"]), key=lambda member: _number(str(member.get("order", 999))))
                roles["cast"] = [clean(str(member.get("name") or "")) for member in cast[:_CAST]]
            except ValueError as error:
                problems.add(name, line, f"cannot be read: {error}")
                continue
            people = {role: tuple(dict.fromkeys(filter(None, names))) for role, names in roles.items()}
            yield row["movie_id"].strip(), {role: names for role, names in people.items() if names}


def _languages(leading: str, spoken: str) -> tuple[str, ...]:
    named = (LANGUAGES.get(str(entry.get("iso_639_1")), clean(str(entry.get("name") or ""))) for entry in _objects(spoken))
    return tuple(dict.fromkeys(filter(None, (LANGUAGES.get(leading, ""), *named))))


def _named(cell: str) -> list[str]:
    return [name for entry in _objects(cell) if (name := clean(str(entry.get("name") or "")))]


def _objects(cell: str) -> list[dict[str, Any]]:
    """A list of objects as JSON or as Python writes it; later dumps have their names alone, with commas."""
    found = written(cell.strip() or "[]")
    if isinstance(found, str) and cell.lstrip()[:1] not in ("[", "{"):
        found = [{"name": name} for name in listed(cell)]
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ValueError(f"a list of objects is expected, not {cell[:40]!r}")
    return found


def _number(cell: str) -> float:
    number = float(cell or 0)
    if not math.isfinite(number) or number < 0:
        raise ValueError(f"{cell[:20]!r} is no number")
    return number
