"""A request and a profile -> the person as an item model knows people: rows of items, and how much each was liked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chatrec.catalog.table import Catalog
from chatrec.records import Preference, Profile, Request

HALF_LIFE = 12.0
"""Deeds of an import after which one counts half; chosen on the validation rows of `chatrec eval full-ranking`."""

_BESIDES = 0.3  # what an import tells in all, beside what this conversation tells in all
_NAMED = 0.5  # named without a judgement


def fold_in(
    catalog: Catalog, request: Request, preferences: Sequence[Preference], profile: Profile | None = None
) -> dict[int, float]:
    """Catalog row -> weight: 1 for an example or a like, below 0 for what was refused or disliked, one half for a mention.

    What an import tells fades with every deed since, and steps back where the conversation tells something. Of several
    sources the conversation's own wins.
    """
    told: dict[str, float] = {m.item_id: _NAMED for m in request.mentions if m.sentiment == "neutral"}
    told |= {p.value: p.weight for p in reversed(preferences) if p.target == "item"}
    told |= dict.fromkeys(request.avoided, -1.0)
    past = list(profile.history.items()) if profile else []
    faded = {item: weight * 0.5 ** (ago / HALF_LIFE) for ago, (item, weight) in enumerate(reversed(past))}
    known = beside(told, faded)
    # An example asks for its like; all that was liked before must not drown it.
    known = beside(dict.fromkeys(request.anchors, 1.0), known)
    return {catalog.row(item): weight for item, weight in known.items() if item in catalog and weight != 0}


def beside(now: Mapping[str, float], before: Mapping[str, float]) -> dict[str, float]:
    """Both, what was told before shrunk until all of it weighs no more than 0.3 of what is told now, if anything is."""
    share = min(1.0, _BESIDES * _size(now) / max(_size(before), 1e-9)) if now else 1.0
    return {**{item: share * weight for item, weight in before.items()}, **now}


def _size(weights: Mapping[str, float]) -> float:
    return sum(abs(weight) for weight in weights.values())
