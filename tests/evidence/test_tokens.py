"""Words compare across case, accents, hyphens, possessives and plurals."""

from __future__ import annotations

import pytest

from chatrec.evidence.tokens import _remembered, holds, keys_of, tokens_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amélie", "amelie"),
        ("Pan's Labyrinth", "pan’s labyrinth's"),
        ("coming-of-age", "Coming of age"),
        ("witches", "witch"),
        ("families", "family"),
        ("the Coens'", "the Coen"),
        ("1980s", "1980"),
        ("Nazis", "nazi"),
    ],
)
def test_two_spellings_of_one_thing_share_their_keys(one: str, other: str) -> None:
    assert keys_of(one) == keys_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("class", "clas"), ("this", "thi"), ("Us", "U"), ("series", "serie"), ("virus", "viru")]
)
def test_an_s_that_is_no_plural_stays(one: str, other: str) -> None:
    assert keys_of(one) != keys_of(other)


def test_tokens_know_where_they_stand() -> None:
    text = "A heist — in Céline's Paris."
    assert [text[t.start : t.end] for t in tokens_of(text)] == ["A", "heist", "in", "Céline's", "Paris"]


def test_part_of_a_text_is_found_only_as_consecutive_words() -> None:
    whole = keys_of("a girl follows an insect into a labyrinth")
    assert holds(whole, keys_of("follows an insect"))
    assert not holds(whole, keys_of("girl insect"))
    assert not holds(whole, ())


def test_what_people_write_is_not_kept_in_memory() -> None:
    before = _remembered.cache_info().currsize
    assert keys_of("my secret wish " * 40)[:3] == ("my", "secret", "wish")
    assert _remembered.cache_info().currsize == before
