"""Fit data/ranker.json on folders of dialogues, and say by cross-validation over dialogues what the fit is worth.

usage: python scripts/fit_ranker.py --data FOLDER [--data FOLDER ...] [--ratings FOLDER] [--out data/ranker.json] [--folds 5]

Every figure is for dialogues that neither the weights nor the counts have seen: weights are fitted on four fifths of the
dialogues, and even there a turn's statistics never count its own fifth. With --folds 0 only the final fit is made. The blend
`live`, which the chat uses, is fitted on what the built-in engine reads in the dialogues, played message by message.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from chatrec.catalog.table import read_catalog
from chatrec.evaluation.dialogue_features import FOLDS, prepare
from chatrec.evaluation.dialogue_folder import read_dialogues, read_ratings
from chatrec.evaluation.dialogue_played import as_the_chat_hears
from chatrec.evaluation.ranker_fit import Recipe
from chatrec.evaluation.ranker_study import Study
from chatrec.retrieval.embedding import OnnxEmbeddings
from chatrec.retrieval.learned import LIVE
from chatrec.retrieval.ranker import Ranker
from chatrec.settings import read_settings, shipped

_NOT_LIVE = ("plain", "ratings", "dialogues", "ratings+dialogues")


def main() -> None:
    """Cross-validate, then fit on everything and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, action="append", required=True, help="folder of dialogues; may be given again")
    parser.add_argument("--ratings", type=Path, help="MovieLens folder; without it the blends that use ratings are not fitted")
    parser.add_argument("--out", type=Path, default=Path("data/ranker.json"))
    parser.add_argument("--folds", type=int, default=FOLDS, choices=(0, FOLDS))
    parser.add_argument("--hidden", type=int, default=Recipe().hidden)
    parser.add_argument("--passes", type=int, default=Recipe().passes)
    arguments = parser.parse_args()
    settings = read_settings({})
    shelf, _ = read_catalog(shipped("data/movies"))
    embedder = OnnxEmbeddings(settings.embedder)
    studies, live, digests = [], [], []
    for data in arguments.data:
        folder = read_dialogues(data)
        ratings = read_ratings(arguments.ratings, folder.catalog) if arguments.ratings else None
        cache = settings.cache / "vectors.sqlite3"
        prepared = prepare(folder, embedder, cache=cache, shelf=shelf.items, ratings=ratings, progress=True)
        studies.append(Study(prepared, progress=True))
        live.append(Study(as_the_chat_hears(prepared, embedder, cache=cache, shelf=shelf.items, progress=True), progress=True))
        digests.append(folder.digest)
    recipe = replace(Recipe(), hidden=arguments.hidden, passes=arguments.passes)
    if arguments.folds:
        for place, data in enumerate(arguments.data):
            found = studies[place].cross_validated(recipe, [s for s in studies if s is not studies[place]], _NOT_LIVE)
            found |= live[place].cross_validated(recipe, [s for s in live if s is not live[place]], (LIVE,))
            for name, ranks in found.items():
                hits = [float((ranks <= k).mean()) for k in (1, 5, 10, 20, 50)]
                error = float(np.std(ranks <= 10) / np.sqrt(len(ranks)))
                print(
                    f"{data.name:16} {name:18} " + " ".join(f"{hit:.4f}" for hit in hits) + f"  (R@10 ±{error:.4f})", flush=True
                )
    blends = {**Study.fitted(studies, recipe, wanted=_NOT_LIVE), **Study.fitted(live, recipe, wanted=(LIVE,))}
    names = ", ".join(data.name for data in arguments.data)
    about = f"Fitted by scripts/fit_ranker.py on {names}; the features are those of chatrec/retrieval/talk_*.py."
    Ranker(blends, tuple(digests), about).save(arguments.out)
    print(f"wrote {arguments.out}")


if __name__ == "__main__":
    main()
