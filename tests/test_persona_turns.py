"""Whole turns on the films that ship, with invented people as "who I am"."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatrec.assemble import Parts, assemble
from chatrec.catalog.table import Catalog
from chatrec.chat import Ask
from chatrec.cli import main
from chatrec.history.interactions import Interactions
from chatrec.history.rating_forecasts import Forecasts
from chatrec.records import Turn
from chatrec.settings import Settings, shipped
from tests.history.crowd import rows

LEFT_OUT = "alien-1979"  # what neither f0 nor r0 has rated


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of interactions over the shipped films."""
    folder = tmp_path_factory.mktemp("people")
    Interactions.of(rows(), {"f0": {"age": 24, "occupation": "technician"}}).save(folder)
    return folder


@pytest.fixture(scope="module")
def parts(people: Path) -> Iterator[Parts]:
    assembled = assemble(
        Settings(model="none", catalog=shipped("data") / "movies", interactions=people), database_url="sqlite://"
    )
    with closing(assembled.store):
        yield assembled


def turns(parts: Parts, persona: str, *messages: str) -> list[Turn]:
    user = f"visitor who is {persona}"
    conversation = parts.store.start_conversation(user)
    parts.chat.corrections.adopt(user, conversation, persona)
    return [parts.chat.invoke(Ask(message, user, conversation)) for message in messages]


def test_the_crowd_rates_films_that_ship(parts: Parts) -> None:
    assert {row.item for row in rows()} <= {item.id for item in parts.catalog}


def test_warming_up_learns_ratings_aside(parts: Parts) -> None:
    class Recorder(Forecasts):
        def learn(self, progress: bool = False) -> None:
            learned.append(threading.current_thread())

    learned: list[threading.Thread] = []
    assert isinstance(parts.forecasts, Forecasts)
    replace(parts, forecasts=Recorder(Interactions.of([]), parts.catalog)).warm()
    for thread in threading.enumerate():
        if thread.name == "ratings":
            thread.join(30)
    assert [thread.name for thread in learned] == ["ratings"]
    assert all(thread.daemon for thread in learned)


def test_what_an_index_run_learned_predicts_in_the_next_process(
    films: Catalog, people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"id": film.id, "title": film.title, "genres": film.genres}) for film in films]
    (tmp_path / "films.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("CHATREC_MODEL", "none")
    monkeypatch.setenv("CHATREC_CATALOG", str(tmp_path / "films.jsonl"))
    monkeypatch.setenv("CHATREC_INTERACTIONS", str(people))
    monkeypatch.setenv("CHATREC_CACHE", str(tmp_path / "cache"))
    question = ["ask", "--as", "f0", "would I like Alien?"]
    assert main(question) == 0
    assert "from the titles nearest to it" in capsys.readouterr().out
    assert main(["index"]) == 0
    assert "Learned how people's ratings go together" in capsys.readouterr().out
    assert main(question) == 0
    assert "from how everybody's ratings go together" in capsys.readouterr().out


def test_what_a_persona_knows_is_not_suggested_and_its_taste_shows(parts: Parts) -> None:
    fright = {"Horror", "Thriller", "Science Fiction"}
    shown = {}
    for persona in ("f0", "r0"):
        (turn,) = turns(parts, persona, "recommend me something")
        assert len(turn.picks) == 5
        assert not {pick.item_id for pick in turn.picks} & set(turn.profile.seen)
        shown[persona] = sum(bool(fright & set(parts.catalog[pick.item_id].genres)) for pick in turn.picks)
    assert shown["f0"] > shown["r0"]


def test_predictions_follow_the_persona(parts: Parts) -> None:
    (likely,) = turns(parts, "f0", "would I like Alien?")
    (unlikely,) = turns(parts, "r0", "would I like Alien?")
    assert likely.reply.startswith("I think you would like Alien: about 4.")
    assert unlikely.reply.startswith("I doubt that you would like Alien: about 1.")


def test_one_of_a_list_is_chosen(parts: Parts) -> None:
    question = "which of these should I watch: Alien, Casablanca or Heat?"
    chosen = {persona: turns(parts, persona, question)[0].reply.split(" for you")[0] for persona in ("f0", "r0")}
    assert chosen["f0"] == "Of the three I would take Alien"
    assert chosen["r0"] != chosen["f0"]


def test_the_profile_is_told_on_request(parts: Parts) -> None:
    (turn,) = turns(parts, "f0", "what do you know about me?")
    assert "Age: 24; Occupation: technician (import)" in turn.reply


def test_contradicting_a_persona_in_the_chat_takes_effect(parts: Parts) -> None:
    (turn,) = turns(parts, "f0", "I hate horror, recommend something else")
    assert not any(p.value == "Horror" and p.weight > 0 for p in turn.profile.preferences)
    assert not any("Horror" in parts.catalog[pick.item_id].genres for pick in turn.picks)


def test_the_command_line_can_be_somebody(
    people: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATREC_MODEL", "none")
    monkeypatch.setenv("CHATREC_INTERACTIONS", str(people))
    assert main(["ask", "--as", "f0", "--json", "would I like Alien?"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["reply"].startswith("I think you would like Alien")
    assert main(["ask", "--as", "nobody", "hello"]) == 2
    refused = capsys.readouterr().err
    assert "nobody called 'nobody'" in refused
    assert "for example, f" in refused
