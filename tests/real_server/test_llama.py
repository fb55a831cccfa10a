"""A real model server, with a model that says anything at all: what it cannot do is found out, and no reply does any harm."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, closing
from typing import cast

import pytest

from chatrec.assemble import Parts, assemble
from chatrec.catalog.titles import TitleLinker
from chatrec.chat import Ask, Chat
from chatrec.cli.root import main
from chatrec.engines.builtin.read import Reader
from chatrec.engines.model import ModelEngine
from chatrec.errors import ModelError, ModelUnavailable
from chatrec.language.ask import complete, stream
from chatrec.language.capabilities import capabilities
from chatrec.language.formats import picks_shape, reading_shape
from chatrec.language.providers import ChatHandle, Limits, open_model
from chatrec.language.shelf import PromptShelf
from chatrec.records import Event, Finished, ModelCall, Picked, Said, Shortlisted
from chatrec.settings import read_settings, shipped
from tests.films import make_catalog
from tests.real_server.llama_server import LlamaServer, serving
from tests.real_server.tiny_model import write_model

pytestmark = pytest.mark.real_server

LIMITS = Limits(total=20, connect=5, idle=10, pause=0.01)
REFUSED = "500 Internal Server Error"
GONE = "Disconnected from client"
HELLO = [("user", "Hello!")]
LIST = [("user", "Reply with a list of picks.")]
LONG = [("user", "A long story, told twice over. " * 200)]
WISHES = (
    "I loved Coraline, give me three magical films",
    "something newer, please",
    "no horror, and nothing with a dog in it",
    "a black and white film from the forties",
    "Zeig mir drei traurige Filme aus Frankreich",
    "more like that",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaServer]:
    """`tiny` reads wishes into every message, `endless` questions that it never stops answering; `narrow` holds 512 tokens."""
    if any(importlib.util.find_spec(name) is None for name in ("llama_cpp", "gguf")):
        pytest.skip("llama-cpp-python is not installed; `make real-server` builds it")
    folder = tmp_path_factory.mktemp("llama")
    texts = [film.description for film in make_catalog()]
    write_model(folder / "tiny.gguf", texts, likes="recommend", ends=True)
    write_model(folder / "endless.gguf", texts, likes="question", ends=False)
    usual = {"n_threads": 1, "n_threads_batch": 1, "logits_all": False, "seed": 1, "verbose": False}
    models = [
        {"model": str(folder / f"{file}.gguf"), "model_alias": name, "n_ctx": context, **usual}
        for name, file, context in (("tiny", "tiny", 16_384), ("endless", "endless", 16_384), ("narrow", "tiny", 512))
    ]
    with serving(models, folder) as running:
        yield running


@asynccontextmanager
async def model_of(server: LlamaServer, name: str = "tiny") -> AsyncIterator[ChatHandle]:
    """A handle on one of its models, closed with its connections."""
    handle = open_model(f"openai:{name}", base_url=server.url, limits=LIMITS)
    try:
        yield handle
    finally:
        await handle.aclose()


@pytest.fixture(scope="module")
def parts() -> Iterator[Parts]:
    """All of chatrec but a model, over the catalog that ships."""
    assembled = assemble(read_settings({}), database_url="sqlite://")
    with closing(assembled.store):
        yield assembled


def chat_with(handle: ChatHandle, parts: Parts) -> Chat:
    """The same with a model."""
    linker = TitleLinker(parts.catalog)
    reader = Reader(parts.catalog, linker)
    engine = ModelEngine(handle, PromptShelf(shipped("prompts")), parts.catalog, linker, reader)
    return Chat(parts.catalog, parts.store, parts.retriever, reader, parts.chat.built_in, engine)


# --------------------------------------------------------------------------- one call


async def test_a_whole_reply_is_counted_by_the_server(server: LlamaServer) -> None:
    async with model_of(server) as model:
        text, call = await complete(model, "check", HELLO)
    assert text.strip()
    assert call.counted
    assert call.tokens_in > 0
    assert call.tokens_out > 0


async def test_a_streamed_reply_comes_in_pieces_and_is_counted_here(server: LlamaServer) -> None:
    async with model_of(server) as model:
        *pieces, call = [piece async for piece in stream(model, "check", HELLO)]
    assert isinstance(call, ModelCall)
    assert len(pieces) > 1
    assert "".join(map(str, pieces)) == call.reply
    assert not call.counted
    assert call.tokens_out > 0


async def test_a_refused_schema_is_asked_for_as_an_object_from_then_on(server: LlamaServer) -> None:
    refusals = server.logged(REFUSED)
    async with model_of(server) as model:
        for _ in range(3):
            *_, call = [piece async for piece in stream(model, "check", LIST, shape=picks_shape(4), is_whole=lambda: True)]
            assert isinstance(call, ModelCall)
            assert call.reply_format == "object"
            held = json.loads(call.reply)
            assert set(held) == {"intro", "picks", "outro"}
            assert all(pick["number"] in (1, 2, 3, 4) for pick in held["picks"])
    assert server.logged(REFUSED) == refusals + 1


@pytest.mark.parametrize("message", WISHES)
async def test_every_reading_follows_its_schema(server: LlamaServer, message: str) -> None:
    async with model_of(server) as model:
        text, call = await complete(model, "profile", [("user", message)], shape=reading_shape())
    assert call.reply_format == "object"
    held = json.loads(text)
    assert "intent" in held
    assert set(held) <= set(reading_shape().schema["properties"])


# --------------------------------------------------------------------------- what the server can do


async def test_what_it_can_do_is_found_out(server: LlamaServer) -> None:
    async with model_of(server) as model:
        found = {each.name: each async for each in capabilities(model)}
    assert {name: each.works for name, each in found.items()} == {
        "answers": True,
        "streams": True,
        "JSON schema": False,
        "JSON object with a schema": True,
        "JSON object": True,
        "tools": False,
    }
    assert "(500)" in found["JSON schema"].detail


def test_the_command_prints_it(
    server: LlamaServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in os.environ if name.startswith(("CHATREC_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHATREC_MODEL", "openai:tiny")
    monkeypatch.setenv("CHATREC_TIMEOUT", "20")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    assert main(["models", "check"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("openai:tiny at 127.0.0.1\ncapability")
    rows = {line[:26].strip(): line[27:].split()[0] for line in out.splitlines()[2:]}
    assert rows["answers"] == rows["JSON object with a schema"] == "yes"
    assert rows["JSON schema"] == "no"


# --------------------------------------------------------------------------- whole turns


async def test_whatever_it_says_every_pick_is_a_candidate_not_shown_before(server: LlamaServer, parts: Parts) -> None:
    conversation = parts.store.start_conversation("ann")
    shown: set[str] = set()
    lists_of_the_model = 0
    async with model_of(server) as model:
        chat = chat_with(model, parts)
        for message in WISHES:
            candidates: set[str] = set()
            picked: list[str] = []
            event: Event | None = None
            async for event in chat.astream(Ask(message, "ann", conversation)):
                if isinstance(event, Shortlisted):
                    candidates = {candidate.item_id for candidate in event.shortlist.candidates}
                elif isinstance(event, Picked):
                    picked.append(event.pick.item_id)
            assert isinstance(event, Finished)
            turn = event.turn
            assert (turn.status, [pick.item_id for pick in turn.picks]) == ("finished", picked)
            assert turn.reply or picked
            assert len(set(picked)) == len(picked)
            assert set(picked) <= candidates - shown
            assert all(item_id in parts.catalog for item_id in picked)
            assert 1 <= len(turn.trace.calls) <= 2
            assert all(call.reply_format != "schema" for call in turn.trace.calls)
            assert parts.store.history("ann", conversation)[-1].picks == turn.picks
            lists_of_the_model += len(picked) > turn.trace.dropped.get("filled", 0)
            shown |= set(picked)
    assert lists_of_the_model


# --------------------------------------------------------------------------- stop


async def test_a_stopped_reply_stops_on_the_server(server: LlamaServer) -> None:
    gone = server.logged(GONE)
    async with model_of(server, "endless") as model:
        async with aclosing(stream(model, "check", HELLO)) as pieces:
            async for _ in pieces:
                break
        assert await asyncio.to_thread(server.logs, GONE, gone + 1)
    async with model_of(server) as model:
        text, _ = await complete(model, "check", HELLO)
    assert text.strip()


async def test_a_stopped_turn_keeps_what_was_said_and_stops_on_the_server(server: LlamaServer, parts: Parts) -> None:
    gone = server.logged(GONE)
    conversation = parts.store.start_conversation("bob")
    said = ""
    async with model_of(server, "endless") as model:
        events = chat_with(model, parts).astream(Ask("Who directed Alien?", "bob", conversation))
        async with aclosing(cast("AsyncGenerator[Event, None]", events)):
            async for event in events:
                if isinstance(event, Said):
                    said += event.text
                    if len(said) > 20:
                        break
        (kept,) = parts.store.history("bob", conversation)
        assert (kept.status, kept.engine) == ("stopped", "endless")
        assert kept.reply.startswith(said)
        assert await asyncio.to_thread(server.logs, GONE, gone + 1)


# --------------------------------------------------------------------------- longer than the context


async def test_a_request_longer_than_its_context_is_told_as_that(server: LlamaServer) -> None:
    async with model_of(server, "narrow") as model:
        with pytest.raises(ModelUnavailable, match="too long for the model narrow"):
            await complete(model, "check", LONG)
        text, _ = await complete(model, "check", HELLO)
    assert text.strip()


async def test_a_streamed_request_longer_than_its_context_fails_as_one_error(server: LlamaServer) -> None:
    async with model_of(server, "narrow") as model:
        with pytest.raises(ModelError) as failure:
            async for _ in stream(model, "check", LONG):
                pass
        assert failure.value.call is not None
        text, _ = await complete(model, "check", HELLO)
    assert text.strip()


async def test_a_turn_longer_than_its_context_is_served_without_the_model(server: LlamaServer, parts: Parts) -> None:
    async with model_of(server, "narrow") as model:
        turn = await chat_with(model, parts).ainvoke(Ask(WISHES[0], "cleo", parts.store.start_conversation("cleo")))
    assert len(turn.picks) == 3
    assert all(pick.item_id in parts.catalog for pick in turn.picks)
    (notice,) = turn.notices
    assert "too long for the model narrow (400)" in notice
    assert notice.endswith("The built-in engine took over for this turn.")
