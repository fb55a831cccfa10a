"""The engine in use, asked as a visitor would: each turn of a dialogue with what was said before, its list as catalog rows."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from chatrec.assemble import assemble
from chatrec.catalog.table import as_record
from chatrec.evaluation.dialogue_features import Prepared
from chatrec.evaluation.dialogue_folder import DialogueTurn
from chatrec.evaluation.dialogues import Outsider
from chatrec.history.interactions import write_ids
from chatrec.records import Situation, Turn
from chatrec.settings import Settings

_DEPTH = 50


def asked(settings: Settings, prepared: Prepared) -> Mapping[str, Outsider]:
    """The configured engine (a model, or the built-in one) over the dialogues' catalog, under its name.

    READ gets the whole conversation, the retriever its request; the list is the retriever's, 50 long. Films named are taken out
    afterwards, as for every method.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / prepared.catalog.name  # by this name the index is found again in the cache
        folder.mkdir()
        write_ids(folder / "items.jsonl", ({**as_record(item), "id": str(row)} for row, item in enumerate(prepared.catalog)))
        used = settings.model_copy(update={"catalog": folder, "index": None})
        parts = assemble(used, database_url="sqlite://", progress=True)
    engine = parts.chat.model or parts.chat.built_in

    def outsider(place: int) -> Sequence[int]:
        situation = _situation(prepared.turns[place])
        reading = asyncio.run(engine.read(situation))
        request = replace(reading.request, intent="recommend")
        found = parts.retriever.search(request, reading.profile, limit=_DEPTH)
        return [int(candidate.item_id) for candidate in found.candidates]

    return {f"engine: {engine.name}": outsider}


def _situation(turn: DialogueTurn) -> Situation:
    """The last utterance as the message, what was said before as finished turns: the seeker's words, then the reply."""
    *before, message = turn.context or ("",)
    if len(before) % 2:
        before = ["", *before]
    history = tuple(
        Turn(number, said, reply=reply) for number, (said, reply) in enumerate(zip(before[::2], before[1::2], strict=True), 1)
    )
    return Situation(message=message, turn=len(history) + 1, history=history)
