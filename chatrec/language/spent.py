"""The model calls of a turn -> what they took together: tokens, seconds, dollars."""

from __future__ import annotations

from dataclasses import dataclass

from chatrec.records import Trace


@dataclass(frozen=True, slots=True)
class Spent:
    """What the model calls of a turn took together; all zero where there was none.

    `seconds` are the calls' own, added up. `cost` is in US dollars, None where the price of any of them is not known.
    `approximate`: some tokens were counted by us, because the server did not count them.
    """

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    cost: float | None = 0.0
    approximate: bool = False

    @property
    def tokens(self) -> int:
        """Tokens in both directions."""
        return self.tokens_in + self.tokens_out


def spent(trace: Trace) -> Spent:
    """What the model calls of a turn took together; failed, repeated and stopped ones count too."""
    calls = trace.calls
    costs = [call.cost for call in calls if call.cost is not None]
    return Spent(
        calls=len(calls),
        tokens_in=sum(call.tokens_in for call in calls),
        tokens_out=sum(call.tokens_out for call in calls),
        seconds=sum(call.seconds for call in calls),
        cost=sum(costs) if len(costs) == len(calls) else None,
        approximate=any(not call.counted for call in calls),
    )


def in_words(total: Spent) -> str:
    """One short line: `2 calls, 6,412 tokens, 3.2 s, $0.004`; empty where no model was called."""
    if not total.calls:
        return ""
    about = "about " if total.approximate else ""
    parts = (
        "1 call" if total.calls == 1 else f"{total.calls} calls",
        f"{about}{total.tokens:,} tokens",
        f"{total.seconds:.1f} s",
        f"{about}{_dollars(total.cost)}" if total.cost is not None else "price unknown",
    )
    return ", ".join(parts)


def _dollars(cost: float) -> str:
    if cost == 0:
        return "$0"
    return f"${cost:.2f}" if cost >= 0.1 else f"${cost:.4f}" if cost >= 0.0001 else "under $0.0001"
