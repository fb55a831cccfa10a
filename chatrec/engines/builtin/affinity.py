"""An item against a person's taste and conditions -> what speaks for it, what against it, in clauses, and a number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.english import article, listed, several
from chatrec.engines.builtin.phrasing import describe
from chatrec.engines.builtin.slots import MAKERS
from chatrec.engines.builtin.taste import Liked, Taste, Wish
from chatrec.engines.builtin.themes import genre_noun, is_tone, made, subject, tag, thing
from chatrec.evidence.praise import youngest
from chatrec.evidence.traits import held
from chatrec.evidence.vocabulary import Term
from chatrec.evidence.wordforms import GENRE_FORMS
from chatrec.records import Constraint, Item


@dataclass(frozen=True, slots=True)
class Affinity:
    """`score` above about 1.5 speaks for an item, below 0 against it; the clauses say why, the weightiest first."""

    score: float
    pros: tuple[str, ...]
    cons: tuple[str, ...]


def affinity(item: Item, taste: Taste, constraints: tuple[Constraint, ...], catalog: Catalog) -> Affinity:
    """How an item fits one person, from facts alone."""
    pros = [*_for(item, taste, catalog)]
    cons = [*_against(item, taste, constraints, catalog)]
    pros.sort(key=lambda pair: -pair[0])
    cons.sort(key=lambda pair: -pair[0])
    score = sum(w for w, _ in pros) - sum(w for w, _ in cons)
    return Affinity(score, tuple(text for _, text in pros), tuple(text for _, text in cons))


def _for(item: Item, taste: Taste, catalog: Catalog) -> Iterator[tuple[float, str]]:
    said: set[str] = set()
    for liked in taste.liked:
        if liked.item.id != item.id:
            yield from _in_common(item, liked, catalog, said)
    for wish in taste.wishes:
        text = _granted(item, wish, catalog.noun)
        if text:
            yield 1.5, text


def _in_common(item: Item, liked: Liked, catalog: Catalog, said: set[str]) -> Iterator[tuple[float, str]]:
    other, title = liked.item, liked.item.title
    makers = [n for role in MAKERS for n in item.named(role) if n in other.named(role)]
    if makers:
        yield 2.0, f"it is by {listed(makers[:2])}, who made {title} too"
    actors = [n for n in item.named("cast") if n in other.named("cast")]
    if actors:
        yield 0.8, f"{listed(actors[:2])} {'is' if len(actors) == 1 else 'are'} in it, as in {title}"
    common = [k for k in item.keywords if k in other.keywords and k not in said]
    said.update(common)
    weight = {k: math.log10(max(len(catalog), 10) / catalog.vocabulary("keywords").get(k, 1)) for k in common}
    tones = [k for k in common if is_tone(k)]
    if tones:
        yield sum(weight[k] for k in tones) * 0.8, f"it is {listed(tones[:3])}, like {title}"
    themes = [k for k in common if not is_tone(k) and not made(k)]
    if themes:
        yield sum(weight[k] for k in themes), f"it shares {listed([tag(k) for k in themes[:3]])} with {title}"
    genres = [g for g in item.genres if g in other.genres]
    if genres and not (tones or themes):
        noun = genre_noun(genres[0], catalog.noun)
        yield 0.4, f"it is {article(noun)} {noun}, like {title}"


def _granted(item: Item, wish: Wish, noun: str) -> str:
    verb = "asked for" if wish.asked else "like"
    if wish.kind == "person":
        names = [n for people in item.people.values() for n in people if n in wish.values]
        return f"you {verb} {names[0]}, who worked on it" if names else ""
    if wish.kind in ("country", "language"):
        places = [p for p in (*item.countries, *item.languages) if p in wish.values]
        return f"you {verb} {places[0]}, and that is where it is from" if places and wish.kind == "country" else ""
    if not holds_wish(item, wish):
        return ""
    if wish.kind == "genre":
        return f"you {verb} {several(genre_noun(wish.words, noun))}, and it is one"
    if wish.kind == "tone":
        return f"you {verb} something {wish.words}, and it is that"
    if subject(wish.words):
        return f"you {verb} {subject(wish.words)}, and it is about that"
    return f"you {verb} {thing(wish.words)}, and it has that" if thing(wish.words) else ""


def holds_wish(item: Item, wish: Wish) -> bool:
    """Whether the item's genres or keywords hold what was wished for."""
    kind = "genre" if wish.kind == "genre" else "keyword"
    facts = (held(Term(kind, value), item) for value in wish.values)
    spoken = any(wish.words in GENRE_FORMS.get(g.lower(), ()) for g in item.genres)
    return spoken or any(fact is not None and fact[0] in ("item.keywords", "item.genres") for fact in facts)


def _against(item: Item, taste: Taste, constraints: tuple[Constraint, ...], catalog: Catalog) -> Iterator[tuple[float, str]]:
    for constraint in constraints:
        value = broken(constraint, item)
        if value:
            yield 1.2, f"it goes against “{describe(constraint)}”: {value}"
    for wish in taste.unwanted:
        if holds_wish(item, wish):
            noun = several(genre_noun(wish.words, catalog.noun)) if wish.kind == "genre" else thing(wish.words) or wish.words
            yield (
                2.0,
                f"you would rather not have {noun}, and this is one of those"
                if wish.kind == "genre"
                else (f"you would rather not have {'things ' if is_tone(wish.words) else ''}{noun}, and it is like that"),
            )
    for disliked in taste.disliked:
        common = [k for k in item.keywords if k in disliked.item.keywords]
        if len(common) > 1:
            shared = listed([k if is_tone(k) else tag(k) or k for k in common[:3]])
            yield 0.4 * len(common), f"it has things in common with {disliked.item.title}, which you disliked: {shared}"
    missing = [w.words for w in taste.wishes if w.asked and w.kind == "tone" and item.keywords and not holds_wish(item, w)]
    if missing:
        yield 0.7, f"nothing in its facts calls it {listed(missing[:2], 'or')}"


def broken(constraint: Constraint, item: Item) -> str:
    """The item's own value where it breaks a condition (`it runs 139 minutes`); empty where it keeps it or nothing is known."""
    field = constraint.field
    numbers = {"year": item.year, "runtime": item.runtime, "popularity": item.popularity, "acclaim": item.acclaim}
    if field in numbers or field.startswith("content."):
        number = numbers.get(field) if field in numbers else item.content.get(field.partition(".")[2])
        if number is None or _inside(number, constraint):
            return ""
        words = {"year": f"it is from {number}", "runtime": f"it runs {number} minutes"}
        return words.get(field, f"{field.rpartition('.')[2]} {number:g}")
    if field == "audience":
        age = youngest(item)
        fits = age is None or constraint.at_most is None or age <= constraint.at_most
        return "" if fits else f"it is certified {item.certificate}"
    values = {"genre": item.genres, "language": item.languages, "country": item.countries}.get(field)
    if not values:
        return ""
    wrong = [v for v in values if v in constraint.none_of]
    if wrong or (constraint.any_of and not set(constraint.any_of) & set(values)):
        return f"it is listed under {listed(wrong or list(values[:3]))}"
    return ""


def _inside(number: float, constraint: Constraint) -> bool:
    low, high = constraint.at_least, constraint.at_most
    return (low is None or number >= low) and (high is None or number <= high)
