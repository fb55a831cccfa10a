"""A catalog on disk -> every problem in it by file and line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from chatrec.catalog.consistency import inconsistencies
from chatrec.catalog.coverage import stats
from chatrec.catalog.repeats import repeats, spelled_apart
from chatrec.catalog.table import Catalog, Problem, as_item, catalog_files, read_about, read_records
from chatrec.records import Item

OWN_STYLE = "chatrec"
"""The `style` in about.json of catalogs that must keep the rules of docs/catalog-style.md."""

GENRES = (
    "Action", "Adventure", "Animation", "Biography", "Comedy", "Crime", "Documentary", "Drama", "Family", "Fantasy",
    "Film Noir", "History", "Horror", "Music", "Musical", "Mystery", "Romance", "Science Fiction", "Sport",
    "Thriller", "War", "Western",
)  # fmt: skip
CERTIFICATES = ("all", "7+", "10+", "13+", "16+", "18+")
CONTENT = ("violence", "fear", "sex", "language", "drugs")
TONES = frozenset((
    "dark", "light-hearted", "bittersweet", "melancholy", "uplifting", "feel-good", "heartwarming", "heartbreaking", "tense",
    "eerie", "scary", "disturbing", "gritty", "violent", "whimsical", "magical", "dreamlike", "surreal", "mind-bending",
    "thought-provoking", "satirical", "deadpan", "witty", "silly", "romantic", "sensual", "epic", "intimate", "nostalgic",
    "stylish", "visually striking", "slow-burn", "fast-paced", "meditative", "quirky", "playful", "hopeful", "suspenseful",
    "cosy", "atmospheric", "angry", "tender", "absurd", "moving",
))  # fmt: skip
STOCK_PHRASES = (
    "must-see", "must see", "tour de force", "rollercoaster", "roller coaster", "roller-coaster", "edge of your seat",
    "masterpiece", "unforgettable", "instant classic", "timeless classic", "cinematic gem", "stunning visuals",
    "breathtaking", "nail-biting", "not to be missed", "will leave you", "takes you on a journey", "heart-stopping",
    "thrill ride", "star-studded",
)  # fmt: skip
STOCK_OPENINGS = ("In a world", "When a ", "When an ", "Set in ", "This film ", "This movie ", "The film ", "The movie ")
STOCK_VERB = re.compile(
    r"^(?:(?:The|This) (?:film|movie|story|documentary)|It)\s+follows\b|^Follows\b|^[^.]{0,60}? follows\b", re.I
)
_ASKING = re.compile(r"\b(?:you|your)\b[^.!?]*\?\s*$", re.IGNORECASE)
DESCRIPTION_WORDS = (50, 90)
KEYWORDS = (6, 14)
FEWEST_TONES = 3
FILMS_BEGAN = 1888

_REQUIRED = (
    "id", "title", "year", "description", "genres", "people", "countries", "languages", "runtime", "keywords", "certificate",
    "content", "popularity", "acclaim",
)  # fmt: skip
_OPTIONAL = ("original_title", "series", "position")
_UNDECOMPOSED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l"})
_DECADE = re.compile(r"(\d{4})s")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: the problems in file order, the number of usable items, and their coverage (see coverage.stats)."""

    problems: tuple[Problem, ...]
    items: int
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    """A usable item and where it was read."""

    file: Path
    line: int
    record: Mapping[str, Any]
    item: Item

    def problem(self, message: str) -> Problem:
        return Problem(self.file.name, self.line, f"{self.item.id}: {message}")


def check(path: Path) -> Report:
    """Check a file or folder of items; CatalogError when there is nothing to read.

    Every catalog: lines that cannot be read, missing ids and titles, wrong types, ids used twice. Where a folder's
    about.json says `"style": "chatrec"`, also the rules of docs/catalog-style.md that a program can see.
    """
    problems: list[Problem] = []
    places: list[_Place] = []
    files = catalog_files(path)
    about = read_about(path, problems)
    if not files:
        problems.append(Problem(path.name, 0, "holds no .jsonl, .csv or .parquet file"))
    seen: dict[str, _Place] = {}
    for file in files:
        for line, record in read_records(file):
            try:
                if isinstance(record, str):
                    raise ValueError(record)
                place = _Place(file, line, record, as_item(record))
            except ValueError as error:
                problems.append(Problem(file.name, line, str(error)))
                continue
            if first := seen.get(place.item.id):
                problems.append(place.problem(f"`id` was used before, at {first.file.name}:{first.line}"))
                continue
            seen[place.item.id] = place
            places.append(place)
    if about.get("style") == OWN_STYLE:
        problems += _own_problems(places)
    order = {file.name: n for n, file in enumerate(files)}
    problems.sort(key=lambda problem: (order.get(problem.file, -1), problem.line))
    return Report(tuple(problems), len(places), stats(Catalog(place.item for place in places)))


# --------------------------------------------------------------------------- the rules of our own films


