"""A folder with `films.jsonl` (name "Title (year)", genres, plot, directors, cast, imdb_id) -> its content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chatrec.catalog.files import clean, plain
from chatrec.catalog.words import fold
from chatrec.datasets.content import Content
from chatrec.datasets.lines import Problems, read_lines
from chatrec.datasets.sources import Source
from chatrec.datasets.texts import genres, imdb_id
from chatrec.datasets.titles import read_title
from chatrec.errors import DatasetError
from chatrec.records import Item

FILE = "films.jsonl"


def fits(source: Source) -> bool:
    """Whether the list is there."""
    return FILE in source


def read(source: Source, problems: Problems, name: str = "films") -> Content:
    """The films. An id is the IMDb id, with -2, -3 ... for a film listed again under another name; `name` is kept in extra."""
    items: dict[str, Item] = {}
    with source.open(FILE) as stream:
        for line, text in read_lines(stream, FILE, problems):
            try:
                film = plain(json.loads(text.removeprefix("\ufeff")))
                if not isinstance(film, dict):
                    raise ValueError("it is no object")
                item = _film(film)
            except (ValueError, RecursionError) as error:
                problems.add(FILE, line, f"cannot be read: {error}")
                problems.check_hope(FILE, len(items))
                continue
            number, item_id = 1, item.id
            while item_id in items:
                number += 1
                item_id = f"{item.id}-{number}"
            items[item_id] = replace(item, id=item_id)
    if not items:
        raise DatasetError(f"No film could be read from {FILE} in {source.path}; {'; '.join(map(str, problems.first[:1]))}.")
    return Content(name=name, items=tuple(items.values()))


def _film(film: Mapping[str, Any]) -> Item:
    name = film.get("name")
    if not isinstance(name, str) or not name:
        raise ValueError("`name` is missing")
    title = read_title(name)
    imdb = imdb_id(str(film.get("imdb_id") or ""))
    extra: dict[str, Any] = {"name": name, **({"imdb_id": imdb} if imdb else {})}
    if title.also:
        extra["also_known_as"] = list(title.also)
    people = {role: _names(film, key) for role, key in (("director", "directors"), ("cast", "cast"))}
    return Item(
        id=imdb or "-".join(fold(name).replace("(", " ").replace(")", " ").split()),
        title=title.title,
        year=title.year,
        description=clean(str(film.get("plot") or "")),
        genres=tuple(genres(_names(film, "genres"))),
        people={role: names for role, names in people.items() if names},
        original_title=title.original,
        extra=extra,
    )


def _names(film: Mapping[str, Any], key: str) -> tuple[str, ...]:
    names = film.get(key) or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"`{key}` must be a list of texts")
    return tuple(dict.fromkeys(name for name in names if name))
