"""A word is a claim where it is said of the item; elsewhere, and when it stands in every plot, it claims nothing."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.evidence.check import find_claims
from chatrec.evidence.facts import Knowledge
from chatrec.records import Item, Profile, Request

ITEM = Item(
    "noon",
    "High Street",
    1950,
    description="Maria loses her home and her time runs out. The Civil War is nearly over in postwar mud.",
    genres=("Crime", "Romance"),
    people={"director": ("Leo Marx", "Ada Marx"), "cast": ("Oscar Isaac", "Zoe Reed")},
    countries=("Spain",),
    languages=("Belarusian",),
    keywords=("gangsters", "tense", "time", "world war i", "love"),
)
OTHERS = Item(
    "other", "Other", 1951, keywords=("gangs", "binoculars", "post-war", "spanish civil war", "lists", "silly", "life")
)
CATALOG = Catalog([ITEM, OTHERS])


def found(reason: str) -> dict[str, bool]:
    """Claim -> verdict."""
    known = Knowledge(ITEM, Profile(), Request("recommend", "something"), CATALOG)
    return {reason[f.start : f.end]: f.supported for f in find_claims(reason, known)}


@pytest.mark.parametrize(
    ("reason", "claim"),
    [
        ("Two gangs share it.", "gangs"),
        ("The Marx Brothers direct.", "Marx Brothers"),
        ("It opens in the First World War.", "First World War"),
        ("It plays in the Spanish Civil War.", "Civil War"),
        ("A story of post-war mud.", "post-war"),
        ("A story about love.", "love"),
        ("It stars Oscar Isaac.", "Oscar Isaac"),
        ("A tense film.", "tense"),
        ("It is not dark.", "dark"),
        ("There is no music in it.", "music"),
    ],
)
def test_another_form_of_a_fact_is_backed_by_it(reason: str, claim: str) -> None:
    claims = found(reason)
    assert claims[claim] is True
    assert all(claims.values())


@pytest.mark.parametrize(
    "reason",
    [
        "She sits with binoculars.",
        "His silly hat falls off.",
        "He looks silly in it.",
        "He is silly.",
        "A small-time thief, lost, far from home, runs for his life.",
        "It is about life.",
        "It is about a girl.",
        "Two Maries quarrel.",
        "It plays like a thriller.",
        "It is funny in places.",
        "They fight against the British.",
        "A boy from Belarus.",
        "The best on the list.",
    ],
)
def test_words_not_said_of_the_item_raise_no_alarm(reason: str) -> None:
    assert not [claim for claim, supported in found(reason).items() if not supported]


@pytest.mark.parametrize(
    ("reason", "claim"),
    [
        ("A silly comedy.", "silly"),
        ("It is fast and silly.", "silly"),
        ("Silly from start to finish.", "Silly"),
        ("A tale of crime, tender and silly.", "silly"),
        ("It has a silly charm.", "silly"),
        ("A film about binoculars.", "binoculars"),
        ("A British film.", "British"),
        ("The Warner Brothers direct.", "Warner Brothers"),
        ("It won an Oscar.", "Oscar"),
        ("Two Annas quarrel.", "Annas"),
    ],
)
def test_words_said_of_the_item_without_a_fact_are_false_claims(reason: str, claim: str) -> None:
    assert any(claim in words for words, supported in found(reason).items() if not supported)
