"""Names of models, what each provider needs, and keys that stay secret."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import subprocess
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from chatrec.errors import SettingsError
from chatrec.language.ask import complete
from chatrec.language.formats import Shape
from chatrec.language.handle import CALLS_A_MODEL
from chatrec.language.providers import ChatHandle, Limits, key_variable, open_model, split_name
from tests.language.conftest import KEY
from tests.scripted_server import ScriptedServer


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("gpt-5-mini", ("openai", "gpt-5-mini")),
        ("openai:gpt-5-mini", ("openai", "gpt-5-mini")),
        ("ollama:mistral:7b", ("ollama", "mistral:7b")),
        ("qwen2.5:7b", ("openai", "qwen2.5:7b")),
        ("meta-llama/Llama-3.1-8B:novita", ("openai", "meta-llama/Llama-3.1-8B:novita")),
        (" anthropic:claude ", ("anthropic", "claude")),
    ],
)
def test_name_is_split_into_provider_and_model(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_unknown_provider_names_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"unknown provider, mistral; known: openai, .*ollama, .*openai:7b"):
        open_model("mistral:7b")


def test_empty_model_name_is_refused() -> None:
    with pytest.raises(SettingsError, match="no name after the provider"):
        open_model("openai:")


@pytest.mark.parametrize(
    ("name", "extra"), [("ollama:mistral", "ollama"), ("anthropic:x", "anthropic"), ("google_genai:x", "google")]
)
def test_missing_package_names_the_extra(name: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda package: None)
    with pytest.raises(SettingsError, match=rf"pip install 'chatrec\[{extra}\]'"):
        open_model(name)


@pytest.mark.parametrize(
    "address", ["not a url", "localhost:8000/v1", "ftp://host/v1", "http://[bad", "http://host:99999/v1", "http://"]
)
def test_address_that_is_none_is_refused_at_once(address: str) -> None:
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL is not the address of a server"):
        open_model("tiny", base_url=address)


def test_key_that_cannot_be_one_is_refused_without_showing_it() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY holds spaces") as caught:
        open_model("tiny", api_key="sk-sécret key")
    assert "cret" not in str(caught.value)


def test_blank_key_and_address_are_none() -> None:
    assert open_model("tiny", api_key=" ", base_url=" ").unavailable


def test_key_variable_is_the_providers() -> None:
    assert key_variable("gpt-5-mini") == "OPENAI_API_KEY"
    assert key_variable("anthropic:claude") == "ANTHROPIC_API_KEY"
    assert key_variable("ollama:mistral") == ""


def test_no_key_is_said_at_first_use_not_at_start() -> None:
    handle = open_model("gpt-5-mini")
    assert handle.unavailable.startswith("No API key set: put one in OPENAI_API_KEY")
    assert not open_model("gpt-5-mini", api_key=KEY).unavailable


async def test_address_without_a_key_gets_a_placeholder(server: ScriptedServer) -> None:
    server.say("hello")
    await complete(open_model("tiny", base_url=server.url), "answer", [("user", "hi")])
    assert server.keys == ["Bearer no-key-needed"]


async def test_environment_is_not_read_behind_our_back(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    server.say("hello")
    await complete(open_model("tiny", api_key=KEY, base_url=server.url), "answer", [("user", "hi")])
    assert server.keys == [f"Bearer {KEY}"]
    official = await open_model("tiny", api_key=KEY).model()
    assert str(getattr(official, "openai_api_base")) == "https://api.openai.com/v1"  # noqa: B009


def test_one_handle_works_from_several_event_loops(server: ScriptedServer, handle: ChatHandle) -> None:
    async def ask() -> str:
        try:
            return (await complete(handle, "answer", [("user", "hi")]))[0]
        finally:
            await handle.aclose()

    server.say("one", "two", "three")
    assert [asyncio.run(ask()) for _ in range(3)] == ["one", "two", "three"]


async def test_many_calls_at_once_are_spread_over_several_clients_and_few_share_one(
    server: ScriptedServer, handle: ChatHandle
) -> None:
    async with AsyncExitStack() as calls:
        models: list[object] = []
        for _ in range(2 * CALLS_A_MODEL):
            await calls.enter_async_context(handle.gate.slot(1.0))
            while len(models) == CALLS_A_MODEL and await handle.model() is models[0]:
                await asyncio.sleep(0.01)  # until the second is made, the first one serves
            models.append(await handle.model())
    first, second = models[0], models[-1]
    assert models == [first] * CALLS_A_MODEL + [second] * CALLS_A_MODEL
    assert first is not second
    assert await handle.model() is first
    clients = [model.root_async_client for model in (first, second)]  # type: ignore[attr-defined]
    await handle.aclose()
    assert [client.is_closed() for client in clients] == [True, True]


async def test_many_first_calls_at_once_make_one_model_and_a_failure_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    handle = open_model("tiny", api_key=KEY)
    made: list[float] = []

    def build() -> object:
        made.append(time.monotonic())
        if len(made) == 1:
            raise ValueError("no such model")
        return object()

    monkeypatch.setattr(handle, "_build", build)
    failed = await asyncio.gather(*(handle.model() for _ in range(3)), return_exceptions=True)
    assert [str(error) for error in failed] == ["no such model"] * 3
    models = await asyncio.gather(*(handle.model() for _ in range(3)))
    assert len(made) == 2
    assert len(set(models)) == 1


async def test_models_of_different_handles_share_no_client(server: ScriptedServer, handle: ChatHandle) -> None:
    other = open_model("tiny", api_key="sk-another-0123456789", base_url=server.url)
    server.say("a", "b")
    await complete(handle, "answer", [("user", "hi")])
    await complete(other, "answer", [("user", "hi")])
    assert server.keys == [f"Bearer {KEY}", "Bearer sk-another-0123456789"]


def test_key_shows_neither_in_repr_nor_in_scrubbed_text(handle: ChatHandle) -> None:
    assert KEY not in repr(handle)
    text = handle.scrub(f"bad key {KEY}, also sk-proj-abcdef123456 and Bearer abc.def.ghi1 and hf_abcdefghijk")
    assert text == "bad key [key], also [key] and [key] and [key]"


def test_reasoning_models_of_the_provider_itself_are_asked_for_little_effort() -> None:
    assert open_model("gpt-5-mini", api_key=KEY).options() == {"reasoning_effort": "low"}
    assert open_model("gpt-5-chat-latest", api_key=KEY).options() == {}
    assert open_model("gpt-5-mini", base_url="http://localhost/v1").options() == {}


def test_refused_options_are_not_asked_for_again() -> None:
    handle = open_model("gpt-5-mini", api_key=KEY)
    assert not handle.learn("temperature must be 1")
    assert handle.learn("Unknown parameter: reasoning_effort")
    assert handle.options() == {}
    assert not handle.learn("Unknown parameter: reasoning_effort")
    assert handle.learn("stream_options is not supported")
    assert handle.options() == {"stream_usage": False}


SHAPE = Shape("x", {"type": "object"})


@pytest.mark.parametrize(
    ("name", "address", "asked"),
    [
        ("gpt-5-mini", None, ["schema", "object", "text"]),
        ("tiny", "http://localhost/v1", ["schema", "object", "object", "text"]),
        ("ollama:mistral", None, ["schema", "object", "text"]),
        ("anthropic:claude", None, ["schema", "text"]),
        ("google_genai:gemini", None, ["schema", "object", "text"]),
        ("openrouter:org/model", None, ["schema", "object", "text"]),
    ],
)
def test_every_provider_goes_down_from_schema_to_words(name: str, address: str | None, asked: list[str]) -> None:
    try:
        ladder = open_model(name, api_key=KEY, base_url=address).ladder
    except SettingsError as error:
        pytest.skip(str(error))
    seen = []
    for _ in asked:
        place, rung = ladder.rung(SHAPE)
        seen.append(rung.name)
        assert (rung.arguments(SHAPE) == {}) == (rung.name == "text")
        ladder.refused(SHAPE, place)
    assert seen == asked


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("gpu-box", "http://gpu-box:11434"),
        ("gpu-box:8080", "http://gpu-box:8080"),
        ("https://gpu-box/ollama", "https://gpu-box/ollama"),
    ],
)
def test_the_forms_of_an_ollama_address_are_understood(given: str, address: str) -> None:
    pytest.importorskip("langchain_ollama")
    assert open_model("ollama:mistral", base_url=given).address == address


def test_the_limits_are_the_providers_unless_set() -> None:
    pytest.importorskip("langchain_ollama")
    assert open_model("ollama:mistral").limits.calls == 4
    assert open_model("ollama:mistral", calls=9, timeout=30).limits == replace(
        open_model("ollama:mistral").limits, calls=9, total=30, idle=30
    )


def test_short_time_out_shortens_the_others() -> None:
    assert open_model("tiny", timeout=3).limits == Limits(total=3, connect=3, idle=3)
    assert open_model("tiny", timeout=90).limits == Limits(total=90, connect=5, idle=20)


def test_opening_a_model_imports_no_vendor() -> None:
    code = (
        "import sys; from chatrec.language.providers import open_model; from chatrec.language import ask, prompts, replies;"
        "open_model('gpt-5-mini');"
        "print([m for m in ('openai', 'langchain_openai', 'langchain', 'tiktoken') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ), check=True)
    assert done.stdout.strip() == "[]"
