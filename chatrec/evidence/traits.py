"""Genres, themes, tones, places and content in a reason, held against what the item records."""

from __future__ import annotations

import re

from chatrec.evidence.facts import facts_of, words_of
from chatrec.evidence.passage import Passage
from chatrec.evidence.position import as_theme, is_claim, trivial
from chatrec.evidence.stems import kin
from chatrec.evidence.tokens import holds, keys_of
from chatrec.evidence.vocabulary import Match, Term
from chatrec.evidence.wordforms import CONTENT_FORMS, COUNTRY_FORMS, LEVELS, THEME_FORMS, TONE_FORMS
from chatrec.records import Item

_TONE_GENRES = {
    "romantic": "romance", "scary": "horror", "suspenseful": "thriller", "tense": "thriller",
    "magical": "fantasy", "love": "romance", "music": "music",
    "sports": "sport", "war": "war", "detective": "mystery",
}  # fmt: skip
_TONE_CONTENT = {"violent": ("violence", 2), "scary": ("fear", 2), "sensual": ("sex", 2)}
_BOTH = re.compile(r"\b(?:same|shares?|shared|sharing|both|in common|echo(?:es|ing)?)\b", re.IGNORECASE)
_OF_OTHER = re.compile(r"\b(?:where|unlike|than|instead of|rather than|after|whereas|while)\b", re.IGNORECASE)
_ABSENT = re.compile(r"\b(?:there\s(?:is|are)|there['’]s|it has|without)\s(?:no|not any|any)?\s?(?:\w+\s)?$", re.IGNORECASE)
_CONTENT_KEYS = {keys_of(form): kind for kind, forms in CONTENT_FORMS.items() for form in forms}
_CONTENT_BEGINS = frozenset(keys[0] for keys in _CONTENT_KEYS)
_LEVEL_WORDS = {
    **dict.fromkeys(("no", "without", "zero", "free"), (0, 0)),
    **dict.fromkeys(("hardly", "barely", "little", "not", "nothing", "never", "isn't", "less", "neither", "nor"), (0, 1)),
    **dict.fromkeys(("mild", "mildly", "light", "gentle", "gently", "slightly", "limited"), (0, 1)),
    **dict.fromkeys(("marked", "moderate", "some", "quite", "fairly"), (1, 2)),
    **dict.fromkeys(("strong", "strongly", "very", "heavy", "graphic", "extreme", "intense"), (2, 3)),
}
_LEVEL_AFTER = re.compile(
    r"(?:\s(?:is|are|stays?|remains?))?(?:\s(?:only|both|all|just|quite|rather|at most))?\s"
    r"(?P<level>mild|light|limited|marked|moderate|strong|heavy|graphic|extreme|intense)\b(?=\s*(?:[,.;:!?)—–]|$|\s(?:and|but|or|for|here)\b))",
    re.IGNORECASE,
)
_HERE_AND_THERE = re.compile(r"\s(?:in (?:places|parts)|at times|moments?|scenes?)\b", re.IGNORECASE)
_NO_OTHER = re.compile(r"\b(?:no|not any|unlike any) other\s(?:\w+\s)?$", re.IGNORECASE)
_MOVES = re.compile(r"\b(?:starts?|begins?|keeps?|began|kept|started|stops?|stopped)\s$", re.IGNORECASE)


def held(term: Term, item: Item) -> tuple[str, str] | None:
    """Where an item records a genre, keyword, country or language: (source, fact) without the item's id, or None."""
    value, keys = term.value.casefold(), keys_of(term.value)
    if term.kind in ("country", "language"):
        return _place(term, item)
    names = "keywords" if term.kind == "keyword" else "genres"
    for field in (names, "genres", "keywords"):
        values = facts_of(item, field) or ()
        exact = [v for v in values if v.casefold() == value] or [v for v in values if holds(keys_of(v), keys)]
        if exact:
            return f"item.{field}", exact[0]
    genre = _TONE_GENRES.get(value)
    if genre and genre in {g.casefold() for g in item.genres}:
        return "item.genres", next(g for g in item.genres if g.casefold() == genre)
    kind, level = _TONE_CONTENT.get(value, ("", 0))
    if item.content.get(kind, -1) >= level and kind:
        return f"item.content.{kind}", f"{item.content[kind]} of 3 ({LEVELS[item.content[kind]]})"
    if value == "sequel" and (item.position or 0) > 1:
        return "item.series", item.series
    if holds(words_of(item), keys):
        return "item.description", term.value
    return None


def _place(term: Term, item: Item) -> tuple[str, str] | None:
    field = "countries" if term.kind == "country" else "languages"
    for value in facts_of(item, field) or ():
        if value.casefold() == term.value.casefold():
            return f"item.{field}", value
    return None


