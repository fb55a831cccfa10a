"""A conversation is cut into what was said last, lately and in all, with the age, owner and feeling of every mention."""

from __future__ import annotations

from chatrec.retrieval.talk import hear

UTTERANCES = (
    "I loved Alien (1979), it was great",
    "Have you seen Heat (1995)?",
    "No, Heat (1995) was boring. Something like Jaws please",
)
NAMED = {"Alien (1979)": 4, "Heat (1995)": 7, "Jaws (1975)": 9}


def test_names_are_left_out_of_what_was_said_and_stay_in_the_raw_text() -> None:
    talk = hear(UTTERANCES, NAMED)
    assert talk.last == "No, was boring. Something like Jaws please"
    assert talk.seeker == "I loved , it was great No, was boring. Something like Jaws please"
    assert "Heat (1995)" not in talk.whole
    assert "Heat (1995)" in talk.raw
    assert talk.turns == 3


def test_a_mention_knows_its_age_who_made_it_and_the_feeling_around_it() -> None:
    alien, heat, jaws = hear(UTTERANCES, NAMED).named
    assert (alien.row, alien.back, alien.by_seeker, alien.feeling) == (4, 2, True, 1)
    assert (heat.row, heat.back, heat.by_seeker) == (7, 0, False)
    assert heat.feeling == -1
    assert (jaws.row, jaws.back, jaws.by_seeker) == (9, 0, True)


def test_a_name_that_was_never_written_counts_as_said_last() -> None:
    (named,) = hear(["hello", "hi"], {"Persona (1966)": 1}).named
    assert named.back == 0


def test_nothing_said_is_a_talk_too() -> None:
    assert hear([], {}).texts == ("", "", "", "")
