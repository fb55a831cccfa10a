"""A reading and the items chosen -> the sentence before a list: what was understood, in natural words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.english import choose, in_words, listed, plural, several
from chatrec.engines.builtin.phrasing import describe, tidy
from chatrec.engines.builtin.taste import Taste, taste_of
from chatrec.engines.builtin.themes import genre_noun, genre_pair, implied, known_genre, made, place, subject, thing
from chatrec.records import Reading, Request

_JOINED = ("with ", "from ", "directed by ", "in ", "suitable ", "between ", "set ")
"""Conditions that follow a noun without a comma."""
_BEFORE = ("acclaimed", "well known", "less well known")
"""Conditions that stand before the noun."""
_UP_TO = re.compile(r"^nothing longer than (.+)$")

_STARTERS = (
    "I know little about you yet, so here are {items} to react to.",
    "Until I know you better, here are {items} that many people love and that differ from each other.",
    "Let me begin with {items}; say what you make of them and I will do better.",
    "Here are {items} as a first throw: like them, dislike them, or tell me more.",
)
_STARTER_ALONE = (
    "I know little about you yet, so here is {items} to react to.",
    "Let me begin with {items}; say what you make of it and I will do better.",
    "Here is {items} as a first throw: like it, dislike it, or tell me more.",
)
_FIRST = (
    "Here {are} {items}{kept}{near}.",
    "I would try {these} {items}{kept}{near}.",
    "My {picks}: {items}{kept}{near}.",
    "{Items}{kept}{near}:",
    "For you: {items}{kept}{near}.",
)
_FURTHER = (
    "Here {are} {items}{kept}{near}.",
    "{Items}{kept}{near}:",
    "Going on: {items}{kept}{near}.",
)
_FEWER = (
    "Only {items} {fit} all of that.",
    "That leaves {items}: the list is shorter than you asked.",
    "No more than {items} {fit} everything you asked.",
)


_NEAREST = (
    "I have little that is {tone}{kept}, so here {are} the nearest{near}.",
    "Few films here are {tone}{kept}; closest to it {are} these{near}.",
    "{Tone} is scarce{kept}. The nearest I have{near}:",
)


def introduce(reading: Reading, catalog: Catalog, found: int, seed: str, *, near_miss: bool = False) -> str:
    """One sentence on what the list answers, with a word on titles the catalog lacks and on a list that came out short.

    With `near_miss`, the list as a whole does not have the mood that was asked for, and the sentence says so.
    """
    request, taste = reading.request, taste_of(reading, catalog)
    said = [lacking(request, taste)] if request.unlinked else []
    items = plural(found, catalog.noun, catalog.plural)
    words = {"items": items, "are": "is" if found == 1 else "are", "fit": "fits" if found == 1 else "fit"}
    words |= {"these": "this" if found == 1 else "these", "picks": "pick" if found == 1 else "picks"}
    if not _knows(request, taste):
        said.append(choose(seed, _STARTERS if found > 1 else _STARTER_ALONE).format_map(words))
        return " ".join(filter(None, said))
    if found < request.count:
        said.append(choose(seed, _FEWER).format_map(words))
        return " ".join(filter(None, said))
    items = _wished(request, taste, catalog, found)
    words |= {"items": items, "Items": items[:1].upper() + items[1:], "near": _near(request, taste), "kept": _kept(request)}
    tones = [w.words for w in taste.wishes if w.asked and w.kind == "tone"]
    if near_miss and tones:
        tone = listed(list(dict.fromkeys(tones))[:2])
        said.append(choose(seed, _NEAREST).format_map({**words, "tone": tone, "Tone": f"What is {tone}"}))
        return " ".join(filter(None, said))
    shapes = _FURTHER if request.intent == "more" else _FIRST
    said.append(choose(seed, shapes).format_map(words))
    return " ".join(filter(None, said))


def lacking(request: Request, taste: Taste) -> str:
    """Says plainly which titles the catalog does not hold."""
    titles = listed([tidy(title) for title in request.unlinked[:3]], "or")
    if _knows(request, taste):
        return f"I don't have {titles} in this catalog, so I went by the rest of what you said."
    return f"I don't have {titles} in this catalog; tell me what you like about it and I can look for that."


def _knows(request: Request, taste: Taste) -> bool:
    return bool(taste.liked or taste.wishes or request.constraints or request.search_text)


def _wished(request: Request, taste: Taste, catalog: Catalog, found: int) -> str:
    """What the list is of, as people say it: `five funny comedies about a heist`, `five more films`."""
    wishes = [w for w in taste.wishes if w.asked]
    before = [d for d in map(describe, request.constraints) if d in _BEFORE]
    genres = [c.any_of for c in request.constraints if c.field == "genre" and c.any_of and known_genre(c.any_of[0])]
    noun = _noun(genres, catalog, found)
    tones = list(dict.fromkeys(w.words for w in wishes if w.kind == "tone"))[:2]
    tones = [t for t in tones if not any(t in implied(g[0]) for g in genres)]
    words = [in_words(found), "more" if request.intent == "more" else "", *before, ", ".join(tones), noun]
    themes = list(dict.fromkeys(t for w in wishes if w.kind == "theme" and (t := thing(w.words))))[:2]
    about = all(subject(w.words) for w in wishes if w.kind == "theme" and thing(w.words))
    with_themes = [f"{'about' if about else 'with'} {listed(themes)}"] if themes else []
    makes = [made(w.words) for w in wishes if w.kind == "theme" and made(w.words)][:1]
    subjects = [w.words for w in wishes if w.kind == "theme"]
    places = [f"set {place(subjects[0])}"] if len(subjects) == 1 and place(subjects[0]) else []
    return " ".join(filter(None, (*words, *with_themes, *([] if themes else places), *makes)))


def _noun(genres: Sequence[Sequence[str]], catalog: Catalog, found: int) -> str:
    """`films`, `comedies`, `romantic comedies`, `documentaries or biographical films`: what every item is sure to be.

    Of each group of `genres` an item has one at least.
    """
    if not genres:
        return catalog.noun if found == 1 else catalog.plural
    one_of = next((group for group in genres if len(group) > 1), ())
    if one_of:
        nouns = [genre_noun(value, catalog.noun) for value in one_of]
    else:
        nouns = [genre_pair(genres[0][0], genres[min(1, len(genres) - 1)][0], catalog.noun)]
    return listed(nouns if found == 1 else [several(noun) for noun in nouns], "or")


def _near(request: Request, taste: Taste) -> str:
    likes = [liked.item for liked in taste.liked if not liked.item.title.endswith("?")]
    named = [item.title for item in likes if item.id in request.anchors] or [item.title for item in likes]
    return f", with {listed(named[:3])} in mind" if named else ""


def _kept(request: Request) -> str:
    """The conditions in the words people get to read; what the wish has said already is left out."""
    conditions = [describe(c) for c in request.constraints if c.field not in ("genre", "topic") or c.none_of]
    short = [c for c in dict.fromkeys(conditions) if c and len(c) < 60 and c not in _BEFORE][:3]
    short.sort(key=lambda c: not c.startswith(_JOINED))
    joined = [c for c in short if c.startswith(_JOINED)]
    apart = [_UP_TO.sub(r"none longer than \1", c) for c in short if not c.startswith(_JOINED)]
    return "".join((f" {', '.join(joined)}" if joined else "", f", {', '.join(apart)}" if apart else ""))
