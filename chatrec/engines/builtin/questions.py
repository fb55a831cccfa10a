"""A question about one item -> sentences from its facts; what the catalog does not hold is said to be unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.english import article, choose, duration, in_words, listed, the_country
from chatrec.engines.builtin.mood_words import MOODS
from chatrec.engines.builtin.slots import MAKERS
from chatrec.engines.builtin.themes import is_tone
from chatrec.evidence.numbers import number
from chatrec.evidence.praise import youngest
from chatrec.evidence.tokens import holds, keys_of, tokens_of
from chatrec.evidence.vocabulary import vocabulary_of
from chatrec.evidence.wordforms import CONTENT_FORMS, LEVELS
from chatrec.records import Item

_WHERE = re.compile(
    r"\b(?:stream\w*|netflix|rent|buy|available|showing|cinemas?|dvd|blu-?ray|(?:where|how) (?:can|do|could) "
    r"(?:i|we) "
    r"(?:watch|see|get|find|read))\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\b(?:end(?:s|ing)?|spoil\w*|who (?:dies|did it)|the twist)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|details?|everything|info\w*)\b", re.IGNORECASE)
_AWARDS = re.compile(r"\b(?:awards?|oscars?|prizes?|won|nominat\w+|palme|bafta)\b", re.IGNORECASE)
_SUBTITLES = re.compile(r"\b(?:subtitle\w*|dubbed|dub)\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?P<n>\d{1,2}|[a-z]+)[- ]?(?:year|yr)s?[- ]?olds?\b|\baged? (?P<m>\d{1,2})\b", re.IGNORECASE)
_CHILDREN = re.compile(r"\b(?:kids?|child(?:ren)?|family|son|daughter|toddler|little ones?)\b", re.IGNORECASE)
_KINDS = {"violence": "violence", "fear": "fear", "sex": "sex", "language": "swearing", "drugs": "drugs"}
_NOTED = {**_KINDS, "fear": "scares"}
_ROLE_VERBS = {"director": "directed", "author": "wrote", "writer": "wrote", "creator": "created", "composer": "composed"}


def answer_question(item: Item, aspect: str, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    """Sentences that answer what was asked of an item, in order."""
    if _WHERE.search(message):
        yield (
            f"I don't know where {item.title} can be watched or bought: this catalog holds facts about {catalog.plural}, "
            f"not who offers them."
        )
        return
    yield from _ANSWERS.get(aspect, _other)(item, message, catalog, seed)


def unknown(item: Item, what: str) -> str:
    """Says that the catalog does not hold a fact."""
    return f"The catalog does not say {what} {item.title}."


# --------------------------------------------------------------------------- people


def _director(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    role = next((r for r in MAKERS if item.named(r)), "")
    if not role:
        yield unknown(item, "who made")
        return
    names, verb = listed(item.named(role)), _ROLE_VERBS.get(role, "made")
    yield choose(seed, (f"{names} {verb} {item.label}.", f"{item.title} was {_past(verb)} by {names}."))
    others = [o for o in catalog if o.id != item.id and set(o.named(role)) & set(item.named(role))]
    if others:
        best = sorted(others, key=lambda o: -(o.acclaim or 0))[:3]
        same = "person" if len(item.named(role)) == 1 else "people"
        yield f"Also here by the same {same}: {listed([o.label for o in best])}."


def _past(verb: str) -> str:
    return "written" if verb == "wrote" else verb


def _cast(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    tokens = tokens_of(message)
    asked = [t.value for m in vocabulary_of(catalog).names.along(tokens) for t in m.terms if t.kind == "person"]
    for name in dict.fromkeys(asked):
        roles = [role for role, names in item.people.items() if name in names]
        if roles:
            yield f"Yes, {name} is listed for {item.title} ({listed(roles)})."
        else:
            yield f"The catalog does not list {name} for {item.title}; it names the leading people only."
    names = item.named("cast")
    if not names:
        if not asked:
            yield unknown(item, "who is in")
        return
    if "Animation" in item.genres:
        yield f"The leading voices in {item.title}: {listed(names)}."
    else:
        leads = (f"In the leads of {item.title}: {listed(names)}.", f"{listed(names)} play the leading parts in {item.title}.")
        yield choose(seed, leads)


# --------------------------------------------------------------------------- plain facts


def _year(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    yield f"{item.title} came out in {item.year}." if item.year else unknown(item, "the year of")


def _runtime(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    if not item.runtime:
        yield unknown(item, "the length of")
        return
    rounded = duration(item.runtime)
    more = "" if rounded.endswith("minutes") else f", {rounded}"
    yield f"{item.title} runs {item.runtime} minutes{more}."


def _plot(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    if not item.description:
        yield unknown(item, "what happens in")
    else:
        yield f"{item.label}: {item.description}"
    if _ENDING.search(message):
        yield "How it ends I leave to you: the catalog does not give endings away."
    if _MORE.search(message) or not item.description:
        yield from _summary(item, catalog)


def _summary(item: Item, catalog: Catalog) -> Iterator[str]:
    role = next((r for r in MAKERS if item.named(r)), "")
    facts = []
    if item.genres:
        facts.append(listed([g.lower() for g in item.genres]))
    if item.countries:
        facts.append(f"from {listed([the_country(c) for c in item.countries[:2]])}")
    if item.runtime:
        facts.append(f"{item.runtime} minutes")
    if facts:
        yield f"In short: {', '.join(facts)}."
    if role:
        with_cast = f", with {listed(item.named('cast')[:4])}" if item.named("cast") else ""
        yield f"{listed(item.named(role))} {_ROLE_VERBS.get(role, 'made')} it{with_cast}."


def _genre(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    if not item.genres:
        yield unknown(item, "the genre of")
        return
    matches = vocabulary_of(catalog).traits_in(tokens_of(message), cased=False)
    asked = [t.value for m in matches for t in m.terms if t.kind == "genre"]
    for genre in asked[:1]:
        yield "Yes." if genre in item.genres else f"No, {genre.lower()} is not among its genres."
    yield f"{item.title} is filed under {listed([g.lower() for g in item.genres])}."
    tones = [k for k in item.keywords if is_tone(k)]
    if tones:
        yield f"Its tone: {listed(tones)}."


def _country(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    yield (
        f"{item.title} comes from {listed([the_country(c) for c in item.countries])}."
        if item.countries
        else unknown(item, "where they made")
    )


def _language(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    if not item.languages:
        yield unknown(item, "the language of")
    else:
        yield f"The language of {item.title} is {listed(item.languages)}."
    if _SUBTITLES.search(message):
        yield "Which subtitles or dubbed versions exist, the catalog does not say."


def _rating(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    if _AWARDS.search(message):
        yield f"The catalog holds no awards, so I cannot tell what {item.title} has won."
    if item.acclaim is None and item.popularity is None:
        yield unknown(item, "how people judge")
        return
    if item.acclaim is not None:
        yield f"{item.title} is {_standing(item.acclaim)}: I put its standing at {item.acclaim:g} of 100."
    if item.popularity is not None:
        yield f"It is {_fame(item.popularity)} ({item.popularity:g} of 100)."
    yield "That is this catalog's own judgement, not critics' or viewers' scores."


def _standing(acclaim: float) -> str:
    steps = (
        (93, "among the most admired"),
        (80, "widely admired"),
        (65, "well liked"),
        (45, "something people disagree about"),
    )
    return next((words for least, words in steps if acclaim >= least), "not well liked")


def _fame(popularity: float) -> str:
    steps = ((90, "known to nearly everyone"), (70, "widely known"), (45, "known to those who care for such things"))
    return next((words for least, words in steps if popularity >= least), "little known")


# --------------------------------------------------------------------------- for whom


def _age(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    youngest_age = youngest(item)
    viewer = _viewer(message)
    if youngest_age is None:
        yield f"The catalog gives {item.title} no age level{f' I can read ({item.certificate})' if item.certificate else ''}."
    elif viewer is None:
        yield f"{item.title} is marked {item.certificate}: {_from_age(youngest_age)}."
    elif viewer >= youngest_age:
        yield f"By its age level ({item.certificate}), yes: {item.title} is suitable for {_old(viewer)}."
    else:
        meant = _from_age(youngest_age)
        yield f"By its age level ({item.certificate}), no: {item.title} is meant for {meant}, not for {_old(viewer)}."
    if item.content:
        yield _notes(item)


def _viewer(message: str) -> int | None:
    found = _AGE.search(message)
    if found:
        years = number((found.group("n") or found.group("m")).lower())
        return int(years) or None
    return 8 if _CHILDREN.search(message) else None


def _old(age: int) -> str:
    return f"{article(in_words(age))} {in_words(age)}-year-old"


def _from_age(age: int) -> str:
    return "all ages" if age == 0 else f"viewers from {age} on"


def _notes(item: Item) -> str:
    found = [f"{LEVELS[level]} {_NOTED.get(kind, kind)}" for kind, level in item.content.items() if level]
    none = [_NOTED.get(kind, kind) for kind, level in item.content.items() if not level]
    parts = [
        f"expect {listed(found)}" if found else "",
        f"{'but ' if found else 'it has '}no {listed(none, 'or')}" if none else "",
    ]
    return f"As for content, {', '.join(filter(None, parts))}."


def _content(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    words = set(keys_of(message))
    asked = [
        kind for kind, forms in CONTENT_FORMS.items() if words & {k for form in forms for k in keys_of(form) if len(k) > 3}
    ]
    asked += [kind for kind, extra in _ALSO.items() if words & set(keys_of(extra)) and kind not in asked]
    if re.search(r"\b(?:dog|animals?|cat)\b.*\bdie", message, re.IGNORECASE):
        yield f"Whether an animal dies in {item.title}, the catalog does not say."
        return
    known = [kind for kind in asked if kind in item.content]
    for kind in known:
        yield _level(item, kind)
    tones = [k for k in item.keywords if is_tone(k)]
    moods = [m for m in MOODS if not known and any(holds(keys_of(message), keys_of(w)) for w in m.words)]
    for mood in moods[:1]:
        found = [k for k in tones if k == mood.name or k in mood.keywords]
        yield f"Yes, it is {listed(found)}." if found else f"Nothing in its facts calls {item.title} {mood.name}."
    if tones and (known or moods):
        yield f"Its tone: {listed(tones)}."
    elif not known and not moods:
        yield _notes(item) if item.content else unknown(item, "anything of the kind about")


_ALSO = {
    "fear": "creepy intense jump disturbing",
    "violence": "graphic gory",
    "sex": "nude explicit",
    "language": "swear cursing",
}


def _level(item: Item, kind: str) -> str:
    level, name = item.content[kind], _KINDS.get(kind, kind)
    words = {
        0: f"No: the notes on {item.title} say {name} none.",
        1: f"Only a little: {name} is mild in {item.title}.",
        2: f"To a degree: {name} is marked in {item.title}.",
        3: f"Yes: {name} is strong in {item.title}.",
    }
    return words[level]


def _series(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    if not item.series:
        yield f"The catalog lists {item.title} in no series, so as far as it knows it stands alone."
        return
    place = f"number {item.position} of" if item.position else "part of"
    yield f"{item.title} is {place} the series {item.series}."
    others = sorted(
        (o for o in catalog if o.series == item.series and o.id != item.id), key=lambda o: (o.position or 99, o.year or 0)
    )
    if others:
        yield f"Also in this catalog: {listed([o.label for o in others[:6]])}."
    else:
        yield "The others are not in this catalog."


def _other(item: Item, message: str, catalog: Catalog, seed: str) -> Iterator[str]:
    yield f"That the catalog does not tell me about {item.title}."
    if item.description:
        yield f"What it says: {item.description}"
    yield from _summary(item, catalog)


_ANSWERS: Mapping[str, Callable[[Item, str, Catalog, str], Iterator[str]]] = {
    "director": _director,
    "cast": _cast,
    "year": _year,
    "runtime": _runtime,
    "plot": _plot,
    "genre": _genre,
    "country": _country,
    "language": _language,
    "rating": _rating,
    "age": _age,
    "content": _content,
    "series": _series,
}
