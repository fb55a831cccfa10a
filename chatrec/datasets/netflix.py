"""The Netflix titles table (`netflix_titles.csv`) -> its content: films and series, without ratings."""

from __future__ import annotations

from collections.abc import Iterator

from chatrec.catalog.files import clean
from chatrec.datasets.content import Content
from chatrec.datasets.lines import Problems, read_rows
from chatrec.datasets.sources import Source
from chatrec.datasets.texts import day, listed, minutes, seasons
from chatrec.errors import DatasetError
from chatrec.records import Item

FILE = "netflix_titles.csv"
_COLUMNS = (
    "show_id",
    "type",
    "title",
    "director",
    "cast",
    "country",
    "release_year",
    "rating",
    "duration",
    "listed_in",
    "description",
)


def fits(source: Source) -> bool:
    """Whether the table is there."""
    return FILE in source


def read(source: Source, problems: Problems, name: str = "Netflix titles") -> Content:
    """The titles; `listed_in` are the genres as they stand, seasons, type and the day of adding are under extra."""
    items: dict[str, Item] = {}
    for line, item in _titles(source, problems):
        if item.id in items:
            problems.add(FILE, line, f"title {item.id} was there before; the first is kept")
        else:
            items[item.id] = item
    if not items:
        raise DatasetError(f"No title could be read from {FILE} in {source.path}.")
    return Content(name=name, items=tuple(items.values()), noun="title", plural="titles")


def _titles(source: Source, problems: Problems) -> Iterator[tuple[int, Item]]:
    with source.open(FILE) as stream:
        for line, row in read_rows(stream, FILE, _COLUMNS, problems):
            title, show = clean(row["title"]), clean(row["show_id"])
            if not title or not show:
                problems.add(FILE, line, "has no title" if show else "has no show_id")
                continue
            year = row["release_year"].strip()
            added = day(row.get("date_added", ""))
            # Some rows have their minutes in the column of the certificate.
            slipped = minutes(row["rating"])
            extra = {
                "type": clean(row["type"]),
                "seasons": seasons(row["duration"]),
                "added": added.isoformat() if added else None,
            }
            people = {role: tuple(listed(row[role])) for role in ("director", "cast")}
            yield (
                line,
                Item(
                    id=show,
                    title=title,
                    year=int(year) if year.isascii() and year.isdigit() else None,
                    description=clean(row["description"]),
                    genres=tuple(listed(row["listed_in"])),
                    people={role: names for role, names in people.items() if names},
                    countries=tuple(listed(row["country"])),
                    runtime=minutes(row["duration"]) or slipped,
                    certificate="" if slipped else clean(row["rating"]),
                    extra={key: value for key, value in extra.items() if value},
                ),
            )
