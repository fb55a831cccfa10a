"""The model's conditions: only what the catalog knows, and never looser than what code found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from chatrec.catalog.table import Catalog
from chatrec.engines.conditions import Condition, Vocabulary, in_words, join, read_condition
from chatrec.records import Constraint

NEAR = Constraint("country", any_of=("United Kingdom", "France", "Germany"))


@pytest.fixture(scope="module")
def vocabulary(films: Catalog) -> Vocabulary:
    return Vocabulary(films)


def constraint(vocabulary: Vocabulary, **entry: Any) -> Constraint | None:
    read = read_condition(entry, vocabulary, Counter())
    return None if read is None else read.constraint


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"field": "genre", "in": ["science-fiction"]}, Constraint("genre", any_of=("Science Fiction",))),
        ({"field": "Genre", "not": "horror"}, Constraint("genre", none_of=("Horror",))),
        ({"field": "genre", "in": ["Drama", "Horror"], "not": ["Horror"]}, Constraint("genre", ("Drama",), ("Horror",))),
        ({"field": "country", "in": ["south korea"]}, Constraint("country", any_of=("South Korea",))),
        ({"field": "country", "in": ["British", "france", "Germany", "Danish"]}, NEAR),
        ({"field": "person", "in": ["bong joon ho"]}, Constraint("person", any_of=("Bong Joon-ho",))),
        (
            {"field": "topic", "not": ["War", "Superheroes"]},
            Constraint("topic", none_of=("war", "superheroes"), words="no War or Superheroes"),
        ),
        ({"field": "topic", "not": ["war"]}, Constraint("topic", none_of=("war",))),
        ({"field": "age", "from": 13}, Constraint("audience", at_least=13)),
        ({"field": "age", "from": 5, "to": 9}, Constraint("audience", at_most=9)),
        ({"field": "renown", "in": ["little known"]}, Constraint("popularity", at_most=50)),
        ({"field": "renown", "in": ["less known", "well known"]}, Constraint("popularity", at_most=50)),
        ({"field": "renown", "in": "well-known"}, Constraint("popularity", at_least=75)),
        ({"field": "year", "from": 1990, "to": "1999"}, Constraint("year", at_least=1990, at_most=1999)),
        ({"field": "runtime", "to": 100}, Constraint("runtime", at_most=100)),
        ({"field": "age", "to": 8}, Constraint("audience", at_most=8)),
        ({"field": "content.fear", "to": 0}, Constraint("content.fear", at_most=0)),
        ({"field": "swearing", "to": 1}, Constraint("content.language", at_most=1)),
    ],
)
def test_condition_is_read_into_the_catalogs_terms(vocabulary: Vocabulary, entry: dict[str, Any], expected: Constraint) -> None:
    assert constraint(vocabulary, **entry) == expected


@pytest.mark.parametrize(
    "entry",
    [
        {"field": "genre", "in": ["Telenovela"]},
        {"field": "genre"},
        {"field": "topic", "in": ["war"]},
        {"field": "year", "from": 2000, "to": 1990},
        {"field": "year", "from": 12, "to": None},
        {"field": "runtime", "to": True},
        {"field": "violence", "to": 3},
        {"field": "violence", "from": 2},
        {"field": "price", "to": 3},
        {"field": "renown", "in": ["cult"]},
        {"field": "renown", "to": 50},
        {"field": None},
        {},
    ],
)
def test_unusable_condition_is_left_out_and_counted(vocabulary: Vocabulary, entry: dict[str, Any]) -> None:
    dropped: Counter[str] = Counter()
    assert read_condition(entry, vocabulary, dropped) is None
    assert dropped["unusable_condition"] == 1


def test_part_of_the_world_stands_for_its_countries_all_of_them(vocabulary: Vocabulary) -> None:
    read = read_condition({"field": "country", "in": ["Europe"], "quote": "lieber aus Europa"}, vocabulary, Counter())
    assert read is not None
    assert set(read.constraint.any_of) == {"United Kingdom", "France", "Germany", "Austria", "Spain"}
    assert in_words(read.constraint) == "lieber aus Europa"


def test_unknown_values_are_left_out_and_counted(vocabulary: Vocabulary) -> None:
    dropped: Counter[str] = Counter()
    read = read_condition({"field": "language", "in": ["French", "Klingon", 3]}, vocabulary, dropped)
    assert read is not None
    assert read.constraint.any_of == ("French",)
    assert dropped == Counter(unknown_value=1)


def test_sentence_is_the_models_or_else_the_codes(vocabulary: Vocabulary) -> None:
    entry = {"field": "genre", "not": ["Horror"], "quote": "kein Horror"}
    read = read_condition({**entry, "text": "Kein Horror."}, vocabulary, Counter())
    assert read is not None
    assert (read.text, read.constraint.words) == ("Kein Horror.", "kein Horror")
    for told, kept in (("kein Horror", "Kein Horror."), ("une comédie", "Une comédie."), ("不要恐怖片", "不要恐怖片")):
        read = read_condition({**entry, "text": told}, vocabulary, Counter())
        assert read is not None
        assert read.text == kept
    for text in (None, "", "x" * 400):
        own = read_condition({**entry, "text": text}, vocabulary, Counter())
        assert own is not None
        assert own.text == "For now: no horror."


YEAR = "year"
NINETIES = Constraint(YEAR, at_least=1990, at_most=1999)


def joined(
    new: Constraint, *, now: tuple[Constraint, ...] = (), before: tuple[Constraint, ...] = (), doubtful: bool = False
) -> tuple[Any, ...]:
    result = join([Condition(new, "text")], now, before, Counter(), doubtful=doubtful)
    return tuple(condition.constraint for condition in result.taken), set(result.replaced)


def test_new_condition_is_taken() -> None:
    assert joined(NINETIES) == ((NINETIES,), set())


def test_what_code_found_may_be_narrowed() -> None:
    late = Constraint(YEAR, at_least=1996)
    assert joined(late, now=(NINETIES,)) == ((late,), set())


@pytest.mark.parametrize("new", [Constraint(YEAR, at_least=1950), Constraint(YEAR, at_least=2010), NINETIES])
def test_what_code_found_is_neither_widened_nor_contradicted_nor_repeated(new: Constraint) -> None:
    assert joined(new, now=(NINETIES,)) == ((), set())


def test_earlier_condition_gives_way_to_a_new_one_of_its_field() -> None:
    seventies = Constraint(YEAR, at_least=1970, at_most=1979)
    assert joined(seventies, before=(NINETIES, Constraint("runtime", at_most=100))) == ((seventies,), {NINETIES})


def test_earlier_genre_gives_way_but_what_was_kept_out_stays_out() -> None:
    drama, no_horror = Constraint("genre", any_of=("Drama",)), Constraint("genre", none_of=("Horror",))
    comedy = Constraint("genre", any_of=("Comedy", "Horror"))
    taken, replaced = joined(comedy, before=(drama, no_horror))
    assert taken == (Constraint("genre", any_of=("Comedy",)),)
    assert replaced == {drama}


def test_genre_that_code_heard_is_not_kept_out_by_the_model() -> None:
    horror = Constraint("genre", any_of=("Horror",))
    assert joined(Constraint("genre", none_of=("Horror", "War")), now=(horror,)) == (
        (Constraint("genre", none_of=("War",)),),
        set(),
    )


def test_topic_kept_out_already_is_not_said_again(vocabulary: Vocabulary) -> None:
    read = read_condition({"field": "topic", "not": ["Disney", "Pixar"]}, vocabulary, Counter())
    assert read is not None
    assert read.text == "For now: no Disney or Pixar."
    (taken,) = join([read], [Constraint("topic", none_of=("disney",), words="no Disney")], (), Counter()).taken
    assert (taken.constraint, taken.text) == (Constraint("topic", none_of=("pixar",)), "For now: no pixar.")


def test_genre_that_code_heard_is_not_replaced() -> None:
    assert joined(Constraint("genre", any_of=("Drama",)), now=(Constraint("genre", any_of=("Comedy",)),)) == ((), set())


@pytest.mark.parametrize("place", ["now", "before"])
@pytest.mark.parametrize("field", ["content.fear", "audience"])
def test_limit_is_lowered_but_never_raised(field: str, place: str) -> None:
    standing = {place: (Constraint(field, at_most=1),)}
    assert joined(Constraint(field, at_most=2), **standing) == ((), set())  # type: ignore[arg-type]
    lower = Constraint(field, at_most=0)
    assert joined(lower, **standing) == ((lower,), {Constraint(field, at_most=1)})  # type: ignore[arg-type]


@pytest.mark.parametrize("place", ["now", "before"])
def test_film_for_adults_is_not_asked_for_where_a_child_watches(place: str) -> None:
    standing = {place: (Constraint("audience", at_most=9),)}
    assert joined(Constraint("audience", at_least=13), **standing) == ((), set())  # type: ignore[arg-type]
    assert joined(Constraint("audience", at_least=13)) == ((Constraint("audience", at_least=13),), set())


def test_renown_is_no_condition_where_the_catalog_knows_none(films: Catalog) -> None:
    unknown = Vocabulary(Catalog([replace(item, popularity=None) for item in films]))
    assert constraint(unknown, field="renown", **{"in": ["little known"]}) is None


def test_narrower_range_takes_the_place_of_the_one_code_found() -> None:
    short, hour = Constraint("runtime", at_most=59), Constraint("runtime", at_most=60)
    assert joined(short, now=(hour,)) == ((short,), {hour})


def test_person_that_code_heard_in_a_role_is_not_asked_for_twice() -> None:
    actor = Constraint("person", any_of=("A",), role="cast")
    assert joined(Constraint("person", any_of=("A",)), now=(actor,)) == ((), set())


def test_opposite_of_what_code_found_wins_only_where_code_is_doubtful() -> None:
    unwanted, wanted = Constraint("language", none_of=("Spanish",)), Constraint("language", any_of=("Spanish",))
    assert joined(wanted, now=(unwanted,)) == ((), set())
    assert joined(wanted, now=(unwanted,), doubtful=True) == ((wanted,), {unwanted})
    limit = Constraint("audience", at_most=9)
    assert joined(Constraint("audience", at_most=16), now=(limit,), doubtful=True) == ((), set())


def test_people_of_different_roles_do_not_meet() -> None:
    director = Constraint("person", any_of=("A",), role="director")
    assert joined(Constraint("person", any_of=("B",)), now=(director,))[0] == (Constraint("person", any_of=("B",)),)


def test_constraint_of_both_kinds_is_said_in_both(vocabulary: Vocabulary) -> None:
    words = in_words(Constraint("genre", any_of=("Drama",), none_of=("Horror",)))
    assert "drama" in words.lower()
    assert "no horror" in words.lower()
    assert in_words(NINETIES) == "from the 1990s"
