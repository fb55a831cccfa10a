"""Situation, request and candidates -> the texts that fill a prompt's blanks. All of it is data, fenced off as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chatrec.catalog.table import Catalog
from chatrec.engines.conditions import in_words
from chatrec.records import Item, Profile, Request, Sentence, Situation, Turn

MOST_CANDIDATES = 30
_DESCRIPTION_WORDS = 60
_LATER_WORDS = 30
_FIRST = 10
_LONGEST_MESSAGE = 4_000
_LEVELS = ("none", "mild", "marked", "strong")
_TAGS = ("message", "noted", "conversation", "shown", "facts", "request", "candidates")
_FENCE = re.compile(rf"<(?=\s*/?\s*(?:{'|'.join(_TAGS)})\b)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def section(tag: str, text: str) -> str:
    """The text between tags that it cannot close itself; `none` where it is empty."""
    safe = _FENCE.sub("‹", _CONTROL.sub(" ", text)).strip()
    return f"<{tag}>\n{safe or 'none'}\n</{tag}>"


def message_section(message: str) -> str:
    """The person's message; of a very long one the beginning and the end."""
    if len(message) > _LONGEST_MESSAGE:
        half = _LONGEST_MESSAGE // 2
        message = f"{message[:half]}\n[...]\n{message[-half:]}"
    return section("message", message)


def profile_section(sentences: Sequence[Sentence], turn: int | None = None) -> str:
    """The sentences, numbered from 1; those that code has just read from the message of `turn` are marked `(new)`."""
    lines = []
    for number, sentence in enumerate(sentences, 1):
        mark = " (new)" if turn is not None and sentence.source == f"turn {turn}" else ""
        lines.append(f"{number}. {_line(sentence.text)}{mark}")
    return section("noted", "\n".join(lines))


def noted(profile: Profile) -> tuple[Sentence, ...]:
    """The sentences that are shown to the model, in the order it numbers them."""
    return profile.active


def conversation_section(history: Sequence[Turn], turns: int = 4) -> str:
    """The last turns: the newest nearly whole, the ones before it in a line each."""
    lines: list[str] = []
    recent = history[-turns:]
    for turn in recent:
        newest = turn is recent[-1]
        lines.append(f"Person: {_cut(turn.message, 1_500 if newest else 160)}")
        if turn.picks and turn is last_list(history):
            lines.append("Shown: the last list")
        elif turn.picks:
            lines.append("Shown: " + "; ".join(_named(pick.title, pick.year) for pick in turn.picks))
        if turn.reply and newest:
            lines.append(f"Reply: {_cut(turn.reply, 800)}")
    return section("conversation", "\n".join(lines))


def last_list(history: Iterable[Turn]) -> Turn | None:
    """The latest turn that showed picks."""
    return next((turn for turn in reversed(tuple(history)) if turn.picks), None)


def shown_section(situation: Situation) -> str:
    """The last list, numbered as the person saw it, with the reasons given."""
    turn = last_list(situation.history)
    picks = turn.picks if turn else ()
    return section("shown", "\n".join(f"{p.rank}. {_named(p.title, p.year)}: {_cut(p.reason, 300)}" for p in picks))


def list_section(situation: Situation, catalog: Catalog) -> str:
    """The last list with what people refer to: "the shorter ones", "the French one", "the one with the orphanage"."""
    turn = last_list(situation.history)
    lines = []
    for pick in turn.picks if turn else ():
        item = catalog.get(pick.item_id)
        known = _marks(item) if item is not None else ()
        lines.append(" | ".join((f"{pick.rank}. {_named(pick.title, pick.year)}", *known, _cut(pick.reason, 120))))
    return section("shown", "\n".join(lines))


def _marks(item: Item) -> tuple[str, ...]:
    makers = next((names for names in item.people.values() if names), ())
    parts = (f"{item.runtime} minutes" if item.runtime else "", ", ".join(makers[:2]), ", ".join(item.countries[:2]))
    return tuple(_line(part) for part in parts if part)


def request_section(request: Request, catalog: Catalog) -> str:
    """What is wanted, in words."""
    lines = [f"Looking for: {_cut(request.search_text, 400)}"] if request.search_text else []
    lines += [f"Must: {in_words(constraint)}" for constraint in request.constraints]
    for words, ids in (("In the manner of", request.anchors), ("Not in the manner of", request.avoided)):
        labels = [item.label for item in map(catalog.get, ids) if item is not None]
        lines += [f"{words}: {'; '.join(labels[:8])}"] if labels else []
    if request.unlinked:
        lines.append(f"Named, but not in this catalog: {'; '.join(_cut(name, 80) for name in request.unlinked[:5])}")
    if request.question:
        lines.append(f"Still open: {_cut(request.question, 160)}")
    return section("request", "\n".join(lines))


def candidates_section(items: Sequence[Item]) -> str:
    """The candidates' facts, one a line, numbered from 1; the likeliest first, and told at more length."""
    lines = [
        f"{n}. {facts(item, words=_DESCRIPTION_WORDS if n <= _FIRST else _LATER_WORDS)}" for n, item in enumerate(items, 1)
    ]
    return section("candidates", "\n".join(lines))


def facts_section(items: Sequence[Item]) -> str:
    """Everything the catalog knows about a few items."""
    return section("facts", "\n".join(facts(item) for item in items))


def facts(item: Item, words: int | None = None) -> str:
    """An item in one line: title, year, length, genres, people, origin, age, content, keywords, description.

    With `words`, the short form: so many words of the description, fewer people, no original title, and of the content what
    there is.
    """
    whole = words is None
    parts = [item.label]
    parts += [f"original title {item.original_title}"] if whole and item.original_title else []
    parts += [f"{item.runtime} minutes"] if item.runtime else []
    parts += [", ".join(item.genres)] if item.genres else []
    parts += [f"{role}: {', '.join(names[: 8 if whole else 3])}" for role, names in item.people.items() if names]
    parts += [", ".join(item.countries)] if item.countries else []
    parts += [", ".join(item.languages)] if item.languages else []
    parts += [f"audience {item.certificate}"] if item.certificate else []
    levels = [f"{kind} {_LEVELS[level]}" for kind, level in item.content.items() if whole or level]
    parts += [f"content: {', '.join(levels)}"] if levels else []
    parts += [f"part {item.position} of {item.series}" if item.position else f"series {item.series}"] if item.series else []
    parts += [", ".join(item.keywords)] if item.keywords else []
    told = item.description.split()
    if told:
        cut = len(told) if words is None else words
        parts.append(" ".join(told[:cut]) + (" …" if len(told) > cut else ""))
    return " | ".join(_line(part) for part in parts)


def _named(title: str, year: int | None) -> str:
    return f"{_line(title)} ({year})" if year else _line(title)


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, longest: int) -> str:
    text = _line(text)
    return text if len(text) <= longest else text[:longest].rstrip() + " …"
