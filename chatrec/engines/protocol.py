"""What an engine is: READ a message, RECOMMEND from a shortlist, ANSWER a question. Two ship: builtin and model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from chatrec.records import ModelCall, Pick, Reading, Said, Shortlist, Situation


@dataclass(frozen=True, slots=True)
class Suggested:
    """Messages the person may send with one click (a relaxation, an answer to the question asked)."""

    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something of a model's reply that code refused, by reason.

    off_list, repeated, malformed, surplus (more than wanted), named or seen (by the person), excluded (shown before, disliked).
    """

    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Flagged:
    """A sentence for the trace on what deserves a second look: a prompt cut to fit, a pick far from its place."""

    text: str


Output = Pick | Said | Suggested | Dropped | Flagged | ModelCall
"""What RECOMMEND and ANSWER yield: picks and text for the person; suggestions; counts, flags and calls for the trace."""


class Engine(Protocol):
    """An engine holds no state between calls: everything about the visitor is in the situation.

    All three raise `ModelError` when a language model fails; chat then lets the built-in engine take over. RECOMMEND
    yields picks whose items are in the shortlist, each at most once, ranks counting up from 1; text before the first pick is an
    introduction, text after the last a closing. It yields at most `reading.request.count` picks.
    """

    @property
    def name(self) -> str:
        """What the badge on the page shows."""
        ...

    async def read(self, situation: Situation) -> Reading:
        """What the message asks, and the profile rewritten."""
        ...

    def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
        """Picks with reasons, streamed; with an empty shortlist, what emptied it and what would help."""
        ...

    def answer(self, situation: Situation, reading: Reading) -> AsyncIterator[Output]:
        """The reply to anything that is not a wish for a list: questions, comparisons, greetings, thanks."""
        ...
