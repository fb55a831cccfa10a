"""What a person names (a dataset, a folder, a zip, a table, a column map, a loader) -> the reader for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from chatrec.datasets import known, tables
from chatrec.datasets.columns import Column, Plan, TableMap, read_plan
from chatrec.datasets.content import Content
from chatrec.datasets.lines import Problems
from chatrec.datasets.sources import Source
from chatrec.datasets.table_files import form_of
from chatrec.errors import DatasetError


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: a name or path, the path of a named dataset, column maps, or a document loader with its options."""

    source: str = ""
    path: Path | None = None
    columns: Mapping[str, Column] | None = None
    interactions: Path | None = None
    interaction_columns: Mapping[str, Column] | None = None
    map_file: Path | None = None
    noun: str = ""
    plural: str = ""
    loader: str = ""
    options: Mapping[str, Any] | None = None


@contextmanager
def reader_for(wish: Wish, downloads: Path) -> Iterator[tuple[str, Callable[[Problems], Content]]]:
    """The dataset's name, and what reads it as long as this context lasts. `downloads` is where `get` keeps its files.

    DatasetError: nothing of that name, not there, or of another kind.
    """
    plan = _plan(wish)
    if wish.loader:
        from chatrec.datasets import loaders

        yield "loader", lambda problems: loaders.read(wish.loader, wish.options or {}, plan, problems)
        return
    if wish.map_file and not wish.source:
        yield "table", lambda problems: tables.read(plan, problems)
        return
    dataset = known.find(wish.source)
    place = _place(wish, dataset, downloads)
    if dataset is None and place.suffix.lower() == ".toml":
        whole = _named(read_plan(place), wish)
        yield "table", lambda problems: tables.read(whole, problems)
    elif dataset is None and _is_table(place, wish):
        table = replace(plan, items=replace(plan.items, file=place))
        yield "table", lambda problems: tables.read(table, problems)
    else:
        with _source(place, dataset) as source:
            if dataset is None:
                dataset = known.recognise(source)
            known.check_form(dataset, source)
            found = dataset
            yield found.name, lambda problems: found.read(source, problems, found.title)


def downloaded(dataset: known.Dataset, downloads: Path) -> Path | None:
    """The file that `get` left, or None."""
    file = downloads / dataset.file_name
    return file if dataset.address and file.is_file() else None


def _place(wish: Wish, dataset: known.Dataset | None, downloads: Path) -> Path:
    if wish.path is not None and dataset is None:
        known.named(wish.source)
    if dataset is None:
        place = Path(wish.source).expanduser()
        if not place.exists():
            if "/" not in wish.source and not place.suffix:
                known.named(wish.source)
            raise DatasetError(f"There is no file or folder {place}; chatrec data list shows the datasets known by name.")
        return place
    place = (wish.path or downloaded(dataset, downloads) or _beside(wish.source) or Path()).expanduser()
    if place == Path():
        raise DatasetError(f"{dataset.title} is not here yet; {_how_to_get(dataset)}.")
    if not place.exists():
        raise DatasetError(f"There is no file or folder {place}; give the place of the downloaded dataset.")
    return place


def _beside(name: str) -> Path | None:
    """The folder or zip of that very name here, as unpacking a download leaves it."""
    return next((place for place in (Path(name), Path(f"{name}.zip")) if place.exists()), None)


def _how_to_get(dataset: known.Dataset) -> str:
    if dataset.address:
        return f"run chatrec data get {dataset.name}, or give its folder or zip after the name"
    if dataset.page.startswith("http"):
        return f"download it by hand from {dataset.page}, and give its folder or zip after the name"
    return "give its folder or zip after the name"


def _source(place: Path, dataset: known.Dataset | None) -> Source:
    if not place.is_file() or place.suffix.lower() == ".zip":
        return Source(place)
    if dataset and len(dataset.tells) == 1 and place.name != dataset.tells[0]:
        return Source(place, called=dataset.tells[0])
    # Further files of the set lie beside it.
    return Source(place.parent)


def _is_table(place: Path, wish: Wish) -> bool:
    if not place.is_file() or not form_of(place):
        return False
    if wish.columns or wish.map_file or wish.interactions:
        return True
    beside = Source(place.parent)
    return not any(place.name in dataset.tells and all(name in beside for name in dataset.tells) for dataset in known.DATASETS)


def _plan(wish: Wish) -> Plan:
    plan = read_plan(wish.map_file) if wish.map_file else Plan()
    if wish.columns:
        plan = replace(plan, items=replace(plan.items, columns={**plan.items.columns, **wish.columns}))
    if wish.interactions or wish.interaction_columns:
        table = plan.interactions or TableMap()
        columns = {**table.columns, **(wish.interaction_columns or {})}
        plan = replace(plan, interactions=replace(table, file=wish.interactions or table.file, columns=columns))
        if plan.interactions and plan.interactions.file is None:
            raise DatasetError("--interactions-map names columns of no file; add --interactions FILE.")
    return _named(plan, wish)


def _named(plan: Plan, wish: Wish) -> Plan:
    noun = wish.noun or plan.noun
    return replace(plan, noun=noun, plural=wish.plural or (f"{noun}s" if wish.noun else plan.plural))
