"""Items as bags of words -> BM25: finds the names, places and rare words that vectors blur."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.dense import Rows
from chatrec.retrieval.words import ASKING, fold

Scores = NDArray[np.float32]

_TIMES = {"title": 3, "people": 2, "labels": 2, "story": 1}
_LONGEST_NAME = 5  # words of a title, name or label that also counts as one word
_LONGEST_TEXT = 200  # words of a query; nobody asks for more


class LexicalIndex:
    """BM25 (Lucene's form) over titles, people, genres, keywords, countries, languages and descriptions, words stemmed.

    Titles, names and labels of several words (`feel-good`, `Tilda Swinton`) also count as one word each, so that they are found
    whole. Made from the catalog at start: 60,000 items take a few seconds.
    """

    def __init__(self, catalog: Catalog) -> None:
        import bm25s
        from Stemmer import Stemmer

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # its import sets DEBUG, and a handler that prints
        self._stemmer = Stemmer("english")
        self._count = len(catalog)
        stems: dict[str, int] = {}
        known: dict[str, int] = {}
        documents = []
        for item in catalog:
            numbers = []
            for word in _words(item):
                number = known.get(word)
                if number is None:
                    number = known[word] = stems.setdefault(self._stemmer.stemWord(word), len(stems))
                numbers.append(number)
            documents.append(numbers)
        if not stems:  # bm25s divides by the mean length, so a catalog without a word gets an unsearchable one
            stems, documents = {"": 0}, [[0] for _ in documents]
        self._stems = stems
        self._index = bm25s.BM25(method="lucene")
        self._index.index((documents, stems), show_progress=False)
        starts, values = self._index.scores["indptr"], self._index.scores["data"]
        self._most = np.maximum.reduceat(values, starts[:-1].astype(np.int64))

    def scores(self, text: str) -> Scores:
        """How well every item answers the text, (n,) float32: its BM25 score as a share of the highest thinkable one.

        1 would be an item that has every known word of the text as tellingly as any item has it; 0 one that has none.
        """
        numbers = self._numbers(text)
        if not numbers:
            return np.zeros(self._count, dtype=np.float32)
        found: Scores = self._index.get_scores_from_ids(numbers) / self._most[numbers].sum()
        return found

    def search(self, text: str, k: int, allowed_rows: Rows | None = None) -> tuple[Rows, Scores]:
        """The at most `k` rows that share a word with the text, best first, and their scores; only allowed ones if given."""
        scores = self.scores(text)
        rows = np.arange(self._count, dtype=np.int64) if allowed_rows is None else allowed_rows
        rows = rows[scores[rows] > 0]
        best = rows[np.argsort(-scores[rows], kind="stable")[:k]]
        return best, scores[best]

    def _numbers(self, text: str) -> list[int]:
        words = fold(text).split()[:_LONGEST_TEXT]
        wanted = [word for word in words if word not in ASKING]
        wanted += ["".join(words[i : i + n]) for n in range(2, _LONGEST_NAME + 1) for i in range(len(words) - n + 1)]
        stems = dict.fromkeys(self._stemmer.stemWords(wanted))
        return [self._stems[stem] for stem in stems if stem in self._stems]


def _words(item: Item) -> Iterable[str]:
    fields = {
        "title": (item.title, item.original_title, item.series),
        "people": tuple(name for names in item.people.values() for name in names),
        "labels": (*item.genres, *item.keywords, *item.countries, *item.languages),
        "story": (item.description,),
    }
    for field, texts in fields.items():
        for text in texts:
            words = fold(text).split()
            yield from words * _TIMES[field]
            if field != "story" and 1 < len(words) <= _LONGEST_NAME:
                yield "".join(words)
