"""Situation, request and candidates -> the texts that fill a prompt's blanks. All of it is data, fenced off as such."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from chatrec.catalog.table import Catalog
from chatrec.engines.conditions import in_words
from chatrec.records import Item, Profile, Request, Sentence, Situation, Turn

MOST_CANDIDATES = 30
_FIRST = 10
_LONGEST_MESSAGE = 4_000
_LONGEST_SENTENCE = 400
_LONGEST_LINE = 1_200
_LITTLE_KNOWN = 40  # of 100; `evidence` accepts the words as backed up to there and somewhat beyond
_LEVELS = ("none", "mild", "marked", "strong")
_TAGS = ("message", "noted", "conversation", "shown", "facts", "request", "candidates")
_FENCE = re.compile(rf"<(?=\s*/?\s*(?:{'|'.join(_TAGS)})\b)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def section(tag: str, text: str) -> str:
    """The text between tags that it cannot close itself; `none` where it is empty."""
    safe = _FENCE.sub("‹", _CONTROL.sub(" ", text)).strip()
    return f"<{tag}>\n{safe or 'none'}\n</{tag}>"


def message_section(message: str, longest: int = _LONGEST_MESSAGE) -> str:
    """The person's message; of one with more characters the beginning and the end."""
    if len(message) > longest:
        half = longest // 2
        message = f"{message[:half]}\n[...]\n{message[-half:]}"
    return section("message", message)


def profile_section(
    sentences: Sequence[Sentence], turn: int | None = None, most: int | None = None, longest: int = _LONGEST_SENTENCE
) -> str:
    """The sentences, numbered from 1; those that code has just read from the message of `turn` are marked `(new)`.

    At most so many: the new ones first, then hard conditions, then the latest. They keep their numbers.
    """
    source = f"turn {turn}" if turn is not None else None
    order = sorted(
        enumerate(sentences, 1), key=lambda n: (n[1].source == source, n[1].kind == "constraint", n[0]), reverse=True
    )
    kept = {number for number, _ in order[:most]}
    lines = [
        f"{number}. {_cut(sentence.text, longest)}{' (new)' if sentence.source == source else ''}"
        for number, sentence in enumerate(sentences, 1)
        if number in kept
    ]
    return section("noted", "\n".join(lines))


def noted(profile: Profile) -> tuple[Sentence, ...]:
    """The sentences that are shown to the model, in the order it numbers them."""
    return profile.active


def conversation_section(history: Sequence[Turn], whole: int = 2, lines: int = 2, longest: int = 1_500) -> str:
    """The last turns: the newest `whole`, `lines` before them in a line each. Of older ones the profile tells what lasts.

    Of a message at most `longest` characters are told, of a reply half as many.
    """
    told: list[str] = []
    recent = history[-(whole + lines) :] if whole + lines else ()
    if len(history) > len(recent):
        told.append(f"({len(history) - len(recent)} earlier turns; what lasts of them is noted.)")
    listed = last_list(history)
    for before, turn in zip(range(len(recent), 0, -1), recent, strict=True):
        told.append(f"Person: {_cut(turn.message, longest if before <= whole else 160)}")
        if turn.picks and turn is listed:
            told.append("Shown: the last list")
        elif turn.picks:
            told.append("Shown: " + "; ".join(_named(pick.title, pick.year) for pick in turn.picks))
        if turn.reply and before <= whole:
            told.append(f"Reply: {_cut(turn.reply, longest // 2)}")
    return section("conversation", "\n".join(told))


def last_list(history: Iterable[Turn]) -> Turn | None:
    """The latest turn that showed picks."""
    return next((turn for turn in reversed(tuple(history)) if turn.picks), None)


def shown_section(situation: Situation, longest: int = 300, width: int = _LONGEST_LINE) -> str:
    """The last list, numbered as the person saw it, reasons of at most `longest` and lines of at most `width` characters."""
    turn = last_list(situation.history)
    picks = turn.picks if turn else ()
    lines = (_cut(f"{p.rank}. {_named(p.title, p.year)}: {_cut(p.reason, longest)}", width) for p in picks)
    return section("shown", "\n".join(lines))


def list_section(situation: Situation, catalog: Catalog, longest: int = 120, width: int = _LONGEST_LINE) -> str:
    """The last list with what people refer to: "the shorter ones", "the French one", "the one with the orphanage".

    Of each reason at most so many characters, none with 0; of each line at most `width`.
    """
    turn = last_list(situation.history)
    lines = []
    for pick in turn.picks if turn else ():
        item = catalog.get(pick.item_id)
        known = _marks(item) if item is not None else ()
        reason = (_cut(pick.reason, longest),) if longest else ()
        lines.append(_cut(" | ".join((f"{pick.rank}. {_named(pick.title, pick.year)}", *known, *reason)), width))
    return section("shown", "\n".join(lines))


