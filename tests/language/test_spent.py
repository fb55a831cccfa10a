"""What the calls of a turn took together."""

from __future__ import annotations

import pytest

from chatrec.language.spent import Spent, in_words, spent
from chatrec.records import ModelCall, Trace


def call(cost: float | None = 0.001, *, counted: bool = True, error: str = "") -> ModelCall:
    return ModelCall("read", "m", (), "", 1.5, tokens_in=1_000, tokens_out=100, counted=counted, cost=cost, error=error)


def test_a_turn_without_a_model_costs_nothing_and_says_nothing() -> None:
    assert spent(Trace()) == Spent(cost=0.0)
    assert in_words(spent(Trace())) == ""


def test_calls_are_added_up_failed_ones_too() -> None:
    total = spent(Trace(calls=(call(0.001), call(0.002, error="cut"))))
    assert (total.calls, total.tokens_in, total.tokens_out, total.tokens) == (2, 2_000, 200, 2_200)
    assert (total.seconds, total.approximate) == (3.0, False)
    assert total.cost == pytest.approx(0.003)
    assert in_words(total) == "2 calls, 2,200 tokens, 3.0 s, $0.0030"


def test_one_unknown_price_makes_the_sum_unknown() -> None:
    total = spent(Trace(calls=(call(0.001), call(None))))
    assert total.cost is None
    assert in_words(total) == "2 calls, 2,200 tokens, 3.0 s, price unknown"


def test_what_is_estimated_says_so() -> None:
    assert in_words(spent(Trace(calls=(call(0.25, counted=False),)))) == "1 call, about 1,100 tokens, 1.5 s, about $0.25"
