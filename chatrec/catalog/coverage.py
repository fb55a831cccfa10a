"""A catalog -> what it covers in figures, and how far our own films reach the goals set for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chatrec.catalog.consistency import BY_A_WOMAN
from chatrec.catalog.table import Catalog
from chatrec.records import Item

FIRST_DECADE = 1920
_OPTIONAL = ("description", "people", "runtime", "keywords", "certificate", "content", "popularity", "acclaim", "series")


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure of a catalog beside what it should at least be; `wanted` is 0 where nothing is set."""

    name: str
    have: int
    wanted: int = 0

    @property
    def reached(self) -> bool:
        """Whether there is enough."""
        return self.have >= self.wanted


def stats(catalog: Catalog) -> dict[str, Any]:
    """Coverage in figures: items, non-English, decades, countries, languages, genres, certificates, and which facts are known.

    `non_english` counts items whose first language is known and is not English (see `not_in_english`). Mappings are most
    frequent first, decades in order; `known` holds how many items have each optional fact.
    """
    decades = Counter(f"{item.year // 10 * 10}s" for item in catalog if item.year is not None)
    return {
        "items": len(catalog),
        "non_english": sum(map(not_in_english, catalog)),
        "decades": dict(sorted(decades.items())),
        "genres": dict(catalog.vocabulary("genres")),
        "countries": dict(catalog.vocabulary("countries")),
        "languages": dict(catalog.vocabulary("languages")),
        "certificates": dict(Counter(item.certificate for item in catalog if item.certificate).most_common()),
        "people": len(catalog.vocabulary("people")),
        "keywords": len(catalog.vocabulary("keywords")),
        "known": {name: sum(getattr(item, name) not in (None, "", (), {}) for item in catalog) for name in _OPTIONAL},
    }


def not_in_english(item: Item) -> bool:
    """Whether the first language is known, spoken, and not English."""
    return bool(item.languages) and item.languages[0] not in ("English", "No dialogue")


def goals(catalog: Catalog) -> tuple[Goal, ...]:
    """What the films that ship should cover, and what they do."""

    def count(which: Callable[[Item], bool]) -> int:
        return sum(map(which, catalog))

    def having(*genres: str) -> int:
        return count(lambda item: not frozenset(genres).isdisjoint(item.genres))

    latest = max((item.year for item in catalog if item.year), default=FIRST_DECADE)
    decades = {item.year // 10 for item in catalog if item.year is not None and item.year >= FIRST_DECADE}
    series = Counter(item.series for item in catalog if item.series)
    return (
        Goal("films", len(catalog), 1500),
        Goal(f"decades from {FIRST_DECADE}", len(decades), latest // 10 - FIRST_DECADE // 10 + 1),
        Goal("not in English", count(not_in_english), 450),
        Goal("countries those come from", len({i.countries[0] for i in catalog if i.countries and not_in_english(i)}), 45),
        Goal("animated", having("Animation"), 150),
        Goal("documentaries", having("Documentary"), 120),
        Goal("family", having("Family"), 150),
        Goal("horror", having("Horror"), 150),
        Goal("science fiction", having("Science Fiction"), 150),
        Goal("musicals or music films", having("Musical", "Music"), 100),
        Goal("westerns or war", having("Western", "War"), 100),
        Goal("directed by women", count(lambda item: BY_A_WOMAN in item.keywords), 250),
        Goal("films linked in a series", series.total()),
        Goal("series with two films or more", sum(number > 1 for number in series.values())),
    )
