"""References to the last list, and refinements of it."""

from __future__ import annotations

import pytest

from chatrec.engines.builtin.references import focus
from chatrec.records import Pick, Request, Situation, Turn
from tests.engines.builtin.talking import SHOWN, asked, feelings, shapes

FIRST, SECOND, THIRD = SHOWN  # 2009, 100 minutes; 1992, 94; 2013, 123


@pytest.mark.parametrize(
    ("message", "items"),
    [
        ("I liked the first", {FIRST}),
        ("I liked the 2nd one", {SECOND}),
        ("I liked number three", {THIRD}),
        ("I liked #1", {FIRST}),
        ("I liked the last one", {THIRD}),
        ("I liked the first two", {FIRST, SECOND}),
        ("I liked the first and the third", {FIRST, THIRD}),
        ("I liked all of them", set(SHOWN)),
        ("I liked it", {FIRST}),
        ("me gustó la segunda", {SECOND}),
        ("I liked the first Toy Story", {"toy-story-1995"}),
    ],
)
def test_places_in_the_list_stand_for_its_items(message: str, items: set[str]) -> None:
    assert feelings(asked("something magical", message)) == dict.fromkeys(items, "like")


@pytest.mark.parametrize(
    "message",
    [
        "a film about first love",
        "the last five years",
        "the second world war",
        "my first time here",
        "the last film I saw was dull",
    ],
)
def test_ordinals_of_other_things_stand_for_nothing(message: str) -> None:
    assert feelings(asked("something magical", message)) == {}


def test_without_a_list_nothing_is_referred_to() -> None:
    assert feelings(asked("I loved the second one")) == {}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("newer", "year>=2010"),  # max(median 2009 + 1, min(second newest 2009 + 1, newest - 8))
        ("something more recent", "year>=2010"),
        ("these are too old", "year>=2010"),
        ("older", "year<=2008"),  # min(median 2009 - 1, max(second oldest 2009 - 1, oldest + 8))
        ("shorter", "runtime<=99"),  # min(median 100 - 1, max(second shortest 100 - 1, 80))
        ("too long", "runtime<=99"),
        ("longer", "runtime>=101"),  # max(100 + 1, min(second longest 100 + 1, 160))
        ("less scary", "content.fear<=1"),
        ("less violent", "content.violence<=0"),
        ("more obscure", "popularity<=47"),  # min(median 48 - 1, 60)
        ("más nuevas", "year>=2010"),
        ("plus court", "runtime<=99"),
    ],
)
def test_refinements_are_worked_out_from_the_list(message: str, expected: str) -> None:
    assert shapes(asked("something magical", message)) == {expected}


def test_less_dark_refuses_the_tone_and_searches_for_the_other_pole() -> None:
    request = asked("something magical", "less dark")
    assert shapes(request) == {"topic!dark|disturbing|gritty|bleak|grim"}
    assert {"light-hearted", "magical"} <= set(request.search_text.split())


def test_a_comparative_adds_a_mood_and_keeps_the_wish() -> None:
    request = asked("a mystery", "funnier")
    assert shapes(request) == {"genre=Mystery"}
    assert {"mystery", "funny"} <= set(request.search_text.split())


def test_more_like_one_of_the_list_makes_it_the_anchor() -> None:
    request = asked("I loved Spirited Away, something magical", "more like the second")
    assert request.intent == "recommend"
    assert request.anchors == (SECOND,)


def test_more_like_one_and_less_like_another() -> None:
    request = asked("something magical", "more like the first, less like the third")
    assert (request.anchors, request.avoided) == ((FIRST,), (THIRD,))


def test_less_of_a_genre_counts_against_it_without_refusing_it() -> None:
    request = asked("something magical", "less romance, more mystery")
    assert shapes(request) == set()
    assert "mystery" in request.search_text
    assert "romance" not in request.search_text


def test_a_refused_mood_leaves_the_standing_search_text() -> None:
    request = asked("a scary mystery", "not that scary")
    assert "content.fear<=1" in shapes(request)
    assert "scary" not in request.search_text


def test_like_the_first_but_different_keeps_both_parts() -> None:
    request = asked("something magical", "like the first but funnier")
    assert request.anchors == (FIRST,)
    assert "funny" in request.search_text


def test_a_refinement_keeps_anchors_conditions_and_search_text() -> None:
    request = asked(
        "I loved Spirited Away and Pan's Labyrinth, something magical but for adults", "newer, and nothing too violent"
    )
    assert request.anchors == ("spirited-away-2001", "pans-labyrinth-2006")
    assert "magical" in request.search_text
    assert shapes(request) == {"audience>=13", "year>=2010", "content.violence<=1"}


@pytest.mark.parametrize(
    "message", ["what about in French?", "actually, under 90 minutes", "I want it in French", "in French please"]
)
def test_a_condition_alone_joins_the_standing_wish(message: str) -> None:
    assert "magical" in asked("something magical", message).search_text


def test_a_new_wish_replaces_the_old_one() -> None:
    request = asked("I loved Alien, something scary from the 80s", "I'm looking for a romantic comedy")
    assert request.anchors == ()
    assert shapes(request) == {"genre=Romance", "genre=Comedy"}
    assert "scary" not in request.search_text


def test_everything_shown_named_or_judged_stays_excluded() -> None:
    request = asked("I loved Alien but hated Us", "not Heat", "forget that, a comedy", feedback={"up-2009": "like"})
    assert {"alien-1979", "us-2019", "heat-1995", "up-2009", *SHOWN} <= set(request.excluded)


def test_namesakes_of_a_named_item_are_excluded_only_with_the_same_title() -> None:
    assert "aliens-1986" not in asked("I loved Alien").excluded


def test_it_is_the_one_a_comparison_named_first() -> None:
    picks = tuple(
        Pick(item, title, 2000, rank, "")
        for rank, (item, title) in enumerate((("a", "Long"), ("b", "Short"), ("c", "Middling")), 1)
    )
    listed = Turn(1, "films", picks=picks, request=Request("recommend", "films"))
    compared = Turn(
        2, "which is the shortest?", reply="The shortest: Short (70 minutes); after that Middling (80) and Long (90).",
        request=Request("compare", "which is the shortest?", about=("a", "b", "c")),
    )  # fmt: skip
    assert focus(Situation("what is it about?", 3, history=(listed, compared))) == ("b",)
