"""Every message that the built-in engine offers for one click is read as it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chatrec.engines.builtin.answer import answer
from chatrec.engines.builtin.nothing import message
from chatrec.engines.builtin.suggestions import next_messages
from chatrec.engines.protocol import Suggested
from chatrec.records import (
    Constraint,
    Intent,
    Item,
    Mention,
    Pick,
    Profile,
    Reading,
    Relaxation,
    Request,
    Sentence,
    Situation,
    Turn,
)
from tests.engines.builtin.talking import SHOWN, asked, feelings, reader, shape, talk
from tests.films import make_catalog

FILMS = make_catalog()
ORDINALS = {"first": 0, "second": 1, "third": 2}


def after_a_list(items: tuple[Item, ...], said: str) -> Request:
    """The request of a message said right after these items were shown."""
    picks = tuple(Pick(item.id, item.title, item.year, rank, "") for rank, item in enumerate(items, 1))
    shown = Turn(1, "something good", picks=picks, request=Request("recommend", "something good"))
    return reader().read(Situation(said, 2, Profile(), (shown,))).request


def bound(request: Request, field: str) -> Constraint:
    return next(c for c in request.constraints if c.field == field)


def check_next_message(items: tuple[Item, ...], said: str) -> None:
    request = after_a_list(items, said)
    years, minutes = [i.year for i in items if i.year], [i.runtime for i in items if i.runtime]
    if said.startswith("Why"):
        place = next((n for word, n in ORDINALS.items() if word in said), 0)
        assert (request.intent, request.aspect, request.about) == ("question", "why", (items[place].id,))
    elif said.startswith("More like"):
        place = next((n for word, n in ORDINALS.items() if word in said.split()), 0)
        assert (request.intent, request.anchors) == ("recommend", (items[place].id,))
    elif said == "Newer":
        least = bound(request, "year").at_least
        assert (least or 0) > sorted(years)[len(years) // 2]
    elif said == "Older":
        most = bound(request, "year").at_most
        assert (most or 9999) < sorted(years)[len(years) // 2]
    elif said == "Shorter":
        most = bound(request, "runtime").at_most
        assert (most or 9999) < sorted(minutes)[len(minutes) // 2]
    else:
        field = {
            "Only under 100 minutes": "runtime<=100",
            "Nothing too violent": "content.violence<=1",
            "Not American": "country!United States",
            "Not animated": "genre!Animation",
            "Less well known": "popularity",
            "Something lighter": "",
        }[said]
        assert any(shape(c).startswith(field) for c in request.constraints) or said == "Something lighter"
        assert said != "Something lighter" or "light-hearted" in request.search_text


def test_what_is_offered_after_a_list_does_what_it_says() -> None:
    offered = set()
    for start in range(len(FILMS) - 3):
        for size in (1, 3):
            items = FILMS.items[start : start + size]
            for turn in (1, 2):
                for said in next_messages(items, Request("recommend", f"{start}"), Situation(f"{start}", turn)):
                    offered.add(said)
                    check_next_message(items, said)
    assert len(offered) > 10


def answers() -> Iterator[tuple[str, Suggested]]:
    """What answering offers, for every item and intent, each with the intent's name."""
    aspects = ("why", "plot", "director", "runtime", "like")
    for item in FILMS:
        for aspect in aspects:
            yield from _answer("question", Request("question", "?", about=(item.id,), aspect=aspect))
        liked = (Mention(item.id, item.title, item.title, "like", 1),)
        yield from _answer("feedback", Request("feedback", "?", mentions=liked))
        yield from _answer("compare", Request("compare", "?", about=(item.id, FILMS.items[0].id)))
    intents: tuple[Intent, ...] = (
        "question",
        "compare",
        "profile",
        "feedback",
        "greeting",
        "thanks",
        "reset",
        "off_topic",
        "empty",
    )
    for intent in intents:
        yield from _answer(intent, Request(intent, "?"))
        yield from _answer(intent, Request(intent, "?", unlinked=("Nowhere",)))


def _answer(intent: str, request: Request) -> Iterator[tuple[str, Suggested]]:
    for output in answer(Situation("?", 1), Reading(request, Profile()), FILMS):
        if isinstance(output, Suggested):
            yield intent, output


