"""A folder of dialogues and films -> a catalog and turns to score; ratings beside it -> what they say of that catalog.

`films.jsonl`: one film a line: name (`Title (year)`), genres, plot, directors, cast, imdb_id. `dialogues.jsonl`: one turn of a
recommender a line: dialogue, turn, context (the utterances so far, the seeker's last), mentioned (names of films so far),
targets (films named next). Films that are named but not in films.jsonl are left out and counted.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from chatrec.catalog.table import Catalog
from chatrec.errors import DatasetError
from chatrec.records import Item
from chatrec.retrieval.collaborative import CollaborativeModel
from chatrec.retrieval.renown import namesake, title_key
from chatrec.retrieval.talk import Talk, hear
from chatrec.retrieval.talk_features import Column, Ratings

_NAME = re.compile(r"^(.*?)\s*\((\d{4})\)$")
_LIKED = 3.5  # stars
_LATELY = 3 * 365 * 24 * 3600  # seconds before the last rating


@dataclass(frozen=True, slots=True)
class DialogueTurn:
    """One recommender turn: everything said before, the catalog rows named before, and the rows to be found."""

    dialogue: str
    turn: int
    context: tuple[str, ...]
    talk: Talk
    named: tuple[int, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DialogueFolder:
    """A catalog and its turns in file order, those without targets too. `unknown` counts names that are not in the catalog;
    `digest` is the sha256 of the dialogues."""

    catalog: Catalog
    turns: tuple[DialogueTurn, ...]
    unknown: int
    digest: str

    @property
    def scored(self) -> tuple[int, ...]:
        """The places of the turns that have targets."""
        return tuple(place for place, turn in enumerate(self.turns) if turn.targets)


def read_dialogues(folder: Path) -> DialogueFolder:
    """Read both files. DatasetError: missing, or a line that is not as the form says."""
    films: dict[str, Item] = {}
    for line, record in _lines(folder / "films.jsonl"):
        item = _film(record, folder / "films.jsonl", line)
        films.setdefault(item.id, item)
    catalog = Catalog(films.values(), name=folder.name, noun="film", plural="films")
    turns, unknown = [], 0
    for line, record in _lines(folder / "dialogues.jsonl"):
        try:
            context = tuple(str(utterance) for utterance in record["context"])
            mentioned, targets = (list(dict.fromkeys(map(str, record[key]))) for key in ("mentioned", "targets"))
            dialogue, number = str(record["dialogue"]), int(record["turn"])
        except (KeyError, TypeError, ValueError) as error:
            raise DatasetError(f"{folder / 'dialogues.jsonl'}:{line} is not a turn of a dialogue ({error!r}).") from None
        unknown += sum(name not in catalog for name in (*mentioned, *targets))
        named = {name: catalog.row(name) for name in mentioned if name in catalog}
        rows = tuple(catalog.row(name) for name in targets if name in catalog and name not in named)
        turns.append(DialogueTurn(dialogue, number, context, hear(context, named), tuple(named.values()), rows))
    if not any(turn.targets for turn in turns):
        raise DatasetError(f"{folder} holds no turn with a film to be found; see its dialogues.jsonl.")
    digest = hashlib.sha256((folder / "dialogues.jsonl").read_bytes()).hexdigest()
    return DialogueFolder(catalog, tuple(turns), unknown, digest)


def moved(turns: tuple[DialogueTurn, ...], source: Catalog, target: Catalog) -> tuple[DialogueTurn, ...]:
    """The turns with their rows in another catalog: films joined by name, else imdb id, else title and year."""
    by_imdb = {item.extra.get("imdb_id"): row for row, item in enumerate(target) if item.extra.get("imdb_id")}
    by_title: dict[str, list[Item]] = {}
    for item in target:
        by_title.setdefault(title_key(item.title), []).append(item)
    rows: dict[int, int] = {}
    for row, item in enumerate(source):
        same = target.get(item.id) or namesake(item, by_title)
        if item.id in target:
            rows[row] = target.row(item.id)
        elif item.extra.get("imdb_id") in by_imdb:
            rows[row] = by_imdb[item.extra["imdb_id"]]
        elif same is not None:
            rows[row] = target.row(same.id)
    return tuple(
        replace(
            turn,
            talk=replace(turn.talk, named=tuple(replace(n, row=rows[n.row]) for n in turn.talk.named if n.row in rows)),
            named=tuple(rows[row] for row in turn.named if row in rows),
            targets=tuple(rows[row] for row in turn.targets if row in rows),
        )
        for turn in turns
    )


def first_turns(folder: DialogueFolder, count: int) -> DialogueFolder:
    """The same folder with its first `count` turns."""
    return replace(folder, turns=folder.turns[:count])


@dataclass(frozen=True, slots=True)
class RatingsTable:
    """What people rated of a catalog: `liked` (users, n) holds 1 where somebody gave 3.5 stars or more; `features` the rest."""

    liked: csr_array
    features: Ratings


def read_ratings(folder: Path, catalog: Catalog) -> RatingsTable:
    """A MovieLens folder (ratings.csv, movies.csv, links.csv) -> ratings by catalog row, joined by imdb id, else by title."""
    try:
        rows = _rated_rows(folder, catalog)
        with (folder / "ratings.csv").open(encoding="utf-8", newline="") as file:
            records = [
                (int(r["userId"]), rows[r["movieId"]], float(r["rating"]), int(r["timestamp"]))
                for r in csv.DictReader(file)
                if r["movieId"] in rows
            ]
    except (OSError, KeyError, ValueError) as error:
        raise DatasetError(f"{folder} holds no MovieLens ratings in csv form ({error}).") from None
    if not records:
        raise DatasetError(f"None of the films rated in {folder} is in the catalog of the dialogues.")
    table = np.array(records)
    _, user = np.unique(table[:, 0].astype(np.int64), return_inverse=True)
    item, stars, at = table[:, 1].astype(np.int64), table[:, 2], table[:, 3]
    shape = (int(user.max()) + 1, len(catalog))
    fond = stars >= _LIKED
    liked = csr_array((np.ones(int(fond.sum()), dtype=np.float32), (user[fond], item[fond])), shape=shape)
    count = np.bincount(item, minlength=len(catalog))
    lately = np.bincount(item[at >= at.max() - _LATELY], minlength=len(catalog))
    mean = (np.bincount(item, weights=stars, minlength=len(catalog)) + 5 * stars.mean()) / (count + 5)
    model = CollaborativeModel.fit(liked)
    return RatingsTable(liked, Ratings(model, _share(count), _share(lately), (mean / 5).astype(np.float32)))


def _rated_rows(folder: Path, catalog: Catalog) -> Mapping[str, int]:
    """MovieLens ids -> rows of the catalog."""
    by_imdb = {str(item.extra.get("imdb_id", "")).lstrip("t").lstrip("0"): row for row, item in enumerate(catalog)}
    by_imdb.pop("", None)
    rows: dict[str, int] = {}
    if (folder / "links.csv").exists():
        with (folder / "links.csv").open(encoding="utf-8", newline="") as file:
            for record in csv.DictReader(file):
                row = by_imdb.get(record["imdbId"].lstrip("0"))
                if row is not None:
                    rows[record["movieId"]] = row
    by_title: dict[str, list[Item]] = {}
    for item in catalog:
        by_title.setdefault(title_key(item.title), []).append(item)
    with (folder / "movies.csv").open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            if record["movieId"] not in rows and (found := _NAME.match(record["title"].strip())):
                title = re.sub(r"^(.*), (The|A|An)$", r"\2 \1", found[1])
                same = namesake(Item("", title, int(found[2])), by_title)
                if same is not None:
                    rows[record["movieId"]] = catalog.row(same.id)
    return rows


def _share(count: np.ndarray[Any, Any]) -> Column:
    return np.asarray(np.log1p(count) / np.log1p(max(int(count.max()), 1)), dtype=np.float32)


def _film(record: Mapping[str, Any], file: Path, line: int) -> Item:
    name = record.get("name")
    if not isinstance(name, str) or not name.strip():
        raise DatasetError(f"{file}:{line}: a film has no name.")
    found = _NAME.match(name)
    title, year = (found[1], int(found[2])) if found else (name, None)
    people = {role: tuple(record.get(key) or ()) for role, key in (("director", "directors"), ("cast", "cast"))}
    return Item(
        id=name,
        title=title or name,
        year=year,
        description=str(record.get("plot") or ""),
        genres=tuple(record.get("genres") or ()),
        people={role: names for role, names in people.items() if names},
        extra={"imdb_id": record["imdb_id"]} if record.get("imdb_id") else {},
    )


def _lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise DatasetError(f"{file}:{number} is not a JSON object.")
                yield number, record
    except OSError as error:
        raise DatasetError(f"{file} cannot be read ({error.strerror or error}); see chatrec eval dialogues --help.") from None
    except ValueError as error:
        raise DatasetError(f"{file} is damaged: {error}.") from None
