"""Catalog and conversation -> opening messages to click, one of each kind; the next conversation gets others."""

from __future__ import annotations

import random
from collections.abc import Iterator

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.ui.texts import KINDS, OTHER_STARTERS, STARTERS

_MOST_FAMOUS = 60
_FEWEST_OF_A_GENRE = 3
_LONGEST_NAME = 50
_MAKERS = ("author", "director", "artist", "creator")


class Starters:
    """The opening messages a catalog's page may offer. Every title, person and genre in them is in the catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._pool = {kind: messages for kind, messages in _messages(catalog) if messages}

    def offer(self, conversation: str) -> list[list[str]]:
        """One [heading, message] of each kind, chosen by the conversation's id alone."""
        chosen = random.Random(conversation)
        return [[KINDS[kind], chosen.choice(messages)] for kind, messages in self._pool.items()]

    @property
    def all(self) -> tuple[str, ...]:
        """Every message that may be offered."""
        return tuple(message for messages in self._pool.values() for message in messages)


def _messages(catalog: Catalog) -> Iterator[tuple[str, list[str]]]:
    if catalog.noun == "film":
        known = {item.title for item in catalog} | set(catalog.vocabulary("people"))
        for kind, starters in STARTERS.items():
            yield kind, [message for message, names in starters if known.issuperset(names)]
        return
    words = {"title": _titles(catalog), "genre": _genres(catalog), "person": _makers(catalog)}
    for kind, patterns in OTHER_STARTERS.items():
        messages: list[str] = []
        for pattern in patterns:
            blank = next((name for name in words if f"{{{name}}}" in pattern), "")
            messages += [pattern.replace(f"{{{blank}}}", word) for word in words[blank]] if blank else [pattern]
        yield kind, messages


def _famous(catalog: Catalog) -> list[Item]:
    """The best-known items first; in the catalog's order where nothing is known of that."""
    ranked = sorted(catalog, key=lambda item: -(item.popularity or 0) - (item.acclaim or 0))
    return [item for item in ranked if len(item.title) <= _LONGEST_NAME][:_MOST_FAMOUS]


def _titles(catalog: Catalog) -> list[str]:
    return [item.title for item in _famous(catalog)]


def _genres(catalog: Catalog) -> list[str]:
    counts = catalog.vocabulary("genres")
    return [name for name, count in counts.items() if count >= _FEWEST_OF_A_GENRE and len(name) <= _LONGEST_NAME][:20]


def _makers(catalog: Catalog) -> list[str]:
    """Who made the best-known items."""
    names = (item.named(role)[:1] for item in _famous(catalog) for role in _MAKERS)
    return list(dict.fromkeys(name for made in names for name in made if len(name) <= _LONGEST_NAME))
