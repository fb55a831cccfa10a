"""A dataset's content -> a catalog folder that is ready to run, written beside its place and put there whole."""

from __future__ import annotations

import errno
import json
import shutil
import time
import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from chatrec.catalog.table import ABOUT, Catalog, Problem, as_record, read_about
from chatrec.datasets.collector import Collector
from chatrec.datasets.content import Content, Rows
from chatrec.datasets.lines import Problems
from chatrec.datasets.matching import match
from chatrec.errors import DatasetError
from chatrec.history.actions import RULES_FILE
from chatrec.history.interactions import FOLDER, write_ids
from chatrec.records import Item

ITEMS = "items.jsonl"
PROBLEMS = "problems.txt"
_OURS = frozenset((ITEMS, ABOUT, FOLDER, PROBLEMS))
_MARK = "imported"
_A_DAY = 86_400.0  # seconds
_TRIES = 5
_KEPT = (RULES_FILE, f"{FOLDER}/{RULES_FILE}")  # what people may add to a folder that an import made


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `problems` are the first 20 of `skipped` rows, all of which are in problems.txt.

    With `onto`, `matched` items of the dataset are in that catalog (`by_site` of them by another site's id), and `unmatched`
    interactions were left out with the other items. `undescribed` actions have no weight, by the number of their rows.
    """

    folder: Path
    items: int
    interactions: int
    users: int
    skipped: int
    problems: tuple[Problem, ...]
    matched: int = 0
    by_site: int = 0
    unmatched: int = 0
    undescribed: Mapping[str, int] = field(default_factory=dict)


def write_catalog(
    read: Callable[[Problems], Content], folder: Path, *, dataset: str, onto: Catalog | None = None, progress: bool = False
) -> Imported:
    """Read a dataset and put it into a folder: items.jsonl, about.json, interactions/, and problems.txt for skipped rows.

    With `onto`, only the interactions with items of that catalog, under its ids. A folder that an import made is replaced, any
    other must be empty or not there. However the import ends, the folder holds the old or the new. Raises DatasetError.
    """
    folder = folder.expanduser().resolve()
    _recover(folder)
    _check_place(folder)
    with _beside(folder) as building:
        problems = Problems(building / PROBLEMS)
        try:
            content = read(problems)
            done = _write(content, building, problems, dataset, onto, progress)
        finally:
            problems.close()
        _keep(folder, building)
        _swap(building, folder)
    return Imported(folder=folder, skipped=problems.count, problems=tuple(problems.first), **done)


def _write(
    content: Content, building: Path, problems: Problems, dataset: str, onto: Catalog | None, progress: bool
) -> dict[str, Any]:
    keys = content.keys
    done: dict[str, Any] = {"items": len(content.items), "interactions": 0, "users": 0}
    if onto is not None:
        if content.rows is None:
            raise DatasetError(f"{content.name} holds no interactions, so there is nothing to put onto {onto.name}.")
        matches = match(content.items, onto)
        if not matches.found:
            raise DatasetError(f"None of the {len(content.items):,} items of {content.name} is in {onto.name}.")
        keys = {key: matches.found.get(item_id, "") for key, item_id in content.keys.items()}
        done.update(matched=len(matches.found), by_site=matches.by_site)
    items: Iterable[Item] = content.items
    if content.rows is not None:
        chunks = content.rows(problems)
        collector = _collect(content, chunks, building / FOLDER, keys, problems, progress)
        done.update(interactions=len(collector), users=collector.users, undescribed=collector.undescribed)
        if onto is not None:
            done.update(items=collector.items, unmatched=collector.unmatched)
        items = collector.judged(content.items, content.best)
    if onto is None:
        write_ids(building / ITEMS, map(as_record, items))
        about = {"name": content.name, "noun": content.noun, "plural": content.plural, _MARK: dataset}
        if content.rows is not None:
            about["standing"] = "where the dataset gives none, popularity and acclaim are from all of its interactions"
        (building / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return done


def _collect(
    content: Content, chunks: Iterator[Rows], folder: Path, keys: Mapping[Hashable, str], problems: Problems, progress: bool
) -> Collector:
    collector = Collector(folder, keys, problems)
    read = 0
    try:
        with tqdm(total=100, desc=content.name, unit="%", disable=not progress) as bar:
            for rows in chunks:
                collector.add(rows)
                read += len(rows.user)
                bar.update(100 * rows.done - bar.n)
                bar.set_postfix_str(f"{read:,} rows", refresh=False)
        collector.close(content.people)
    finally:
        collector.abandon()
    if not len(collector) and not collector.unmatched:
        first = f"; first problem: {problems.first[0]}" if problems.first else ""
        raise DatasetError(f"{content.name} holds no usable interaction{first}.")
    return collector


# --------------------------------------------------------------------------- the folder


def _check_place(folder: Path) -> None:
    """DatasetError when the folder is not ours to replace."""
    try:
        if folder.exists() and not folder.is_dir():
            raise DatasetError(f"{folder} is a file; name a folder with --to.")
        there = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    except OSError as error:
        raise DatasetError(f"{folder} cannot be used: {error.strerror or error}; name another folder with --to.") from None
    strange = sorted(there - _OURS - {RULES_FILE})
    if strange:
        raise DatasetError(f"{folder} holds other things ({', '.join(strange[:3])}); name a new folder with --to.")
    if ITEMS in there and _MARK not in read_about(folder, []):
        raise DatasetError(f"{folder} holds a catalog that no import made; name a new folder with --to.")


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """An empty folder next to the place, gone afterwards; what goes wrong with the disk is a DatasetError."""
    start = f".{folder.name}.importing"
    # One of its own: another import into the same place may be running.
    building = folder.with_name(f"{start}-{uuid.uuid4().hex[:8]}")
    try:
        building.mkdir(parents=True)
        _clear(folder.parent, start)
        yield building
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        what = "the disk is full; make room or name a folder elsewhere" if full else f"{error.strerror or error}"
        raise DatasetError(f"The import into {folder} stopped, and what was there is untouched: {what}.") from None
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _clear(place: Path, start: str) -> None:
    """Remove what imports left behind that were killed a day ago or longer."""
    for left in place.iterdir():
        if left.name.startswith(start) and time.time() - left.stat().st_mtime > _A_DAY:
            shutil.rmtree(left, ignore_errors=True)


def _replaced(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.replaced")


def _recover(folder: Path) -> None:
    """Put back what an import that was killed between two renames had moved away."""
    if _replaced(folder).exists() and not folder.exists():
        _replaced(folder).rename(folder)


def _keep(folder: Path, building: Path) -> None:
    for name in _KEPT:
        if (folder / name).is_file() and (building / name).parent.is_dir():
            shutil.copyfile(folder / name, building / name)


def _swap(building: Path, folder: Path) -> None:
    old = _replaced(folder)
    for left in reversed(range(_TRIES)):
        shutil.rmtree(old, ignore_errors=True)
        try:
            if folder.exists():
                folder.rename(old)
            building.rename(folder)
            break
        except OSError:
            # Another import may have come in between; the last to come stays.
            if not left:
                if old.exists() and not folder.exists():
                    old.rename(folder)
                raise
            time.sleep(0.02)
    shutil.rmtree(old, ignore_errors=True)
