"""The chat completions of a vendor's client -> the same, with streamed pieces as the plain data that was sent.

Such a client makes an object of every piece of a reply, a token or so, for the library above to take apart again at once. That
is more work than all else about a piece, and while it is done nobody else is served.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol


class Stream(AbstractAsyncContextManager[Any], Protocol):
    """An open reply: pieces as they arrive; leaving it closes the connection."""

    def __aiter__(self) -> AsyncIterator[Any]:
        """The pieces."""
        ...


class PlainCompletions:
    """Stands in for `completions`, whose raw responses are parsed into streams of type `plain`."""

    def __init__(self, completions: Any, plain: type[Any]) -> None:
        self._completions = completions
        self._plain = plain

    @property
    def with_raw_response(self) -> Any:
        """As the client has it."""
        return self._completions.with_raw_response

    async def create(self, **arguments: Any) -> Any:
        """A reply to a request; with `stream`, an open one whose pieces are dicts."""
        if not arguments.get("stream"):
            return await self._completions.create(**arguments)
        response = await self._completions.with_raw_response.create(**arguments)
        return PlainStream(response.parse(to=self._plain))


class PlainStream:
    """An open reply whose pieces have every key that is relied on, whatever the server left out."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    async def __aenter__(self) -> PlainStream:
        await self._stream.__aenter__()
        return self

    async def __aexit__(self, *failure: Any) -> None:
        await self._stream.__aexit__(*failure)

    async def __aiter__(self) -> AsyncIterator[Any]:
        async for piece in self._stream:
            yield _complete(piece)


def _complete(piece: Any) -> Any:
    choices = piece.get("choices") if isinstance(piece, dict) else None
    for choice in choices if isinstance(choices, list) else ():
        if isinstance(choice, dict):
            delta = choice.setdefault("delta", None)
            if isinstance(delta, dict) and delta.get("refusal"):
                choice["finish_reason"] = "refusal"  # the library above has no other place for it
            for call in (delta.get("tool_calls") or ()) if isinstance(delta, dict) else ():
                if isinstance(call, dict):
                    call.setdefault("index", None)
    return piece
