"""How far a "no", a "loved" or a "seen" reaches."""

from __future__ import annotations

import pytest

from tests.engines.builtin.talking import asked, feelings, shapes

ALIEN, THING, HEAT = "alien-1979", "the-thing-1982", "heat-1995"
PARASITE, OLDBOY, IT, US = "parasite-2019", "oldboy-2003", "it-2017", "us-2019"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I loved Alien but hated The Thing", {ALIEN: "like", THING: "dislike"}),
        ("I loved Alien and The Thing", {ALIEN: "like", THING: "like"}),
        ("I hated Alien, The Thing and Heat", {ALIEN: "dislike", THING: "dislike", HEAT: "dislike"}),
        ("I didn't like Alien", {ALIEN: "dislike"}),
        ("didnt like Alien at all", {ALIEN: "dislike"}),
        ("I never liked Heat", {HEAT: "dislike"}),
        ("not a big fan of Parasite", {PARASITE: "dislike"}),
        ("I can't stand Heat", {HEAT: "dislike"}),
        ("couldn't finish Oldboy", {OLDBOY: "dislike"}),
        ("I didn't hate the film It", {IT: "neutral"}),
        ("already seen Parasite and Oldboy", {PARASITE: "seen", OLDBOY: "seen"}),
        ("I've watched Heat, haven't seen Alien", {HEAT: "seen", ALIEN: "neutral"}),
        ("I don't want to see Heat again", {HEAT: "neutral"}),
        ("A thriller. Not Heat, I've seen it", {HEAT: "seen"}),
        ("Alien was amazing", {ALIEN: "like"}),
        ("Alien was boring", {ALIEN: "dislike"}),
        ("Alien was not good", {ALIEN: "dislike"}),
        ("Oldboy bored me", {OLDBOY: "dislike"}),
        ("Heat and Parasite are my favourites", {HEAT: "like", PARASITE: "like"}),
        ("my favourite film is Parasite", {PARASITE: "like"}),
        ("Parasite was great but Oldboy was terrible", {PARASITE: "like", OLDBOY: "dislike"}),
        ("something like Alien", {ALIEN: "neutral"}),
        ("films like Parasite but not Oldboy", {PARASITE: "neutral", OLDBOY: "neutral"}),
        ("I can't get enough of Parasite", {PARASITE: "like"}),
        ("The film Parasite is not my cup of tea", {PARASITE: "dislike"}),
        ("me encantó Parasite pero odio Heat", {PARASITE: "like", HEAT: "dislike"}),
        ("j'ai adoré Parasite", {PARASITE: "like"}),
        ("Ich liebe Parasite, aber ich hasse Heat", {PARASITE: "like", HEAT: "dislike"}),
    ],
)
def test_feeling_for_each_item_named(message: str, expected: dict[str, str]) -> None:
    assert feelings(asked(message)) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("not a fan of horror", {"genre!Horror"}),
        ("I hate horror", {"genre!Horror"}),
        ("anything but musicals", {"genre!Musical"}),
        ("no horror, musicals or westerns", {"genre!Horror|Musical|Western"}),
        ("no horror. A comedy please", {"genre!Horror", "genre=Comedy"}),
        ("no horror, something funny", {"genre!Horror"}),
        ("no horror but a thriller", {"genre!Horror", "genre=Thriller"}),
        ("nothing but comedies", {"genre=Comedy"}),
        ("musicals aren't my thing", {"genre!Musical"}),
        ("horror is not for me", {"genre!Horror"}),
        ("westerns bore me", {"genre!Western"}),
        ("a drama without romance", {"genre=Drama", "genre!Romance"}),
        ("not too violent but scary", {"content.violence<=1"}),
        ("nothing scary or violent", {"content.fear<=1", "content.violence<=1"}),
        ("nothing violent from the 90s", {"content.violence<=1", "year>=1990<=1999"}),
        ("I love horror, not too violent though", {"content.violence<=1"}),
        ("I like comedies more than dramas, no westerns", {"genre!Western"}),
        ("why not a comedy?", {"genre=Comedy"}),
        ("not only comedies", {"genre=Comedy"}),
        ("no idea, maybe a comedy", {"genre=Comedy"}),
        ("horror? no thanks", {"genre!Horror"}),
        ("kein Horror, bitte", {"genre!Horror"}),
        ("pas de comédie musicale", {"genre!Musical"}),
        ("sin terror ni musicales", {"genre!Horror|Musical"}),
    ],
)
def test_refusals_reach_what_they_refuse_and_no_further(message: str, expected: set[str]) -> None:
    assert shapes(asked(message)) == expected


def test_refused_words_stay_out_of_the_search_text() -> None:
    words = asked("a clever mystery, not gory, no sad endings, without zombies").search_text.split()
    assert "clever" in words
    assert "mystery" in words
    assert not {"gory", "sad", "zombies", "zombie"} & set(words)


def test_unlike_makes_an_item_avoided_rather_than_an_anchor() -> None:
    request = asked("nothing like Alien")
    assert request.avoided == (ALIEN,)
    assert request.anchors == ()


def test_disliked_items_are_avoided_and_liked_ones_are_anchors() -> None:
    request = asked("I didn't like Us but Parasite was amazing")
    assert request.avoided == (US,)
    assert request.anchors == (PARASITE,)
