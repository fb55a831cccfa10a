"""A handle on a model -> what its server can do, tried one by one: answer, stream, JSON by schema and as an object, tools."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chatrec.errors import EmbedderError, ModelError, ModelReplyError
from chatrec.language.ask import complete, stream
from chatrec.language.failures import explain
from chatrec.language.formats import Rung, picks_shape
from chatrec.language.handle import ChatHandle
from chatrec.records import ModelCall

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

NEEDED = "answers"
"""The one capability without which a model cannot serve; for all others there is another way."""

_HELLO = [("user", "Reply with the single word: hello")]
_EXAMPLE = '{"intro": "hello", "picks": [{"number": 1, "reason": "because"}], "outro": ""}'
_JSON = [("user", f"Reply with one JSON object and nothing else: {_EXAMPLE}")]
_TOOL: dict[str, Any] = {
    "type": "function",
    "function": {
        "name": "look_up",
        "description": "Looks up the year of a title.",
        "parameters": {"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]},
    },
}


@dataclass(frozen=True, slots=True)
class Capability:
    """What came of one trial: `seconds` in all and to the first token, and in `detail` what was seen or why it failed."""

    name: str
    works: bool
    detail: str = ""
    seconds: float | None = None
    first_token_seconds: float | None = None


async def capabilities(handle: ChatHandle, embeddings: Embeddings | None = None) -> AsyncIterator[Capability]:
    """Try each capability of a model, one after the other; stops after the first when the server does not answer at all."""
    answers = await _tried(NEEDED, lambda: _complete(handle))
    yield answers
    if not answers.works:
        return
    yield await _tried("streams", lambda: _stream(handle))
    for name, rung in _formats(handle):
        yield await _tried(name, lambda rung=rung: _format(handle, rung))  # type: ignore[misc]
    yield await _tools(handle)
    if embeddings is not None:
        yield await _embeddings(embeddings)


async def _tried(name: str, trial: Callable[[], Any]) -> Capability:
    try:
        call, detail = await trial()
    except ModelError as error:
        seconds = error.call.seconds if error.call else None
        return Capability(name, False, str(error), seconds)
    return Capability(name, True, detail, call.seconds, call.first_token_seconds)


async def _complete(handle: ChatHandle) -> tuple[ModelCall, str]:
    _, call = await complete(handle, "check", _HELLO)
    return (
        call,
        f"{call.tokens_in} tokens in, {call.tokens_out} out, {'counted' if call.counted else 'not counted'} by the server",
    )


async def _stream(handle: ChatHandle) -> tuple[ModelCall, str]:
    pieces = 0
    async for piece in stream(handle, "check", _HELLO):
        if isinstance(piece, ModelCall):
            return piece, f"{pieces} piece{'s' if pieces != 1 else ''}"
        pieces += 1
    raise ModelReplyError(f"The reply of {handle.label} did not come to its end")


def _formats(handle: ChatHandle) -> list[tuple[str, Rung]]:
    names = {"schema": "JSON schema", "object": "JSON object"}
    found = [(names[rung.name], rung) for rung in handle.ladder.rungs if rung.name in names]
    return [(f"{name} with a schema" if name == names["object"] and rung.needs_shape else name, rung) for name, rung in found]


async def _format(handle: ChatHandle, rung: Rung) -> tuple[ModelCall, str]:
    """One streamed call in one format, whatever the ladder has learnt."""
    call: ModelCall | None = None
    async for piece in stream(handle, "check", _JSON, only=rung, shape=picks_shape(3), is_whole=lambda: True):
        if isinstance(piece, ModelCall):
            call = piece
    if call is None:
        raise ModelReplyError(f"The reply of {handle.label} did not come to its end")
    try:
        held = json.loads(call.reply)
    except ValueError:
        raise ModelReplyError(f"The request was taken, but the reply was no JSON: {_brief(call.reply)}", call) from None
    if rung.needs_shape and not _fits(held):
        raise ModelReplyError(f"The request was taken, but the reply does not follow the schema: {_brief(call.reply)}", call)
    return call, _brief(call.reply)


def _fits(held: object) -> bool:
    if not isinstance(held, dict) or set(held) != {"intro", "picks", "outro"} or not isinstance(held["picks"], list):
        return False
    return all(isinstance(pick, dict) and pick.get("number") in (1, 2, 3) for pick in held["picks"])


async def _tools(handle: ChatHandle) -> Capability:
    """chatrec itself calls no tools; other programs on the same server may."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(handle.limits.total):
            model = (await handle.model()).bind_tools([_TOOL])
            message = await model.ainvoke([("user", "In which year did Alien come out? Use the tool.")])
    except handle.errors as error:
        return Capability("tools", False, str(explain(error, handle)), time.monotonic() - began)
    calls = message.tool_calls
    detail = f"called {calls[0]['name']}" if calls else "taken, but no tool was called"
    return Capability("tools", bool(calls), detail, time.monotonic() - began)


async def _embeddings(embeddings: Embeddings) -> Capability:
    began = time.monotonic()
    try:
        vector = await asyncio.to_thread(embeddings.embed_query, "a quiet film about the sea")
    except EmbedderError as error:
        return Capability("embeddings", False, str(error), time.monotonic() - began)
    return Capability("embeddings", True, f"{len(vector)} numbers", time.monotonic() - began)


def _brief(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
