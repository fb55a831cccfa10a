"""A dialogue played to an engine: every message is read once and knows what came before; replies count as what was shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.engine import BuiltInEngine
from chatrec.engines.builtin.read import Reader
from chatrec.evaluation.dialogue_features import Prepared, prepare
from chatrec.evaluation.dialogue_folder import read_dialogues
from chatrec.evaluation.dialogue_played import Played, as_the_chat_hears, numbered
from chatrec.records import Reading, Situation
from tests.evaluation.dialogues import write_world
from tests.retrieval.embedders import WordEmbeddings


class Counting(BuiltInEngine):
    """The built-in engine with a list of what it was asked to read."""

    asked: list[Situation]

    async def read(self, situation: Situation) -> Reading:
        self.asked.append(situation)
        return await super().read(situation)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = write_world(tmp_path_factory.mktemp("world"), dialogues=2)
    said = ["hello", "hi, what do you like?", "I loved Fright 7 (1987)", "try Kiss 2 (1982)", "something scary please"]
    turn = {"dialogue": "d9", "turn": 5, "context": said, "mentioned": ["Fright 7 (1987)", "Kiss 2 (1982)"]}
    shorter = {"dialogue": "d9", "turn": 3, "context": said[:3], "mentioned": ["Fright 7 (1987)"], "targets": ["Kiss 2 (1982)"]}
    with (folder / "dialogues.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(shorter) + "\n" + json.dumps({**turn, "targets": ["Fright 9 (1989)"]}) + "\n")
    return prepare(read_dialogues(Path(folder)), WordEmbeddings())


def counting(prepared: Prepared) -> Counting:
    catalog = numbered(prepared.catalog)
    engine = Counting(catalog, Reader(catalog, TitleLinker(catalog)))
    engine.asked = []
    return engine


def test_a_reading_knows_what_was_said_and_shown_before(prepared: Prepared) -> None:
    reading = Played(counting(prepared), prepared).reading(len(prepared.turns) - 1)
    rows = {name: str(prepared.catalog.row(name)) for name in ("Fright 7 (1987)", "Kiss 2 (1982)")}
    assert [(m.item_id, m.sentiment) for m in reading.request.earlier] == [(rows["Fright 7 (1987)"], "like")]
    assert set(rows.values()) <= set(reading.request.excluded)
    assert (reading.request.turn, reading.request.said[-1]) == (3, "something scary please")


def test_every_message_is_read_once_however_many_turns_follow(prepared: Prepared) -> None:
    engine = counting(prepared)
    played = Played(engine, prepared)
    place = len(prepared.turns) - 1
    played.reading(place)
    played.reading(place)
    assert [s.turn for s in engine.asked] == [1, 2, 3, 3]
    assert [[p.title for p in turn.picks] for turn in engine.asked[-1].history] == [[], ["Kiss 2"]]


def test_the_chat_hears_the_persons_words_and_films_alone(prepared: Prepared) -> None:
    heard = as_the_chat_hears(prepared, WordEmbeddings())
    talk = heard.turns[-1].talk
    assert [(prepared.catalog.items[n.row].id, n.back, n.feeling) for n in talk.named] == [("Fright 7 (1987)", 2, 1)]
    assert "try" not in talk.whole
    assert talk.last == "something scary please"
    assert not any(name.startswith("facts_like") for name in heard.features.of(talk, heard.vectors[-1]))
