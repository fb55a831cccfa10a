"""A catalog's words carry its genres, themes, places and titles."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.evidence.tokens import tokens_of
from chatrec.evidence.vocabulary import vocabulary_of
from chatrec.records import Item


def meanings(catalog: Catalog, text: str, *, cased: bool = True) -> set[str]:
    return {t.value for m in vocabulary_of(catalog).traits_in(tokens_of(text), cased=cased) for t in m.terms}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("an animated film", "Animation"),
        ("a sci-fi film", "Science Fiction"),
        ("a Korean film", "South Korea"),
        ("in French", "French"),
        ("a frightening film", "scary"),
        ("growing up", "coming of age"),
        ("with a serial killer", "serial killer"),
    ],
)
def test_inflected_words_mean_the_catalog_value(films: Catalog, text: str, value: str) -> None:
    assert value in meanings(films, text)


def test_the_longest_phrase_wins(films: Catalog) -> None:
    assert "first love" in meanings(films, "a first love")
    assert meanings(films, "world war ii") == {"world war ii"}


def test_places_need_a_capital_unless_the_text_is_typed(films: Catalog) -> None:
    assert "Japanese" not in meanings(films, "japanese films")
    assert "Japanese" in meanings(films, "japanese films", cased=False)


def test_the_vocabulary_of_a_catalog_is_made_once(films: Catalog) -> None:
    assert vocabulary_of(films) is vocabulary_of(films)


def test_a_catalog_without_facts_has_a_vocabulary() -> None:
    assert meanings(Catalog([Item("a", "A")]), "a dark film") == {"dark"}
