"""Who rated what and when -> what somebody will like next: item models and popularity, blended by learned weights.

`CollaborativeModel` is what a conversation needs: a handful of films, no dates. This is for whoever has a past.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from chatrec.retrieval.blend_weights import Lessons, learn_between
from chatrec.retrieval.item_weights import Floats, closed_form
from chatrec.retrieval.stretches import WHOLE, side_by_side, stretches

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]

SOURCES = (
    "liked",
    "together",
    "together_lately",
    "together_last",
    "near",
    "near_lately",
    "side_by_side",
    "of_its_kind",
    "leaning",
    "quality",
    "popular",
    "popular_then",
    "not_yet_there",
)
_BINS = 200
_SPREAD = 10.0  # bins over which what was popular at a time is smoothed
_QUALITY_SHRINK = 5.0
_CANDIDATES = 300


@dataclass(frozen=True, slots=True)
class BlendRecipe:
    """How the item models are learned; half-lives count items back from the newest. Chosen on splits of training rows.

    Items with fewer than `support` ratings are left out: what two people did says little, and there are many such items.
    """

    liked_ridge: float = 200.0
    together_ridge: float = 150.0
    leaning_ridge: float = 100.0
    shrink: float = 0.5
    lately: float = 12.0
    last: float = 4.0
    support: int = 3


@dataclass(frozen=True)
class Past:
    """What one person rated, oldest first: catalog rows, ratings on the scale of the data, and seconds since 1970."""

    rows: Rows
    ratings: Numbers
    at: Rows


@dataclass(frozen=True)
class Blend:
    """Item models over the items that enough people rated (`warm`, catalog rows); holds nothing of any visitor.

    `liked` is the closed form of how much was liked, `together` that of stretches of the histories as well, `leaning` that of
    ratings against the usual; `near` is the cosine; `beside` what stands side by side in histories; each (warm, warm) float32.
    `traits` are facts of the items, (warm, traits) float32.
    """

    items: int
    warm: Rows
    liked: Floats
    together: Floats
    leaning: Floats
    near: Floats
    beside: csr_array
    traits: Floats
    mean: float
    scale: tuple[float, float]
    quality: Numbers
    popular: Numbers
    first_seen: Numbers
    popular_by_time: Floats
    times: tuple[float, float]
    recipe: BlendRecipe

    @classmethod
    def fit(
        cls,
        user: Rows,
        item: Rows,
        value: Numbers,
        at: Rows,
        items: int,
        recipe: BlendRecipe | None = None,
        traits: Floats | None = None,
    ) -> Blend:
        """Learn from ratings, (n,) each: users counted from 0, catalog rows, ratings and seconds.

        `traits` is (items, traits), see blend_traits; without, items are of no kind.
        """
        recipe = recipe or BlendRecipe()
        counts = np.bincount(item, minlength=items)
        enough = np.flatnonzero(counts >= recipe.support)
        warm = enough if len(enough) else np.unique(item)
        users, scale = int(user.max()) + 1, (float(value.min()), float(value.max()))
        mean, times = float(value.mean()), (float(at.min()), float(at.max()) + 1.0)
        kept = np.isin(item, warm)
        user, value, at = user[kept], value[kept], at[kept]
        column = np.searchsorted(warm, item[kept])
        quality = np.bincount(column, weights=value - mean, minlength=len(warm)) / (counts[warm] + _QUALITY_SHRINK)
        left = np.bincount(user, weights=value - mean - quality[column], minlength=users)
        own = left / (np.bincount(user, minlength=users) + _QUALITY_SHRINK)
        grades = grade(value, scale).astype(np.float32)

        def table(values: Numbers | Floats) -> csr_array:
            return csr_array((values.astype(np.float32), (user, column)), shape=(users, len(warm)))

        graded = table(grades)
        parts = stretches(user, column, grades, at, len(warm))
        dense = graded.toarray()
        unit = dense / (np.sqrt(np.einsum("ij,ij->j", dense, dense)) + np.float32(recipe.shrink))
        near = unit.T @ unit
        np.fill_diagonal(near, 0.0)
        first = np.full(len(warm), np.inf)
        np.minimum.at(first, column, at.astype(np.float64))
        by_time = np.zeros((_BINS, len(warm)), dtype=np.float32)
        best = grades == 1.0
        np.add.at(by_time, (_bin(at[best].astype(np.float64), times), column[best]), 1.0)
        apart = np.abs(np.arange(_BINS)[:, None] - np.arange(_BINS)[None, :])
        return cls(
            items=items,
            warm=warm,
            liked=closed_form(graded, recipe.liked_ridge),
            together=closed_form(csr_array(vstack([WHOLE * graded, parts]), dtype=np.float32), recipe.together_ridge),
            leaning=closed_form(table(value - mean - quality[column] - own[user]), recipe.leaning_ridge),
            near=near,
            beside=side_by_side(user, column, grades, at, len(warm)),
            traits=traits[warm] if traits is not None else np.zeros((len(warm), 0), dtype=np.float32),
            mean=mean,
            scale=scale,
            quality=quality,
            popular=np.log1p(np.bincount(column[best], minlength=len(warm))),
            first_seen=first,
            popular_by_time=np.log1p(np.exp(-apart / _SPREAD).astype(np.float32) @ by_time),
            times=times,
            recipe=recipe,
        )

    def sources(self, past: Past) -> Numbers:
        """What each of SOURCES says for each warm item, (warm, sources): brought to mean 0 and deviation 1 over the items."""
        place = np.searchsorted(self.warm, past.rows)
        there = (place < len(self.warm)) & (self.warm[np.minimum(place, len(self.warm) - 1)] == past.rows)
        place, ratings = place[there], past.ratings[there]
        ago = np.arange(len(place))[::-1]
        grades, lately = grade(ratings, self.scale), 0.5 ** (ago / self.recipe.lately)
        usual = float(np.sum(ratings - self.mean - self.quality[place]) / (len(place) + _QUALITY_SHRINK))
        now = float(past.at.max()) if len(past.at) else self.times[1]

        def told(model: Floats | csr_array, weights: Numbers) -> Numbers:
            used = np.flatnonzero(weights)
            return np.asarray(weights[used].astype(np.float32) @ model[place[used]], dtype=np.float64)

        kind = grades @ self.traits[place] / max(float(grades.sum()), 1e-9) - self.traits.mean(axis=0)
        columns = {
            "liked": told(self.liked, grades),
            "together": told(self.together, grades),
            "together_lately": told(self.together, grades * lately),
            "together_last": told(self.together, grades * 0.5 ** (ago / self.recipe.last)),
            "near": told(self.near, grades),
            "near_lately": told(self.near, grades * lately),
            "side_by_side": told(self.beside, grades),
            "of_its_kind": self.traits @ kind,
            "leaning": told(self.leaning, ratings - self.mean - self.quality[place] - usual),
            "quality": self.quality,
            "popular": self.popular,
            "popular_then": self.popular_by_time[_bin(np.array([now]), self.times)[0]].astype(np.float64),
        }
        table = np.stack([_standard(columns[name]) for name in SOURCES[:-1]], axis=1)
        return np.column_stack([table, (self.first_seen > now).astype(np.float64)])

    def scores(self, past: Past, weights: Mapping[str, float]) -> Numbers:
        """A score for each catalog item, (items,); what too few rated to be learned stands below everything else."""
        found = self.sources(past) @ np.array([weights.get(name, 0.0) for name in SOURCES])
        whole = np.full(self.items, float(found.min()) - 1.0 if len(found) else 0.0)
        whole[self.warm] = found
        return whole

    def lessons(self, pasts: Sequence[Past], targets: Sequence[Rows]) -> Lessons:
        """What there is to learn from what people rated well next (`targets`, catalog rows).

        Candidates are each person's 300 likeliest items by `together`, `together_lately` and `near` that they did not rate yet.
        ValueError when none of the targets is among them.
        """
        tables, found = [], []
        for past, target in zip(pasts, targets, strict=True):
            table = self.sources(past)
            rough = table[:, [SOURCES.index(name) for name in ("together", "together_lately", "near")]].sum(axis=1)
            rough[np.isin(self.warm, past.rows)] = -np.inf
            likeliest = np.argpartition(-rough, min(_CANDIDATES, len(rough) - 1))[:_CANDIDATES]
            likeliest = likeliest[np.isfinite(rough[likeliest])]
            tables.append(table[likeliest])
            found.append(np.isin(self.warm[likeliest], target))
        return Lessons.of(tables, found, [len(target) for target in targets])


def learned_weights(lessons: Sequence[Lessons]) -> Mapping[str, float]:
    """The weights of SOURCES that suit what people rated well next, by name, held to `liked` and `together` in equal parts.

    `lessons` are those of several splits of the same people. ValueError when there are none.
    """
    start = np.isin(SOURCES, ("liked", "together")).astype(np.float64)
    return {name: round(float(weight), 4) for name, weight in zip(SOURCES, learn_between(lessons, start), strict=True)}


def grade(ratings: Numbers, scale: tuple[float, float]) -> Numbers:
    """How much was liked: 1 from three quarters of the scale up (4 of 1 to 5), one half from the middle up, else one tenth.

    That something was chosen at all says something, liked or not.
    """
    share = (np.asarray(ratings, dtype=np.float64) - scale[0]) / max(scale[1] - scale[0], 1e-9)
    return np.where(share >= 0.75, 1.0, np.where(share >= 0.5, 0.5, 0.1))


def _standard(values: Numbers) -> Numbers:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 1e-12 else np.zeros_like(values)


def _bin(at: Numbers, times: tuple[float, float]) -> Rows:
    share = (at - times[0]) / max(times[1] - times[0], 1e-9)
    return np.clip((share * _BINS).astype(np.int64), 0, _BINS - 1)
