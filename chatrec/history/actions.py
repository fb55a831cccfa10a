"""What people did -> how much they cared: a signed weight an item, from the kind of action, the rating, and how long ago.

| action | weight | why |
|---|---|---|
| like | 1.0 | said outright |
| purchase | 0.8 | costs money, though it may be a gift or a regret |
| watch | 0.6 | time spent to the end; says nothing of how it was found |
| save | 0.5 | wants it, does not have it yet |
| click | 0.2 | curiosity |
| view | 0.1 | a glance, often by accident |
| seen | 0.0 | known, no judgement |
| skip | -0.3 | passed over, perhaps only today |
| dislike | -1.0 | said outright |
| rate | | by the rating, against the person's own mean: what is a 4 to one is praise, to another a complaint |

Each of them can be set in an `actions.toml` in the folder of interactions or beside the items; see `read_rules`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from chatrec.errors import CatalogError
from chatrec.history.interactions import UNKNOWN_TIME, Interactions

RULES_FILE = "actions.toml"
RATE = "rate"

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "like": 1.0, "purchase": 0.8, "watch": 0.6, "save": 0.5, "click": 0.2, "view": 0.1, "seen": 0.0, "skip": -0.3,
        "dislike": -1.0,
    }
)  # fmt: skip
"""Weight of each action without a rating, -1 to 1."""

KNOWING = frozenset({RATE, "like", "dislike", "purchase", "watch", "seen"})
"""Actions after which the item is known to the person and must not be suggested again."""

OUTRIGHT = frozenset({RATE, "like", "dislike"})
"""Actions that are a judgement: the last of them alone counts, whatever else was done."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("rating", "rated", "score", "stars", "review"), RATE),
        **dict.fromkeys(("buy", "bought", "purchased", "order", "ordered", "checkout", "transaction"), "purchase"),
        **dict.fromkeys(("watched", "play", "played", "finish", "finished", "read", "listen", "listened", "complete"), "watch"),
        **dict.fromkeys(("liked", "love", "loved", "favourite", "favorite", "upvote", "thumbs_up", "heart"), "like"),
        **dict.fromkeys(("disliked", "hate", "hated", "downvote", "thumbs_down", "return", "returned"), "dislike"),
        **dict.fromkeys(
            ("saved", "bookmark", "wishlist", "watchlist", "want_to_read", "to_read", "cart", "addtocart", "add_to_cart"),
            "save",
        ),
        **dict.fromkeys(("clicked", "open", "opened", "tap", "detail"), "click"),
        **dict.fromkeys(("viewed", "impression", "pageview", "page_view", "browse"), "view"),
        **dict.fromkeys(("skipped", "abandon", "abandoned", "dismiss", "dismissed", "stopped"), "skip"),
        **dict.fromkeys(("know", "known", "consumed"), "seen"),
    }
)
"""Other names of the actions, in lower case, blanks and hyphens written as `_`."""

_SHRINK = 5.0  # ratings of an average person mixed into somebody's own mean
_MOST_TIMES = 50.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What actions are worth. `half_life` is in days: a deed that much older than the person's newest counts half; None: no
    decay, which suits films, whose lovers change slowly."""

    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    aliases: Mapping[str, str] = field(default_factory=lambda: ALIASES)
    half_life: float | None = None

    def canonical(self, action: str) -> str:
        """The action's own name: `Added to cart` may be `save`; unknown ones come back tidied."""
        name = "_".join(action.strip().lower().replace("-", " ").split())
        return self.aliases.get(name, name)

    def weight(self, action: str) -> float:
        """What an action without a rating is worth; 0 for one nobody has described."""
        return self.weights.get(self.canonical(action), 0.0)


def read_rules(file: Path) -> Rules:
    """The rules in a small TOML file; what it leaves out stays as described above.

    `half_life_days = 365`, `[weights]` with `purchase = 1.0`, `[aliases]` with `streamed = "watch"`. CatalogError names what
    is wrong. The defaults when there is no such file.
    """
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Rules()
    except (OSError, ValueError) as error:
        raise CatalogError(f"{file} cannot be read as TOML: {error}.") from None
    unknown = given.keys() - {"half_life_days", "weights", "aliases"}
    if unknown:
        raise CatalogError(f"{file} has {sorted(unknown)[0]!r}; known are half_life_days, [weights] and [aliases].")
    rules = Rules(aliases={**ALIASES, **_texts(given.get("aliases", {}), file)})
    own = {rules.canonical(name): _weight(name, value, file) for name, value in _table(given, "weights", file).items()}
    half_life = given.get("half_life_days")
    if half_life is not None and (isinstance(half_life, bool) or not isinstance(half_life, (int, float)) or half_life <= 0):
        raise CatalogError(f"{file}: half_life_days must be a number of days above 0, not {half_life!r}.")
    return replace(rules, weights={**WEIGHTS, **own}, half_life=half_life)


