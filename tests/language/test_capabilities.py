"""What a server can do is tried one by one, and told without a key."""

from __future__ import annotations

from typing import Any

import pytest

from chatrec.cli.root import main
from chatrec.language.capabilities import Capability, capabilities
from chatrec.language.providers import ChatHandle, open_embedder
from tests.language.conftest import KEY
from tests.scripted_server import Reply, ScriptedServer, failure

OBJECT = '{"intro": "hello", "picks": [{"number": 1, "reason": "because"}], "outro": ""}'


def able(request: dict[str, Any]) -> Reply | str:
    """A server that can do everything."""
    if "tools" in request:
        return Reply(tool="look_up")
    return OBJECT if "object" in request["messages"][0]["content"] else Reply(["hel", "lo"])


def modest(request: dict[str, Any]) -> Reply | str:
    """A server that knows nothing but words, and ignores tools."""
    if "response_format" in request:
        return failure(400, "response_format is not supported")
    return Reply(["hel", "lo"])


async def tried(handle: ChatHandle, server: ScriptedServer) -> dict[str, Capability]:
    embedder = open_embedder("tiny", base_url=server.url)
    return {each.name: each async for each in capabilities(handle, embedder)}


async def test_an_able_server_can_do_everything(server: ScriptedServer, handle: ChatHandle) -> None:
    server.answer = able
    found = await tried(handle, server)
    names = ["answers", "streams", "JSON schema", "JSON object with a schema", "JSON object", "tools", "embeddings"]
    assert list(found) == names
    assert all(each.works for each in found.values())
    assert found["streams"].first_token_seconds is not None
    assert found["streams"].detail == "2 pieces"
    assert found["embeddings"].detail == "64 numbers"


async def test_a_modest_server_lacks_what_it_lacks(server: ScriptedServer, handle: ChatHandle) -> None:
    server.answer = modest
    found = await tried(handle, server)
    assert [name for name, each in found.items() if each.works] == ["answers", "streams", "embeddings"]
    assert "response_format is not supported" in found["JSON schema"].detail
    assert found["tools"].detail == "taken, but no tool was called"


async def test_a_schema_that_is_ignored_is_noticed(server: ScriptedServer, handle: ChatHandle) -> None:
    server.answer = lambda request: '{"picks": [{"number": 9}]}'
    found = await tried(handle, server)
    assert "does not follow the schema" in found["JSON schema"].detail
    assert found["JSON object"].works


async def test_a_server_that_does_not_answer_is_asked_nothing_else(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(failure(401))
    (only,) = [each async for each in capabilities(handle)]
    assert not only.works
    assert len(server.requests) == 1


@pytest.fixture
def configured(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATREC_MODEL", "openai:tiny")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("CHATREC_EMBEDDER", "openai:tiny")


@pytest.mark.usefixtures("configured")
def test_the_command_prints_a_table_and_no_key(server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.answer = able
    assert main(["models", "check"]) == 0
    out = capsys.readouterr()
    assert out.out.startswith("openai:tiny at 127.0.0.1\ncapability")
    assert out.out.count(" yes ") == 7
    assert KEY not in out.out + out.err


@pytest.mark.usefixtures("configured")
def test_a_model_that_cannot_serve_is_one_line_and_exit_code_2(
    server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answer = lambda request: failure(401, f"Incorrect API key provided: {KEY}")
    assert main(["models", "check"]) == 2
    out = capsys.readouterr()
    assert out.err == (
        "chatrec: The model openai:tiny cannot serve: The model's server refused the API key (401); check OPENAI_API_KEY.\n"
    )
    assert KEY not in out.out


def test_without_a_model_there_is_nothing_to_check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("CHATREC_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    assert main(["models", "check"]) == 2
    assert "No model is configured" in capsys.readouterr().err
