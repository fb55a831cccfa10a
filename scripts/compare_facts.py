"""The shipped catalog and reference tables -> how far their facts agree, and every difference.

usage: python scripts/compare_facts.py REFERENCE ... [--catalog data/movies] [--disputes docs/catalog.md]

A reference is a table of one of these forms, told by its columns: TMDB 5000 (`release_date`, `original_language` ...),
MovieLens (`movieId`, `title` with the year), Netflix titles (`show_id`, `director` ...), or JSON lines with `name` ("Title
(1999)"), `directors` and `cast`. Nothing of it is kept. Differences named in the table of disputes, where the reference is
wrong, counts otherwise or has another cut, are counted apart.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.records import Item
from chatrec.retrieval.words import fold

ROOT = Path(__file__).parent.parent
RUNTIME_WITHIN = 3  # minutes
_YEARS_APART = 1  # a reference film this far off may still be ours with another year
_YEARS_APART_AT_MOST = 4  # when its director or its runtime is ours too
_MINUTES_APART = 15  # one of another year is another film when its runtime is this far off
_ALIKE = (
    75  # of 100: `Alejandro G. Iñárritu` is `Alejandro González Iñárritu`, `Aleksandr Kaydanovskiy` is `Alexander Kaidanovsky`
)
_CODES = {
    "ar": "Arabic", "bn": "Bengali", "cn": "Cantonese", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean", "ky": "Kyrgyz",
    "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sl": "Slovenian", "sv": "Swedish", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tr": "Turkish",
    "vi": "Vietnamese", "xx": "No dialogue", "zh": "Mandarin", "af": "Afrikaans",
}  # fmt: skip
_COUNTRIES = {"United States of America": "United States"}
_SUCCESSORS = {
    "West Germany": "Germany", "East Germany": "Germany", "Soviet Union": "Russia", "Czechoslovakia": "Czech Republic",
    "Yugoslavia": "Serbia",
}  # fmt: skip
_YEAR = re.compile(r"\s*\((\d{4})\)\s*$")
_ALSO = re.compile(r"\s*\((?:a\.?k\.?a\.? )?([^()]*)\)")
_ARTICLE = re.compile(r"^(.*), (The|A|An|Le|La|Les|L'|Il|El|Los|Las|Das|Der|Die|Den|Det|De|Un|Une|Una|I|Lo)$", re.IGNORECASE)
_FIRST_ARTICLE = re.compile(r"^(?:the|a|an) ")
_DISPUTE = re.compile(r"^\|\s*`([^`]+)`\s*\|\s*(\w+)\s*\|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A film as a reference table has it; empty or None where the table does not say."""

    source: str
    titles: frozenset[str]
    year: int
    runtime: int | None = None
    directors: frozenset[str] = frozenset()
    cast: frozenset[str] = frozenset()
    language: str = ""
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that differs; `disputed` when the table of disputes names it."""

    item_id: str
    fact: str
    ours: str
    theirs: str
    source: str
    disputed: bool = False

    def __str__(self) -> str:
        mark = "disputed" if self.disputed else "DIFFERS"
        return f"{mark:8} {self.item_id}: {self.fact} is {self.ours} here, {self.theirs} in {self.source}"


@dataclass(slots=True)
class Agreement:
    """`compared[source, fact]` facts were held against a source; `differences` are those that differ."""

    compared: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    differences: list[Difference] = field(default_factory=list)
    films: set[str] = field(default_factory=set)

    def share(self, fact: str, *, disputed_count: bool) -> float:
        """The share of compared facts that agree, over all sources; disputed ones differ only if `disputed_count`."""
        compared = sum(n for (_, name), n in self.compared.items() if name == fact)
        differ = sum(d.fact == fact and (disputed_count or not d.disputed) for d in self.differences)
        return 1 - differ / compared if compared else 1.0


def compare(catalog: Catalog, references: Iterable[Reference], disputes: Iterable[tuple[str, str]] = ()) -> Agreement:
    """Hold every film of the catalog that a reference has, by title, year and director, against it."""
    known = frozenset(disputes)
    by_title: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    sources: dict[str, None] = {}
    for reference in references:
        sources.setdefault(reference.source)
        for title in reference.titles:
            by_title[reference.source, title].append(reference)
    found = Agreement()
    for item in catalog:
        for source in sources:
            if (theirs := _same_film(item, source, by_title)) is None:
                continue
            found.films.add(item.id)
            for fact, agrees, ours, other in _facts(item, theirs):
                found.compared[source, fact] += 1
                if not agrees:
                    found.differences.append(Difference(item.id, fact, ours, other, source, (item.id, fact) in known))
    return found


def read_references(path: Path) -> Iterator[Reference]:
    """The films of a reference table; ValueError when its form is not known."""
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            yield from filter(None, (_people_row(json.loads(line), path.stem) for line in lines))
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        columns = set(rows.fieldnames or ())
        forms: list[tuple[str, Callable[[Mapping[str, str], str], Reference | None]]] = [
            ("original_language", _tmdb_row),
            ("movieId", _movielens_row),
            ("show_id", _netflix_row),
        ]
        reader = next((read for column, read in forms if column in columns), None)
        if reader is None:
            raise ValueError(f"{path} is no reference table known here: its columns are {', '.join(sorted(columns))}")
        yield from filter(None, (reader(row, path.stem) for row in rows))


def read_disputes(path: Path) -> list[tuple[str, str]]:
    """The (id, fact) pairs in the table of disputes of a page, rows of the form "| `id` | fact | ..."."""
    return [(m[1], m[2]) for m in _DISPUTE.finditer(path.read_text(encoding="utf-8"))] if path.exists() else []


def report(found: Agreement) -> Iterator[str]:
    """The figures, then every difference, as lines of text."""
    yield f"{len(found.films):,} films held against a reference"
    for source, fact in sorted(found.compared, key=lambda key: (key[1], key[0])):
        compared = found.compared[source, fact]
        differ = [d for d in found.differences if (d.source, d.fact) == (source, fact)]
        disputed = sum(d.disputed for d in differ)
        agree = compared - len(differ)
        yield (
            f"{fact:9} {source:20} {agree:5,} of {compared:5,} agree ({100 * agree / compared:.2f} %), {disputed} disputed, "
            f"{len(differ) - disputed} open"
        )
    for fact in dict.fromkeys(fact for _, fact in found.compared):
        every, held = found.share(fact, disputed_count=True), found.share(fact, disputed_count=False)
        yield f"{fact:9} {'all':20} {100 * every:.2f} % agree, {100 * held:.2f} % with disputes settled"
    yield from map(str, sorted(found.differences, key=lambda d: (d.disputed, d.fact, d.item_id)))


def _same_film(item: Item, source: str, by_title: Mapping[tuple[str, str], list[Reference]]) -> Reference | None:
    if item.year is None:
        return None
    titles = {key for title in (item.title, item.original_title) for key in _titles(title)}
    close: list[tuple[int, bool, int, Reference]] = []
    for title in titles:
        for theirs in by_title.get((source, title), ()):
            years = abs(theirs.year - item.year)
            minutes = abs(theirs.runtime - item.runtime) if theirs.runtime and item.runtime else 0
            if years and not _same_though_dated_otherwise(item, theirs, years, minutes):
                continue
            namesake = bool(theirs.directors) and not _meet(item.named("director"), theirs.directors)
            close.append((years, namesake, minutes, theirs))
    return min(close, key=lambda one: one[:3])[3] if close else None


def _same_though_dated_otherwise(item: Item, theirs: Reference, years: int, minutes: int) -> bool:
    if theirs.directors:
        return years <= _YEARS_APART_AT_MOST and _meet(item.named("director"), theirs.directors)
    if theirs.runtime and minutes <= 1 and years <= _YEARS_APART_AT_MOST:
        return True
    return years <= _YEARS_APART and minutes <= _MINUTES_APART


def _facts(item: Item, theirs: Reference) -> Iterator[tuple[str, bool, str, str]]:
    yield "year", item.year == theirs.year, str(item.year), str(theirs.year)
    if theirs.runtime and item.runtime:
        near = abs(item.runtime - theirs.runtime) <= RUNTIME_WITHIN
        yield "runtime", near, str(item.runtime), str(theirs.runtime)
    if theirs.directors:
        agrees = _meet(item.named("director"), theirs.directors)
        yield "director", agrees, ", ".join(item.named("director")), ", ".join(sorted(theirs.directors))
    if theirs.cast and item.named("cast"):
        agrees = _meet(item.named("cast"), theirs.cast)
        yield "cast", agrees, ", ".join(item.named("cast")), ", ".join(sorted(theirs.cast)[:6])
    if theirs.language:
        yield "language", theirs.language in item.languages, ", ".join(item.languages), theirs.language
    if theirs.countries:
        ours = {*item.countries, *(_SUCCESSORS.get(name, name) for name in item.countries)}
        yield "country", bool(ours & theirs.countries), ", ".join(item.countries), ", ".join(sorted(theirs.countries))


def _tmdb_row(row: Mapping[str, str], source: str) -> Reference | None:
    if not row["release_date"]:
        return None
    countries = frozenset(_COUNTRIES.get(c["name"], c["name"]) for c in json.loads(row["production_countries"]))
    code = row["original_language"]
    titles = frozenset(key for name in ("title", "original_title") for key in _titles(row[name]))
    year, runtime = int(row["release_date"][:4]), round(float(row["runtime"] or 0)) or None
    return Reference(source, titles, year, runtime, language=_CODES.get(code, code), countries=countries)


def _movielens_row(row: Mapping[str, str], source: str) -> Reference | None:
    dated = _YEAR.search(row["title"])
    if dated is None:
        return None
    whole = row["title"][: dated.start()]
    names = [_ALSO.sub("", whole), *_ALSO.findall(whole)]
    names = [f"{m[2]} {m[1]}" if (m := _ARTICLE.match(name.strip())) else name for name in names]
    return Reference(source, frozenset(key for name in names for key in _titles(name)), int(dated[1]))


def _netflix_row(row: Mapping[str, str], source: str) -> Reference | None:
    if row["type"] != "Movie":
        return None
    minutes = re.match(r"(\d+) min", row["duration"] or "")
    countries = frozenset(name.strip() for name in row["country"].split(",") if name.strip())
    people = {key: frozenset(name.strip() for name in row[key].split(",") if name.strip()) for key in ("director", "cast")}
    runtime = int(minutes[1]) if minutes else None
    titles = frozenset(_titles(row["title"]))
    return Reference(source, titles, int(row["release_year"]), runtime, people["director"], people["cast"], "", countries)


def _people_row(row: Mapping[str, object], source: str) -> Reference | None:
    dated = _YEAR.search(str(row["name"]))
    if dated is None:
        return None
    people = {}
    for key in ("directors", "cast"):
        names = row.get(key)
        people[key] = frozenset(str(name) for name in names) if isinstance(names, list) else frozenset()
    titles = frozenset(_titles(str(row["name"])[: dated.start()]))
    return Reference(source, titles, int(dated[1]), None, people["directors"], people["cast"])


def _titles(title: str) -> Iterator[str]:
    """The forms under which a title is looked up: without accents and punctuation, without a first article."""
    if key := fold(title.replace("&", " and ")):
        yield _FIRST_ARTICLE.sub("", key)


def _meet(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether one of our names is one of theirs, however it is spelled or shortened."""
    return any(fuzz.token_set_ratio(fold(one), fold(other)) >= _ALIKE for one in ours for other in theirs)


def main() -> None:
    """Print the agreement of the catalog with the references named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("references", nargs="+", type=Path, help="tables to hold the catalog against")
    parser.add_argument("--catalog", type=Path, default=ROOT / "data" / "movies")
    parser.add_argument("--disputes", type=Path, default=ROOT / "docs" / "catalog.md")
    arguments = parser.parse_args()
    catalog, _ = read_catalog(arguments.catalog)
    references = (reference for path in arguments.references for reference in read_references(path))
    for line in report(compare(catalog, references, read_disputes(arguments.disputes))):
        print(line)


if __name__ == "__main__":
    main()
