"""What a turn spends: in the trace, against the ceilings, and what the visitor hears when one is reached."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import langchain_openai  # noqa: F401  (its import takes longer than some time-outs below)
import pytest

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.chat import Ask, Chat
from chatrec.engines.builtin.engine import BuiltInEngine
from chatrec.engines.builtin.read import Reader
from chatrec.engines.calls import STOPPED
from chatrec.engines.model import ModelEngine
from chatrec.errors import SettingsError, StoreError
from chatrec.language.prices import Price
from chatrec.language.providers import Limits, open_model
from chatrec.language.shelf import PromptShelf
from chatrec.language.spent import spent
from chatrec.memory.spending import Ceiling, Ceilings
from chatrec.memory.store import Store
from chatrec.records import Finished, Said, Understood
from chatrec.settings import shipped
from tests.chat.players import Searcher
from tests.scripted_server import Reply, ScriptedServer, failure, scripted_server

READING = json.dumps({"intent": "recommend", "wish": "magical fantasy"})
PICKS = json.dumps({"intro": "Here.", "picks": [{"number": n, "reason": f"A reason number {n} of it."} for n in range(1, 6)]})
USAGE = (1_000, 100)
TURN = 2 * sum(USAGE)
OPEN = Ceilings()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


def chat_with(
    films: Catalog, store: Store, server: ScriptedServer, ceilings: Ceilings = OPEN, window: int | None = None, passes: int = 1
) -> Chat:
    linker = TitleLinker(films)
    reader = Reader(films, linker)
    handle = open_model("openai:tiny", base_url=server.url, limits=Limits(8.0, 2.0, 4.0, 0.01, 0.05, retries=1, failures=99))
    model = ModelEngine(
        handle, PromptShelf(shipped("prompts")), films, linker, reader, price=Price(1.0, 10.0), window=window, passes=passes
    )
    return Chat(films, store, Searcher(films), reader, BuiltInEngine(films, reader), model, ceilings=ceilings)


def answers(server: ScriptedServer) -> None:
    """The server reads and lists as it is asked, and counts its tokens."""
    server.answer = lambda request: Reply([PICKS if "<candidates>" in str(request["messages"]) else READING], usage=USAGE)


def tokens(ceiling: int) -> Ceiling:
    return Ceiling(tokens=ceiling)


async def test_a_turn_of_a_list_makes_two_calls_and_tells_what_they_took(
    films: Catalog, store: Store, server: ScriptedServer
) -> None:
    answers(server)
    turn = await chat_with(films, store, server).ainvoke("something magical")
    assert len(server.requests) == 2
    total = spent(turn.trace)
    assert (total.calls, total.tokens_in, total.tokens_out, total.approximate) == (2, 2_000, 200, False)
    assert total.cost == pytest.approx((2_000 * 1.0 + 200 * 10.0) / 1e6)
    assert total.seconds > 0


async def test_no_turn_makes_more_than_two_calls(films: Catalog, store: Store, server: ScriptedServer) -> None:
    messages = ("something magical", "newer", "why the first one?", "more", "the first or the second?", "thanks", "hola", "5")
    chat, talk = chat_with(films, store, server), store.start_conversation("ann")
    for message in messages:
        intent = {"why the first one?": "question", "the first or the second?": "compare", "hola": "greeting"}.get(message)
        reading = json.dumps({"intent": intent or "recommend", "wish": "magic"})
        server.answer = lambda request, reading=reading: (
            PICKS
            if "<candidates>" in str(request["messages"])
            else "It is."
            if "<facts>" in str(request["messages"])
            else reading
        )
        before = len(server.requests)
        turn = await chat.ainvoke(Ask(message, "ann", talk))
        assert len(server.requests) - before <= 2
        assert len(turn.trace.calls) == len(server.requests) - before


async def test_a_second_pass_is_one_call_more(films: Catalog, store: Store, server: ScriptedServer) -> None:
    answers(server)
    turn = await chat_with(films, store, server, passes=2).ainvoke("something magical")
    assert len(server.requests) == len(turn.trace.calls) == 3
    assert len(turn.picks) == 5


async def test_what_was_cut_is_in_the_trace(films: Catalog, store: Store, server: ScriptedServer) -> None:
    answers(server)
    turn = await chat_with(films, store, server, window=2_048).ainvoke("something magical " + "and quiet " * 300)
    assert [flag.split(" was cut")[0] for flag in turn.trace.flags] == [
        "The prompt of profile.md",
        "The prompt of recommend.md",
    ]
    assert len(turn.picks) == 5


# --------------------------------------------------------------------------- ceilings


@pytest.mark.parametrize(
    ("ceilings", "words"),
    [
        (Ceilings(day=tokens(TURN + 2_000)), "Today's budget for the language model is used up"),
        (Ceilings(conversation=tokens(TURN + 2_000)), "This conversation has used up its budget"),
        (Ceilings(day=Ceiling(dollars=0.006)), "Today's budget"),
    ],
)
async def test_beyond_the_ceiling_the_built_in_engine_answers_and_says_so(
    films: Catalog, store: Store, server: ScriptedServer, ceilings: Ceilings, words: str
) -> None:
    answers(server)
    talk = store.start_conversation("ann")
    first = await chat_with(films, store, server, Ceilings(day=tokens(10**9))).ainvoke(Ask("something magical", "ann", talk))
    assert (first.notices, first.engine) == ((), "tiny")
    turn = await chat_with(films, store, server, ceilings).ainvoke(Ask("something magical", "ann", talk))
    (notice,) = turn.notices
    assert notice.startswith(words)
    assert notice.endswith("The built-in engine took over for this turn.")
    assert "\n" not in notice
    assert turn.engine == "built-in"
    assert len(turn.picks) == 5
    assert len(server.requests) == 2


async def test_the_next_day_the_model_answers_again(films: Catalog, store: Store, server: ScriptedServer) -> None:
    answers(server)
    clock = [datetime(2026, 11, 20, 12, tzinfo=UTC)]
    chat = chat_with(films, store, server, Ceilings(day=tokens(9_000)))
    chat._exchange.spending = store.spending(Ceilings(day=tokens(9_000)), lambda: clock[0])
    engines = [(await chat.ainvoke("something magical")).engine for _ in range(3)]
    assert engines[0] == "tiny"
    assert engines[-1] == "built-in"
    clock[0] += timedelta(days=1)
    assert (await chat.ainvoke("something magical")).engine == "tiny"


async def test_what_was_set_aside_gives_way_to_what_was_spent(films: Catalog, store: Store, server: ScriptedServer) -> None:
    answers(server)
    ceilings = Ceilings(day=tokens(100_000))
    chat, talk = chat_with(films, store, server, ceilings), store.start_conversation("ann")
    await chat.ainvoke(Ask("something magical", "ann", talk))
    assert store.spending(ceilings).today().tokens == store.spending(ceilings).of_conversation(talk).tokens == TURN


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        # READ refused: nothing was spent. Refused and repeated: the second attempt alone.
        ([failure(401)], 0),
        ([failure(500), Reply([READING], usage=USAGE), Reply([PICKS], usage=USAGE)], TURN),
        # The list is no list: spent all the same.
        ([Reply([READING], usage=USAGE), Reply(["I like films."], usage=USAGE)], TURN),
    ],
)
async def test_failed_and_repeated_calls_count(
    films: Catalog, store: Store, server: ScriptedServer, script: list[Reply], expected: int
) -> None:
    ceilings = Ceilings(day=tokens(100_000))
    server.say(*script)
    turn = await chat_with(films, store, server, ceilings).ainvoke("something magical")
    assert len(turn.picks) == 5
    assert store.spending(ceilings).today().tokens == spent(turn.trace).tokens == expected


async def test_a_turn_that_is_done_again_counts_twice(films: Catalog, store: Store, server: ScriptedServer) -> None:
    answers(server)
    ceilings = Ceilings(day=tokens(100_000))
    chat, talk = chat_with(films, store, server, ceilings), store.start_conversation("ann")
    await chat.ainvoke(Ask("something magical", "ann", talk))
    await chat.ainvoke(Ask("", "ann", talk, retry=1))
    assert store.spending(ceilings).today().tokens == 2 * TURN


async def test_a_stopped_call_counts_and_is_in_the_trace(films: Catalog, store: Store, server: ScriptedServer) -> None:
    ceilings = Ceilings(day=tokens(100_000))
    server.say(Reply([READING], usage=USAGE), Reply(['{"intro": "Here it is', 20.0]))
    chat, talk = chat_with(films, store, server, ceilings), store.start_conversation("ann")
    stream = chat.astream(Ask("something magical", "ann", talk))
    async for event in stream:
        if isinstance(event, Said):
            break
    await stream.aclose()  # type: ignore[attr-defined]
    trace = store.trace("ann", talk, 1)
    assert [call.error for call in trace.calls] == ["", STOPPED]
    assert trace.calls[1].reply == '{"intro": "Here it is'
    assert trace.calls[1].tokens_in > 1_000
    assert trace.calls[1].cost
    assert store.spending(ceilings).today().tokens == spent(trace).tokens


async def test_turns_at_the_same_time_stay_below_the_ceiling(films: Catalog, store: Store, server: ScriptedServer) -> None:
    ceilings = Ceilings(day=tokens(20_000))
    answers(server)
    chat = chat_with(films, store, server, ceilings)
    turns = await asyncio.gather(*(chat.ainvoke("something magical") for _ in range(12)))
    assert all(len(turn.picks) == 5 for turn in turns)
    assert 0 < sum(spent(turn.trace).tokens for turn in turns) == store.spending(ceilings).today().tokens <= 20_000
    assert any(turn.notices for turn in turns)


async def test_where_the_budget_cannot_be_checked_no_call_is_made(
    films: Catalog, store: Store, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = chat_with(films, store, server, Ceilings(day=tokens(20_000)))

    def broken(*_: object) -> None:
        raise StoreError("The database stayed locked.")

    monkeypatch.setattr(chat._exchange.spending, "reserve", broken)
    turn = await chat.ainvoke("something magical")
    assert server.requests == []
    assert len(turn.picks) == 5
    assert turn.notices[0].startswith("The budget for the language model could not be checked")


async def test_without_ceilings_it_is_counted_for_one_that_is_set_later(
    films: Catalog, store: Store, server: ScriptedServer
) -> None:
    answers(server)
    chat, talk = chat_with(films, store, server), store.start_conversation("ann")
    kinds = [type(event) async for event in chat.astream(Ask("something magical", "ann", talk))]
    assert (kinds[0], kinds[-1]) == (Understood, Finished)
    assert store.spending(OPEN).of_conversation(talk).tokens == TURN
    await chat.ainvoke(Ask("something magical", "ann", talk))
    assert store.spending(OPEN).today().tokens == store.spending(OPEN).of_conversation(talk).tokens == 2 * TURN
    assert store.spending(OPEN).today().dollars == pytest.approx(2 * 2 * (1_000 * 1.0 + 100 * 10.0) / 1e6)
    limited = await chat_with(films, store, server, Ceilings(day=tokens(2 * TURN + 1_000))).ainvoke("something magical")
    assert limited.engine == "built-in"


async def test_without_ceilings_a_stopped_turn_is_counted_once(films: Catalog, store: Store, server: ScriptedServer) -> None:
    server.say(Reply([READING], usage=USAGE), Reply(['{"intro": "Here it is', 20.0]))
    chat, talk = chat_with(films, store, server), store.start_conversation("ann")
    stream = chat.astream(Ask("something magical", "ann", talk))
    async for event in stream:
        if isinstance(event, Said):
            break
    await stream.aclose()  # type: ignore[attr-defined]
    assert store.spending(OPEN).today().tokens == spent(store.trace("ann", talk, 1)).tokens > 1_000


async def test_without_ceilings_a_store_that_fails_costs_no_turn(
    films: Catalog, store: Store, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers(server)
    chat = chat_with(films, store, server)

    def broken(*_: object) -> None:
        raise StoreError("The database stayed locked.")

    monkeypatch.setattr(chat._exchange.spending, "record", broken)
    turn = await chat.ainvoke("something magical")
    assert (turn.status, turn.engine, turn.notices) == ("finished", "tiny", ())
    assert "was not settled" in caplog.text


# --------------------------------------------------------------------------- settings


def test_dollars_without_a_price_are_refused_at_the_start(tmp_path: Path) -> None:
    from chatrec.assemble import configured_ceilings
    from chatrec.settings import read_settings

    settings = read_settings({"CHATREC_MODEL": "ollama:mistral", "CHATREC_DAYCEILING": "$2, 1M tokens"})
    with pytest.raises(SettingsError, match=r"ollama:mistral.*CHATREC_PRICES"):
        configured_ceilings(settings, None)
    assert configured_ceilings(settings, Price(0.0, 0.0)).day == Ceiling(1_000_000, 2.0)
    with closing(Store("sqlite://")) as store:
        assert not store.spending(configured_ceilings(read_settings({}), None)).ceilings.are_set
