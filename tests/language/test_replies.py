"""Replies as models really write them, cut into chunks of every size."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatrec.errors import ModelReplyError
from chatrec.language.replies import Chosen, Found, PickReader, Refused, ThoughtFilter, Words, read_object, tidy

TITLES = [("Alien", 1979), ("Solaris", 1972), ("Solaris", 2002), ("1917", 2019), ("Moon", 2009)]
ALIEN, MOON = Chosen(1, "It is tense."), Chosen(5, "It is lonely.")


def found_in(text: str, size: int = 3) -> list[Found]:
    """Everything found, words joined."""
    reader = PickReader(TITLES)
    found: list[Found] = []
    for start in range(0, len(text), size):
        found += reader.feed(text[start : start + size])
    found += reader.finish()
    joined: list[Found] = []
    for one in found:
        if isinstance(one, Words) and joined and isinstance(joined[-1], Words):
            joined[-1] = Words(joined[-1].text + one.text)
        else:
            joined.append(one)
    return joined


PLAIN = '{"intro": "Here:", "picks": [{"number": 5, "reason": "It is lonely."}, {"number": 1, "reason": "It is tense."}]}'


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f"```json\n{PLAIN}\n```",
        f"Sure, here you are [as asked]:\n\n{PLAIN}\n\nI hope this helps! 1. Enjoy",
        f'<think>Perhaps {{"number": 2, "reason": "no, rather not"}}?</think>\n{PLAIN}',
        PLAIN.replace('"', "“", 0).replace("}]}", "},],}"),
        PLAIN.replace(": 5", ': "#5"').replace(": 1", ': "1."'),
        PLAIN.replace(": 5", ': "Moon"').replace(": 1", ': "candidate 1"'),
        PLAIN.replace('"number": 5', '"title": "Moon (2009)"').replace('"number": 1', '"title": "alien"'),
        PLAIN.replace("number", "candidate").replace("reason", "why").replace("picks", "recommendations"),
        '{"intro": "Here:", "picks": {"5": "It is lonely.", "1": {"reason": "It is tense."}}}',
    ],
)
def test_picks_are_found_however_the_reply_is_dressed(text: str, size: int) -> None:
    assert found_in(text, size) == [Words("Here:"), MOON, ALIEN]


@pytest.mark.parametrize(
    "text",
    [
        '[{"number": 5, "reason": "It is lonely."}, {"number": 1, "reason": "It is tense."}]',
        '{"number": 5, "reason": "It is lonely."}\n{"number": 1, "reason": "It is tense."}\n',
        "{“number”: 5, “reason”: “It is lonely.”} {“number”: 1, “reason”: “It is tense.”}",
        "5. It is lonely.\n1. It is tense.",
        "[5] It is lonely.\n\n[1] It is tense.",
        "- **Moon (2009)** – It is lonely.\n- **Alien**: It is tense.",
        "1. Moon (2009): It is lonely.\n2. Alien (1979): It is tense.",
        "5) It is\n   lonely.\n1) It is\n   tense.",
    ],
)
def test_bare_lists_are_understood(text: str) -> None:
    assert found_in(text) == [MOON, ALIEN]


def test_pick_is_there_the_moment_its_object_closes() -> None:
    reader = PickReader(TITLES)
    first, rest = PLAIN.split(', {"number": 1')
    assert [one for one in reader.feed(first) if isinstance(one, Chosen)] == [MOON]
    assert not reader.is_whole
    reader.feed(', {"number": 1' + rest)
    assert reader.is_whole


def test_intro_streams_before_any_pick() -> None:
    reader = PickReader(TITLES)
    assert reader.feed('{"intro": "Two quiet') == [Words("Two quiet")]
    assert reader.feed(" ones") == [Words(" ones")]


def test_closing_words_stand_apart_from_the_opening_ones() -> None:
    text = PLAIN[:-1] + ', "outro": "Shall I go on?"}'
    assert found_in(text) == [Words("Here:"), MOON, ALIEN, Words("\n\nShall I go on?")]


def test_what_is_not_on_the_list_is_refused() -> None:
    picks = [
        {"number": 9, "reason": "It is off the list."},
        {"number": 0, "reason": "It is nothing."},
        {"title": "Blade Runner", "reason": "It is not offered."},
        {"number": 1, "title": "Blade Runner", "reason": "Written for another film."},
        {"title": "Solaris", "reason": "Which of the two?"},
        {"number": 5, "reason": "It is lonely."},
    ]
    assert found_in(json.dumps({"picks": picks})) == [Refused("off_list")] * 5 + [MOON]


def test_title_outweighs_a_number_that_disagrees() -> None:
    assert found_in('{"picks": [{"number": 1, "title": "Moon", "reason": "It is lonely."}]}') == [MOON]


def test_title_that_is_a_number_is_a_title_only_off_the_list() -> None:
    assert found_in('{"picks": [{"number": 1917, "reason": "It is muddy."}]}') == [Chosen(4, "It is muddy.")]


def test_repeated_and_half_picks_are_refused() -> None:
    picks = [
        {"number": 5, "reason": "It is lonely."},
        {"number": 5, "reason": "It is lonely still."},
        {"number": 1},
        {"reason": "For whom?"},
        {"number": 2, "reason": "..."},
        {"number": 2, "reason": "BUY NOW"},
    ]
    expected = [MOON, Refused("repeated"), *[Refused("malformed")] * 4]
    assert found_in(json.dumps({"picks": picks})) == expected


def test_short_reason_in_a_script_without_spaces_is_a_reason() -> None:
    assert found_in('{"picks": [{"number": 5, "reason": "孤独な月の物語"}]}') == [Chosen(5, "孤独な月の物語")]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "I'm sorry, I can't help with that.", '{"picks": []}', "[1, 2, 3]", "{}", "<think>1. Alien is fine", "null"],
)
def test_nothing_usable_is_an_error(text: str) -> None:
    with pytest.raises(ModelReplyError, match="held no list of picks"):
        found_in(text)


def test_only_strangers_is_an_error_of_its_own() -> None:
    with pytest.raises(ModelReplyError, match="none of the titles it named was on the list"):
        found_in('{"picks": [{"number": 77, "reason": "It is elsewhere."}]}')


def test_only_half_picks_are_told_as_such() -> None:
    with pytest.raises(ModelReplyError, match="none of its picks had both a title and a reason"):
        found_in('{"picks": [{"number": 1, "reason": ""}]}')


def test_complete_picks_of_a_cut_reply_are_kept() -> None:
    cut = PLAIN[: PLAIN.index("It is tense")]
    assert found_in(cut)[:2] == [Words("Here:"), MOON]
    assert ALIEN not in found_in(cut)


def test_reason_is_one_line_without_emphasis_and_bounded() -> None:
    assert tidy('"A **bold**\nand `quiet` film."') == "A bold and quiet film."
    long = tidy("word " * 200, longest=50)
    assert len(long) <= 51
    assert long.endswith("word…")


def test_reading_is_bounded() -> None:
    reader = PickReader(TITLES, limit=200)
    reader.feed("x" * 190)
    assert reader.feed(PLAIN) == []
    with pytest.raises(ModelReplyError):
        reader.finish()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="{}[]\"',:.#-* \n<>/thinkAlienMoon135“”\\", max_size=120), st.integers(1, 9))
def test_no_reply_breaks_the_reader(text: str, size: int) -> None:
    try:
        found = found_in(text, size)
    except ModelReplyError:
        return
    numbers = [one.number for one in found if isinstance(one, Chosen)]
    assert numbers
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= set(range(1, len(TITLES) + 1))


def test_chunks_make_no_difference() -> None:
    chance = random.Random(7)
    text = f"<think>{PLAIN}</think>Sure:\n```json\n{PLAIN}\n```"
    whole = found_in(text, 10_000)
    for _ in range(30):
        assert found_in(text, chance.randint(1, 12)) == whole


@pytest.mark.parametrize("size", [1, 3, 100])
def test_thoughts_are_taken_out(size: int) -> None:
    text = "a < b <think>no <b>way</b></think>, <Reasoning>x</reasoning>c <em>d</em> <thin"
    thoughts = ThoughtFilter()
    kept = "".join(thoughts.feed(text[i : i + size]) for i in range(0, len(text), size)) + thoughts.finish()
    assert kept == "a < b , c <em>d</em> <thin"


def test_letters_that_are_two_in_lower_case_take_nothing_of_what_follows_a_thought() -> None:
    assert ThoughtFilter().feed("<think>İstanbul, İzmir</THINK>Winter Sleep") == "Winter Sleep"


def test_thought_that_never_ends_leaves_nothing() -> None:
    thoughts = ThoughtFilter()
    assert thoughts.feed("<think>still at it") + thoughts.finish() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"intent": "more"}', {"intent": "more"}),
        ('Well: ```json\n{"intent": "more", "count": 3,}\n```', {"intent": "more", "count": 3}),
        ('{"draft": 1}</think>{"intent": "more"}', {"intent": "more"}),
        ('<think>{"a": 1, "b": 2}</think>{"intent": "more"}', {"intent": "more"}),
        ('{"x": 1} and {"intent": "more", "count": 3} and {"y": 2}', {"intent": "more", "count": 3}),
        ('[{"intent": "more"}]', {"intent": "more"}),
        ('{"intent": "more", "wish": "cut', {"intent": "more"}),
    ],
)
def test_object_is_found_in_a_reply(text: str, expected: dict[str, object]) -> None:
    assert read_object(text) == expected


@pytest.mark.parametrize("text", ["", "no", "{}", "[]", "[1]", '{"a', "<think>{}"])
def test_reply_without_an_object_is_an_error(text: str) -> None:
    with pytest.raises(ModelReplyError, match="no JSON object"):
        read_object(text)
