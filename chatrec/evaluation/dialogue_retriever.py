"""The built-in retriever as one more method: the films named are its examples, the last utterance its search text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chatrec.evaluation.dialogue_features import Prepared
from chatrec.evaluation.dialogues import Outsider
from chatrec.records import Item, Request
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.embedding import Embedder
from chatrec.retrieval.learned import Learned
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.ranker import Ranker
from chatrec.retrieval.retriever import Retriever

_DEPTH = 50


def hybrids(
    prepared: Prepared, embedder: Embedder, ranker: Ranker | None, shelf: Sequence[Item] = ()
) -> Mapping[str, Outsider]:
    """`hybrid`, the retriever without anything learned from dialogues, and with a ranker `hybrid + learned`, as it ships.

    Lists are varied on purpose and 50 long.
    """
    catalog, plots = prepared.catalog, prepared.plots
    dense = DenseIndex.build([item.id for item in catalog], plots)
    lexical = LexicalIndex(catalog)
    ways = {"hybrid": Retriever(catalog, embedder, dense, lexical)}
    if ranker is not None:
        learned = Learned(catalog, plots, embedder, ranker, shelf)
        ways["hybrid + learned"] = Retriever(catalog, embedder, dense, lexical, learned=learned)
    return {name: _asked(prepared, retriever) for name, retriever in ways.items()}


def _asked(prepared: Prepared, retriever: Retriever) -> Outsider:
    def outsider(place: int) -> Sequence[int]:
        turn = prepared.turns[place]
        named = tuple(prepared.catalog.items[row].id for row in turn.named)
        said = turn.talk.last
        request = Request(
            "recommend", turn.context[-1] if turn.context else "", search_text=said, anchors=named, excluded=named
        )
        found = retriever.search(request, limit=_DEPTH)
        return [prepared.catalog.row(candidate.item_id) for candidate in found.candidates]

    return outsider
