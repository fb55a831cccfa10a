"""Single sentences -> single verdicts, finder by finder."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatrec.catalog.table import Catalog
from chatrec.evidence.check import find_claims
from chatrec.evidence.facts import Knowledge
from tests.evidence.reasons import PROFILE, REQUEST


def verdict(catalog: Catalog, item_id: str, text: str) -> bool | None:
    """True: every claim found is supported; False: one is not; None: no claim found."""
    found = find_claims(text, Knowledge(catalog[item_id], PROFILE, REQUEST, catalog))
    return all(f.supported for f in found) if found else None


NUMBERS = [
    ("parasite-2019", "From 2019.", True),
    ("parasite-2019", "From 2018.", False),
    ("parasite-2019", "A film of the 2010s.", True),
    ("parasite-2019", "A film of the nineties.", False),
    ("heat-1995", "A thriller of the '90s.", True),
    ("memories-of-murder-2003", "It is set in the 1980s.", True),
    ("memories-of-murder-2003", "It is set in the 1970s.", False),
    ("parasite-2019", "It runs 132 minutes.", True),
    ("parasite-2019", "It runs 130 minutes.", True),
    ("parasite-2019", "It runs 120 minutes.", False),
    ("parasite-2019", "It runs 2h12.", True),
    ("parasite-2019", "It runs 1h38.", False),
    ("parasite-2019", "Just over two hours long.", True),
    ("parasite-2019", "Under two hours long.", False),
    ("up-2009", "Under two hours long.", True),
    ("up-2009", "A 96-minute film.", True),
    ("up-2009", "An hour and a half, more or less.", True),
    ("heat-1995", "Nearly three hours of it.", True),
    ("heat-1995", "Nearly two hours of it.", False),
    ("heat-1995", "More than two and a half hours.", True),
    ("aliens-1986", "It came seven years after Alien.", True),
    ("aliens-1986", "It came nine years after Alien.", False),
    ("aliens-1986", "Longer than Alien.", True),
    ("aliens-1986", "Newer than Arrival.", False),
    ("jurassic-park-1993", "It fits inside your two and a half hours.", True),
]
PEOPLE = [
    ("heat-1995", "Al Pacino meets Robert De Niro.", True),
    ("heat-1995", "With Tom Hanks.", False),
    ("heat-1995", "With Meryl Streep.", False),
    ("heat-1995", "Directed by Michael Mann.", True),
    ("heat-1995", "Directed by Al Pacino.", False),
    ("unforgiven-1992", "Clint Eastwood directs and stars.", True),
    ("heat-1995", "It is Mann's best-lit film.", True),
    ("heat-1995", "It has Tarantino's wit.", False),
    ("oldboy-2003", "Choi Min-sik plays the prisoner.", True),
    ("amelie-2001", "Amelie Poulain lives there with Audrey Tautou.", False),
    ("us-2019", "The same director as Get Out.", True),
    ("us-2019", "The same director as Oldboy.", False),
    ("us-2019", "It shares its star with Black Panther.", True),
]
TRAITS = [
    ("coraline-2009", "An animated fantasy.", True),
    ("heat-1995", "An animated thriller.", False),
    ("parasite-2019", "A South Korean film.", True),
    ("parasite-2019", "A Chinese film.", False),
    ("amelie-2001", "A German co-production in French.", True),
    ("amelie-2001", "It is in Spanish.", False),
    ("toy-story-1995", "It is not violent.", True),
    ("oldboy-2003", "It is not violent.", False),
    ("oldboy-2003", "There is only mild violence.", False),
    ("amelie-2001", "Without any violence.", True),
    ("alien-1979", "It is very scary.", True),
    ("toy-story-1995", "It is never scary.", True),
    ("alien-1979", "There is no romance in it.", True),
    ("casablanca-1942", "There is no romance in it.", False),
    ("paddington-2-2017", "Less violent than Oldboy.", True),
    ("oldboy-2003", "Less violent than Paddington 2.", False),
    ("parasite-2019", "Where Oldboy is violent, this is satirical.", True),
    ("coraline-2009", "It shares the stop-motion of Spirited Away.", False),
    ("spirited-away-2001", "A coming-of-age story with witches.", True),
    ("heat-1995", "A story about grief.", False),
    ("heat-1995", "It leaves room for grief.", None),
    ("her-2013", "A love story about loneliness.", True),
    ("heat-1995", "A heist.", True),
    ("up-2009", "A heist.", False),
]
PRAISE = [
    ("parasite-2019", "It won an Oscar.", False),
    ("parasite-2019", "A Palme d'Or winner.", False),
    ("parasite-2019", "It has 99% on Rotten Tomatoes.", False),
    ("parasite-2019", "Rated 8.5/10.", False),
    ("parasite-2019", "A widely admired film.", True),
    ("it-2017", "A masterpiece.", False),
    ("orlando-1992", "It is little known.", True),
    ("the-matrix-1999", "It is little known.", False),
    ("toy-story-1995", "It is suitable for a six-year-old.", True),
    ("alien-1979", "It is suitable for a nine-year-old.", False),
    ("alien-1979", "It is not suitable for a nine-year-old.", True),
    ("toy-story-1995", "Fine for the whole family.", True),
    ("toy-story-1995", "Suitable for all ages.", True),
    ("spirited-away-2001", "Fine for the whole family.", True),
    ("spirited-away-2001", "Suitable for all ages.", False),
    ("aliens-1986", "The second film in the Alien series.", True),
    ("aliens-1986", "The third film in the Alien series.", False),
]
PERSON = [
    ("coraline-2009", "You loved Spirited Away.", True),
    ("coraline-2009", "You loved Spirited Away and Pan's Labyrinth.", True),
    ("coraline-2009", "You loved Spirited Away and Oldboy.", False),
    ("coraline-2009", "You disliked Spirited Away.", False),
    ("coraline-2009", "You disliked The Matrix.", True),
    ("coraline-2009", "You loved Blade Runner.", False),
    ("coraline-2009", "You asked for something magical.", True),
    ("coraline-2009", "Your wish for something magical.", True),
    ("coraline-2009", "You asked for a western.", False),
    ("coraline-2009", "You don't like musicals.", True),
    ("coraline-2009", "You like musicals.", False),
    ("coraline-2009", "You will like it.", None),
    ("coraline-2009", "You might enjoy this.", None),
    ("coraline-2009", "In the spirit of Pan's Labyrinth.", True),
    ("coraline-2009", "You loved Spirited Away, and it has ghosts too.", False),
    ("coraline-2009", "You loved Spirited Away and its ghosts.", True),
]
IN_OTHER_LANGUAGES = [
    ("de", "alien-1979", "Sieben Menschen auf einem Raumschiff, Angst im Winter, von Ridley Scott.", []),
    ("de", "heat-1995", "Ein Preis ohne Männer: mit Al Pacino und Tom Hanks.", ["Tom Hanks"]),
    ("es", "amelie-2001", "Como El tercer hombre en Viena, pero en París.", []),
    ("fr", "casablanca-1942", "Un film en noir et blanc.", []),
    ("fr", "singin-in-the-rain-1952", "Une des comédies musicales de Hollywood.", []),
    ("fr", "heat-1995", "Réalisé par Ridley Scott, avec Al Pacino.", ["Ridley Scott"]),
]
AS_MODELS_WRITE = [
    ("orlando-1992", "Little known and in English.", True),
    ("orlando-1992", "Little known and in Polish.", False),
    ("orlando-1992", "A little-known aristocracy story.", True),
    ("orlando-1992", "Little violence.", True),
    ("alien-1979", "Little violence.", False),
    ("alien-1979", "Violence is marked and the fear strong.", True),
    ("alien-1979", "Violence is mild.", False),
    ("alien-1979", "The fear is mild, the violence marked.", False),
    ("unforgiven-1992", "Violence is marked, fear mild.", True),
    ("alien-1979", "Frightening in places.", True),
    ("my-neighbor-totoro-1988", "Frightening in places.", False),
    ("my-neighbor-totoro-1988", "There are frightening moments.", False),
    ("my-neighbor-totoro-1988", "No violence or fear.", True),
    ("free-solo-2018", "No violence or fear.", False),
    ("heat-1995", "Everybody stops when the car starts moving.", None),
    ("heat-1995", "A moving thriller.", False),
    ("alien-1979", "Ridley Scott plays it straight.", True),
    ("alien-1979", "Ridley Scott plays the captain.", False),
    ("pans-labyrinth-2006", "It looks like no other fairy tale.", None),
    ("coraline-2009", "To talk about: do you like stories that are read aloud?", None),
    ("casablanca-1942", "The Moroccan nights are long.", True),
    ("casablanca-1942", "A Moroccan film.", False),
    ("coraline-2009", "As stubborn as Chihiro.", None),
    ("coraline-2009", "It follows Chihiro.", False),
    ("heat-1995", "Everybody Pacino meets is in a hurry.", True),
]
ORDINARY_WORDS = [
    ("heat-1995", "It picks up speed and it never lets her go.", None),
    ("heat-1995", "Us against them, all heat.", None),
    ("her-2013", "Seven days would not be enough to drive it home.", None),
]


@pytest.mark.parametrize(
    ("item_id", "text", "expected"), [*NUMBERS, *PEOPLE, *TRAITS, *PRAISE, *PERSON, *AS_MODELS_WRITE, *ORDINARY_WORDS]
)
def test_one_sentence_gets_its_verdict(films: Catalog, item_id: str, text: str, expected: bool | None) -> None:
    assert verdict(films, item_id, text) is expected


@pytest.mark.parametrize(("language", "item_id", "text", "wrong"), IN_OTHER_LANGUAGES)
def test_capitals_of_other_languages_are_no_names(
    films: Catalog, language: str, item_id: str, text: str, wrong: list[str]
) -> None:
    request = replace(REQUEST, language=language)
    findings = find_claims(text, Knowledge(films[item_id], PROFILE, request, films))
    assert [text[f.start : f.end] for f in findings if not f.supported] == wrong
