"""Ranking only what a user rated and was held out: the protocol of the table that Chat-REC gives for its students."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from chatrec.evaluation.metrics import accepted_precision_recall, graded_ndcg, mean_and_error, paired_difference
from chatrec.evaluation.peers import Contender, Fold, Grid, Options, Peer, PeerUnavailable
from chatrec.evaluation.rated_data import RatedData
from chatrec.evaluation.rating_peers import (
    OWN_BAR,
    Decided,
    GaussianRatings,
    LightFMRatings,
    Surprise,
    likeness_of,
    surprise_loads,
)
from chatrec.evaluation.report import Kept, Report, Table
from chatrec.evaluation.splits import Ratings, Rows, random_split
from chatrec.history.rating_gaussian import Floats

COLUMNS = ("precision@10", "recall@10", "NDCG@10")
SEED = 42
_INNER_SEED = 7
PUBLISHED = {
    "SVD, as published": (0.864, 0.490, 0.979),
    "item-kNN, as published": (0.933, 0.325, 0.946),
    "LightFM, as published": (0.747, 0.122, 0.920),
    "fine-tuned GPT-3.5, as published": (0.910, 0.550, 0.985),
}
"""Gao et al., "Chat-REC: Towards Interactive and Explainable LLMs-Augmented Recommender System", 2023, table 1 (students)."""

NOTES = (
    "Precision: relevant (rated 3.5 or more) among those of the top 10 predicted 3.5 or more; recall: those over all relevant; "
    "NDCG on the ratings as they are. Means over all users with held-out ratings ± standard error.",
    "`chatrec` decides list by list how many of the first ten it stands behind, and moves its predictions so that 3.5 is that "
    "cut; how cautiously was chosen on a quarter of the training part, as many rows as the held-out part has. "
    "`chatrec, without the decision` predicts plain expected ratings; the order, and so NDCG, is the same. "
    "`SVD, with chatrec's decision` shows what the decision does for SVD.",
    "The published figures stand beside it for orientation only: the protocol behind them is not documented, and the same "
    "algorithms do not reach them here.",
)
_WITHOUT_SVD = (
    "scikit-surprise could not be loaded: the caution of the decision, else chosen against SVD, was chosen against "
    f"{OWN_BAR}, so the figures of `chatrec` may differ from those of a run with it."
)


def contenders(data: RatedData) -> tuple[Contender, ...]:
    """Everything in the table, in its order."""

    def likeness(rows: Rows) -> Floats:
        return likeness_of(data.catalog, rows=rows)

    return (
        Grid("SVD", lambda: Surprise("svd")),
        Grid("item-kNN", lambda: Surprise("item-knn")),
        Grid(
            "LightFM",
            LightFMRatings,
            [{"factors": factors, "epochs": epochs} for factors in (8, 32) for epochs in (10, 30, 60)],
        ),
        Decided("SVD, with chatrec's decision", lambda: Surprise("svd")),
        Grid("chatrec, without the decision", lambda: GaussianRatings(likeness)),
        Decided("chatrec", lambda: GaussianRatings(likeness), knows_variance=True),
    )


def run(data: RatedData, out: Path, others: Sequence[Contender] = (), progress: bool = False, seed: int = SEED) -> Report:
    """Tune on a quarter of the training rows, learn from all of them, and measure on the held-out rows.

    A peer whose package cannot be loaded is told of in the table, and is tried again by the next run.
    """
    ratings = data.ratings
    split = random_split(len(ratings), 0.2, seed=seed)
    digest = split.write(out / "splits" / f"rated-items-{seed}.csv")
    train, test = ratings.take(split.train), ratings.take(split.test)
    inner = random_split(len(train), 0.25, seed=_INNER_SEED)
    learn, tune = train.take(inner.train), train.take(inner.test)
    kept = Kept(out, protocol="rated-items", data=ratings.digest, split=digest, version=2)
    people: dict[str, dict[str, list[float]]] = {}
    options: dict[str, Options] = {}
    seconds: dict[str, float] = {}
    not_run: dict[str, str] = {}
    with_svd = surprise_loads()
    for contender in tqdm((*contenders(data), *others), desc="rated-items", unit="peer", disable=not progress):
        # A decision made without SVD is another one than that with it: they are kept apart.
        apart = {} if with_svd or not isinstance(contender, Decided) else {"bar": OWN_BAR}
        try:
            found = kept.part(contender.name, _measuring(contender, learn, tune, train, test), **apart)
        except PeerUnavailable as reason:
            not_run[contender.name] = str(reason)
            continue
        people[contender.name], options[contender.name] = found["people"], found["options"]
        seconds[contender.name] = found["seconds"]
    rows = {name: {c: mean_and_error(_floats(found[c])) for c in COLUMNS} for name, found in people.items()}
    ahead = {
        f"chatrec over {name}": {c: paired_difference(_floats(people["chatrec"][c]), _floats(people[name][c])) for c in COLUMNS}
        for name in people
        if not name.startswith("chatrec")
    }
    notes = (*(NOTES if with_svd else (*NOTES, _WITHOUT_SVD)), *data.notes)
    tables = [Table(f"Held-out rated items, {data.name}", COLUMNS, rows, _published(data.name), notes, not_run)]
    if ahead:
        tables.append(Table("How far chatrec is ahead, user by user", COLUMNS, ahead))
    settings = {"data": data.name, "digest": ratings.digest, "seed": seed, "split sha256": digest, "options": options}
    return Report("rated-items", settings, tuple(tables), {"seconds": seconds})


def figures(peer: Peer, held: Ratings) -> dict[str, list[float]]:
    """Each user's three figures, in the order of the users."""
    order, starts = held.starts()
    found: dict[str, list[float]] = {column: [] for column in COLUMNS}
    for user in range(held.users):
        # Of equal predictions the one that the data names first stands first, as if nothing were known of the time.
        rows = np.sort(order[starts[user] : starts[user + 1]])
        if rows.size == 0:
            continue
        predicted, values = peer.score(user, held.item[rows]), held.value[rows]
        precision, recall = accepted_precision_recall(values, predicted)
        ranked = values[np.argsort(-predicted, kind="stable")]
        for column, value in zip(COLUMNS, (precision, recall, graded_ndcg(ranked)), strict=True):
            found[column].append(value)
    return found


def _measuring(
    contender: Contender, learn: Ratings, tune: Ratings, train: Ratings, test: Ratings
) -> Callable[[], Mapping[str, Any]]:
    def judge(peer: Peer) -> float:
        return float(sum(np.mean(values) for values in figures(peer, tune).values()))

    def measure() -> Mapping[str, Any]:
        begun = time.perf_counter()
        options = contender.tune((Fold(learn, tune, judge),))
        peer = contender.make(options)
        peer.fit(train)
        return {"people": figures(peer, test), "options": options, "seconds": round(time.perf_counter() - begun, 1)}

    return measure


def _floats(values: Sequence[float | None]) -> Any:
    return np.array([np.nan if value is None else value for value in values])


def _published(name: str) -> Mapping[str, Mapping[str, float]]:
    if "100k" not in name:
        return {}
    return {method: dict(zip(COLUMNS, values, strict=True)) for method, values in PUBLISHED.items()}
