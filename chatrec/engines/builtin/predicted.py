"""An item and a person -> the rating they would give it, in words: a number, what speaks for and against it, how sure it is.

Where ratings of many people are known, a forecaster gives the number; without one it comes from the catalog's facts and what
the person said, and is called a guess.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.affinity import Affinity, affinity
from chatrec.engines.builtin.english import in_words, listed
from chatrec.engines.builtin.opinions import estimate
from chatrec.engines.builtin.taste import taste_of
from chatrec.history.ratings import Forecast, LabelPull, Neighbour
from chatrec.records import Item, Profile, Reading

_MOST_REASONS = 3
_TELLING = {"neighbours": 0.02, "joint": 0.01}  # of the scale: the least pull worth a word; the joint model spreads it wider
_TELLING_LABEL = 0.015
_LIKELY, _UNLIKELY = 0.05, -0.05  # of the scale, from the person's own mean
_HIGH, _MIDDLING, _LOW = 0.8, 0.6, 0.35  # of the scale, whatever the person's own mean
_USUAL_STANDING = 60.0
_MODELS = {"joint": "from how everybody's ratings go together", "neighbours": "from the {plural} nearest to it"}


class Forecaster(Protocol):
    """Predicts ratings: `chatrec.history.rating_forecasts.Forecasts` is one."""

    def forecast(self, item_id: str, profile: Profile) -> Forecast | None:
        """What the person of a profile would give an item of the catalog; None where no ratings are known."""
        ...


@dataclass(frozen=True, slots=True)
class Prediction:
    """`stars` from 0.5 to 5; `rating` says it on the catalog's own scale, `sure` how far to trust it, `others` what everybody
    gave. `leaning` is how far the rating lies above the person's own mean; `pros` and `cons` are clauses, best first."""

    item: Item
    stars: float
    rating: str
    sure: str
    leaning: float
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    others: str = ""


def predict(item: Item, reading: Reading, catalog: Catalog, forecaster: Forecaster | None = None) -> Prediction | None:
    """What the person would give an item; None where too little is known of them to say more than of anybody.

    Evidence from ratings comes first, then what the item's facts share with what the person said.
    """
    fit = affinity(item, taste_of(reading, catalog), reading.request.constraints, catalog)
    found = forecaster.forecast(item.id, reading.profile) if forecaster is not None else None
    if found is not None and found.known and (found.raters or found.neighbours or found.labels):
        return _from_ratings(item, found, fit, catalog)
    return _from_facts(item, fit) if fit.pros or fit.cons else None


def predicted(item: Item, reading: Reading, catalog: Catalog, forecaster: Forecaster | None = None) -> Iterator[str]:
    """The answer to "would I like X?" in sentences."""
    own = _own_rating(item, reading, forecaster)
    if own:
        yield own
        return
    known = list(estimate(item, reading, catalog))
    judged = known[0].startswith("You told me already")
    prediction = None if judged else predict(item, reading, catalog, forecaster)
    if prediction is None or not prediction.others:
        yield known[0]
        if prediction is not None:
            yield f"In stars I would say {prediction.rating}, {prediction.sure}."
        yield from known[1:]
        others = "" if judged or prediction is not None else _of_others(item, reading, forecaster)
        if others:
            yield others
        return
    yield f"{_verdict(prediction)}: about {prediction.rating} from you, {prediction.sure}."
    yield prediction.others
    for heading, clauses in (("What speaks for it", prediction.pros), ("What speaks against it", prediction.cons)):
        if clauses:
            yield f"{heading}: {'; '.join(clauses[:_MOST_REASONS])}."


def choice(items: Sequence[Item], reading: Reading, catalog: Catalog, forecaster: Forecaster | None = None) -> Iterator[str]:
    """Which of some items to take and why, then the others in order, what is known already last; nothing where no taste tells
    them apart."""
    found = [predict(item, reading, catalog, forecaster) for item in items]
    if not any(found):
        return
    nothing = Affinity(0.0, (), ())
    whole = [prediction or _from_facts(item, nothing) for item, prediction in zip(items, found, strict=True)]
    known = {*reading.profile.seen, *reading.profile.ratings}
    ranked = sorted(whole, key=lambda p: (p.item.id in known, -p.leaning))
    if len({p.leaning for p in ranked}) == 1:
        return
    best, rest = ranked[0], ranked[1:]
    seen = [p.item.title for p in ranked if p.item.id in known]
    yield f"Of the {in_words(len(items))} I would take {best.item.title} for you: about {best.rating}, {best.sure}."
    if best.pros:
        yield f"What speaks for it: {'; '.join(best.pros[:_MOST_REASONS])}."
    if best.cons:
        yield f"What speaks against it: {best.cons[0]}."
    others = [f"{p.item.title} ({p.rating}{f': {p.cons[0]}' if p.cons else ''})" for p in rest]
    yield f"After it: {'; '.join(others)}."
    if seen:
        yield f"You know {listed(seen)} already."


