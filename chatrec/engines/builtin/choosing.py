"""A ranked shortlist -> the items to show: the best first, near-equals chosen for variety, one item of a series."""

from __future__ import annotations

from collections.abc import Sequence

from chatrec.catalog.table import Catalog
from chatrec.records import Candidate, Item, Request, Shortlist

NEAR = 0.04
"""Candidates within this share of the leading score count as equals."""
WINDOW = 4
"""How many places a near-equal may be moved up."""


def choose_items(shortlist: Shortlist, request: Request, catalog: Catalog) -> list[Item]:
    """Up to `request.count` items in rank order; fewer when the shortlist holds fewer.

    The order stays, except that among near-equals the one least like those chosen already comes first, and a second item of
    a series waits until everything else is used, unless the person asked for that series.
    """
    rest = [c for c in shortlist.candidates if c.item_id in catalog]
    chosen: list[Item] = []
    while rest and len(chosen) < request.count:
        candidate = _next(rest, chosen, request, catalog)
        rest.remove(candidate)
        chosen.append(catalog[candidate.item_id])
    return chosen


def _next(rest: Sequence[Candidate], chosen: Sequence[Item], request: Request, catalog: Catalog) -> Candidate:
    fresh = [c for c in rest if not _of_chosen_series(catalog[c.item_id], chosen, request)] or list(rest)
    leader = fresh[0]
    near = [c for c in fresh[:WINDOW] if leader.score - c.score <= NEAR * abs(leader.score)]
    return min(near, key=lambda c: _sameness(catalog[c.item_id], chosen))


def _of_chosen_series(item: Item, chosen: Sequence[Item], request: Request) -> bool:
    asked = f"{request.message} {request.search_text}".casefold()
    return bool(item.series) and item.series.casefold() not in asked and any(c.series == item.series for c in chosen)


def _sameness(item: Item, chosen: Sequence[Item]) -> float:
    """How much an item repeats what was chosen: maker 2, leading genre 1, decade 1, each per item chosen."""
    makers = {n for role in ("director", "author") for n in item.named(role)}
    return sum(
        2.0 * bool(makers & {n for role in ("director", "author") for n in other.named(role)})
        + (item.genres[:1] == other.genres[:1] and bool(item.genres))
        + (item.year is not None and other.year is not None and item.year // 10 == other.year // 10)
        for other in chosen
    )
