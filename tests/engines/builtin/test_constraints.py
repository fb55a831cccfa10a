"""Conditions on genre, place, people, topics, content and fame; and how newer ones meet older ones."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.constraints import merged, outlived
from chatrec.records import Constraint
from chatrec.retrieval.filters import Filters
from tests.engines.builtin.talking import asked, sentences, shapes, talk


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("a comedy", {"genre=Comedy"}),
        ("some good sci-fi", {"genre=Science Fiction"}),
        ("scifi", {"genre=Science Fiction"}),
        ("a romantic comedy", {"genre=Romance", "genre=Comedy"}),
        ("romcom", {"genre=Romance", "genre=Comedy"}),
        ("comedy or drama", {"genre=Comedy|Drama"}),
        ("comedies and thrillers", {"genre=Comedy|Thriller"}),
        ("a mix of comedy and horror", {"genre=Comedy", "genre=Horror"}),
        ("animated adventure", {"genre=Animation", "genre=Adventure"}),
        ("a dark comedy", {"genre=Comedy"}),
        ("a documentary about music, not a concert film", {"genre=Documentary", "topic!concert"}),
        ("eine romantische Komödie", {"genre=Romance", "genre=Comedy"}),
        ("una película de terror", {"genre=Horror"}),
        ("un film d'horreur", {"genre=Horror"}),
        ("un film di fantascienza", {"genre=Science Fiction"}),
        ("um filme de ficção científica", {"genre=Science Fiction"}),
        ("Korean", {"country=South Korea"}),
        ("Korean or Japanese thrillers", {"country=South Korea|Japan", "genre=Thriller"}),
        ("French comedy", {"country=France", "genre=Comedy"}),
        ("no French films", {"country!France"}),
        ("in French", {"language=French"}),
        ("a Korean-language film", {"language=Korean"}),
        ("Spanish speaking", {"language=Spanish"}),
        ("en español", {"language=Spanish"}),
        ("English", {"language=English"}),
        ("something in Hindi", {"language=Hindi"}),
        ("not in English", {"language!English"}),
        ("foreign films", {"language!English"}),
        ("subtitled", {"language!English"}),
        ("no foreign films", {"language=English"}),
        ("no subtitles please", {"language=English"}),
        ("from Iran", {"country=Iran"}),
        ("from South Korea", {"country=South Korea"}),
        ("British", {"country=United Kingdom"}),
        ("not American", {"country!United States"}),
        ("not from the US", {"country!United States"}),
        ("made in Japan", {"country=Japan"}),
        ("with Tilda Swinton", {"person(cast)=Tilda Swinton"}),
        ("with tilda swindon", {"person(cast)=Tilda Swinton"}),
        ("starring Michelle Yeoh", {"person(cast)=Michelle Yeoh"}),
        ("by Miyazaki", {"person(director)=Hayao Miyazaki"}),
        ("directed by bong joon-ho", {"person(director)=Bong Joon-ho"}),
        ("directed by Kubrick", {"person(director)=Kubrick"}),
        ("with Tilda Swinton and John Hurt", {"person(cast)=Tilda Swinton", "person(cast)=John Hurt"}),
        ("with Tilda Swinton or John Hurt", {"person(cast)=Tilda Swinton|John Hurt"}),
        ("no Tom Cruise", {"person!Tom Cruise"}),
        ("nothing with Al Pacino", {"person!Al Pacino"}),
        ("the Coen brothers", {"person(director)=Joel Coen|Ethan Coen"}),
        ("no superheroes", {"topic!superhero|superheroes|marvel|based on a comic"}),
        ("not another superhero film", {"topic!superhero|superheroes|marvel|based on a comic"}),
        ("without zombies", {"topic!zombies|zombie"}),
        ("no clowns please", {"topic!clown|clowns"}),
        ("no giraffes", {"topic!giraffes|giraffe"}),
        ("no sequels", {"topic!sequel"}),
        ("anime", {"topic=anime"}),
        ("a black and white film", {"topic=black and white"}),
        ("about space", set()),
        ("nothing scary", {"content.fear<=1"}),
        ("not too violent", {"content.violence<=1"}),
        ("no violence", {"content.violence<=0"}),
        ("not too much violence", {"content.violence<=1"}),
        ("no gore", {"content.violence<=1"}),
        ("no sex", {"content.sex<=0"}),
        ("no sex scenes or swearing", {"content.sex<=0", "content.language<=0"}),
        ("acclaimed", {"acclaim>=80"}),
        ("hidden gems", {"popularity<=50"}),
        ("something popular", {"popularity>=75"}),
        ("a female director", {"topic=directed by a woman"}),
        ("I've seen all the famous sci-fi", {"popularity<=60"}),
        ("I have seen all the big ones", {"popularity<=60"}),
        ("a thriller, I've watched most of the well-known ones", {"genre=Thriller", "popularity<=60"}),
        ("I've seen all the famous sci-fi, give me a western", {"popularity<=60", "genre=Western"}),
        ("a thriller nobody talks about", {"genre=Thriller", "popularity<=50"}),
        ("something that nobody has heard of", {"popularity<=50"}),
        ("a film that nobody else has heard of", {"popularity<=50"}),
        ("something not American", {"country!United States"}),
        ("nothing from Europe", {"country!France|Germany|Spain|United Kingdom|Austria"}),
        ("maybe something from Europe", {"country=France|Germany|Spain|United Kingdom|Austria"}),
        ("perhaps something Asian", {"country=Japan|South Korea"}),
    ],
)
def test_conditions(message: str, expected: set[str]) -> None:
    assert shapes(asked(message)) == expected


@pytest.mark.parametrize(
    ("message", "starts"),
    [("Scandinavian", "country="), ("European", "country="), ("Latin American", "country="), ("Bollywood", "country=India")],
)
def test_parts_of_the_world_stand_for_countries(message: str, starts: str) -> None:
    (shape,) = shapes(asked(message))
    assert shape.startswith(starts)


def test_every_condition_can_be_applied_by_the_filters(films: Catalog) -> None:
    request = asked(
        "a funny Korean or French thriller by Miyazaki from the 90s, under two hours, nothing scary, no zombies, no musicals, "
        "for my 9 year old, hidden gems, no Tom Cruise, not from the US, nothing too sad"
    )
    assert len(request.constraints) > 10
    assert Filters(films).allowed(request.constraints).shape == (len(films),)


def test_a_refused_decade_bars_its_films() -> None:
    request = asked("a thriller, not from the 90s")
    assert {"heat-1995", "seven-1995"} <= set(request.excluded)
    assert "parasite-2019" not in request.excluded


def test_words_carry_the_persons_wording() -> None:
    words = {c.words for c in asked("A comedy under two hours, no Zombies").constraints}
    assert words == {"comedy", "under two hours", "no Zombies"}


def test_bounds_of_one_message_are_joined() -> None:
    after, before = Constraint("year", at_least=1990, words="since 1990"), Constraint("year", at_most=1999, words="until 1999")
    assert [(c.at_least, c.at_most) for c in merged([after, before])] == [(1990, 1999)]


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        (Constraint("year", at_least=1990, at_most=1999), Constraint("year", at_least=2015), None),
        (Constraint("year", at_most=2020), Constraint("year", at_least=2015), (None, 2020)),
        (Constraint("runtime", at_most=120), Constraint("runtime", at_most=90), None),
        (Constraint("runtime", at_most=120), Constraint("year", at_least=2015), (None, 120)),
    ],
)
def test_a_newer_bound_takes_the_place_of_the_older(
    old: Constraint, new: Constraint, left: tuple[float | None, float | None] | None
) -> None:
    kept = outlived(old, [new])
    assert (None if kept is None else (kept.at_least, kept.at_most)) == left


def test_what_is_wanted_is_no_longer_refused_and_the_reverse() -> None:
    assert outlived(Constraint("genre", none_of=("Horror",)), [Constraint("genre", any_of=("Horror",))]) is None
    left = outlived(Constraint("genre", any_of=("Horror", "Comedy")), [Constraint("genre", none_of=("Horror",))])
    assert left is not None
    assert left.any_of == ("Comedy",)


def test_a_newer_country_takes_the_place_of_an_older_language() -> None:
    assert outlived(Constraint("language", any_of=("Korean",)), [Constraint("country", any_of=("Japan",))]) is None


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("a comedy from the 90s", "make it a thriller"), {"year>=1990<=1999", "genre=Thriller"}),
        (("a comedy", "and animated"), {"genre=Comedy", "genre=Animation"}),
        (("no horror", "actually, a horror film"), {"genre=Horror"}),
        (("films in Korean", "any language is fine"), set()),
        (("Korean films", "any country is fine"), set()),
        (("under 90 minutes", "length doesn't matter"), set()),
        (("Korean films", "not from the US"), {"country=South Korea", "country!United States"}),
        (("comedies", "from the 80s", "from the 90s"), {"genre=Comedy", "year>=1990<=1999"}),
        (("for my 6 year old", "the kids are asleep now, something scary"), set()),
        (("for my 6 year old", "I want a western"), {"audience<=6", "genre=Western"}),
        (("a Korean thriller, nothing too violent", "I'm looking for a French comedy"),
         {"content.violence<=1", "country=France", "genre=Comedy"}),
        (("a Korean thriller, nothing too violent", "forget that, I want a western"), {"genre=Western"}),
    ],
)  # fmt: skip
def test_conditions_over_several_turns(turns: tuple[str, ...], expected: set[str]) -> None:
    assert shapes(asked(*turns)) == expected


def test_a_part_of_the_world_is_called_by_its_name() -> None:
    assert sentences(talk("maybe something from Europe")[-1]) == ["For now: films from Europe."]
    assert sentences(talk("nothing from Asia or Africa, and nothing from Europe")[-1])[-1] == "For now: films not from Europe."


def test_a_genre_of_which_the_known_is_seen_is_hoped_for() -> None:
    assert "science fiction" in asked("I've seen all the famous sci-fi").search_text
    assert "science" not in asked("I've seen all the famous sci-fi, give me a western").search_text
