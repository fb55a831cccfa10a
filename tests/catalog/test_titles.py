"""The linker finds the titles people mean, however they write them, and leaves ordinary words alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import LONGEST_TEXT, TitleLinker
from chatrec.records import Item
from tests.catalog.shelf import shelf

LINKER = TitleLinker(shelf())


def named(text: str) -> list[str]:
    return [span.item_id for span in LINKER.link(text)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("I loved Spirited Away and Pan's Labyrinth, something magical", ["Spirited Away-2001", "Pan's Labyrinth-2006"]),
        ("i loved spirited away and pan's labyrinth", ["Spirited Away-2001", "Pan's Labyrinth-2006"]),
        ("Pan’s Labyrinth", ["Pan's Labyrinth-2006"]),
        ("wall-e", ["WALL·E-2008"]),
        ("walle is great", ["WALL·E-2008"]),
        ("WALL-E", ["WALL·E-2008"]),
        ("amelie", ["Amélie-2001"]),
        ("the god father", ["The Godfather-1972"]),
        ("Godfather", ["The Godfather-1972"]),
        ("Matrix, The", ["The Matrix-1999"]),
        ("Loved Matrix, The and heat", ["The Matrix-1999", "Heat-1995"]),
        ("is the matrix good", ["The Matrix-1999"]),
        ("marley and me", ["Marley & Me-2008"]),
        ("the good the bad and the ugly", ["The Good, the Bad and the Ugly-1966"]),
        ("good, the bad & the ugly", ["The Good, the Bad and the Ugly-1966"]),
        ("e.t.", ["E.T. the Extra-Terrestrial-1982"]),
        ("I saw ET", ["E.T. the Extra-Terrestrial-1982"]),
        ("Birdman", ["Birdman or (The Unexpected Virtue of Ignorance)-2014"]),
        ("12 angry men", ["12 Angry Men-1957"]),
        ("twelve angry men", ["12 Angry Men-1957"]),
    ],
)
def test_titles_are_found_however_they_are_written(text: str, ids: list[str]) -> None:
    assert named(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Spirted Away", ["Spirited Away-2001"]),
        ("Jurasic Park", ["Jurassic Park-1993"]),
        ("jurassicpark", ["Jurassic Park-1993"]),
        ("Shawshenk Redemtion", ["The Shawshank Redemption-1994"]),
        ("forest gump", ["Forrest Gump-1994"]),
        ("silence of the lamb", ["The Silence of the Lambs-1991"]),
        ("watched the dark night", ["The Dark Knight-2008"]),
        ("Inceptoin", ["Inception-2010"]),
        ("I loved inceptoin", ["Inception-2010"]),
    ],
)
def test_typos_are_forgiven(text: str, ids: list[str]) -> None:
    assert named(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("The Thing", ["The Thing-1982"]),
        ("The Thing (1982)", ["The Thing-1982"]),
        ("The Thing (2011)", ["The Thing-2011"]),
        ("The Thing (2010)", ["The Thing-2011"]),
        ('"The Thing" (2011)', ["The Thing-2011"]),
        ("the 2017 It", ["It-2017"]),
        ("It (1990)", ["It-1990"]),
        ("Dune from 2021", ["Dune-2021"]),
        ("Dune 1984", ["Dune-1984"]),
        ("something like dune", ["Dune-2021"]),
        ("the original Dune", ["Dune-1984"]),
        ("the new dune", ["Dune-2021"]),
        ("If.... (1968)", ["If....-1968"]),
        ("Good Morning (1959)", ["Good Morning-1959"]),
        ("the 1960 ocean's eleven", ["Ocean's Eleven-1960"]),
        ("ocean's 11", ["Ocean's Eleven-2001"]),
    ],
)
def test_a_year_picks_the_version_and_popularity_decides_without_one(text: str, ids: list[str]) -> None:
    assert named(text) == ids


def test_a_year_is_part_of_the_span_and_other_versions_are_alternatives() -> None:
    text = "I liked Dune (1984) more than Dune"
    old, new = LINKER.link(text)
    assert (old.surface, text[old.start : old.end], old.alternatives) == ("Dune (1984)", "Dune (1984)", ())
    assert (new.item_id, new.alternatives) == ("Dune-2021", ("Dune-1984",))
    assert 0 < new.score < old.score == 1.0


def test_a_year_in_brackets_that_no_version_has_means_a_film_we_do_not_hold() -> None:
    assert named("I loved The Thing (2005)") == []
    assert LINKER.unlinked_titles("I loved The Thing (2005)") == ("The Thing (2005)",)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Fury Road was great", ["Mad Max: Fury Road-2015"]),
        ("into the spider-verse", ["Spider-Man: Into the Spider-Verse-2018"]),
        ("Mad Max", ["Mad Max-1979"]),
        ("lord of the rings", ["The Lord of the Rings: The Fellowship of the Ring-2001"]),
        ("harry potter", ["Harry Potter and the Goblet of Fire-2005"]),
        ("eternal sunshine", ["Eternal Sunshine of the Spotless Mind-2004"]),
        ("leon the professional", ["Léon: The Professional-1994"]),
        ("Toy Story two", ["Toy Story 2-1999"]),
        ("Toy Story 1", ["Toy Story-1995"]),
        ("the first Toy Story", ["Toy Story-1995"]),
        ("the second Toy Story", ["Toy Story 2-1999"]),
        ("the second Alien", ["Aliens-1986"]),
        ("Godfather part 2", ["The Godfather Part II-1974"]),
        ("godfather 2", ["The Godfather Part II-1974"]),
        ("the second godfather", ["The Godfather Part II-1974"]),
        ("kill bill 2", ["Kill Bill: Vol. 2-2004"]),
        ("kill bill vol. 1", ["Kill Bill: Vol. 1-2003"]),
        ("Se7en", ["Se7en-1995"]),
        ("i loved seven", ["Se7en-1995"]),
        ("I loved Aliens", ["Aliens-1986"]),
        ("Alien vs Aliens", ["Alien-1979", "Aliens-1986"]),
    ],
)
def test_parts_series_and_numerals(text: str, ids: list[str]) -> None:
    assert named(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("千と千尋の神隠しが好き", ["Spirited Away-2001"]),
        ("기생충 같은 영화", ["Parasite-2019"]),
        ("me encantó El laberinto del fauno", ["Pan's Labyrinth-2006"]),
        ("J'ai adoré Le Fabuleux Destin d'Amélie Poulain", ["Amélie-2001"]),
    ],
)
def test_original_titles(text: str, ids: list[str]) -> None:
    assert named(text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "give me something up to date",
        "I want to drive",
        "cheer us up",
        "tell her",
        "is it good",
        "Is it good?",
        "It was great",
        "IT was great",
        "I work in IT",
        "i saw her yesterday",
        "nothing like her",
        "once upon a time",
        "Once, I saw a film",
        "can you speed it up",
        "I need to contact my network about cars and the moon",
        "the moon landing",
        "I love the moon",
        "GIVE ME SOMETHING BIG",
        "I feel like home",
        "it's about time",
        "based on a true story",
        "I'm in the mood for love stories",
        "I was home alone tonight, give me something fun",
        "i want to get out more",
        "films about aliens",
        "i love music",
        "i like superhero movies",
        "a movie about a lighthouse",
        "a brave woman against the heat",
        "give me seven films",
        "I've seen 300 movies",
        "films from 1917",
        "why the first one?",
        "more like the second",
        "the first one",
        "no, not that one",
        "Nothing too violent, thanks",
        "Get me something",
        "my mother likes to sing",
        "the arrival of a train",
        "M is for murder",
        "turn the heat up 2 degrees",
        "the second frozen pizza",
        "Good morning!",
        "Good Morning",
        "It was released on November 22, 2019",
        "I watched Once upon a time in Hollywood",
        "It's one with Iron Man?",
        "lol that was dumb lol",
        "I should get busy LOL",
        "",
        "   ",
        "😀😀😀",
    ],
)
def test_ordinary_words_are_not_titles(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('"Up"', ["Up-2009"]),
        ("'Up' and 'It'", ["Up-2009", "It-2017"]),
        ("«Her»", ["Her-2013"]),
        ("*Her*", ["Her-2013"]),
        ("I watched Her yesterday", ["Her-2013"]),
        ("the movie Her", ["Her-2013"]),
        ("the film It", ["It-2017"]),
        ("have you seen It?", ["It-2017"]),
        ("loved Up and Coco", ["Up-2009", "Coco-2017"]),
        ("i loved coco and up", ["Coco-2017", "Up-2009"]),
        ("i loved drive", ["Drive-2011"]),
        ("have you seen heat?", ["Heat-1995"]),
        ("something like arrival", ["Arrival-2016"]),
        ("who directed arrival?", ["Arrival-2016"]),
        ("drive or heat?", ["Drive-2011", "Heat-1995"]),
        ("heat, speed and drive", ["Heat-1995", "Speed-1994", "Drive-2011"]),
        ("I LOVED HEAT AND DRIVE", ["Heat-1995", "Drive-2011"]),
        ("Movies like Drive, Heat, and Speed", ["Drive-2011", "Heat-1995", "Speed-1994"]),
        ("I hated Frozen but loved Brave", ["Frozen-2013", "Brave-2012"]),
        ("Arrival is my favourite film", ["Arrival-2016"]),
        ("a film like Gravity but with less gravity", ["Gravity-2013"]),
        ("I like Alien (1979), The Matrix (1999) and M", ["Alien-1979", "The Matrix-1999", "M-1931"]),
        ("have you seen get out?", ["Get Out-2017"]),
        ("In the Mood for Love", ["In the Mood for Love-2000"]),
        ("loved 1917", ["1917-2019"]),
        ("300 (2006)", ["300-2006"]),
        ("i've seen Toy Story 3 times", ["Toy Story-1995"]),
        ("parasite", ["Parasite-2019"]),
        ("Cold War", ["Cold War-2018"]),
        ("I loved Good Morning", ["Good Morning-1959"]),
        ("show me something scary but not The Ring", ["The Ring-2002"]),
    ],
)
def test_titles_of_ordinary_words_count_when_they_are_meant(text: str, ids: list[str]) -> None:
    assert named(text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "films with Ray Liotta",
        "films with ray liotta and tilda swinton",
        "Jason Bateman is funny",
        "Julia Roberts is great",
        "Justine Bateman plays him",
        "with Julia Roberts",
        "Bob and Ray went home",
    ],
)
def test_people_are_not_titles(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "unlinked"),
    [
        ("Toy Story 3 was sad", ("Toy Story 3",)),
        ("The Matrix Reloaded", ("The Matrix Reloaded",)),
        ("Avengers: Endgame", ("Avengers: Endgame",)),
        ("Toy Story 4 and Coco", ("Toy Story 4",)),
        ("the movie Queen & Slim", ("Queen & Slim",)),
        ("Blade Runner 2049 was good", ("Blade Runner 2049",)),
        ("I loved Primer and Coherence", ("Primer", "Coherence")),
        ('have you seen "The Room"?', ("The Room",)),
        ("something like Snowpiercer (2013)", ("Snowpiercer (2013)",)),
        ("I loved Coco and Ratatouille", ("Ratatouille",)),
    ],
)
def test_titles_that_the_catalog_does_not_hold_are_told_and_not_linked_to_others(text: str, unlinked: tuple[str, ...]) -> None:
    assert LINKER.unlinked_titles(text) == unlinked


@pytest.mark.parametrize(
    "text",
    [
        "I like Tom Hanks and Netflix",
        "I like French films",
        'he said "hello there"',
        "something like Wes Anderson",
        "I loved Spirited Away",
        "I love Christmas",
        "I loved Tilda Swinton in everything",
        "GIVE ME SOMETHING BIG",
        "something funny",
        "give me cars 2 of them",
    ],
)
def test_other_capitals_and_quotes_are_no_unheld_titles(text: str) -> None:
    assert LINKER.unlinked_titles(text) == ()


@pytest.mark.parametrize(
    ("name", "year", "ids"),
    [
        ("Spirited Away (2001)", None, ("Spirited Away-2001",)),
        ("the thing", None, ("The Thing-1982", "The Thing-2011")),
        ("The Thing", 2011, ("The Thing-2011",)),
        ("Thing, The (1982)", None, ("The Thing-1982",)),
        ("it", None, ("It-2017", "It-1990")),
        ("Spirted away", None, ("Spirited Away-2001",)),
        ("The Shawshenk Redemtion", None, ("The Shawshank Redemption-1994",)),
        ("Mad Max Fury Road", None, ("Mad Max: Fury Road-2015",)),
        ("Dune", 1965, ()),
        ("Jaws", None, ()),
        ("", None, ()),
    ],
)
def test_find_names_items_best_first(name: str, year: int | None, ids: tuple[str, ...]) -> None:
    assert LINKER.find(name, year) == ids


def test_words_of_the_catalogs_own_descriptions_are_ordinary() -> None:
    plain = TitleLinker(Catalog([Item("zyzzy", "Zyzzy")]))
    assert [s.item_id for s in plain.link("they found a zyzzy there, a zyzzy of sorts and zyzzy dust")] == ["zyzzy"]
    used = TitleLinker(Catalog([Item("zyzzy", "Zyzzy"), Item("other", "Other", description="A zyzzy is a beetle.")]))
    assert used.link("they found a zyzzy there, a zyzzy of sorts and zyzzy dust") == ()
    assert [span.item_id for span in used.link("I loved zyzzy")] == ["zyzzy"]


def test_only_the_first_part_of_an_endless_message_is_read() -> None:
    assert [s.item_id for s in LINKER.link("x " * (LONGEST_TEXT // 2 - 20) + "Spirited Away")] == ["Spirited Away-2001"]
    assert LINKER.link("x " * (LONGEST_TEXT // 2) + "Spirited Away") == ()


_PIECES = st.sampled_from(
    [
        "Up",
        "it",
        "the",
        "Dune",
        "(1984)",
        "Spirited",
        "Away",
        ",",
        ".",
        '"',
        "'",
        "loved",
        "and",
        "\ud800",
        "千と千尋の神隠し",
        "2",
        "é",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=12).map(" ".join)))
def test_any_text_gives_ordered_spans_that_quote_it(text: str) -> None:
    spans = LINKER.link(text)
    assert all(span.surface == text[span.start : span.end] != "" for span in spans)
    assert all(0 < span.score <= 1 for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert len(LINKER.unlinked_titles(text)) <= 10
    LINKER.find(text)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("what is Coraline about?", ["Coraline-2009"]),
        ("Her, Up and Arrival are my favorites", ["Her-2013", "Up-2009", "Arrival-2016"]),
        ("Heat bored me", ["Heat-1995"]),
        ("Parasite is not my cup of tea", ["Parasite-2019"]),
        ("Up is my favourite", ["Up-2009"]),
        ("Drive, Heat and Alien", ["Drive-2011", "Heat-1995", "Alien-1979"]),
        ("have you got Alien?", ["Alien-1979"]),
        ("who directed heat?", ["Heat-1995"]),
        ("Why Up?", ["Up-2009"]),
        ("More like Her", ["Her-2013"]),
        ("Alien meets Frozen", ["Alien-1979", "Frozen-2013"]),
        ("is frozen good for kids?", ["Frozen-2013"]),
        ("Heat but shorter", ["Heat-1995"]),
    ],
)
def test_a_question_or_a_verdict_shows_that_a_plain_word_is_a_title(text: str, ids: list[str]) -> None:
    assert named(text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "it is good", "It is good", "It bored me", "up for anything", "Up for anything", "heat me up", "us two", "Us two",
        "once more", "her favourite", "Her favourite", "drive time", "brave choice", "Brave choice", "cars are boring",
        "tell me more about it", "what about it", "What is it about?", "WHAT IS IT ABOUT?", "why it?", "Is it on Netflix?",
        "it was my favourite", "have you got it?", "Us and our kids",
    ],
)  # fmt: skip
def test_plain_words_in_short_remarks_stay_words(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("question", ["What is {} about?", "Why {}?", "Who directed {}?", "More like {}", "Would I like {}?"])
def test_a_short_question_names_any_title(question: str) -> None:
    for item in shelf():
        found = LINKER.link(question.format(item.title))
        assert (item.title, len(found)) == (item.title, 1)
        assert item.id in (found[0].item_id, *found[0].alternatives)


def test_the_half_of_a_crossing_that_is_not_held_is_said() -> None:
    assert LINKER.unlinked_titles("Alien meets The Bureau") == ("The Bureau",)
