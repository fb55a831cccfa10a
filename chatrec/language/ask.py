"""Messages and a handle -> the model's text, whole or in pieces, and the call as the trace keeps it; or one ModelError."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from chatrec.errors import ModelError, ModelReplyError, ModelUnavailable
from chatrec.language.failures import detail, explain, pause_before_retry, status_of
from chatrec.language.providers import ChatHandle
from chatrec.records import ModelCall

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, AIMessageChunk

Messages = Sequence[tuple[str, str]]
"""(role, text) pairs; roles are system, user and assistant."""

LONGEST_REPLY = 24_000
"""Characters after which a reply is not read any further."""

_T = TypeVar("_T")
_FINISHED = ("finish_reason", "stop_reason", "done_reason")
_FILTERED = ("content_filter", "refusal", "safety", "prohibited_content", "blocklist")
_SHORT = ("length", "max_tokens")


async def complete(handle: ChatHandle, stage: str, messages: Messages, *, json: bool = False) -> tuple[str, ModelCall]:
    """The whole reply to some messages; `json` asks for a JSON object where the server can be asked.

    Raises ModelUnavailable or ModelReplyError, each with its `call`. Cancelling closes the request.
    """
    record = _Record(handle, stage, messages)

    async def call(options: dict[str, Any]) -> AIMessage:
        model = await handle.model()
        return await model.ainvoke(list(messages), **options)

    try:
        message = await _insist(handle, json, record.deadline, call)
        record.take(message)
        record.check_end()
    except handle.errors as error:
        raise record.failure(error) from None
    except ModelError as error:
        raise record.with_call(error) from None
    return record.text, record.call()


async def stream(
    handle: ChatHandle,
    stage: str,
    messages: Messages,
    *,
    json: bool = False,
    is_whole: Callable[[], bool] = lambda: False,
) -> AsyncGenerator[str | ModelCall, None]:
    """The reply in pieces as they arrive, and at the end the ModelCall.

    A stream that ends without saying so is a cut one and raises ModelReplyError, unless `is_whole` finds the text complete
    (some servers never say so). A pause longer than the handle's idle limit is a stall. Closing the iterator or cancelling
    its task closes the request. Raises ModelUnavailable or ModelReplyError, each with its `call`.
    """
    record = _Record(handle, stage, messages)
    pump: _Pump | None = None

    async def call(options: dict[str, Any]) -> _Pump:
        made = _Pump(handle, messages, options)
        try:
            await made.first()
        except BaseException:
            await made.stop()
            raise
        return made

    try:
        pump = await _insist(handle, json, record.deadline, call)
        while (chunk := await pump.next(min(record.deadline - time.monotonic(), handle.limits.idle))) is not None:
            text = record.take(chunk)
            if text:
                yield text
            if len(record.text) >= LONGEST_REPLY:
                raise ModelReplyError(f"The reply of {handle.label} did not end; try again")
        record.check_end(is_whole)
    except handle.errors as error:
        raise record.failure(error) from None
    except ModelError as error:
        raise record.with_call(error) from None
    finally:
        if pump is not None:
            await pump.stop()
    yield record.call()


class _Pump:
    """Runs the library's stream in a task of its own, so that stopping always unwinds it from the inside out."""

    def __init__(self, handle: ChatHandle, messages: Messages, options: dict[str, Any]) -> None:
        self._queue: asyncio.Queue[AIMessageChunk | BaseException | None] = asyncio.Queue()
        self._head: list[AIMessageChunk | BaseException | None] = []
        self._task = asyncio.create_task(self._run(handle, messages, options))

    async def _run(self, handle: ChatHandle, messages: Messages, options: dict[str, Any]) -> None:
        try:
            model = await handle.model()
            async for chunk in model.astream(list(messages), **options):
                self._queue.put_nowait(chunk)
        except handle.errors as error:
            self._queue.put_nowait(error)
        else:
            self._queue.put_nowait(None)

    async def first(self) -> None:
        """Wait for the first piece, and raise what came instead of one."""
        item = await self._queue.get()
        if isinstance(item, BaseException):
            raise item
        self._head.append(item)

    async def next(self, seconds: float) -> AIMessageChunk | None:
        """The next piece, None at the end; TimeoutError after so many seconds."""
        if self._head:
            item = self._head.pop()
        else:
            async with asyncio.timeout(max(seconds, 0.001)):
                item = await self._queue.get()
        if isinstance(item, BaseException):
            raise item
        return item

    async def stop(self) -> None:
        """Cancel what still runs and wait until its connection is closed."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task


class _Record:
    """What a call asked and got so far."""

    def __init__(self, handle: ChatHandle, stage: str, messages: Messages) -> None:
        if handle.unavailable:
            call = ModelCall(stage, handle.name, tuple(messages), "", 0.0, error=handle.unavailable)
            raise ModelUnavailable(handle.unavailable, call)
        self._handle = handle
        self._stage = stage
        self._messages = tuple(messages)
        self._began = time.monotonic()
        self._first: float | None = None
        self._usage: tuple[int, int] = (0, 0)
        self._end = ""
        self._refusal = False
        self.text = ""
        self.deadline = self._began + handle.limits.total

    def take(self, message: AIMessage) -> str:
        """Note one message or piece; its text."""
        text = str(message.text)
        if text and self._first is None:
            self._first = time.monotonic() - self._began
        self.text += text
        usage = message.usage_metadata
        if usage:
            self._usage = (self._usage[0] + usage["input_tokens"], self._usage[1] + usage["output_tokens"])
        self._refusal = self._refusal or bool(message.additional_kwargs.get("refusal"))
        for key in _FINISHED:
            self._end = str(message.response_metadata.get(key) or self._end)
        return text

    def check_end(self, is_whole: Callable[[], bool] = lambda: False) -> None:
        """Raise ModelReplyError unless the reply is a whole one."""
        end, model = self._end.lower(), self._handle.label
        if self._refusal or end in _FILTERED:
            raise ModelReplyError(f"The model {model} declined to answer; put it another way")
        if not self.text.strip():
            raise ModelReplyError(f"The reply of {model} was empty; try again")
        if (not end or end in _SHORT) and not is_whole():
            raise ModelReplyError(f"The reply of {model} was cut off; try again")

    def call(self, error: str = "") -> ModelCall:
        """The call for the trace; tokens approximate where the server gave none."""
        spent_in, spent_out = self._usage
        counted = bool(spent_in or spent_out)
        if not counted:
            counter = self._handle.counter
            spent_in = counter.count_messages(text for _, text in self._messages).tokens
            spent_out = counter.count(self.text).tokens if self.text else 0
        return ModelCall(
            stage=self._stage,
            model=self._handle.name,
            messages=self._messages,
            reply=self.text,
            seconds=time.monotonic() - self._began,
            first_token_seconds=self._first,
            tokens_in=spent_in,
            tokens_out=spent_out,
            counted=counted,
            error=error,
        )

    def failure(self, error: Exception) -> ModelError:
        """The library's error as ours."""
        told = explain(error, self._handle, begun=bool(self.text))
        told.call = self.call(f"{told} [{detail(error, self._handle)}]")
        return told

    def with_call(self, error: ModelError) -> ModelError:
        """Our own error, with the call added."""
        error.call = error.call or self.call(str(error))
        return error


async def _insist(handle: ChatHandle, json: bool, deadline: float, call: Callable[[dict[str, Any]], Awaitable[_T]]) -> _T:
    """Call, asking for less where the server refuses an option, and once more where a retry may help, until the deadline."""
    retried = False
    while True:
        try:
            async with asyncio.timeout(max(deadline - time.monotonic(), 0.001)):
                return await call(handle.options(json=json))
        except handle.errors as error:
            if status_of(error) in (400, 415, 422, 500, 501) and handle.learn(str(error), json=json):
                continue
            pause = None if retried else pause_before_retry(error, handle)
            if pause is None or time.monotonic() + pause >= deadline:
                raise
            retried = True
            await asyncio.sleep(pause)
