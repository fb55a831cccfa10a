"""A reading and the items chosen -> the sentence before a list: what was understood, in natural words."""

from __future__ import annotations

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.english import choose, listed, plural
from chatrec.engines.builtin.phrasing import describe, tidy
from chatrec.engines.builtin.taste import Taste, taste_of
from chatrec.engines.builtin.themes import genre_noun, is_tone, known_genre, subject, thing
from chatrec.records import Reading, Request

_JOINED = ("with ", "from ", "directed by ")
"""Conditions that follow a noun without a comma."""

_STARTERS = (
    "I know little about you yet, so here are {items} to react to.",
    "A start, until I know you better: {items} that differ from each other.",
    "Let me begin with {items}; say what you make of them and I will do better.",
    "{Items} to get us going.",
    "Here are {items} as a first throw; like, dislike or tell me more.",
)
_FIRST = (
    "Here {are} {items}{wish}{kept}{near}.",
    "{Items}{wish}{kept}{near}.",
    "I found {items}{wish}{kept}{near}.",
    "My suggestions{wish}{kept}{near}:",
    "This is what I would try{wish}{kept}{near}:",
)
_FURTHER = (
    "{Items} more{wish}{kept}{near}.",
    "Here {are} {items} you have not had from me yet{wish}{kept}{near}.",
    "More along those lines{wish}{kept}{near}:",
    "The next {items}{wish}{kept}{near}.",
)
_FEWER = (
    "Only {items} {fit} all of that.",
    "That leaves {items}: the list is shorter than you asked.",
    "No more than {items} {fit} everything you asked.",
)


def introduce(reading: Reading, catalog: Catalog, found: int, seed: str) -> str:
    """One sentence on what the list answers, with a word on titles the catalog lacks and on a list that came out short."""
    request, taste = reading.request, taste_of(reading, catalog)
    said = [lacking(request, taste)] if request.unlinked else []
    items = plural(found, catalog.noun, catalog.plural)
    words = {"items": items, "Items": items[:1].upper() + items[1:], "are": "is" if found == 1 else "are"}
    words["fit"] = "fits" if found == 1 else "fit"
    if not _knows(request, taste):
        said.append(choose(seed, _STARTERS).format_map(words))
        return " ".join(filter(None, said))
    if found < request.count:
        said.append(choose(seed, _FEWER).format_map(words))
        return " ".join(filter(None, said))
    words |= {"wish": _wish(taste, catalog.noun), "near": _near(taste), "kept": _kept(request)}
    shapes = _FURTHER if request.intent == "more" else _FIRST
    said.append(choose(seed, shapes).format_map(words).replace(":.", ":"))
    return " ".join(filter(None, said))


def lacking(request: Request, taste: Taste) -> str:
    """Says plainly which titles the catalog does not hold."""
    titles = listed([tidy(title) for title in request.unlinked[:3]], "or")
    if _knows(request, taste):
        return f"I don't have {titles} in this catalog, so I went by the rest of what you said."
    return f"I don't have {titles} in this catalog; tell me what you like about it and I can look for that."


def _knows(request: Request, taste: Taste) -> bool:
    return bool(taste.liked or taste.wishes or request.constraints or request.search_text)


def _wish(taste: Taste, noun: str) -> str:
    """` for something dark and funny`, ` about grief`; empty when nothing of the kind was asked."""
    wishes = [w for w in taste.wishes if w.asked]
    tones = [w.words for w in wishes if w.kind == "tone"][:3]
    genres = [genre_noun(w.words, noun) for w in wishes if w.kind == "genre" and known_genre(w.words)][:1]
    themes = [thing(w.words) for w in wishes if w.kind == "theme" and thing(w.words)][:2]
    about = all(subject(w.words) for w in wishes if w.kind == "theme" and thing(w.words))
    if not (tones or genres or themes):
        return ""
    text = ""
    if tones:
        text += f" on the {listed(tones)} side" if all(map(is_tone, tones)) else f" for something {listed(tones)}"
    if genres:
        text += f", {genres[0]} first," if tones else f" with {genres[0]} in mind"
    if themes:
        text += f" {'about' if about else 'with'} {listed(themes)}"
    return text.replace(", ,", ",").rstrip(",")


def _near(taste: Taste) -> str:
    titles = [liked.item.title for liked in taste.liked if not liked.item.title.endswith("?")][:3]
    return f", going by {listed(titles)}" if titles else ""


def _kept(request: Request) -> str:
    """The conditions in the words people get to read; what the wish has said already is left out."""
    conditions = [describe(c) for c in request.constraints if c.field not in ("genre", "topic") or c.none_of]
    short = [c for c in dict.fromkeys(conditions) if c and len(c) < 60][:3]
    short.sort(key=lambda c: not c.startswith(_JOINED))
    if not short:
        return ""
    return f" {', '.join(short)}" if short[0].startswith(_JOINED) else f", {', '.join(short)}"
