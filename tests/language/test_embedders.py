"""Embedders on a server: batches, retries, short queries, and one sentence where they fail."""

from __future__ import annotations

import importlib.util

import pytest

from chatrec.errors import EmbedderError, SettingsError
from chatrec.language.embedders import LONGEST_TEXT
from chatrec.language.providers import open_embedder
from chatrec.retrieval.embedding import StandInEmbeddings
from tests.language.conftest import KEY
from tests.scripted_server import Reply, ScriptedServer, failure, word_vector

PROVIDERS = ["openai:tiny", "ollama:mistral"]


def address(server: ScriptedServer, name: str) -> str:
    if name.startswith("ollama"):
        pytest.importorskip("langchain_ollama")
        return server.root
    return server.url


@pytest.mark.parametrize("name", PROVIDERS)
def test_texts_become_the_servers_vectors(server: ScriptedServer, name: str) -> None:
    embedder = open_embedder(name, api_key=KEY, base_url=address(server, name))
    assert embedder.embed_documents(["a cat", "two dogs"]) == [word_vector("a cat"), word_vector("two dogs")]
    assert embedder.embed_query("a cat") == word_vector("a cat")
    assert server.embedded == [["a cat", "two dogs"], ["a cat"]]
    assert set(server.keys) == ({f"Bearer {KEY}"})


def test_other_servers_get_texts_not_token_numbers(server: ScriptedServer) -> None:
    open_embedder("tiny", base_url=server.url).embed_query("words")
    assert server.embedded == [["words"]]


def test_documents_go_in_batches_and_come_back_as_unit_rows(server: ScriptedServer) -> None:
    embedder = open_embedder("tiny", base_url=server.url)
    rows = StandInEmbeddings(embedder, embedder.identity).encode([f"text {n}" for n in range(70)])
    assert [len(batch) for batch in server.embedded] == [32, 32, 6]
    assert rows.shape == (70, 64)
    assert (rows**2).sum(axis=1) == pytest.approx(1.0)


def test_the_identity_is_the_model_wherever_it_runs(server: ScriptedServer) -> None:
    assert open_embedder("tiny", base_url=server.url).identity == open_embedder("openai:tiny", api_key=KEY).identity
    assert open_embedder("tiny", api_key=KEY).identity != open_embedder("openai:other", api_key=KEY).identity


def test_passing_trouble_in_a_batch_is_tried_again(server: ScriptedServer) -> None:
    server.embedding_script.extend([failure(429, retry_after="0.01"), failure(503, retry_after="0")])
    assert open_embedder("tiny", base_url=server.url).embed_documents(["a"]) == [word_vector("a")]


@pytest.mark.parametrize("name", PROVIDERS)
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (failure(401, f"bad key {KEY}"), r"refused the API key \(401\)"),
        (failure(404), r"does not know the model .* \(404\); check CHATREC_EMBEDDER"),
        (Reply(body="<html>hello</html>", content_type="text/html"), "was not an embedding"),
    ],
)
def test_a_failure_is_one_sentence(server: ScriptedServer, name: str, reply: Reply, words: str) -> None:
    embedder = open_embedder(name, api_key=KEY, base_url=address(server, name))
    for ask in (embedder.embed_query, lambda text: embedder.embed_documents([text])):
        server.embedding_script.append(reply)
        with pytest.raises(EmbedderError, match=rf"The embedder {name} failed: .*{words}") as caught:
            ask("text")
        assert KEY not in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_model_that_was_not_fetched_says_how_to(server: ScriptedServer) -> None:
    embedder = open_embedder("ollama:mistral", base_url=address(server, "ollama"))
    server.embedding_script.append(failure(404))
    with pytest.raises(EmbedderError, match="run: ollama pull mistral"):
        embedder.embed_documents(["a"])


@pytest.mark.parametrize("name", PROVIDERS)
def test_no_server_names_the_host(name: str) -> None:
    if name.startswith("ollama"):
        pytest.importorskip("langchain_ollama")
    with pytest.raises(EmbedderError, match=r"No connection to the model's server at 127\.0\.0\.1"):
        open_embedder(name, base_url="http://127.0.0.1:9").embed_query("a")


def test_a_query_does_not_wait_and_a_silent_server_is_left_alone(server: ScriptedServer) -> None:
    open_embedder("tiny", base_url=server.url).embed_query("the library is loaded")
    embedder = open_embedder("tiny", base_url=server.url, patience=0.05)
    server.embedding_script.extend([Reply([0.3])] * 3)
    for _ in range(3):
        with pytest.raises(EmbedderError, match=r"did not answer within 0\.05 seconds"):
            embedder.embed_query("a")
    asked = len(server.embedded)
    with pytest.raises(EmbedderError, match="left alone for 30 seconds"):
        embedder.embed_query("a")
    assert len(server.embedded) == asked


def test_texts_are_cut_and_made_whole(server: ScriptedServer) -> None:
    open_embedder("tiny", base_url=server.url).embed_documents(["x" * 20_000, "half \ud83d", ""])
    assert [len(text) for text in server.embedded[0]] == [LONGEST_TEXT, 6, 1]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("anthropic:claude", "anthropic offers no embeddings; choose one of openai, .*ollama"),
        ("openai:tiny", "needs an API key: put one in OPENAI_API_KEY"),
        ("nobody:tiny", "unknown provider"),
    ],
)
def test_what_cannot_be_an_embedder_is_said_at_once(name: str, words: str) -> None:
    if name.startswith("anthropic") and importlib.util.find_spec("langchain_anthropic") is None:
        pytest.skip("langchain-anthropic is not installed")
    with pytest.raises(SettingsError, match=words):
        open_embedder(name)
