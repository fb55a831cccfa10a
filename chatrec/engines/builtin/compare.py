"""Two or more items -> how they differ, and which one suits this person, from facts, profile and wish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.affinity import affinity
from chatrec.engines.builtin.english import choose, in_words, listed, the_country
from chatrec.engines.builtin.measures import RANKINGS
from chatrec.engines.builtin.opinions import estimate
from chatrec.engines.builtin.slots import MAKERS
from chatrec.engines.builtin.superlatives import superlative
from chatrec.engines.builtin.taste import taste_of
from chatrec.engines.builtin.themes import is_tone
from chatrec.evidence.praise import youngest
from chatrec.evidence.wordforms import LEVELS
from chatrec.records import Item, Reading

MOST_DIFFERENCES = 4


def compare(items: Sequence[Item], aspect: str, reading: Reading, catalog: Catalog, seed: str) -> Iterator[str]:
    """Two to four differences (the one asked for first), then a recommendation with its reason.

    Where the least or the most of something, or the shortest, newest ... of a list is asked for, that alone.
    """
    asked = list(superlative(items, reading.request.message))
    if asked:
        yield from asked
        return
    if len(items) > 2:
        yield from _ranking(items, aspect)
    else:
        first, second = items[0], items[1]
        found = [text for text in (difference(first, second) for difference in _order(aspect)) if text]
        yield from found[:MOST_DIFFERENCES]
        moods = list(_by_mood(items))
        yield from moods
        if not found and not moods:
            yield f"The catalog holds nothing that tells {first.title} and {second.title} apart."
    yield from _verdict(items, reading, catalog, seed)


def _verdict(items: Sequence[Item], reading: Reading, catalog: Catalog, seed: str) -> Iterator[str]:
    taste = taste_of(reading, catalog)
    known = {liked.item.id: liked.verb for liked in (*taste.liked, *taste.disliked) if liked.verb != "mentioned"}
    judged = [item for item in items if item.id in known]
    fresh = [item for item in items if item.id not in known]
    if judged and len(fresh) == 1:
        yield f"You {known[judged[0].id]} {judged[0].title}, so {fresh[0].title} is the open question."
        yield from estimate(fresh[0], reading, catalog)
        return
    fits = [(affinity(item, taste, reading.request.constraints, catalog), item) for item in items]
    fits.sort(key=lambda pair: -pair[0].score)
    (best, item), (second, _) = fits[0], fits[1]
    if best.score - second.score > 0.3 and best.pros:
        yield f"For you I would take {item.title}: {'; '.join(best.pros[:2])}."
    elif best.score - second.score > 0.3:
        other = fits[-1]
        against = f": of {other[1].title}, {other[0].cons[0]}" if other[0].cons else ""
        yield f"For you I would rather take {item.title}{against}."
    else:
        judged = [i for i in items if i.acclaim is not None]
        if len(judged) > 1 and len({i.acclaim for i in judged}) > 1:
            top = max(judged, key=lambda i: i.acclaim or 0)
            more = f"the {'more' if len(items) == 2 else 'most'} admired of the {in_words(len(items))}"
            yield f"I know too little of your taste to choose for you, so I would begin with {top.title}, {more}."
        else:
            yield choose(
                seed, ("Nothing in your profile tips the scales; take whichever tempts you.", "For you they weigh the same.")
            )


def _by_mood(items: Sequence[Item]) -> Iterator[str]:
    """Which of two to take in which mood, by the tones that only one of them has."""
    first, second = items[0], items[1]
    mine, theirs = _own_tones(first, second), _own_tones(second, first)
    if len(items) == 2 and mine and theirs:
        yield f"Take {first.title} if you want it more {listed(mine)}, {second.title} if you want it more {listed(theirs)}."


def _own_tones(item: Item, other: Item) -> list[str]:
    return [k for k in item.keywords if is_tone(k) and k not in other.keywords][:2]


# --------------------------------------------------------------------------- two items


def _runtime(a: Item, b: Item) -> str:
    if not a.runtime or not b.runtime or abs(a.runtime - b.runtime) < 5:
        return ""
    short, long = sorted((a, b), key=lambda i: i.runtime or 0)
    return f"{short.title} is shorter: {short.runtime} minutes against {long.runtime} for {long.title}."


def _year(a: Item, b: Item) -> str:
    if not a.year or not b.year or a.year == b.year:
        return ""
    old, new = sorted((a, b), key=lambda i: i.year or 0)
    return f"{old.title} is from {old.year}, {new.title} from {new.year}."


def _tone(a: Item, b: Item) -> str:
    both = [k for k in a.keywords if is_tone(k) and k in b.keywords][:3]
    return f"Both are {listed(both)}." if both else ""


def _people(a: Item, b: Item) -> str:
    for role in MAKERS:
        mine, theirs = a.named(role), b.named(role)
        if mine and theirs and set(mine) != set(theirs):
            verb = "wrote" if role in ("author", "writer") else "made"
            return f"{listed(mine[:2])} {verb} {a.title}, {listed(theirs[:2])} {b.title}."
        if mine and theirs:
            return f"Both are by {listed(mine[:2])}."
    return ""


def _country(a: Item, b: Item) -> str:
    if not a.countries or not b.countries or a.countries[0] == b.countries[0]:
        return ""
    return f"{a.title} comes from {_places(a)}, {b.title} from {_places(b)}."


def _places(item: Item) -> str:
    return listed([the_country(c) for c in item.countries[:2]])


def _genre(a: Item, b: Item) -> str:
    mine = [g.lower() for g in a.genres if g not in b.genres]
    theirs = [g.lower() for g in b.genres if g not in a.genres]
    if not mine or not theirs:
        return ""
    return f"By genre, {a.title} is {listed(mine)} where {b.title} is {listed(theirs)}."


def _content(a: Item, b: Item) -> str:
    for kind, name in (("violence", "violence"), ("fear", "fear"), ("sex", "sex")):
        if kind in a.content and kind in b.content and abs(a.content[kind] - b.content[kind]) > 1:
            low, high = sorted((a, b), key=lambda i: i.content[kind])
            words = f"{LEVELS[high.content[kind]]} in {high.title}, {LEVELS[low.content[kind]]} in {low.title}"
            return f"The note on {name}: {words}."
    return ""


def _age(a: Item, b: Item) -> str:
    mine, theirs = youngest(a), youngest(b)
    if mine is None or theirs is None or mine == theirs:
        return ""
    young, old = sorted((a, b), key=lambda i: youngest(i) or 0)
    return f"{young.title} is for younger viewers ({young.certificate}) than {old.title} ({old.certificate})."


def _standing(a: Item, b: Item) -> str:
    if a.acclaim is None or b.acclaim is None or abs(a.acclaim - b.acclaim) < 8:
        return ""
    low, high = sorted((a, b), key=lambda i: i.acclaim or 0)
    return f"{high.title} has the higher standing here, {high.acclaim:g} of 100 against {low.acclaim:g}."


Difference = Callable[[Item, Item], str]
_BY_ASPECT: Mapping[str, Difference] = {
    "runtime": _runtime, "year": _year, "director": _people, "country": _country, "genre": _genre, "content": _content,
    "age": _age, "rating": _standing,
}  # fmt: skip
_USUAL: tuple[Difference, ...] = (_people, _tone, _runtime, _year, _content, _country, _genre, _standing, _age)


def _order(aspect: str) -> list[Difference]:
    asked = _BY_ASPECT.get(aspect)
    return list(dict.fromkeys((*([asked] if asked else []), *_USUAL)))


# --------------------------------------------------------------------------- a whole list


def _ranking(items: Sequence[Item], aspect: str) -> Iterator[str]:
    """The items in order of what was asked: the shortest first, the newest first, the mildest first, the best first."""
    heading, measure, falling = RANKINGS.get(aspect, RANKINGS["runtime"])
    known = measure.ordered(items, falling=falling)
    if not known:
        yield "The catalog does not hold what it would take to compare them."
        return
    yield f"{heading}: {', '.join(map(measure.told, known))}."
    if missing := measure.unknown(items):
        yield missing
