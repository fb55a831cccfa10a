"""Peers that predict ratings: ours, and those of the table that Chat-REC compares its students with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import coo_matrix
from scipy.special import ndtr

from chatrec.evaluation.metrics import Numbers, accepted_precision_recall
from chatrec.evaluation.peers import Fold, Options, Peer, PeerUnavailable, loading
from chatrec.evaluation.splits import Ratings, Rows
from chatrec.history.rating_gaussian import Floats, GaussianRecipe, RatingGaussian
from chatrec.history.rating_joint import MOST_ITEMS, people_of
from chatrec.history.rating_kin import likeness_of as likeness_of

THRESHOLD = 3.5
CAUTIONS = tuple(round(0.2 + 0.02 * step, 2) for step in range(16))
MARGINS = (0.046, 0.06)
OWN_BAR = "its own predictions without the decision"
_BUILD_LIGHTFM = (
    "its ready-made package does not fit every system, build it here: "
    "pip install --force-reinstall --no-deps --no-binary lightfm-next 'lightfm-next<1.18.8'"
)


class Surprise:
    """An algorithm of scikit-surprise: `svd`, or `item-knn` (KNNWithMeans, item based, pearson_baseline)."""

    def __init__(self, algorithm: str, seed: int = 42) -> None:
        self.algorithm, self.seed = algorithm, seed

    def fit(self, train: Ratings) -> None:
        """Learn with the defaults of the package."""
        with loading("scikit-surprise"):
            from surprise import SVD, Dataset, KNNWithMeans, Reader
        import pandas as pd

        frame = pd.DataFrame({"user": train.user, "item": train.item, "value": train.value})
        data = Dataset.load_from_df(frame, Reader(rating_scale=(train.value.min(), train.value.max())))
        neighbours = {"name": "pearson_baseline", "user_based": False}
        self._model: Any = (
            SVD(random_state=self.seed) if self.algorithm == "svd" else KNNWithMeans(sim_options=neighbours, verbose=False)
        )
        self._model.fit(data.build_full_trainset())

    def score(self, user: int, items: Rows) -> Numbers:
        """Predicted ratings."""
        return np.array([self._model.predict(user, int(item)).est for item in items])


def surprise_loads() -> bool:
    """Whether scikit-surprise can be used here."""
    try:
        with loading("scikit-surprise"):
            import surprise  # noqa: F401
    except PeerUnavailable:
        return False
    return True


class LightFMRatings:
    """LightFM (`lightfm-next`), trained to tell ratings of 3.5 and more from lower ones.

    Its scores are on no scale: the chance of a rating of 3.5 and more, which the logistic loss makes of them, is stretched over
    the ratings so that one half is 3.5.
    """

    def __init__(self, factors: int = 32, epochs: int = 30, seed: int = 42) -> None:
        self.factors, self.epochs, self.seed = factors, epochs, seed

    def fit(self, train: Ratings) -> None:
        """Learn with logistic loss from +1 and -1."""
        with loading("LightFM", _BUILD_LIGHTFM):  # it says at every import that it was built without OpenMP
            from lightfm import LightFM
        signs = np.where(train.value >= THRESHOLD, 1.0, -1.0).astype(np.float32)
        table = coo_matrix((signs, (train.user, train.item)), shape=(train.users, train.items))
        self._model = LightFM(no_components=self.factors, loss="logistic", random_state=self.seed)
        self._model.fit(table, epochs=self.epochs, num_threads=1)

    def score(self, user: int, items: Rows) -> Numbers:
        """1 to 5, 3.5 where both are as likely."""
        logits = self._model.predict(np.full(len(items), user, dtype=np.int32), items.astype(np.int32))
        chance = 1.0 / (1.0 + np.exp(-np.asarray(logits, dtype=np.float64)))
        return np.where(chance >= 0.5, THRESHOLD + 3.0 * (chance - 0.5), 1.0 + 5.0 * chance)


class GaussianRatings:
    """chatrec's: conditional expectations of RatingGaussian, learned from as much as the chat learns from.

    Of more than 2,500 items the most rated are known to it; of the others the mean of everybody is expected, moved by how far
    the person's ratings are from everybody's. `likeness` gives that of the items in the given rows.
    """

    def __init__(self, likeness: Callable[[Rows], Floats] | None = None, recipe: GaussianRecipe | None = None) -> None:
        self.likeness, self.recipe = likeness, recipe or GaussianRecipe()

    def fit(self, train: Ratings) -> None:
        """Learn mean and covariance of the items."""
        counts = np.bincount(train.item, minlength=train.items)
        rows = np.sort(np.argsort(-counts, kind="stable")[:MOST_ITEMS])
        self._place = np.full(train.items, -1)
        self._place[rows] = np.arange(len(rows))
        values = train.value.astype(np.float32)
        kept = self._place[train.item] >= 0
        learned = people_of(train.user[kept], self._place[train.item[kept]], values[kept])
        self._model = RatingGaussian.fit(learned, len(rows), self.likeness(rows) if self.likeness else None, self.recipe)
        self._scale = float(train.value.min()), float(train.value.max())
        order, starts = train.starts()
        self._people = [(self._place[train.item[order[a:b]]], values[order[a:b]]) for a, b in pairwise(starts)]
        middle = float(values.mean())
        sums = np.bincount(train.item, weights=values - middle, minlength=train.items)
        self._means = middle + sums / (counts + self.recipe.mean_shrink)
        left = values - self._means[train.item]
        people = np.bincount(train.user, minlength=train.users) + self.recipe.mean_shrink
        self._own = np.bincount(train.user, weights=left, minlength=train.users) / people
        self._spread = float(np.var(left - self._own[train.user]))

    def expect(self, user: int, items: Rows) -> tuple[Numbers, Numbers]:
        """Expected ratings and their variances."""
        expected = self._means[items] + self._own[user]
        variance = np.full(len(items), self._spread)
        asked = self._place[items]
        known = asked >= 0
        rated, values = self._people[user]
        told = rated >= 0
        expected[known], variance[known] = self._model.expect(rated[told], values[told], asked[known])
        return np.clip(expected, *self._scale), variance

    def score(self, user: int, items: Rows) -> Numbers:
        """Expected ratings."""
        return self.expect(user, items)[0]


def stood_behind(expected: Numbers, variance: Numbers, caution: float, k: int = 10) -> Numbers:
    """The expected ratings moved so that exactly the first m of the list are 3.5 or more; the order stays.

    m, 1 to k, makes the greatest sum of expected precision and `caution` times expected recall, by the chance of each item
    to be rated 3.5 or more. The less caution, the shorter the part of a list that is stood behind.
    """
    order = np.argsort(-expected, kind="stable")
    chances = ndtr((expected[order] - THRESHOLD) / np.sqrt(variance[order]))
    hits = np.cumsum(chances[:k])
    worth = hits / np.arange(1, len(hits) + 1) + caution * hits / max(float(chances.sum()), 1e-9)
    first = int(np.argmax(worth)) + 1
    moved = expected.copy()
    moved[order[:first]] += max(0.0, THRESHOLD - float(expected[order[first - 1]]))
    if first < len(order):
        moved[order[first:]] -= max(0.0, float(expected[order[first]]) - THRESHOLD + 1e-3)
    return moved


class Deciding:
    """Any peer that predicts ratings, with the decision made on top of it; `variance` None: the peer knows its own."""

    def __init__(self, peer: Peer, caution: float, variance: float | None) -> None:
        self.peer, self.caution, self.variance = peer, caution, variance

    def fit(self, train: Ratings) -> None:
        """Learn as the peer does."""
        self.peer.fit(train)

    def score(self, user: int, items: Rows) -> Numbers:
        """The peer's predictions, moved by `stood_behind`."""
        return stood_behind(*_expected(self.peer, self.variance, user, items), self.caution)


