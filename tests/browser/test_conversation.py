"""What a visitor sees: three turns, feedback, profile, reload, restart, two visitors, and nothing asked of other hosts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.settings import shipped
from tests.browser.conftest import Server

pytestmark = pytest.mark.browser

FIRST = "I loved Spirited Away and Pan's Labyrinth, something magical but for adults"
TIMEOUT = 60_000


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_catalog(shipped("data") / "movies")[0]


def say(page: Page, text: str, turn: int) -> Locator:
    """Send a message and wait until the answer of that turn is complete."""
    page.fill("#msg textarea", text)
    page.keyboard.press("Enter")
    answer = page.locator(f"[data-turn='{turn}'] [data-testid=bot]")
    expect(answer).to_have_attribute("aria-busy", "false", timeout=TIMEOUT)
    return answer


def ids(answer: Locator) -> list[str]:
    return [card.get_attribute("data-id") or "" for card in answer.locator("[data-testid=pick]").all()]


def test_three_turns_respect_the_constraints_and_repeat_nothing(
    page: Page, serve: Callable[..., Server], catalog: Catalog, screenshots: Path
) -> None:
    outside: list[str] = []
    faults: list[str] = []
    page.on("request", lambda r: outside.append(r.url) if urlsplit(r.url).hostname not in ("127.0.0.1", None, "") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(serve().url)
    expect(page.get_by_test_id("welcome")).to_be_visible(timeout=TIMEOUT)
    expect(page.get_by_test_id("engine")).to_contain_text("Built-in")

    first = ids(say(page, FIRST, 1))
    assert len(first) == 5
    assert not {"spirited-away-2001", "pans-labyrinth-2006"} & set(first)
    expect(page.get_by_test_id("profile")).to_contain_text("Spirited Away")

    second = ids(say(page, "newer, and nothing too violent", 2))
    assert second
    assert not set(first) & set(second)
    median = sorted(catalog[i].year or 0 for i in first)[2]
    assert all((catalog[i].year or 0) > median for i in second)
    assert all(catalog[i].content["violence"] <= 1 for i in second)

    answer = say(page, "why the first one?", 3)
    expect(answer).to_contain_text(catalog[second[0]].title)
    assert ids(answer) == []
    page.screenshot(path=screenshots / "conversation.png")
    assert outside == []
    assert faults == []


def test_evidence_opens_on_demand_and_names_its_source(page: Page, serve: Callable[..., Server]) -> None:
    page.goto(serve().url)
    answer = say(page, FIRST, 1)
    card = answer.get_by_test_id("pick").first
    expect(card.get_by_test_id("evidence")).to_be_hidden()
    card.get_by_test_id("show-evidence").click()
    expect(card.get_by_test_id("evidence")).to_be_visible()
    expect(card.get_by_test_id("evidence")).to_contain_text(re.compile("Catalog: |Your profile"))


def test_feedback_reaches_the_profile_and_keeps_the_item_away(page: Page, serve: Callable[..., Server]) -> None:
    page.goto(serve().url)
    card = say(page, "a funny film", 1).get_by_test_id("pick").first
    chosen = card.get_attribute("data-id")
    card.get_by_test_id("dislike").click()
    expect(card.get_by_test_id("dislike")).to_have_attribute("aria-pressed", "true", timeout=TIMEOUT)
    expect(page.get_by_test_id("profile-line").filter(has_text="is not for you")).to_have_count(1, timeout=TIMEOUT)
    page.get_by_test_id("new-conversation").click()
    expect(page.get_by_test_id("welcome")).to_be_visible(timeout=TIMEOUT)
    assert chosen not in ids(say(page, "a funny film", 1))


def test_the_profile_can_be_written_switched_and_removed(page: Page, serve: Callable[..., Server], catalog: Catalog) -> None:
    page.goto(serve().url)
    page.get_by_test_id("profile-add").fill("No horror")
    page.keyboard.press("Enter")
    line = page.get_by_test_id("profile-line")
    expect(line).to_have_count(1, timeout=TIMEOUT)
    picks = ids(say(page, "something eerie and scary", 1))
    assert picks
    assert all("Horror" not in catalog[i].genres for i in picks)
    switch = line.filter(has_text="horror").get_by_role("switch")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false", timeout=TIMEOUT)
    line.filter(has_text="horror").get_by_role("button", name=re.compile("^Remove")).click()
    expect(line.filter(has_text="No horror")).to_have_count(0, timeout=TIMEOUT)


def test_a_reload_and_a_hard_restart_keep_the_conversation(page: Page, serve: Callable[..., Server]) -> None:
    server = serve()
    page.goto(server.url)
    first = ids(say(page, "a western", 1))
    page.reload()
    expect(page.locator("[data-turn='1'] [data-testid=pick]")).to_have_count(len(first), timeout=TIMEOUT)
    server.stop()
    server.start()
    page.goto(server.url)
    expect(page.locator("[data-turn='1'] [data-testid=pick]")).to_have_count(len(first), timeout=TIMEOUT)
    expect(page.get_by_test_id("conversation")).to_have_count(1)


def test_a_second_visitor_sees_nothing_of_the_first(page: Page, browser: Browser, serve: Callable[..., Server]) -> None:
    server = serve()
    page.goto(server.url)
    say(page, "I loved Alien, something with robots", 1)
    other = browser.new_context().new_page()
    other.goto(server.url)
    expect(other.get_by_test_id("welcome")).to_be_visible(timeout=TIMEOUT)
    expect(other.get_by_test_id("conversation")).to_have_count(0)
    expect(other.get_by_test_id("profile-line")).to_have_count(0)
    assert "Alien" not in (other.locator("#right").text_content() or "")


def test_retry_examples_and_suggestions_work_by_click(page: Page, serve: Callable[..., Server]) -> None:
    page.goto(serve().url)
    page.get_by_test_id("example").first.click()
    expect(page.locator("[data-turn='1'] [data-testid=bot]")).to_have_attribute("aria-busy", "false", timeout=TIMEOUT)
    page.get_by_test_id("retry").click()
    expect(page.locator("[data-turn='1'] [data-testid=bot]")).to_have_attribute("aria-busy", "false", timeout=TIMEOUT)
    expect(page.get_by_test_id("user")).to_have_count(1)
    page.get_by_test_id("suggestion").first.click()
    expect(page.locator("[data-turn='2'] [data-testid=bot]")).to_have_attribute("aria-busy", "false", timeout=TIMEOUT)


def test_markup_is_shown_as_text(page: Page, serve: Callable[..., Server], tmp_path: Path) -> None:
    evil = "<img src=x onerror=\"document.title='owned'\"> ${document.title='owned'} {{evil}} <b>bold</b>"
    items = tmp_path / "evil.jsonl"
    rows = [{"id": f"i{n}", "title": f"{evil} {n}", "description": f"{evil} a tale of robots"} for n in range(6)]
    items.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    page.goto(serve(CHATREC_CATALOG=str(items), CHATREC_CACHE=str(tmp_path / "cache")).url)
    answer = say(page, f"robots {evil}", 1)
    expect(answer.get_by_test_id("pick").first).to_contain_text("<img src=x")
    expect(page.get_by_test_id("user")).to_contain_text("<b>bold</b>")
    assert page.locator("#chat img, #chat b:text('bold')").count() == 0
    assert page.title() == "chatrec"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_wide_and_narrow_screens(
    browser: Browser, serve: Callable[..., Server], screenshots: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(serve().url)
    say(page, FIRST, 1)
    page.wait_for_timeout(400)
    page.screenshot(path=screenshots / f"{width}-{scheme}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name in ("#msg textarea", "[data-testid=pick]"):
        box = page.locator(name).first.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    context.close()
