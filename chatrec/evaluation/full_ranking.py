"""Ranking every item a user has not rated: NDCG, recall and coverage of peers that were each tuned on validation rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from chatrec.catalog.table import Catalog
from chatrec.errors import DatasetError, SettingsError
from chatrec.evaluation.full_ranking_folds import folds_of
from chatrec.evaluation.metrics import mean_and_error, ndcg, paired_difference, recall
from chatrec.evaluation.peers import Contender, Fold, Peer, PeerUnavailable
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
    "Each was tuned by NDCG@10 on three splits of the rows that are not held out (options in the JSON file) and then learned "
    "from all of these.",
)
_SEEDS = "Means over the seeds {}; ± is the standard error over users, averaged over seeds."


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


def among(only: Sequence[str], catalog: Catalog) -> list[Contender]:
    """The contenders of the table with one of these names, all where none is named. SettingsError for a name that is none's."""
    found = {contender.name: contender for contender in contenders(catalog)}
    for name in only:
        if name not in found:
            raise SettingsError(f"There is no peer {name!r} in full-ranking; there are {', '.join(found)}.")
    return [contender for name, contender in found.items() if not only or name in (*only, _BAR)]


def rank_all(
    data: RatedData,
    name: str,
    out: Path,
    others: Sequence[Contender] = (),
    progress: bool = False,
    seed: int = SEED,
    only: Sequence[str] = (),
) -> Ranked:
    """Tune, learn and rank with every contender on one split; what an earlier run finished is taken from `out`."""
    ratings, scale = data.ratings, scale_of(data.ratings)
    split = split_of(name, ratings, seed)
    digest = split.write(out / "splits" / f"{data.name}-{name}-{seed}.csv")
    known, test = ratings.take(np.sort(np.concatenate([split.train, split.validation]))), ratings.take(split.test)
    held = Held.of(known, test, scale)
    if not any(wanted.size for wanted in held.wanted):
        raise DatasetError(
            f"Nothing that the {name} split of {data.name} holds out is rated 4 of 5 and more, so there is nothing to find; "
            "this protocol needs more ratings."
        )
    kept = Kept(out, protocol="full-ranking", data=ratings.digest, split=digest, version=3)
    folds = tuple(_fold(train, validation, scale) for train, validation in folds_of(split, ratings, seed))

    def measuring(contender: Contender) -> Callable[[], Mapping[str, Any]]:
        def measure() -> Mapping[str, Any]:
            begun = time.perf_counter()
            options = contender.tune(folds)
            peer = contender.make(options)
            peer.fit(known)
            lists = ranked(peer, held, ratings.items)
            return {"lists": lists, "options": options, "seconds": round(time.perf_counter() - begun, 1)}

        return measure

    parts, not_run = {}, {}
    for contender in tqdm(
        (*among(only, data.catalog), *others), desc=f"full-ranking, {name}", unit="peer", disable=not progress
    ):
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
    seeds: Sequence[int] = (SEED,),
    only: Sequence[str] = (),
) -> Report:
    """Both splits, a table each, and how far ahead of EASE ours is; of several seeds the means of their figures.

    `only` names the peers to run, EASE always among them; without, all.
    """
    tables: list[Table] = []
    settings: dict[str, Any] = {"data": data.name, "digest": data.ratings.digest, "seeds": list(seeds)}
    seconds: dict[str, Any] = {}
    for name in splits:
        found = [rank_all(data, name, out, others, progress, seed, only) for seed in seeds]
        people = [{method: figures(lists, one.held) for method, lists in one.lists.items()} for one in found]
        rows = {method: {c: _over_seeds([one[method][c] for one in people]) for c in COLUMNS} for method in people[0]}
        title = f"All unseen items, {data.name}, {name} split"
        several = () if len(seeds) == 1 else (_SEEDS.format(", ".join(map(str, seeds))),)
        notes = (*NOTES, *several, *_goal(people), *data.notes)
        tables.append(Table(title, COLUMNS, rows, notes=notes, not_run=found[0].not_run))
        by_seed = dict(zip(map(str, seeds), found, strict=True))
        settings[name] = {seed: {"split sha256": one.digest, "options": one.options} for seed, one in by_seed.items()}
        seconds[name] = {seed: one.seconds for seed, one in by_seed.items()}
    return Report("full-ranking", settings, tuple(tables), {"seconds": seconds})


def _fold(train: Ratings, validation: Ratings, scale: tuple[float, float]) -> Fold:
    tuning = Held.of(train, validation, scale)

    def judge(peer: Peer) -> float:
        return mean_and_error(figures(ranked(peer, tuning, train.items, 10), tuning)["NDCG@10"])[0]

    return Fold(train, validation, judge)


def _over_seeds(values: Sequence[Sequence[float]]) -> Figure:
    """The mean over seeds of the means over users, and of their standard errors: seeds share people, so no less is claimed."""
    means, errors = zip(*(mean_and_error(each) for each in values), strict=True)
    return float(np.mean(means)), float(np.mean(errors))


def _goal(people: Sequence[Mapping[str, Mapping[str, list[float]]]]) -> list[str]:
    """A sentence for each of ours: how many times EASE it reaches, of several seeds with the standard error over them."""
    lines = []
    bars = [np.array(one[_BAR]["NDCG@10"]) for one in people]
    for method in people[0]:
        if method.startswith("chatrec"):
            own = [np.array(one[method]["NDCG@10"]) for one in people]
            leads = [paired_difference(ours, bar) for ours, bar in zip(own, bars, strict=True)]
            times = [float(ours.mean() / bar.mean()) for ours, bar in zip(own, bars, strict=True)]
            mean, spread = mean_and_error(times)
            of_each = "" if len(times) == 1 else f" ± {spread:.3f} (by seed {', '.join(f'{each:.3f}' for each in times)})"
            ahead, error = np.mean(leads, axis=0)
            lines.append(
                f"{method}: {mean:.3f}{of_each} times EASE in NDCG@10 (goal {_GOAL}: "
                f"{'reached' if mean >= _GOAL else 'missed'}), ahead by {ahead:.4f} ± {error:.4f}."
            )
    return lines


def _by_user(ratings: Ratings) -> tuple[Rows, ...]:
    order, starts = ratings.starts()
    return tuple(ratings.item[order[starts[user] : starts[user + 1]]] for user in range(ratings.users))
