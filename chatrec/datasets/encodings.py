"""Bytes in whatever encoding their owner's tools write -> UTF-8 or text; and what stands between the cells of a table."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from chatrec.catalog.files import clean

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_QUOTED = re.compile(r'"[^"]*"')
_SEPARATORS = (",", ";", "\t", "|")
_PIECE = 2**16
_LONGEST_HEAD = 100_000  # characters: csv takes no longer cell


def decoded(raw: bytes) -> str:
    """The text of one line: UTF-8 where it is, else Windows' Latin, else Latin-1 (the older MovieLens files)."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def delimiter(head: str) -> str:
    """What separates the names in a table's first line: comma, semicolon, tab or `|`, whichever it has most of."""
    bare = _QUOTED.sub("", head)
    return max(_SEPARATORS, key=bare.count)


def head_of(line: str) -> tuple[str, list[str]]:
    """What separates the cells of a table whose first line this is, and the names of its columns."""
    line = line[:_LONGEST_HEAD].replace("\r", " ").replace("\0", "").removeprefix("\ufeff")
    mark = delimiter(line)
    return mark, [clean(name) for name in next(csv.reader([line], delimiter=mark, skipinitialspace=True), [])]


def in_utf8(stream: BinaryIO) -> BinaryIO:
    """The stream as it is, or turned into UTF-8 where its first bytes say that it is UTF-16 or UTF-32."""
    start = cast("io.BufferedReader", stream).peek(4)[:4]
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "")
    return cast("BinaryIO", io.BufferedReader(_Turned(stream, encoding))) if encoding else stream


class _Turned(io.RawIOBase):
    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._pieces = self._read(stream, encoding)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._rest = self._rest or next(self._pieces, b"")
        taken = min(len(buffer), len(self._rest))
        buffer[:taken] = self._rest[:taken]
        self._rest = self._rest[taken:]
        return taken

    @staticmethod
    def _read(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        while raw := stream.read(_PIECE):
            if piece := decoder.decode(raw).encode("utf-8", "replace"):
                yield piece
        if piece := decoder.decode(b"", final=True).encode("utf-8", "replace"):
            yield piece
