"""Packs in whole turns: each visitor's own, told in the trace; a broken edit in mid-conversation costs nobody a turn."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import langchain_openai  # noqa: F401  (its import takes longer than the time-outs below)
import pytest

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.chat import Ask, Chat
from chatrec.engines.builtin.engine import BuiltInEngine
from chatrec.engines.builtin.read import Reader
from chatrec.engines.model import ModelEngine
from chatrec.engines.rehearsal import Rehearsal
from chatrec.language.providers import Limits, open_model
from chatrec.language.shelf import PromptShelf
from chatrec.memory.store import Store
from chatrec.records import Turn
from tests.chat.players import Searcher
from tests.scripted_server import ScriptedServer, scripted_server

SHIPPED = Path(__file__).parents[2] / "prompts"


def reply(request: dict[str, list[dict[str, str]]]) -> str:
    told = request["messages"][0]["content"]
    if '"intent"' in told:
        return '{"intent": "recommend", "count": 1}'
    reason = "Short and to the point." if "in a hurry" in told else "At some length and with several reasons."
    return json.dumps({"intro": "", "picks": [{"number": 1, "reason": reason}], "outro": ""})


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        running.answer = reply
        yield running


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "prompts")
    return tmp_path / "prompts"


@pytest.fixture
def engine(films: Catalog, server: ScriptedServer, root: Path) -> ModelEngine:
    linker = TitleLinker(films)
    handle = open_model("tiny", api_key="sk-test-0123456789", base_url=server.url, limits=Limits(20.0, 5.0, 10.0, 0.01))
    return ModelEngine(handle, PromptShelf(root), films, linker, Reader(films, linker))


@pytest.fixture
def chat(films: Catalog, engine: ModelEngine) -> Iterator[Chat]:
    reader = Reader(films, TitleLinker(films))
    with closing(Store("sqlite://")) as store:
        yield Chat(films, store, Searcher(films), reader, BuiltInEngine(films, reader), engine, pack="default")


async def say(chat: Chat, pack: str = "", message: str = "one magical film", user: str = "ann") -> Turn:
    return await chat.ainvoke(Ask(message, user, chat.store.start_conversation(user), pack=pack))


async def test_each_visitor_has_their_own_pack_and_the_trace_names_it(chat: Chat) -> None:
    turns = [await say(chat, pack, user=user) for pack, user in (("concise", "ann"), ("", "bob"), ("concise", "ann"))]
    assert [turn.trace.pack for turn in turns] == ["concise", "default", "concise"]
    reasons = [turn.picks[0].reason for turn in turns]
    assert reasons == [
        "Short and to the point.",
        "At some length and with several reasons.",
        "Short and to the point.",
    ]


async def test_turn_without_a_model_names_no_pack(chat: Chat) -> None:
    assert (await say(chat, "concise", "hello")).trace.pack == ""


async def test_pack_of_a_turn_is_remembered(chat: Chat) -> None:
    conversation = chat.store.start_conversation("ann")
    await chat.ainvoke(Ask("one magical film", "ann", conversation, pack="critic"))
    assert chat.store.trace("ann", conversation, 1).pack == "critic"


async def test_broken_edit_in_mid_conversation_costs_nobody_a_turn(chat: Chat, root: Path) -> None:
    (root / "concise" / "recommend.md").write_text("{{candidates}} {{typo}}", encoding="utf-8")
    (root / "concise" / "answer.md").write_bytes(b"\xff")
    turn = await say(chat, "concise")
    assert turn.engine == "tiny"
    assert turn.notices == ()


async def test_unknown_pack_is_told_and_the_built_in_engine_takes_over(chat: Chat) -> None:
    turn = await say(chat, "../default")
    assert turn.engine == "built-in"
    assert "There is no prompt pack ../default" in turn.notices[0]
    assert turn.picks


async def test_rehearsal_writes_the_prompts_of_every_turn_and_sends_nothing(
    films: Catalog, engine: ModelEngine, server: ScriptedServer
) -> None:
    reader = Reader(films, TitleLinker(films))
    built_in = BuiltInEngine(films, reader)
    rehearsal = Rehearsal(engine, built_in)
    with closing(Store("sqlite://")) as store:
        chat = Chat(films, store, Searcher(films), reader, built_in, rehearsal)
        conversation = store.start_conversation("ann")
        seen = []
        for message in ("one magical film", "why the first one?", "thanks"):
            turn = await chat.ainvoke(Ask(message, "ann", conversation, pack="concise"))
            seen.append((list(rehearsal.prompts), turn.engine, turn.notices, turn.trace.calls))
        await chat.ainvoke(Ask("something else", "ann", conversation, pack="concise"))
    assert [stages for stages, *_ in seen] == [["profile", "recommend"], ["profile", "answer"], []]
    assert all(rest == ["built-in", (), ()] for _, *rest in seen)
    assert "in a hurry" in rehearsal.prompts["recommend"].messages[0][1]
    assert server.requests == []
