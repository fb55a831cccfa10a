"""A reading -> what speaks for an item: the items the person likes, what they asked for, what they would rather not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.cited import Fact
from chatrec.engines.builtin.mood_words import MOODS
from chatrec.engines.builtin.themes import is_tone
from chatrec.evidence.facts import Knowledge
from chatrec.evidence.person import asked, said_of
from chatrec.evidence.tokens import keys_of, tokens_of
from chatrec.evidence.vocabulary import Term, vocabulary_of
from chatrec.records import Constraint, Item, Preference, Reading, Sentence

_MOODS = {mood.name: mood for mood in MOODS}
_KINDS = {
    "genre": "genre",
    "topic": "keyword",
    "mood": "keyword",
    "person": "person",
    "country": "country",
    "language": "language",
}


@dataclass(frozen=True, slots=True)
class Liked:
    """An item the person likes (or, with the verb `mentioned`, holds up as an example), and where they said so."""

    item: Item
    verb: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Wish:
    """Something the person asked for or likes in general.

    `kind` is tone, theme, genre, person, country or language; `words` names it, `values` are the catalog's spellings that
    satisfy it. `asked` is False for a lasting taste of the profile rather than a wish of this conversation.
    """

    kind: str
    words: str
    values: tuple[str, ...]
    fact: Fact
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Taste:
    """Everything a reason can appeal to, the most recent wish first."""

    liked: tuple[Liked, ...]
    disliked: tuple[Liked, ...]
    wishes: tuple[Wish, ...]
    unwanted: tuple[Wish, ...]


def taste_of(reading: Reading, catalog: Catalog) -> Taste:
    """The person's likes, wishes and dislikes with the place where each was said."""
    known = Knowledge(catalog.items[0], reading.profile, reading.request, catalog)
    wishes = {(w.kind, w.words.casefold()): w for w in reversed(list(_wishes(known)))}
    genres = {words.rstrip("s") for kind, words in wishes if kind == "genre"}
    # a war film is about war, a sports film about sports: the genre says it
    wishes = {key: w for key, w in wishes.items() if key[0] != "theme" or key[1].rstrip("s") not in genres}
    return Taste(
        tuple(_liked(known)),
        tuple(_disliked(known)),
        tuple(reversed(wishes.values())),
        tuple(_unwanted(known)),
    )


def _liked(known: Knowledge) -> Iterator[Liked]:
    request, profile = known.request, known.profile
    ids = [*request.anchors, *(m.item_id for m in request.mentions if m.sentiment == "like")]
    ids += [p.value for p in (*request.preferences, *profile.preferences) if p.target == "item" and p.weight > 0]
    for item_id in dict.fromkeys(ids):
        item = known.catalog.get(item_id)
        if item is None:
            continue
        for tone, verb in (("like", "liked"), ("asked", "mentioned")):
            source, fact = said_of(item, tone, known)
            if source:
                words = keys_of(f"{fact} {request.message if source == 'request.mentions' else ''}")
                warm = verb == "liked" and any(w.startswith(("lov", "ador")) for w in words)
                yield Liked(item, "loved" if warm else verb, (source, fact))
                break


def _disliked(known: Knowledge) -> Iterator[Liked]:
    request, profile = known.request, known.profile
    ids = [*request.avoided, *(m.item_id for m in request.mentions if m.sentiment == "dislike")]
    ids += [p.value for p in (*request.preferences, *profile.preferences) if p.target == "item" and p.weight < 0]
    for item_id in dict.fromkeys(ids):
        item = known.catalog.get(item_id)
        source, fact = said_of(item, "dislike", known) if item else ("", "")
        if item and source:
            yield Liked(item, "disliked", (source, fact))


def _wishes(known: Knowledge) -> Iterator[Wish]:
    """This turn's words first, then its constraints, then the preferences of request and profile."""
    yield from _spoken(known)
    for constraint in known.request.constraints:
        yield from _conditions(constraint, known)
    for preference in (*known.request.preferences, *known.profile.preferences):
        if preference.weight > 0 and preference.target != "item":
            wish = _wish(preference, known)
            if wish:
                yield wish


def _spoken(known: Knowledge) -> Iterator[Wish]:
    """Genres, themes and tones of the search text that the person said in these very words."""
    tokens = tokens_of(known.request.search_text)
    for match in vocabulary_of(known.catalog).traits_in(tokens, cased=False):
        words = known.request.search_text[match.start : match.end].lower()
        source, fact = asked(match.terms, words, known)
        if not source or source == "request.search_text":
            continue
        if words in _MOODS:
            continue  # the preference that READ made of it says more
        genres = tuple(t.value for t in match.terms if t.kind == "genre")
        keywords = tuple(t.value for t in match.terms if t.kind == "keyword")
        sentence = _sentence(source, known)
        lasting = sentence is not None and sentence.kind == "like" and sentence.scope == "person"
        tone = any(k in _MOODS or is_tone(k) for k in keywords)
        named = words in {genre.casefold() for genre in genres}  # romance is a genre first, romantic a tone
        if keywords and not (tone and named):
            yield Wish("tone" if tone else "theme", keywords[0], (*keywords, *genres), (source, fact), not lasting)
        elif genres:
            yield Wish("genre", genres[0], genres, (source, fact), not lasting)


def _conditions(constraint: Constraint, known: Knowledge) -> Iterator[Wish]:
    kinds = {"genre": "genre", "topic": "theme", "person": "person", "country": "country", "language": "language"}
    kind = kinds.get(constraint.field)
    if kind is None or not constraint.any_of:
        return
    fact = next(
        ((f"profile.{s.id}", s.text) for s in known.profile.active if constraint in s.constraints),
        ("request.constraints", constraint.words or ", ".join(constraint.any_of)),
    )
    yield Wish(kind, constraint.any_of[0], constraint.any_of, fact)


def _wish(preference: Preference, known: Knowledge) -> Wish | None:
    kind = _KINDS[preference.target]
    source, fact = asked((Term(kind, preference.value),), preference.value, known, "like")
    if not source or source == "request.search_text":
        return None
    sentence = _sentence(source, known)
    lasting = sentence is not None and sentence.kind == "like" and sentence.scope == "person"
    named = {"topic": "theme", "mood": "tone"}.get(preference.target, preference.target)
    values = (preference.value, *_MOODS[preference.value].keywords) if preference.value in _MOODS else (preference.value,)
    return Wish(named, preference.value, values, (source, fact), not lasting)


def _unwanted(known: Knowledge) -> Iterator[Wish]:
    for preference in dict.fromkeys((*known.request.preferences, *known.profile.preferences)):
        if preference.weight >= 0 or preference.target not in ("genre", "topic", "mood"):
            continue
        source, fact = asked((Term(_KINDS[preference.target], preference.value),), preference.value, known, "dislike")
        if source:
            kind = {"topic": "theme", "mood": "tone"}.get(preference.target, preference.target)
            yield Wish(kind, preference.value, (preference.value,), (source, fact))


def _sentence(source: str, known: Knowledge) -> Sentence | None:
    return next((s for s in known.profile.active if source == f"profile.{s.id}"), None)
