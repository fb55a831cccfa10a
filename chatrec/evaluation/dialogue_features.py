"""A folder of dialogues, made ready: vectors, features and statistics of every turn, never counted from its own dialogue."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scipy.sparse import csr_array

from chatrec.catalog.table import Catalog
from chatrec.evaluation.dialogue_folder import DialogueFolder, DialogueTurn, RatingsTable
from chatrec.records import Item
from chatrec.retrieval.cache import VectorCache, encode_cached
from chatrec.retrieval.embedding import Embedder, Vectors
from chatrec.retrieval.ranker import Blend
from chatrec.retrieval.renown import renown
from chatrec.retrieval.talk_features import Column, TalkFeatures, facts_text, plot_text
from chatrec.retrieval.talk_statistics import PastTurn, TalkStatistics

FOLDS = 5


def fold_of(dialogue: str) -> int:
    """The fold of a dialogue, 0 to 4, by a checksum of its id: the same everywhere and always."""
    return zlib.crc32(dialogue.encode()) % FOLDS


def turn_vectors(turns: Sequence[DialogueTurn], embedder: Embedder, cache: VectorCache | None, progress: bool) -> Vectors:
    """The vectors of what was said before each turn, (turns, 4, dimension) float32."""
    texts = [text for turn in turns for text in turn.talk.texts]
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    found = encode_cached(embedder, list(places), cache, progress)
    rows: Vectors = found[[places[text] for text in texts]].reshape(len(turns), 4, -1)
    return rows


@dataclass(frozen=True, slots=True)
class Prepared:
    """A catalog and turns with all that features are made from. `past` are the turns statistics may count: the same ones, of
    which those of a turn's own fold are left out, or others (`elsewhere`)."""

    catalog: Catalog
    turns: tuple[DialogueTurn, ...]
    vectors: Vectors
    plots: Vectors
    features: TalkFeatures
    past: tuple[PastTurn, ...]
    elsewhere: bool
    liked: csr_array | None

    def statistics(self, without: Sequence[int] = ()) -> TalkStatistics:
        """The statistics of the past turns whose fold is not in `without`."""
        return TalkStatistics(self.features, [p for p in self.past if fold_of(p.dialogue) not in without], self.liked)

    def columns(self, place: int, statistics: TalkStatistics | None) -> Mapping[str, Column]:
        """The features of the turn at a place."""
        talk, vectors = self.turns[place].talk, self.vectors[place]
        found = dict(self.features.of(talk, vectors))
        if statistics is not None:
            found.update(statistics.of(talk, vectors))
        return found

    def score(self, blend: Blend, place: int, statistics: TalkStatistics | None) -> Column:
        """The blend's score of every item, (n,)."""
        return blend.score(self.columns(place, statistics))


def prepare(
    folder: DialogueFolder,
    embedder: Embedder,
    *,
    cache: Path | None = None,
    shelf: Sequence[Item] = (),
    ratings: RatingsTable | None = None,
    train: tuple[DialogueTurn, ...] | None = None,
    progress: bool = False,
) -> Prepared:
    """Embed what the cache does not hold and make the features. `shelf` are items whose popularity is known (films we ship);
    `train` are dialogues to count from in place of the folder's own, already moved to its catalog."""
    vectors_of = VectorCache(cache) if cache is not None else None
    try:
        items = list(folder.catalog)
        plots = encode_cached(embedder, [plot_text(item) for item in items], vectors_of, progress)
        facts = encode_cached(embedder, [facts_text(item) for item in items], vectors_of, progress)
        vectors = turn_vectors(folder.turns, embedder, vectors_of, progress)
        there = folder.turns if train is None else train
        past_vectors = vectors if train is None else turn_vectors(train, embedder, vectors_of, progress)
    finally:
        if vectors_of is not None:
            vectors_of.close()
    known = renown(folder.catalog, shelf)
    features = TalkFeatures(folder.catalog, plots, facts, known, None if ratings is None else ratings.features)
    past = tuple(
        PastTurn(turn.dialogue, turn.talk, vector, turn.targets) for turn, vector in zip(there, past_vectors, strict=True)
    )
    return Prepared(
        folder.catalog,
        folder.turns,
        vectors,
        plots,
        features,
        past,
        train is not None,
        None if ratings is None else ratings.liked,
    )
