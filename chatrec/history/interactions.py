"""What people did with items, as columns: small enough for tens of millions of rows, mapped from disk, never unpickled."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from chatrec.errors import CatalogError
from chatrec.records import Interaction

FOLDER = "interactions"
"""Name of the folder beside a catalog's items that holds what people did with them."""

UNKNOWN_TIME = np.iinfo(np.int64).min
_FORMAT = 1
_COLUMNS: Mapping[str, type] = {"user": np.int32, "item": np.int32, "action": np.uint8, "value": np.float32, "at": np.int64}
_NOTHING: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True)
class Interactions:
    """The rows, (n,) each, in the order they were read: `user`, `item` and `action` are positions in `users`, `items` and
    `actions`; `value` is the rating or count (NaN where the action has none); `at` is seconds since 1970 in UTC
    (UNKNOWN_TIME where unknown). `people` holds what is known of a user (age, gender, occupation ...) by user id.
    """

    users: tuple[str, ...]
    items: tuple[str, ...]
    actions: tuple[str, ...]
    user: NDArray[np.int32]
    item: NDArray[np.int32]
    action: NDArray[np.uint8]
    value: NDArray[np.float32]
    at: NDArray[np.int64]
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: _NOTHING)

    def __len__(self) -> int:
        return len(self.user)

    @classmethod
    def of(cls, rows: Iterable[Interaction], people: Mapping[str, Mapping[str, Any]] | None = None) -> Interactions:
        """The columns of some records, ids in order of first appearance."""
        users: dict[str, int] = {}
        items: dict[str, int] = {}
        actions: dict[str, int] = {}
        columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
        for row in rows:
            columns["user"].append(users.setdefault(row.user, len(users)))
            columns["item"].append(items.setdefault(row.item, len(items)))
            columns["action"].append(actions.setdefault(row.action, len(actions)))
            columns["value"].append(np.nan if row.value is None else row.value)
            columns["at"].append(UNKNOWN_TIME if row.at is None else int(row.at.timestamp()))
        arrays: Any = {name: np.array(columns[name], dtype=kind) for name, kind in _COLUMNS.items()}
        return cls(tuple(users), tuple(items), tuple(actions), **arrays, people=people or {})

    def by(self, user: str) -> Iterator[Interaction]:
        """What one user did, oldest first; nothing for a user who is not here."""
        code = self._code.get(user)
        if code is None:
            return
        rows = self._rows(code)
        for row in rows[np.argsort(self.at[rows], kind="stable")]:
            value, at = float(self.value[row]), int(self.at[row])
            yield Interaction(
                user=user,
                item=self.items[self.item[row]],
                action=self.actions[self.action[row]],
                value=None if np.isnan(value) else value,
                at=None if at == UNKNOWN_TIME else datetime.fromtimestamp(at, UTC),
            )

    def save(self, folder: Path) -> None:
        """Write the columns as `.npy` files and the ids as JSON lines; about.json last, so that a cut write is seen."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "about.json").unlink(missing_ok=True)
        for name in _COLUMNS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        write_ids(folder / "users.jsonl", ({"id": user, **self.people.get(user, {})} for user in self.users))
        write_ids(folder / "items.jsonl", ({"id": item} for item in self.items))
        seal(folder, len(self), self.actions)

    @classmethod
    def open(cls, folder: Path) -> Interactions:
        """The interactions in a folder, columns mapped from disk. CatalogError: what is missing or does not fit together."""
        try:
            about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
            arrays: Any = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _COLUMNS}
            users = [json.loads(line) for line in (folder / "users.jsonl").read_text(encoding="utf-8").splitlines()]
            items = [json.loads(line)["id"] for line in (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()]
            people = {user["id"]: {k: v for k, v in user.items() if k != "id"} for user in users if len(user) > 1}
            found = cls(tuple(user["id"] for user in users), tuple(items), tuple(about["actions"]), **arrays, people=people)
            whole = about["format"] == _FORMAT and {len(a) for a in arrays.values()} == {about["rows"]}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CatalogError(f"{folder} holds no readable interactions ({error}); import them again.") from None
        if not whole:
            raise CatalogError(f"{folder} was written by another version or only in part; import the interactions again.")
        return found

    @cached_property
    def _code(self) -> Mapping[str, int]:
        return {user: code for code, user in enumerate(self.users)}

    @cached_property
    def _by_user(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The row numbers grouped by user, (n,), and where each user's begin, (users + 1,)."""
        order = np.argsort(self.user, kind="stable")
        starts = np.searchsorted(self.user[order], np.arange(len(self.users) + 1))
        return order, starts

    def _rows(self, code: int) -> NDArray[np.int64]:
        order, starts = self._by_user
        return order[starts[code] : starts[code + 1]]


