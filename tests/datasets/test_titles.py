"""Titles as film lists write them come out as people say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatrec.datasets.titles import WrittenTitle, in_order, read_title


@pytest.mark.parametrize(
    ("written", "title", "year"),
    [
        ("Matrix, The (1999)", "The Matrix", 1999),
        ("Shawshank Redemption, The", "The Shawshank Redemption", None),
        ("Beautiful Mind, A (2001)", "A Beautiful Mind", 2001),
        ("Affair to Remember, An (1957)", "An Affair to Remember", 1957),
        ("Misérables, Les (1995)", "Les Misérables", 1995),
        ("Les Miserables, The", "Les Miserables", None),
        ("Crow, The: Wicked Prayer (2005)", "The Crow: Wicked Prayer", 2005),
        ("Blind Side, The  (2009)", "The Blind Side", 2009),
        ("Runaway Brain (1995) ", "Runaway Brain", 1995),
        ("Land Before Time III, The (1995) (V)", "The Land Before Time III", 1995),
        ("Death Note: Desu nôto (2006–2007)", "Death Note: Desu nôto", 2006),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", 2009),
        ("2012 (2009)", "2012", 2009),
        ("Good Night, and Good Luck. (2005)", "Good Night, and Good Luck.", 2005),
        ("I, Robot (2004)", "I, Robot", 2004),
        ("Paris, Texas (1984)", "Paris, Texas", 1984),
        ("Las Vegas Story, The (1952)", "The Las Vegas Story", 1952),
        ("Babylon 5", "Babylon 5", None),
        ("(1999)", "(1999)", None),
        ("Frontière(s) (2007)", "Frontière(s)", 2007),
    ],
)
def test_article_and_year_go_where_they_belong(written: str, title: str, year: int | None) -> None:
    assert read_title(written) == WrittenTitle(title, year)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
            WrittenTitle("The City of Lost Children", 1995, "La Cité des enfants perdus"),
        ),
        ("Star Maker, The (Uomo delle stelle, L') (1995)", WrittenTitle("The Star Maker", 1995, "L'Uomo delle stelle")),
        ("Seven (a.k.a. Se7en) (1995)", WrittenTitle("Seven", 1995, "", ("Se7en",))),
        (
            "Bicycle Thieves (a.k.a. The Bicycle Thief) (a.k.a. Thieves, The) (Ladri di biciclette) (1948)",
            WrittenTitle("Bicycle Thieves", 1948, "Ladri di biciclette", ("The Bicycle Thief", "The Thieves")),
        ),
        (
            "Supercop (Police Story 3: Supercop) (Jing cha gu shi III: Chao ji jing cha) (1992)",
            WrittenTitle("Supercop", 1992, "Jing cha gu shi III: Chao ji jing cha", ("Police Story 3: Supercop",)),
        ),
        ("Dracula (Bram Stoker's Dracula) (1992)", WrittenTitle("Dracula", 1992, "", ("Bram Stoker's Dracula",))),
        ("Boot, Das (Boat, The) (1981)", WrittenTitle("Das Boot", 1981, "", ("The Boat",))),
        (
            "Double vie de Véronique, La (Double Life of Veronique, The) (1991)",
            WrittenTitle("The Double Life of Veronique", 1991, "La Double vie de Véronique"),
        ),
        ("Godzilla (Gojira) (1954)", WrittenTitle("Godzilla", 1954, "Gojira")),
    ],
)
def test_names_in_brackets_are_the_original_or_other_names(written: str, expected: WrittenTitle) -> None:
    assert read_title(written) == expected


@given(st.text(max_size=80))
def test_any_text_gives_a_title_and_loses_nothing_but_brackets(text: str) -> None:
    found = read_title(text)
    assert bool(found.title) == bool(text.split())
    assert found.title == found.title.strip()


@given(st.sampled_from(["The", "A", "La", "Der"]), st.from_regex(r"[A-Z][a-z]{1,8}( [a-z]{1,6}){0,3}", fullmatch=True))
def test_moving_the_article_back_undoes_moving_it(article: str, rest: str) -> None:
    assert in_order(f"{rest}, {article}") == f"{article} {rest}"
