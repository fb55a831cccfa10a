"""RECOMMEND: an introduction, picks from the shortlist in order, a closing, and a way out of an empty list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.recommend import recommend
from chatrec.engines.protocol import Output, Suggested
from chatrec.records import Constraint, Pick, Profile, Reading, Relaxation, Request, Said, Shortlist, Turn
from tests.engines.builtin.people import reading_of, shortlist_of, situation_of

IDS = ("coraline-2009", "orlando-1992", "amelie-2001", "up-2009", "her-2013", "drive-2011")
WESTERN = Constraint("genre", any_of=("Western",), words="western")
SHORT = Constraint("runtime", at_most=60, words="under an hour")
KOREAN = Constraint("language", any_of=("Korean",), words="in Korean")


def outputs(catalog: Catalog, reading: Reading, shortlist: Shortlist, **situation: object) -> list[Output]:
    return list(recommend(situation_of(reading.request.message, **situation), reading, shortlist, catalog))  # type: ignore[arg-type]


def text(found: list[Output]) -> str:
    return "".join(o.text for o in found if isinstance(o, Said))


def messages(found: list[Output]) -> tuple[str, ...]:
    return next((o.messages for o in found if isinstance(o, Suggested)), ())


def test_an_introduction_comes_first_and_ranks_count_up(films: Catalog) -> None:
    found = outputs(films, reading_of(films, "magic", moods=["magical"]), shortlist_of(IDS))
    assert isinstance(found[0], Said)
    picks = [o for o in found if isinstance(o, Pick)]
    assert [p.item_id for p in picks] == list(IDS[:5])
    assert [p.rank for p in picks] == [1, 2, 3, 4, 5]
    assert picks[0].score == 1.0


def test_the_count_asked_for_is_kept(films: Catalog) -> None:
    found = outputs(films, reading_of(films, "two", moods=["magical"], count=2), shortlist_of(IDS))
    assert sum(isinstance(o, Pick) for o in found) == 2


@pytest.mark.parametrize("turn", range(1, 8))
def test_the_introduction_says_what_was_understood(films: Catalog, turn: int) -> None:
    reading = reading_of(films, "something magical like Alien", liked=["alien-1979"], moods=["magical"], constraints=[KOREAN])
    said = text(outputs(films, reading, shortlist_of(IDS), turn=turn))
    assert "magical" in said
    assert "Alien" in said
    assert "in Korean" in said


def test_starters_are_called_starters_and_the_question_is_asked(films: Catalog) -> None:
    reading = Reading(Request("recommend", "surprise me", question="What did you love lately?"), Profile())
    found = outputs(films, reading, shortlist_of(IDS))
    assert text(found).endswith("What did you love lately?")
    assert sum(isinstance(o, Pick) for o in found) == 5


def test_a_title_the_catalog_lacks_is_admitted(films: Catalog) -> None:
    reading = reading_of(films, "like Stalker, magical", moods=["magical"], unlinked=("Stalker",))
    assert "I don't have Stalker in this catalog, so I went by the rest" in text(outputs(films, reading, shortlist_of(IDS)))


def test_a_list_shorter_than_asked_is_admitted(films: Catalog) -> None:
    said = text(outputs(films, reading_of(films, "magic", moods=["magical"]), shortlist_of(IDS[:3])))
    assert "three films" in said
    assert any(word in said for word in ("Only", "No more than", "shorter than"))


def test_two_to_four_messages_are_suggested_and_fit_the_list(films: Catalog) -> None:
    found = messages(outputs(films, reading_of(films, "magic", moods=["magical"]), shortlist_of(IDS)))
    assert 2 <= len(found) <= 4
    assert len(set(found)) == len(found)


def test_a_condition_already_set_is_not_suggested_again(films: Catalog) -> None:
    conditions = [Constraint("runtime", at_most=200, words="short"), Constraint("year", at_least=1900, words="any")]
    for turn in range(1, 12):
        found = messages(outputs(films, reading_of(films, "x", constraints=conditions), shortlist_of(IDS), turn=turn))
        assert not {"Newer", "Older", "Shorter", "Only under 100 minutes"} & set(found)


@pytest.mark.parametrize("ids", [IDS[:1], IDS[:2]])
def test_no_message_names_a_place_the_list_does_not_have(films: Catalog, ids: tuple[str, ...]) -> None:
    for turn in range(1, 8):
        found = messages(outputs(films, reading_of(films, "x", moods=["magical"]), shortlist_of(ids), turn=turn))
        assert 2 <= len(found) <= 4
        assert not any("third" in m or "fourth" in m for m in found)
        assert len(ids) > 1 or not any("second" in m for m in found)


def test_a_list_of_one_country_offers_another_one(films: Catalog) -> None:
    american = [i.id for i in films if i.countries[:1] == ("United States",)][:5]
    offered = {
        m for n in range(1, 12) for m in messages(outputs(films, reading_of(films, "x"), shortlist_of(american), turn=n))
    }
    assert "Not American" in offered
    mixed = {m for n in range(1, 12) for m in messages(outputs(films, reading_of(films, "x"), shortlist_of(IDS), turn=n))}
    assert "Not American" not in mixed


# --------------------------------------------------------------------------- nothing fits


def test_an_empty_list_names_the_condition_and_the_nearest_way_out(films: Catalog) -> None:
    relaxations = (
        Relaxation(SHORT, replace(SHORT, at_most=96.0, words=""), 3, ("up-2009", "orlando-1992", "airplane-1980")),
        Relaxation(WESTERN, None, 1, ("my-neighbor-totoro-1988",)),
    )
    reading = reading_of(films, "a short western", constraints=[WESTERN, SHORT])
    found = outputs(films, reading, Shortlist(relaxations=relaxations))
    said = text(found)
    assert not [o for o in found if isinstance(o, Pick)]
    assert "western" in said
    assert "three films would fit, such as Up (2009)" in said
    assert "one film would fit: My Neighbor Totoro (1988)" in said
    assert messages(found) == ("make it under 96 minutes", "any genre is fine")


def test_conditions_that_must_give_way_together_are_named_together(films: Catalog) -> None:
    relaxation = Relaxation(SHORT, None, 2, ("up-2009",), also=(KOREAN,))
    found = outputs(films, reading_of(films, "x", constraints=[SHORT, KOREAN]), Shortlist(relaxations=(relaxation,)))
    assert "more than one has to give way" in text(found)
    assert messages(found)[0] == "any length is fine and any language is fine"
    assert len(messages(found)) >= 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (SHORT, Constraint("runtime", at_most=110), "make it under 110 minutes"),
        (Constraint("runtime", at_least=200), Constraint("runtime", at_least=150), "make it over 150 minutes"),
        (Constraint("year", at_least=2020), Constraint("year", at_least=2010), "make it 2010 or later"),
        (Constraint("year", at_most=1930), Constraint("year", at_most=1950), "make it 1950 or earlier"),
        (
            Constraint("year", at_least=1990, at_most=1999),
            Constraint("year", at_least=1985, at_most=1999),
            "make it from 1985 to 1999",
        ),
        (KOREAN, None, "any language is fine"),
        (Constraint("country", any_of=("Japan",)), None, "any country is fine"),
        (Constraint("person", any_of=("Tilda Swinton",)), None, "drop Tilda Swinton"),
        (Constraint("genre", none_of=("Horror",)), None, "horror is fine"),
        (Constraint("content.violence", at_most=0), Constraint("content.violence", at_most=1), "I don't mind some violence"),
        (Constraint("content.fear", at_most=1), None, "scary is fine"),
        (Constraint("audience", at_most=6), Constraint("audience", at_most=8), "make it suitable for an eight-year-old"),
    ],
)
def test_each_way_out_is_a_message_a_person_could_type(
    films: Catalog, old: Constraint, new: Constraint | None, message: str
) -> None:
    reading = reading_of(films, "x", constraints=[old])
    found = outputs(films, reading, Shortlist(relaxations=(Relaxation(old, new, 4, ("up-2009",)),)))
    assert messages(found)[0] == message


def test_a_genre_is_dropped_by_name_where_another_genre_is_refused(films: Catalog) -> None:
    reading = reading_of(films, "x", constraints=[WESTERN, Constraint("genre", none_of=("Horror",), words="no horror")])
    found = outputs(films, reading, Shortlist(relaxations=(Relaxation(WESTERN, None, 4, ("up-2009",)),)))
    assert messages(found)[0] == "drop the genre Western"


def test_everything_shown_already_is_said(films: Catalog) -> None:
    reading = reading_of(films, "more", intent="more", excluded=tuple(i.id for i in films))
    earlier = Turn(1, "x", picks=(Pick("up-2009", "Up", 2009, 1, "because"),))
    said = text(outputs(films, reading, Shortlist(), turn=2, history=(earlier,)))
    assert "nothing left to show" in said


def test_an_unknown_title_and_nothing_else_still_says_so(films: Catalog) -> None:
    reading = Reading(Request("recommend", "like Stalker", unlinked=("Stalker",)), Profile())
    assert "I don't have Stalker in this catalog" in text(outputs(films, reading, Shortlist()))
