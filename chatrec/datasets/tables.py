"""Any CSV, JSON Lines or Parquet table, with a column map -> its content; what people did is read chunk by chunk."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from chatrec.catalog.files import Line, clean, plain, read_cell
from chatrec.catalog.table import as_item
from chatrec.datasets import cells
from chatrec.datasets.columns import Column, Plan, TableMap
from chatrec.datasets.content import Content, Rows
from chatrec.datasets.lines import Problems
from chatrec.datasets.table_files import form_of, records
from chatrec.errors import DatasetError
from chatrec.records import Item

_LISTS = frozenset(("genres", "countries", "languages", "keywords"))
_NUMBERS = frozenset(("popularity", "acclaim", "position"))
_TEXTS = frozenset(("title", "description", "certificate", "original_title", "series"))
_CHUNK = 100_000
_LOOSE = ("", ".json", ".jsonl", ".ndjson")  # where a record may leave a key out


def read(plan: Plan, problems: Problems) -> Content:
    """The items of the plan's table, and the rows of its interactions. DatasetError: a file or column is missing."""
    if plan.items.file is None:
        raise DatasetError("The column map names no file of items; add `file` under [items] or give the file.")
    items = read_items(records(plan.items.file), plan.items, plan.items.file.name, problems)
    name = plan.name or plan.items.file.stem
    return with_interactions(Content(name=name, items=items, noun=plan.noun, plural=plan.plural), plan)


def with_interactions(content: Content, plan: Plan) -> Content:
    """The content with the rows of the plan's interactions, where it names a file of them."""
    table = plan.interactions
    if table is None or table.file is None:
        return content
    records(table.file)
    return Content(
        name=content.name,
        items=content.items,
        noun=content.noun,
        plural=content.plural,
        keys={item.id: item.id for item in content.items},
        rows=partial(_rows, table, table.file),
    )


def read_items(lines: Iterable[Line], table: TableMap, file: str, problems: Problems) -> tuple[Item, ...]:
    """The items of some records; bad ones are reported. DatasetError: a mapped column is missing, or nothing is usable."""
    items: dict[str, Item] = {}
    for line, record in lines:
        if isinstance(record, str):
            problems.add(file, line, record)
            continue
        if not items:
            _check_columns(record, table, file)
        try:
            item = as_item(_mapped(record, table.columns))
        except (ValueError, RecursionError) as error:
            problems.add(file, line, str(error))
            problems.check_hope(file, len(items))
            continue
        if item.id in items:
            problems.add(file, line, f"`id` {item.id!r} was used before; the first item is kept")
        else:
            items[item.id] = item
    if not items:
        hint = f"; first problem: {problems.first[0]}" if problems.first else ""
        raise DatasetError(f"{file} holds no usable item{hint}. A column map says which column is id and title (--map id=...).")
    return tuple(_on_our_scale(items.values()))


def _check_columns(record: Mapping[str, Any], table: TableMap, file: str) -> None:
    missing = [f"{key}={column.name}" for key, column in table.columns.items() if column.name not in record]
    if missing and form_of(Path(file)) not in _LOOSE:
        raise DatasetError(f"{file} has no column for {', '.join(missing)}; its columns are {', '.join(list(record)[:20])}.")


def _mapped(record: Mapping[str, Any], columns: Mapping[str, Column]) -> dict[str, Any]:
    """The record by our keys; what is known by its own name and what is mapped are read alike."""
    record = plain(record)
    used = {column.name for column in columns.values()}
    found: dict[str, Any] = {key: _read(key, value, "") for key, value in record.items() if key not in used}
    people: dict[str, list[str]] = {}
    for key, column in columns.items():
        value = record.get(column.name)
        if key.startswith("people."):
            people[key.removeprefix("people.")] = cells.names(value, column.split)
        else:
            found[key] = _read(key, value, column.split)
    if people:
        found["people"] = people
    return found


def _read(key: str, value: Any, split: str) -> Any:
    """The value of one of an item's keys; that of any other as it is."""
    if key in _LISTS:
        return cells.names(value, split)
    if key == "year":
        return cells.year(value)
    if key == "runtime":
        return cells.minutes(value)
    if key in ("people", "content") and isinstance(value, str):
        return read_cell(key, value)
    if key in _NUMBERS:
        return None if cells.is_nothing(value) else value
    if key in _TEXTS and isinstance(value, list):
        return " ".join(str(part) for part in value if part is not None)
    return value


def _on_our_scale(items: Iterable[Item]) -> Iterator[Item]:
    """The items with popularity and acclaim from 0 to 100: counts by their logarithm, means out of 1, 5 or 10 as a share."""
    items = tuple(items)
    most = max((item.popularity for item in items if item.popularity is not None), default=0.0)
    best = max((item.acclaim for item in items if item.acclaim is not None), default=0.0)
    top = next((top for top in (1.0, 5.0, 10.0, 100.0) if best <= top), best)
    for item in items:
        popularity, acclaim = item.popularity, item.acclaim
        if popularity is not None and most > 100:
            popularity = round(100 * math.log1p(max(popularity, 0.0)) / math.log1p(most), 1)
        if acclaim is not None:
            acclaim = max(round(100 * acclaim / top, 1), 0.0) if top != 100.0 else acclaim
        yield replace(item, popularity=popularity, acclaim=acclaim)


# --------------------------------------------------------------------------- interactions


def _rows(table: TableMap, file: Path, problems: Problems) -> Iterator[Rows]:
    good = 0
    found = _interactions(table, file, problems)
    while chunk := list(islice(found, _CHUNK)):
        good += len(chunk)
        line, user, item, action, value, at = zip(*chunk, strict=True)
        yield Rows(
            file.name,
            np.array(user, dtype=object),
            np.array(item, dtype=object),
            np.array(action, dtype=object),
            np.array(value, dtype=np.float32),
            np.array(at, dtype=np.int64),
            np.array(line, dtype=np.int64),
        )
    if not good:
        own = next((problem for problem in problems.first if problem.file == file.name), None)
        first = f"; first problem: {own}" if own else ""
        raise DatasetError(
            f"{file} holds no usable interaction{first}. --interactions-map user=...,item=... names its columns."
        )


def _interactions(table: TableMap, file: Path, problems: Problems) -> Iterator[tuple[int, str, str, str, float, int]]:
    names = {key: table.columns[key].name if key in table.columns else key for key in ("user", "item", "action", "value", "at")}
    usual = table.action
    checked, good = False, 0
    for line, record in records(file):
        if isinstance(record, str):
            problems.add(file.name, line, record)
            continue
        if not checked:
            _check_columns(record, table, file.name)
            checked = True
        try:
            user, item = _key(record.get(names["user"]), names["user"]), _key(record.get(names["item"]), names["item"])
            value, at = cells.rating(record.get(names["value"])), cells.seconds(record.get(names["at"]))
        except ValueError as error:
            problems.add(file.name, line, str(error))
            problems.check_hope(file.name, good)
            continue
        said = clean(str(record.get(names["action"]) or ""))
        good += 1
        action = table.actions.get(said, said) or usual or ("view" if math.isnan(value) else "rate")
        yield line, user, item, action, value, at


def _key(value: Any, column: str) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    key = "" if value is None or isinstance(value, bool) else clean(str(value))
    if not key:
        raise ValueError(f"`{column}` is empty")
    return key
