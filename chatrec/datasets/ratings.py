"""A file of ratings, `user SEP item SEP rating SEP seconds` a line -> chunks of columns; millions of rows a second."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chatrec.datasets.cells import LATEST, UNITS, seconds
from chatrec.datasets.content import Rows
from chatrec.datasets.encodings import decoded, delimiter
from chatrec.datasets.lines import Problems, read_blocks
from chatrec.datasets.sources import Source
from chatrec.errors import DatasetError
from chatrec.history.interactions import UNKNOWN_TIME

COLUMNS = ("user", "item", "value", "at")
BEST = 5.0
_NAMED: Mapping[str, str] = {
    "userid": "user", "user": "user", "movieid": "item", "movie": "item", "itemid": "item", "item": "item", "rating": "value",
    "timestamp": "at", "time": "at", "date": "at", "datetime": "at",
}  # fmt: skip
_CALLED: Mapping[str, str] = {"user": "userId", "item": "movieId", "value": "rating", "at": "timestamp"}
_MANY = 100  # ratings above the best there can be: with a twentieth of all, the scale is another
_BLOCK = 8 * 2**20
_WHOLE: Mapping[str, type] = {"user": np.int64, "item": np.int64, "value": np.float64, "at": np.int64}


@dataclass(frozen=True, slots=True)
class _Form:
    """How the cells of a line are told apart, and which is which."""

    file: str
    separator: bytes
    order: Sequence[str] = COLUMNS


def read_ratings(source: Source, name: str, separator: str, problems: Problems) -> Iterator[Rows]:
    """The ratings in one file of a dataset; a first line of column names is understood. Bad lines are reported and left out.

    A file that names its columns may do without the time. DatasetError: a column is missing, or the scale is another.
    """
    total = max(source.size(name), 1)
    with source.open(name) as stream:
        line, done, good, beyond = 1, 0, 0, 0
        form = _Form(name, separator.encode())
        for block in read_blocks(stream, _BLOCK):
            done += len(block)
            body = block
            if line == 1:
                form, body = _without_head(form, block.removeprefix(b"\xef\xbb\xbf"), problems)
                line += body is not block and block.count(b"\n") - body.count(b"\n")
            columns, numbers = _quickly(form, body, line) or _line_by_line(form, body, line, problems)
            columns["at"] = _in_seconds(columns["at"].astype(np.int64))
            beyond += int(np.count_nonzero(columns["value"].astype(np.float64) > BEST))
            columns, numbers = _sound(form, columns, numbers, problems)
            good += len(numbers)
            if beyond > max(_MANY, good // 20):
                raise DatasetError(
                    f"{name} holds {beyond:,} ratings above {BEST:g} beside {good:,} others, so its scale is not MovieLens's; "
                    "import it as a table: give the file of films, --interactions and --interactions-map."
                )
            problems.check_hope(name, good)
            line += body.count(b"\n")
            yield Rows(
                name,
                columns["user"],
                columns["item"],
                "rate",
                columns["value"].astype(np.float32),
                columns["at"].astype(np.int64),
                numbers,
                done / total,
            )


Columns = dict[str, NDArray[np.generic]]


def _without_head(form: _Form, block: bytes, problems: Problems) -> tuple[_Form, bytes]:
    first, end, rest = block.partition(b"\n")
    head = decoded(first)
    separator = delimiter(head).encode() if form.separator == b"," else form.separator
    names = [cell.strip().strip('"') for cell in head.split(separator.decode())]
    cells = [name.lower().replace("_", "").replace(" ", "") for name in names]
    if not any(any(c.isalpha() for c in cell) for cell in cells) or _starts_with_numbers(names):
        return _Form(form.file, separator), block
    order = [_NAMED.get(cell, f"column {place}") for place, cell in enumerate(cells)]
    if missing := [_CALLED[name] for name in COLUMNS if name not in order and name != "at"]:
        if any(cell in _NAMED for cell in cells):
            raise DatasetError(f"{form.file} has no column for {', '.join(missing)}; its columns are {', '.join(names[:12])}.")
        problems.add(form.file, 1, f"{_shown(first)} is no rating")
    else:
        form = _Form(form.file, separator, order)
    return form, rest if end else b""


def _starts_with_numbers(names: Sequence[str]) -> bool:
    """Whether it is a rating whose time is written as a date."""
    return len(names) == len(COLUMNS) and names[0].isdigit() and names[1].isdigit()


def _quickly(form: _Form, block: bytes, line: int) -> tuple[Columns, NDArray[np.int64]] | None:
    """All lines at once; None when one of them is not four plain numbers, so that each must be looked at."""
    if form.separator == b"::":
        if b"\t" in block:
            return None
        block = block.replace(b"::", b"\t")
    mark = b"\t" if form.separator == b"::" else form.separator
    lines = block.count(b"\n") + (not block.endswith(b"\n"))
    wide = len(form.order) - 1
    if not block or b'"' in block or block.count(mark) != wide * lines or block.partition(b"\n")[0].count(mark) != wide:
        return None
    kinds = {name: _WHOLE[name] for name in form.order if name in _WHOLE}
    try:
        frame = pd.read_csv(
            io.BytesIO(block),
            sep=mark.decode(),
            header=None,
            names=list(form.order),
            dtype=kinds,
            usecols=list(kinds),
            na_filter=False,
            quoting=csv.QUOTE_NONE,
            encoding="latin-1",
            engine="c",
        )
    except (ValueError, OverflowError):
        return None
    if len(frame) != lines:
        return None
    columns: Columns = {name: frame[name].to_numpy() for name in kinds}
    columns.setdefault("at", np.full(lines, UNKNOWN_TIME))
    return columns, np.arange(line, line + lines, dtype=np.int64)


def _line_by_line(form: _Form, block: bytes, line: int, problems: Problems) -> tuple[Columns, NDArray[np.int64]]:
    found: dict[str, list[float]] = {name: [] for name in COLUMNS}
    numbers: list[int] = []
    for number, raw in enumerate(block.split(b"\n"), line):
        if not raw.strip():
            continue
        cells = [_unquoted(cell.strip()) for cell in raw.split(form.separator)]
        if len(cells) != len(form.order):
            problems.add(form.file, number, f"has {len(cells)} cells where {len(form.order)} are expected: {_shown(raw)}")
            continue
        named = dict(zip(form.order, cells, strict=True))
        try:
            values = {name: _READ[name](named.get(name, b"")) for name in COLUMNS}
        except ValueError as error:
            problems.add(form.file, number, f"has a cell that cannot be read ({error}): {_shown(raw)}")
            continue
        numbers.append(number)
        for name, value in values.items():
            found[name].append(value)
    columns: Columns = {name: np.array(found[name], dtype=_WHOLE[name]) for name in COLUMNS}
    return columns, np.array(numbers, dtype=np.int64)


def _sound(form: _Form, columns: Columns, numbers: NDArray[np.int64], problems: Problems) -> tuple[Columns, NDArray[np.int64]]:
    """The rows whose numbers can be true; the others are reported."""
    value, at = columns["value"].astype(np.float64), columns["at"].astype(np.int64)
    rated = (value > 0) & (value <= BEST)  # false for NaN
    timed = ((at >= 0) & (at < LATEST)) | (at == UNKNOWN_TIME)
    known = (columns["user"].astype(np.int64) >= 0) & (columns["item"].astype(np.int64) >= 0)
    sound = rated & timed & known
    if sound.all():
        return columns, numbers
    for row in np.flatnonzero(~sound):
        if not rated[row]:
            message = f"a rating of {value[row]:g} is not above 0 and at most {BEST:g}"
        elif not timed[row]:
            message = f"{at[row]} is no time in seconds since 1970"
        else:
            message = "an id is negative"
        problems.add(form.file, int(numbers[row]), message)
    return {name: column[sound] for name, column in columns.items()}, numbers[sound]


def _in_seconds(at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Times that are in thousandths of a second or finer, in seconds."""
    for above, parts in UNITS:
        at = np.where(at > int(above), at // int(parts), at)
    return at


def _unquoted(cell: bytes) -> bytes:
    return cell[1:-1].strip() if len(cell) > 1 and cell[:1] == cell[-1:] == b'"' else cell


def _whole(cell: bytes) -> int:
    if not cell.isdigit() or len(cell) > 18:
        raise ValueError(f"{_shown(cell)} is no number")
    return int(cell)


def _time(cell: bytes) -> int:
    if cell.isdigit():
        return _whole(cell)
    return seconds(decoded(cell))


def _real(cell: bytes) -> float:
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or b"_" in cell:
        raise ValueError(f"{_shown(cell)} is no number")
    return number


_READ: Mapping[str, Callable[[bytes], float]] = {"user": _whole, "item": _whole, "value": _real, "at": _time}


def _shown(raw: bytes) -> str:
    return repr(decoded(raw[:60]).strip())
