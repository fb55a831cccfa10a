"""The built-in engine: READ by rules, RECOMMEND and ANSWER from facts; no model, no waiting, no state between calls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

import anyio.to_thread

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.answer import answer
from chatrec.engines.builtin.language_note import language_note
from chatrec.engines.builtin.predicted import Forecaster
from chatrec.engines.builtin.recommend import recommend
from chatrec.engines.protocol import Output
from chatrec.records import Reading, Shortlist, Situation

_LONG = 400
"""Characters from which a message may take longer to read than everybody else's replies should stand still for."""


class MessageReader(Protocol):
    """What the engine reads with: `chatrec.engines.builtin.read.Reader` is one."""

    def read(self, situation: Situation) -> Reading:
        """What a message asks, and the profile rewritten."""
        ...


async def read_aside(reader: MessageReader, situation: Situation) -> Reading:
    """A short message read at once, which takes some milliseconds; a long one in a thread, while others are served."""
    if len(situation.message) < _LONG:
        return reader.read(situation)
    return await anyio.to_thread.run_sync(reader.read, situation)


class BuiltInEngine:
    """An Engine that needs no language model: what a fresh clone runs, and what takes over when a model fails."""

    name = "built-in"

    def __init__(self, catalog: Catalog, reader: MessageReader, forecaster: Forecaster | None = None) -> None:
        self._catalog = catalog
        self._reader = reader
        self._forecaster = forecaster

    async def read(self, situation: Situation) -> Reading:
        """What the message asks, and the profile rewritten, by rules."""
        return await read_aside(self._reader, situation)

    async def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
        """An introduction, picks with reasons and evidence, and messages to send next."""
        for note in language_note(situation, reading):
            yield note
        for output in recommend(situation, reading, shortlist, self._catalog):
            yield output

    async def answer(self, situation: Situation, reading: Reading) -> AsyncIterator[Output]:
        """The reply in words, sentence by sentence, and messages to send next."""
        for note in language_note(situation, reading):
            yield note
        for output in answer(situation, reading, self._catalog, self._forecaster):
            yield output