def test_what_is_offered_after_an_answer_does_what_it_says() -> None:
    by_title = {item.title: item.id for item in FILMS}
    plain: dict[str, Intent] = {
        "Surprise me": "recommend",
        "Recommend something": "recommend",
        "Something different": "more",
        "More like these": "more",
        "Start over": "reset",
        "What do you know about me?": "profile",
        "Something funny and light": "recommend",
        "A tense thriller under two hours": "recommend",
    }
    asked_by = (("Why ", "why"), ("Would I like ", "why"), ("What is ", "plot"), ("Who directed ", "director"))
    said = {text for _, suggested in answers() for text in suggested.messages}
    assert len(said) > 3 * len(FILMS)
    for text in said:
        request = asked("something magical", text)
        if text in plain:
            assert (text, request.intent) == (text, plain[text])
            continue
        title = next(t for t in sorted(by_title, key=len, reverse=True) if t in text)
        if text.startswith("I loved "):
            assert (text, request.intent, feelings(request)) == (text, "recommend", {by_title[title]: "like"})
        elif text.startswith("More like "):
            assert (text, request.intent, request.anchors) == (text, "recommend", (by_title[title],))
        else:
            aspect = next((a for start, a in asked_by if text.startswith(start)), "runtime")
            assert (text, request.intent, request.about, request.aspect) == (text, "question", (by_title[title],), aspect)


HELD = (
    Constraint("genre", any_of=("Western",), words="western"),
    Constraint("person", any_of=("Tilda Swinton",), words="with Tilda Swinton"),
    Constraint("year", at_least=1990, at_most=1999, words="90s"),
    Constraint("runtime", at_most=90, words="under 90 minutes"),
    Constraint("language", any_of=("Korean",), words="in Korean"),
    Constraint("country", any_of=("Japan",), words="Japanese"),
    Constraint("audience", at_most=6, words="for my 6 year old"),
    Constraint("popularity", at_most=50, words="obscure"),
    Constraint("acclaim", at_least=80, words="acclaimed"),
    Constraint("content.violence", at_most=0, words="no violence"),
    Constraint("content.fear", at_most=1, words="nothing scary"),
    Constraint("content.sex", at_most=0, words="no sex"),
    Constraint("content.language", at_most=0, words="no swearing"),
    Constraint("content.drugs", at_most=0, words="no drugs"),
    Constraint("topic", any_of=("silent",), words="silent"),
    Constraint("topic", none_of=("clowns", "clown"), words="no clowns"),
    Constraint("genre", none_of=("Horror",), words="no horror"),
    Constraint("person", none_of=("Tom Cruise",), words="nothing with Tom Cruise"),
)


def holding(constraints: tuple[Constraint, ...], said: str) -> set[str]:
    """What holds after a message, where these conditions held before it."""
    sentences = tuple(
        Sentence(f"s{n}", c.words, "constraint", "turn 1", "conversation", constraints=(c,)) for n, c in enumerate(constraints)
    )
    profile = Profile(sentences)
    turn = Turn(1, "before", request=Request("recommend", "before", constraints=constraints), profile=profile)
    return {shape(c) for c in reader().read(Situation(said, 2, profile, (turn,))).request.constraints}


@pytest.mark.parametrize("given_up", HELD, ids=shape)
def test_a_condition_offered_to_go_goes_alone(given_up: Constraint) -> None:
    kept = {shape(c) for c in HELD if c != given_up}
    assert holding(HELD, message(Relaxation(given_up, None, 3), HELD)) == kept


def test_two_conditions_can_go_together() -> None:
    said = message(Relaxation(HELD[0], None, 3, also=(HELD[1],)), HELD)
    assert holding(HELD[:4], said) == {"year>=1990<=1999", "runtime<=90"}


@pytest.mark.parametrize(
    ("held", "becomes"),
    [
        (HELD[3], replace(HELD[3], at_most=110)),
        (Constraint("runtime", at_least=180, words="long"), Constraint("runtime", at_least=150)),
        (HELD[2], replace(HELD[2], at_least=1985)),
        (Constraint("year", at_least=2020, words="new"), Constraint("year", at_least=2010)),
        (Constraint("year", at_most=1940, words="old"), Constraint("year", at_most=1950)),
        (HELD[6], replace(HELD[6], at_most=10)),
    ],
)
def test_a_bound_offered_to_move_moves(held: Constraint, becomes: Constraint) -> None:
    assert holding((held, HELD[0]), message(Relaxation(held, becomes, 3), (held, HELD[0]))) == {shape(becomes), "genre=Western"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("never mind the years", "year"),
        ("forget the runtime", "runtime"),
        ("without the language limit", "language"),
        ("drop the age restriction", "audience"),
        ("skip the country condition", "country"),
        ("drop the westerns", "genre=Western"),
        ("forget Tilda Swinton", "person=Tilda Swinton"),
    ],
)
def test_conditions_are_taken_back_in_other_words(said: str, field: str) -> None:
    kept = {shape(c) for c in HELD if not shape(c).startswith(field)}
    assert holding(HELD, said) == kept


def test_a_title_to_resemble_is_taken_back() -> None:
    later = talk("something like Alien and Coraline", "drop Alien")[-1]
    assert later.request.anchors == ("coraline-2009",)
    assert "Alien" not in later.profile.text


def test_the_list_shown_in_these_tests_is_in_the_catalog() -> None:
    assert all(item in FILMS for item in SHOWN)
