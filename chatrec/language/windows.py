"""A model's name -> how many tokens its context window holds, and how many of them a prompt may take."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatrec.errors import ModelUnavailable
from chatrec.language.handle import ChatHandle
from chatrec.language.tokens import bare_name

UNKNOWN = 8_192
"""The window of a model that the table does not know."""

OLLAMA = 4_096
"""What Ollama gives a model unless its server is told otherwise (OLLAMA_CONTEXT_LENGTH); it cuts longer prompts silently."""

LONGEST_PROMPT = 12_000
"""Tokens a prompt may take even where the window is far larger: more costs money and does not make better lists."""

REPLIES = {"profile": 700, "recommend": 1_200, "answer": 400}
"""Tokens kept free for the reply of each stage; in a small window at most a fifth of it."""

_FRAME = 48
_MARGIN = 1.1

FAMILIES: Sequence[tuple[str, int]] = (
    # The first pattern that fits the beginning of the name counts. Open models: as trained; a server may have been given less.
    (r"gpt-4\.1", 1_047_576),
    (r"gpt-4-(turbo|1106|0125)", 128_000),
    (r"gpt-4-32k", 32_768),
    (r"(chatgpt-|gpt-)4o", 128_000),
    (r"gpt-4", 8_192),
    (r"gpt-3\.?5", 16_385),
    (r"gpt-oss", 131_072),
    (r"gpt-5\.[4-9]", 272_000),
    (r"gpt-5-chat", 128_000),
    (r"gpt-5", 272_000),
    (r"o1-(mini|preview)", 128_000),
    (r"o[134]", 200_000),
    (r"claude", 200_000),
    (r"gemini", 1_048_576),
    (r"gemma-?[12]", 8_192),
    (r"gemma", 32_768),
    (r"(meta-)?llama-?2", 4_096),
    (r"(meta-)?llama-?3(?![.\d])", 8_192),
    (r"(meta-)?llama-?[34]", 131_072),
    (r"tinyllama", 2_048),
    (r"smollm", 2_048),
    (r"mistral-7b(-instruct)?-v0\.1", 8_192),
    (r"mistral|mixtral|ministral|magistral|codestral", 32_768),
    (r"qwen", 32_768),
    (r"phi-?3.*-4k", 4_096),
    (r"phi-?3", 131_072),
    (r"phi-?4", 16_384),
    (r"phi", 2_048),
    (r"deepseek", 65_536),
    (r"command", 128_000),
    (r"granite", 8_192),
)


def window_of(name: str) -> int:
    """The window, in tokens, of a model named `provider:model`."""
    provider, _, model = name.partition(":")
    if provider == "ollama":
        return OLLAMA
    bare = bare_name(model)
    return next((tokens for pattern, tokens in FAMILIES if re.match(pattern, bare)), UNKNOWN)


class Window:
    """The room that one model has; `tokens` overrides the table, and what the server says it holds overrides both."""

    def __init__(self, handle: ChatHandle, tokens: int | None = None) -> None:
        self._tokens = tokens or window_of(handle.name)
        self._handle = handle

    @property
    def tokens(self) -> int:
        """The window, in tokens."""
        return min(self._tokens, self._handle.window or self._tokens)

    def reply(self, stage: str) -> int:
        """Tokens kept free for the reply of a stage."""
        return min(REPLIES[stage], self.tokens // 5)

    def prompt(self, stage: str) -> int:
        """Tokens the prompt of a stage may take."""
        return min(self.tokens - self.reply(stage) - _FRAME, LONGEST_PROMPT)

    def count(self, messages: Sequence[tuple[str, str]]) -> int:
        """The tokens of (role, text) messages; where they can only be estimated, a tenth more than the estimate."""
        count = self._handle.counter.count_messages(text for _, text in messages)
        return round(count.tokens * _MARGIN) if count.approximate else count.tokens

    def too_long(self, stage: str, tokens: int) -> ModelUnavailable:
        """Even the shortest prompt does not fit."""
        return ModelUnavailable(
            f"The prompt file {stage}.md needs {tokens:,} tokens, and only {self.prompt(stage):,} of the "
            f"{self.tokens:,} that {self._handle.label} can hold are free for it; shorten the file, choose a model "
            "with a larger window, or set CHATREC_WINDOW where the table of windows is wrong"
        )
