"""An item against a person's taste and conditions -> what speaks for it, what against it, in clauses, and a number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.english import article, listed, several, the_country
from chatrec.engines.builtin.phrasing import describe
from chatrec.engines.builtin.slots import MAKERS
from chatrec.engines.builtin.taste import Liked, Taste, Wish
from chatrec.engines.builtin.themes import genre_noun, is_tone, shared_tag, subject, tag, thing
from chatrec.evidence.praise import youngest
from chatrec.evidence.traits import held
from chatrec.evidence.vocabulary import Term
from chatrec.evidence.wordforms import GENRE_FORMS
from chatrec.records import Constraint, Item

_EVERYDAY = 0.9
"""log10 of one in eight: a theme as common as that is only said where there is no other."""
_WORTH = {"genre": 1.0, "country": 0.5}
"""What granting a wish of a kind counts; 1.5 for the others."""
_ALIKE = 1.5


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that speaks for an item: what the person `said`, how the item meets it (`after` that), and both in one
    (`alone`)."""

    weight: float
    said: str
    after: str
    alone: str


@dataclass(frozen=True, slots=True)
class Affinity:
    """`score` above about 1.5 speaks for an item, below 0 against it; points and clauses say why, the weightiest first."""

    score: float
    points: tuple[Point, ...]
    cons: tuple[str, ...]

    @property
    def pros(self) -> tuple[str, ...]:
        """What speaks for the item, each in a clause that stands alone."""
        return tuple(point.alone for point in self.points)


def affinity(item: Item, taste: Taste, constraints: tuple[Constraint, ...], catalog: Catalog) -> Affinity:
    """How an item fits one person, from facts alone."""
    points = sorted(_for(item, taste, catalog), key=lambda point: -point.weight)
    cons = sorted(_against(item, taste, constraints, catalog), key=lambda pair: -pair[0])
    score = sum(p.weight for p in points) - sum(w for w, _ in cons)
    return Affinity(score, tuple(points), tuple(text for _, text in cons))


def _for(item: Item, taste: Taste, catalog: Catalog) -> Iterator[Point]:
    said: set[str] = set()
    for liked in taste.liked:
        if liked.item.id != item.id:
            yield from _in_common(item, liked, catalog, said)
    granted: set[str] = set()
    for wish in taste.wishes:
        point = _granted(item, wish, catalog.noun)
        if point is not None and point.after not in granted:
            granted.add(point.after)
            yield point


def _in_common(item: Item, liked: Liked, catalog: Catalog, told: set[str]) -> Iterator[Point]:
    other, title = liked.item, liked.item.title
    said = f"you {liked.verb} {title}"
    makers = [n for role in MAKERS for n in item.named(role) if n in other.named(role)]
    if makers:
        names = listed(makers[:2])
        yield Point(3.0, said, f"this one is by {names} as well", f"it is by {names}, who made {title} too")
    actors = [n for n in item.named("cast") if n in other.named("cast")]
    if actors:
        names, verb = listed(actors[:2]), "is" if len(actors) == 1 else "are"
        yield Point(0.8, said, f"{names} {verb} in this one too", f"{names} {verb} in it, as in {title}")
    common = [k for k in item.keywords if k in other.keywords and k not in told]
    told.update(common)
    weight = {k: math.log10(max(len(catalog), 10) / catalog.vocabulary("keywords").get(k, 1)) for k in common}
    tones = [k for k in common if is_tone(k)]
    if tones:
        words = listed(tones[:3])
        yield Point(sum(weight[k] for k in tones) * 0.8, said, f"this one is {words} too", f"it is {words}, like {title}")
    themes = sorted((k for k in common if shared_tag(k)), key=lambda k: -weight[k])
    themes = [k for k in themes if weight[k] > _EVERYDAY] or themes[:1]
    if themes:
        words = listed([tag(k) for k in themes[:3]])
        total = min(2.0, sum(weight[k] for k in themes))
        yield Point(total, said, f"it shares {words} with it", f"it shares {words} with {title}")
    genres = [g for g in item.genres if g in other.genres]
    if genres and not (tones or themes):
        noun = genre_noun(genres[0], catalog.noun)
        kind = f"{article(noun)} {noun}"
        yield Point(0.4, said, f"this is {kind} as well", f"it is {kind}, like {title}")


def _granted(item: Item, wish: Wish, noun: str) -> Point | None:
    verb = "asked for" if wish.asked else "like"
    found = _grant(item, wish, noun)
    if found is None:
        return None
    phrase, after = found
    return Point(_WORTH.get(wish.kind, 1.5), f"you {verb} {phrase}", after, f"you {verb} {phrase}, and {after}")


def _grant(item: Item, wish: Wish, noun: str) -> tuple[str, str] | None:
    """What was wished for as people say it, and how the item meets it; None where it does not or English fails."""
    if wish.kind == "person":
        for role, people in item.people.items():
            names = [n for n in people if n in wish.values]
            if names:
                does = {"director": "directed it", "cast": "is in it", "author": "wrote it"}.get(role, "worked on it")
                return names[0], f"{names[0].rsplit(' ', 1)[-1]} {does}"
        return None
    if wish.kind == "country":
        places = [p for p in item.countries if p in wish.values]
        return (f"something from {the_country(places[0])}", "that is where it comes from") if places else None
    if wish.kind == "language" or not holds_wish(item, wish):
        return None
    if wish.kind == "genre":
        name = genre_noun(wish.words, noun)
        return several(name), "it is one"
    if wish.kind == "tone":
        tones = [k for k in item.keywords if k in wish.values]
        return f"something {wish.words}", f"it is {listed(tones[:2])}" if tones not in ([], [wish.words]) else "it is just that"
    if subject(wish.words):
        return f"something about {subject(wish.words)}", "that is what it is about"
    return (thing(wish.words), "it has that") if thing(wish.words) else None


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
        rarity = {k: math.log10(max(len(catalog), 10) / catalog.vocabulary("keywords").get(k, 1)) for k in common}
        if sum(rarity.values()) > _ALIKE:
            telling = sorted(common, key=lambda k: -rarity[k])[:3]
            shared = listed([k if is_tone(k) else tag(k) or k for k in telling])
            yield 0.4 * len(common), f"it has something of {disliked.item.title}, which you disliked ({shared})"
    missing = [w.words for w in taste.wishes if w.asked and w.kind == "tone" and item.keywords and not holds_wish(item, w)]
    if missing:
        yield 0.7, f"going by what I know of it, it is not {listed(missing[:2], 'or')}"


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
