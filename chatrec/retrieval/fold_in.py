"""A request and a profile -> the person as an item model knows people: rows of items, and how much each was liked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chatrec.catalog.table import Catalog
from chatrec.records import Preference, Profile, Request

HALF_LIFE = 12.0
"""Deeds of an import after which one counts half; chosen on the validation rows of `chatrec eval full-ranking`."""

_BESIDES = 0.3  # what an import tells in all, beside what this conversation tells in all
_NAMED = 0.5  # named without a judgement
_FADING = 0.75  # what an example still counts for each turn that newer ones came later


def fold_in(
    catalog: Catalog, request: Request, preferences: Sequence[Preference], profile: Profile | None = None
) -> dict[int, float]:
    """Catalog row -> weight: 1 for an example or a like, below 0 for what was refused or disliked, one half for a mention; all
    of them less when newer turns have others.

    What an import tells fades with every deed since, and steps back where the conversation tells something. Of several
    sources the conversation's own wins.
    """
    spoken = (*request.earlier, *request.mentions)
    told = {m.item_id: _NAMED * _FADING ** max(request.turn - m.turn, 0) for m in spoken if m.sentiment == "neutral"}
    told |= {p.value: p.weight for p in reversed(preferences) if p.target == "item"}
    told |= dict.fromkeys(request.avoided, -1.0)
    past = list(profile.history.items()) if profile else []
    faded = {item: weight * 0.5 ** (ago / HALF_LIFE) for ago, (item, weight) in enumerate(reversed(past))}
    known = beside(told, faded)
    # An example asks for its like; all that was liked before must not drown it.
    known = beside(ages(request), known)
    return {catalog.row(item): weight for item, weight in known.items() if item in catalog and weight != 0}


def ages(request: Request) -> dict[str, float]:
    """The examples of a request, each with how much it still counts: 1 for those of the newest turn that has any, less for
    those last spoken of in turns before it."""
    turns = {m.item_id: m.turn for m in request.earlier}
    given = {item: turns.get(item, request.turn) for item in request.anchors}
    newest = max(given.values(), default=0)
    return {item: _FADING ** (newest - turn) for item, turn in given.items()}


def beside(now: Mapping[str, float], before: Mapping[str, float]) -> dict[str, float]:
    """Both, what was told before shrunk until all of it weighs no more than 0.3 of what is told now, if anything is."""
    share = min(1.0, _BESIDES * _size(now) / max(_size(before), 1e-9)) if now else 1.0
    return {**{item: share * weight for item, weight in before.items()}, **now}


def _size(weights: Mapping[str, float]) -> float:
    return sum(abs(weight) for weight in weights.values())
