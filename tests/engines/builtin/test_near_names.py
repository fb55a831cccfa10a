"""The nearest name is the one that comparing with every name would find."""

from __future__ import annotations

import random

import pytest
from rapidfuzz import fuzz, process

from chatrec.engines.builtin.near_names import NearNames

NAMES = (
    "hayao miyazaki", "park chan-wook", "bong joon ho", "tilda swinton", "tom hanks", "tom hardy", "li gong", "agnes varda",
    "ann", "anna", "cate blanchett", "celine sciamma", "chloe zhao", "denis villeneuve", "greta gerwig", "guillermo del toro",
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tom hanks", "tom hanks"),
        ("hayao miyasaki", "hayao miyazaki"),
        ("tilda swindon", "tilda swinton"),
        ("guilermo del torro", "guillermo del toro"),
        ("anna", "anna"),
        ("somebody else", ""),
        ("", ""),
        ("x", ""),
    ],
)
def test_a_slip_of_the_pen_is_forgiven(written: str, meant: str) -> None:
    assert NearNames(NAMES).like(written) == meant


def test_no_names_are_like_nothing() -> None:
    assert NearNames(()).like("tom hanks") == ""


def test_the_short_cut_finds_what_comparing_with_every_name_finds() -> None:
    chance = random.Random(4)
    names = NearNames(NAMES)
    for _ in range(3_000):
        written = list(chance.choice(NAMES))
        for _ in range(chance.randint(0, 4)):
            place = chance.randrange(len(written)) if written else 0
            written[place : place + chance.randint(0, 1)] = chance.choice(["", "a", "n", " ", "th"])
        found = process.extractOne("".join(written), NAMES, scorer=fuzz.ratio, score_cutoff=86)
        assert names.like("".join(written)) == (found[0] if found else "")
