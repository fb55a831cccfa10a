"""A person's past and what is known of them -> the profile in natural language, each sentence with its counts and meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatrec.catalog.table import Catalog
from chatrec.history.actions import Past, Scale
from chatrec.records import Item, Preference, Sentence, SentenceKind, Target

MOST_SEEN = 5_000
MOST_HISTORY = 400
"""Deeds a profile carries for retrieval and prediction: the newest."""

_CARED = 0.1  # of -1 to 1: from here on an item counts as liked (below minus this: as not)
_TYPICAL = 1.6  # standard deviations above what the catalog's own mix would give by chance
_ENOUGH = {"genre": 3, "person": 3, "topic": 4}
_MOST = {"genre": 3, "person": 3, "topic": 2}
_FAVOURITES, _LOW = 5, 3
_RECENT = 0.5  # how far a deed's place in time, 0 the oldest and 1 the newest, counts beside its weight
_GENEROUS = 0.25  # points of a five-point scale
_KNOWN_FACTS = (("age", "Age: {}"), ("gender", "Gender: {}"), ("occupation", "Occupation: {}"), ("country", "Country: {}"))
_GENDERS = {"m": "male", "f": "female"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in the making."""

    text: str
    kind: SentenceKind
    preferences: tuple[Preference, ...] = ()


def portrait(
    past: Past, catalog: Catalog, *, scale: Scale | None = None, person: Mapping[str, Any] | None = None, prefix: str = "past"
) -> tuple[Sentence, ...]:
    """The profile Chat-REC writes (Gao et al. 2023, arXiv:2303.14524), from facts alone: who, what they like against the
    catalog's own mix, favourites, what they rate low, how generously they rate; last what they know already.

    `scale` is that of the ratings (None: nobody rated), `person` holds what is known of them: it is told, never acted on.
    Sentence ids are `prefix:1`, `prefix:2` ...; the last carries the past itself. Items the catalog does not hold are left out.
    """
    held = {item.id: item for item in catalog if item.id in past.weights or item.id in past.seen}
    judged = [(held[i], weight) for i, weight in past.weights.items() if i in held]
    lines = [
        *_person(person or {}),
        *_labels(judged, catalog, "genre", lambda item: item.genres),
        *_refused(judged, catalog),
        *_eras(judged, catalog),
        *_people(judged, catalog),
        *_labels(judged, catalog, "topic", lambda item: item.keywords),
        *_named(judged),
        *_generosity(past, scale, catalog),
    ]
    sentences = [
        Sentence(f"{prefix}:{n}", line.text, line.kind, "import", preferences=line.preferences)
        for n, line in enumerate(lines, 1)
    ]
    return (*sentences, *_known(past, held, catalog, f"{prefix}:{len(lines) + 1}"))


def _known(past: Past, held: Mapping[str, Item], catalog: Catalog, sentence_id: str) -> Iterator[Sentence]:
    """What is known already, with the deeds themselves: switched off, none of them counts any more."""
    weights = {i: w for i, w in past.weights.items() if i in held and w}
    seen = tuple(i for i in past.seen if i in held)[-MOST_SEEN:]
    if not (weights or seen):
        return
    kept = list(weights)[-MOST_HISTORY:]
    count = len(seen)
    known = f"You know {count:,} {catalog.noun if count == 1 else catalog.plural} of this catalog already"
    text = f"{known}; I will not suggest {'it' if count == 1 else 'them'}." if count else "What you did before counts."
    yield Sentence(
        sentence_id,
        text,
        "fact",
        "import",
        seen=seen,
        history={i: weights[i] for i in kept},
        ratings={i: round(past.ratings[i], 4) for i in kept if i in past.ratings},
    )


# --------------------------------------------------------------------------- who they are


def _person(person: Mapping[str, Any]) -> Iterator[Line]:
    """What a data set tells of a person, as it tells it; nothing is concluded from it."""
    told = []
    for name, form in _KNOWN_FACTS:
        value = " ".join(str(person.get(name, "") or "").split())[:60]
        if value:
            told.append(form.format(_GENDERS.get(value.lower(), value) if name == "gender" else value))
    if told:
        yield Line(f"{'; '.join(told)}.", "fact")


# --------------------------------------------------------------------------- what they like


Judged = Sequence[tuple[Item, float]]


def _labels(judged: Judged, catalog: Catalog, target: Target, labels: Callable[[Item], Iterable[str]]) -> Iterator[Line]:
    """Genres or topics found among the liked far more often than in the catalog, the most telling first."""
    liked = [item for item, weight in judged if weight > _CARED]
    base = catalog.vocabulary("genres" if target == "genre" else "keywords")
    found = []
    for label, count in _counted(liked, labels).items():
        share = base.get(label, 0) / len(catalog)
        expected = len(liked) * share
        deviation = max((expected * (1.0 - share)) ** 0.5, 0.5)
        if count >= _ENOUGH[target] and (count - expected) / deviation >= _TYPICAL:
            found.append(((count - expected) / deviation, label, count, share))
    for strength, label, count, share in sorted(found, reverse=True)[: _MOST[target]]:
        often = f"{count} of the {len(liked)} {catalog.plural} you liked, against {_percent(share)} of the catalog"
        weight = round(min(0.3 + 0.05 * strength, 0.6), 2)
        yield Line(f"You often like {label}: {often}.", "like", (Preference(target, label, weight),))


