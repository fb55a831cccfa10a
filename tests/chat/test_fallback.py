"""Three turns told by a model through the real client, and every failure of a server: the visitor gets whole turns."""

from __future__ import annotations

import json
from collections.abc import Iterator

import langchain_openai  # noqa: F401  (its import takes longer than the time-outs below)
import pytest

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.chat import Ask, Chat
from chatrec.engines.builtin.engine import BuiltInEngine
from chatrec.engines.builtin.read import Reader
from chatrec.engines.model import ModelEngine
from chatrec.language.providers import Limits, open_model
from chatrec.language.shelf import PromptShelf
from chatrec.memory.store import Store
from chatrec.records import Candidate, Profile, Request, Shortlist
from chatrec.settings import shipped
from tests.scripted_server import Reply, ScriptedServer, failure, scripted_server

READING = json.dumps({"intent": "recommend", "search": "magical fantasy", "count": 3})
PICK = '{"number": 2, "reason": "A reason by the model."}'
OTHERS = '{"number": 1, "reason": "Another reason by it."}, {"number": 3, "reason": "And one reason more."}'
LIST = f'{{"intro": "Three doors.", "picks": [{PICK}, {OTHERS}]}}'
WISH = "I loved Coraline, give me three magical films"


class Searcher:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def search(self, request: Request, profile: Profile, limit: int = 30) -> Shortlist:
        found = [item.id for item in self.catalog if item.id not in request.excluded][:8]
        return Shortlist(tuple(Candidate(item_id, 1.0) for item_id in found), considered=len(found))


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


def chat_with(films: Catalog, store: Store, address: str | None, key: str | None = "sk-test-0123456789") -> Chat:
    linker = TitleLinker(films)
    reader = Reader(films, linker)
    handle = open_model("openai:tiny", api_key=key, base_url=address, timeout=1.0, limits=Limits(1.0, 0.5, 0.25, 0.01, 0.05))
    model = ModelEngine(handle, PromptShelf(shipped("prompts")), films, linker, reader)
    return Chat(films, store, Searcher(films), reader, BuiltInEngine(films, reader), model)


def test_three_turns_are_told_by_the_model(films: Catalog, store: Store, server: ScriptedServer) -> None:
    chat = chat_with(films, store, server.url)
    conversation = chat.store.start_conversation("ann")
    server.say(READING, LIST)
    first = chat.invoke(Ask(WISH, "ann", conversation))
    server.say(READING, LIST)
    second = chat.invoke(Ask("newer ones", "ann", conversation))
    server.say('{"intent": "question", "about": [1], "aspect": "why"}', "Because of the doors.")
    third = chat.invoke(Ask("why the first one?", "ann", conversation))
    assert [t.engine for t in (first, second, third)] == [chat.engine_name] * 3
    assert [t.notices for t in (first, second, third)] == [()] * 3
    assert third.reply == "Because of the doors."
    named = {"coraline-2009"}
    shown = [p.item_id for t in (first, second) for p in t.picks]
    assert len(shown) == len(set(shown)) == 6
    assert not named & set(shown)
    assert len(server.requests) == 6
    assert all(t.trace.calls for t in (first, second, third))


FAILURES = {
    "401": [failure(401, "Incorrect API key provided")],
    "404": [failure(404, "The model does not exist", code="model_not_found")],
    "429": [failure(429, "Rate limit"), failure(429, "Rate limit")],
    "500": [failure(500), failure(500)],
    "503 in the second call": [Reply([READING]), failure(503), failure(503)],
    "silence": [Reply([5.0, "late"]), Reply([5.0, "late"])],
    "stalled stream": [Reply([READING]), Reply([f'{{"intro": "Three", "picks": [{PICK},', 5.0])],
    "cut stream": [Reply([READING]), Reply([f'{{"intro": "Three", "picks": [{PICK},'], cut=True)],
    "cut before anything": [Reply([READING]), Reply([], cut=True), Reply([], cut=True)],
    "web page": [Reply(body="<html>Bad gateway</html>", content_type="text/html")] * 2,
    "empty": [Reply([READING]), Reply([""]), Reply([""])],
    "prose": [Reply([READING]), Reply(["I like films, don't you?"])],
    "refusal": [Reply([READING]), Reply([], refusal="I cannot help with that.")],
}


@pytest.mark.parametrize("name", FAILURES)
def test_every_failure_falls_back_and_loses_nothing(films: Catalog, store: Store, server: ScriptedServer, name: str) -> None:
    chat = chat_with(films, store, server.url)
    conversation = chat.store.start_conversation("ann")
    server.say(*FAILURES[name])
    turn = chat.invoke(Ask(WISH, "ann", conversation))
    assert len(turn.picks) == len({p.item_id for p in turn.picks}) == 3
    assert turn.reply
    (notice,) = turn.notices
    assert notice.endswith("The built-in engine took over for this turn.")
    assert "\n" not in notice
    assert "sk-test" not in notice
    (kept,) = chat.store.history("ann", conversation)
    assert (kept.status, kept.picks, kept.message) == ("finished", turn.picks, WISH)
    assert any("Coraline" in s.text for s in chat.store.profile("ann", conversation).sentences)
    assert any(call.error for call in chat.store.trace("ann", conversation, 1).calls)
    if "stream" in name:
        assert turn.picks[0].reason == "A reason by the model."
        assert turn.engine == f"{chat.engine_name} + built-in"


@pytest.mark.parametrize(("address", "key"), [(None, None), ("http://127.0.0.1:9/v1", "k" * 20)], ids=["no key", "no server"])
def test_without_key_or_server_the_conversation_goes_on(
    films: Catalog, store: Store, address: str | None, key: str | None
) -> None:
    turn = chat_with(films, store, address, key).invoke(WISH)
    assert len(turn.picks) == 3
    assert len(turn.notices) == 1
    assert turn.engine == "built-in"
