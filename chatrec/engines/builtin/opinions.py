"""Why an item was picked, and whether the person would like another: estimates from facts, profile and wish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.affinity import Affinity, affinity, broken
from chatrec.engines.builtin.cited import Cited, bare
from chatrec.engines.builtin.english import listed, pick_order
from chatrec.engines.builtin.phrasing import describe
from chatrec.engines.builtin.slots import Pieces
from chatrec.engines.builtin.taste import taste_of
from chatrec.records import Item, Pick, Reading, Situation, Turn

_KNOWN, _ADMIRED = 75, 80
_LONG, _STRONG, _DISPUTED = 150, 3, 60
_HARD = ("slow-burn", "bleak", "disturbing", "sad", "weird")
_NOTED = {"violence": "violence", "fear": "scares", "sex": "sex", "language": "language", "drugs": "drug use"}
_THEN = ("Besides,", "On top of that,", "And")
WOULD_LIKE = re.compile(r"\b(?:would|will|might|could|do you think)\b.{0,25}\b(?:i|we|me)\b|\bfor me\b", re.IGNORECASE)


def explain(item: Item, situation: Situation, reading: Reading, catalog: Catalog) -> Iterator[str]:
    """Why an item was picked, in full: what the person said, what the facts share with it, what they wished and set."""
    found = picked(item, situation)
    if found is None:
        yield f"I did not suggest {item.title} in this conversation."
        yield from estimate(item, reading, catalog)
        return
    turn, pick = found
    request = turn.request or reading.request
    then = Reading(replace(request, message=turn.message), turn.profile if turn.profile.sentences else reading.profile)
    fit = affinity(item, taste_of(then, catalog), request.constraints, catalog)
    yield from _because(item, fit, catalog, f"{turn.number}/{item.id}")
    # what was asked for is among the points already
    kept = [describe(c) for c in request.constraints if not broken(c, item) and not c.any_of]
    if kept:
        yield f"It also keeps to what you set: {listed(list(dict.fromkeys(kept))[:4])}."
    yield from _portrait(item, catalog)
    if fit.cons:
        yield f"What speaks against it: {fit.cons[0]}."
    wrong = [e.claim for e in pick.evidence if not e.supported]
    if wrong:
        yield f"One thing I wrote then, “{wrong[0]}”, is not backed by any fact in the catalog, so don't rely on it."


def _because(item: Item, fit: Affinity, catalog: Catalog, seed: str) -> Iterator[str]:
    """What the person said and how the item meets it, gathered by what was said, the weightiest first."""
    by_said: dict[str, list[str]] = {}
    for point in fit.points:
        by_said.setdefault(point.said, []).append(point.after)
    if not by_said:
        known = (item.popularity or 0) >= _KNOWN and (item.acclaim or 0) >= _ADMIRED
        reason = "many people know and admire it" if known else "it came closest to your words"
        yield f"You had told me little, so I took {item.title} as a {catalog.noun} to start from: {reason}."
        return
    openings = pick_order(seed, len(_THEN))
    for index, (said, how) in enumerate(list(by_said.items())[:3]):
        clause = f"{said}, and {'; '.join(how[:2])}"
        yield f"{clause[:1].upper()}{clause[1:]}." if index == 0 else f"{_THEN[openings[index - 1]]} {clause}."


def _portrait(item: Item, catalog: Catalog) -> Iterator[str]:
    """What one gets, in a sentence, and how it feels, in the catalog's words."""
    pieces = Pieces(item, catalog.noun, Cited())
    parts = [pieces.short(), f"by {pieces.maker()}" if pieces.maker() else "", f"with {pieces.cast()}" if pieces.cast() else ""]
    if parts[0]:
        text, _ = pieces.cited.finish(
            [f"What you get is {', '.join(filter(None, (' '.join(filter(None, parts[:2])), parts[2])))}"]
        )
        yield text
    feel = bare(pieces.feel() or pieces.opening())
    if feel:
        yield feel


def picked(item: Item, situation: Situation) -> tuple[Turn, Pick] | None:
    """The last turn that picked an item, with the pick."""
    for turn in reversed(situation.history):
        for pick in turn.picks:
            if pick.item_id == item.id:
                return turn, pick
    return None


def estimate(item: Item, reading: Reading, catalog: Catalog) -> Iterator[str]:
    """Whether the person would like an item, honestly: for, against, or too little known."""
    taste = taste_of(reading, catalog)
    judged = [liked for liked in (*taste.liked, *taste.disliked) if liked.item.id == item.id and liked.verb != "mentioned"]
    if judged:
        yield f"You told me already that you {judged[0].verb} {item.title}."
        return
    if item.id in reading.profile.seen:
        yield f"You have seen {item.title}, so you know better than I do."
    fit = affinity(item, taste, reading.request.constraints, catalog)
    if not (fit.pros or fit.cons):
        yield f"I can't tell yet whether you would like {item.title}: I know too little of your taste."
        yield f"Name two {catalog.plural} you loved, and I can say more."
        return
    verdict = (
        "I think you would like" if fit.score >= 1.5 else "You might like" if fit.score > 0 else "I doubt that you would like"
    )
    yield f"{verdict} {item.title}."
    if fit.pros:
        yield f"What speaks for it: {'; '.join(fit.pros[:3])}."
    if fit.cons:
        yield f"What speaks against it: {'; '.join(fit.cons[:2])}."
    if not fit.pros:
        yield "Nothing you have told me points to it."


def speak_against(item: Item, reading: Reading, catalog: Catalog) -> Iterator[str]:
    """What speaks against an item for this person, and what of its facts puts some people off."""
    cons = affinity(item, taste_of(reading, catalog), reading.request.constraints, catalog).cons
    if cons:
        yield f"What speaks against {item.title} for you: {'; '.join(cons[:3])}."
    wary = [f"it runs {item.runtime} minutes"] if item.runtime and item.runtime >= _LONG else []
    strong = [_NOTED[kind] for kind, level in item.content.items() if level >= _STRONG and kind in _NOTED]
    wary += [f"there is strong {listed(strong)} in it"] if strong else []
    wary += [f"it is {tone}" for tone in _HARD if tone in item.keywords][:2]
    wary += ["people disagree about it"] if item.acclaim is not None and item.acclaim < _DISPUTED else []
    if wary:
        yield f"What puts some people off {item.title}: {'; '.join(wary)}."
    if not (cons or wary):
        yield f"I know of nothing in the facts that speaks against {item.title}."
