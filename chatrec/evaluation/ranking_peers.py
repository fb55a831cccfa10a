"""Peers that rank everything a user has not rated: the usual ones, and ours."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array, csr_matrix

from chatrec.catalog.table import Catalog
from chatrec.evaluation.metrics import Numbers
from chatrec.evaluation.peers import Contender, Fold, Grid, Options, Peer, PeerUnavailable, loading
from chatrec.evaluation.splits import Ratings, Rows
from chatrec.retrieval.blend import Blend, BlendRecipe, Past, grade, learned_weights
from chatrec.retrieval.blend_traits import traits
from chatrec.retrieval.collaborative import CollaborativeModel, Recipe
from chatrec.retrieval.item_model import RECIPE
from chatrec.retrieval.item_weights import Floats, closed_form, neighbours


def relevant(ratings: Ratings, scale: tuple[float, float]) -> Any:
    """Which ratings count as a hit: 4 and more of 1 to 5 (three quarters of any scale), (n,) bool."""
    return grade(ratings.value, scale) == 1.0


def scale_of(ratings: Ratings) -> tuple[float, float]:
    """The least and the greatest rating."""
    return float(ratings.value.min()), float(ratings.value.max())


def liked_table(train: Ratings) -> csr_array:
    """A 1 for each rating of 4 and more, (users, items) float32: what the usual peers learn from."""
    rows = np.flatnonzero(relevant(train, scale_of(train)))
    ones = np.ones(len(rows), dtype=np.float32)
    return csr_array((ones, (train.user[rows], train.item[rows])), shape=(train.users, train.items))


class Popularity:
    """The same order for everybody: how many rated it 4 and more."""

    def fit(self, train: Ratings) -> None:
        """Count."""
        self._counts = np.asarray(liked_table(train).sum(axis=0), dtype=np.float64).ravel()

    def score(self, user: int, items: Rows) -> Numbers:
        """Counts."""
        return np.asarray(self._counts[items])


class ByItems:
    """A user is the sum of the items they liked: closed form (EASE) with `ridge`, or `kept` nearest with `shrink`."""

    def __init__(self, ridge: float | None = None, kept: int = 200, shrink: float = 20.0) -> None:
        self.ridge, self.kept, self.shrink = ridge, kept, shrink

    def fit(self, train: Ratings) -> None:
        """Learn the item-item weights."""
        self._table = liked_table(train)
        self._weights: Any = (
            neighbours(self._table, self.kept, self.shrink) if self.ridge is None else closed_form(self._table, self.ridge)
        )

    def score(self, user: int, items: Rows) -> Numbers:
        """The sums."""
        liked = self._table.indices[self._table.indptr[user] : self._table.indptr[user + 1]]
        return np.asarray(self._weights[liked].sum(axis=0), dtype=np.float64).ravel()[items]


class Factors:
    """Matrix factorisation of the package `implicit`: `ials` (Hu, Koren and Volinsky 2008) or `bpr` (Rendle et al. 2009)."""

    def __init__(self, kind: str, seed: int = 42, **options: Any) -> None:
        self.kind, self.options = kind, {"random_state": seed, "num_threads": 1, **options}

    def fit(self, train: Ratings) -> None:
        """Learn on one thread, so that the same seed gives the same factors."""
        with loading("implicit"):
            from implicit.cpu.als import AlternatingLeastSquares
            from implicit.cpu.bpr import BayesianPersonalizedRanking
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            make = AlternatingLeastSquares if self.kind == "ials" else BayesianPersonalizedRanking
            self._model = make(**self.options)
            self._model.fit(csr_matrix(liked_table(train)), show_progress=False)

    def score(self, user: int, items: Rows) -> Numbers:
        """Inner products."""
        return np.asarray(self._model.item_factors[items] @ self._model.user_factors[user], dtype=np.float64)


class ItemModel:
    """chatrec's CollaborativeModel as the chat uses it: graded likes, newer ones counting more (`half_life` in items)."""

    def __init__(self, half_life: float | None = None, recipe: Recipe | None = None) -> None:
        self.recipe, self.half_life = recipe or RECIPE, half_life

    def fit(self, train: Ratings) -> None:
        """Learn from graded ratings."""
        grades = grade(train.value, scale_of(train)).astype(np.float32)
        table = csr_array((grades, (train.user, train.item)), shape=(train.users, train.items))
        self._model = CollaborativeModel.fit(table, self.recipe)
        self._order, self._starts = train.starts()
        self._train, self._grades = train, grades

    def score(self, user: int, items: Rows) -> Numbers:
        """The fold-in of what the user rated."""
        rows = self._order[self._starts[user] : self._starts[user + 1]]
        ago = np.arange(len(rows))[::-1]
        fading = 1.0 if self.half_life is None else 0.5 ** (ago / self.half_life)
        return self._model.scores(self._train.item[rows].tolist(), (self._grades[rows] * fading).tolist())[items]


