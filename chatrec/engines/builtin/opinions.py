"""Why an item was picked, and whether the person would like another: estimates from facts, profile and wish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.affinity import affinity, broken
from chatrec.engines.builtin.english import listed
from chatrec.engines.builtin.phrasing import describe
from chatrec.engines.builtin.taste import taste_of
from chatrec.records import Evidence, Item, Pick, Reading, Situation, Turn

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
    sentences = [_said(e.fact) for e in pick.evidence if e.supported and e.source.startswith("profile.")]
    said = list(dict.fromkeys(sentences))[:4]
    if said:
        yield f"{item.title} is there because of what I know from you: {listed([f'“{s}”' for s in said])}."
    fit = affinity(item, taste_of(then, catalog), request.constraints, catalog)
    if fit.pros:
        yield f"The facts that meet this: {'; '.join(fit.pros[:4])}."
    elif not said:
        yield f"You had told me little, so I took {item.title} as a {catalog.noun} to start from."
    kept = [describe(c) for c in request.constraints if not broken(c, item)]
    if kept:
        yield f"It also keeps to what you set: {listed([f'“{k}”' for k in dict.fromkeys(kept)])}."
    yield from _own_facts(item, pick)
    if fit.cons:
        yield f"What speaks against it: {fit.cons[0]}."
    wrong = [e.claim for e in pick.evidence if not e.supported]
    if wrong:
        yield f"One thing I wrote then, “{wrong[0]}”, is not backed by any fact in the catalog, so don't rely on it."


def _said(sentence: str) -> str:
    return sentence.strip().rstrip(".")


def _own_facts(item: Item, pick: Pick) -> Iterator[str]:
    """What the reason leaned on in the item itself, read back with where each fact stands."""
    own: dict[str, list[Evidence]] = {}
    for evidence in pick.evidence:
        place, _, field = evidence.source.partition(".")
        if evidence.supported and place == "item" and "@" not in field and field not in ("description", "title"):
            own.setdefault(field.replace(".", " "), []).append(evidence)
    parts = [f"{field} {listed(list(dict.fromkeys(e.fact for e in cited)))}" for field, cited in own.items()]
    if parts:
        yield f"From its record: {'; '.join(parts[:5])}."


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
        yield "I find nothing in your profile that it meets."
