"""Chat as a LangChain Runnable: all four ways in, tracing, composing, stopping."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.callbacks import AsyncCallbackHandler

from chatrec.catalog.table import Catalog
from chatrec.errors import UnknownConversation
from chatrec.memory.store import Store
from chatrec.records import (
    Finished,
    Picked,
    Turn,
)
from tests.chat.players import Engine, ask, make


def test_it_is_a_langchain_runnable_in_all_four_ways(films: Catalog, store: Store) -> None:
    chat = make(films, store)
    assert isinstance(chat.invoke("something magical"), Turn)
    assert isinstance(list(chat.stream("something magical"))[-1], Finished)
    assert [len(t.picks) for t in chat.batch(["a", "b", "c"])] == [3, 3, 3]
    assert isinstance(asyncio.run(chat.ainvoke({"message": "a"})), Turn)


async def test_it_traces_as_one_run_with_the_turn_as_output(films: Catalog, store: Store) -> None:
    class Tracer(AsyncCallbackHandler):
        def __init__(self) -> None:
            self.told: list[str] = []

        async def on_chain_start(self, serialized: Any, inputs: Any, **more: Any) -> None:
            self.told.append(f"start {more['name']}")

        async def on_chain_end(self, outputs: Any, **more: Any) -> None:
            self.told.append(f"end {len(outputs['output'].picks)}")

        async def on_chain_error(self, error: BaseException, **more: Any) -> None:
            self.told.append(type(error).__name__)

    good, bad = Tracer(), Tracer()
    await make(films, store).ainvoke(ask(store), {"callbacks": [good]})
    assert good.told == ["start Chat", "end 3"]
    with pytest.raises(UnknownConversation):
        await make(films, store).ainvoke(replace(ask(store), user="eve"), {"callbacks": [bad]})
    assert bad.told == ["start Chat", "UnknownConversation"]


def test_it_composes_with_other_runnables(films: Catalog, store: Store) -> None:
    from langchain_core.runnables import RunnableLambda

    titles = make(films, store) | RunnableLambda(lambda turn: [p.title for p in turn.picks])
    assert len(titles.invoke("a")) == 3


def test_closing_a_stream_stops_the_turn(films: Catalog, store: Store) -> None:
    engine = Engine("built-in")
    engine.pause = 0.05
    question = ask(store)
    stream = make(films, store, built_in=engine).stream(question)
    next(event for event in stream if isinstance(event, Picked))
    stream.close()  # type: ignore[attr-defined]
    assert store.history("ann", question.conversation)[0].status == "stopped"
