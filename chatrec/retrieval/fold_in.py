"""A request and a profile -> the person as an item model knows people: rows of items, and how much each was liked."""

from __future__ import annotations

from collections.abc import Sequence

from chatrec.catalog.table import Catalog
from chatrec.records import Preference, Profile, Request

HALF_LIFE = 12.0
"""Deeds of an import after which one counts half; chosen on the validation rows of `chatrec eval full-ranking`."""

_BESIDES = 0.3  # what an import tells, beside what this conversation tells
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
    told |= dict.fromkeys(request.anchors, 1.0) | dict.fromkeys(request.avoided, -1.0)
    past = list(profile.history.items()) if profile else []
    share = _BESIDES if told else 1.0
    faded = {item: share * weight * 0.5 ** (ago / HALF_LIFE) for ago, (item, weight) in enumerate(reversed(past))}
    return {catalog.row(item): weight for item, weight in (faded | told).items() if item in catalog and weight != 0}
