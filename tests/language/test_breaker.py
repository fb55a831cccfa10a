"""A server that keeps failing is left alone, probed once, and trusted again."""

from __future__ import annotations

from chatrec.language.breaker import LONGEST_REST, Breaker


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def broken(failures: int = 3) -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(3, 30.0, clock)
    for _ in range(failures):
        assert breaker.ask() == 0
        breaker.failed()
    return breaker, clock


def test_failures_in_a_row_open_it_for_a_while() -> None:
    breaker, clock = broken()
    assert breaker.ask() == 30
    clock.now += 29.5
    assert breaker.ask() == 1
    assert breaker.failed_in_a_row == 3


def test_failures_with_a_success_between_do_not() -> None:
    breaker, _ = broken(2)
    breaker.succeeded()
    breaker.failed()
    breaker.failed()
    assert breaker.ask() == 0


def test_after_the_rest_one_caller_is_the_probe() -> None:
    breaker, clock = broken()
    clock.now += 30
    assert breaker.ask() == 0
    assert breaker.ask() > 0
    breaker.succeeded()
    assert [breaker.ask(), breaker.ask()] == [0, 0]


def test_a_failed_probe_begins_the_rest_anew() -> None:
    breaker, clock = broken()
    clock.now += 31
    assert breaker.ask() == 0
    breaker.failed()
    assert breaker.ask() == 30


def test_a_probe_given_up_leaves_the_place_to_the_next() -> None:
    breaker, clock = broken()
    clock.now += 30
    assert breaker.ask() == 0
    breaker.abandoned()
    assert breaker.ask() == 0


def test_a_server_that_asks_for_time_gets_it_at_once_but_not_for_ever() -> None:
    breaker, _ = broken(0)
    breaker.failed(wait=40)
    assert breaker.ask() == 40
    breaker.failed(wait=1e6)
    assert breaker.ask() == LONGEST_REST
