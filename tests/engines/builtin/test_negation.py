"""How far a "no", a "loved" or a "seen" reaches."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.read import Reader
from chatrec.records import Item, Situation
from tests.engines.builtin.talking import SHOWN, asked, feelings, sentences, shapes, talk

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
        ("none about Vietnam", {"topic!vietnam"}),
        ("none that are about war please", {"topic!war"}),
        ("none about giraffes", {"topic!giraffes|giraffe"}),
        ("nothing about war", {"topic!war"}),
        ("not one about Vietnam", {"topic!vietnam"}),
        ("one about Vietnam, none about zombies", {"topic!zombies|zombie"}),
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


@pytest.mark.parametrize(
    "message", ["none about Vietnam", "nothing about Vietnam", "not one about Vietnam", "none of them about Vietnam please"]
)
def test_a_subject_refused_after_a_list_is_refused_and_the_list_is_not(message: str) -> None:
    request = asked("something moving", message)
    assert (request.intent, shapes(request), feelings(request)) == ("recommend", {"topic!vietnam"}, {})
    assert "vietnam" not in request.search_text.lower()


@pytest.mark.parametrize("message", ["something at Christmas, not about Christmas", "set at Christmas, not about Christmas"])
def test_where_it_is_set_is_not_what_it_is_about(message: str) -> None:
    reading = talk(message)[-1]
    assert shapes(reading.request) == {"topic!christmas"}
    assert sentences(reading) == ["For now: no Christmas."]
    assert "christmas" not in reading.request.search_text


@pytest.mark.parametrize(
    "message",
    [
        "black and white only if it is really good",
        "black and white films, but only if they're great",
        "subtitles only if it's good",
    ],
)
def test_what_is_let_in_only_if_it_is_good_is_neither_liked_nor_asked_for(message: str) -> None:
    reading = talk(message)[-1]
    assert (sentences(reading), reading.request.constraints) == ([], ())


def test_the_rest_of_a_wish_stands_beside_what_is_let_in() -> None:
    assert shapes(asked("a thriller, black and white only if it is really good")) == {"genre=Thriller"}


@pytest.mark.parametrize(
    "message",
    ["no Disney, they have seen them all", "no Marvel please, we've seen all of them", "the Bond films, I've seen them"],
)
def test_a_kind_that_was_seen_is_not_the_last_list(message: str) -> None:
    reading = talk("something for the kids", message)[-1]
    assert (reading.profile.seen, feelings(reading.request)) == ((), {})


@pytest.mark.parametrize(
    "message", ["these films, I've seen them", "no thanks, I've seen them all", "these look good, but we've seen them"]
)
def test_them_is_the_last_list_where_no_kind_is_named(message: str) -> None:
    assert set(talk("something for the kids", message)[-1].profile.seen) == set(SHOWN)


def test_nothing_happens_refuses_nobody_and_an_example_is_no_actor() -> None:
    bill = Item("q", "Comfort and Joy", 1984, people={"director": ("Bill Forsyth",), "cast": ("Bill Paterson",)})
    paterson = Item("p", "Paterson", 2016, people={"director": ("Jim Jarmusch",)})
    message = "I like slow films where nothing happens, like Paterson"
    for items, anchors in (((bill, paterson), ("p",)), ((bill,), ())):
        catalog = Catalog(items, noun="film", plural="films")
        request = Reader(catalog, TitleLinker(catalog)).read(Situation(message, 1)).request
        assert (request.constraints, request.anchors) == ((), anchors)
        assert {p.value for p in request.preferences} <= {"slow-burn", *anchors}


@pytest.mark.parametrize(
    "fear", ["he's scared of monsters", "my son is afraid of monsters", "monsters, no: she gets nightmares from monsters"]
)
def test_what_somebody_is_afraid_of_is_refused(fear: str) -> None:
    assert "topic!monster|monsters" in {shape.replace("monsters|monster", "monster|monsters") for shape in shapes(asked(fear))}


def test_somebody_a_story_is_about_may_be_afraid() -> None:
    assert not asked("a film about a man who is afraid of clowns").constraints


def test_not_being_afraid_of_something_lets_it_in() -> None:
    assert "genre=Thriller" in shapes(asked("I'm not afraid of horror, a thriller"))


@pytest.mark.parametrize("unknown", ["not too ponderous", "nothing ponderous", "nothing too floopy"])
def test_a_refusal_of_an_unknown_word_ends_at_the_comma(unknown: str) -> None:
    assert "genre=Comedy" in shapes(asked(f"{unknown}, a comedy"))


def test_a_refused_list_goes_on_after_a_comma() -> None:
    assert {"genre!Horror", "topic!zombies|zombie"} <= shapes(asked("no horror, gore or zombies"))


@pytest.mark.parametrize("told", ["I don't mind horror", "I hate horror", "I've seen all the horror films"])
def test_a_wish_begins_with_its_article(told: str) -> None:
    assert "genre=Comedy" in shapes(asked(f"{told}, a comedy please"))
