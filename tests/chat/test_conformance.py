"""Every sin of a server, through the whole turn: the visitor gets a list, and nothing of theirs is lost."""

from __future__ import annotations

import asyncio
import threading

import langchain_openai  # noqa: F401  (its import takes longer than the time-outs below)
import pytest

from chatrec.catalog.table import Catalog
from chatrec.chat import Ask
from chatrec.records import Noticed, Picked
from tests.chat.model_faults import (
    HEAD,
    HEADER,
    KEY,
    LIST,
    PAGE,
    PATIENT,
    READING,
    WISH,
    Sin,
    by_the_model,
    candidates,
    committed,
    row,
    sins,
)
from tests.films import make_catalog
from tests.scripted_server import Reply, failure

SINS = sins(candidates(make_catalog()))


@pytest.mark.parametrize("sin", SINS, ids=[f"{sin.name} in {sin.call}" for sin in SINS])
def test_the_visitor_is_served_and_nothing_is_lost(films: Catalog, sin: Sin) -> None:
    with committed(sin, films) as (chat, server, conversation, turn):
        assert len({pick.item_id for pick in turn.picks}) == 3
        assert [pick.rank for pick in turn.picks] == [1, 2, 3]
        assert by_the_model(turn) == sin.picks
        assert len(turn.notices) == bool(sin.notice)
        for notice in turn.notices:
            assert sin.notice in notice
            assert notice.endswith("The built-in engine took over for this turn.")
            assert "\n" not in notice
            assert KEY not in notice
        (kept,) = chat.store.history("ann", conversation)
        assert (kept.status, kept.picks, kept.message, kept.notices) == ("finished", turn.picks, WISH, turn.notices)
        assert any("Coraline" in s.text for s in chat.store.profile("ann", conversation).sentences)
        trace = chat.store.trace("ann", conversation, 1)
        if sin.notice:
            assert any(call.error for call in trace.calls)
        assert len(trace.errors) == bool(sin.notice)
        assert KEY not in str(trace)
        assert row(sin, turn) in PAGE.read_text(encoding="utf-8"), "run python -m tests.chat.model_faults"
        if sin.name == "429 with a long Retry-After":
            return  # the server asked to be left alone, and is
        server.script.clear()
        server.say(READING, LIST)
        after = chat.invoke(Ask("three others, please", "ann", conversation))
        assert (after.notices, by_the_model(after)) == ((), 3)
        assert not {pick.item_id for pick in after.picks} & {pick.item_id for pick in turn.picks}


def test_the_page_holds_every_sin_and_no_other() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.startswith(HEADER)
    names = [line.split(" | ")[:2] for line in text.removeprefix(HEADER).splitlines()]
    assert names == [[f"| {sin.name}", sin.call] for sin in SINS]


def test_a_server_that_keeps_failing_is_left_alone_and_the_visitor_is_told(films: Catalog) -> None:
    sin = Sin("", "", [failure(500)] * 9, 0, limits=PATIENT)
    with committed(sin, films) as (chat, server, conversation, first):
        turns = [first, *(chat.invoke(Ask(WISH, "ann", conversation)) for _ in range(3))]
        assert len(server.requests) == 9
        notices = [notice for turn in turns for notice in turn.notices]
        assert ["(500); try again" in notice for notice in notices] == [True, True, True, False]
        assert (
            "failed 3 times in a row (500) and is left alone for 30 more seconds. The built-in engine took over" in notices[3]
        )


@pytest.mark.parametrize("stage", ["READ", "RECOMMEND"])
async def test_stopping_the_turn_closes_the_request_on_the_servers_side(films: Catalog, stage: str) -> None:
    gate = threading.Event()
    replies = [Reply([gate, READING])] if stage == "READ" else [READING, Reply([HEAD, gate, LIST])]
    with committed(Sin("", "", [READING, LIST], 3), films) as (chat, server, conversation, _):
        server.requests.clear()
        server.say(*replies)
        events = chat.astream(Ask("and three more", "ann", conversation))
        if stage == "READ":
            turn = asyncio.ensure_future(anext(events))
            while not server.requests:
                await asyncio.sleep(0.01)
            turn.cancel()
            with pytest.raises(asyncio.CancelledError):
                await turn
        else:
            async for event in events:
                assert not isinstance(event, Noticed)
                if isinstance(event, Picked):
                    break
        await events.aclose()
        assert await asyncio.to_thread(server.abandoned.wait, 5)
        kept = chat.store.history("ann", conversation)[-1]
        assert (kept.status, len(kept.picks)) == ("stopped", 0 if stage == "READ" else 1)
        gate.set()


@pytest.mark.parametrize("refusals", [0, 1, 2, 3], ids=["schema", "shaped object", "object", "text"])
async def test_the_first_pick_is_out_before_the_second_is_written(films: Catalog, refusals: int) -> None:
    gate = threading.Event()
    with committed(Sin("", "", [READING, LIST], 3), films) as (chat, server, conversation, _):
        refused = failure(400, "response_format is not supported")
        start = LIST.index("}") + 1
        server.say(READING, *[refused] * refusals, Reply([LIST[:start], gate, LIST[start:]]))
        picks = 0
        async for event in chat.astream(Ask("and three more", "ann", conversation)):
            if isinstance(event, Picked):
                picks += 1
                assert gate.is_set() == (picks > 1)
                gate.set()
        assert picks == 3
        (call,) = (c for c in chat.store.trace("ann", conversation, 2).calls if c.stage == "recommend")
        assert call.reply_format == ("schema", "object", "object", "text")[refusals]
