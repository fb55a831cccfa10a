"""How much people who liked the same should count beside text and facts: NDCG@10 by weight of the source `collaborative`.

`python -m benchmarks.collaborative_weight FOLDER`, FOLDER as `chatrec eval full-ranking` takes it. Somebody names
the last three films they liked in the training rows of the temporal split; right are those they liked in the validation rows.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from chatrec.evaluation.full_ranking import Held, split_of
from chatrec.evaluation.metrics import mean_and_error, ndcg
from chatrec.evaluation.ranking_peers import scale_of
from chatrec.evaluation.rated_data import open_rated
from chatrec.records import Request
from chatrec.retrieval.blend import grade
from chatrec.retrieval.cache import VectorCache
from chatrec.retrieval.collaborative import CollaborativeModel
from chatrec.retrieval.embedding import OnnxEmbeddings
from chatrec.retrieval.fusion import Weights
from chatrec.retrieval.index import build_index
from chatrec.retrieval.item_model import RECIPE
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.retriever import Retriever
from chatrec.settings import shipped

WEIGHTS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
_PEOPLE, _NAMED = 200, 3


def main(folder: Path) -> None:
    """Print a line a weight."""
    with tempfile.TemporaryDirectory() as work:
        data = open_rated(folder, Path(work))
        ratings, scale = data.ratings, scale_of(data.ratings)
        split = split_of("temporal", ratings)
        train = ratings.take(split.train)
        held = Held.of(train, ratings.take(split.validation), scale)
        grades = grade(train.value, scale).astype(np.float32)
        table = csr_array((grades, (train.user, train.item)), shape=(train.users, train.items))
        model = CollaborativeModel.fit(table, RECIPE)
        embeddings = OnnxEmbeddings(shipped("data") / "models" / "all-MiniLM-L6-v2-int8")
        with VectorCache(Path(work) / "vectors.sqlite3") as cache:
            dense = build_index(data.catalog, embeddings, Path(work) / "index", cache)
        order, starts = train.starts()
        people = np.random.default_rng(0).permutation([u for u, rows in enumerate(held.wanted) if rows.size])[:_PEOPLE]
        ids = [item.id for item in data.catalog]
        lexical = LexicalIndex(data.catalog)
        for weight in WEIGHTS:
            weights = replace(Weights(), collaborative=weight)
            retriever = Retriever(data.catalog, embeddings, dense, lexical, weights, collaborative=model)
            found = []
            for user in people:
                rows = order[starts[user] : starts[user + 1]]
                liked = [ids[row] for row in train.item[rows[grades[rows] == 1.0]][-_NAMED:]]
                seen = tuple(ids[row] for row in held.seen[user])
                request = Request("recommend", "", anchors=tuple(liked), excluded=seen)
                shown = [data.catalog.row(c.item_id) for c in retriever.search(request, limit=10).candidates]
                found.append(ndcg(np.isin(shown, held.wanted[user]), len(held.wanted[user])))
            mean, error = mean_and_error(found)
            print(f"{weight:5.1f}  NDCG@10 {mean:.4f} ± {error:.4f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
