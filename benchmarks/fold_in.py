"""What films named, or a past told, are worth to somebody who is not in the data: NDCG@10 of the chat's item model by recipe.

`python -m benchmarks.fold_in FOLDER`, FOLDER as `chatrec eval full-ranking` takes it. A fifth of the users, drawn three times,
is left out of learning. Each then names one, three or ten of the films they rated 4 and more, and right are the others; or
tells the oldest four fifths of what they rated, faded as the chat fades an import, and right is what they rated 4 and more of
the rest. That is asked of the blend, too, which is for people with a past: with its dates, and with its order alone.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array, vstack

from chatrec.evaluation.full_ranking import split_of
from chatrec.evaluation.metrics import mean_and_error, ndcg
from chatrec.evaluation.peers import Fold
from chatrec.evaluation.ranking_peers import Blended, OurBlend, liked_table, scale_of
from chatrec.evaluation.rated_data import open_rated
from chatrec.evaluation.splits import Ratings
from chatrec.retrieval.blend import Blend, Past, grade
from chatrec.retrieval.blend_traits import traits
from chatrec.retrieval.collaborative import CollaborativeModel, Recipe
from chatrec.retrieval.fold_in import HALF_LIFE
from chatrec.retrieval.item_weights import Floats
from chatrec.retrieval.stretches import WHOLE, stretches

NAMED = (1, 3, 10)
RIDGES = (50.0, 100.0, 200.0, 400.0, 800.0)
_DRAWS = 3
_PAST = "past"


def main(folder: Path) -> None:
    """Print a line a recipe."""
    with tempfile.TemporaryDirectory() as work:
        data = open_rated(folder, Path(work))
        ratings = data.ratings
    likes = liked_table(ratings)
    order, starts = ratings.starts()
    found: dict[str, dict[int | str, list[float]]] = {}
    for draw in range(_DRAWS):
        rng = np.random.default_rng(draw)
        strangers = rng.random(ratings.users) < 0.2
        train = ratings.take(~strangers[ratings.user])
        grades = grade(train.value, scale_of(ratings)).astype(np.float32)
        table = csr_array((grades, (train.user, train.item)), shape=(train.users, train.items))
        rows = stretches(train.user, train.item, grades, train.at, train.items)
        both = csr_array(vstack([WHOLE * table, rows]), dtype=np.float32)
        models = {
            "ratings of 4 and more (EASE)": CollaborativeModel.fit(liked_table(train)),
            "graded, items that three rated": CollaborativeModel.fit(table, Recipe(support=3)),
            **{f"graded, ridge {ridge:.0f}": CollaborativeModel.fit(table, Recipe(ridge=ridge)) for ridge in RIDGES},
            "graded, with stretches": CollaborativeModel.fit(both, Recipe(support=6)),
        }
        blend, weights = _blend(train, traits(data.catalog), draw)
        every = grade(ratings.value, scale_of(ratings))
        for user in np.flatnonzero(strangers):
            rows = order[starts[user] : starts[user + 1]]
            past, after = np.split(rows, [int(np.ceil(0.8 * len(rows)))])
            told = every[past] * 0.5 ** (np.arange(len(past))[::-1] / HALF_LIFE)
            later = ratings.item[after[every[after] == 1.0]]
            if len(later):
                lists = {name: model.scores(ratings.item[past].tolist(), told.tolist()) for name, model in models.items()}
                undated = np.full(len(past), int(train.at.max()))
                for name, at in (("blend", ratings.at[past]), ("blend, without dates", undated)):
                    lists[name] = blend.scores(Past(ratings.item[past], ratings.value[past], at), weights)
                for name, scores in lists.items():
                    scores[ratings.item[past]] = -np.inf
                    top = np.argsort(-scores, kind="stable")[:10]
                    found.setdefault(name, {}).setdefault(_PAST, []).append(ndcg(np.isin(top, later), len(later)))
            liked = rng.permutation(likes.indices[likes.indptr[user] : likes.indptr[user + 1]])
            for named in (each for each in NAMED if len(liked) > each):
                for name, model in models.items():
                    scores = model.scores(liked[:named].tolist(), [1.0] * named)
                    scores[liked[:named]] = -np.inf
                    top = np.argsort(-scores, kind="stable")[:10]
                    wanted = liked[named:]
                    values = found.setdefault(name, {}).setdefault(named, [])
                    values.append(ndcg(np.isin(top, wanted), len(wanted)))
    for name, by_count in found.items():
        print(
            f"{name:36}",
            *(
                "{}: {:.4f} ± {:.4f}".format(each, *mean_and_error(by_count[each]))
                for each in (*NAMED, _PAST)
                if each in by_count
            ),
        )


def _blend(train: Ratings, kinds: Floats, seed: int) -> tuple[Blend, Mapping[str, float]]:
    """The blend of these people, its weights learned from the newest fifth of each."""
    split = split_of("temporal", train, seed)
    before = train.take(np.sort(np.concatenate([split.train, split.validation])))
    contender = OurBlend(kinds=kinds)
    options = contender.tune((Fold(before, train.take(split.test), lambda peer: 0.0),))
    peer = Blended(options["weights"], kinds=kinds)
    peer.fit(train)
    return peer.blend, options["weights"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
