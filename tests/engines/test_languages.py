"""Messages in other languages: searched in English, answered in their own, titles as the catalog has them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.read import Reader
from chatrec.engines.model import ModelEngine
from chatrec.language.providers import Limits, open_model
from chatrec.language.shelf import PromptShelf
from chatrec.records import Candidate, Pick, Said, Shortlist, Situation
from tests.scripted_server import ScriptedServer

PROMPTS = Path(__file__).parents[2] / "prompts"
WISH = "a quiet, melancholy film about a family"
MESSAGES = {
    "ar": ("أريد فيلماً هادئاً وحزيناً عن عائلة", "فيلم هادئ عن عائلة تبحث عن بيت جديد.", "تفضل."),
    "es": (
        "Quiero una película tranquila y triste sobre una familia",
        "Una casa vuela y una familia la sigue.",
        "Aquí tienes.",
    ),
    "zh": ("我想看一部关于家庭的安静而忧伤的电影", "一座会飞的房子和一个寻找新家的老人。", "请看。"),
    "de": (
        "Ich möchte einen ruhigen, traurigen Film über eine Familie",
        "Ein Haus fliegt davon, ein Junge fliegt mit.",
        "Bitte.",
    ),
}


@pytest.fixture
def engine(films: Catalog, server: ScriptedServer) -> ModelEngine:
    linker = TitleLinker(films)
    handle = open_model("tiny", base_url=server.url, limits=Limits(8.0, 2.0, 4.0, 0.01))
    return ModelEngine(handle, PromptShelf(PROMPTS), films, linker, Reader(films, linker), today=lambda: date(2026, 11, 20))


@pytest.mark.parametrize("language", MESSAGES)
async def test_search_is_in_english_and_the_reply_in_the_messages_language(
    engine: ModelEngine, server: ScriptedServer, language: str
) -> None:
    message, reason, intro = MESSAGES[language]
    server.say(json.dumps({"intent": "recommend", "language": language, "wish": WISH}, ensure_ascii=False))
    situation = Situation(message, 1)
    reading = await engine.read(situation)
    assert (reading.request.language, reading.request.search_text) == (language, WISH)
    assert f"<message>\n{message}\n</message>" in server.requests[0]["messages"][1]["content"]
    assert "English" in server.requests[0]["messages"][0]["content"]

    server.say(json.dumps({"intro": intro, "picks": [{"number": 2, "reason": reason}]}, ensure_ascii=False))
    found = Shortlist((Candidate("amelie-2001", 1.0), Candidate("up-2009", 0.9)))
    outputs = [output async for output in engine.recommend(situation, reading, found)]
    (pick,) = (output for output in outputs if isinstance(output, Pick))
    assert (pick.title, pick.year, pick.reason) == ("Up", 2009, reason)
    assert "".join(output.text for output in outputs if isinstance(output, Said)) == intro
    told = server.requests[1]["messages"][0]["content"]
    assert f"({language})" in told
    assert "1. Amélie (2001) | " in server.requests[1]["messages"][1]["content"]


@pytest.mark.parametrize("language", MESSAGES)
async def test_questions_are_answered_in_the_messages_language(
    engine: ModelEngine, server: ScriptedServer, language: str
) -> None:
    message, answer, _ = MESSAGES[language]
    server.say(json.dumps({"intent": "question", "language": language, "about": ["Up"]}), answer)
    situation = Situation(message, 1)
    reading = await engine.read(situation)
    outputs = [output async for output in engine.answer(situation, reading)]
    assert "".join(output.text for output in outputs if isinstance(output, Said)) == answer
    assert f"({language})" in server.requests[1]["messages"][0]["content"]
    assert "Up (2009)" in server.requests[1]["messages"][1]["content"]


@pytest.mark.parametrize(
    ("given", "language"), [("zh-Hans", "zh"), ("pt_BR", "pt"), ("DE", "de"), ("Klingon", "es"), ("", "es")]
)
async def test_language_is_a_code_however_it_is_written(
    engine: ModelEngine, server: ScriptedServer, given: str, language: str
) -> None:
    server.say(json.dumps({"intent": "recommend", "language": given, "wish": WISH}))
    reading = await engine.read(Situation(MESSAGES["es"][0], 1))
    assert reading.request.language == language


@pytest.mark.parametrize("language", ["ar", "zh"])
async def test_a_wish_that_is_not_in_english_is_not_searched_for(
    engine: ModelEngine, server: ScriptedServer, language: str
) -> None:
    message = MESSAGES[language][0]
    server.say(json.dumps({"intent": "recommend", "language": language, "wish": message}))
    reading = await engine.read(Situation(message, 1))
    assert reading.request.search_text != message
    assert reading.dropped["foreign_wish"] == 1
