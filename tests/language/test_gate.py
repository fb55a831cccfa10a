"""So many at once, the others in line, from whatever event loop they come."""

from __future__ import annotations

import asyncio
import threading

import pytest

from chatrec.language.gate import Gate


async def test_no_more_are_in_than_there_are_places() -> None:
    gate, most, order = Gate(2), 0, []

    async def visit(number: int) -> None:
        nonlocal most
        async with gate.slot(5):
            most = max(most, gate.inside)
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(visit(n) for n in range(9)))
    assert most == 2
    assert order == list(range(9))
    assert gate.inside == 0


async def test_whoever_waits_too_long_is_told_and_leaves_no_trace() -> None:
    gate = Gate(1)
    async with gate.slot(1):
        with pytest.raises(TimeoutError):
            async with gate.slot(0.01):
                pass
    async with gate.slot(0.01):
        assert gate.inside == 1


async def test_cancelled_in_the_line_the_place_goes_to_the_next() -> None:
    gate = Gate(1)
    entered = asyncio.Event()

    async def visit() -> None:
        async with gate.slot(5):
            entered.set()

    async with gate.slot(1):
        first, second = asyncio.create_task(visit()), asyncio.create_task(visit())
        await asyncio.sleep(0)
    first.cancel()
    await second
    assert entered.is_set()
    assert gate.inside == 0


def test_places_are_shared_between_event_loops() -> None:
    gate, inside, most = Gate(1), 0, 0

    async def visit() -> None:
        nonlocal inside, most
        async with gate.slot(5):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.002)
            inside -= 1

    threads = [threading.Thread(target=asyncio.run, args=(visit(),)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, gate.inside) == (1, 0)
