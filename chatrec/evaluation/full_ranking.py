"""Ranking every item a user has not rated: NDCG, recall and coverage of peers that were each tuned on validation rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from chatrec.evaluation.metrics import mean_and_error, ndcg, paired_difference, recall
from chatrec.evaluation.peers import Contender, Peer, PeerUnavailable
from chatrec.evaluation.ranking_peers import contenders, relevant, scale_of
from chatrec.evaluation.rated_data import RatedData
from chatrec.evaluation.report import Figure, Kept, Report, Table
from chatrec.evaluation.splits import Ratings, Rows, Split, random_split, temporal_split

COLUMNS = ("NDCG@10", "recall@10", "recall@50")
SPLITS = ("temporal", "random")
SEED = 42
_DEPTH = 50
_GOAL, _BAR = 1.05, "EASE"

NOTES = (
    "All items are ranked but those the user rated in the training or validation rows. Relevant: held-out ratings of 4 and "
    "more. Means over users with anything relevant held out ± standard error.",
    "Each was tuned on the validation rows by NDCG@10 (options in the JSON file) and then learned from training and validation "
    "rows together.",
)


@dataclass(frozen=True)
class Held:
    """What a user may be shown and what would be right: `seen` and `wanted` are catalog rows by user."""

    seen: tuple[Rows, ...]
    wanted: tuple[Rows, ...]

    @classmethod
    def of(cls, known: Ratings, held: Ratings, scale: tuple[float, float]) -> Held:
        """From the rows a peer may know and the rows it may not."""
        return cls(_by_user(known), _by_user(held.take(relevant(held, scale))))


def split_of(name: str, ratings: Ratings, seed: int = SEED) -> Split:
    """`temporal`: each user's last fifth; `random`: 80/10/10 of all rows."""
    return temporal_split(ratings, 0.2, seed) if name == "temporal" else random_split(len(ratings), 0.1, 0.1, seed)


def ranked(peer: Peer, held: Held, items: int, depth: int = _DEPTH) -> dict[int, Rows]:
    """The best `depth` unseen items of every user who has something to be found, best first."""
    everything = np.arange(items)
    found = {}
    for user, wanted in enumerate(held.wanted):
        if wanted.size == 0:
            continue
        scores = np.array(peer.score(user, everything), dtype=np.float64)
        scores[held.seen[user]] = -np.inf
        top = np.argpartition(-scores, depth)[:depth] if depth < items else everything
        found[user] = top[np.lexsort((top, -scores[top]))]
    return found


def figures(lists: Mapping[int, Sequence[int] | Rows], held: Held) -> dict[str, list[float]]:
    """Each user's figures, users in ascending order."""
    found: dict[str, list[float]] = {column: [] for column in COLUMNS}
    for user in sorted(lists):
        wanted = held.wanted[user]
        hits = np.isin(np.asarray(lists[user]), wanted)
        found["NDCG@10"].append(ndcg(hits, len(wanted), 10))
        found["recall@10"].append(recall(hits, len(wanted), 10))
        found["recall@50"].append(recall(hits, len(wanted), 50))
    return found


@dataclass(frozen=True)
class Ranked:
    """What one split gave: the lists of every contender by user, the options chosen and the seconds it took.

    `not_run` tells why a contender did not take part.
    """

    split: Split
    digest: str
    held: Held
    known: Ratings
    lists: Mapping[str, Mapping[int, Sequence[int]]]
    options: Mapping[str, Any]
    seconds: Mapping[str, float]
    not_run: Mapping[str, str] = field(default_factory=dict)


def rank_all(
    data: RatedData, name: str, out: Path, others: Sequence[Contender] = (), progress: bool = False, seed: int = SEED
) -> Ranked:
    """Tune, learn and rank with every contender on one split; what an earlier run finished is taken from `out`."""
    ratings, scale = data.ratings, scale_of(data.ratings)
    split = split_of(name, ratings, seed)
    digest = split.write(out / "splits" / f"{data.name}-{name}-{seed}.csv")
    train, validation, test = (ratings.take(rows) for rows in (split.train, split.validation, split.test))
    known = ratings.take(np.sort(np.concatenate([split.train, split.validation])))
    tuning, held = Held.of(train, validation, scale), Held.of(known, test, scale)
    kept = Kept(out, protocol="full-ranking", data=ratings.digest, split=digest, version=2)

    def judge(peer: Peer) -> float:
        return mean_and_error(figures(ranked(peer, tuning, ratings.items, 10), tuning)["NDCG@10"])[0]

    def measuring(contender: Contender) -> Callable[[], Mapping[str, Any]]:
        def measure() -> Mapping[str, Any]:
            begun = time.perf_counter()
            options = contender.tune(train, validation, judge)
            peer = contender.make(options)
            peer.fit(known)
            lists = ranked(peer, held, ratings.items)
            return {"lists": lists, "options": options, "seconds": round(time.perf_counter() - begun, 1)}

        return measure

    parts, not_run = {}, {}
    for contender in tqdm((*contenders(), *others), desc=f"full-ranking, {name}", unit="peer", disable=not progress):
        try:
            parts[contender.name] = kept.part(contender.name, measuring(contender))
        except PeerUnavailable as reason:
            not_run[contender.name] = str(reason)
    return Ranked(
        split,
        digest,
        held,
        known,
        {each: {int(user): rows for user, rows in part["lists"].items()} for each, part in parts.items()},
        {each: part["options"] for each, part in parts.items()},
        {each: part["seconds"] for each, part in parts.items()},
        not_run,
    )


def run(
    data: RatedData,
    out: Path,
    splits: Sequence[str] = SPLITS,
    others: Sequence[Contender] = (),
    progress: bool = False,
    seed: int = SEED,
) -> Report:
    """Both splits, a table each, and how far ahead of EASE ours is."""
    tables: list[Table] = []
    settings: dict[str, Any] = {"data": data.name, "digest": data.ratings.digest, "seed": seed}
    seconds: dict[str, Any] = {}
    for name in splits:
        found = rank_all(data, name, out, others, progress, seed)
        people = {method: figures(lists, found.held) for method, lists in found.lists.items()}
        rows: dict[str, dict[str, Figure]] = {
            method: {c: mean_and_error(values[c]) for c in COLUMNS} for method, values in people.items()
        }
        title, notes = f"All unseen items, {data.name}, {name} split", (*NOTES, *_goal(people))
        tables.append(Table(title, COLUMNS, rows, notes=notes, not_run=found.not_run))
        settings[name] = {"split sha256": found.digest, "options": found.options}
        seconds[name] = found.seconds
    return Report("full-ranking", settings, tuple(tables), {"seconds": seconds})


def _goal(people: Mapping[str, Mapping[str, list[float]]]) -> list[str]:
    """A sentence for each of ours: how many times EASE it reaches."""
    lines = []
    bar = np.array(people[_BAR]["NDCG@10"])
    for method in people:
        if method.startswith("chatrec"):
            own = np.array(people[method]["NDCG@10"])
            ahead, error = paired_difference(own, bar)
            times = own.mean() / bar.mean()
            reached = "reached" if times >= _GOAL else "missed"
            lines.append(
                f"{method}: {times:.3f} times EASE in NDCG@10 (goal {_GOAL}: {reached}), ahead by {ahead:.4f} ± {error:.4f}."
            )
    return lines


def _by_user(ratings: Ratings) -> tuple[Rows, ...]:
    order, starts = ratings.starts()
    return tuple(ratings.item[order[starts[user] : starts[user + 1]]] for user in range(ratings.users))
