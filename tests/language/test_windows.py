"""A model's window by its name, and the room a prompt has in it."""

from __future__ import annotations

import pytest

from chatrec.language.providers import open_model
from chatrec.language.stages import STAGES
from chatrec.language.tokens import TokenCounter
from chatrec.language.windows import LONGEST_PROMPT, OLLAMA, REPLIES, UNKNOWN, Window, window_of


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("openai:gpt-5-mini", 272_000),
        ("openai:gpt-4", 8_192),
        ("openai:gpt-4-turbo", 128_000),
        ("openai:gpt-4o-mini", 128_000),
        ("openai:meta-llama/Llama-3.1-8B-Instruct", 131_072),
        ("openai:meta-llama/Meta-Llama-3-8B-Instruct", 8_192),
        ("openai:llama-2-7b-chat", 4_096),
        ("openai:tinyllama-1.1b", 2_048),
        ("anthropic:claude-sonnet-4-5", 200_000),
        ("google_genai:gemini-2.5-flash", 1_048_576),
        ("ollama:llama3.1:8b", OLLAMA),
        ("openai:never-heard-of-it", UNKNOWN),
    ],
)
def test_window_is_known_by_family(name: str, tokens: int) -> None:
    assert window_of(name) == tokens


def test_every_stage_keeps_room_for_its_reply() -> None:
    assert set(REPLIES) == set(STAGES)
    small = Window(open_model("tiny", base_url="http://127.0.0.1:9/v1"), 2_048)
    for stage in STAGES:
        assert small.reply(stage) <= 409
        assert small.prompt(stage) + small.reply(stage) < 2_048


def test_a_prompt_is_bounded_even_in_an_endless_window() -> None:
    assert Window(open_model("gpt-4.1", api_key="k")).prompt("recommend") == LONGEST_PROMPT


def test_the_setting_overrides_the_table() -> None:
    assert Window(open_model("gpt-4", api_key="k"), 3_000).tokens == 3_000


def test_what_the_server_says_it_holds_overrides_the_setting_and_never_widens() -> None:
    handle = open_model("gpt-4", api_key="k")
    window = Window(handle, 3_000)
    handle.narrow(None)
    assert window.tokens == 3_000
    handle.narrow(2_048)
    handle.narrow(8_192)
    assert window.tokens == 2_048
    assert window.prompt("profile") < 2_048


def test_an_estimate_is_taken_with_a_margin_and_a_count_as_it_is() -> None:
    class Words:
        def encode_ordinary(self, text: str) -> list[int]:
            return [0] * len(text.split())

    exact = TokenCounter(Words)
    exact.wait()
    messages = (("system", "x " * 100), ("user", "x " * 100))
    assert Window(open_model("gpt-4", api_key="k", counter=exact)).count(messages) == 209
    estimated = TokenCounter().count_messages(text for _, text in messages).tokens
    assert Window(open_model("gpt-4", api_key="k", counter=TokenCounter())).count(messages) == round(estimated * 1.1)


def test_what_cannot_fit_says_what_to_do() -> None:
    window = Window(open_model("tiny", base_url="http://127.0.0.1:9/v1"), 1_024)
    told = str(window.too_long("recommend", 1_500))
    assert "recommend.md" in told
    assert "1,500" in told
    assert "CHATREC_WINDOW" in told
