"""Hand-written wishes with their right answers -> recall@10, hit@1 and nDCG@10 for dense, lexical and fused retrieval.

usage: python benchmarks/wishes.py [--each]

The wishes are in tests/wishes.jsonl: {"wish": words as people put them, "right": [ids]}. Recall is the share of right answers
among the first ten, of at most ten that could be there. Dense is the vectors alone, lexical BM25 alone; fused is the retriever
given the wish as search text, as read the same given what the built-in reader makes of the wish: what a visitor gets.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatrec.assemble import open_retriever
from chatrec.catalog.table import Catalog, read_catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.read import Reader
from chatrec.records import Request, Situation
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.embedding import OnnxEmbeddings
from chatrec.retrieval.index import open_index
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.words import essence
from chatrec.settings import Settings, read_settings

WISHES = Path(__file__).parent.parent / "tests" / "wishes.jsonl"
FIRST = 10
Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for, and the ids of every item that answers it."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over the wishes, 0 to 1."""

    recall: float
    hit: float
    ndcg: float


def read_wishes(path: Path = WISHES) -> list[Wish]:
    """The wishes of a file, in order."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Wish(record["wish"], frozenset(record["right"])) for record in records]


def recall(found: Sequence[str], right: frozenset[str]) -> float:
    """The share of the right answers among the first ten found, of those that ten places can hold."""
    return len(right.intersection(found[:FIRST])) / min(FIRST, len(right))


def ndcg(found: Sequence[str], right: frozenset[str]) -> float:
    """nDCG@10 (Järvelin and Kekäläinen, 2002), every right answer worth the same."""
    gained = sum(1 / math.log2(rank + 2) for rank, item_id in enumerate(found[:FIRST]) if item_id in right)
    return gained / sum(1 / math.log2(rank + 2) for rank in range(min(FIRST, len(right))))


def score(wishes: Sequence[Wish], search: Search) -> Scores:
    """Run every wish through a search that gives ids, best first."""
    lists = [(list(search(wish.text)), wish.right) for wish in wishes]
    return Scores(
        statistics.fmean(recall(found, right) for found, right in lists),
        statistics.fmean(bool(found) and found[0] in right for found, right in lists),
        statistics.fmean(ndcg(found, right) for found, right in lists),
    )


def searches(settings: Settings, catalog: Catalog) -> Mapping[str, Search]:
    """The searches to compare, by name."""
    embeddings = OnnxEmbeddings(settings.embedder)
    dense: DenseIndex = open_index(catalog, embeddings, settings.catalog / "index")
    lexical = LexicalIndex(catalog)
    retriever = open_retriever(settings, catalog)
    reader = Reader(catalog, TitleLinker(catalog))

    def by_meaning(text: str) -> list[str]:
        rows, _ = dense.search(embeddings.encode_query(essence(text)), FIRST)
        return [catalog.items[row].id for row in rows]

    def by_words(text: str) -> list[str]:
        rows, _ = lexical.search(text, FIRST)
        return [catalog.items[row].id for row in rows]

    def by_both(text: str) -> list[str]:
        request = Request(intent="recommend", message=text, search_text=text)
        return [candidate.item_id for candidate in retriever.search(request, limit=FIRST).candidates]

    def as_read(text: str) -> list[str]:
        reading = reader.read(Situation(message=text, turn=1))
        return [candidate.item_id for candidate in retriever.search(reading.request, limit=FIRST).candidates]

    return {"dense": by_meaning, "lexical": by_words, "fused": by_both, "as read": as_read}


def main() -> None:
    """Print the scores of every search; with --each also the recall of every wish."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--each", action="store_true", help="also the recall of every wish")
    arguments = parser.parse_args()
    settings = read_settings({})
    catalog, _ = read_catalog(settings.catalog)
    wishes = read_wishes()
    compared = searches(settings, catalog)
    answers = sum(len(wish.right) for wish in wishes)
    print(f"{len(wishes)} wishes, {answers} right answers, {len(catalog):,} {catalog.plural}")
    for name, search in compared.items():
        result = score(wishes, search)
        print(f"{name:8} recall@10 {result.recall:.3f}  hit@1 {result.hit:.3f}  nDCG@10 {result.ndcg:.3f}")
    if arguments.each:
        for wish in wishes:
            shares = "  ".join(f"{recall(list(search(wish.text)), wish.right):.2f}" for search in compared.values())
            print(f"{shares}  ({len(wish.right):2} right)  {wish.text}")


if __name__ == "__main__":
    main()
