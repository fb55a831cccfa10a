"""A folder, a .zip or one file -> its members as streams of bytes; nothing is ever unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, TypeVar, cast

from chatrec.datasets.encodings import in_utf8
from chatrec.errors import DatasetError

LARGEST_MEMBER = 16 * 2**30
"""Bytes of the largest member that is read from a zip; MovieLens 32M's ratings have 0.9 GB."""
_MIRRORED = {"movie.csv": "movies.csv", "rating.csv": "ratings.csv", "tag.csv": "tags.csv", "link.csv": "links.csv"}
_PUBLISHED = frozenset(_MIRRORED.values())
_Place = TypeVar("_Place")
_MOST_SHRUNK = 200  # times smaller than its content: tables shrink 3 to 10 times, zip bombs a thousand times
_HARMLESS = 50 * 2**20  # bytes; below that no ratio hurts


class Source:
    """The files of a dataset by base name, wherever in the zip, or in the folder or the one folder in it, they lie.

    A single file may be `called` by the name its publisher gives it.
    """

    def __init__(self, path: Path, called: str = "") -> None:
        self.path = path
        self._folder: dict[str, Path] = {}
        self._zip: zipfile.ZipFile | None = None
        self._members: dict[str, zipfile.ZipInfo] = {}
        try:
            if path.is_dir():
                self._folder = {file.name: file for file in _files(path)}
            elif path.suffix.lower() == ".zip":
                self._open_zip()
            elif path.is_file():
                self._folder = {called or path.name: path}
            else:
                raise DatasetError(f"There is no file or folder {path}; give the place of the downloaded dataset.")
        except OSError as error:
            raise DatasetError(f"{path} cannot be read: {error.strerror or error}.") from None
        self._folder = _as_published(self._folder)
        self._members = _as_published(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._folder or name in self._members

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        if self._zip:
            self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The base names of all members, sorted."""
        return tuple(sorted((*self._folder, *self._members)))

    @property
    def folders(self) -> tuple[str, ...]:
        """The names of the folders in a folder."""
        if not self.path.is_dir():
            return ()
        return tuple(entry.name for entry in _entries(self.path) if entry.is_dir())

    def size(self, name: str) -> int:
        """Bytes of a member's content."""
        return self._members[name].file_size if name in self._members else self._folder[name].stat().st_size

    def file(self, name: str) -> Path | None:
        """Where a member lies on disk; None inside a zip."""
        return self._folder.get(name)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A member as a stream of bytes, UTF-16 turned into UTF-8.

        DatasetError: it is missing, damaged, locked, or cannot be what it says.
        """
        try:
            with self._stream(name) as stream:
                yield in_utf8(cast("BinaryIO", stream))
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise DatasetError(f"{name} in {self.path} is damaged ({error}); download it again.") from None
        except OSError as error:
            raise DatasetError(f"{name} in {self.path} cannot be read: {error.strerror or error}.") from None

    def _stream(self, name: str) -> IO[bytes]:
        if name in self._folder:
            return self._folder[name].open("rb")
        if self._zip is None or name not in self._members:
            raise DatasetError(f"{self.path} holds no {name}; it holds {', '.join(self.names[:12]) or 'nothing'}.")
        member = self._members[name]
        packed = max(member.compress_size, 1)
        if member.file_size > LARGEST_MEMBER or (member.file_size > _HARMLESS and member.file_size > _MOST_SHRUNK * packed):
            raise DatasetError(
                f"{name} in {self.path} would unpack to {member.file_size:,} bytes from {packed:,}; that is no table, so it is "
                "left alone."
            )
        if member.flag_bits & 1:
            raise DatasetError(f"{name} in {self.path} is locked with a password; unpack it by hand and give the folder.")
        try:
            return self._zip.open(member)
        except NotImplementedError as error:
            raise DatasetError(f"{name} in {self.path}: {error}; unpack it by hand and give the folder.") from None

    def _open_zip(self) -> None:
        try:
            self._zip = zipfile.ZipFile(self.path)
        except FileNotFoundError:
            raise DatasetError(f"There is no file {self.path}; give the place of the downloaded dataset.") from None
        except zipfile.BadZipFile as error:
            raise DatasetError(f"{self.path} is no zip file that can be read ({error}); download it again.") from None
        for member in self._zip.infolist():
            name = PurePosixPath(member.filename.replace("\\", "/"))
            if not member.is_dir() and "__MACOSX" not in name.parts:
                self._members.setdefault(name.name, member)


def _as_published(files: dict[str, _Place]) -> dict[str, _Place]:
    """The files by the names their publisher gives them, where they are written in another case or mirrored under others."""
    names = {name.lower(): name for name in files}
    renamed: dict[str, _Place] = {}
    for name, place in files.items():
        usual = _MIRRORED.get(name.lower(), name.lower())
        free = usual in _PUBLISHED and names.get(usual, name) == name
        renamed[usual if free else name] = place
    return renamed


def _entries(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith((".", "__MACOSX")))


def _files(folder: Path) -> Iterator[Path]:
    own = _entries(folder)
    deeper = [entry for entry in own if entry.is_dir()]
    if len(deeper) == 1:
        yield from _files(deeper[0]) if len(own) == 1 else (entry for entry in sorted(deeper[0].iterdir()) if entry.is_file())
    yield from (entry for entry in own if entry.is_file())
