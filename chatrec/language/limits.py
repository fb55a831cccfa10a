"""How long a call to a model may take, how often it is tried, and how many run at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one model may cost its callers; times in seconds.

    A call may take `connect` to connect, `idle` between two pieces of a stream and `total` in all. It is tried again up to
    `retries` times, after `pause` (doubled each time) where the server does not say how long; a server that asks for more than
    `patience` is not waited for. At most `calls` run at once, the others wait their turn. After `failures` failed calls in a
    row the model is left alone for `rest`.
    """

    total: float = 60.0
    connect: float = 5.0
    idle: float = 20.0
    pause: float = 0.5
    patience: float = 5.0
    retries: int = 2
    calls: int = 100
    failures: int = 3
    rest: float = 30.0
