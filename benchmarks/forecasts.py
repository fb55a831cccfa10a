"""How well ratings of strangers are predicted: people held out whole, a few of their ratings told, the others predicted.

usage: python benchmarks/forecasts.py DATA [--folds 5] [--people 0] [--seed 0]

DATA is a folder of MovieLens as downloaded, or an imported catalog with ratings. A fifth of the people at a time is held out
of both models; those with 25 ratings or more tell 1, 3, 5, 10 or 20 of them, or likes and dislikes in words (the ratings at
the ends of the scale), and up to 25 others are predicted. Prints the RMSE of both models over all predictions, and how far the
joint one is ahead in squared error, user by user. --people: learn from so many only.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.evaluation.rated_data import IMPORTED, open_rated
from chatrec.history.actions import is_rating, rules_for
from chatrec.history.interactions import FOLDER, Interactions
from chatrec.history.rating_joint import JointRatings
from chatrec.history.ratings import Forecast, RatingModel

COUNTS = (1, 3, 5, 10, 20)
_POOL, _ASKED = 20, 25
_LIKED, _DISLIKED = 0.7, 0.3


def main() -> None:
    """Hold out, learn, predict and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=5, choices=range(1, 6))
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        catalog, ratings = opened(given.data, Path(work))
    rng = np.random.default_rng(given.seed)
    fold = rng.integers(0, 5, len(ratings.users))
    found: dict[tuple[str, int], list[NDArray[np.float64]]] = defaultdict(list)
    sure: dict[str, list[tuple[float, float]]] = defaultdict(list)
    covered: list[bool] = []
    for number in range(given.folds):
        learners = rng.permutation(np.flatnonzero(fold != number))[: given.people or None]
        began = time.process_time()
        known = part(ratings, np.isin(ratings.user, learners))
        nearest, joint = RatingModel.fit(known, catalog), JointRatings.fit(known, catalog)
        if nearest is None or joint is None:
            parser.exit(2, "There are too few ratings to learn from.\n")
        print(f"fold {number + 1}: learned from {len(known):,} ratings in {time.process_time() - began:.1f} s of a core")
        for user in tqdm(np.flatnonzero(fold == number), leave=False):
            for told, count, truth, before, after in forecasts(nearest, joint, ratings, int(user), rng):
                errors = np.array([(f.rating - t, g.rating - t) for f, g, t in zip(before, after, truth, strict=True)])
                found[told, count].append(errors)
                if told == "ratings":
                    covered += [g.model == "joint" for g in after]
                    for forecast, error in zip(after, errors[:, 1], strict=True):
                        if forecast.model == "joint":
                            sure[forecast.sureness].append((forecast.error * forecast.scale.span, abs(error)))
    print("\n| told | people | nearest items | joint | ahead in squared error |\n|---|---|---|---|---|")
    for (told, count), users in sorted(found.items(), key=lambda one: (one[0][0] != "ratings", one[0][1])):
        both = np.sqrt(np.mean(np.square(np.concatenate(users)), axis=0))
        ahead = np.array([np.mean(errors[:, 0] ** 2 - errors[:, 1] ** 2) for errors in users])
        error = ahead.std(ddof=1) / np.sqrt(len(ahead))
        print(f"| {count} {told} | {len(users)} | {both[0]:.3f} | {both[1]:.3f} | {ahead.mean():.3f} ± {error:.3f} |")
    print(f"\nThe joint model answered {np.mean(covered):.1%}.")
    for sureness, pairs in sure.items():
        said, was = np.mean(pairs, axis=0)
        print(f"{sureness}: {len(pairs):,}, said to be off by {said:.2f} on average, were by {was:.2f}")


def opened(folder: Path, work: Path) -> tuple[Catalog, Interactions]:
    """The catalog and its ratings alone."""
    open_rated(folder, work)
    place = folder if (folder / FOLDER).is_dir() else work / IMPORTED / folder.resolve().name
    catalog, _ = read_catalog(place)
    whole = Interactions.open(place / FOLDER)
    there = np.array([item in catalog for item in whole.items])[whole.item]
    return catalog, part(whole, is_rating(whole, rules_for(place / FOLDER)) & there)


def part(whole: Interactions, rows: NDArray[np.bool_]) -> Interactions:
    """Some of the rows."""
    columns: Any = {name: np.asarray(getattr(whole, name))[rows] for name in ("user", "item", "action", "value", "at")}
    return replace(whole, **columns)


def forecasts(
    nearest: RatingModel, joint: JointRatings, ratings: Interactions, user: int, rng: np.random.Generator
) -> Iterator[tuple[str, int, NDArray[np.float32], list[Forecast], list[Forecast]]]:
    """What was told and how much of it, the true ratings asked for, and the forecasts of either model."""
    rows = rng.permutation(np.flatnonzero(ratings.user == user))
    if len(rows) < _POOL + 5:
        return
    pool, asked = rows[:_POOL], rows[_POOL : _POOL + _ASKED]
    share = np.array([nearest.scale.share(float(value)) for value in ratings.value[pool]])
    clear = np.flatnonzero((share >= _LIKED) | (share <= _DISLIKED))
    for count in COUNTS:
        items = [ratings.items[ratings.item[row]] for row in pool[:count]]
        rated = dict(zip(items, ratings.value[pool[:count]].tolist(), strict=True))
        words = {ratings.items[ratings.item[pool[n]]]: 1.0 if share[n] >= _LIKED else -1.0 for n in clear[:count]}
        for told, said in (("ratings", (rated, {})), ("likes and dislikes", ({}, words))):
            if len(said[0]) + len(said[1]) < count or (told != "ratings" and count == _POOL):
                continue
            before = [nearest.predict(ratings.items[ratings.item[row]], *said) for row in asked]
            yield told, count, ratings.value[asked], before, [joint.refine(forecast, *said) for forecast in before]


if __name__ == "__main__":
    main()
