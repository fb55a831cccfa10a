"""Whole messages: search text, language, the line of understanding, and anything at all that can be typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.read import Reader
from chatrec.records import Item, Profile, Sentence, Situation
from tests.engines.builtin.talking import asked, reader, shapes, talk


@pytest.mark.parametrize(
    ("message", "present", "absent"),
    [
        (
            "I'm looking for something magical with a talking cat",
            {"magical", "talking", "cats"},
            {"looking", "something", "with"},
        ),
        ("something like Alien but funny", {"funny"}, {"alien", "like"}),
        ("a slow film about loneliness and the sea, no violence", {"loneliness", "sea", "slow"}, {"violence", "film"}),
        ("I loved Her because of the soft melancholy", {"melancholy", "soft"}, {"her", "loved"}),
        ("mind-bending sci-fi", {"mind-bending", "science", "fiction"}, set()),
        ("una comedia divertida", {"comedy", "funny"}, {"una"}),
        ("ein lustiger Film", {"funny"}, {"ein", "film"}),
        ("90s thriller under two hours", {"thriller"}, {"90s", "two", "hours", "under"}),
        ("make me laugh 😂", {"funny"}, {"😂"}),
    ],
)
def test_search_text_holds_what_tells_and_nothing_else(message: str, present: set[str], absent: set[str]) -> None:
    words = set(asked(message).search_text.lower().split())
    assert present <= words
    assert not absent & words


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("something funny with a dog", "en"),
        ("busco una película de miedo", "es"),
        ("je cherche un film drôle", "fr"),
        ("ich suche einen lustigen Film", "de"),
        ("vorrei qualcosa di divertente", "it"),
        ("quero um filme engraçado", "pt"),
        ("面白い映画を教えて", "ja"),
        ("무서운 영화 추천해줘", "ko"),
        ("推荐一部喜剧", "zh"),
        ("посоветуй комедию", "ru"),
        ("Amélie", "en"),
        ("", "en"),
    ],
)
def test_language_of_the_message(message: str, language: str) -> None:
    assert asked(message).language == language


@pytest.mark.parametrize(
    ("messages", "line"),
    [
        (("I loved Spirited Away and Pan's Labyrinth, something magical but for adults",
          "from 2015 on, and nothing too violent"),
         "Magical, for adults, in the spirit of Spirited Away and Pan's Labyrinth · from 2015 on · nothing too violent"),
        (("a dark comedy under 100 minutes",), "Dark comedy · comedy · nothing longer than 100 minutes"),
        (("no horror",), "No horror"),
        (("hello",), ""),
        (("who directed Alien?",), "A question about Alien"),
        (("Alien or Aliens?",), "Comparing Alien and Aliens"),
    ],
)  # fmt: skip
def test_the_line_of_understanding(messages: tuple[str, ...], line: str) -> None:
    assert asked(*messages).understood == line


def test_titles_the_catalog_lacks_are_named() -> None:
    assert asked('I loved "Barbie Goes West" and Alien').unlinked == ("Barbie Goes West",)


def test_one_rare_word_of_a_title_names_it_after_a_feeling() -> None:
    request = asked("my son loves totoro")
    assert request.anchors == ("my-neighbor-totoro-1988",)
    assert asked("a trip to totoro land").mentions == ()


def test_only_seen_items_and_nothing_else_become_anchors() -> None:
    assert asked("I've seen Parasite and Oldboy, what next?").anchors == ("parasite-2019", "oldboy-2003")
    assert asked("I've seen Parasite, a western please").anchors == ()


def test_the_mood_sentence_switched_off_takes_its_words_out_of_the_search() -> None:
    first = talk("something magical and tense")[-1]
    assert {"magical", "tense"} <= set(first.request.search_text.split())
    off = Profile(
        tuple(Sentence(s.id, s.text, s.kind, s.source, s.scope, False, s.preferences) for s in first.profile.sentences)
    )
    later = talk("something magical and tense", "newer")[-1]
    assert "magical" in later.request.search_text
    assert "magical" not in talk("newer", profile=off)[-1].request.search_text


@pytest.mark.parametrize(
    "message",
    [
        "a" * 10_000, "no " * 3_000, "I loved Alien. " * 700, "<" * 10_000, "(((" * 3_000, "1 " * 5_000,
        "ok cool " * 1_200 + "x", "not too " * 1_200,
        "between 1990 and " * 600, "the first one " * 700, "under two hours " * 600, "\x00\x01\ufffe",
        "\ud800 lone", "🦄" * 3_000, "t̷͉͝e̴̛x̸t", "' OR 1=1; DROP TABLE films;--",
        "{{message}} {0} %s ${x}", "<script>alert(1)</script> a comedy", "\n\n\n", "ﷺ" * 500, "‮rtl‬",
        "I" * 50 + "'" * 500,
    ],
)  # fmt: skip
def test_anything_can_be_typed(message: str) -> None:
    for turns in ((message,), ("something magical", message)):
        request = asked(*turns)
        assert len(request.search_text) < 2_000
        assert 1 <= request.count <= 10


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_an_error(message: str) -> None:
    reader().read(Situation(message, 1))


_KNOWN_WORDS = (
    *(
        "no",
        "not",
        "loved",
        "hated",
        "seen",
        "Alien",
        "Heat",
        "comedy",
        "horror",
        "or",
        "and",
        "but",
        ",",
        ".",
        "?",
        "the",
        "second",
    ),
    *(
        "90s",
        "under",
        "two",
        "hours",
        "like",
        "with",
        "Tilda",
        "Swinton",
        "newer",
        "more",
        "less",
        "for",
        "kids",
        "scary",
        "Parasite",
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(
    _KNOWN_WORDS
), max_size=25))  # fmt: skip
def test_no_jumble_of_known_words_is_an_error(words: list[str]) -> None:
    for reading in talk("something magical", " ".join(words)):
        named = {m.item_id for m in reading.request.mentions}
        assert named <= set(reading.request.excluded)
        assert not set(reading.request.anchors) & set(reading.request.avoided)


def test_markup_is_not_read() -> None:
    assert shapes(asked("<b>comedy</b> <img alt='horror'>")) == {"genre=Comedy"}


def test_a_catalog_of_other_things_is_read_with_its_own_words() -> None:
    books = Catalog(
        [
            Item(
                "b1",
                "The Quiet Harbour",
                2011,
                genres=("Cosy Crime",),
                people={"author": ("Ann Quill",)},
                keywords=("gardening",),
            ),
            Item("b2", "Iron Sky", 1999, genres=("Sci-Fi",), people={"author": ("Bo Lind",)}),
        ],
        name="books",
        noun="book",
        plural="books",
    )
    reading = Reader(books, TitleLinker(books)).read(
        Situation("cosy crime by Ann Quill, no sci-fi, from the 2010s, no westerns", 1)
    )
    assert shapes(reading.request) == {
        "genre=Cosy Crime", "person=Ann Quill", "genre!Sci-Fi", "year>=2010<=2019", "topic!western",
    }  # fmt: skip
    assert "For now: books from the 2010s." in reading.profile.text


def test_a_catalog_without_languages_takes_korean_as_a_country() -> None:
    catalog = Catalog([Item("x1", "Something", 2001, genres=("Drama",), countries=("Korea, South", "USA"))])
    own = Reader(catalog, TitleLinker(catalog))
    assert shapes(own.read(Situation("Korean", 1)).request) == {"country=Korea, South"}
    assert shapes(own.read(Situation("not American", 1)).request) == {"country!USA"}


def test_an_empty_looking_catalog_still_reads() -> None:
    catalog = Catalog([Item("x1", "Something")])
    request = (
        Reader(catalog, TitleLinker(catalog))
        .read(Situation("a funny Korean comedy from the 90s by Ann Quill, no horror", 1))
        .request
    )
    assert request.intent == "recommend"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("I feel sad and lonely tonight, cheer me up", "uplifting feel-good hopeful"),
        ("im sad", "uplifting feel-good hopeful"),
        ("movie for a rainy sunday afternoon", "heartwarming cosy tender"),
        ("for my 70 year old mother", ""),
        ("movie night with the boys", ""),
        ("recomend a gud movie", ""),
        ("idk lol", ""),
        ("3 films for a long flight", ""),
        ("the one where the guy relives the same day", "time loop"),
        ("everyone recommends it", ""),
        ("a crime film set in the 70s", "crime 1970s"),
    ],
)
def test_what_is_said_of_the_person_is_no_theme(message: str, text: str) -> None:
    assert asked(message).search_text == text


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("just got off a 12 hour shift", set()),
        ("women fighting for justice in court or at work", set()),
        ("horror, no jump scares", {"genre=Horror", "topic!jump scares"}),
        ("not horror, more thriller", {"genre!Horror", "genre=Thriller"}),
        ("no stupid comedies", {"topic!silly|absurd|slapstick|stupid"}),
        ("a heist film without violence", {"content.violence<=0"}),
        ("how about a western", {"genre=Western"}),
        ("for my kids, 5 and 8", {"audience<=5"}),
        ("2 adults and a teenager", {"audience<=13"}),
        ("kids are finally asleep", set()),
        ("ein Thriller aus Südkorea", {"genre=Thriller", "country=South Korea"}),
        ("new hollywood", {"year>=1967<=1980"}),
        ("oldies", {"year<=1979"}),
        ("something with the Rolling Stones", set()),
        ("like Alien but older", {"year<=1978"}),
        ("comedy or drama, but not both", {"genre=Comedy|Drama"}),
    ],
)
def test_conditions_in_ordinary_peoples_openings(message: str, expected: set[str]) -> None:
    assert shapes(asked(message)) == expected


def test_no_romantic_comedies_refuses_neither_romance_nor_comedy() -> None:
    request = asked("no romcoms please")
    assert not any(c.field == "genre" for c in request.constraints)