def _own_problems(places: list[_Place]) -> Iterator[Problem]:
    named: dict[tuple[str, int | None], _Place] = {}
    instalments: dict[tuple[str, int | None], _Place] = {}
    before: _Place | None = None
    for place in places:
        item = place.item
        for message in (*_keys(place.record), *_facts(item), *_words(item)):
            yield place.problem(message)
        if first := named.get((item.title.casefold(), item.year)):
            yield place.problem(f"{item.label} is there already, as {first.item.id} at {first.file.name}:{first.line}")
        named.setdefault((item.title.casefold(), item.year), place)
        if item.series and (first := instalments.get((item.series, item.position))):
            yield place.problem(f"{first.item.id} is number {item.position} of {item.series} already")
        instalments.setdefault((item.series, item.position), place)
        decade = _DECADE.fullmatch(place.file.stem)
        if decade and item.year is not None and item.year // 10 * 10 != int(decade[1]):
            yield place.problem(f"a film of {item.year} does not belong in {place.file.name}")
        if before is not None and before.file == place.file:
            if _sorting(before.item) > _sorting(item):
                yield place.problem(f"comes after {before.item.id}; sort by year, then title")
            if opening := _same_opening(before.item, item):
                yield place.problem(f"opens with the same words as {before.item.id} ({opening})")
        before = place
    at = {place.item.id: place for place in places}
    items = [place.item for place in places]
    for item, message in (*inconsistencies(items), *spelled_apart(items), *repeats(items)):
        yield at[item.id].problem(message)


def _sorting(item: Item) -> tuple[int, str]:
    return (item.year or 0, item.title)


def _same_opening(one: Item, other: Item) -> str:
    first, second = (tuple(item.description.split()[:2]) for item in (one, other))
    return " ".join(first) if first == second and len(first) == 2 else ""


def _keys(record: Mapping[str, Any]) -> Iterator[str]:
    for name in _REQUIRED:
        if record.get(name) in (None, "", [], {}):
            yield f"`{name}` is missing"
    for name in record:
        if name not in _REQUIRED + _OPTIONAL:
            yield f"`{name}` is no key of this catalog"


def _facts(item: Item) -> Iterator[str]:
    if item.year is not None and item.id != slug(item.title, item.year):
        yield f"`id` must be the slug of title and year, {slug(item.title, item.year)}"
    if item.original_title == item.title:
        yield "`original_title` is the title; leave it out"
    yield from _in_range("year", item.year, FILMS_BEGAN, date.today().year + 1)
    yield from _in_range("runtime", item.runtime, 1, 900)
    yield from _in_range("popularity", item.popularity, 0, 100)
    yield from _in_range("acclaim", item.acclaim, 0, 100)
    yield from _in_range("number of genres", len(item.genres), 1, 4)
    yield from _strangers("genres", item.genres, GENRES)
    if item.certificate and item.certificate not in CERTIFICATES:
        yield f"`certificate` must be one of {', '.join(CERTIFICATES)}, not {item.certificate!r}"
    if item.content and set(item.content) != set(CONTENT):
        yield f"`content` must hold {', '.join(CONTENT)}"
    if item.people and not item.named("director"):
        yield "`people` names no director"
    yield from _strangers("people", item.people, ("director", "cast"))
    cast = len(item.named("cast"))
    fewest = 0 if "Documentary" in item.genres or (cast == 0 and "Animation" in item.genres) else 3
    yield from _in_range("number of cast members", cast, fewest, 6)
    if bool(item.series) != (item.position is not None):
        yield "`series` and `position` go together"
    if item.position is not None and item.position < 1:
        yield f"`position` must be 1 or more, not {item.position}"


def _words(item: Item) -> Iterator[str]:
    text = item.description
    words = len(text.split())
    if text and not DESCRIPTION_WORDS[0] <= words <= DESCRIPTION_WORDS[1]:
        yield f"`description` must have {DESCRIPTION_WORDS[0]} to {DESCRIPTION_WORDS[1]} words, not {words}"
    if text.startswith(STOCK_OPENINGS) or STOCK_VERB.search(text):
        yield f"`description` has a stock opening ({' '.join(text.split()[:4])} ...)"
    for phrase in STOCK_PHRASES:
        if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE):
            yield f"`description` has a stock phrase ({phrase})"
    if _ASKING.search(text):
        yield "`description` ends by asking the reader"
    yield from _in_range("number of keywords", len(item.keywords), *KEYWORDS)
    tones = sum(keyword in TONES for keyword in item.keywords)
    if tones < FEWEST_TONES:
        yield f"`keywords` need {FEWEST_TONES} from the tone list, not {tones}"
    loud = [keyword for keyword in item.keywords if keyword != keyword.lower()]
    if loud:
        yield f"`keywords` are written in lower case, not {', '.join(loud)}"


def _in_range(name: str, value: float | None, least: float, most: float) -> Iterator[str]:
    if value is not None and not least <= value <= most:
        yield f"`{name}` must be {least} to {most}, not {value:g}"


def _strangers(name: str, values: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    if strangers := [value for value in values if value not in frozenset(known)]:
        yield f"`{name}` knows no {', '.join(strangers)}"


def slug(title: str, year: int) -> str:
    """The id of one of our own films: `Amélie`, 2001 -> `amelie-2001`."""
    folded = unicodedata.normalize("NFKD", title.casefold().replace("&", " and ").replace("½", " and a half"))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).translate(_UNDECOMPOSED)
    return "-".join((*re.findall(r"[a-z0-9]+", re.sub("['’]", "", plain)), str(year)))
