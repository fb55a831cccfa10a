"""An empty shortlist -> which condition emptied it, and what would fit if it gave way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.english import listed, plural
from chatrec.engines.builtin.opening import lacking
from chatrec.engines.builtin.phrasing import age, describe
from chatrec.engines.builtin.taste import taste_of
from chatrec.engines.protocol import Output, Suggested
from chatrec.records import Constraint, Reading, Relaxation, Said, Shortlist, Situation

MOST = 3
_ANY = {
    "runtime": "any length is fine", "year": "any year is fine", "language": "any language is fine",
    "country": "any country is fine", "audience": "any age is fine", "popularity": "popularity doesn't matter",
    "acclaim": "any rating is fine",
}  # fmt: skip
_CONTENT = {
    "violence": "violence is fine", "fear": "scary is fine", "sex": "sex is fine", "language": "swearing is fine",
    "drugs": "drugs are fine",
}  # fmt: skip

_FACTS = {
    "year": "years", "runtime": "running times", "audience": "whom its {plural} are suitable for", "genre": "genres",
    "language": "languages", "country": "countries", "popularity": "how well known its {plural} are",
    "acclaim": "how its {plural} were received",
}  # fmt: skip


def unrecorded(constraints: Sequence[Constraint], catalog: Catalog) -> tuple[str, ...]:
    """One sentence for each kind of fact that conditions ask about and the catalog does not hold."""
    asked: dict[str, list[str]] = {}
    for constraint in constraints:
        if constraint.field == "person":
            fact = f"{constraint.role or 'people'}{'s' if constraint.role not in ('', 'cast') else ''}"
        else:
            fact = _FACTS.get(constraint.field, "such things").format(plural=catalog.plural)
        asked.setdefault(fact, []).append(f"“{describe(constraint)}”")
    return tuple(
        f"This catalog does not record {fact}, so {listed(told)} could not be checked." for fact, told in asked.items()
    )


def nothing_fits(situation: Situation, reading: Reading, shortlist: Shortlist, catalog: Catalog) -> Iterator[Output]:
    """Says why the list is empty and offers the nearest ways out, as text and as messages to send."""
    request = reading.request
    if request.unlinked:
        yield Said(lacking(request, taste_of(reading, catalog)) + " ")
    relaxations = shortlist.relaxations[:MOST]
    if not relaxations:
        yield from _all_shown(catalog, shown=bool(request.excluded))
        return
    if request.intent == "more" and _had(situation):
        yield Said(f"You have now had every {catalog.noun} that fits what you asked. ")
    elif request.intent == "more":
        yield Said(f"Still no {catalog.noun} here fits all of what you asked. ")
    else:
        yield Said(f"No {catalog.noun} here fits all of what you asked. ")
    yield Said(_blame(relaxations))
    yield Said(" ".join(_offer(r, catalog, first=not i) for i, r in enumerate(relaxations)))
    messages = tuple(dict.fromkeys(message(r, request.constraints) for r in relaxations))
    yield Suggested(messages if len(messages) > 1 else (*messages, "Start over"))


def _had(situation: Situation) -> bool:
    """Whether the wish that "more" goes on with brought anything so far."""
    for turn in reversed(situation.history):
        if turn.picks:
            return True
        if turn.request is not None and turn.request.intent in ("recommend", "reset"):
            return False
    return False


def _all_shown(catalog: Catalog, *, shown: bool) -> Iterator[Output]:
    if shown:
        yield Said(
            "There is nothing left to show: everything in this catalog that fits, you have seen, judged or had from me "
            "already. "
            f"Change the wish a little, or start over, and I can bring other {catalog.plural}."
        )
    else:
        yield Said(f"I found no {catalog.noun} for that in this catalog. Try other words, or name one you like.")
    yield Suggested(("Something different", "Start over"))


def _blame(relaxations: Sequence[Relaxation]) -> str:
    """Which condition empties the list: one, either of several, or several together."""
    if any(r.also for r in relaxations):
        return "No single condition is to blame; more than one has to give way. "
    conditions = list(dict.fromkeys(f"“{describe(r.constraint)}”" for r in relaxations))
    if len(conditions) == 1:
        return f"What empties the list is {conditions[0]}. "
    return f"It would take giving up or loosening {listed(conditions, 'or')}. "


def _offer(relaxation: Relaxation, catalog: Catalog, *, first: bool) -> str:
    items = plural(relaxation.count, catalog.noun, catalog.plural)
    examples = [catalog[e].label if e in catalog else e for e in relaxation.examples[:2]]
    named = f", such as {listed(examples)}" if examples and relaxation.count > len(examples) else ""
    if examples and not named:
        named = f": {listed(examples)}"
    changed = _changed(relaxation)
    changed = f"{changed[:1].upper()}{changed[1:]}" if first else f"Or {changed}"
    fit = f"{items} would fit{named}."
    return f"{changed}, {fit}"


def _changed(relaxation: Relaxation) -> str:
    old, new = describe(relaxation.constraint), relaxation.becomes
    text = f"without “{old}”"
    if new is not None:
        text = f"taking “{old}” less strictly" if describe(new) == old else f"with “{describe(new)}” instead of “{old}”"
    if relaxation.also:
        text += f" and without {listed([f'“{describe(c)}”' for c in relaxation.also])}"
    return text


def message(relaxation: Relaxation, constraints: Sequence[Constraint]) -> str:
    """The relaxation as a message that READ understands: `make it under 110 minutes`, `any genre is fine`.

    `constraints` are all that hold: a genre is only lifted as a whole where no other genre is asked for or refused.
    """
    alone = sum(c.field == "genre" for c in constraints) < 2
    parts = [_message(c, None, alone) for c in relaxation.also]
    parts.insert(0, _message(relaxation.constraint, relaxation.becomes, alone))
    return " and ".join(parts)


def _message(old: Constraint, new: Constraint | None, alone: bool) -> str:
    field, kind = old.field.split(".")[0], old.field.partition(".")[2]
    if new is not None:
        return _loosened(field, new) or _ANY.get(field, f"drop “{describe(old)}”")
    if field in _ANY:
        return _ANY[field]
    if field == "content":
        return _CONTENT.get(kind, f"{kind} is fine")
    names = old.any_of or old.none_of
    if field == "genre" and alone and old.any_of:
        return "any genre is fine"
    if field == "genre":
        return f"drop the genre {names[0]}" if old.any_of else f"{names[0].lower()} is fine"
    return f"drop {names[0]}" if old.any_of else f"{names[0]} is fine"


def _loosened(field: str, new: Constraint) -> str:
    least = None if new.at_least is None else int(new.at_least)
    most = None if new.at_most is None else int(new.at_most)
    if field == "runtime":
        if least is not None and most is not None:
            return f"make it between {least} and {most} minutes"
        return f"make it under {most} minutes" if most is not None else f"make it over {least} minutes"
    if field == "year":
        if least is not None and most is not None:
            return f"make it from {least} to {most}"
        return f"make it {least} or later" if least is not None else f"make it {most} or earlier"
    if field == "audience" and most is not None:
        return f"make it suitable for {age(most)}"
    if field == "content":
        kind = new.field.partition(".")[2]
        return f"I don't mind some {'scares' if kind == 'fear' else kind}"
    return ""
