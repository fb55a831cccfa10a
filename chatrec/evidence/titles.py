"""A reason's text -> the catalog titles in it, and whether each is meant as the item of that title."""

from __future__ import annotations

import re

from chatrec.evidence.facts import Knowledge
from chatrec.evidence.passage import Layout, Named
from chatrec.evidence.tokens import words
from chatrec.evidence.vocabulary import Match, Vocabulary
from chatrec.records import Item

_FUNCTION = words("it us her up he she they we you this that them his its my me all one go now then there here out in on so")
_YEAR_AFTER = re.compile(r"[”\"*_]?\s*\((\d{4})\)")
LISTED = re.compile(r"[”\"*_]?(?:\s*\(\d{4}\))?(?:,|,?\s(?:and|or|nor|but not))\s(?:also\s)?[“\"*_]?")
_BEFORE = re.compile(
    r"(?:\b(?:un)?like|\b(?:lov|lik|enjoy|ador|prefer|admir|dislik|hat)(?:ed?|red)|\b(?:enjoy|prefer|admire|know|saw|seen)|"
    r"\b(?:than|where|whereas|recalls?|echo(?:es|ing)?|beside|alongside|remakes?|in(?:spired|fluenced)(?: by)?)|"
    r"\b(?:similar|close|akin|next|compared|companion(?: piece)?|sequel|prequel|follow-up) (?:to|with)|"
    r"\b(?:fans?|lovers?|admirers?|spirit|vein|mood|tone|style|manner|magic|memor(?:y|ies)|reminiscent|remake|best|rest|echo(?:es)?|"
    r"directors?|makers?|creators?|writers?|stars?|cast|team) of|"
    r"\bshares?\b[^.;]{1,40}\swith|\bas in|\b(?:same|as)\s(?:[\w-]+\s){1,3}as|\bin common with|"
    r"\b(?:behind|made|directed|wrote|co-wrote|filmed|shot|helmed|gave us|starred in|stars in))\s(?:both\s)?[“\"*_]?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^(?:[”\"*_]|\s(?:director|star|writer)\b|\s*\(\d{4}\))")
_POSSESSIVE = re.compile(r"['’]s?\s")
_IN = re.compile(r"\b(?:in|near|around|across|through|from)\s(?:\w+\s)?$", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"*_‘]$")


def titles_in(layout: Layout, known: Knowledge, vocabulary: Vocabulary, familiar: frozenset[str]) -> list[Named]:
    """Catalog titles in the text. One-word titles must be written as names, since `up` and `her` are words as well.

    `familiar` are ids the person has named: they are preferred where items share a title.
    """
    tokens = layout.tokens
    named: list[Named] = []
    first = 0
    while first < len(tokens):
        match = next((m for m in vocabulary.titles.at(tokens, first) if _written_as_title(layout, m, familiar)), None)
        if match is None:
            first += 1
            continue
        item = _item_of(layout, match, known, familiar)
        listed = bool(named and named[-1].meant and LISTED.fullmatch(layout.text[named[-1].end : match.start]))
        meant = listed or item.id in familiar or item.id == known.item.id or _cued(layout.text, match)
        if meant or match.last > match.first or not _place(layout, match, vocabulary):
            named.append(Named(match.start, match.end, item, meant))
        first = match.last + 1
    return named


def _written_as_title(layout: Layout, match: Match, familiar: frozenset[str]) -> bool:
    tokens, text = layout.tokens, layout.text
    first, last = tokens[match.first], tokens[match.last]
    if not all(t.capitalised or t.word[:1].isdigit() for t in (first, last)):
        return False
    if match.last > match.first:
        return True
    if _YEAR_AFTER.match(text, match.end) or text[max(0, match.start - 1) : match.start] in ("“", '"', "*", "_", "‘"):
        return True
    after = tokens[match.last + 1] if match.last + 1 < len(tokens) else None
    before = tokens[match.first - 1] if match.first else None
    joined_after = after is not None and after.capitalised and text[match.end : after.start] in (" ", "-")
    joined_before = (
        before is not None
        and before.capitalised
        and text[before.end : match.start] in (" ", "-")
        and not before.word.endswith(("'s", "’s", "'", "’"))
        and before.start not in layout.sentence_starts
    )
    if (joined_after and not last.word.endswith(("'s", "’s"))) or joined_before:
        return False
    if match.start in layout.sentence_starts:
        known = any(term.value in familiar for term in match.terms) or bool(_AFTER.match(text[match.end :]))
        return first.key not in _FUNCTION and known
    return not first.word.isdigit()


def _item_of(layout: Layout, match: Match, known: Knowledge, familiar: frozenset[str]) -> Item:
    items = [known.catalog[term.value] for term in match.terms]
    year = _YEAR_AFTER.match(layout.text, match.end)
    if year:
        items.sort(key=lambda item: item.year != int(year.group(1)))
    elif len(items) > 1:
        items.sort(key=lambda item: (item.id not in familiar, item.id == known.item.id))
    return items[0]


def _place(layout: Layout, match: Match, vocabulary: Vocabulary) -> bool:
    """Whether a one-word title is a keyword too, said of a place: `in Brooklyn`, unless the film is meant."""
    place = bool(_IN.search(layout.text[: match.start]))
    return place and any(m.last == match.last for m in vocabulary.traits.at(layout.tokens, match.first))


def _cued(text: str, match: Match) -> bool:
    """Quoted, with its year, or where only an item can stand: `like X`, `fans of X`, `the makers of X`, `The X's magic`.

    The possessive of a single word is as likely the figure's (`Cinderella's slipper`).
    """
    before, after = text[: match.start], text[match.end :]
    if _QUOTED.search(before) or _AFTER.match(after) or _BEFORE.search(before):
        return True
    written = text[match.start : match.end].endswith(("'s", "’s")) or bool(_POSSESSIVE.match(after))
    return written and match.last > match.first
