"""The page with a model behind it: picks stream in, stop really stops, a failing model is one line and loses nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.test_conversation import FIRST, TIMEOUT, ids, say
from tests.scripted_server import Reply, ScriptedServer, failure, scripted_server

pytestmark = pytest.mark.browser

READING = json.dumps({"intent": "recommend", "search": "magical fantasy for adults", "count": 3})
PICKS = [json.dumps({"number": n, "reason": f"Reason number {n} by the model."}) for n in (2, 1, 3)]


@pytest.fixture
def model() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


@pytest.fixture
def open_page(page: Page, serve: Callable[..., Server], model: ScriptedServer) -> Page:
    page.goto(serve(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-test-0123456789", CHATREC_MODEL="openai:tiny").url)
    expect(page.get_by_test_id("engine")).to_contain_text("tiny", timeout=TIMEOUT)
    return page


def test_picks_are_on_the_screen_before_the_model_is_done(open_page: Page, model: ScriptedServer) -> None:
    gate = threading.Event()
    model.say(READING, Reply([f'{{"intro": "Three doors.", "picks": [{PICKS[0]},', gate, f"{PICKS[1]}, {PICKS[2]}]}}"]))
    open_page.fill("#msg textarea", "give me three magical films for adults")
    open_page.keyboard.press("Enter")
    expect(open_page.get_by_test_id("pick")).to_have_count(1, timeout=TIMEOUT)
    expect(open_page.get_by_test_id("pick").first).to_contain_text("Reason number 2 by the model.")
    gate.set()
    expect(open_page.get_by_test_id("pick")).to_have_count(3, timeout=TIMEOUT)
    expect(open_page.get_by_test_id("notice")).to_have_count(0)


def test_stop_ends_the_request_and_keeps_what_had_arrived(open_page: Page, model: ScriptedServer) -> None:
    model.say(READING, Reply([f'{{"intro": "Three doors.", "picks": [{PICKS[0]},', threading.Event()]))
    open_page.fill("#msg textarea", "give me three magical films for adults")
    open_page.keyboard.press("Enter")
    expect(open_page.get_by_test_id("pick")).to_have_count(1, timeout=TIMEOUT)
    open_page.locator("#msg button.stop-button").click()
    expect(open_page.get_by_test_id("notice")).to_contain_text("Stopped", timeout=TIMEOUT)
    assert model.abandoned.wait(5)
    expect(open_page.get_by_test_id("pick")).to_have_count(1)
    model.say(READING, f'{{"intro": "Again.", "picks": [{", ".join(PICKS)}]}}')
    assert len(ids(say(open_page, "three more magical films", 2))) == 3


def test_another_conversation_can_be_opened_while_the_model_writes(open_page: Page, model: ScriptedServer) -> None:
    model.say(READING, Reply([f'{{"intro": "Three doors.", "picks": [{PICKS[0]},', threading.Event()]))
    open_page.fill("#msg textarea", "give me three magical films for adults")
    open_page.keyboard.press("Enter")
    expect(open_page.get_by_test_id("pick")).to_have_count(1, timeout=TIMEOUT)
    open_page.get_by_test_id("new-conversation").click()
    expect(open_page.get_by_test_id("welcome")).to_be_visible(timeout=TIMEOUT)
    assert model.abandoned.wait(5)
    expect(open_page.locator("#msg button.stop-button")).to_have_count(0, timeout=TIMEOUT)
    model.say(READING, f'{{"intro": "Again.", "picks": [{", ".join(PICKS)}]}}')
    assert len(ids(say(open_page, "three magical films", 1))) == 3
    open_page.get_by_test_id("conversation").filter(has_text="for adults").get_by_role("button").first.click()
    expect(open_page.get_by_test_id("notice")).to_contain_text("Stopped", timeout=TIMEOUT)


@pytest.mark.parametrize(
    "failing",
    [failure(401, "bad key"), failure(429, "slow down"), failure(500), Reply(["no json at all"])],
    ids=["401", "429", "500", "unusable"],
)
def test_a_failing_model_is_said_in_one_line_and_the_turn_is_whole(
    open_page: Page, model: ScriptedServer, failing: Reply
) -> None:
    model.answer = lambda _: failing
    answer = say(open_page, FIRST, 1)
    expect(answer.get_by_test_id("notice")).to_have_count(1)
    expect(answer.get_by_test_id("notice")).to_contain_text("The built-in engine took over for this turn.")
    assert len(ids(answer)) == 5
    expect(open_page.get_by_test_id("profile")).to_contain_text("Spirited Away")
    open_page.reload()
    expect(open_page.get_by_test_id("pick")).to_have_count(5, timeout=TIMEOUT)
