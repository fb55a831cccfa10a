"""The profile as it is rewritten turn by turn, and sentences read back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatrec.records import Constraint, Preference, Profile, Sentence
from tests.engines.builtin.talking import asked, reader, sentences, shape, shapes, talk


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I loved Spirited Away and Pan's Labyrinth", ["You loved Spirited Away and Pan's Labyrinth."]),
        ("I hated Alien", ["You disliked Alien."]),
        ("I've seen Parasite", ["You have seen Parasite."]),
        ("I love horror and comedies", ["You like horror and comedies."]),
        ("I'm tired of superhero films", ["You dislike superhero films."]),
        ("I can't stand musicals", ["You dislike musicals."]),
        ("I like Tilda Swinton", ["You like Tilda Swinton."]),
        ("I'm watching with my nine-year-old", ["You are watching with a nine-year-old."]),
        ("something for the whole family", ["For now: suitable for the whole family."]),
        ("a family film for my 6 year old", ["You are watching with a six-year-old."]),
        ("nothing longer than two hours", ["For now: nothing longer than 120 minutes."]),
        ("no horror", ["For now: no horror."]),
        ("from the 90s", ["For now: films from the 1990s."]),
        ("something magical about grief", ["For now: something magical about grief."]),
        ("something like Alien", ["For now: in the spirit of Alien."]),
        ("what's the weather?", []),
        ("who directed Alien?", []),
    ],
)
def test_sentences_that_a_message_adds(message: str, expected: list[str]) -> None:
    assert sentences(talk(message)[-1]) == expected


def test_sentences_carry_their_source_kind_scope_and_ids_in_order() -> None:
    profile = talk("I loved Alien", "no horror")[-1].profile
    found = [(s.id, s.source, s.kind, s.scope) for s in profile.sentences]
    assert found == [("s1", "turn 1", "like", "person"), ("s2", "turn 2", "constraint", "conversation")]


def test_who_watches_is_a_fact_of_the_conversation() -> None:
    (sentence,) = talk("for my nine-year-old")[-1].profile.sentences
    assert (sentence.kind, sentence.scope) == ("fact", "conversation")


def test_ids_go_on_after_the_highest() -> None:
    old = Profile((Sentence("s7", "You loved Heat.", "like", "turn 1", preferences=(Preference("item", "heat-1995", 1.0),)),))
    assert [s.id for s in talk("no horror", profile=old)[-1].profile.sentences] == ["s7", "s8"]


def test_a_new_dislike_takes_an_item_out_of_the_old_like() -> None:
    readings = talk("I loved Alien and Heat", "actually I hated Heat")
    assert sentences(readings[-1]) == ["You loved Alien.", "You disliked Heat."]


def test_saying_the_same_again_adds_nothing() -> None:
    assert sentences(talk("I loved Alien", "I loved Alien", "no horror", "no horror please")[-1]) == [
        "You loved Alien.",
        "For now: no horror.",
    ]


def test_a_superseded_condition_is_removed() -> None:
    assert sentences(talk("under two hours", "under 90 minutes")[-1]) == ["For now: nothing longer than 90 minutes."]


def test_wanting_what_was_disliked_ends_the_dislike() -> None:
    assert sentences(talk("I hate horror", "give me a horror film")[-1]) == ["For now: horror."]


def test_a_sentence_switched_off_stays_off_until_said_anew() -> None:
    profile = talk("no horror")[-1].profile
    off = Profile(tuple(replace(s, on=False) for s in profile.sentences))
    later = talk("a comedy", profile=off)[-1]
    assert "genre!Horror" not in shapes(later.request)
    assert [s.on for s in later.profile.sentences] == [False, True]
    again = talk("no horror", profile=off)[-1]
    assert shapes(again.request) == {"genre!Horror"}
    assert [s.on for s in again.profile.sentences] == [True]


def test_an_edited_sentence_is_kept_but_yields_to_what_is_said_now() -> None:
    edited = reader().interpret(Sentence("s1", "No horror", "constraint", "edit"))
    reading = talk("a horror film please", profile=Profile((edited,)))[-1]
    assert reading.profile.sentences[0] == edited
    assert shapes(reading.request) == {"genre=Horror"}


def test_starting_over_drops_wishes_and_keeps_tastes() -> None:
    assert sentences(talk("I loved Alien, no horror, under two hours", "start over")[-1]) == ["You loved Alien."]


def test_a_new_wish_keeps_who_watches_and_what_is_refused() -> None:
    said = sentences(talk("a Korean thriller for my 14 year old, no zombies", "I want a western")[-1])
    assert said == [
        "You are watching with a 14-year-old.".replace("14", "fourteen"),
        "For now: no zombies.",
        "For now: western.",
    ]


def test_lasting_conditions_hold_in_the_next_conversation() -> None:
    profile = talk("I can't stand horror")[-1].profile
    assert shapes(asked("something scary", profile=profile)) == {"genre!Horror"}


def test_mild_words_lift_a_dislike() -> None:
    assert shapes(asked("no horror", "I don't mind horror")) == set()


def test_item_text_never_becomes_a_sentence() -> None:
    for reading in talk("I loved Alien", "tell me more about it", "who directed the first?"):
        assert all("freighter" not in s.text for s in reading.profile.sentences)


def test_sentences_are_short_and_clean() -> None:
    reading = talk("no " + "x" * 5000 + " and no\x00\x1b[31m zombies\n")[-1]
    for sentence in reading.profile.sentences:
        assert len(sentence.text) < 250
        assert sentence.text.isprintable()


@pytest.mark.parametrize(
    "message",
    [
        "a comedy or drama", "a film noir or horror", "no horror or musicals", "from the 90s", "from 1994",
        "after 2010", "before 1980", "between 1991 and 2003",
        "nothing longer than 95 minutes", "at least two hours", "between 90 and 120 minutes",
        "in Korean or French", "not in English", "from Japan",
        "not from the US", "with Tilda Swinton", "directed by Bong Joon-ho", "for my nine-year-old", "for adults",
        "nothing scary", "not too violent",
        "no violence", "no sex", "no swearing", "hidden gems", "acclaimed", "well known", "no zombies",
        "nothing sad", "I hate horror",
        "I dislike superhero films", "I can't stand Al Pacino",
    ],
)  # fmt: skip
def test_sentences_read_back_mean_the_same(message: str) -> None:
    for sentence in talk(message)[-1].profile.sentences:
        again = reader().interpret(replace(sentence, preferences=(), constraints=(), seen=()))
        assert [shape(c) for c in again.constraints] == [shape(c) for c in sentence.constraints]
        assert [(p.value, p.weight > 0) for p in again.preferences] == [(p.value, p.weight > 0) for p in sentence.preferences]
        assert again.kind == sentence.kind


@pytest.mark.parametrize(
    ("text", "constraints", "preferences", "seen"),
    [
        ("No horror", {"genre!Horror"}, [], ()),
        ("You loved Alien and Heat.", set(), [("alien-1979", 1.0), ("heat-1995", 1.0)], ()),
        ("I have already seen Parasite", set(), [], ("parasite-2019",)),
        ("films under 100 minutes only", {"runtime<=100"}, [], ()),
        ("My daughter is 7", {"audience<=7"}, [], ()),
        ("I live in Lisbon", set(), [], ()),
        ("", set(), [], ()),
    ],
)
def test_a_sentence_a_person_wrote_gets_its_meaning(
    text: str, constraints: set[str], preferences: list[tuple[str, float]], seen: tuple[str, ...]
) -> None:
    written = Sentence("s3", text, "fact", "edit", on=False, constraints=(Constraint("genre", any_of=("War",)),))
    read = reader().interpret(written)
    assert {shape(c) for c in read.constraints} == constraints
    assert [(p.value, p.weight) for p in read.preferences] == preferences
    assert read.seen == seen
    assert (read.id, read.text, read.source, read.on) == ("s3", text, "edit", False)