# --------------------------------------------------------------------------- from ratings


def _own_rating(item: Item, reading: Reading, forecaster: Forecaster | None) -> str:
    """Says that the person has rated the item themselves; empty where they have not."""
    share = reading.profile.ratings.get(item.id)
    if share is None:
        return ""
    found = forecaster.forecast(item.id, reading.profile) if forecaster is not None else None
    if found is None:
        return f"You rated {item.title} yourself: {0.5 + 4.5 * share:.1f} of 5 stars."
    return f"You rated {item.title} yourself: {_points(found.scale.rating(share))} of {found.scale.greatest:g}."


def _of_others(item: Item, reading: Reading, forecaster: Forecaster | None) -> str:
    """What everybody else gave an item; empty where nobody rated it."""
    found = forecaster.forecast(item.id, reading.profile) if forecaster is not None else None
    if found is None or found.others is None:
        return ""
    return f"{_people(found.raters)} rated it and gave {found.others:.1f} of {found.scale.greatest:g} on average."


def _people(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"


def _from_ratings(item: Item, found: Forecast, fit: Affinity, catalog: Catalog) -> Prediction:
    span, greatest = found.scale.span, found.scale.greatest
    neighbours = [n for n in found.neighbours if abs(n.pull) >= _TELLING[found.model] * span and n.item_id in catalog]
    labels = [label for label in found.labels if abs(label.pull) >= _TELLING_LABEL * span and label.count >= 2]
    pros = [_by_neighbour(n, catalog, greatest) for n in neighbours if n.pull > 0][:2]
    pros += [_by_label(label, catalog) for label in labels if label.pull > 0][:2]
    cons = [_by_neighbour(n, catalog, greatest) for n in neighbours if n.pull < 0][:1]
    cons += [_by_label(label, catalog) for label in labels if label.pull < 0][:2]
    others = (
        f"The {_people(found.raters)} who rated it gave {found.others:.1f} on average"
        if found.others is not None
        else "Nobody has rated it yet: this rests on what it shares with what you know"
    )
    own = f"; your own average is {found.usual:.1f}" if found.usual is not None else ""
    return Prediction(
        item,
        found.stars,
        f"{found.rating:.1f} of {greatest:g}",
        f"{found.sureness} ({_MODELS[found.model].format(plural=catalog.plural)}; such estimates are off by "
        f"{found.error * span:.1f} on average)",
        (found.rating - (found.scale.mean if found.usual is None else found.usual)) / span,
        tuple(dict.fromkeys((*pros, *fit.pros))),
        tuple(dict.fromkeys((*cons, *fit.cons))),
        f"{others}{own}.",
    )


def _verdict(prediction: Prediction) -> str:
    share, title = (prediction.stars - 0.5) / 4.5, prediction.item.title
    if share >= _HIGH or (prediction.leaning >= _LIKELY and share >= _LOW):
        return f"I think you would like {title}"
    doubted = share < _LOW or (prediction.leaning <= _UNLIKELY and share < _MIDDLING)
    return f"{'I doubt that you would like' if doubted else 'You might like'} {title}"


def _by_neighbour(found: Neighbour, catalog: Catalog, greatest: float) -> str:
    title = catalog[found.item_id].title
    said = f"you {'liked' if found.pull > 0 else 'did not like'} {title}"
    if found.rating is not None:
        said = f"you gave {title} {_points(found.rating)} of {greatest:g}"
    return f"{said} ({found.pull:+.2f}), and the {found.shared:,} people who rated both tend to feel alike about them"


def _by_label(found: LabelPull, catalog: Catalog) -> str:
    more = "more" if found.pull > 0 else "less"
    things = catalog.noun if found.count == 1 else catalog.plural
    if found.kind == "person":
        return f"you liked the {found.count} {things} you know with {found.label} {more} than was to be expected"
    what = found.label if found.kind == "genre" else f"what is tagged {found.label}"
    return f"you like {what} {more} than most do ({found.count} {things} you know)"


def _points(rating: float | None) -> str:
    return f"{rating:g}" if rating is not None and rating == round(rating, 1) else f"{rating:.1f}"


# --------------------------------------------------------------------------- from facts


def _from_facts(item: Item, fit: Affinity) -> Prediction:
    """A guess in stars: the item's standing, moved by what speaks for and against it."""
    standing = item.acclaim if item.acclaim is not None else _USUAL_STANDING
    moved = 1.2 * math.tanh(fit.score / 4.0)
    stars = min(max(round(2.0 * (1.5 + 3.0 * standing / 100.0 + moved)) / 2.0, 0.5), 5.0)
    return Prediction(
        item, stars, f"{stars:g} of 5", "a guess from the catalog's facts and what you told me", moved, fit.pros, fit.cons
    )
