"""The test collection of wishes, as `chatrec eval requests` measures it; kept for those who know it by this name.

usage: python benchmarks/wishes.py [--each]
"""

from __future__ import annotations

import argparse

from chatrec.catalog.table import read_catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.read import Reader
from chatrec.evaluation.requests import Conditions, Scores, Search, Wish, ndcg, read_wishes, recall, score, searches
from chatrec.settings import read_settings

__all__ = ["Scores", "Search", "Wish", "ndcg", "read_wishes", "recall", "score", "searches"]


def main() -> None:
    """Print the scores of every search; with --each also the recall of every wish."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--each", action="store_true", help="also the recall of every wish")
    arguments = parser.parse_args()
    settings = read_settings({})
    catalog, _ = read_catalog(settings.catalog)
    wishes = read_wishes()
    compared = searches(settings, catalog)
    conditions = Conditions(catalog, Reader(catalog, TitleLinker(catalog)))
    answers = sum(len(wish.right) for wish in wishes)
    print(f"{len(wishes)} wishes, {answers} right answers, {len(catalog):,} {catalog.plural}")
    for name, search in compared.items():
        result = score(wishes, search, conditions.broken)
        print(
            f"{name:8} recall@10 {result.recall:.3f}  hit@1 {result.hit:.3f}  nDCG@10 {result.ndcg:.3f}  broken {result.broken}"
        )
    if arguments.each:
        for wish in wishes:
            shares = "  ".join(f"{recall(list(search(wish.text)), wish.right):.2f}" for search in compared.values())
            print(f"{shares}  ({len(wish.right):2} right)  {wish.text}")


if __name__ == "__main__":
    main()
