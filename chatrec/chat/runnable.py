"""The whole recommender as one LangChain Runnable: the single stream that page, command line and tests consume."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
import weakref
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import anyio.to_thread
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import (
    ensure_config,
    get_async_callback_manager_for_config,
    patch_config,
    set_config_context,
)

from chatrec.catalog.table import Catalog
from chatrec.chat.corrections import Corrections, Interpreter
from chatrec.chat.exchange import Ask, Exchange, Searcher
from chatrec.engines.protocol import Engine
from chatrec.history.persona import Personas
from chatrec.memory.spending import Ceilings
from chatrec.memory.store import Store
from chatrec.records import Event, Finished, Turn


class Chat(Runnable[Any, Any]):
    """The whole recommender behind one call, as a LangChain Runnable.

    `invoke` and `ainvoke` give the finished Turn, `stream` and `astream` its events, `batch` and `abatch` several turns.
    The input is an `Ask`, or a mapping with its fields, or plain text (a new conversation of a new person). The model
    engine, where there is one, may fail at any point: the built-in engine takes over for the turn and a notice says so. `pack`
    is the prompt pack of every Ask that names none. `personas` are the people of the interactions, whom a visitor may be
    (`corrections.adopt`). `ceilings` bound what the model may cost; where one is reached, the built-in engine answers.
    """

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        retriever: Searcher,
        reader: Interpreter,
        built_in: Engine,
        model: Engine | None = None,
        pack: str = "",
        personas: Personas | None = None,
        ceilings: Ceilings | None = None,
    ) -> None:
        self.catalog = catalog
        self.store = store
        self.built_in = built_in
        self.model = model
        self.personas = personas
        self.corrections = Corrections(catalog, store, reader, personas)
        self._exchange = Exchange(catalog, store, retriever, built_in, model, pack, ceilings)
        self._lock = threading.Lock()
        self._own_loop: asyncio.AbstractEventLoop | None = None

    @property
    def engine_name(self) -> str:
        """The engine that speaks first: the model's name, or `built-in`."""
        return (self.model or self.built_in).name

    # ------------------------------------------------------------------ the four ways in

    async def astream(self, input: Any, config: RunnableConfig | None = None, **_: Any) -> AsyncIterator[Event]:  # noqa: A002
        """The events of one turn, as they happen. Closing the iterator stops the turn and waits until that is stored."""
        config = ensure_config(config)
        callbacks = get_async_callback_manager_for_config(config)
        name = config.get("run_name") or self.get_name()
        run = await callbacks.on_chain_start(None, {"input": input}, name=name, run_id=config.get("run_id"))
        events: asyncio.Queue[Event | None] = asyncio.Queue()

        async def work() -> Turn | None:
            event: Event | None = None
            try:
                async for event in self._exchange.events(await self._introduce(input)):
                    events.put_nowait(event)
            finally:
                events.put_nowait(None)
            return event.turn if isinstance(event, Finished) else None

        # The whole turn is one task: its calls to models are traced as children of this run, and stopping it is one cancel.
        with set_config_context(patch_config(config, callbacks=run.get_child())) as context:
            task = asyncio.create_task(work(), context=context)
        try:
            while (event := await events.get()) is not None:
                yield event
            turn = await task
        except BaseException as error:
            if not task.done():
                task.cancel()
                await asyncio.wait([task])
            await run.on_chain_error(error)
            raise
        await run.on_chain_end({"output": turn})

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Turn:  # noqa: A002
        """The finished turn."""
        turns = [event.turn async for event in self.astream(input, config, **kwargs) if isinstance(event, Finished)]
        return turns[0]

    def stream(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Any]:  # noqa: A002
        """The events of one turn, for callers without an event loop; closing the iterator stops the turn."""
        events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()

        async def pump() -> None:
            try:
                async for event in self.astream(input, config, **kwargs):
                    events.put(event)
            finally:
                events.put(None)

        task = asyncio.run_coroutine_threadsafe(pump(), self._loop())
        try:
            while (event := events.get()) is not None:
                yield event
            task.result()  # raises what ended the turn, if anything did
        finally:
            if not task.done():
                task.cancel()
                while events.get() is not None:  # what arrived must be stored before the caller goes on
                    pass

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Turn:  # noqa: A002
        """The finished turn."""
        turns = [event.turn for event in self.stream(input, config, **kwargs) if isinstance(event, Finished)]
        return turns[0]

    def _loop(self) -> asyncio.AbstractEventLoop:
        """The event loop of synchronous callers, in a thread of its own, started once and ended with this object."""
        with self._lock:
            if self._own_loop is None:
                self._own_loop = loop = asyncio.new_event_loop()
                threading.Thread(target=_run, args=(loop,), name="chatrec-loop", daemon=True).start()
                weakref.finalize(self, loop.call_soon_threadsafe, loop.stop)
            return self._own_loop

    async def _introduce(self, given: Ask | str | Mapping[str, Any]) -> Ask:
        if isinstance(given, Ask):
            return given
        if isinstance(given, Mapping) and {"user", "conversation"} <= set(given):
            return Ask(**given)
        message = given if isinstance(given, str) else given["message"]
        user = f"guest-{time.time_ns():x}" if isinstance(given, str) else given.get("user", f"guest-{time.time_ns():x}")
        conversation = await anyio.to_thread.run_sync(self.store.start_conversation, user)
        return Ask(message, user, conversation)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.close()
