"""Hand-written wishes with their right answers -> recall, hits, nDCG and broken conditions of each way to search.

The collection ships as data/wishes.jsonl: {"wish": words as people put them, "right": [ids of films that ship]}. Recall is the
share of right answers among the first ten, of at most ten that could be there. Dense is the vectors alone, lexical BM25 alone;
fused is the retriever given the wish as search text, as read the same given what the built-in reader makes of the wish. A
condition is broken by each of the first ten items that does not satisfy every hard constraint the reader took from the wish.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chatrec.assemble import open_retriever
from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.read import Reader
from chatrec.errors import DatasetError
from chatrec.records import Constraint, Request, Situation
from chatrec.retrieval.embedding import OnnxEmbeddings
from chatrec.retrieval.filters import Filters
from chatrec.retrieval.index import open_index
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.words import essence
from chatrec.settings import Settings, shipped

FIRST = 10
Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for, and the ids of every item that answers it."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over the wishes, 0 to 1, the standard error of recall, and how many items shown break a condition of their wish."""

    recall: float
    hit: float
    ndcg: float
    broken: int = 0
    recall_error: float = field(default=0.0, compare=False)


def read_wishes(path: Path | None = None) -> list[Wish]:
    """The wishes of a file (default: those that ship), in order. DatasetError: missing or damaged."""
    path = path or shipped("data/wishes.jsonl")
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise DatasetError(f"There are no wishes at {path} ({getattr(error, 'strerror', None) or error}).") from None
    wishes = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            wishes.append(Wish(str(record["wish"]), frozenset(map(str, record["right"]))))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise DatasetError(f'{path}:{number} is no wish; the form is {{"wish": "words", "right": ["id"]}}.') from None
        if not wishes[-1].right:
            raise DatasetError(f"{path}:{number} has no right answer; give the ids of the items that answer it.")
    if not wishes:
        raise DatasetError(f"{path} holds no wish.")
    return wishes


def answered_in(wishes: Sequence[Wish], catalog: Catalog) -> list[Wish]:
    """The wishes that some item of the catalog answers, with those answers alone. DatasetError: there is none."""
    found = [Wish(wish.text, frozenset(item_id for item_id in wish.right if item_id in catalog)) for wish in wishes]
    if not any(wish.right for wish in found):
        raise DatasetError(
            f"None of the right answers is in {catalog.name}; give wishes for this catalog with --wishes, one object a line: "
            '{"wish": "words", "right": ["id"]}.'
        )
    return [wish for wish in found if wish.right]


def recall(found: Sequence[str], right: frozenset[str]) -> float:
    """The share of the right answers among the first ten found, of those that ten places can hold."""
    return len(right.intersection(found[:FIRST])) / min(FIRST, len(right))


def ndcg(found: Sequence[str], right: frozenset[str]) -> float:
    """nDCG@10 (Järvelin and Kekäläinen, 2002), every right answer worth the same."""
    gained = sum(1 / math.log2(rank + 2) for rank, item_id in enumerate(found[:FIRST]) if item_id in right)
    return gained / sum(1 / math.log2(rank + 2) for rank in range(min(FIRST, len(right))))


Broken = Callable[[str, Sequence[str]], int]


def score(wishes: Sequence[Wish], search: Search, broken: Broken | None = None) -> Scores:
    """Run every wish through a search that gives ids, best first; `broken` counts the items that break its conditions."""
    lists = [(list(search(wish.text)), wish) for wish in wishes]
    shares = [recall(found, wish.right) for found, wish in lists]
    return Scores(
        statistics.fmean(shares),
        statistics.fmean(bool(found) and found[0] in wish.right for found, wish in lists),
        statistics.fmean(ndcg(found, wish.right) for found, wish in lists),
        sum(broken(wish.text, found[:FIRST]) for found, wish in lists) if broken else 0,
        statistics.stdev(shares) / math.sqrt(len(shares)) if len(shares) > 1 else 0.0,
    )


class Conditions:
    """The hard constraints the built-in reader takes from a wish, and which items break them."""

    def __init__(self, catalog: Catalog, reader: Reader) -> None:
        self._catalog, self._reader, self._filters = catalog, reader, Filters(catalog)

    def of(self, text: str) -> tuple[Constraint, ...]:
        """The constraints of a wish."""
        return self._reader.read(Situation(message=text, turn=1)).request.constraints

    def broken(self, text: str, ids: Sequence[str]) -> int:
        """How many of these items do not satisfy every constraint of the wish."""
        allowed = self._filters.allowed(self.of(text))
        return sum(not allowed[self._catalog.row(item_id)] for item_id in ids)


def searches(settings: Settings, catalog: Catalog) -> Mapping[str, Search]:
    """The searches to compare, by name."""
    embeddings = OnnxEmbeddings(settings.embedder)
    dense = open_index(catalog, embeddings, settings.catalog / "index")
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
