"""A stream of bytes -> its lines, rows or whole-line blocks, in bounded memory; and where bad ones are reported."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

from chatrec.catalog.table import Problem
from chatrec.datasets.encodings import decoded, head_of
from chatrec.errors import DatasetError

LONGEST_LINE = 1_000_000
"""Bytes of the longest line that is read; a longer one is reported and skipped."""
FIRST = 20
_HOPELESS = 10_000  # lines: with nothing but bad ones so far, it is the wrong file


class Problems:
    """Counts what was skipped and why; keeps the first 20 and writes every one to a file."""

    def __init__(self, file: Path | None = None) -> None:
        self.count = 0
        self.first: list[Problem] = []
        self._file = file
        self._out: TextIO | None = None

    def add(self, file: str, line: int, message: str) -> None:
        """One line that is skipped; `line` counts from 1 (0: the file as a whole)."""
        self.count += 1
        problem = Problem(file, line, " ".join(message.split())[:300])
        if self.count <= FIRST:
            self.first.append(problem)
        if self._file:
            if self._out is None:
                self._out = self._file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            self._out.write(f"{problem}\n")

    def check_hope(self, file: str, good: int) -> None:
        """DatasetError when a file has brought nothing but problems: it is another kind of file."""
        if not good and self.count >= _HOPELESS:
            raise DatasetError(f"{file} is not what its name says: none of its first lines is usable ({self.first[0]}).")

    def close(self) -> None:
        """Finish the report file."""
        if self._out:
            self._out.close()
            self._out = None


def read_lines(stream: BinaryIO, file: str, problems: Problems) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, numbered from 1, without their end; UTF-8 where it is, else Windows' Latin or Latin-1."""
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_LINE)
            problems.add(file, number, f"longer than {LONGEST_LINE:,} bytes")
            continue
        if raw.strip():
            yield number, decoded(raw.rstrip(b"\r\n"))


def read_rows(
    stream: BinaryIO, file: str, columns: Sequence[str], problems: Problems, also: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file by the names in its first line, with the number of the line each begins on.

    The names of `columns` and `also` are found in any case, and with `_` or blanks. Rows of another width are problems.
    DatasetError when one of `columns` is not there.
    """
    at: list[int] = []  # the numbers of the lines the row in hand takes

    def lines() -> Iterator[str]:
        for number, line in read_lines(stream, file, problems):
            at.append(number)
            yield line.replace("\0", "") + "\n"

    source = lines()
    first = next(source, None)
    if first is None:
        raise DatasetError(f"{file} is empty; its first line should name the columns {', '.join(columns)}.")
    mark, names = head_of(first)
    head = _renamed(names, (*columns, *also))
    if missing := [name for name in columns if name not in head]:
        raise DatasetError(f"{file} has no column {', '.join(missing)}; its columns are {', '.join(head[:20])}.")
    reader = csv.reader(source, delimiter=mark, skipinitialspace=True)
    good = 0
    while True:
        at.clear()
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            problems.add(file, at[0] if at else 0, f"cannot be read as CSV: {error}")
            continue
        if len(row) != len(head):
            problems.add(file, at[0], f"has {len(row)} cells where {len(head)} are expected")
            problems.check_hope(file, good)
        else:
            good += 1
            yield at[0], dict(zip(head, row, strict=True))


def _renamed(head: list[str], wanted: Sequence[str]) -> list[str]:
    ours = {_bare(name): name for name in wanted if name not in head}
    return [ours.pop(_bare(name), name) for name in head]


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def read_blocks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The stream in blocks of about `size` bytes that end where a line ends; a line without end is cut at `LONGEST_LINE`."""
    rest = b""
    while more := stream.read(size):
        whole = rest + more
        cut = whole.rfind(b"\n") + 1
        if cut:
            yield whole[:cut]
            rest = whole[cut:]
        elif len(whole) > max(size, LONGEST_LINE):
            # Nothing with so long a line is a table; what is left of it is one bad line.
            rest = whole[:LONGEST_LINE]
        else:
            rest = whole
    if rest:
        yield rest
