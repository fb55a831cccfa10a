"""A request with what was said before it -> how much each item is what people bring up then, by the ranker that ships."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from functools import cached_property

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.records import Item, Request
from chatrec.retrieval.embedding import Embedder, Vectors
from chatrec.retrieval.fusion import Numbers, calibrated
from chatrec.retrieval.ranker import Blend, Ranker
from chatrec.retrieval.renown import renown
from chatrec.retrieval.talk import Named, Talk
from chatrec.retrieval.talk_features import TalkFeatures
from chatrec.retrieval.talk_words import genre_table

LIVE = "live"
_FEELINGS = {"like": 1, "dislike": -1, "seen": 0, "neutral": 0}
_RECENT = 2  # messages of the person
_LONG_AGO = 8  # utterances: what was disliked before this conversation
_LISTS = ("recommend", "more")
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

    def weighing(self, blend: Blend) -> Learned:
        """The same features weighed otherwise."""
        other = copy(self)
        other.__dict__["_features"] = self._features
        other._blend = blend
        return other

    def scores(self, request: Request) -> Numbers:
        """The score of every item, (n,) float64 from 0 (average or less) to 1 (the best)."""
        talk = talk_of(request, self._catalog)
        texts = {text: self._embedder.encode_query(text) for text in dict.fromkeys(talk.texts)}
        found = self._blend.score(self._features.of(talk, np.stack([texts[text] for text in talk.texts]))).astype(np.float64)
        return calibrated(found, found)


def talk_of(request: Request, catalog: Catalog) -> Talk:
    """The conversation as READ tells it: the person's words that still count and the items spoken of, each as old as it is."""
    said = request.said or (request.search_text or request.message,)
    feelings = dict.fromkeys(request.anchors, 1) | dict.fromkeys(request.avoided, -1)
    spoken = {m.item_id: m for m in (*request.earlier, *request.mentions)}
    listing = request.intent in _LISTS
    now = {m.item_id for m in request.mentions if m.sentiment != "neutral" or not listing or m.item_id in feelings}
    found = [Named(catalog.row(i), _LONG_AGO, feeling=-1) for i in request.avoided if i in catalog and i not in spoken]
    for mention in request.earlier:
        if mention.item_id in catalog and mention.item_id not in now:
            back = 2 * max(request.turn - mention.turn, 0)  # a turn is two utterances
            found.append(Named(catalog.row(mention.item_id), back, feeling=_FEELINGS[mention.sentiment]))
    found += [Named(catalog.row(i), feeling=1) for i in reversed(request.anchors) if i in catalog and i not in spoken]
    for mention in request.mentions:
        if mention.item_id in catalog and mention.item_id in now:
            feeling = _FEELINGS[mention.sentiment] or feelings.get(mention.item_id, 0)
            found.append(Named(catalog.row(mention.item_id), feeling=feeling))
    seeker = " ".join(said)
    return Talk(
        last=said[-1],
        recent=" ".join(said[-_RECENT:]),
        seeker=seeker,
        whole=seeker,
        raw=" ".join((*said[-_RECENT:-1], request.message)),
        named=tuple(found),
        turns=max(2 * request.turn, 2),
    )
