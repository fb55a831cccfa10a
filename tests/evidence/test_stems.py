"""Words made from one stem are kin; words that only begin alike are not."""

from __future__ import annotations

import pytest

from chatrec.evidence.stems import kin, of_place


@pytest.mark.parametrize(
    ("one", "other"),
    [("gang", "gangster"), ("robber", "robbery"), ("music", "musician"), ("dance", "dancer"), ("writer", "writing")],
)
def test_doer_and_deed_are_kin(one: str, other: str) -> None:
    assert kin(one, other)
    assert kin(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("animal", "animation"), ("police", "policy"), ("music", "musical"), ("war", "warrior"), ("moth", "mother")],
)
def test_words_that_only_begin_alike_are_not(one: str, other: str) -> None:
    assert not kin(one, other)


@pytest.mark.parametrize(
    ("adjective", "place", "held"),
    [("belarusian", "belarus", True), ("bosnian", "bosnia", True), ("polish", "pole", False), ("roman", "romania", False)],
)
def test_an_adjective_tells_its_place(adjective: str, place: str, held: bool) -> None:
    assert of_place(adjective, place) is held
