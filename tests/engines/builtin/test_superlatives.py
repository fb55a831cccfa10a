"""Which of a list has the least or the most of something: from notes, numbers and tones, and from nothing else."""

from __future__ import annotations

import pytest

from chatrec.engines.builtin.superlatives import superlative
from chatrec.records import Item

MILD = Item("a", "Mild", 1990, runtime=90, keywords=("funny",), content={"violence": 0, "fear": 1}, acclaim=70, popularity=20)
WILD = Item("b", "Wild", 2010, runtime=150, content={"violence": 3, "fear": 1}, acclaim=90, popularity=80)
BLANK = Item("c", "Blank")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("which has the least blood?", "The least violent: Mild (none); after that Wild (strong)."),
        ("which one is the most violent", "The most violent: Wild (strong); after that Mild (none)."),
        ("which is the least scary?", "None is the least scary; they are level: Mild (mild) and Wild (mild)."),
        ("which is the most recent?", "The newest: Wild (2010); after that Mild (1990)."),
        ("which has the lowest runtime?", "The shortest: Mild (90 minutes); after that Wild (150 minutes)."),
        ("which is the least well known?", "The least known: Mild (20 of 100); after that Wild (80 of 100)."),
        ("which is the most acclaimed?", "The most admired: Wild (90 of 100); after that Mild (70 of 100)."),
        ("which has the most nudity?", "What it would take to tell, the catalog does not say of any of them."),
        ("which is the shortest?", "The shortest: Mild (90 minutes); after that Wild (150 minutes)."),
        ("which is the funniest?", "Marked funny in the catalog: Mild. How much of it each has, it does not say."),
        ("which has the most jokes?", "Marked funny in the catalog: Mild. How much of it each has, it does not say."),
        ("which has the most giraffes?", "Which has the most or the least giraffes, the catalog does not say."),
    ],
)
def test_the_answer_comes_from_the_facts(message: str, expected: str) -> None:
    assert " ".join(superlative([MILD, WILD], message)) == expected


def test_an_item_without_the_fact_is_named_as_such() -> None:
    text = " ".join(superlative([MILD, WILD, BLANK], "which has the least blood?"))
    assert text.endswith("For Blank the catalog does not say.")


def test_other_questions_are_left_alone() -> None:
    assert list(superlative([MILD, WILD], "which is better?")) == []
