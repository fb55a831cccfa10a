"""The profile written from a past: true counts, meaning that code can act on, nothing concluded from who somebody is."""

from __future__ import annotations

from chatrec.catalog.table import Catalog
from chatrec.history.actions import Past, Scale
from chatrec.history.portrait import MOST_HISTORY, portrait
from chatrec.records import Item, Preference, Profile, Sentence
from tests.history.crowd import FRIGHT, ROMANCE

LOVED = {"spirited-away-2001": 0.9, "my-neighbor-totoro-1988": 1.0, "the-boy-and-the-heron-2023": 0.7}
PAST = Past(
    {**dict.fromkeys(FRIGHT, -0.8), **LOVED}, {**dict.fromkeys(FRIGHT, 0.1), **dict.fromkeys(LOVED, 0.9)}, tuple(FRIGHT)
)
SCALE = Scale(1, 5, 3.5)


def texts(sentences: tuple[Sentence, ...]) -> str:
    return "\n".join(s.text for s in sentences)


def test_genres_count_against_the_catalogs_own_mix(films: Catalog) -> None:
    sentences = portrait(PAST, films)
    animation = next(s for s in sentences if "Animation" in s.text)
    assert animation.text == "You often like Animation: 3 of the 3 films you liked, against 15 % of the catalog."
    assert [(p.target, p.value) for p in animation.preferences] == [("genre", "Animation")]
    assert not any("Drama" in s.text for s in sentences)


def test_a_genre_everybody_sees_is_no_taste(films: Catalog) -> None:
    everything = Past({item.id: 1.0 for item in films}, {}, ())
    assert not any(p.target == "genre" for s in portrait(everything, films) for p in s.preferences)


def test_a_genre_they_rate_low_is_a_dislike(films: Catalog) -> None:
    (low,) = (s for s in portrait(PAST, films) if "seldom" in s.text)
    assert (low.kind, low.preferences) == ("dislike", (Preference("genre", "Horror", -0.3),))
    assert low.text == "You seldom like Horror: 6 of the 6 you know were below your average."


def test_somebody_behind_several_favourites_is_named(films: Catalog) -> None:
    (person,) = (s for s in portrait(PAST, films) if "Miyazaki" in s.text)
    assert person.preferences == (Preference("person", "Hayao Miyazaki", 0.5),)
    assert "3 of 3 films" in person.text


def test_favourites_are_the_recent_ones_among_equals(films: Catalog) -> None:
    past = Past(dict.fromkeys((*FRIGHT, *ROMANCE), 1.0), {}, ())
    (liked,) = (s for s in portrait(past, films) if any(p.target == "item" for p in s.preferences))
    assert {p.value for p in liked.preferences} == set(ROMANCE[-5:])


def test_every_sentence_can_be_told_from_what_people_said_themselves(films: Catalog) -> None:
    sentences = portrait(PAST, films, scale=SCALE, person={"age": 24}, prefix="who:7")
    assert {s.source for s in sentences} == {"import"}
    assert {s.scope for s in sentences} == {"person"}
    assert [s.id for s in sentences] == [f"who:7:{n}" for n in range(1, len(sentences) + 1)]


def test_who_somebody_is_is_told_and_never_acted_on(films: Catalog) -> None:
    plain = portrait(PAST, films, scale=SCALE)
    told, *rest = portrait(PAST, films, scale=SCALE, person={"age": 24, "gender": "F", "occupation": "nurse\n", "zip": "1"})
    assert told.text == "Age: 24; Gender: female; Occupation: nurse."
    assert (told.kind, told.preferences, told.constraints) == ("fact", (), ())
    assert [s.text for s in rest] == [s.text for s in plain]
    assert not any(s.constraints for s in rest)


def test_a_strict_rater_is_told_so(films: Catalog) -> None:
    assert "more strictly than most: 2.5 of 5 on average, where the average of everybody is 3.5" in texts(
        portrait(PAST, films, scale=SCALE)
    )


def test_the_last_sentence_carries_the_past_for_code_alone(films: Catalog) -> None:
    *others, known = portrait(Past({**PAST.weights, "elsewhere": 1.0}, PAST.ratings, (*PAST.seen, "elsewhere")), films)
    assert known.text == "You know 6 films of this catalog already; I will not suggest them."
    assert known.seen == FRIGHT
    assert known.history == PAST.weights
    assert known.ratings == PAST.ratings
    assert not any(s.history or s.ratings or s.seen for s in others)
    profile = Profile((*others, known))
    assert (profile.history, profile.ratings) == (PAST.weights, PAST.ratings)


def test_a_long_past_is_carried_in_part_and_known_in_whole() -> None:
    shelf = Catalog([Item(str(n), f"Book {n}") for n in range(900)], noun="book", plural="books")
    weights = {item.id: 0.5 for item in shelf}
    known = portrait(Past(weights, dict.fromkeys(weights, 0.7), tuple(weights)), shelf)[-1]
    assert len(known.seen) == 900
    assert list(known.history) == [str(n) for n in range(900 - MOST_HISTORY, 900)]
    assert known.ratings.keys() == known.history.keys()
    assert "900 books" in known.text


def test_nothing_done_is_nothing_said(films: Catalog) -> None:
    assert portrait(Past({}, {}, ()), films) == ()
