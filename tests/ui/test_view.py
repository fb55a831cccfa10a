"""What the page is given to draw: plain text, facts in words, sources people understand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Evidence, Item, ModelCall, Pick, Profile, Sentence, Trace, Turn
from chatrec.ui.view import PALETTES, about_line, dollars, facts, pick_view, profile_view, runtime, source_in_words, turn_view


@pytest.mark.parametrize(("minutes", "words"), [(118, "1 h 58 min"), (120, "2 h"), (45, "45 min"), (None, ""), (0, "")])
def test_runtime_is_written_as_people_say_it(minutes: int | None, words: str) -> None:
    assert runtime(minutes) == words


def test_facts_leave_out_what_is_unknown() -> None:
    assert facts(Item("x", "X")) == []
    assert facts(Item("x", "X", 1999, genres=("Drama",), runtime=90)) == ["1999", "1 h 30 min", "Drama"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("item.director", "Catalog: director"),
        ("item.content.violence", "Catalog: content note: violence"),
        ("item.genres@parasite-2019", "Catalog: genres of Parasite"),
        ("profile.s1", "Your profile (turn 2)"),
        ("profile.s9", "Your profile"),
        ("request", "Your message"),
        ("", ""),
    ],
)
def test_sources_are_put_in_words(films: Catalog, source: str, words: str) -> None:
    profile = Profile((Sentence("s1", "You loved Alien.", "like", "turn 2"),))
    assert source_in_words(source, films, profile) == words


def test_a_pick_carries_feedback_palette_and_evidence(films: Catalog) -> None:
    item = films.items[0]
    pick = Pick(item.id, item.title, item.year, 1, "It is good.", (Evidence("good", "item.acclaim", "97", supported=False),))
    view = pick_view(pick, films, Profile(), {item.id: "like"})
    assert view["feedback"] == "like"
    assert 0 <= view["palette"] < PALETTES
    assert view["evidence"][0] == {"claim": "good", "fact": "97", "source": "Catalog: acclaim", "supported": False}


def test_a_pick_whose_item_has_left_the_catalog_is_still_drawn(films: Catalog) -> None:
    view = pick_view(Pick("gone", "Gone", 1990, 1, "It was here."), films, Profile(), {})
    assert view["title"] == "Gone"


def test_a_turn_puts_the_closing_after_the_cards(films: Catalog) -> None:
    item = films.items[0]
    pick = Pick(item.id, item.title, item.year, 1, "Because.")
    view = turn_view(Turn(1, "hi", reply="Here.\n\nMore?", picks=(pick,)), films, {})
    assert (view["opening"], view["closing"]) == ("Here.", "More?")
    answer = turn_view(Turn(1, "hi", reply="One.\n\nTwo."), films, {})
    assert (answer["opening"], answer["closing"]) == ("One.\n\nTwo.", "")


def test_an_interrupted_turn_says_so_and_every_view_is_json(films: Catalog) -> None:
    view = turn_view(Turn(1, "hi", status="interrupted"), films, {})
    assert "interrupted" in view["notices"][-1]
    json.dumps([view, profile_view(Profile((Sentence("s1", "x", "fact", "edit", "conversation"),)))])


CALLS = (
    ModelCall("profile", "openai:tiny", (), "", 0.5, tokens_in=1_500, tokens_out=90, cost=0.0004),
    ModelCall("recommend", "openai:tiny", (), "", 1.5, tokens_in=4_800, tokens_out=310, cost=0.0018),
)


@pytest.mark.parametrize(
    ("calls", "pack", "seconds", "line"),
    [
        (CALLS, "critic", 3.21, "tiny · pack critic · 6,700 tokens · 3.2 s · $0.0022"),
        ((*CALLS, replace(CALLS[0], cost=None)), "default", 0.534, "tiny · pack default · 8,290 tokens · 0.53 s"),
        ((replace(CALLS[0], counted=False),), "default", 2.0, "tiny · pack default · ≈ 1,590 tokens · 2.0 s · ≈ $0.0004"),
        ((), "", 0.048, "tiny · 0.048 s"),
        ((), "", 0.0042, "tiny · under 0.01 s"),
    ],
)
def test_a_turn_tells_what_it_took(calls: tuple[ModelCall, ...], pack: str, seconds: float, line: str) -> None:
    assert about_line(Turn(1, "hi", engine="tiny", timings={"total": seconds}, trace=Trace(calls, pack=pack))) == line


@pytest.mark.parametrize(
    ("cost", "words"), [(0, "$0"), (0.00001, "< $0.0001"), (0.00042, "$0.00042"), (0.0123, "$0.012"), (1.5, "$1.50")]
)
def test_dollars_are_short(cost: float, words: str) -> None:
    assert dollars(cost) == words
