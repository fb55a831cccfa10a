"""The items: a file or folder of records -> a Catalog, with every broken line reported and the rest kept."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from chatrec.catalog.files import READERS, Line, plain
from chatrec.errors import CatalogError
from chatrec.records import Item

_LISTS = ("genres", "countries", "languages", "keywords")
_NUMBERS = {"year": int, "runtime": int, "position": int, "popularity": float, "acclaim": float}
_TEXTS = ("description", "certificate", "original_title", "series")
_KNOWN = {f.name for f in fields(Item)} - {"extra"}
ABOUT = "about.json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a catalog file; `line` counts from 1 (0: the file as a whole)."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class Catalog:
    """The items in file order, addressed by id or by row; immutable once made.

    `noun` and `plural` are what people call an item here (film, films). `digest` is the sha256 of all items, by which an index
    knows its catalog.
    """

    def __init__(self, items: Iterable[Item], *, name: str = "items", noun: str = "title", plural: str = "titles") -> None:
        self.items: tuple[Item, ...] = tuple(items)
        self.name = name
        self.noun = noun
        self.plural = plural
        self._row = {item.id: row for row, item in enumerate(self.items)}
        if len(self._row) != len(self.items):
            raise CatalogError("Two items share an id; give every item an id of its own.")

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._row

    def __getitem__(self, item_id: str) -> Item:
        return self.items[self._row[item_id]]

    def get(self, item_id: str) -> Item | None:
        """The item with this id, or None when the catalog does not hold it."""
        row = self._row.get(item_id)
        return None if row is None else self.items[row]

    def row(self, item_id: str) -> int:
        """The position of an item, from 0; KeyError when unknown."""
        return self._row[item_id]

    @cached_property
    def digest(self) -> str:
        """sha256 over every item's content, in order."""
        whole = hashlib.sha256()
        for item in self.items:
            whole.update(json.dumps(as_record(item), sort_keys=True, ensure_ascii=False).encode())
            whole.update(b"\n")
        return whole.hexdigest()

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row an item, in order: id, title, year, runtime, popularity, acclaim (float64, NaN where unknown)."""
        numbers = {
            name: pd.Series([getattr(item, name) for item in self.items], dtype="float64")
            for name in ("year", "runtime", "popularity", "acclaim")
        }
        return pd.DataFrame({"id": [i.id for i in self.items], "title": [i.title for i in self.items], **numbers})

    @cached_property
    def _counts(self) -> Mapping[str, Mapping[str, int]]:
        counts: dict[str, Counter[str]] = {name: Counter() for name in (*_LISTS, "people")}
        for item in self.items:
            for name in _LISTS:
                counts[name].update(set(getattr(item, name)))
            counts["people"].update({person for names in item.people.values() for person in names})
        return {name: MappingProxyType(dict(count.most_common())) for name, count in counts.items()}

    def vocabulary(self, name: str) -> Mapping[str, int]:
        """The distinct values of genres, countries, languages, keywords or people, most frequent first -> item count."""
        return self._counts[name]


def as_record(item: Item) -> dict[str, Any]:
    """The item as the JSON object the catalog format defines, empty fields left out."""
    record: dict[str, Any] = {}
    for f in fields(Item):
        value = getattr(item, f.name)
        if value is None or value == "" or value == () or (isinstance(value, Mapping) and not value):
            continue
        if isinstance(value, Mapping):
            value = {k: list(v) if isinstance(v, tuple) else v for k, v in value.items()}
        record[f.name] = list(value) if isinstance(value, tuple) else value
    extra = record.pop("extra", {})
    return {**extra, **record}


def as_item(record: Mapping[str, Any]) -> Item:
    """One record of the catalog format -> an Item; ValueError names the key that is wrong."""
    record = plain(record)
    title, item_id = _text(record, "title"), record.get("id")
    if isinstance(item_id, float) and item_id.is_integer():
        item_id = int(item_id)
    if isinstance(item_id, (int, float)) and not isinstance(item_id, bool):
        item_id = str(item_id)
    if not isinstance(item_id, str) or not item_id:
        raise ValueError("`id` is missing: every item needs one")
    if not title:
        raise ValueError("`title` is missing: every item needs one")
    values: dict[str, Any] = {name: _list(record, name) for name in _LISTS}
    values.update({name: _text(record, name) for name in _TEXTS})
    values.update({name: _number(record, name, kind) for name, kind in _NUMBERS.items()})
    people = {
        role: _names(f"people.{role}", names) for role, names in _mapping(record, "people").items() if not _missing(names)
    }
    content = _mapping(record, "content")
    for kind, level in content.items():
        if isinstance(level, bool) or level not in (0, 1, 2, 3):
            raise ValueError(f"`content.{kind}` must be 0, 1, 2 or 3, not {level!r}")
    values["people"] = {role: names for role, names in people.items() if names}
    values["content"] = {kind: int(level) for kind, level in content.items()}
    values["extra"] = {k: v for k, v in record.items() if k not in _KNOWN and not _missing(v)}
    return Item(id=item_id, title=title, **values)


def read_catalog(path: Path) -> tuple[Catalog, list[Problem]]:
    """Read `items.jsonl`, a CSV or Parquet file with the same column names, or a folder of them (sorted by name).

    A folder's about.json may give `name`, `noun` and `plural`. In CSV cells lists are separated by `|`, people written
    as `director: A | director: B | cast: C`. Unreadable files and lines, missing ids or titles and duplicate ids are reported
    and left out. Raises CatalogError when nothing usable is left.
    """
    items: dict[str, Item] = {}
    problems: list[Problem] = []
    for file in catalog_files(path):
        for line, record in read_records(file):
            try:
                if isinstance(record, str):
                    raise ValueError(record)
                item = as_item(record)
                if item.id in items:
                    raise ValueError(f"`id` {item.id!r} was used before; the first item is kept")
            except ValueError as error:
                problems.append(Problem(file.name, line, str(error)))
            else:
                items[item.id] = item
    if not items:
        first = f" First problem: {problems[0]}." if problems else ""
        raise CatalogError(f"The catalog at {path} holds no usable item.{first}")
    about = read_about(path, problems)
    return Catalog(items.values(), **{key: about[key] for key in ("name", "noun", "plural") if key in about}), problems


def catalog_files(path: Path) -> list[Path]:
    """The files of a catalog: the file itself, or a folder's files sorted by name. CatalogError when there is none to read."""
    try:
        if not path.exists():
            raise CatalogError(f"There is no catalog at {path}; set CHATREC_CATALOG to a file or folder of items.")
        if path.is_dir():
            return sorted(f for f in path.iterdir() if f.suffix.lower() in READERS and not f.name.startswith("."))
    except OSError as error:
        raise CatalogError(
            f"The catalog at {path} cannot be read ({error.strerror or error}); set CHATREC_CATALOG to another."
        ) from error
    if path.suffix.lower() not in READERS:
        raise CatalogError(f"{path} is not a catalog file; use .jsonl, .csv or .parquet.")
    return [path]


