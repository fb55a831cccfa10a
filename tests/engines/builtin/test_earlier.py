"""What was said in earlier turns still counts: as an example, as an opinion, as words, until the person takes it back."""

from __future__ import annotations

from dataclasses import replace

from chatrec.records import Profile, Request, Situation, Turn
from tests.engines.builtin.talking import SHOWN, asked, reader, talk


def opinions(request: Request) -> dict[str, str]:
    return {m.item_id: m.sentiment for m in request.earlier}


def test_what_was_named_before_comes_along_with_the_newest_opinion_of_it() -> None:
    request = asked("I loved Alien and Heat", "I hated Up", "something tense", "actually I did not like Heat", "more please")
    assert opinions(request) == {"alien-1979": "like", "up-2009": "dislike", "heat-1995": "dislike"}
    assert [m.turn for m in request.earlier] == [1, 2, 4]
    assert "heat-1995" not in request.anchors
    assert {"up-2009", "heat-1995"} <= set(request.avoided)


def test_examples_outlive_refinements() -> None:
    for message in ("more recent", "less violent", "and shorter"):
        request = asked("I loved Alien and Heat, something like them", "something tense", message)
        assert {"alien-1979", "heat-1995"} <= set(request.anchors)
        assert "in the spirit of" in request.understood


def test_a_pick_somebody_liked_afterwards_becomes_an_example() -> None:
    assert "orlando-1992" in asked("something dreamy", "I loved the second one", "more please").anchors
    pressed = asked("something dreamy", "a bit darker", feedback={"coraline-2009": "like"})
    assert "coraline-2009" not in pressed.anchors  # nothing in the profile says so
    assert not pressed.earlier


def test_what_was_shown_without_a_word_about_it_is_no_example() -> None:
    request = asked("something dreamy", "more please")
    assert not {*request.anchors, *opinions(request)} & set(SHOWN)


def test_a_new_wish_with_examples_of_its_own_leaves_the_old_ones_behind() -> None:
    request = asked("I loved Alien", "I want a comedy like Up", "a bit shorter")
    assert set(request.anchors) == {"up-2009"}
    assert "alien-1979" not in opinions(request)
    assert "alien-1979" in request.excluded
    assert not any("loved" in words for words in request.said)


def test_another_kind_of_film_keeps_what_was_liked_but_not_what_it_should_resemble() -> None:
    liked = asked("I loved Alien and Heat", "actually a comedy")
    assert not liked.anchors
    assert opinions(liked) == {"alien-1979": "like", "heat-1995": "like"}
    resembling = asked("something like Alien", "actually a comedy")
    assert not resembling.anchors
    assert not resembling.earlier


def test_forgetting_leaves_nothing() -> None:
    request = asked("I loved Alien", "forget everything, something funny")
    assert not request.earlier
    assert len(request.said) == 1


def silenced(*messages: str, off: str = "", without: str = "") -> Request:
    """The request of the last message, with the sentence that holds `off` switched off before it, or `without` taken out."""
    *before, last = messages
    readings = talk(*before)
    history = tuple(
        Turn(n, message, request=reading.request, profile=reading.profile)
        for n, (message, reading) in enumerate(zip(before, readings, strict=True), 1)
    )
    sentences = [
        replace(s, on=not (off and off in s.text))
        for s in readings[-1].profile.sentences
        if not (without and without in s.text)
    ]
    return reader().read(Situation(last, len(messages), Profile(tuple(sentences)), history)).request


def test_a_sentence_switched_off_or_taken_out_counts_nowhere() -> None:
    for request in (
        silenced("I loved Alien", "something tense", "more recent", off="Alien"),
        silenced("I loved Alien", "something tense", "more recent", without="Alien"),
        silenced("something like Alien", "more recent", off="Alien"),
        silenced("something like Alien", "more recent", without="Alien"),
    ):
        assert "alien-1979" not in (*request.anchors, *opinions(request))
        assert "alien-1979" in request.excluded
        assert "Alien" not in request.understood
        assert not any("loved" in words or "like" in words for words in request.said)


def test_a_title_somebody_refused_or_does_not_know_is_no_example() -> None:
    request = asked("a thriller, but nothing like Alien", "I haven't seen Heat, something tense", "more recent")
    assert opinions(request).get("alien-1979") == "dislike"
    assert opinions(request).get("heat-1995") is None


def test_words_come_along_without_titles_this_message_last() -> None:
    request = asked("I loved Alien for the dread", "hello", "something with a cat", "more recent")
    assert request.said == ("I loved for the dread", "something with a cat", "more recent")
    assert (request.turn, request.since) == (4, 0)


def test_something_else_entirely_begins_anew() -> None:
    for message in ("something else entirely", "give me something completely different please"):
        request = asked("I loved Alien, something tense", "more please", message, "shorter")
        assert not request.anchors
        assert not request.earlier
        assert request.since == 3
        assert "alien-1979" in request.excluded


def test_loving_films_is_no_wish_for_love_films_and_calling_one_a_classic_none_for_old_ones() -> None:
    for message in ("I love movies with a twist", "we really love films like Heat", "Love movies like Heat"):
        assert not asked(message).constraints
    assert asked("a love movie please").constraints[0].any_of == ("Romance",)
    assert not asked("Alien is a classic, I loved it").constraints
    assert asked("a classic please").constraints[0].at_most == 1979
    assert asked("something that is a classic").constraints[0].at_most == 1979
