"""A table's file (CSV and its kin, JSON Lines, a JSON list, Parquet; packed by gzip or not) -> its records, one at a time."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from chatrec.catalog.files import LONGEST_LINE, Line
from chatrec.datasets.encodings import decoded, head_of, in_utf8
from chatrec.errors import DatasetError

_CSV, _JSON, _PARQUET = (".csv", ".tsv", ".tab", ".txt"), (".jsonl", ".ndjson", ".json"), (".parquet",)
SUFFIXES = (*_CSV, *_JSON, *_PARQUET)
"""How the names of tables end; `.gz` may follow, but for Parquet."""
_LARGEST_LIST = 500_000_000  # bytes: a JSON list is read whole
_PACKED = ".gz"


def form_of(file: Path) -> str:
    """The suffix that says what a table is, `.gz` apart; empty for what is none."""
    suffix = file.suffix.lower()
    if suffix == _PACKED:
        suffix = Path(file.stem).suffix.lower()
        return suffix if suffix in (*_CSV, *_JSON) else ""
    return suffix if suffix in SUFFIXES else ""


def records(file: Path) -> Iterator[Line]:
    """The records of a table with their line numbers; what cannot be read as a text. DatasetError: no such file or form."""
    form = form_of(file)
    if not form:
        raise DatasetError(f"{file} is no table that can be read; use {', '.join(SUFFIXES)}.")
    if not file.is_file():
        raise DatasetError(f"There is no file {file}.")
    return _read_parquet(file) if form in _PARQUET else _read_text(file, _rows if form in _CSV else _objects)


def _read_text(file: Path, read: Callable[[BinaryIO], Iterator[Line]]) -> Iterator[Line]:
    line = 0
    try:
        with gzip.open(file) if file.suffix.lower() == _PACKED else file.open("rb") as stream:
            for line, record in read(in_utf8(cast("BinaryIO", stream))):
                yield line, record
    except (OSError, EOFError, zlib.error) as error:
        yield line, f"cannot be read further: {getattr(error, 'strerror', None) or error}"


def _lines(stream: BinaryIO, begun: bytes = b"") -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines that are not blank; None for one that is too long. `begun` was read already."""
    line = 0
    while raw := begun if begun.endswith(b"\n") else begun + stream.readline(LONGEST_LINE + 1):
        line, begun = line + 1, b""
        if len(raw) > LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_LINE)
            yield line, None
        elif raw.strip():
            yield line, raw


def _rows(stream: BinaryIO) -> Iterator[Line]:
    """The rows of a CSV file by the names in its first line; columns without a name are left out."""
    at = [0]  # the lines the row in hand takes
    too_long: list[int] = []

    def texts() -> Iterator[str]:
        for number, raw in _lines(stream):
            at.append(number)
            if raw is None:
                too_long.append(number)
            else:
                yield decoded(raw.rstrip(b"\r\n")).replace("\0", "") + "\n"

    source = texts()
    head = next(source, None)
    if head is None:
        return
    mark, columns = head_of(head)
    named = [name for name in columns if name]
    if len(set(named)) < len(named):
        yield at[-1], "two columns have the same name"
        return
    reader = csv.reader(source, delimiter=mark, skipinitialspace=True)
    while True:
        at.clear()
        try:
            row = next(reader)
        except StopIteration:
            row = None
        except csv.Error as error:
            yield at[0] if at else 0, f"cannot be read as CSV: {error}"
            continue
        yield from ((number, f"longer than {LONGEST_LINE:,} bytes") for number in too_long)
        too_long.clear()
        if row is None:
            return
        if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
            yield at[0], f"has {len(row)} cells, but there are {len(columns)} columns"
        elif any(cell.strip() for cell in row):
            yield at[0], {name: cell for name, cell in zip(columns, row, strict=False) if name}


def _objects(stream: BinaryIO) -> Iterator[Line]:
    """The objects of a JSON Lines file, or of one JSON list."""
    begun = stream.readline(100)
    if begun.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        yield from _listed(begun + stream.read(_LARGEST_LIST + 1))
        return
    for number, raw in _lines(stream, begun):
        yield number, _object(raw)


def _object(raw: bytes | None) -> Mapping[str, Any] | str:
    if raw is None:
        return f"longer than {LONGEST_LINE:,} bytes"
    try:
        record = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return f"not a JSON object: {error}"
    return record if isinstance(record, dict) else "not a JSON object"


def _listed(raw: bytes) -> Iterator[Line]:
    if len(raw) > _LARGEST_LIST:
        yield 0, f"is one JSON list of more than {_LARGEST_LIST:,} bytes; write one object a line (JSON Lines)"
        return
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        yield 0, f"cannot be read as JSON: {error}"
        return
    for number, record in enumerate(found, 1):
        yield number, record if isinstance(record, dict) else "not a JSON object"


def _read_parquet(file: Path) -> Iterator[Line]:
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
