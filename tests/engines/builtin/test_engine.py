"""The built-in engine speaks the Engine protocol and keeps nothing between calls."""

from __future__ import annotations

import threading

import pytest

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.engine import BuiltInEngine, read_aside
from chatrec.engines.protocol import Engine, Output
from chatrec.records import Pick, Profile, Reading, Request, Said, Situation
from tests.engines.builtin.people import reading_of, shortlist_of, situation_of


class Parrot:
    """Reads every message as a wish for magic."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def read(self, situation: Situation) -> Reading:
        return reading_of(self.catalog, situation.message, moods=["magical"])


async def test_it_reads_recommends_and_answers(films: Catalog) -> None:
    engine: Engine = BuiltInEngine(films, Parrot(films))
    assert engine.name == "built-in"
    situation = situation_of("magic please")
    reading = await engine.read(situation)
    listed: list[Output] = [o async for o in engine.recommend(situation, reading, shortlist_of(["up-2009", "coraline-2009"]))]
    assert [o.item_id for o in listed if isinstance(o, Pick)] == ["up-2009", "coraline-2009"]
    said = [o async for o in engine.answer(situation, Reading(Request("greeting", "hi"), Profile()))]
    assert any(isinstance(o, Said) for o in said)


async def test_two_visitors_get_the_same_answer_to_the_same_words(films: Catalog) -> None:
    engine = BuiltInEngine(films, Parrot(films))
    situation = situation_of("magic please")
    reading = await engine.read(situation)
    shortlist = shortlist_of(["up-2009", "coraline-2009", "her-2013"])
    first = [o async for o in engine.recommend(situation, reading, shortlist)]
    await engine.read(situation_of("something else entirely"))
    assert [o async for o in engine.recommend(situation, reading, shortlist)] == first


class Watcher:
    """Notes in which thread it reads."""

    def __init__(self) -> None:
        self.thread: threading.Thread | None = None

    def read(self, situation: Situation) -> Reading:
        self.thread = threading.current_thread()
        return Reading(Request("recommend", situation.message), Profile())


@pytest.mark.parametrize(("message", "aside"), [("something funny", False), ("Blah " * 800, True)])
async def test_a_long_message_is_read_where_it_holds_nobody_up(message: str, aside: bool) -> None:
    reader = Watcher()
    reading = await read_aside(reader, situation_of(message))
    assert reading.request.message == message
    assert (reader.thread is not threading.current_thread()) is aside