def supported_by(match: Match, words: str, item: Item) -> tuple[str, str] | None:
    """The fact of an item that backs any meaning of these words, or None."""
    for term in match.terms:
        fact = held(term, item)
        if fact:
            return _in_text(fact, words, item)
    if holds(words_of(item), keys_of(words)) or "".join(keys_of(words)) in words_of(item):
        return "item.description", words
    for keyword in item.keywords:
        if holds(keys_of(keyword), keys_of(words)) or _kin(keyword, words):
            return "item.keywords", keyword
    for term in match.terms:
        for form in (*TONE_FORMS.get(term.value, ()), *THEME_FORMS.get(term.value, ()), *_adjectives(term)):
            if holds(words_of(item), keys_of(form)):
                return "item.description", form
    return None


def _kin(keyword: str, words: str) -> bool:
    one, other = keys_of(keyword), keys_of(words)
    return len(one) == len(other) == 1 and kin(one[0], other[0])


def _adjectives(term: Term) -> tuple[str, ...]:
    return COUNTRY_FORMS.get(term.value.casefold(), ()) if term.kind == "country" else ()


def _in_text(fact: tuple[str, str], words: str, item: Item) -> tuple[str, str]:
    """`item.description` is cited in words that stand there, or in another text field."""
    if fact[0] == "item.description" and not holds(keys_of(item.description), keys_of(fact[1])):
        for field in ("title", "series", "original_title"):
            if holds(keys_of(getattr(item, field)), keys_of(fact[1])):
                return f"item.{field}", getattr(item, field)
    return fact


def check_content(passage: Passage) -> None:
    """Add a finding for every remark on violence, fear, sex, swearing or drugs."""
    layout, item = passage.layout, passage.known.item
    tokens = layout.tokens
    for first in range(len(tokens)):
        if tokens[first].key not in _CONTENT_BEGINS:
            continue
        widths = (
            w for w in (2, 1) if first + w <= len(tokens) and tuple(t.key for t in tokens[first : first + w]) in _CONTENT_KEYS
        )
        width = next(widths, 0)
        if not width:
            continue
        kind = _CONTENT_KEYS[tuple(t.key for t in tokens[first : first + width])]
        if kind not in item.content or passage.wish_at(tokens[first].start):
            continue
        span = (tokens[first].start, tokens[first + width - 1].end)
        start, qualifier = _qualifier(passage, first)
        level = item.content[kind]
        compared = _compared(passage, kind, level, span)
        end, word = _said_after(passage, first + width - 1)
        if compared is None and word and not layout.negated(first):
            low, high = _LEVEL_WORDS[word]
            passage.add(span[0], end, f"item.content.{kind}", _level(level), low <= level <= high)
        elif compared is None and not qualifier and (here := _HERE_AND_THERE.match(passage.text, span[1])):
            passage.add(span[0], here.end(), f"item.content.{kind}", _level(level), level > 0)
        elif compared is not None:
            passage.add(start, compared[0], f"item.content.{kind}", _level(level), compared[1])
        elif qualifier:
            low, high = _LEVEL_WORDS[qualifier]
            # "no violence or fear": the second has its verdict, too.
            start = start if passage.free(start, span[1]) else span[0]
            passage.add(start, span[1], f"item.content.{kind}", _level(level), low <= level <= high)


def _said_after(passage: Passage, last: int) -> tuple[int, str]:
    """The level said after its kind, `violence is mild`, `the fear strong`: (where it ends, the word), or (0, "")."""
    token = passage.layout.tokens[last]
    found = _LEVEL_AFTER.match(passage.text, token.end)
    return (found.end(), found["level"].lower()) if found else (0, "")


def _level(level: int) -> str:
    return f"{level} of 3 ({LEVELS[level]})"


def _qualifier(passage: Passage, first: int) -> tuple[int, str]:
    tokens = passage.layout.tokens
    clause, _ = passage.layout.clause(tokens[first].start)
    for token in reversed([t for t in tokens[max(0, first - 4) : first] if t.start >= clause]):
        word = token.word.lower().replace("’", "'")
        if word in _LEVEL_WORDS:
            return token.start, word
    return tokens[first].start, ""


def _compared(passage: Passage, kind: str, level: int, span: tuple[int, int]) -> tuple[int, bool] | None:
    """`less violent than X`, `not as violent as X`: (where the comparison ends, whether it is true), or None."""
    _, end = passage.layout.clause(span[0])
    after = [n for n in passage.named if span[1] <= n.start and n.end <= end and n.item.id != passage.known.item.id]
    before = passage.text[max(0, span[0] - 12) : span[0]].lower()
    if not after or kind not in after[0].item.content or not re.match(r"\s*(?:than|as)\b", passage.text[span[1] :]):
        return None
    other = after[0].item.content[kind]
    if re.search(r"\bmore\s$", before):
        return after[0].end, level > other
    if re.search(r"\bless\s$|\b(?:not|never|nowhere near) (?:as|so)\s$|n['’]t (?:as|so)\s$", before):
        return after[0].end, level < other
    return after[0].end, level == other


