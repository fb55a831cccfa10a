"""What a tuner and a person of the data see: packs, broken edits, the small line of a turn, and "who I am"; on a phone too."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from chatrec.assemble import assemble
from chatrec.catalog.table import read_catalog
from chatrec.history.interactions import Interactions
from chatrec.records import Interaction
from chatrec.settings import read_settings, shipped
from chatrec.ui.desk import Desk
from chatrec.ui.page import build
from tests.browser.conftest import Server
from tests.browser.test_conversation import TIMEOUT, ids, say
from tests.scripted_server import ScriptedServer, scripted_server

pytestmark = pytest.mark.browser


def reply(request: dict[str, Any]) -> str:
    if '"intent"' in request["messages"][0]["content"]:
        return '{"intent": "recommend", "count": 1}'
    return '{"intro": "Here.", "picks": [{"number": 1, "reason": "A reason by the model."}], "outro": ""}'


@pytest.fixture
def model() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        server.answer = reply
        yield server


@pytest.fixture
def with_model(serve: Callable[..., Server], model: ScriptedServer) -> Callable[..., Server]:
    def start(**more: str) -> Server:
        return serve(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-test-0123456789", CHATREC_MODEL="openai:tiny", **more)

    return start


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Interactions of two people over the films that ship."""
    films = read_catalog(shipped("data") / "movies")[0]
    westerns = [film.id for film in films if "Western" in film.genres][:12]
    musicals = [film.id for film in films if "Musical" in film.genres][:12]
    deeds = [Interaction("ann", item, "rate", 5.0 if item in westerns else 1.0) for item in (*westerns, *musicals)]
    deeds += [Interaction("bob", item, "rate", 1.0 if item in westerns else 5.0) for item in (*westerns, *musicals)]
    Interactions.of(deeds, {"ann": {"occupation": "farrier"}}).save(tmp_path / "interactions")
    return tmp_path / "interactions"


def test_pack_is_chosen_on_the_page_and_told_in_the_turn(
    page: Page, browser: Browser, with_model: Callable[..., Server], model: ScriptedServer
) -> None:
    server = with_model()
    page.goto(server.url)
    page.get_by_test_id("tuner").locator("summary").click()
    page.get_by_test_id("pack").select_option("critic")
    expect(page.get_by_test_id("tuner").locator("summary")).to_contain_text("critic", timeout=TIMEOUT)
    answer = say(page, "one magical film", 1)
    expect(answer.get_by_test_id("about")).to_contain_text(re.compile(r"^tiny · pack critic · 320 tokens · [\d.]+ s"))
    assert "Against it:" in model.requests[1]["messages"][0]["content"]
    page.reload()
    expect(page.get_by_test_id("about")).to_contain_text("pack critic · 320 tokens", timeout=TIMEOUT)
    expect(page.get_by_test_id("tuner").locator("summary")).to_contain_text("critic")
    other = browser.new_context().new_page()
    other.goto(server.url)
    say(other, "one magical film", 1)
    assert "Against it:" not in model.requests[3]["messages"][0]["content"]


def test_broken_edit_is_shown_to_the_tuner_and_the_last_good_one_answers(
    page: Page, with_model: Callable[..., Server], model: ScriptedServer, tmp_path: Path
) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    good = (shipped("prompts") / "default" / "recommend.md").read_text(encoding="utf-8")
    (own / "recommend.md").write_text(good.replace("You are a friend", "You are a pirate"), encoding="utf-8")
    page.goto(with_model(CHATREC_PROMPTS=str(own)).url)
    page.get_by_test_id("tuner").locator("summary").click()
    expect(page.get_by_test_id("pack")).to_have_value("mine", timeout=TIMEOUT)
    say(page, "one magical film", 1)
    (own / "recommend.md").write_text(good.replace("{{candidates}}", "{{candidate}}"), encoding="utf-8")
    answer = say(page, "one funny film", 2)
    problem = page.get_by_test_id("tuner-problem")
    expect(problem).to_contain_text(re.compile(r"mine/recommend\.md, line \d+: there is no blank \{\{candidate\}\}"))
    expect(answer.get_by_test_id("notice")).to_have_count(0)
    assert ["You are a pirate" in request["messages"][0]["content"] for request in model.requests[1::2]] == [True, True]
    (own / "recommend.md").write_text(good.replace("You are a friend", "You are a captain"), encoding="utf-8")
    say(page, "one sad film", 3)
    assert "You are a captain" in model.requests[-1]["messages"][0]["content"]
    expect(problem).to_have_count(0)
    shutil.rmtree(own)
    assert len(ids(say(page, "one short film", 4))) == 1