def write_ids(file: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line."""
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def seal(folder: Path, rows: int, actions: Sequence[str]) -> None:
    """Write about.json: the folder is whole."""
    about = {"format": _FORMAT, "rows": rows, "actions": list(actions)}
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


class InteractionsWriter:
    """Interactions too many for memory, written chunk by chunk into a folder that `Interactions.open` reads.

    The folder is whole only once `close` was called; until then `open` refuses it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "about.json").unlink(missing_ok=True)
        self._folder = folder
        self._rows = 0
        self._files: dict[str, BinaryIO] = {}
        for name in _COLUMNS:
            self._files[name] = (folder / f"{name}.npy").open("wb")
            self._write_head(name)

    def __len__(self) -> int:
        return self._rows

    def add(self, **columns: NDArray[Any]) -> None:
        """Append one chunk: `user, item, action, value, at`, (n,) each, as the columns of `Interactions`."""
        if set(columns) != set(_COLUMNS) or len({len(column) for column in columns.values()}) > 1:
            raise ValueError(f"a chunk has the columns {', '.join(_COLUMNS)}, all of one length")
        for name, kind in _COLUMNS.items():
            self._files[name].write(np.ascontiguousarray(columns[name], dtype=kind).data)
        self._rows += len(columns["user"])

    def close(
        self,
        users: Iterable[str],
        items: Iterable[str],
        actions: Sequence[str],
        people: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Write the ids that the columns point into, in order, and what is known of people; the folder is whole then."""
        people = people or {}
        for name in _COLUMNS:
            self._files[name].seek(0)
            self._write_head(name)
            self._files[name].close()
        write_ids(self._folder / "users.jsonl", ({"id": user, **people.get(user, {})} for user in users))
        write_ids(self._folder / "items.jsonl", ({"id": item} for item in items))
        seal(self._folder, self._rows, actions)

    def abandon(self) -> None:
        """Close the files without sealing the folder; nothing after `close`."""
        for file in self._files.values():
            # What a full disk did not take cannot be flushed either, and has been told already.
            with contextlib.suppress(OSError):
                file.close()

    def _write_head(self, name: str) -> None:
        # numpy pads the head so that the first axis can grow without moving what follows.
        head: Any = {"descr": np.lib.format.dtype_to_descr(np.dtype(_COLUMNS[name])), "fortran_order": False}
        np.lib.format.write_array_header_1_0(self._files[name], {**head, "shape": (self._rows,)})


def interactions_folder(catalog: Path, named: Path | None = None) -> Path | None:
    """The folder to open: the one named (or `interactions` in it), else the one beside the catalog's items, else None.

    Raises CatalogError when a named folder holds no interactions.
    """
    if named is not None:
        for folder in (named, named / FOLDER):
            if (folder / "about.json").is_file() and (folder / "users.jsonl").is_file():
                return folder
        raise CatalogError(f"There are no interactions in {named}; set CHATREC_INTERACTIONS to a folder that an import wrote.")
    beside = (catalog if catalog.is_dir() else catalog.parent) / FOLDER
    return beside if (beside / "about.json").is_file() else None
