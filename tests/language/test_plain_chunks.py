"""Pieces of a streamed reply arrive as the dicts that were sent, with the keys that are relied on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from chatrec.language.plain_chunks import PlainCompletions, PlainStream


class Pieces:
    """An open reply of a vendor's client."""

    def __init__(self, *pieces: Any) -> None:
        self._pieces = pieces
        self.closed = False

    async def __aenter__(self) -> Pieces:
        return self

    async def __aexit__(self, *failure: Any) -> None:
        self.closed = True

    async def __aiter__(self) -> AsyncIterator[Any]:
        for piece in self._pieces:
            yield piece


class Raw:
    """The raw responses of a vendor's client, which parses them into the type it is told."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces

    async def create(self, **arguments: Any) -> Raw:
        assert arguments["stream"]
        return self

    def parse(self, *, to: type[Any]) -> Any:
        return self.pieces if to is Pieces else None


class Completions:
    def __init__(self, pieces: Pieces) -> None:
        self.with_raw_response = Raw(pieces)

    async def create(self, **arguments: Any) -> str:
        return "whole"


async def _read(*pieces: Any) -> list[Any]:
    async with PlainStream(Pieces(*pieces)) as stream:
        return [piece async for piece in stream]


async def test_a_stream_is_parsed_into_the_plain_type_and_closed_at_its_end() -> None:
    pieces = Pieces({"choices": [{"delta": {"content": "a"}}]})
    stream = await PlainCompletions(Completions(pieces), Pieces).create(stream=True)
    async with stream:
        assert [piece async for piece in stream] == [{"choices": [{"delta": {"content": "a"}}]}]
        assert not pieces.closed
    assert pieces.closed


async def test_a_reply_that_is_not_streamed_is_left_to_the_client() -> None:
    assert await PlainCompletions(Completions(Pieces()), Pieces).create() == "whole"


async def test_an_end_without_a_delta_and_a_call_without_an_index_are_completed() -> None:
    end = {"choices": [{"finish_reason": "stop"}]}
    call = {"choices": [{"delta": {"tool_calls": [{"function": {"name": "x"}}]}}]}
    assert await _read(end, call) == [
        {"choices": [{"finish_reason": "stop", "delta": None}]},
        {"choices": [{"delta": {"tool_calls": [{"function": {"name": "x"}, "index": None}]}}]},
    ]


async def test_what_is_no_piece_at_all_is_passed_on() -> None:
    strange = ["text", {"choices": None}, {"choices": ["x"]}, {"choices": [{"delta": "x"}]}, {}]
    assert await _read(*strange) == strange