@pytest.mark.filterwarnings("ignore:.*no_silent_downcasting")  # of Gradio's own counts
def test_late_answer_does_not_undo_a_choice(
    page: Page, model: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening the picker asks what is on offer; that answer may come after the choice is made, and knows nothing of it."""
    seen = Desk.left_view

    def late(desk: Desk, session: dict[str, str]) -> dict[str, Any]:
        view = seen(desk, session)
        time.sleep(0 if "pack" in session else 2)
        return view

    monkeypatch.setattr(Desk, "left_view", late)
    settings = read_settings(
        {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-test-0123456789", "CHATREC_MODEL": "openai:tiny"}
    )
    parts = assemble(settings, database_url=f"sqlite:///{tmp_path / 'memory.sqlite3'}")
    demo = build(parts, settings)
    try:
        page.goto(
            demo.launch(prevent_thread_lock=True, quiet=True, ssr_mode=False, enable_monitoring=False, _frontend=False)[1]
        )
        page.get_by_test_id("tuner").locator("summary").click()
        page.get_by_test_id("pack").select_option("family")
        expect(page.get_by_test_id("tuner").locator("summary")).to_contain_text("family", timeout=TIMEOUT)
        page.wait_for_timeout(3000)
        expect(page.get_by_test_id("tuner").locator("summary")).to_contain_text("family")
    finally:
        demo.close()
        parts.store.close()


def test_without_a_model_the_picker_says_what_it_needs(page: Page, serve: Callable[..., Server]) -> None:
    page.goto(serve().url)
    page.get_by_test_id("tuner").locator("summary").click()
    expect(page.get_by_test_id("tuner-needs")).to_contain_text("CHATREC_MODEL", timeout=TIMEOUT)
    expect(page.get_by_test_id("pack")).to_have_count(0)


def test_every_new_conversation_opens_with_other_starters(page: Page, serve: Callable[..., Server]) -> None:
    page.goto(serve().url)
    offers = []
    for _ in range(4):
        expect(page.get_by_test_id("example")).to_have_count(6, timeout=TIMEOUT)
        page.wait_for_timeout(300)
        offers.append(page.get_by_test_id("welcome").text_content())
        page.get_by_test_id("new-conversation").click()
        page.wait_for_timeout(700)
    assert len(set(offers)) > 1


def test_person_of_the_data_is_chosen_used_and_undone(page: Page, serve: Callable[..., Server], data: Path) -> None:
    films = read_catalog(shipped("data") / "movies")[0]
    page.goto(serve(CHATREC_INTERACTIONS=str(data)).url)
    page.get_by_test_id("persona").locator("summary").click()
    expect(page.get_by_test_id("persona-choice")).to_have_count(2, timeout=TIMEOUT)
    page.get_by_test_id("persona-search").fill("farrier")
    expect(page.get_by_test_id("persona-choice")).to_have_count(1, timeout=TIMEOUT)
    page.get_by_test_id("persona-choice").click()
    expect(page.get_by_test_id("persona-now")).to_contain_text("ann", timeout=TIMEOUT)
    expect(page.get_by_test_id("profile")).to_contain_text("Western")
    picks = ids(say(page, "recommend something", 1))
    assert any("Western" in films[item].genres for item in picks)
    page.get_by_test_id("persona-undo").click()
    expect(page.get_by_test_id("persona-now")).to_be_hidden(timeout=TIMEOUT)
    expect(page.get_by_test_id("profile").filter(has_text="Western")).to_have_count(0)


def test_nobody_is_offered_without_data(page: Page, serve: Callable[..., Server]) -> None:
    page.goto(serve().url)
    expect(page.get_by_test_id("example")).to_have_count(6, timeout=TIMEOUT)
    expect(page.get_by_test_id("persona")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawers_open_on_a_phone(
    browser: Browser, with_model: Callable[..., Server], data: Path, screenshots: Path, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(with_model(CHATREC_INTERACTIONS=str(data)).url)
    expect(page.get_by_test_id("example")).to_have_count(6, timeout=TIMEOUT)
    page.get_by_role("button", name="Conversations").click()
    page.get_by_test_id("tuner").locator("summary").click()
    page.get_by_test_id("pack").select_option("family")
    expect(page.get_by_test_id("tuner").locator("summary")).to_contain_text("family", timeout=TIMEOUT)
    page.screenshot(path=screenshots / f"tuner-390-{scheme}.png")
    page.mouse.click(380, 420)
    page.get_by_role("button", name="Your profile").click()
    page.get_by_test_id("persona").locator("summary").click()
    page.get_by_test_id("persona-choice").first.click()
    expect(page.get_by_test_id("persona-now")).to_be_visible(timeout=TIMEOUT)
    page.screenshot(path=screenshots / f"persona-390-{scheme}.png")
    page.mouse.click(5, 420)
    say(page, "one magical film", 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults == []
    context.close()
