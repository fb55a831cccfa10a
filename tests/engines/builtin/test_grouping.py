"""What is wanted only "maybe", what is wanted either way, and what is let in a little."""

from __future__ import annotations

import pytest

from tests.engines.builtin.talking import asked, sentences, shapes, talk


@pytest.mark.parametrize(
    "message",
    [
        "something slow and sad, maybe French",
        "maybe something French and slow",
        "slow, French if possible",
        "preferably French",
    ],
)
def test_maybe_counts_for_an_item_and_refuses_none(message: str) -> None:
    request = asked(message)
    assert shapes(request) == set()
    assert ("country", "France") in {(p.target, p.value) for p in request.preferences}
    assert "if possible from france" in request.understood.lower()


def test_maybe_is_told_in_the_profile() -> None:
    assert sentences(talk("something sad, maybe French")[-1]) == ["For now: something sad, if possible from France."]


@pytest.mark.parametrize(
    ("message", "conditions"),
    [
        ("maybe a comedy", {"genre=Comedy"}),
        ("a French film, maybe under two hours", {"country=France", "runtime<=120"}),
        ("maybe not French", {"country!France"}),
    ],
)
def test_a_maybe_that_is_the_whole_wish_or_a_limit_holds(message: str, conditions: set[str]) -> None:
    assert shapes(asked(message)) == conditions


def test_either_of_two_subjects_is_enough() -> None:
    request = asked("something about zombies or space")
    assert {c.any_of for c in request.constraints if c.field == "topic"} == {("zombies", "zombie", "space", "outer space")}
    assert request.preferences == ()
    assert {"zombies", "space"} <= set(request.search_text.split())


def test_both_of_two_subjects_are_wishes_of_their_own() -> None:
    request = asked("about zombies and space")
    assert [p.value for p in request.preferences] == ["zombies", "space"]
    assert shapes(request) == set()


def test_refused_subjects_are_refused_one_by_one() -> None:
    assert {c.words for c in asked("no clowns or zombies").constraints} == {"no clowns", "no zombies"}


def test_the_persons_own_words_for_a_subject_are_searched_for_too() -> None:
    assert {"bank", "robbery", "heist"} <= set(asked("a bank robbery").search_text.split())


@pytest.mark.parametrize(
    ("message", "conditions"),
    [
        ("I don't mind some violence", {"content.violence<=2"}),
        ("a little gore is fine", {"content.violence<=2"}),
        ("I don't mind violence", set()),
        ("violence is fine", set()),
    ],
)
def test_a_ban_is_eased_as_far_as_was_said(message: str, conditions: set[str]) -> None:
    assert shapes(asked("something tense without violence", message)) == conditions