def read_records(file: Path) -> Iterator[Line]:
    """The records of one file with their line numbers; what cannot be read comes as a text that says why."""
    try:
        yield from READERS[file.suffix.lower()](file)
    except OSError as error:
        yield 0, f"cannot be read: {error.strerror or error}"


def read_about(path: Path, problems: list[Problem]) -> dict[str, str]:
    """A folder's about.json as texts, at least the catalog's `name`; what is wrong with it goes to the problems."""
    file = path / ABOUT
    if not path.is_dir() or not file.exists():
        return {"name": path.stem}
    try:
        about = plain(json.loads(file.read_text(encoding="utf-8-sig")))
        if not isinstance(about, dict):
            raise ValueError("it holds something else")
        return {"name": path.stem, **{key: str(value) for key, value in about.items() if not _missing(value)}}
    except (ValueError, RecursionError, OSError) as error:
        problems.append(Problem(file.name, 0, f"is not a JSON object: {error}"))
        return {"name": path.stem}


def _missing(value: Any) -> bool:
    return value is None or value == ""


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if _missing(value):
        return ""
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        raise ValueError(f"`{name}` must be text, not {type(value).__name__}")
    return str(value)


def _number(record: Mapping[str, Any], name: str, kind: type) -> Any:
    value: Any = record.get(name)
    if _missing(value):
        return None
    try:
        if isinstance(value, bool):
            raise ValueError
        number = float(value)
        if not math.isfinite(number) or (kind is int and number != int(number)):
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"`{name}` must be a{' whole' if kind is int else ''} number, not {str(value)[:40]!r}") from None
    return kind(number)


def _list(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = record.get(name)
    return () if _missing(value) else _names(name, value)


def _names(name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ValueError(f"`{name}` must be a list of texts")
    return tuple(dict.fromkeys(v for v in value if v))


def _mapping(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = record.get(name)
    if _missing(value):
        return {}
    if not isinstance(value, Mapping):
        raise ValueError(f"`{name}` must be an object, not {type(value).__name__}")
    return value
