"""Failures in a row -> a rest for the server, so that visitors do not wait for what is known to be broken."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

LONGEST_REST = 300.0
"""Seconds a server is left alone at most, whatever it asks for."""


class Breaker:
    """Counts the failures of one server and model; may be shared between threads.

    After `failures` in a row, `ask` refuses for `rest` seconds; then it lets one caller through as a probe, whose success lets
    everybody in again and whose failure begins the rest anew. `status` is the HTTP status of the last failure, if it had one.
    """

    def __init__(self, failures: int, rest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = failures
        self._rest = rest
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._until = 0.0
        self._probing = False
        self.status: int | None = None

    @property
    def failed_in_a_row(self) -> int:
        """How many calls have failed since the last one that did not."""
        return self._failed

    def ask(self) -> float:
        """0 when a call may be made, else the whole seconds to wait. Whoever got 0 tells how the call ended."""
        with self._lock:
            left = self._until - self._clock()
            if left > 0:
                return math.ceil(left)
            if self._until:
                if self._probing:
                    return 1.0
                self._probing = True
            return 0.0

    def succeeded(self) -> None:
        """The server answered."""
        with self._lock:
            self._failed, self._until, self._probing = 0, 0.0, False

    def failed(self, wait: float | None = None, status: int | None = None) -> None:
        """The call failed; `wait` are the seconds the server asked to be left alone for, where it did."""
        with self._lock:
            self.status = status
            self._failed += 1
            self._probing = False
            rest = self._rest if self._failed >= self._most else 0.0
            rest = min(max(rest, wait or 0.0), LONGEST_REST)
            if rest:
                self._until = self._clock() + rest

    def abandoned(self) -> None:
        """The call was given up by its caller and tells nothing about the server."""
        with self._lock:
            self._probing = False
