"""What is said when nothing is left: whether there was something before, and what would help."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.nothing import nothing_fits
from chatrec.records import Constraint, Intent, Pick, Profile, Reading, Relaxation, Request, Said, Shortlist, Situation, Turn

SHORT = Constraint("runtime", at_most=20, words="under twenty minutes")


def turn(number: int, intent: Intent, *, listed: bool = False) -> Turn:
    picks = (Pick("alien-1979", "Alien", 1979, 1, ""),) if listed else ()
    return Turn(number, "", picks=picks, request=Request(intent, ""))


def said(films: Catalog, history: tuple[Turn, ...], intent: Intent = "more") -> str:
    reading = Reading(Request(intent, "more", constraints=(SHORT,)), Profile())
    shortlist = Shortlist(relaxations=(Relaxation(SHORT, None, 9),))
    found = nothing_fits(Situation("more", len(history) + 1, history=history), reading, shortlist, films)
    return "".join(o.text for o in found if isinstance(o, Said))


@pytest.mark.parametrize(
    "history",
    [
        (turn(1, "recommend"),),
        (turn(1, "recommend"), turn(2, "more"), turn(3, "thanks")),
        (turn(1, "recommend", listed=True), turn(2, "recommend")),
    ],
)
def test_more_after_an_empty_list_claims_no_film_was_had(films: Catalog, history: tuple[Turn, ...]) -> None:
    text = said(films, history)
    assert "Still no film here fits all of what you asked." in text
    assert "had every" not in text


@pytest.mark.parametrize(
    "history",
    [
        (turn(1, "recommend", listed=True),),
        (turn(1, "recommend", listed=True), turn(2, "more"), turn(3, "question")),
    ],
)
def test_more_after_a_list_says_that_it_was_all(films: Catalog, history: tuple[Turn, ...]) -> None:
    assert "You have now had every film that fits what you asked." in said(films, history)


def test_a_first_wish_that_nothing_fits_says_so(films: Catalog) -> None:
    assert said(films, (), "recommend").startswith("No film here fits all of what you asked.")
