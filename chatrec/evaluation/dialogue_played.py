"""Dialogues, played to an engine as a visitor would: every message read in turn, each reading known to the next."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.engine import BuiltInEngine
from chatrec.engines.builtin.read import Reader
from chatrec.engines.protocol import Engine
from chatrec.evaluation.dialogue_features import Prepared, turn_vectors
from chatrec.records import Item, Pick, Profile, Reading, Situation, Turn
from chatrec.retrieval.cache import VectorCache, encode_cached
from chatrec.retrieval.embedding import Embedder
from chatrec.retrieval.index import document_text
from chatrec.retrieval.learned import talk_of
from chatrec.retrieval.renown import renown
from chatrec.retrieval.talk_features import TalkFeatures

_YEAR = re.compile(r"\s*\(\d{4}\)$")


def numbered(catalog: Catalog) -> Catalog:
    """The same items with their rows for ids, which no message can name by chance."""
    items = (replace(item, id=str(row)) for row, item in enumerate(catalog))
    return Catalog(items, name=catalog.name, noun=catalog.noun, plural=catalog.plural)


class Played:
    """What an engine over the `numbered` catalog of some dialogues reads in each turn.

    The seeker's utterances are the messages; the films a recommender names are what was shown in that turn, for a real
    conversation knows its own picks. Every utterance is read once.
    """

    def __init__(self, engine: Engine, prepared: Prepared) -> None:
        self._engine = engine
        self._prepared = prepared
        self._turns: dict[tuple[str, ...], Turn] = {}

    def reading(self, place: int) -> Reading:
        """What the engine makes of the last utterance before the turn at a place, and of all before it."""
        turn = self._prepared.turns[place]
        *before, message = turn.context or ("",)
        if len(before) % 2:
            before = ["", *before]
        history: list[Turn] = []
        profile = Profile()
        heard: tuple[str, ...] = (turn.dialogue,)
        for number, (said, reply) in enumerate(zip(before[::2], before[1::2], strict=True), 1):
            heard = (*heard, said, reply)
            if heard not in self._turns:
                read = self._read(Situation(said, number, profile, tuple(history)))
                shown = self._shown(reply, turn.named)
                self._turns[heard] = Turn(number, said, reply, shown, read.request, read.profile, self._engine.name)
            done = self._turns[heard]
            profile = done.profile
            history = [] if done.request is not None and done.request.intent == "reset" else [*history, done]
        return self._read(Situation(message, len(before) // 2 + 1, profile, tuple(history)))

    def _read(self, situation: Situation) -> Reading:
        return asyncio.run(self._engine.read(situation))

    def _shown(self, reply: str, named: Sequence[int]) -> tuple[Pick, ...]:
        """The films of the dialogue that a reply names."""
        folded = reply.casefold()
        items = [(row, self._prepared.catalog.items[row]) for row in named]
        found = [(row, item) for row, item in items if item.id in reply or _YEAR.sub("", item.id).casefold() in folded]
        return tuple(Pick(str(row), item.title, item.year, rank, "") for rank, (row, item) in enumerate(found, 1))


def as_the_chat_hears(
    prepared: Prepared, embedder: Embedder, *, cache: Path | None = None, shelf: Sequence[Item] = (), progress: bool = False
) -> Prepared:
    """The same turns as the built-in engine reads them, with the vectors a catalog in use has: what the blend `live` is for.

    Only what the person said counts, and of the films only those they spoke of.
    """
    catalog = numbered(prepared.catalog)
    reader = Reader(catalog, TitleLinker(catalog))
    played = Played(BuiltInEngine(catalog, reader), prepared)
    places = [place for place, turn in enumerate(prepared.turns) if turn.targets]
    talks = {
        place: talk_of(played.reading(place).request, catalog)
        for place in tqdm(places, desc="Reading", unit="turn", disable=not progress)
    }
    turns = tuple(replace(turn, talk=talks.get(place, turn.talk)) for place, turn in enumerate(prepared.turns))
    vectors_of = VectorCache(cache) if cache is not None else None
    try:
        documents = encode_cached(embedder, [document_text(item) for item in catalog], vectors_of, progress)
        spoken = turn_vectors(turns, embedder, vectors_of, progress)
    finally:
        if vectors_of is not None:
            vectors_of.close()
    features = TalkFeatures(catalog, documents, None, renown(catalog, shelf))
    return replace(
        prepared, turns=turns, vectors=spoken, plots=documents, features=features, past=(), elsewhere=True, liked=None
    )
