"""Seed cases -> whether the items that belong beside them come first; and how long indexes take to build.

The cases are in data/similar.json: a seed item among the items of a catalog, or an imagined item in words, with the titles that
belong beside it. Any engine or peer can be asked: it gets the seed and the catalog and gives ids, best first.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.datasets.lines import Problems
from chatrec.datasets.netflix import read
from chatrec.datasets.sources import Source
from chatrec.engines.builtin.read import Reader
from chatrec.errors import DatasetError
from chatrec.records import Item, Request, Situation
from chatrec.retrieval.cache import VectorCache
from chatrec.retrieval.embedding import Embedder
from chatrec.retrieval.index import build_index
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.retriever import Retriever
from chatrec.settings import shipped

MANY = 10_000
Search = Callable[["Case", Catalog], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A seed and what belongs beside it: of the titles in `right`, `wanted` must be among the first `within`.

    `catalog` says where it is looked for (netflix, movies), `among` narrows that to the items of exactly these genres.
    """

    name: str
    catalog: str
    right: frozenset[str]
    within: int
    wanted: int
    like: tuple[str, ...] = ()
    wish: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The first titles found for a case, and whether enough of the right ones are among them."""

    case: Case
    items: int
    first: tuple[str, ...]
    right: int

    @property
    def met(self) -> bool:
        """Whether the case is as it should be."""
        return self.right >= self.case.wanted


def read_cases(file: Path | None = None) -> list[Case]:
    """The cases of a file (default: those that ship). DatasetError: missing or damaged."""
    file = file or shipped("data/similar.json")
    try:
        records = json.loads(file.read_text(encoding="utf-8-sig"))["cases"]
        cases = [
            Case(
                name=str(record["name"]),
                catalog=str(record["catalog"]),
                right=frozenset(map(str, record["right"])),
                within=int(record["within"]),
                wanted=int(record["wanted"]),
                like=tuple(map(str, record.get("like", ()))),
                wish=str(record.get("wish", "")),
                among=tuple(map(str, record.get("among", ()))),
            )
            for record in records
        ]
        if not cases:
            raise DatasetError(f"{file} holds no case.")
        return cases
    except OSError as error:
        raise DatasetError(f"There are no seed cases at {file} ({error.strerror or error}).") from None
    except KeyError as error:
        raise DatasetError(f"A seed case in {file} has no {error}; data/similar.json shows the form.") from None
    except (ValueError, TypeError) as error:
        raise DatasetError(f"The seed cases in {file} are not in the form of data/similar.json ({error}).") from None


def netflix(path: Path) -> Catalog:
    """The Netflix titles in a folder or zip, as downloaded or as imported. DatasetError: not there."""
    if not path.exists():
        raise DatasetError(f"There is no {path}; give the folder that holds netflix_titles.csv with --data.")
    if path.is_dir() and (path / "items.jsonl").is_file():
        return read_catalog(path)[0]
    content = read(Source(path), Problems())
    return Catalog(content.items, name=content.name, noun=content.noun, plural=content.plural)


def narrowed(catalog: Catalog, genres: Sequence[str]) -> Catalog:
    """The items listed as exactly these genres, in this order; the whole catalog where none are given."""
    if not genres:
        return catalog
    items = [item for item in catalog if item.genres == tuple(genres)]
    if not items:
        raise DatasetError(f"No item of {catalog.name} is listed as exactly {', '.join(genres)}.")
    return Catalog(items, name=catalog.name, noun=catalog.noun, plural=catalog.plural)


def retriever_search(embedder: Embedder, cache: Path | None = None, progress: bool = False) -> Search:
    """The built-in search: seeds as anchors, imagined items as the reader reads them; texts embedded once, kept in `cache`."""
    made: dict[str, tuple[Retriever, Reader]] = {}

    def search(case: Case, catalog: Catalog) -> Sequence[str]:
        if catalog.digest not in made:
            with tempfile.TemporaryDirectory() as folder:
                kept = VectorCache(cache) if cache is not None else None
                try:
                    dense = build_index(catalog, embedder, Path(folder), kept, progress=progress)
                finally:
                    if kept is not None:
                        kept.close()
            reader = Reader(catalog, TitleLinker(catalog))
            made[catalog.digest] = Retriever(catalog, embedder, dense, LexicalIndex(catalog)), reader
        retriever, reader = made[catalog.digest]
        anchors = tuple(item.id for item in catalog if item.title in case.like)
        request = Request("recommend", "", anchors=anchors)
        if case.wish:
            request = reader.read(Situation(message=case.wish, turn=1)).request
        return [candidate.item_id for candidate in retriever.search(request, limit=10).candidates]

    return search


def answer(case: Case, catalogs: Mapping[str, Catalog], search: Search) -> Answer:
    """Ask for one case. DatasetError: its catalog or its seed is not there."""
    if case.catalog not in catalogs:
        raise DatasetError(f"The case {case.name!r} needs the catalog {case.catalog}, which was not given.")
    catalog = narrowed(catalogs[case.catalog], case.among)
    missing = [title for title in case.like if not any(item.title == title for item in catalog)]
    if missing:
        raise DatasetError(f"The case {case.name!r} begins from {missing[0]!r}, which {catalog.name} does not hold.")
    first = tuple(catalog[item_id].title for item_id in search(case, catalog))
    return Answer(case, len(catalog), first, len(case.right.intersection(first[: case.within])))


@dataclass(frozen=True, slots=True)
class BuildTimes:
    """Seconds to build the index of `items` items from nothing, and again after one of them changed."""

    items: int
    whole: float
    one_changed: float


def time_index(items: Sequence[Item], embedder: Embedder, progress: bool = False) -> BuildTimes:
    """Build an index with an empty cache, change one description, and build it again."""
    with tempfile.TemporaryDirectory() as folder, VectorCache(Path(folder) / "vectors.sqlite3") as cache:
        seconds = []
        for number in (0, 1):
            changed = replace(items[0], description=f"{items[0].description} Version {number}.")
            catalog = Catalog([changed, *items[1:]])
            started = time.perf_counter()
            build_index(catalog, embedder, Path(folder) / "index", cache, progress and number == 0)
            seconds.append(time.perf_counter() - started)
    return BuildTimes(len(items), *seconds)


def many(items: Sequence[Item], count: int = MANY) -> list[Item]:
    """`count` items of different texts made from fewer: copies say which they are, so that no cache can answer for them."""
    copies = []
    for number in range(count):
        item = items[number % len(items)]
        again = number // len(items)
        text = f"{item.description} Take {again + 1}." if again else item.description
        copies.append(replace(item, id=f"{item.id}-{again}", description=text))
    return copies
