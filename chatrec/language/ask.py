"""Messages and a handle -> the model's text, whole or in pieces, and the call as the trace keeps it; or one ModelError."""

from __future__ import annotations

import asyncio
import contextlib
import json as _json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from chatrec.errors import ModelError, ModelReplyError, ModelUnavailable
from chatrec.language.failures import (
    detail,
    explain,
    is_servers_fault,
    is_too_long,
    may_have_cost,
    pause_before_retry,
    retry_after,
    status_of,
    window_told,
)
from chatrec.language.formats import TEXT, Rung, Shape
from chatrec.language.handle import ChatHandle
from chatrec.language.replies import read_object
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
_AHEAD = 32  # pieces
_REFUSALS = (400, 415, 422, 500, 501)


async def complete(
    handle: ChatHandle, stage: str, messages: Messages, *, json: bool = False, shape: Shape | None = None
) -> tuple[str, ModelCall]:
    """The whole reply to some messages.

    `shape` asks for a JSON object of that schema, `json` for any object, each as strictly as the server can be asked. Raises
    ModelUnavailable or ModelReplyError, each with its `call`. Cancelling closes the request.
    """
    record = _Record(handle, stage, messages)
    asked = _Asked(handle, shape, json or shape is not None, record)

    async def call(options: dict[str, Any]) -> AIMessage:
        model = await handle.model()
        return await model.ainvoke(list(messages), **options)

    async with _guarded(handle, record):
        message = await _insist(asked, call)
        record.take(message)
        record.check_end()
        if asked.json:
            asked.judge(_holds_object(record.text))
    return record.text, record.call()


async def stream(
    handle: ChatHandle,
    stage: str,
    messages: Messages,
    *,
    json: bool = False,
    shape: Shape | None = None,
    only: Rung | None = None,
    is_whole: Callable[[], bool] | None = None,
) -> AsyncGenerator[str | ModelCall, None]:
    """The reply in pieces as they arrive, and at the end the ModelCall; `json` and `shape` as with `complete`.
    `only` asks in this one format, whatever else the server could do.

    A stream that ends without saying so is a cut one and raises ModelReplyError, unless `is_whole` finds the text complete
    (some servers never say so). A pause longer than the handle's idle limit is a stall. Closing the iterator or cancelling
    its task closes the request. Raises ModelUnavailable or ModelReplyError, each with its `call`.
    """
    record = _Record(handle, stage, messages)
    asked = _Asked(handle, shape, json or shape is not None, record, only)
    pump: _Pump | None = None

    async def call(options: dict[str, Any]) -> _Pump:
        made = _Pump(handle, messages, options)
        try:
            await made.first()
        except BaseException:
            await made.stop()
            raise
        return made

    async with _guarded(handle, record):
        try:
            pump = await _insist(asked, call)
            while (chunk := await pump.next(min(record.left, handle.limits.idle))) is not None:
                text = record.take(chunk)
                if text:
                    yield text
                if len(record.text) >= LONGEST_REPLY:
                    raise ModelReplyError(f"The reply of {handle.label} did not end; try again")
            record.check_end(is_whole or (lambda: False))
            if is_whole is not None and asked.json:
                asked.judge(is_whole())
        finally:
            if pump is not None:
                await pump.stop()
    yield record.call()


@contextlib.asynccontextmanager
async def _guarded(handle: ChatHandle, record: _Record) -> AsyncIterator[None]:
    """Keep to the handle's breaker and gate, and turn whatever goes wrong into one ModelError."""
    wait = handle.breaker.ask()
    if wait:
        raise record.with_call(ModelUnavailable(_resting(handle, wait)))
    try:
        try:
            async with contextlib.AsyncExitStack() as place:
                await _take_place(handle, record, place)
                yield
        except handle.errors as error:
            handle.narrow(window_told(error))
            if is_servers_fault(error):
                asked = retry_after(error)
                handle.breaker.failed(asked if asked and asked > handle.limits.patience else None, status_of(error))
            else:
                handle.breaker.succeeded()
            raise record.failure(error) from None
        except ModelReplyError as error:
            handle.breaker.succeeded()
            raise record.with_call(error) from None
        handle.breaker.succeeded()
    except BaseException:
        handle.breaker.abandoned()
        raise


async def _take_place(handle: ChatHandle, record: _Record, place: contextlib.AsyncExitStack) -> None:
    try:
        await place.enter_async_context(handle.gate.slot(record.left))
    except TimeoutError:
        busy = f"The model {handle.label} is busy with {handle.gate.places} other calls; try again in a moment"
        raise record.with_call(ModelUnavailable(busy)) from None


def _resting(handle: ChatHandle, wait: float) -> str:
    times = handle.breaker.failed_in_a_row
    status = f" ({handle.breaker.status})" if handle.breaker.status else ""
    often = f"failed {times} times in a row{status}" if times > 1 else f"asked for a pause{status}"
    return f"The model {handle.label} {often} and is left alone for {wait:.0f} more second{'s' if wait > 1 else ''}"


def _holds_object(text: str) -> bool:
    """Whether there is a JSON object in the reply with something in it."""
    try:
        if isinstance(found := _json.loads(text), dict):
            return bool(found)
    except ValueError:
        pass
    try:
        return bool(read_object(text))
    except ModelReplyError:
        return False


def _has_shape(text: str, shape: Shape | None) -> bool:
    """Whether a reply is an object with every key that the shape requires."""
    try:
        return shape is not None and set(read_object(text)) >= set(shape.schema.get("required", ()))
    except ModelReplyError:
        return False


