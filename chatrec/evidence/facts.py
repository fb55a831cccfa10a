"""A source (`item.director`, `item.keywords@ID`, `profile.SENTENCE`, `request.message`) -> the facts recorded there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from chatrec.catalog.table import Catalog
from chatrec.evidence.tokens import holds, keys_of, tokens_of
from chatrec.evidence.wordforms import LEVELS
from chatrec.records import Item, Profile, Request

_LISTS = ("genres", "countries", "languages", "keywords")
_TEXTS = ("title", "description", "certificate", "original_title", "series")
_NUMBERS = {
    "year": "{:g}",
    "runtime": "{:g} minutes",
    "position": "{:g}",
    "acclaim": "{:g} of 100",
    "popularity": "{:g} of 100",
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything a reason may lean on: the pick's item, the person's profile and request, and the catalog."""

    item: Item
    profile: Profile
    request: Request
    catalog: Catalog

    def item_at(self, source: str) -> Item | None:
        """The item an `item.FIELD` or `item.FIELD@ID` source speaks of; None for an unknown id."""
        _, at, item_id = source.partition("@")
        return self.catalog.get(item_id) if at else self.item


def resolve(source: str, known: Knowledge) -> tuple[str, ...] | None:
    """The facts at a source, as texts; None where the source does not exist, () where it is empty."""
    place, dot, rest = source.partition(".")
    if not dot or not rest:
        return None
    if place == "item":
        item = known.item_at(rest)
        return None if item is None else facts_of(item, rest.partition("@")[0])
    if place == "profile":
        found = [s for s in known.profile.active if s.id == rest]
        return (found[0].text,) if found else None
    if place == "request":
        return _of_request(known, rest)
    return None


def facts_of(item: Item, field: str) -> tuple[str, ...] | None:
    """What an item records in one field, as texts; None for a field no item has."""
    if field in _LISTS:
        values: tuple[str, ...] = getattr(item, field)
        return values
    if field in _TEXTS:
        text = getattr(item, field)
        return (text,) if text else ()
    if field in _NUMBERS:
        number = getattr(item, field)
        return () if number is None else (_NUMBERS[field].format(number),)
    if field == "people":
        return tuple(dict.fromkeys(name for names in item.people.values() for name in names))
    head, _, tail = field.partition(".")
    if head == "content" and tail:
        level = item.content.get(tail)
        return () if level is None else (f"{level} of 3 ({LEVELS[level]})",)
    if head == "extra" and tail:
        return (str(item.extra[tail]),) if tail in item.extra else ()
    if field in item.people:
        return item.people[field]
    return () if field in ("director", "cast", "author") else None


def _of_request(known: Knowledge, field: str) -> tuple[str, ...] | None:
    request = known.request
    if field in ("message", "search_text", "understood"):
        return (getattr(request, field),)
    if field == "unlinked":
        return request.unlinked
    if field == "constraints":
        return tuple(c.words or " ".join((*c.any_of, *c.none_of)) or c.field for c in request.constraints)
    if field == "preferences":
        return tuple(_name(known, p.value) for p in request.preferences)
    if field == "mentions":
        return tuple(dict.fromkeys(x for m in request.mentions for x in (m.title, m.surface)))
    if field in ("anchors", "about"):
        return tuple(_name(known, item_id) for item_id in getattr(request, field))
    return None


def _name(known: Knowledge, value: str) -> str:
    item = known.catalog.get(value)
    return item.title if item else value


def recorded(fact: str, values: tuple[str, ...]) -> bool:
    """Whether a cited fact is among the recorded ones: equal, part of a longer text, a list of them, or the same number."""
    wanted = keys_of(fact)
    if not wanted:
        return False
    if wanted == keys_of(", ".join(values)) or any(
        wanted == keys_of(value) or holds(keys_of(value), wanted) for value in values
    ):
        return True
    if len(values) == 1 and _NUMBER.match(values[0]):
        numbers = _NUMBER.findall(fact)
        return bool(numbers) and float(numbers[0]) == float(_NUMBER.findall(values[0])[0])
    parts = [p for p in re.split(r"\s*[,;|]\s*|\s+and\s+", fact) if p]
    spelled = {keys_of(value) for value in values}
    return all(keys_of(part) in spelled for part in parts)


@lru_cache(maxsize=4096)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(token.key for token in tokens_of(text))


def words_of(item: Item) -> tuple[str, ...]:
    """The comparison keys of everything an item says of itself in words: title, description, series, other texts."""
    extra = " . ".join(str(value) for value in item.extra.values() if isinstance(value, (str, int, float)))
    return _keys(f"{item.title} . {item.original_title} . {item.description} . {item.series} . {extra}")
