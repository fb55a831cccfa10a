"""How a table of any shape is to be read: `title=name,year=release_year` or a small TOML file -> column maps.

    noun = "book"                          # what people call an item, and several
    plural = "books"

    [items]
    file = "books.csv"                     # .csv, .jsonl or .parquet, beside this file
    [items.columns]
    id = "isbn"
    title = "name"
    year = "published"
    "people.author" = "writer"             # a role, and the column of its names
    genres = { column = "shelves", split = ";" }

    [interactions]
    file = "ratings.csv"
    action = "rate"                        # what every row is, where no column says it
    [interactions.columns]
    user = "reader"
    item = "isbn"
    value = "stars"
    at = "when"                            # seconds or milliseconds since 1970, or a date
    [interactions.actions]
    bought = "purchase"                    # the file's word, and ours

Keys that are not mapped are taken from columns of their own name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rapidfuzz import process

from chatrec.errors import DatasetError
from chatrec.records import Item

ITEM_KEYS = tuple(f.name for f in fields(Item) if f.name not in ("extra", "people", "content"))
INTERACTION_KEYS = ("user", "item", "action", "value", "at")
_ROLE = re.compile(r"people\.[\w -]{1,40}")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and what separates the names in one of its cells (empty: `|` or `;` where there is one, else a comma)."""

    name: str
    split: str = ""


@dataclass(frozen=True, slots=True)
class TableMap:
    """One table: its file (None: to be given) and which column each key of ours is in."""

    file: Path | None = None
    columns: Mapping[str, Column] = field(default_factory=lambda: _NOTHING)
    action: str = ""
    actions: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a column map says of a dataset."""

    items: TableMap = TableMap()
    interactions: TableMap | None = None
    noun: str = "item"
    plural: str = "items"
    name: str = ""


def read_pairs(texts: Iterable[str], option: str, keys: Iterable[str] = ITEM_KEYS) -> dict[str, Column]:
    """`title=name,year=release_year` -> columns by key. DatasetError names the option and what is wrong."""
    found: dict[str, Column] = {}
    for pair in (pair for text in texts for pair in text.split(",")):
        key, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or not key or not column:
            raise DatasetError(f"{option} {pair.strip()!r} is not KEY=COLUMN, for example title=name,year=release_year.")
        found[_known(key, tuple(keys), option)] = Column(column)
    return found


def read_plan(file: Path) -> Plan:
    """A column map written in TOML, as at the top of this module. DatasetError names the file and the key."""
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DatasetError(f"The column map {file} cannot be read: {error.strerror or error}.") from None
    except ValueError as error:
        raise DatasetError(f"The column map {file} is no TOML: {error}.") from None
    where = str(file)
    _only(written, ("name", "noun", "plural", "items", "interactions"), where)
    items = _table(written.get("items", {}), file, "items", ITEM_KEYS)
    interactions = (
        _table(written["interactions"], file, "interactions", INTERACTION_KEYS) if "interactions" in written else None
    )
    noun = _text(written, "noun", where) or "item"
    return Plan(items, interactions, noun, _text(written, "plural", where) or f"{noun}s", _text(written, "name", where))


def _table(written: Any, file: Path, part: str, keys: tuple[str, ...]) -> TableMap:
    where = f"[{part}] of {file}"
    if not isinstance(written, dict):
        raise DatasetError(f"`{part}` of {file} must be a table: write [{part}].")
    _only(written, ("file", "columns", *(("action", "actions") if part == "interactions" else ())), where)
    name = _text(written, "file", where)
    columns = {
        _known(key, keys, f"[{part}.columns] of {file}"): _column(value, f"`{key}` in [{part}.columns] of {file}")
        for key, value in _mapping(written, "columns", where).items()
    }
    actions = _mapping(written, "actions", where)
    for key in actions:
        _text(actions, key, f"[{part}.actions] of {file}")
    return TableMap(file.parent / name if name else None, columns, _text(written, "action", where), actions)


def _column(value: Any, where: str) -> Column:
    if isinstance(value, str) and value:
        return Column(value)
    if isinstance(value, dict) and set(value) <= {"column", "split"}:
        name, split = value.get("column"), value.get("split", "")
        if isinstance(name, str) and name and isinstance(split, str):
            return Column(name, split)
    raise DatasetError(f'{where} must be a column\'s name or {{ column = "...", split = "..." }}.')


def _known(key: str, keys: tuple[str, ...], where: str) -> str:
    if key in keys or ("title" in keys and _ROLE.fullmatch(key)):
        return key
    close = process.extractOne(key, keys, score_cutoff=60)
    hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(keys)}{', people.ROLE' if 'title' in keys else ''}."
    raise DatasetError(f"There is no key {key!r} in {where}; {hint}")


def _only(written: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in written:
        _known(key, keys, where)


def _text(written: Mapping[str, Any], key: str, where: str) -> str:
    value = written.get(key, "")
    if not isinstance(value, str):
        raise DatasetError(f"`{key}` in {where} must be text.")
    return value


def _mapping(written: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = written.get(key, {})
    if not isinstance(value, dict):
        raise DatasetError(f"`{key}` in {where} must be a table.")
    return value
