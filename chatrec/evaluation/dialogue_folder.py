"""A folder of dialogues and films -> a catalog and turns to score; ratings beside it -> what they say of that catalog.

`films.jsonl`: one film a line: name (`Title (year)`), genres, plot, directors, cast, imdb_id. `dialogues.jsonl`: one turn of a
recommender a line: dialogue, turn, context (the utterances so far, the seeker's last), mentioned (names of films so far),
targets (films named next). Films that are named but not in films.jsonl are left out and counted.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from chatrec.catalog.table import Catalog
from chatrec.datasets.cells import names
from chatrec.datasets.texts import imdb_id
from chatrec.errors import DatasetError
from chatrec.evaluation.rated_data import read_rated
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
    row_of = _rows_by_name(catalog)
    turns, unknown = [], 0
    for line, record in _lines(folder / "dialogues.jsonl"):
        try:
            context = tuple(str(utterance) for utterance in record["context"])
            mentioned, targets = (list(dict.fromkeys(map(str, record[key]))) for key in ("mentioned", "targets"))
            dialogue, number = str(record["dialogue"]), int(record["turn"])
        except KeyError as error:
            raise DatasetError(f"{folder / 'dialogues.jsonl'}:{line} is not a turn of a dialogue: it has no {error}.") from None
        except (TypeError, ValueError) as error:
            raise DatasetError(f"{folder / 'dialogues.jsonl'}:{line} is not a turn of a dialogue: {error}.") from None
        unknown += sum(name not in row_of for name in (*mentioned, *targets))
        named = {name: row_of[name] for name in mentioned if name in row_of}
        rows = tuple(row_of[name] for name in targets if name in row_of and row_of[name] not in named.values())
        turns.append(DialogueTurn(dialogue, number, context, hear(context, named), tuple(named.values()), rows))
    if not any(turn.targets for turn in turns):
        raise DatasetError(
            f"{folder} holds no turn with a film to be found: of its {len(turns):,} turns none has a target that is in "
            f"films.jsonl and was not mentioned before; {unknown:,} of the names in dialogues.jsonl are not in films.jsonl."
        )
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


def without_those_of(counted: DialogueFolder, measured: DialogueFolder) -> DialogueFolder:
    """The same folder without the dialogues that are measured: what is asked for may not be counted."""
    said = {(turn.dialogue, turn.context) for turn in measured.turns}
    both = {turn.dialogue for turn in counted.turns if (turn.dialogue, turn.context) in said}
    return replace(counted, turns=tuple(turn for turn in counted.turns if turn.dialogue not in both))


@dataclass(frozen=True, slots=True)
class RatingsTable:
    """What people rated of a catalog: `liked` (users, n) holds 1 where somebody gave 3.5 stars or more; `features` the rest."""

    liked: csr_array
    features: Ratings


def read_ratings(folder: Path, catalog: Catalog) -> RatingsTable:
    """Any set of ratings that `chatrec data import` knows -> ratings by catalog row, joined by imdb id, else title and year."""
    with tempfile.TemporaryDirectory() as work:
        data = read_rated(folder, Path(work))
    item = _rows_of(data.catalog, catalog)[data.ratings.item]
    known = np.flatnonzero(item >= 0)
    if not known.size:
        raise DatasetError(f"None of the films rated in {folder} is in the catalog of the dialogues.")
    _, user = np.unique(data.ratings.user[known], return_inverse=True)
    item, stars, at = item[known], data.ratings.value[known], np.maximum(data.ratings.at[known], 0)
    shape = (int(user.max()) + 1, len(catalog))
    fond = stars >= _LIKED
    liked = csr_array((np.ones(int(fond.sum()), dtype=np.float32), (user[fond], item[fond])), shape=shape)
    count = np.bincount(item, minlength=len(catalog))
    lately = np.bincount(item[at >= at.max() - _LATELY], minlength=len(catalog))
    mean = (np.bincount(item, weights=stars, minlength=len(catalog)) + 5 * stars.mean()) / (count + 5)
    model = CollaborativeModel.fit(liked)
    return RatingsTable(liked, Ratings(model, _share(count), _share(lately), (mean / 5).astype(np.float32)))


def _rows_of(rated: Catalog, catalog: Catalog) -> NDArray[np.int64]:
    """The row in `catalog` of each item of `rated`, -1 where it is not there."""
    by_imdb = {imdb: row for row, item in enumerate(catalog) if (imdb := imdb_id(str(item.extra.get("imdb_id", ""))))}
    by_title: dict[str, list[Item]] = {}
    for item in catalog:
        by_title.setdefault(title_key(item.title), []).append(item)
    rows = np.full(len(rated), -1, dtype=np.int64)
    for place, item in enumerate(rated):
        same = namesake(item, by_title)
        if item.extra.get("imdb_id") in by_imdb:
            rows[place] = by_imdb[item.extra["imdb_id"]]
        elif same is not None:
            rows[place] = catalog.row(same.id)
    return rows


def _share(count: np.ndarray[Any, Any]) -> Column:
    return np.asarray(np.log1p(count) / np.log1p(max(int(count.max()), 1)), dtype=np.float32)


def _rows_by_name(catalog: Catalog) -> Mapping[str, int]:
    """Catalog rows by the name of a film, and by its imdb id."""
    by_imdb = {str(item.extra["imdb_id"]): row for row, item in enumerate(catalog) if item.extra.get("imdb_id")}
    return {**by_imdb, **{item.id: row for row, item in enumerate(catalog)}}


def _film(record: Mapping[str, Any], file: Path, line: int) -> Item:
    name = record.get("name")
    if not isinstance(name, str) or not name.strip():
        raise DatasetError(f"{file}:{line}: a film has no name.")
    found = _NAME.match(name)
    title, year = (found[1], int(found[2])) if found else (name, None)
    people = {role: _listed(record.get(key)) for role, key in (("director", "directors"), ("cast", "cast"))}
    return Item(
        id=name,
        title=title or name,
        year=year,
        description=str(record.get("plot") or ""),
        genres=_listed(record.get("genres")),
        people={role: found for role, found in people.items() if found},
        extra={"imdb_id": record["imdb_id"]} if record.get("imdb_id") else {},
    )


def _listed(value: Any) -> tuple[str, ...]:
    return tuple(names(value)) if isinstance(value, str) else tuple(value or ())


def _lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    try:
        with file.open(encoding="utf-8-sig") as lines:
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
        raise DatasetError(f"{file}:{number} is damaged: {error}.") from None
