"""One turn's calls to a model: each reserved before it begins, priced and charged when it ends, however it ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from chatrec.engines.protocol import Engine
from chatrec.errors import ModelError
from chatrec.language.ask import complete, stream
from chatrec.language.handle import ChatHandle
from chatrec.language.prices import Price
from chatrec.records import ModelCall

STOPPED = "stopped before its end"
"""The error of a call that was cancelled."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """The messages of one call as (role, text), about how many tokens they are, and how many the reply may take.

    `shown` is how many candidates they hold, `flags` what was cut to fit.
    """

    messages: Sequence[tuple[str, str]]
    tokens: int
    reply: int
    shown: int = 0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a call is expected to take at most: tokens in both directions, US dollars (None: the price is not known)."""

    tokens: int
    dollars: float | None


class Meter(Protocol):
    """What a turn may spend: `chatrec.chat.meter.TurnMeter` is one."""

    async def reserve(self, estimate: Estimate) -> None:
        """Set so much aside for a call that begins now. Raises CeilingReached when it is no longer there."""
        ...

    def charge(self, call: ModelCall) -> None:
        """A call has ended: whole, failed or stopped. Does not wait."""
        ...


@runtime_checkable
class Metered(Protocol):
    """An engine whose calls can be put on a turn's meter."""

    def metered(self, meter: Meter) -> Engine:
        """The same engine for one turn."""
        ...


class Unmetered:
    """Lets every call through and counts nothing."""

    async def reserve(self, estimate: Estimate) -> None:
        """Nothing."""

    def charge(self, call: ModelCall) -> None:
        """Nothing."""


class Calls:
    """Calls to one model, at its price, on one turn's meter."""

    def __init__(self, handle: ChatHandle, price: Price | None, meter: Meter) -> None:
        self._handle = handle
        self._price = price
        self._meter = meter

    async def complete(self, stage: str, prompt: Prompt, **how: Any) -> tuple[str, ModelCall]:
        """As `chatrec.language.ask.complete`. Raises CeilingReached, too."""
        bill = await self._open(stage, prompt)
        try:
            text, call = await complete(self._handle, stage, prompt.messages, **how)
        except ModelError as error:
            error.call = error.call and bill.charge(error.call)
            raise
        except asyncio.CancelledError:
            bill.stop("")
            raise
        return text, bill.charge(call)

    async def stream(
        self, stage: str, prompt: Prompt, *, is_whole: Callable[[], bool] | None = None, **how: Any
    ) -> AsyncGenerator[str | ModelCall, None]:
        """As `chatrec.language.ask.stream`. Raises CeilingReached, too."""
        bill = await self._open(stage, prompt)
        text = ""
        try:
            async with aclosing(stream(self._handle, stage, prompt.messages, is_whole=is_whole, **how)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, ModelCall):
                        yield bill.charge(piece)
                    else:
                        text += piece
                        yield piece
        except ModelError as error:
            error.call = error.call and bill.charge(error.call)
            raise
        except (asyncio.CancelledError, GeneratorExit):
            bill.stop(text)
            raise

    async def _open(self, stage: str, prompt: Prompt) -> _Bill:
        dollars = self._price.cost(prompt.tokens, prompt.reply) if self._price else None
        await self._meter.reserve(Estimate(prompt.tokens + prompt.reply, dollars))
        return _Bill(self._handle, self._price, self._meter, stage, prompt)


class _Bill:
    """What one call is charged, once."""

    def __init__(self, handle: ChatHandle, price: Price | None, meter: Meter, stage: str, prompt: Prompt) -> None:
        self._handle = handle
        self._price = price
        self._meter = meter
        self._stage = stage
        self._prompt = prompt
        self._began = time.monotonic()
        self._paid = False

    def charge(self, call: ModelCall) -> ModelCall:
        """The call with its cost, charged."""
        free = not call.tokens_in and not call.tokens_out  # refused at the door: no model has seen it
        cost = self._price.cost(call.tokens_in, call.tokens_out) if self._price else 0.0 if free else None
        call = replace(call, cost=cost)
        if not self._paid:
            self._paid = True
            self._meter.charge(call)
        return call

    def stop(self, text: str) -> None:
        """The call was cancelled after so much text: what the model had read and written by then is charged."""
        if self._paid:
            return
        counter = self._handle.counter
        self.charge(
            ModelCall(
                stage=self._stage,
                model=self._handle.name,
                messages=tuple(self._prompt.messages),
                reply=text,
                seconds=time.monotonic() - self._began,
                tokens_in=self._prompt.tokens,
                tokens_out=counter.count(text).tokens if text else 0,
                counted=False,
                error=STOPPED,
            )
        )