def rules_for(folder: Path) -> Rules:
    """The rules of a folder of interactions: its own actions.toml, else the one beside it, else the defaults."""
    own = folder / RULES_FILE
    return read_rules(own if own.exists() else folder.parent / RULES_FILE)


def _table(given: Mapping[str, Any], name: str, file: Path) -> Mapping[str, Any]:
    table = given.get(name, {})
    if not isinstance(table, Mapping):
        raise CatalogError(f"{file}: [{name}] must be a table.")
    return table


def _texts(table: Any, file: Path) -> dict[str, str]:
    if not isinstance(table, Mapping) or not all(isinstance(v, str) for v in table.values()):
        raise CatalogError(f'{file}: [aliases] must hold texts, such as streamed = "watch".')
    plain = Rules()
    return {plain.canonical(name): plain.canonical(meaning) for name, meaning in table.items()}


def _weight(name: str, value: Any, file: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -1 <= value <= 1:
        raise CatalogError(f"{file}: the weight of {name!r} must be a number from -1 to 1, not {value!r}.")
    return float(value)


# --------------------------------------------------------------------------- ratings


@dataclass(frozen=True, slots=True)
class Scale:
    """The ratings of a data set: their least, their greatest, and their mean over everybody."""

    least: float = 1.0
    greatest: float = 5.0
    mean: float = 3.5

    @classmethod
    def of(cls, interactions: Interactions, rules: Rules | None = None) -> Scale | None:
        """The scale in use; None where nobody rated anything."""
        values = interactions.value[is_rating(interactions, rules or Rules())]
        if values.size == 0:
            return None
        return cls(float(values.min()), float(values.max()), float(values.mean(dtype=np.float64)))

    @property
    def span(self) -> float:
        """From the least to the greatest; 1 where all ratings are the same."""
        return self.greatest - self.least or 1.0

    def share(self, rating: float) -> float:
        """A rating as a share of the scale, 0 the worst and 1 the best."""
        return min(max((rating - self.least) / self.span, 0.0), 1.0)

    def rating(self, share: float) -> float:
        """A share of the scale as a rating."""
        return self.least + min(max(share, 0.0), 1.0) * self.span


def preference(ratings: NDArray[np.float64], mean: NDArray[np.float64] | float, scale: Scale) -> NDArray[np.float64]:
    """Ratings as signed preferences, -1 to 1: 0 at the person's own mean, 1 at the best of the scale, -1 at the worst."""
    above = np.maximum(scale.greatest - mean, 1e-9)
    below = np.maximum(mean - scale.least, 1e-9)
    distance = ratings - mean
    return np.clip(np.where(distance >= 0, distance / above, distance / below), -1.0, 1.0)


# --------------------------------------------------------------------------- weights


@dataclass(frozen=True, slots=True)
class Past:
    """What one person did, an item once, oldest first: `weights` -1 to 1; `ratings` as shares of the scale; `seen` ids."""

    weights: Mapping[str, float]
    ratings: Mapping[str, float]
    seen: tuple[str, ...]

    @property
    def liked(self) -> dict[str, float]:
        """The items that were liked, with how much."""
        return {item: weight for item, weight in self.weights.items() if weight > 0}

    @property
    def disliked(self) -> dict[str, float]:
        """The items that were disliked, with how much (below 0)."""
        return {item: weight for item, weight in self.weights.items() if weight < 0}


def past_of(interactions: Interactions, user: str, rules: Rules | None = None, scale: Scale | None = None) -> Past:
    """One user's past; empty for a user who is not here. `scale` is that of all ratings (default: of these interactions)."""
    rules = rules or Rules()
    scale = scale or Scale.of(interactions, rules)
    own = Interactions.of(interactions.by(user))
    if not len(own):
        return Past({}, {}, ())
    pairs, weights, _ = _weighed(own, rules, scale)
    items = pairs % len(own.items)
    last: dict[int, int] = {int(item): position for position, item in enumerate(own.item)}
    order = sorted(range(len(items)), key=lambda n: last[int(items[n])])
    rated = np.flatnonzero(is_rating(own, rules))
    ratings = {own.items[own.item[row]]: scale.share(float(own.value[row])) for row in rated} if scale else {}
    known = np.array([rules.canonical(action) in KNOWING for action in own.actions])[own.action]
    return Past(
        weights={own.items[items[n]]: round(float(weights[n]), 4) for n in order},
        ratings=ratings,
        seen=tuple(dict.fromkeys(own.items[own.item[row]] for row in np.flatnonzero(known))),
    )


def matrix(interactions: Interactions, items: Sequence[str] | None = None, rules: Rules | None = None) -> csr_array:
    """Everybody's weights, (users, items) float32: rows as in `interactions.users`, columns as in `items` (default: as there).

    Disliked items have weights below 0; a model of likes alone drops them. Items that `items` does not name are left out.
    """
    rules = rules or Rules()
    pairs, weights, _ = _weighed(interactions, rules, Scale.of(interactions, rules))
    user, item = np.divmod(pairs, max(len(interactions.items), 1))
    names = interactions.items if items is None else items
    if items is not None:
        place = {name: position for position, name in enumerate(items)}
        columns = np.array([place.get(name, -1) for name in interactions.items], dtype=np.int64)
        item = columns[item] if len(columns) else item
    kept = (item >= 0) & (weights != 0)
    shape = (len(interactions.users), len(names))
    return csr_array((weights[kept].astype(np.float32), (user[kept], item[kept])), shape=shape)


def of_some(users: NDArray[Any], people: int, most: int) -> NDArray[np.bool_]:
    """Which rows to learn from where there are too many, (n,): all of some people's, at most so many, always the same."""
    if len(users) <= most:
        return np.ones(len(users), dtype=np.bool_)
    drawn = np.random.default_rng(0).permutation(people)
    enough = np.cumsum(np.bincount(users, minlength=people)[drawn]) <= most
    return np.isin(users, drawn[enough])


def is_rating(interactions: Interactions, rules: Rules) -> NDArray[np.bool_]:
    """Which rows are ratings with a value, (n,)."""
    rates = np.array([rules.canonical(action) == RATE for action in interactions.actions] or [False])
    return np.asarray(rates[interactions.action] & ~np.isnan(interactions.value))


def _weighed(
    interactions: Interactions, rules: Rules, scale: Scale | None
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """The distinct pairs user * len(items) + item, ascending, their weights, and each user's mean rating (users,).

    Of several judgements on an item the last counts; without one, what was done adds up as if each deed were an independent
    hint (1 minus the product of what each leaves open; a count counts as so many deeds), hints against taken off.
    """
    rated = is_rating(interactions, rules)
    values = np.where(rated, interactions.value, 0.0).astype(np.float64)
    users, middle = len(interactions.users), scale.mean if scale else 0.0
    counts = np.bincount(interactions.user, weights=rated, minlength=users)
    sums = np.bincount(interactions.user, weights=values, minlength=users)
    means = (sums + _SHRINK * middle) / (counts + _SHRINK)
    table = np.array([rules.weight(action) for action in interactions.actions] or [0.0])
    weights = table[interactions.action].astype(np.float64)
    if scale is not None:
        weights = np.where(rated, preference(values, means[interactions.user], scale), weights)
    outright = np.array([rules.canonical(action) in OUTRIGHT for action in interactions.actions] or [False])[
        interactions.action
    ]
    outright &= rated | (weights != 0)
    weights = weights * _fading(interactions, rules)

    keys = interactions.user.astype(np.int64) * max(len(interactions.items), 1) + interactions.item
    order = np.argsort(keys, kind="stable")
    if (np.diff(keys[order]) == 0).any():  # somebody did several things with one item
        order = np.lexsort((interactions.at, outright, keys))
    keys, weights, outright = keys[order], weights[order], outright[order]
    starts = np.flatnonzero(np.append(True, np.diff(keys) != 0)) if len(keys) else np.empty(0, dtype=np.int64)
    pairs = keys[starts]
    if not len(pairs):
        return pairs, np.empty(0), means
    ends = np.append(starts[1:], len(keys)) - 1
    times = np.where(rated | np.isnan(interactions.value), 1.0, np.clip(interactions.value, 1.0, _MOST_TIMES))[order]
    hints = [
        1.0 - np.exp(np.add.reduceat(times * np.log1p(-np.clip(sign * weights, 0.0, 1.0 - 1e-9)), starts))
        for sign in (1.0, -1.0)
    ]
    return pairs, np.where(outright[ends], weights[ends], hints[0] - hints[1]), means


def _fading(interactions: Interactions, rules: Rules) -> NDArray[np.float64] | float:
    """What is left of each deed's weight, (n,), counted from the person's newest; deeds without a time fade by nothing."""
    dated = interactions.at != UNKNOWN_TIME
    if rules.half_life is None or not dated.any():
        return 1.0
    newest = np.full(len(interactions.users), UNKNOWN_TIME)
    np.maximum.at(newest, interactions.user, interactions.at)
    days = np.where(dated, (newest[interactions.user] - interactions.at) / 86_400.0, 0.0)
    return np.asarray(0.5 ** (days / rules.half_life))
