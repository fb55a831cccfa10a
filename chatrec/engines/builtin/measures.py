"""What items have more or less of -> items in its order: length, year, standing, fame, age level, strength of content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from chatrec.engines.builtin.english import listed
from chatrec.evidence.praise import youngest
from chatrec.evidence.wordforms import LEVELS
from chatrec.records import Item


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that items have: `value` (None: unknown), `shown` as it stands after a title, `least` and `most` in words."""

    least: str
    most: str
    value: Callable[[Item], float | None]
    shown: Callable[[Item], str]

    def ordered(self, items: Sequence[Item], *, falling: bool = False) -> list[Item]:
        """The items of which it is known, from the least to the most, or `falling`; equals keep their order."""
        known = [(number, item) for item in items if (number := self.value(item)) is not None]
        return [item for _, item in sorted(known, key=lambda pair: -pair[0] if falling else pair[0])]

    def unknown(self, items: Sequence[Item]) -> str:
        """A sentence on the items of which it is not known; empty where there are none."""
        missing = [item.title for item in items if self.value(item) is None]
        return f"For {listed(missing)} the catalog does not say." if missing else ""

    def told(self, item: Item) -> str:
        """`Heat (170 minutes)`."""
        return f"{item.title} ({self.shown(item)})"


def of_content(kind: str, least: str, most: str) -> Measure:
    """How much of one kind of content there is in an item."""
    return Measure(least, most, lambda i: i.content.get(kind), lambda i: LEVELS[i.content[kind]])


LENGTH = Measure("shortest", "longest", lambda i: i.runtime or None, lambda i: f"{i.runtime} minutes")
YEAR = Measure("oldest", "newest", lambda i: i.year or None, lambda i: f"{i.year}")
STANDING = Measure("least admired", "most admired", lambda i: i.acclaim, lambda i: f"{i.acclaim:g} of 100")
FAME = Measure("least known", "best known", lambda i: i.popularity, lambda i: f"{i.popularity:g} of 100")
AGE_LEVEL = Measure("for the youngest", "for the oldest", youngest, lambda i: i.certificate)


def _strength(item: Item) -> float | None:
    return sum(item.content.get(kind, 0) for kind in ("violence", "fear")) if item.content else None


def _violence_and_fear(item: Item) -> str:
    return ", ".join(f"{kind} {LEVELS[item.content.get(kind, 0)]}" for kind in ("violence", "fear"))


STRENGTH = Measure("gentlest", "strongest", _strength, _violence_and_fear)

RANKINGS: Mapping[str, tuple[str, Measure, bool]] = {
    "runtime": ("From short to long", LENGTH, False),
    "year": ("From new to old", YEAR, True),
    "content": ("From gentle to strong", STRENGTH, False),
    "age": ("By age level, youngest first", AGE_LEVEL, False),
    "rating": ("By standing in this catalog", STANDING, True),
}
"""What a comparison asks for -> the heading of the list, the measure, and whether the most comes first."""
