"""What somebody else thought of a film is noted as theirs, and is no word of the person's own."""

from __future__ import annotations

import pytest

from chatrec.engines.builtin.answer import answer
from chatrec.engines.builtin.hearsay import hearsay
from chatrec.records import Said, Situation
from tests.engines.builtin.talking import SHOWN, feelings, reader, sentences, talk
from tests.films import make_catalog

FIRST, SECOND, _ = SHOWN


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("my dad loved it", ["Your dad loved"]),
        ("our little daughter really adores it", ["Your little daughter loved"]),
        ("my wife and kids couldn't finish it", ["Your wife and kids disliked"]),
        ("my mum watched it and she didn't like it", ["Your mum disliked"]),
        ("he loved it", ["He loved"]),
        ("my friend hated it but i loved it", ["Your friend disliked"]),
        ("my dad loved it and so did i", []),
        ("my wife and i loved it", []),
        ("we loved it", []),
        ("i loved it", []),
    ],
)
def test_whose_word_it_is(message: str, told: list[str]) -> None:
    assert [one.told for one in hearsay(message)] == told


def test_he_is_whoever_was_named_before() -> None:
    (one,) = hearsay("we watched it and he loved it", ["my dad and my sister are here", "something not american"])
    assert one.told == "Your dad loved"


@pytest.mark.parametrize(("place", "item"), [("first", FIRST), ("second", SECOND)])
def test_what_was_watched_together_and_liked_by_another_is_seen_and_theirs(place: str, item: str) -> None:
    message = f"we watched the {place} one and my dad loved it"
    reading = talk("something magical", message)[-1]
    title = make_catalog()[item].title
    assert (reading.request.intent, feelings(reading.request)) == ("feedback", {item: "seen"})
    assert sentences(reading)[1:] == [f"You have seen {title}.", f"Your dad loved {title}."]
    assert item not in {p.value for p in reading.profile.preferences}


def test_the_reply_says_who_liked_it() -> None:
    message = "we watched the first one and my dad loved it"
    reading = talk("something magical", message)[-1]
    text = "".join(o.text for o in answer(Situation(message, 2), reading, make_catalog()) if isinstance(o, Said))
    assert text.startswith("Noted: your dad loved Coraline.")
    assert "you loved" not in text.lower()


def test_more_like_what_another_liked_is_sought() -> None:
    reading = talk("My dad is 70", "something magical", "we watched the first one and he loved it. more like that")[-1]
    assert (reading.request.intent, reading.request.anchors) == ("recommend", (FIRST,))
    assert "Your dad loved Coraline." in sentences(reading)


def test_two_opinions_of_one_film_stand_side_by_side() -> None:
    reading = talk("I loved Alien but my wife hated it")[-1]
    assert sentences(reading) == ["You loved Alien.", "Your wife disliked Alien."]
    assert (reading.request.anchors, reading.request.avoided) == (("alien-1979",), ())


def test_what_another_disliked_is_avoided_for_now() -> None:
    reading = talk("something magical", "my wife hated the second one")[-1]
    assert (reading.request.avoided, feelings(reading.request)) == ((SECOND,), {SECOND: "neutral"})
    assert "Your wife disliked Orlando." in sentences(reading)


def test_the_sentence_reads_back_as_hearsay() -> None:
    (sentence,) = talk("my kids loved Coraline")[-1].profile.sentences[:1]
    again = reader().interpret(sentence)
    assert again.text == "Your kids loved Coraline."
    assert FIRST not in {p.value for p in again.preferences if p.weight > 0.6}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("my wife hates horror and westerns, I love romance", ["You like romance.", "For now: no horror or westerns."]),
        ("she likes romance, i like action", ["You like action.", "For now: if possible romance."]),
        ("my 4 yr old daughter loves trains but hates horror", ["For now: no horror.", "For now: something about train."]),
    ],
)
def test_what_somebody_else_likes_is_for_now_and_no_taste_of_the_persons_own(message: str, expected: list[str]) -> None:
    assert [text for text in sentences(talk(message)[-1]) if "watching" not in text] == expected


@pytest.mark.parametrize("question", ["would my wife like it?", "does she like it?", "did your mother enjoy the first one?"])
def test_whether_somebody_likes_it_is_a_question(question: str) -> None:
    reading = talk("a thriller", question)[-1]
    assert not [text for text in sentences(reading) if "loved" in text]
    assert reading.request.intent == "question"
    assert reading.request.about == (FIRST,)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("he's not into horror", ["For now: no horror."]),
        ("my husband isn't a fan of horror", ["For now: no horror."]),
        ("she's really into westerns", ["For now: if possible westerns."]),
    ],
)
def test_what_somebody_is_into_is_told_of_them(message: str, expected: list[str]) -> None:
    assert sentences(talk(message)[-1]) == expected
