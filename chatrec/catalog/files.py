"""A catalog file -> its records with their line numbers, unreadable lines as texts that say what is wrong."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from chatrec.errors import CatalogError

Line = tuple[int, Mapping[str, Any] | str]
"""A line's number from 1 (0: the file as a whole) and its record, or what is wrong with it."""

LONGEST_LINE = 5_000_000
"""Bytes of the longest line that is read; a longer one is a problem, not a memory bill."""

_LISTS = ("genres", "countries", "languages", "keywords")
_SEPARATORS = (",", ";", "\t")
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(value: Any) -> Any:
    """A value as JSON holds it: texts without control characters and lone surrogates, everything unknown as text.

    Raises ValueError for what is nested deeper than a record of facts can be.
    """
    return _plain(value, 12)


def _plain(value: Any, depth: int) -> Any:
    if depth == 0:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (float, Decimal)):
        number = float(value)
        return number if math.isfinite(number) else None
    if isinstance(value, Mapping):
        return {clean(str(key)): _plain(part, depth - 1) for key, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(part, depth - 1) for part in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist(), depth - 1)
    if isinstance(value, (date, datetime)):
        return None if value != value else value.isoformat()
    return None if str(value) in ("<NA>", "NaT") else clean(str(value))


def clean(text: str) -> str:
    """One line of text that any encoding and page can take: no controls, lone surrogates or marks that turn the direction."""
    if not text.isprintable():
        text = _UNWANTED.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))
    return " ".join(text.split())


def read_jsonl(file: Path) -> Iterator[Line]:
    """The objects of a JSON Lines file; blank lines are skipped, a byte order mark and CRLF are fine."""
    with file.open("rb") as stream:
        line = 0
        while raw := stream.readline(LONGEST_LINE + 1):
            line += 1
            if len(raw) > LONGEST_LINE:
                _skip_line(stream, raw)
                yield line, f"longer than {LONGEST_LINE:,} bytes"
                continue
            if not raw.strip():
                continue
            try:
                record = json.loads(raw.decode("utf-8-sig" if line == 1 else "utf-8"))
            except (ValueError, RecursionError) as error:
                yield line, f"not a JSON object: {error}"
                continue
            yield line, record if isinstance(record, dict) else "not a JSON object"


def _skip_line(stream: IO[bytes], raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(LONGEST_LINE)


def read_csv(file: Path) -> Iterator[Line]:
    """The rows of a CSV file by the names in its first line; commas, semicolons or tabs, whichever that line has most of."""
    # surrogateescape: a row in another encoding is that row's problem, not the file's.
    with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
        head = stream.readline(LONGEST_LINE)
        stream.seek(0)
        reader = csv.reader(stream, delimiter=max(_SEPARATORS, key=head.count))
        columns: list[str] | None = None
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, f"cannot be read as CSV: {error}"
                continue
            if not any(cell.strip() for cell in row):
                continue
            if any("\udc80" <= c <= "\udcff" for cell in row for c in cell):
                yield line, "not written in UTF-8"
            elif columns is None:
                columns = [clean(name) for name in row]
                if len(set(columns)) < len(columns):
                    yield line, "two columns have the same name"
                    return
            elif len(row) > len(columns):
                yield line, f"has {len(row)} cells, but there are {len(columns)} columns"
            else:
                yield line, _record(dict(zip(columns, row, strict=False)))


def read_parquet(file: Path) -> Iterator[Line]:
    """The rows of a Parquet file, counted from 1; needs the extra `parquet`."""
    import pandas as pd

    try:
        frame = pd.read_parquet(file)
    except ImportError:
        raise CatalogError(f"{file.name} needs Parquet support; run: pip install 'chatrec[parquet]'") from None
    except (ValueError, OSError, NotImplementedError) as error:
        yield 0, f"cannot be read as Parquet: {str(error).splitlines()[0]}"
        return
    columns = [clean(str(column)) for column in frame.columns]
    for line, row in enumerate(frame.itertuples(index=False, name=None), 1):
        yield line, _record(dict(zip(columns, row, strict=True)))


def _record(cells: Mapping[str, Any]) -> Mapping[str, Any] | str:
    try:
        return {column: read_cell(column, value) for column, value in cells.items()}
    except (ValueError, RecursionError) as error:
        return str(error)


def read_cell(column: str, value: Any) -> Any:
    """The value of one cell of a CSV file in the catalog's own form; ValueError names what is wrong."""
    if not isinstance(value, str):
        return plain(value)
    if column in _LISTS:
        return [part.strip() for part in value.split("|") if part.strip()]
    if column in ("people", "content") and value.lstrip().startswith("{"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"`{column}` is not a JSON object: {error}") from None
    if column == "people":
        people: dict[str, list[str]] = {}
        for part in value.split("|"):
            role, _, name = part.rpartition(":")
            if name.strip():
                people.setdefault(role.strip() or "people", []).append(name.strip())
        return people
    return value


READERS: Mapping[str, Callable[[Path], Iterator[Line]]] = {".jsonl": read_jsonl, ".csv": read_csv, ".parquet": read_parquet}
