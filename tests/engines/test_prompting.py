"""Prompts cut to the window: whatever is said and however long, what is sent fits, and what was cut is told."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from chatrec.catalog.table import Catalog
from chatrec.engines.calls import Prompt
from chatrec.engines.prompting import STEPS, Measure, Prompter
from chatrec.errors import ModelUnavailable
from chatrec.language.prompts import PromptPack
from chatrec.language.providers import open_model
from chatrec.language.stages import STAGES
from chatrec.language.windows import LONGEST_PROMPT, Window
from chatrec.records import Constraint, Item, Pick, Profile, Reading, Request, Sentence, Situation, Turn

PACK = PromptPack.load(Path(__file__).parents[2] / "prompts")
WORDS = {"en": "a quiet film about a family by the sea ", "zh": "一部关于海边一家人的安静的电影"}


def window(tokens: int | None) -> Window:
    return Window(open_model("tiny", base_url="http://127.0.0.1:9/v1"), tokens)


def prompter(catalog: Catalog, tokens: int | None) -> Prompter:
    return Prompter(catalog, window(tokens), lambda: date(2026, 11, 20))


def conversation(turns: int, words: str) -> tuple[Turn, ...]:
    """So many turns with long messages, replies and reasons; every list is another."""
    history = []
    for number in range(1, turns + 1):
        picks = tuple(Pick(f"x{n}", f"Film {number}-{n}", 1990 + n, n, words * 6) for n in range(1, 6))
        history.append(Turn(number, f"turn {number}: {words * 20}", words * 30, picks))
    return tuple(history)


def profile(sentences: int, words: str) -> Profile:
    kinds = ("like", "dislike", "constraint", "fact")
    return Profile(
        tuple(
            Sentence(f"s{n}", f"Note {n}: {words * 4}", kinds[n % 4], f"turn {n}")  # type: ignore[arg-type]
            for n in range(1, sentences + 1)
        )
    )


def shelf(count: int, words: str) -> list[Item]:
    """Items with more facts than anybody wants to read."""
    return [
        Item(
            f"x{n}",
            f"Film number {n}",
            1960 + n,
            description=words * 40,
            genres=("Drama", "Comedy", "Romance"),
            people={"director": ("Ann Other",), "cast": tuple(f"Actor {n}-{m}" for m in range(12))},
            countries=("France", "Japan"),
            languages=("French",),
            runtime=90 + n,
            keywords=tuple(f"keyword {m}" for m in range(30)),
        )
        for n in range(1, count + 1)
    ]


def stage_prompts(tokens: int | None, turns: int, notes: int, message: str, words: str) -> dict[str, Prompt]:
    """The prompts of all three stages in one situation."""
    items = shelf(40, words)
    made = prompter(Catalog(items, noun="film", plural="films"), tokens)
    situation = Situation(message, turns + 1, profile(notes, words), conversation(turns, words))
    musts = tuple(Constraint("genre", none_of=(f"Genre {n}",)) for n in range(notes))
    request = Request("recommend", message, search_text=words * 10, constraints=musts, count=5)
    reading = Reading(request, situation.profile)
    return {
        "profile": made.read(PACK, situation, reading),
        "recommend": made.recommend(PACK, situation, reading, items[:30]),
        "answer": made.answer(PACK, situation, reading, items[:5]),
    }


def text(prompt: Prompt) -> str:
    return "\n".join(text for _, text in prompt.messages)


@pytest.mark.parametrize("tokens", [2_048, 2_600, 4_096, 8_192, 16_384, None])
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize(
    ("turns", "notes", "length"), [(0, 0, 10), (5, 8, 60), (60, 80, 4_000), (0, 0, 40_000), (1, 3_000, 10)]
)
def test_every_prompt_fits_its_window(tokens: int | None, words: str, turns: int, notes: int, length: int) -> None:
    message = (words * (length // len(words) + 1))[:length]
    room = window(tokens)
    for stage, prompt in stage_prompts(tokens, turns, notes, message, words).items():
        assert room.count(prompt.messages) == prompt.tokens
        assert prompt.tokens + prompt.reply <= room.tokens
        assert prompt.tokens <= LONGEST_PROMPT
        assert prompt.reply == room.reply(stage)
        assert message[:40].strip() in text(prompt)


def test_a_short_conversation_in_a_large_window_is_told_whole() -> None:
    made = stage_prompts(128_000, 2, 3, "something for tonight", "a few words ")
    assert [prompt.flags for prompt in made.values()] == [(), (), ()]
    assert made["recommend"].shown == 30
    for number in (1, 2, 3):
        assert f"Note {number}:" in text(made["profile"])
    assert "turn 1:" in text(made["profile"])
    assert "turn 2:" in text(made["profile"])


def test_what_was_cut_is_told_once_each_and_in_order() -> None:
    made = stage_prompts(4_096, 60, 80, "tonight " * 300, WORDS["en"])
    (told,) = made["profile"].flags
    assert re.match(r"The prompt of profile\.md was cut to fit 3,\d\d\d tokens: older turns, ", told)
    cut = told.rstrip(".").partition("tokens: ")[2].split(", ")
    assert len(cut) == len(set(cut))
    (told,) = made["recommend"].flags
    assert "descriptions" in told


def test_newest_turn_stays_whole_while_older_ones_give_way() -> None:
    made = stage_prompts(3_000, 60, 4, "shorter ones", "a film by the sea ")["profile"]
    newest = "turn 60: " + ("a film by the sea " * 20).strip()
    assert newest in text(made)
    assert "turn 57:" not in text(made)
    assert re.search(r"\(\d\d earlier turns; what lasts of them is noted\.\)", text(made))


def test_candidates_are_the_last_to_give_way() -> None:
    for stage, first in (("recommend", "candidates"), ("recommend", "descriptions")):
        names = [what for what, _ in STEPS[stage]]
        assert names.index("notes") < names.index(first)
        assert names.index("the message") < names.index(first)
    made = stage_prompts(6_144, 0, 0, "tonight", WORDS["en"])["recommend"]
    assert made.shown == 30
    small = stage_prompts(2_600, 0, 0, "tonight", WORDS["en"])["recommend"]
    assert 5 <= small.shown < 30
    lines = re.findall(r"^(\d+)\. Film number (\d+) \(", text(small), re.MULTILINE)
    assert [int(number) for number, _ in lines] == [int(name) for _, name in lines] == list(range(1, small.shown + 1))


def test_room_that_the_last_cut_left_is_given_back_to_descriptions() -> None:
    made = stage_prompts(4_096, 0, 0, "tonight", WORDS["en"])["recommend"]
    assert made.shown < 30
    room = window(4_096).prompt("recommend")
    assert 0.75 * room < made.tokens <= room
    assert "a quiet film about a family" in text(made).partition("<candidates>")[2]


def test_new_notes_and_hard_conditions_are_kept_longest() -> None:
    notes = [Sentence(f"s{n}", f"Old like {n}. {'x' * 300}", "like", "turn 1") for n in range(40)]
    notes[3] = Sentence("c", "Never any horror.", "constraint", "turn 1")
    notes.append(Sentence("new", "You love moss.", "like", "turn 9"))
    catalog = Catalog(shelf(2, "x "), noun="film", plural="films")
    situation = Situation("tonight", 9, Profile(tuple(notes)))
    reading = Reading(Request("recommend", "tonight"), situation.profile)
    told = text(prompter(catalog, 2_700).read(PACK, situation, reading))
    assert "4. Never any horror." in told
    assert "41. You love moss. (new)" in told
    assert "Old like 0." not in told


def test_shuffled_candidates_are_numbered_anew_and_told_at_their_length() -> None:
    items = shelf(12, "word ")
    made = prompter(Catalog(items, noun="film", plural="films"), None)
    situation = Situation("tonight", 1)
    prompt = made.recommend(
        PACK, situation, Reading(Request("recommend", "x"), Profile()), items, lambda n: list(reversed(range(n)))
    )
    names = re.findall(r"^(\d+)\. Film number (\d+) .*", text(prompt), re.MULTILINE)
    assert names[0] == ("1", "12")
    assert names[-1] == ("12", "1")
    lines = re.findall(r"^\d+\. Film number .*", text(prompt), re.MULTILINE)
    assert lines[0].count(" word") < lines[-1].count(" word")


def test_a_pack_that_cannot_fit_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "default").mkdir()
    for stage in STAGES:
        source = Path(__file__).parents[2] / "prompts" / "default" / f"{stage}.md"
        (tmp_path / "default" / f"{stage}.md").write_text("wordy " * 3_000 + "\n" + source.read_text(encoding="utf-8"), "utf-8")
    catalog = Catalog(shelf(2, "x "), noun="film", plural="films")
    with pytest.raises(ModelUnavailable, match=r"recommend\.md needs .* tokens.*CHATREC_WINDOW"):
        prompter(catalog, 2_048).recommend(
            PromptPack.load(tmp_path), Situation("x", 1), Reading(Request("recommend", "x"), Profile()), shelf(2, "x ")
        )


def test_every_step_names_a_measure_and_makes_it_smaller() -> None:
    assert set(STEPS) == set(STAGES)
    for steps in STEPS.values():
        before = dict.fromkeys(Measure.__dataclass_fields__)
        for _, less in steps:
            assert set(less) <= set(before)
            for name, value in less.items():
                whole = getattr(Measure(), name) if before[name] is None else before[name]
                assert whole is None or value < whole
                before[name] = value