def _refused(judged: Judged, catalog: Catalog) -> Iterator[Line]:
    """The genres of which they disliked most of what they know."""
    known: dict[str, list[float]] = defaultdict(list)
    for item, weight in judged:
        for genre in item.genres:
            known[genre].append(weight)
    usual = sum(weight < -_CARED for _, weight in judged) / max(len(judged), 1)
    found = []
    for genre, weights in known.items():
        low = sum(weight < -_CARED for weight in weights)
        if len(weights) >= 5 and low / len(weights) >= max(0.6, usual + 0.2):
            found.append((low / len(weights), len(weights), genre, low))
    for _, total, genre, low in sorted(found, reverse=True)[:2]:
        text = f"You seldom like {genre}: {low} of the {total} you know were below your average."
        yield Line(text, "dislike", (Preference("genre", genre, -0.3),))


def _eras(judged: Judged, catalog: Catalog) -> Iterator[Line]:
    """The decade they keep coming back to, where there is one."""
    liked = [item.year // 10 * 10 for item, weight in judged if weight > _CARED and item.year]
    years = [item.year // 10 * 10 for item in catalog if item.year]
    found = []
    for decade in set(liked):
        count, share = liked.count(decade), years.count(decade) / len(years)
        if count >= 5 and count >= 1.5 * share * len(liked) and share < 1:
            found.append((count - share * len(liked), decade, count, share))
    for _, decade, count, share in sorted(found, reverse=True)[:1]:
        often = f"{count} of the {len(liked)} you liked, against {_percent(share)} of the catalog"
        yield Line(f"You often like {catalog.plural} from the {decade}s: {often}.", "like")


def _people(judged: Judged, catalog: Catalog) -> Iterator[Line]:
    """The makers and actors of several items they liked, and of hardly any they did not."""
    weights: dict[tuple[str, str], list[float]] = defaultdict(list)
    for item, weight in judged:
        for role, names in item.people.items():
            for name in names:
                weights[name, role].append(weight)
    found = []
    for (name, role), values in weights.items():
        liked = sum(value > _CARED for value in values)
        if liked >= _ENOUGH["person"] and liked >= 0.7 * len(values):
            found.append((sum(values), name, role, liked, len(values)))
    told: set[str] = set()
    for _, name, role, liked, total in sorted(found, reverse=True):
        if name not in told and len(told) < _MOST["person"]:
            told.add(name)
            which = f"{liked} of {total} {catalog.plural} you know with this name under {role}"
            yield Line(f"You like {name}: {which}.", "like", (Preference("person", name, 0.5),))


def _named(judged: Judged) -> Iterator[Line]:
    """The favourites, the newer the more telling, and what they liked least."""
    steps = max(len(judged) - 1, 1)
    recent = [(weight * (1.0 - _RECENT + _RECENT * n / steps), item, weight) for n, (item, weight) in enumerate(judged)]
    best = sorted((one for one in recent if one[2] > 0.4), key=lambda one: -one[0])[:_FAVOURITES]
    worst = sorted((one for one in recent if one[2] < -0.4), key=lambda one: one[0])[:_LOW]
    if best:
        favourites = tuple(Preference("item", item.id, round(weight, 2)) for _, item, weight in best)
        yield Line(f"You liked {_listed(item.title for _, item, _ in best)}.", "like", favourites)
    if worst:
        low = tuple(Preference("item", item.id, round(weight, 2)) for _, item, weight in worst)
        yield Line(f"You disliked {_listed(item.title for _, item, _ in worst)}.", "dislike", low)


def _generosity(past: Past, scale: Scale | None, catalog: Catalog) -> Iterator[Line]:
    """How they rate, beside everybody else."""
    if scale is None or len(past.ratings) < 5:
        return
    mean = scale.rating(sum(past.ratings.values()) / len(past.ratings))
    apart = (mean - scale.mean) / scale.span * 4.0
    how = (
        "more generously than most" if apart > _GENEROUS else "more strictly than most" if apart < -_GENEROUS else "as most do"
    )
    yield Line(
        f"You rated {len(past.ratings):,} {catalog.plural}, {how}: {mean:.1f} of {scale.greatest:g} on average, "
        f"where the average of everybody is {scale.mean:.1f}.",
        "fact",
    )


def _counted(items: Iterable[Item], labels: Callable[[Item], Iterable[str]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for item in items:
        for label in set(labels(item)):
            counts[label] += 1
    return counts


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 else "less than 1 %"


def _listed(titles: Iterable[str]) -> str:
    names = list(titles)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