def check_traits(passage: Passage) -> None:
    """Add a finding for every genre, theme, tone, country or language the reason gives the item."""
    layout, item = passage.layout, passage.known.item
    for match in _trait_words(passage):
        words = passage.text[match.start : match.end]
        fact = supported_by(match, words, item) or _set_there(passage, match)
        if words.lower() == "moving" and _MOVES.search(passage.text[: match.start]):
            continue
        if trivial(match, layout) and not (fact and as_theme(match, layout)):
            continue
        if layout.negated(match.first) and not passage.others(*layout.clause(match.start)):
            if is_claim(match, layout) or _ABSENT.search(passage.text[: match.start]):
                _check_absence(passage, match, fact)
            continue
        others = passage.others(*layout.clause(match.start))
        if fact and others and _BOTH.search(passage.text[slice(*layout.clause(match.start))]):
            missing = [o for o in others if not supported_by(match, words, o)]
            passage.add(match.start, match.end, *fact, not missing)
        elif fact:
            passage.add(match.start, match.end, *fact, True)
        elif others and _about_other(passage, match):
            backing = next(((o, f) for o in others if (f := supported_by(match, words, o))), None)
            if backing:
                passage.add(match.start, match.end, f"{backing[1][0]}@{backing[0].id}", backing[1][1], True)
            else:
                passage.add(match.start, match.end, "", "", False)
        elif match.last > match.first and (parts := _in_parts(passage, match)):
            for start, end, backing_fact in parts:
                passage.add(start, end, *backing_fact, True)
        elif is_claim(match, layout):
            passage.add(match.start, match.end, *_against(match, item), False)


def _in_parts(passage: Passage, match: Match) -> list[tuple[int, int, tuple[str, str]]]:
    """`dark comedy` as dark and a comedy, `Spanish Civil War` as Spanish and a civil war: both backed alone, or nothing."""
    for cut in range(match.first + 1, match.last + 1):
        halves = [_part(passage, first, last) for first, last in ((match.first, cut - 1), (cut, match.last))]
        backed = [(h.start, h.end, fact) for h in halves if (fact := _backing(passage, h))]
        if len(backed) == 2 and halves[0].terms:
            return backed
    return []


def _part(passage: Passage, first: int, last: int) -> Match:
    tokens = passage.layout.tokens
    known = next((m for m in passage.vocabulary.traits.at(tokens, first) if m.last == last), None)
    return known or Match(first, last, tokens[first].start, tokens[last].end, ())


def _backing(passage: Passage, part: Match) -> tuple[str, str] | None:
    return supported_by(part, passage.text[part.start : part.end], passage.known.item)


def _trait_words(passage: Passage) -> list[Match]:
    """The trait words of a reason that no earlier finding covers and no quotation or title contains."""
    quoted = list(passage.layout.quotes())
    titled = [(n.start, n.end) for n in passage.named]
    return [
        match
        for match in passage.vocabulary.traits_in(passage.layout.tokens)
        if passage.free(match.start, match.end) and not any(a < match.end and match.start < b for a, b in (*quoted, *titled))
    ]


def _about_other(passage: Passage, match: Match) -> bool:
    start, end = passage.layout.clause(match.start)
    clause = passage.text[start:end]
    if _BOTH.search(clause):
        return False
    owned = any(
        start <= n.start and n.end <= match.start and re.match(r"['’]s?\s(?:\S+\s){0,3}$", passage.text[n.end : match.start])
        for n in passage.named
    )
    return owned or bool(_OF_OTHER.search(clause))


def _set_there(passage: Passage, match: Match) -> tuple[str, str] | None:
    """`the Austrian mountains` of a film set in Austria; `an Austrian film` says where it comes from, and is not asked here."""
    if as_theme(match, passage.layout):
        return None
    item = passage.known.item
    for term in match.terms:
        place = keys_of(term.value)
        if term.kind != "country":
            continue
        keyword = next((k for k in item.keywords if holds(keys_of(k), place)), None)
        if keyword:
            return "item.keywords", keyword
        if holds(words_of(item), place):
            return _in_text(("item.description", term.value), term.value, item)
    return None


def _check_absence(passage: Passage, match: Match, fact: tuple[str, str] | None) -> None:
    if _NO_OTHER.search(passage.text[: match.start]):
        return
    if fact:
        passage.add(match.start, match.end, *fact, False)
        return
    item = passage.known.item
    kind = match.terms[0].kind
    field = {"genre": "genres", "country": "countries", "language": "languages"}.get(kind, "keywords")
    recorded = facts_of(item, field) or ()
    if recorded:
        passage.add(match.start, match.end, f"item.{field}", ", ".join(recorded), True)


def _against(match: Match, item: Item) -> tuple[str, str]:
    """The field that should have held the claim, for the reviewer to see what stands there instead."""
    kind = match.terms[0].kind
    field = {"genre": "genres", "country": "countries", "language": "languages"}.get(kind, "keywords")
    recorded = facts_of(item, field) or ()
    return (f"item.{field}", ", ".join(recorded)) if recorded else ("", "")
