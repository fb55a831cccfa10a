"""An item, a reading and what the list has said so far -> one or two sentences on why this item, with their evidence."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.cited import Cited, bare, claimed
from chatrec.engines.builtin.english import pick_order
from chatrec.engines.builtin.hooks import Hooks
from chatrec.engines.builtin.offers import Offer, Offering
from chatrec.engines.builtin.phrases import HOOKS, LEADS
from chatrec.engines.builtin.slots import Pieces
from chatrec.engines.builtin.taste import Taste, taste_of
from chatrec.records import Evidence, Item, Reading

LONGEST_REASON = 330
"""Characters; a second sentence that would go beyond is left out."""

_EVERYDAY, _FEW = 0.07, 12
"""A keyword of more than this share of the items, and of more than this many, says nothing of one of them."""
_AGAIN = {"kind": 0.55, "about": 0.3, "family": 0.1}
"""What a lead loses each time the list has used its kind, its liked item or wish, or its family before."""


@dataclass(slots=True)
class Writer:
    """Writes the reasons of one list, so that no two begin alike or are built alike.

    Every choice follows from `seed` and the item, so the same turn always reads the same.
    """

    catalog: Catalog
    reading: Reading
    seed: str
    taste: Taste = field(init=False)
    _used: Counter[str] = field(default_factory=Counter)
    _openings: set[tuple[str, ...]] = field(default_factory=set)
    _phrases: set[str] = field(default_factory=set)
    _everyday: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.taste = taste_of(self.reading, self.catalog)
        most = max(_FEW, _EVERYDAY * len(self.catalog))
        self._everyday = frozenset(k for k, count in self.catalog.vocabulary("keywords").items() if count > most)

    def reason(self, item: Item) -> tuple[str, tuple[Evidence, ...]]:
        """The reason for one item and its evidence; every claim is a part of the reason."""
        cited = Cited()
        pieces = Pieces(item, self.catalog.noun, cited, self._everyday)
        offering = Offering(pieces, self.taste, self.catalog, self.reading.request.constraints, first=not self._openings)
        lead, first = self._lead(list(offering.leads()), item)
        seconds = [*Hooks(offering).after(lead.used, bare(first)), *self._further(lead, list(offering.leads()))]
        second = self._second(seconds, first, item)
        return cited.finish([first, *([second] if second else [])])

    def _lead(self, offers: list[Offer], item: Item) -> tuple[Offer, str]:
        for offer in sorted(offers, key=self._worth, reverse=True):
            text = self._shape(LEADS, offer, item, opening=True)
            if text:
                self._count(offer)
                return offer, text
        # every shape of every kind was used: a list longer than the language; begin again
        self._used.clear()
        self._phrases.clear()
        self._openings.clear()
        return self._lead(offers, item)

    def _further(self, lead: Offer, offers: Sequence[Offer]) -> Iterator[Offer]:
        """Links of another family than the lead's: a wish can follow a liked item, and the other way round."""
        for offer in offers:
            if offer.family != lead.family and offer.strength >= 1.6 and not offer.used & lead.used:
                yield offer

    def _second(self, offers: list[Offer], first: str, item: Item) -> str:
        for offer in sorted(offers, key=self._worth, reverse=True):
            shapes = HOOKS if offer.kind in HOOKS else LEADS
            text = self._shape(shapes, offer, item, opening=False)
            if text and len(bare(first)) + len(bare(text)) < LONGEST_REASON and not self._repeats(first, text):
                self._count(offer)
                return text
        return ""

    def _repeats(self, first: str, second: str) -> bool:
        """Whether two sentences claim the same names or themes."""
        return bool(set(claimed(first)) & set(claimed(second)) - {self.catalog.noun})

    def _worth(self, offer: Offer) -> float:
        lost = sum(cost * self._used[f"{name} {getattr(offer, name)}"] for name, cost in _AGAIN.items())
        return offer.strength - lost

    def _count(self, offer: Offer) -> None:
        for name in _AGAIN:
            if getattr(offer, name):
                self._used[f"{name} {getattr(offer, name)}"] += 1

    def _shape(self, shapes: Mapping[str, tuple[str, ...]], offer: Offer, item: Item, *, opening: bool) -> str:
        """The first shape, in this item's own order, that is fresh, can be filled and begins differently."""
        known = shapes[offer.kind]
        for index in pick_order(f"{self.seed}/{item.id}/{offer.kind}", len(known)):
            shape = known[index]
            if shape in self._phrases or not all(offer.slots.get(name) for name in _names(shape)):
                continue
            text = shape.format_map(offer.slots)
            words = [w for w in claimed(text) if w != self.catalog.noun]
            if len(set(words)) < len(words):
                continue
            start = tuple(bare(text).lower().split()[:3])
            if opening and start[:2] in self._openings:
                continue
            if opening:
                self._openings.add(start[:2])
            self._phrases.add(shape)
            return text
        return ""


@lru_cache(maxsize=512)
def _names(shape: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in string.Formatter().parse(shape) if name)
