"""At most so many calls at once, over all event loops and threads; whoever comes later waits in line."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Gate:
    """Lets `places` callers in at a time, first come first served. An asyncio semaphore would belong to one event loop."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._lock = threading.Lock()
        self._inside = 0
        self._line: deque[asyncio.Future[None]] = deque()

    @property
    def inside(self) -> int:
        """How many are in."""
        return self._inside

    @asynccontextmanager
    async def slot(self, seconds: float) -> AsyncIterator[None]:
        """Be in for the length of the block; TimeoutError when no place gets free within so many seconds."""
        await self._enter(seconds)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, seconds: float) -> None:
        with self._lock:
            if self._inside < self.places:
                self._inside += 1
                return
            ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._line.append(ticket)
        try:
            async with asyncio.timeout(seconds):
                await ticket
        except BaseException:
            with self._lock:
                waiting = ticket in self._line
                if waiting:
                    self._line.remove(ticket)
            if not waiting:
                # The place was handed over in the same moment: pass it on.
                self._leave()
            raise

    def _leave(self) -> None:
        with self._lock:
            while self._line:
                ticket = self._line.popleft()
                try:
                    ticket.get_loop().call_soon_threadsafe(_admit, ticket)
                except RuntimeError:
                    continue  # that event loop is gone, and its caller with it
                return
            self._inside -= 1


def _admit(ticket: asyncio.Future[None]) -> None:
    if not ticket.done():
        ticket.set_result(None)
