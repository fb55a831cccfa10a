"""People meant without being named."""

from __future__ import annotations

import pytest

from tests.engines.builtin.talking import asked, shapes


@pytest.mark.parametrize(
    "message",
    [
        "something by the director of Parasite",
        "more from the guy who made Parasite",
        "anything by the same director as Parasite",
        "films by the man behind Parasite",
    ],
)
def test_the_director_of_a_named_film(message: str) -> None:
    request = asked(message)
    assert shapes(request) == {"person(director)=Bong Joon-ho"}
    assert request.anchors == ()
    assert "parasite-2019" in request.excluded


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("more by the same director", "person(director)=Henry Selick"),
        ("what else did he direct?", "person(director)=Henry Selick"),
        ("anything else with that actress?", "person(cast)=Dakota Fanning"),
    ],
)
def test_the_people_of_the_film_talked_about_last(message: str, expected: str) -> None:
    assert expected in shapes(asked("something magical", message))


def test_of_these_names_nobody() -> None:
    assert shapes(asked("something magical", "none of these")) == set()
