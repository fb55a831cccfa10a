"""Any CSV, JSON Lines or Parquet table, with a column map -> its content; what people did is read chunk by chunk."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from chatrec.catalog.files import Line, clean, plain, read_csv, read_jsonl
from chatrec.catalog.table import as_item
from chatrec.datasets.columns import Column, Plan, TableMap
from chatrec.datasets.content import Content, Rows
from chatrec.datasets.lines import Problems
from chatrec.datasets.ratings import LATEST
from chatrec.errors import DatasetError
from chatrec.history.interactions import UNKNOWN_TIME
from chatrec.records import Item

SUFFIXES = (".csv", ".jsonl", ".parquet")
_LISTS = frozenset(("genres", "countries", "languages", "keywords"))
_CHUNK = 100_000
_MILLISECONDS = 100_000_000_000  # a time above is in milliseconds: in seconds it would be the year 5138
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?=\D|$)")


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


def records(file: Path) -> Iterator[Line]:
    """The records of a table with their line numbers; what cannot be read as a text. DatasetError: no such file or form."""
    if file.suffix.lower() not in SUFFIXES:
        raise DatasetError(f"{file} is no table that can be read; use {', '.join(SUFFIXES)}.")
    if not file.is_file():
        raise DatasetError(f"There is no file {file}.")
    return {".csv": read_csv, ".jsonl": read_jsonl, ".parquet": read_parquet}[file.suffix.lower()](file)


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
    return tuple(items.values())


def read_parquet(file: Path) -> Iterator[Line]:
    """The rows of a Parquet file, some thousand at a time; needs the extra `parquet`."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise DatasetError(f"{file.name} needs Parquet support; run: pip install 'chatrec[parquet]'") from None
    line = 0
    try:
        for batch in parquet.ParquetFile(file).iter_batches(batch_size=10_000):
            for row in batch.to_pylist():
                line += 1
                yield line, row
    except (pyarrow.ArrowException, OSError) as error:
        yield line, f"cannot be read as Parquet: {str(error).splitlines()[0]}"


def _check_columns(record: Mapping[str, Any], table: TableMap, file: str) -> None:
    missing = [f"{key}={column.name}" for key, column in table.columns.items() if column.name not in record]
    if missing and file.endswith((".csv", ".parquet")):
        raise DatasetError(f"{file} has no column for {', '.join(missing)}; its columns are {', '.join(list(record)[:20])}.")


def _mapped(record: Mapping[str, Any], columns: Mapping[str, Column]) -> dict[str, Any]:
    record = plain(record)
    used = {column.name for column in columns.values()}
    found: dict[str, Any] = {key: value for key, value in record.items() if key not in used}
    people: dict[str, list[str]] = {}
    for key, column in columns.items():
        value = record.get(column.name)
        if key.startswith("people."):
            people[key.removeprefix("people.")] = _names(value, column.split)
        else:
            found[key] = _names(value, column.split) if key in _LISTS else _year(value) if key == "year" else value
    if people:
        found["people"] = people
    return found


def _names(value: Any, split: str) -> list[str]:
    if isinstance(value, str):
        separator = split or next((mark for mark in ("|", ";") if mark in value), ",")
        return [name for part in value.split(separator) if (name := part.strip())]
    return [clean(str(name)) for name in value if name] if isinstance(value, list) else []


def _year(value: Any) -> Any:
    """The year of a date; anything else as it is."""
    found = _YEAR.match(value.strip()) if isinstance(value, str) else None
    return int(found[0]) if found else value


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
        first = f"; first problem: {problems.first[-1]}" if problems.first else ""
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
            value, at = _value(record.get(names["value"])), seconds(record.get(names["at"]))
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


def _value(value: Any) -> float:
    if value is None or value == "":
        return math.nan
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"{str(value)[:40]!r} is no number")
    return number


def seconds(value: Any) -> int:
    """A time as tables hold it, seconds or milliseconds since 1970, a date, or ISO 8601 text, -> seconds since 1970 in UTC.

    Nothing is UNKNOWN_TIME; ValueError for what is no time.
    """
    if value is None or value == "":
        return UNKNOWN_TIME
    if isinstance(value, str):
        text = value.strip()
        try:
            value = float(text)
        except ValueError:
            try:
                value = datetime.fromisoformat(text)
            except ValueError:
                raise ValueError(f"{text[:40]!r} is no time; use seconds since 1970 or a date such as 2024-05-31") from None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if isinstance(value, datetime):
        value = (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"{str(value)[:40]!r} is no time")
    number = int(value / 1000) if abs(value) > _MILLISECONDS else int(value)
    if not -LATEST < number < LATEST:
        raise ValueError(f"{str(value)[:40]!r} is no time in seconds or milliseconds since 1970")
    return number