class Blended:
    """chatrec's Blend with given weights."""

    def __init__(self, weights: Mapping[str, float], recipe: BlendRecipe | None = None, kinds: Floats | None = None) -> None:
        self.weights, self.recipe, self.kinds = weights, recipe, kinds

    def fit(self, train: Ratings) -> None:
        """Learn the item models."""
        columns = (train.user, train.item, train.value, train.at)
        self.blend = Blend.fit(*columns, train.items, self.recipe, self.kinds)
        self._order, self._starts = train.starts()
        self._train = train

    def past(self, user: int) -> Past:
        """What a user rated in the training rows, oldest first."""
        rows = self._order[self._starts[user] : self._starts[user + 1]]
        return Past(self._train.item[rows], self._train.value[rows], self._train.at[rows])

    def score(self, user: int, items: Rows) -> Numbers:
        """The blend's scores."""
        return self.blend.scores(self.past(user), self.weights)[items]


@dataclass(frozen=True)
class OurBlend:
    """chatrec's blend in the table: its weights are learned from the validation rows, and nothing else is chosen there.

    `kinds` are the traits of the items (chatrec.retrieval.blend_traits).
    """

    recipe: BlendRecipe | None = None
    kinds: Floats | None = None
    name: str = "chatrec"

    def tune(self, folds: Sequence[Fold]) -> Options:
        """The weights; PeerUnavailable when nobody has anything to find in the validation rows."""
        lessons = []
        try:
            for fold in folds:
                hits = fold.validation.take(relevant(fold.validation, scale_of(fold.train)))
                order, starts = hits.starts()
                people = [user for user in range(hits.users) if starts[user + 1] > starts[user]]
                targets = [hits.item[order[starts[user] : starts[user + 1]]] for user in people]
                peer = Blended({}, self.recipe, self.kinds)
                peer.fit(fold.train)
                lessons.append(peer.blend.lessons([peer.past(user) for user in people], targets))
            return {"weights": learned_weights(lessons)}
        except ValueError as error:
            raise PeerUnavailable(f"its weights could not be learned: {error}; it takes more ratings.") from None

    def make(self, options: Options) -> Peer:
        """The blend with these weights."""
        return Blended(options["weights"], self.recipe, self.kinds)


RIDGES = (50.0, 100.0, 200.0, 400.0, 800.0)


def contenders(catalog: Catalog | None = None) -> tuple[Contender, ...]:
    """Everything in the table with the grid each is tuned over, in its order; ours takes genres and years from `catalog`."""
    return (
        Grid("popularity", Popularity),
        Grid("item-kNN", ByItems, [{"kept": k, "shrink": s} for k in (50, 200, 1000) for s in (0.0, 10.0, 50.0)]),
        Grid(
            "iALS",
            lambda **options: Factors("ials", iterations=15, **options),
            [{"factors": f, "alpha": a, "regularization": r} for f in (16, 32, 64) for a in (2.0, 10.0) for r in (0.1, 3.0)],
        ),
        Grid(
            "BPR",
            lambda **options: Factors("bpr", **options),
            [
                {"factors": f, "learning_rate": r, "iterations": n, "regularization": 0.01}
                for f in (32, 64)
                for r in (0.01, 0.03)
                for n in (100, 300)
            ],
        ),
        Grid("EASE", ByItems, [{"ridge": ridge} for ridge in RIDGES]),
        Grid(
            "chatrec, item model",
            ItemModel,
            [{"half_life": h} for h in (None, 40.0, 12.0, 5.0)],
        ),
        OurBlend(kinds=traits(catalog) if catalog is not None else None),
    )
