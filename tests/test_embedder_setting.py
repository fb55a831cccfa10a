"""Another embedder is one setting away: a catalog of titles searched with vectors of an Ollama server."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatrec.assemble import Parts, assemble, index_folder
from chatrec.catalog.table import read_catalog
from chatrec.chat import Ask
from chatrec.errors import EmbedderError
from chatrec.records import Request
from chatrec.settings import Settings, read_settings, shipped
from tests.scripted_server import ScriptedServer, failure, scripted_server

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("langchain_ollama") is None, reason="langchain-ollama is not installed"
)

TITLES = (
    ("s1", "Harbour Lights", "A lighthouse keeper on a stormy island hides a shipwrecked sailor from the police of the town."),
    ("s2", "The Long Service", "A young chef opens a tiny restaurant in Lyon and fights for her first star against everybody."),
    ("s3", "Cold Orbit", "The crew of a damaged spaceship must repair its engine before the oxygen in the cabin is gone."),
    ("s4", "Paper Kites", "Two children in Kabul build kites and become friends while the grown-ups around them quarrel."),
)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, server: ScriptedServer) -> Settings:
    items = tmp_path / "titles.jsonl"
    items.write_text("".join(json.dumps({"id": i, "title": t, "description": d}) + "\n" for i, t, d in TITLES))
    return read_settings(
        {
            "CHATREC_CATALOG": str(items),
            "CHATREC_CACHE": str(tmp_path / "cache"),
            "CHATREC_EMBEDDER": "ollama:mistral",
            "OLLAMA_HOST": server.root.removeprefix("http://"),
            "CHATREC_TIMEOUT": "20",
        }
    )


def found(parts: Parts, text: str) -> tuple[list[str], tuple[str, ...]]:
    shortlist = parts.retriever.search(Request("recommend", text, search_text=text))
    assert all(("dense" in c.scores) == (not shortlist.notices) for c in shortlist.candidates)
    return [c.item_id for c in shortlist.candidates], shortlist.notices


def test_one_setting_searches_with_the_servers_vectors(settings: Settings, server: ScriptedServer) -> None:
    parts = assemble(settings, database_url="sqlite://")
    with closing(parts.store):
        assert set(server.paths) == {"/api/embed"}
        assert sum(map(len, server.embedded)) == len(TITLES)
        assert found(parts, "a spaceship crew repairs the engine")[0][0] == "s3"
        about = json.loads((index_folder(settings, parts.catalog) / "about.json").read_text())
        assert (about["embedder"], about["dimension"]) == ("ollama:mistral", 64)


def test_a_second_start_embeds_nothing_and_needs_no_server(settings: Settings, server: ScriptedServer) -> None:
    assemble(settings, database_url="sqlite://").store.close()
    asked = len(server.embedded)
    assemble(settings, database_url="sqlite://").store.close()
    assert len(server.embedded) == asked


def test_without_the_server_the_first_start_says_so_in_one_sentence(settings: Settings, server: ScriptedServer) -> None:
    server.embedding_script.extend([failure(404)])
    with pytest.raises(EmbedderError, match=r"^The embedder ollama:mistral failed: .*run: ollama pull mistral\)\.$"):
        assemble(settings, database_url="sqlite://")


def test_a_search_without_the_server_goes_on_and_the_visitor_is_told(settings: Settings, server: ScriptedServer) -> None:
    parts = assemble(settings, database_url="sqlite://")
    with closing(parts.store):
        server.embedding_script.extend([failure(500)] * 5)
        ids, notices = found(parts, "a spaceship crew repairs the engine")
        assert ids[0] == "s3"
        assert len(notices) == 1
        assert notices[0].endswith("This search went by words and facts alone.")
        turn = parts.chat.invoke(Ask("a film about a spaceship crew", "ann", parts.store.start_conversation("ann")))
        assert turn.picks
        assert turn.notices[0].startswith("The embedder ollama:mistral failed: The model's server failed (500)")


def test_vectors_of_another_length_are_not_searched_with(settings: Settings, server: ScriptedServer) -> None:
    parts = assemble(settings, database_url="sqlite://")
    with closing(parts.store):
        server.embed = lambda text: [1.0, 0.0]
        assert "no longer makes the vectors" in found(parts, "a spaceship")[1][0]


def test_what_ships_keeps_its_own_index(tmp_path: Path) -> None:
    catalog, _ = read_catalog(shipped("data") / "movies")
    other = read_settings({"CHATREC_EMBEDDER": "ollama:mistral", "CHATREC_CACHE": str(tmp_path)})
    assert index_folder(read_settings({}), catalog) == shipped("data") / "movies" / "index"
    assert index_folder(other, catalog).is_relative_to(tmp_path)


def test_a_folder_is_a_folder_even_with_a_colon(tmp_path: Path) -> None:
    assert read_settings({"CHATREC_EMBEDDER": "C:/models/mine"}).embedder_name == ""
    assert read_settings({"CHATREC_EMBEDDER": str(tmp_path)}).embedder_name == ""
    assert read_settings({"CHATREC_EMBEDDER": "openai:text-embedding-3-small"}).embedder_name == "openai:text-embedding-3-small"