def _marks(item: Item) -> tuple[str, ...]:
    makers = next((names for names in item.people.values() if names), ())
    parts = (f"{item.runtime} minutes" if item.runtime else "", ", ".join(makers[:2]), ", ".join(item.countries[:2]))
    return tuple(_line(part) for part in parts if part)


def request_section(request: Request, catalog: Catalog, most: int = 40) -> str:
    """What is wanted, in words; of the conditions, which code has applied already, at most so many."""
    lines = [f"Looking for: {_cut(request.search_text, 400)}"] if request.search_text else []
    lines += dict.fromkeys(f"Must: {in_words(constraint)}" for constraint in request.constraints[:most])
    for words, ids in (("In the manner of", request.anchors), ("Not in the manner of", request.avoided)):
        labels = [item.label for item in map(catalog.get, ids) if item is not None]
        lines += [f"{words}: {'; '.join(labels[:8])}"] if labels else []
    if request.unlinked:
        lines.append(f"Named, but not in this catalog: {'; '.join(_cut(name, 80) for name in request.unlinked[:5])}")
    if request.question:
        lines.append(f"Still open: {_cut(request.question, 160)}")
    return section("request", "\n".join(lines))


def candidates_section(
    items: Sequence[Item],
    words: tuple[int, int] = (60, 30),
    longest: int = _LONGEST_LINE,
    places: Sequence[int] | None = None,
    people: Collection[str] = (),
) -> str:
    """The candidates' facts, one a line, numbered from 1; the likeliest are told at more length than the others.

    `words` are those of the description for either kind, `longest` the characters of a line. `places` are the items' places in
    the shortlist, from 0, where they stand in another order. Of the `people` that were asked for, all who took part are named.
    """
    lines = [
        f"{n}. {_cut(facts(item, words[0 if place < _FIRST else 1], people), longest)}"
        for n, (place, item) in enumerate(zip(places or range(len(items)), items, strict=True), 1)
    ]
    return section("candidates", "\n".join(lines))


def facts_section(
    items: Sequence[Item], words: int | None = None, longest: int | None = None, besides: Sequence[str] = ()
) -> str:
    """What the catalog knows about a few items: everything, or in short, each in a line of at most so many characters.

    `besides` are further lines: what was predicted for this person, what reviews say.
    """
    told = [*(facts(item, words) for item in items), *(_line(line) for line in besides)]
    return section("facts", "\n".join(line[:longest] for line in told))


def facts(item: Item, words: int | None = None, people: Collection[str] = ()) -> str:
    """An item in one line: title, year, length, genres, people, origin, age, content, fame, keywords, description.

    With `words`, the short form: so many words of the description, fewer people besides those asked for, no original title, and
    of the content what there is.
    """
    whole = words is None
    parts = [item.label]
    parts += [f"original title {item.original_title}"] if whole and item.original_title else []
    parts += [f"{item.runtime} minutes"] if item.runtime else []
    parts += [", ".join(item.genres)] if item.genres else []
    parts += [f"{role}: {', '.join(_told(names, 8 if whole else 3, people))}" for role, names in item.people.items() if names]
    parts += [", ".join(item.countries)] if item.countries else []
    parts += [", ".join(item.languages)] if item.languages else []
    parts += [f"audience {item.certificate}"] if item.certificate else []
    levels = [f"{kind} {_LEVELS[level]}" for kind, level in item.content.items() if whole or level]
    # Nothing violent or frightening is one thing, nothing noted is another.
    parts += [f"content: {', '.join(levels) or 'none'}"] if item.content else []
    parts += ["little known"] if item.popularity is not None and item.popularity <= _LITTLE_KNOWN else []
    parts += [f"part {item.position} of {item.series}" if item.position else f"series {item.series}"] if item.series else []
    parts += [", ".join(item.keywords)] if item.keywords else []
    if item.description and words != 0:
        parts.append(item.description if words is None else _first(item.description, words))
    return _line(" | ".join(parts))


def _told(names: Sequence[str], most: int, people: Collection[str]) -> list[str]:
    return [name for place, name in enumerate(names) if place < most or name in people]


def _first(text: str, words: int) -> str:
    """So many words of a text; of one in a script that sets no spaces, two characters for a word."""
    if not text.isascii() and 3 * sum(character >= "\u0e00" for character in text) > len(text):
        return _cut(text, 2 * words)
    told = text.split()
    return " ".join(told[:words]) + (" …" if len(told) > words else "")


def _named(title: str, year: int | None) -> str:
    return f"{_line(title)} ({year})" if year else _line(title)


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, longest: int) -> str:
    text = _line(text)
    return text if len(text) <= longest else text[:longest].rstrip() + " …"