class _Pump:
    """Runs the library's stream in a task of its own, so that stopping always unwinds it from the inside out.

    It reads a little ahead and no further: a server that floods would otherwise never let anybody else run.
    """

    def __init__(self, handle: ChatHandle, messages: Messages, options: dict[str, Any]) -> None:
        self._queue: asyncio.Queue[AIMessageChunk | BaseException | None] = asyncio.Queue(_AHEAD)
        self._head: list[AIMessageChunk | BaseException | None] = []
        self._task = asyncio.create_task(self._run(handle, messages, options))

    async def _run(self, handle: ChatHandle, messages: Messages, options: dict[str, Any]) -> None:
        try:
            model = await handle.model()
            chunks = model.astream(list(messages), **options)
            async with contextlib.aclosing(cast("AsyncGenerator[AIMessageChunk, None]", chunks)) as pieces:
                async for chunk in pieces:
                    await self._queue.put(chunk)
        except handle.errors as error:
            await self._queue.put(error)
        else:
            await self._queue.put(None)

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
        elif not self._queue.empty():
            item = self._queue.get_nowait()
        else:
            async with asyncio.timeout(max(seconds, 0.001)):
                item = await self._queue.get()
        if isinstance(item, BaseException):
            raise item
        return item

    async def stop(self) -> None:
        """Cancel what still runs and wait until its connection is closed."""
        while not self._task.done():
            # More than once: before Python 3.12 asyncio.wait_for, which the library uses, may swallow a cancellation.
            self._task.cancel()
            await asyncio.wait([self._task], timeout=0.05)
        with contextlib.suppress(asyncio.CancelledError):
            self._task.result()


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
        self._tools = False
        self.text = ""
        self.reached = False
        self.reply_format = ""
        self.deadline = self._began + handle.limits.total

    @property
    def left(self) -> float:
        """Seconds until the call must be over; never quite 0, which would mean no limit at all."""
        return max(self.deadline - time.monotonic(), 0.001)

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
        self._tools = self._tools or bool(message.tool_calls or message.invalid_tool_calls)
        for key in _FINISHED:
            self._end = str(message.response_metadata.get(key) or self._end)
        self._refusal = self._refusal or self._end.lower() in _FILTERED
        return text

    def check_end(self, is_whole: Callable[[], bool] = lambda: False) -> None:
        """Raise ModelReplyError unless the reply is a whole one."""
        end, model = self._end.lower(), self._handle.label
        if self._refusal:
            raise ModelReplyError(f"The model {model} declined to answer; put it another way")
        if not self.text.strip() and self._tools:
            raise ModelReplyError(f"The model {model} called a tool, though none was offered, and said nothing; try again")
        if not self.text.strip():
            raise ModelReplyError(f"The reply of {model} was empty; try again")
        if (not end or end in _SHORT) and not is_whole():
            raise ModelReplyError(f"The reply of {model} was cut off; try again")

    def call(self, error: str = "") -> ModelCall:
        """The call for the trace; tokens approximate where the server gave none, 0 where no model saw the request."""
        spent_in, spent_out = self._usage
        counted = bool(spent_in or spent_out) or not self.reached
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
            reply_format=self.reply_format,
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


class _Asked:
    """In which format a reply is asked for, and what that taught about the server."""

    def __init__(self, handle: ChatHandle, shape: Shape | None, json: bool, record: _Record, only: Rung | None = None) -> None:
        self.handle = handle
        self.json = json and only is None
        self._only = only
        self._shape = shape
        self.record = record
        self._place = -1
        self._doubted: list[tuple[int, bool]] = []

    def options(self) -> dict[str, Any]:
        """The arguments of the next attempt."""
        options = self.handle.options()
        if self.json:
            below = self._doubted[-1][0] if self._doubted else -1
            self._place, rung = self.handle.ladder.rung(self._shape, below)
            options.update(rung.arguments(self._shape))
            self.record.reply_format = rung.name
        else:
            rung = self._only or TEXT
            options.update(rung.arguments(self._shape))
            self.record.reply_format = rung.name
        return options

    def refused(self, error: Exception) -> bool:
        """Whether it was the request's form that was refused, so that it should be asked anew at once."""
        status = status_of(error)
        if status not in _REFUSALS or is_too_long(error):
            return False
        if self.handle.learn(str(error)):
            return True
        if not self.json or self.record.reply_format == "text":
            return False
        if self.handle.names_format(str(error)):
            self.handle.ladder.refused(self._shape, self._place)
            return True
        # The refusal does not say what it is about. If the next format goes through, it was this.
        final = status < 500
        if any(place == self._place for place, _ in self._doubted):
            return False
        self._doubted.append((self._place, final))
        return final

    def accepted(self) -> None:
        """The server took the request: formats doubted on the way to it were the trouble."""
        for place, final in self._doubted:
            (self.handle.ladder.refused if final else self.handle.ladder.doubted)(self._shape, place)

    def judge(self, usable: bool) -> None:
        """Remember whether the format brought a usable reply."""
        if not self.json or self.record.reply_format == "text":
            return
        if usable:
            self.handle.ladder.worked(self._shape, self._place)
        else:
            self.handle.ladder.disappointed(self._shape, self._place, shaped=_has_shape(self.record.text, self._shape))


async def _insist(asked: _Asked, call: Callable[[dict[str, Any]], Awaitable[_T]]) -> _T:
    """Call, asking for less where the server refuses something, and again where a retry may help, until the deadline."""
    handle, record = asked.handle, asked.record
    tried = 0
    while True:
        try:
            async with asyncio.timeout(record.left):
                result = await call(asked.options())
        except handle.errors as error:
            record.reached = record.reached or may_have_cost(error)
            if asked.refused(error):
                continue
            pause = pause_before_retry(error, handle.limits, tried)
            if pause is None or tried >= handle.limits.retries or pause >= record.left:
                raise
            tried += 1
        else:
            record.reached = True
            asked.accepted()
            return result
        await asyncio.sleep(pause)
