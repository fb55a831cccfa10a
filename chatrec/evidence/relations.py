"""What a reason says ties the item, or its people, to another item: same director as X, who made X, inspired X."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatrec.evidence.facts import facts_of, words_of
from chatrec.evidence.names import known_words
from chatrec.evidence.passage import Named, Passage
from chatrec.evidence.titles import LISTED
from chatrec.evidence.tokens import holds, keys_of
from chatrec.records import Item

_SAME = re.compile(
    r"\b(?:same\s(?P<a>director|filmmaker|cast|star|lead|actor|actress|writer|author|country|series|year|"
    r"decade)\s(?:as|of|behind)|"
    r"shares?\s(?:its|a|the|their)\s(?P<b>director|filmmaker|cast|star|lead|country|series|writer|author)\s(?:with|of))",
    re.IGNORECASE,
)
_ROLES = {
    "director": "director", "filmmaker": "director", "cast": "cast", "star": "cast", "lead": "cast", "actor": "cast",
    "actress": "cast", "writer": "writer", "author": "author", "country": "countries", "series": "series", "year": "year",
}  # fmt: skip
_WORK = re.compile(
    r"\b(?:(?P<directs>made|directed|filmed|shot|helmed|gave us|brought us|created|behind)|(?P<writes>wrote|co-wrote)|"
    r"(?P<acts>starred in|stars in|acted in|acts in|played in|appeared in))\s(?:both\s)?[“\"*_]?$",
    re.IGNORECASE,
)
_TITLE_HELD = re.compile(
    r"\b(?:the\s|a\s)?(?P<role>director|filmmaker|maker|creator|star|writer)s?\s(?:of|behind)\s(?:both\s)?[“\"*_]?$",
    re.IGNORECASE,
)
_TITLE_FIRST = re.compile(r"^[”\"*_]?(?:['’]s)?\s(?P<role>director|star|writer)\s$")
_WHO = re.compile(
    r"(?:['’]s?)?,?\s?(?:\b(?:who|and|also|had|has|have|later|once|earlier|previously|already|then|himself|herself|is|was|the|"
    r"man|woman|mind|duo|brothers|director|actor|actress|just|\w+ years (?:before|after))\b,?\s?)*",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|who|(?:man|woman|people|team|mind|minds|duo)|director|filmmaker)s?\s(?:\w+\s){0,2}$", re.IGNORECASE
)
_SOURCE = re.compile(
    r"\b(?:inspired(?: by)?|influenced(?: by)?|remade as|remakes?(?: of)?|(?:sequel|prequel|follow-up) to|spin-off (?:of|from)|"
    r"(?:lifted|borrowed|took|taken|stole|copied)\s(?:\S+\s){0,4}from)\s[“\"*_]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Tie:
    """`start` of the words that tie people to a title, their part in it, and their names (surnames alone are kept as keys)."""

    start: int
    role: str
    names: tuple[str, ...]


def check_relations(passage: Passage) -> None:
    """Add a finding for every tie with another item: the same people, who made it, what inspired what."""
    _check_same(passage)
    last: tuple[Named, _Tie] | None = None
    for named in passage.named:
        if named.item.id == passage.known.item.id:
            continue
        tie = _tie(passage, named)
        if tie is None and last and LISTED.fullmatch(passage.text[last[0].end : named.start]):
            tie = _Tie(named.start, last[1].role, last[1].names)
        if tie:
            _add_tie(passage, named, tie)
            last = (named, tie)
        source = _SOURCE.search(passage.text[: named.start])
        if source:
            passage.add(source.start(), named.end, *_kinship(passage.known.item, named.item))


def _tie(passage: Passage, named: Named) -> _Tie | None:
    start, _ = passage.layout.sentence(named.start)
    before = passage.text[start : named.start]
    held = _TITLE_HELD.search(before)
    if held:
        role = _ROLES.get(held.group("role").lower(), "director")
        return _Tie(start + held.start(), role, _subject(passage, start + held.start()) or _own(passage, role))
    work = _WORK.search(before)
    if work:
        role = {"acts": "cast", "writes": "writer"}.get(str(work.lastgroup), "director")
        names = _subject(passage, start + work.start())
        if not names and _PRONOUN.search(before[: work.start()]):
            names = _own(passage, role)
        return _Tie(start + work.start(), role, names) if names else None
    following = next((m for m in _people(passage) if m[0] >= named.end), None)
    first = _TITLE_FIRST.match(passage.text[named.end : following[0]]) if following else None
    return _Tie(named.start, _ROLES[first.group("role")], following[2]) if following and first else None


def _subject(passage: Passage, position: int) -> tuple[str, ...]:
    """The person whose name ends just before a verb: `NAME, who also (made)`."""
    near = [m for m in _people(passage) if m[1] <= position]
    if near and _WHO.fullmatch(passage.text[near[-1][1] : position]):
        return near[-1][2]
    return ()


def _people(passage: Passage) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for match in passage.vocabulary.names.along(passage.layout.tokens):
        if passage.layout.tokens[match.first].capitalised and not passage.in_title(match.start, match.end):
            yield match.start, match.end, tuple(term.value for term in match.terms)


def _own(passage: Passage, role: str) -> tuple[str, ...]:
    return facts_of(passage.known.item, role) or ()


def _add_tie(passage: Passage, named: Named, tie: _Tie) -> None:
    other = named.item
    role = tie.role if tie.role in other.people else "people"
    recorded = facts_of(other, role) or ()
    held = any(holds(keys_of(person), keys_of(name)) for name in tie.names for person in recorded)
    passage.add(tie.start, max(named.end, tie.start), f"item.{role}@{other.id}", ", ".join(recorded), held)


def _kinship(item: Item, other: Item) -> tuple[str, str, bool]:
    """`inspired X`, `a remake of X`: one of the two speaks of the other, or they are of one series or name."""
    if item.series and item.series == other.series:
        return f"item.series@{other.id}", other.series, True
    if holds(words_of(item), keys_of(other.title)):
        return "item.description", other.title, True
    if holds(words_of(other), keys_of(item.title)):
        return f"item.description@{other.id}", item.title, True
    return f"item.title@{other.id}", other.title, False


def check_titles(passage: Passage) -> None:
    """Add a finding for every item likened to this one, and for quoted titles no catalog or person knows."""
    for named in passage.named:
        if named.meant and named.item.id != passage.known.item.id:
            passage.add(named.start, named.end, f"item.title@{named.item.id}", named.item.title, True)
    for start, end in passage.layout.quotes():
        words = keys_of(passage.text[start:end])
        short = 0 < len(words) <= 6 and all(w[:1].isupper() for w in passage.text[start:end].split()[:1])
        if not short or not passage.free(start, end) or any(n.start < end and start < n.end for n in passage.named):
            continue
        if not known_words(passage, words):
            passage.add(start, end, "", "", False)


def _check_same(passage: Passage) -> None:
    """`same director as X`, `shares its star with X`."""
    item = passage.known.item
    for found in _SAME.finditer(passage.text):
        role = _ROLES.get((found.group("a") or found.group("b")).lower(), "")
        near = [n for n in passage.named if found.end() <= n.start <= found.end() + 12]
        if not role or not near or near[0].item.id == item.id:
            continue
        other = near[0].item
        shared = [v for v in facts_of(item, role) or () if v in (facts_of(other, role) or ())]
        fact = ", ".join(shared or facts_of(other, role) or ())
        passage.add(found.start(), near[0].end, f"item.{role}@{other.id}", fact, bool(shared))
