"""Text -> how many tokens it is: exact where the vocabulary is at hand, else an honest approximation. Never waits."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

DEADLINE = 3.0
"""Seconds after which a vocabulary that has not arrived is given up."""

_ENCODINGS = (
    (re.compile(r"gpt-oss"), "o200k_harmony"),
    (re.compile(r"(chatgpt-|gpt-)4o|gpt-4\.[15]|gpt-([5-9]|\d\d)|o\d+(?![a-z\d])"), "o200k_base"),
    (re.compile(r"gpt-4|gpt-3\.?5"), "cl100k_base"),
)


class Encoding(Protocol):
    """What counting needs of a vocabulary; a tiktoken encoding is one."""

    def encode_ordinary(self, text: str, /) -> list[int]:
        """The tokens of a text."""
        ...


@dataclass(frozen=True, slots=True)
class Count:
    """A number of tokens; `approximate` says that the model's own vocabulary was not at hand."""

    tokens: int
    approximate: bool


class TokenCounter:
    """Counts tokens with a vocabulary that is loaded once, in a daemon thread, from the first count on.

    Without a network the vocabulary cannot be loaded, and behind a silent proxy loading never returns: so `count` does not
    wait for it, and what arrives later than `deadline` seconds is left unused. Without `load` nothing is ever loaded.
    """

    def __init__(self, load: Callable[[], Encoding] | None = None, deadline: float = DEADLINE) -> None:
        self._load = load
        self._deadline = deadline
        self._lock = threading.Lock()
        self._started = False
        self._loaded = threading.Event()
        self._given_up = False
        self._encoding: Encoding | None = None

    @classmethod
    def for_model(cls, model: str) -> TokenCounter:
        """A counter with the model's own vocabulary where tiktoken has it; for any other model, one that asks no other host."""
        encoding = encoding_name(model)
        return cls(partial(_load_tiktoken, encoding)) if encoding else cls()

    def start(self) -> None:
        """Begin loading; does nothing the second time."""
        with self._lock:
            if self._started:
                return
            self._started = True
        if self._load is None:
            self._loaded.set()
            return
        threading.Thread(target=self._fetch, args=(self._load,), name="token-vocabulary", daemon=True).start()
        timer = threading.Timer(self._deadline, self._give_up)
        timer.daemon = True
        timer.start()

    def wait(self) -> bool:
        """Wait until the vocabulary is there or the deadline has passed; whether counts are exact from now on."""
        self.start()
        self._loaded.wait(self._deadline)
        return self._encoding is not None

    def count(self, text: str) -> Count:
        """The tokens of one text."""
        self.start()
        if self._encoding is None:
            return Count(approximate_tokens(text), approximate=True)
        return Count(len(self._encoding.encode_ordinary(text)), approximate=False)

    def count_messages(self, texts: Iterable[str]) -> Count:
        """The tokens of a whole request: each message costs three more for its frame, and the reply's opening three."""
        counts = [self.count(text) for text in texts]
        return Count(sum(c.tokens + 3 for c in counts) + 3, approximate=any(c.approximate for c in counts))

    def _fetch(self, load: Callable[[], Encoding]) -> None:
        try:
            encoding = load()
        except (OSError, ValueError, ImportError):
            # No network, a refused download, a damaged cache: the approximation stays. (requests' errors are OSErrors.)
            self._loaded.set()
            return
        with self._lock:
            if not self._given_up:
                self._encoding = encoding
        self._loaded.set()

    def _give_up(self) -> None:
        with self._lock:
            self._given_up = True


def approximate_tokens(text: str) -> int:
    """About how many tokens a text is: four ASCII characters make one, other scripts take about 0.7 a character."""
    plain = len(text.encode("ascii", "ignore"))
    return math.ceil(plain / 4 + (len(text) - plain) * 0.7)


def encoding_name(model: str) -> str:
    """The name of the tiktoken encoding that a model (named without its provider) reads with; empty where there is none.

    Anthropic, Google and the open models have vocabularies of their own, which tiktoken does not hold.
    """
    bare = bare_name(model)
    return next((name for pattern, name in _ENCODINGS if pattern.match(bare)), "")


def bare_name(model: str) -> str:
    """A model's name, given without its provider, without its publisher either: `openai/GPT-4o` becomes `gpt-4o`."""
    return model.strip().lower().removeprefix("ft:").rpartition("/")[2]


def _load_tiktoken(name: str) -> Encoding:
    import tiktoken

    return tiktoken.get_encoding(name)
