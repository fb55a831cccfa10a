"""A request that names examples -> how much each item is what people bring up after such words, by the ranker that ships."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.records import Item, Request
from chatrec.retrieval.embedding import Embedder, Vectors
from chatrec.retrieval.fusion import Numbers, calibrated
from chatrec.retrieval.ranker import Ranker
from chatrec.retrieval.renown import renown
from chatrec.retrieval.talk import Named, Talk
from chatrec.retrieval.talk_features import TalkFeatures
from chatrec.retrieval.talk_words import genre_table

LIVE = "live"
_KNOWN_GENRES = 0.5  # share of items with a genre of films: below it, what was learned of films says nothing


class Learned:
    """Scores of one catalog for a request; holds nothing of any visitor."""

    def __init__(
        self, catalog: Catalog, vectors: Vectors, embedder: Embedder, ranker: Ranker, shelf: Iterable[Item] = ()
    ) -> None:
        self._catalog = catalog
        self._embedder = embedder
        self._blend = ranker.blends[LIVE]
        self._vectors = vectors
        self._shelf = tuple(shelf)

    @cached_property
    def _features(self) -> TalkFeatures:
        """Made at the first wish with an example: half a second that most starts can spare."""
        return TalkFeatures(self._catalog, self._vectors, None, renown(self._catalog, self._shelf))

    @staticmethod
    def suits(catalog: Catalog) -> bool:
        """Whether the catalog is of the kind the ranker was fitted on: films, by their genres."""
        return bool(genre_table(item.genres for item in catalog).any(axis=1).mean() >= _KNOWN_GENRES)

    def scores(self, request: Request, vector: Vectors | None) -> Numbers:
        """The score of every item, (n,) float64 from 0 (average or less) to 1 (the best); all 0 where nothing is named.

        `vector` is that of the request's search text, None where it has none.
        """
        named = tuple(
            Named(self._catalog.row(item_id), feeling=feeling)
            for ids, feeling in ((request.avoided, -1), (request.anchors, 1))
            for item_id in ids
            if item_id in self._catalog
        )
        if not any(name.feeling > 0 for name in named):
            return np.zeros(len(self._catalog))
        words = request.search_text
        talk = Talk(last=words, recent=words, seeker=words, whole=words, raw=request.message or words, named=named, turns=3)
        if vector is None:
            vector = self._embedder.encode_query("")
        found = self._blend.score(self._features.of(talk, np.stack([vector] * len(talk.texts)))).astype(np.float64)
        return calibrated(found, found)