@dataclass(frozen=True)
class Decided:
    """A rating peer with the decision, the caution tuned on the validation rows.

    Taken is the caution under which the lesser of two leads over a plain SVD, learned from the same rows, is greatest: that in
    precision in units of .046, that in recall in units of .06 (what Chat-REC's table claims for its best student over SVD).
    Without scikit-surprise the peer's own predictions, taken as they are, stand in for SVD, and the options say so.
    """

    name: str
    build: Callable[[], Peer]
    knows_variance: bool = False

    def tune(self, folds: Sequence[Fold]) -> Options:
        """The caution and, of a peer that does not know its variance, the mean squared error on the first validation rows."""
        train, validation = folds[0].train, folds[0].validation
        ours, bar_is = self.build(), {}
        ours.fit(train)
        theirs: Peer = Surprise("svd")
        try:
            theirs.fit(train)
        except PeerUnavailable:
            theirs, bar_is = ours, {"bar": OWN_BAR}
        order, starts = validation.starts()
        lists = [(u, order[starts[u] : starts[u + 1]]) for u in range(validation.users) if starts[u + 1] > starts[u]]
        values = [validation.value[rows] for _, rows in lists]
        variance = None
        if not self.knows_variance:
            off = [ours.score(u, validation.item[rows]) - value for (u, rows), value in zip(lists, values, strict=True)]
            variance = round(float(np.mean(np.concatenate(off) ** 2)), 4)
        known = [_expected(ours, variance, u, validation.item[rows]) for u, rows in lists]
        plain = [theirs.score(u, validation.item[rows]) for u, rows in lists]
        bar = np.mean([accepted_precision_recall(v, p) for v, p in zip(values, plain, strict=True)], axis=0)

        def lead(caution: float) -> float:
            pairs = [
                accepted_precision_recall(v, stood_behind(e, spread, caution))
                for v, (e, spread) in zip(values, known, strict=True)
            ]
            return float(np.min((np.mean(pairs, axis=0) - bar) / MARGINS))

        return {"caution": max(CAUTIONS, key=lead), "variance": variance, **bar_is}

    def make(self, options: Options) -> Peer:
        """The peer with that caution."""
        return Deciding(self.build(), options["caution"], options["variance"])


def _expected(peer: Peer, variance: float | None, user: int, items: Rows) -> tuple[Numbers, Numbers]:
    if variance is None and isinstance(peer, GaussianRatings):
        return peer.expect(user, items)
    return peer.score(user, items), np.full(len(items), variance or 1.0)
