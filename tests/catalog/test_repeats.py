"""Phrases, openings, endings and keywords that recur in too many films are told; what stays within bounds is not."""

from __future__ import annotations

import pytest

from chatrec.catalog.repeats import MOST_ENDINGS, MOST_FILMS, MOST_OPENINGS, repeats, spelled_apart
from chatrec.records import Item


def films(texts: list[str]) -> list[Item]:
    return [Item(f"f{n}", f"F{n}", description=text) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("words", "phrase"), [(4, "a lump of coal"), (5, "a lump of cold coal"), (6, "a lump of very cold coal")]
)
def test_a_phrase_in_more_films_than_allowed_is_told_once_at_the_last(words: int, phrase: str) -> None:
    most = MOST_FILMS[words]
    within = [f"Start{n} with{n} {phrase} and{n} end{n}." for n in range(most)]
    assert list(repeats(films(within))) == []
    beyond = [*within, f"Nobody wants {phrase.upper()}, surely not."]
    told = [(item.id, message) for item, message in repeats(films(beyond)) if f"({phrase};" in message]
    assert told == [(f"f{most}", told[0][1])]
    assert f"has a phrase that {most + 1} have, {most} at most" in told[0][1]


def test_openings_and_endings_are_counted_apart_from_the_middle() -> None:
    openings = [f"Late that night dog{n} barks{n}." for n in range(MOST_OPENINGS)]
    assert list(repeats(films([*openings, "Then late that night it rains here."]))) == []
    (told,) = repeats(films([*openings, "Late that night everybody leaves."]))
    assert "opens with words" in told[1]
    endings = [f"Dog{n} sits{n} by the sea." for n in range(MOST_ENDINGS + 1)]
    (told,) = repeats(films(endings))
    assert told[0].id == f"f{MOST_ENDINGS}"
    assert "ends with words" in told[1]


def test_one_film_may_repeat_itself() -> None:
    assert list(repeats(films(["No more of that. " * 30]))) == []


def test_the_rarer_spelling_of_a_keyword_is_told() -> None:
    keywords = [
        ("film-making", "cats"),
        ("filmmaking",),
        ("filmmaking", "cat"),
        ("cats",),
        ("second chances",),
        ("second chance",),
    ]
    items = [Item(str(n), "T", keywords=some) for n, some in enumerate(keywords)]
    assert [(item.id, message) for item, message in spelled_apart(items)] == [
        ("0", "`keywords` has film-making, which is filmmaking in 2 others"),
        ("2", "`keywords` has cat, which is cats in 2 others"),
        ("4", "`keywords` has second chances, which is second chance in 1 others"),
    ]


def test_words_that_only_look_alike_stay() -> None:
    items = [Item("a", "A", keywords=("sweets", "news", "art")), Item("b", "B", keywords=("sweet", "new", "arts and crafts"))]
    assert list(spelled_apart(items)) == []


def test_a_name_has_one_spelling() -> None:
    casts = [
        ("T. J. Miller", "Zoe Saldaña"),
        ("T.J. Miller",),
        ("T.J. Miller",),
        ("Zoe Saldana", "T.J. Millar"),
        ("Zoe Saldaña",),
    ]
    items = [Item(str(n), "T", people={"director": ("Ann Ames",), "cast": cast}) for n, cast in enumerate(casts)]
    assert list(spelled_apart(items)) == [
        (items[0], "`people` has T. J. Miller, which is T.J. Miller in 2 others"),
        (items[3], "`people` has Zoe Saldana, which is Zoe Saldaña in 2 others"),
    ]
