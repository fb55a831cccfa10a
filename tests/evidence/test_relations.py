"""Ties with other items are held against those items; a title that is only a word ties nothing."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.evidence.check import find_claims
from chatrec.evidence.facts import Knowledge
from chatrec.records import Item, Profile, Request


def film(title: str, year: int, director: str, cast: str, description: str = "", series: str = "", keywords: str = "") -> Item:
    people = {"director": (director,), "cast": tuple(cast.split(", "))}
    words = tuple(filter(None, keywords.split(", ")))
    return Item(title.lower(), title, year, description=description, people=people, series=series, keywords=words)


CATALOG = Catalog(
    [
        film("Mind Game", 2004, "Masaaki Yuasa", "Koji Imada", "A boy falls into a whale.", keywords="whale"),
        film("Spirited Away", 2001, "Hayao Miyazaki", "Rumi Hiiragi"),
        film("My Neighbor Totoro", 1988, "Hayao Miyazaki", "Chika Sakamoto"),
        film("Yojimbo", 1961, "Akira Kurosawa", "Toshiro Mifune"),
        film("A Fistful of Dollars", 1964, "Sergio Leone", "Clint Eastwood", "Its plot comes from Yojimbo.", "Dollars"),
        film("For a Few Dollars More", 1965, "Sergio Leone", "Clint Eastwood", series="Dollars"),
        film("Cinderella", 1950, "Clyde Geronimi", "Ilene Woods"),
        film("Frankenstein", 1931, "James Whale", "Boris Karloff"),
        film("Jaws", 1975, "Steven Spielberg", "Roy Scheider"),
        film("Brooklyn", 2015, "John Crowley", "Saoirse Ronan", keywords="ireland"),
        film("Moonstruck", 1987, "Norman Jewison", "Cher", keywords="brooklyn"),
    ]
)


def found(title: str, reason: str) -> dict[str, bool]:
    """Claim -> verdict."""
    known = Knowledge(CATALOG[title.lower()], Profile(), Request("recommend", "something"), CATALOG)
    return {reason[f.start : f.end]: f.supported for f in find_claims(reason, known)}


@pytest.mark.parametrize(
    ("title", "reason", "claim", "verdict"),
    [
        ("Mind Game", "Masaaki Yuasa, who also made Spirited Away, is wild.", "made Spirited Away", False),
        ("Mind Game", "Yuasa also directed Spirited Away.", "directed Spirited Away", False),
        ("Mind Game", "By the man behind Spirited Away.", "behind Spirited Away", False),
        ("Mind Game", "From the director of Jaws.", "the director of Jaws", False),
        ("Mind Game", "Masaaki Yuasa, who wrote Spirited Away.", "wrote Spirited Away", False),
        ("Spirited Away", "Hayao Miyazaki, who also made My Neighbor Totoro.", "made My Neighbor Totoro", True),
        ("Spirited Away", "From the maker of My Neighbor Totoro.", "the maker of My Neighbor Totoro", True),
        ("Spirited Away", "Miyazaki made My Neighbor Totoro and Jaws.", "Jaws", False),
        ("Spirited Away", "Jaws director Hayao Miyazaki draws it.", "Jaws director Hayao Miyazaki", False),
        ("For a Few Dollars More", "Clint Eastwood, who starred in Jaws, returns.", "starred in Jaws", False),
        ("For a Few Dollars More", "A sequel to A Fistful of Dollars.", "sequel to A Fistful of Dollars", True),
        ("Yojimbo", "It inspired A Fistful of Dollars.", "inspired A Fistful of Dollars", True),
        ("Mind Game", "It inspired A Fistful of Dollars.", "inspired A Fistful of Dollars", False),
    ],
)
def test_a_tie_is_held_against_the_other_item(title: str, reason: str, claim: str, verdict: bool) -> None:
    claims = found(title, reason)
    held = [supported for words, supported in claims.items() if words in claim or claim in words]
    assert held, claims
    assert all(held) is verdict


@pytest.mark.parametrize(
    "reason",
    [
        "Poor as Cinderella's mouse, he plays Frankenstein in a school hall.",
        "The boy is Cinderella in reverse.",
        "The creature Frankenstein never made.",
    ],
)
def test_a_figure_that_shares_a_title_claims_nothing(reason: str) -> None:
    assert found("Mind Game", reason) == {}


@pytest.mark.parametrize(
    "reason",
    [
        "It is like Cinderella.",
        "Fans of Cinderella know the feeling.",
        "“Cinderella” did it first.",
        "Cinderella (1950) did it.",
    ],
)
def test_a_title_written_as_one_is_named(reason: str) -> None:
    assert found("Mind Game", reason)["Cinderella"] is True


def test_a_place_that_is_a_title_too_is_held_against_the_facts() -> None:
    assert found("Moonstruck", "A bakery in Brooklyn.") == {"Brooklyn": True}
    assert found("Mind Game", "A bakery in Brooklyn.") == {"Brooklyn": False}
