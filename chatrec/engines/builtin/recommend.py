"""A shortlist -> introduction, picks with reasons, and messages to send next; from an empty one, what would help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.choosing import choose_items
from chatrec.engines.builtin.nothing import nothing_fits
from chatrec.engines.builtin.opening import introduce
from chatrec.engines.builtin.reasons import Writer
from chatrec.engines.builtin.suggestions import next_messages
from chatrec.engines.protocol import Output, Suggested
from chatrec.records import Item, Pick, Reading, Said, Shortlist, Situation

_HARDLY = 0.3  # of a wish score that is 1 where an item has all that was wished for


def recommend(situation: Situation, reading: Reading, shortlist: Shortlist, catalog: Catalog) -> Iterator[Output]:
    """The whole reply to a wish, piece by piece; every pick is in the shortlist, ranks count from 1."""
    request = reading.request
    items = choose_items(shortlist, request, catalog)
    if not items:
        yield from nothing_fits(situation, reading, shortlist, catalog)
        return
    seed = f"{situation.turn}/{situation.message}"
    yield Said(introduce(reading, catalog, len(items), seed, near_miss=_misses(shortlist, items)))
    scores = {c.item_id: c.score for c in shortlist.candidates}
    writer = Writer(catalog, reading, seed)
    for rank, item in enumerate(items, 1):
        reason, evidence = writer.reason(item)
        yield Pick(item.id, item.title, item.year, rank, reason, evidence, scores[item.id])
    if request.question:
        yield Said(f" {request.question}")
    messages = next_messages(items, request, situation)
    if messages:
        yield Suggested(messages)


def _misses(shortlist: Shortlist, items: Sequence[Item]) -> bool:
    """Whether most of the items have next to nothing of what was wished for, by the shortlist's own account."""
    wish = {c.item_id: c.scores["wish"] for c in shortlist.candidates if "wish" in c.scores}
    return bool(wish) and sum(wish.get(item.id, 0.0) < _HARDLY for item in items) > len(items) / 2
