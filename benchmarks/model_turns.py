"""Turns told by a model, against a scripted server of fixed speed in another process.

Prints (a) what chatrec adds to the server's own time: from the server's first token of RECOMMEND to the first pick on the event
stream beyond what writing that pick takes, and the whole turn beyond its two calls, once counted by the server and once made
bare with the same client; (b) how much longer a turn takes at the 95th percentile when CONVERSATIONS are begun in the same
instant, with a model that takes one second for each of its two calls: the worst that can happen, as all of them want the
processor at once; (c) the same for as many conversations with people who think before they write, which is what "at once" means
of people. Processor time is of the whole process, all its threads; wall time depends on what else the machine does.

usage: python benchmarks/model_turns.py [TURNS] [CONVERSATIONS]
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
import statistics
import sys
import time
from multiprocessing.connection import Connection

from chatrec.assemble import assemble
from chatrec.chat import Ask, Chat
from chatrec.records import Finished, ModelCall, Picked, Turn
from chatrec.settings import read_settings

WISHES = (
    "I loved Spirited Away, something magical but for adults",
    "a Korean thriller after 2000",
    "something funny under 100 minutes, nothing scary",
    "90s science fiction, but no superheroes",
    "a quiet film about the sea",
)
READING = json.dumps({"intent": "recommend", "wish": "something magical and quiet"})
REASON = "It has what you asked for: a slow and gentle story by the sea, told by a grandmother to a child."
PICKS = [f'{{"number": {number}, "reason": "{REASON}"}}' for number in (3, 1, 4, 2, 5)]
HEAD = f'{{"intro": "Five of them.", "picks": [{PICKS[0]}'
TAIL = f', {", ".join(PICKS[1:])}], "outro": ""}}'
PIECE = 12  # characters: some tokens
THINKING = (5.0, 20.0)  # seconds
ROUNDS = 3


def main() -> None:
    """Run all parts and print the figures."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    at_once = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    address = ours.recv()
    parts = assemble(
        read_settings({"CHATREC_MODEL": "openai:fixed", "OPENAI_BASE_URL": address, "CHATREC_CALLS": str(at_once)}),
        database_url="sqlite://",
    )
    parts.warm()
    try:
        asyncio.run(all_parts(parts.chat, turns, at_once))
    finally:
        server.terminate()


async def all_parts(chat: Chat, turns: int, at_once: int) -> None:
    """Parts (a), (b) and (c)."""
    await overhead(chat, turns)
    await crowd(chat, at_once)
    await visitors(chat, at_once)
    await chat.model._handle.aclose()  # type: ignore[union-attr]


async def overhead(chat: Chat, turns: int) -> None:
    """Part (a): single turns one after the other, with a fast model."""
    first_picks, wholes, added, spent, bare_spent = [], [], [], [], []
    for number in range(turns + 3):
        conversation = await asyncio.to_thread(chat.store.start_conversation, f"one-{number}")
        began, processor = time.monotonic(), time.process_time()
        first_pick, turn = 0.0, None
        async for event in chat.astream(Ask(f"{WISHES[number % len(WISHES)]} (fast)", f"one-{number}", conversation)):
            if isinstance(event, Picked) and not first_pick:
                first_pick = time.monotonic()
            if isinstance(event, Finished):
                turn = event.turn
        whole, processor = time.monotonic() - began, time.process_time() - processor
        reading, list_ = _calls(turn)
        if reading.error or list_.error:
            raise SystemExit(f"a call failed: {reading.error or list_.error}")
        # The server writes down when it began and ended each reply, on the same clock.
        sent = await _times(chat)
        bare, bare_processor = await _bare(chat, reading, list_)
        bare_sent = await _times(chat)
        if number >= 3:
            first_picks.append((first_pick - sent["first_pick"]) * 1000)
            wholes.append((whole - sent["busy"]) * 1000)
            added.append((whole - sent["busy"] - (bare - bare_sent["busy"])) * 1000)
            spent.append(processor * 1000)
            bare_spent.append(bare_processor * 1000)
    print(f"(a) {turns} turns: first pick after the server had written it {_spread(first_picks)}")
    print(f"    whole turn beyond the server's own time {_spread(wholes)}")
    print(f"    whole turn beyond the same two calls made bare with LangChain {_spread(added)} (goal: 30)")
    print(f"    processor time a turn {_spread(spent)}, of which the two bare calls {_spread(bare_spent)}")


async def _bare(chat: Chat, reading: ModelCall, list_: ModelCall) -> tuple[float, float]:
    """The seconds, and the seconds of processor time, that the two calls of a turn take without the turn."""
    model = await chat.model._handle.model()  # type: ignore[union-attr]
    began, processor = time.monotonic(), time.process_time()
    await model.ainvoke(list(reading.messages))
    async for _ in model.astream(list(list_.messages)):
        pass
    return time.monotonic() - began, time.process_time() - processor


async def crowd(chat: Chat, at_once: int) -> None:
    """Part (b): one turn alone, then many begun in the same instant, ROUNDS times; the first opens connections."""
    for number in range(ROUNDS):
        alone, spent = await _alone(chat, f"alone-{number}"), time.process_time()
        together = await asyncio.gather(*(_slow_turn(chat, each, f"crowd-{number}-{each}") for each in range(at_once)))
        busy = (time.process_time() - spent) / at_once * 1000
        print(f"(b) one turn alone {alone:.2f} s; {at_once} begun in the same instant: {_seconds(together)}")
        print(
            f"    p95 is {_p95(together) / alone:.2f} times a single turn (goal: 1.30); {busy:.0f} ms of processor time a turn"
        )
        print(f"    so much work takes one processor {at_once * busy / 1000:.1f} s, whoever goes first")


async def visitors(chat: Chat, at_once: int) -> None:
    """Part (c): as many people in conversation, each of whom thinks for a while before every message."""
    chance = random.Random(1)

    async def talk(number: int) -> list[float]:
        user = f"visitor-{number}"
        conversation = await asyncio.to_thread(chat.store.start_conversation, user)
        taken = []
        for turn in range(ROUNDS):
            # The first messages are spread over a whole pause: people do not arrive together.
            await asyncio.sleep(chance.uniform(*THINKING) if turn else chance.uniform(0.0, THINKING[1]))
            taken.append(await _slow_turn(chat, number + turn, user, conversation))
        return taken

    alone, spent, began = await _alone(chat, "before"), time.process_time(), time.monotonic()
    taken = [seconds for each in await asyncio.gather(*(talk(number) for number in range(at_once))) for seconds in each]
    lasted, used = time.monotonic() - began, time.process_time() - spent
    print(
        f"(c) {at_once} people in conversation at once, {ROUNDS} turns each, {THINKING[0]:.0f} to {THINKING[1]:.0f} s of "
        f"thought before each: {len(taken) / lasted:.1f} turns a second for {lasted:.0f} s"
    )
    print(f"    one turn alone {alone:.2f} s; a turn among them {_seconds(taken)}")
    print(
        f"    p95 is {_p95(taken) / alone:.2f} times a single turn (goal: 1.30); {used / len(taken) * 1000:.0f} ms of "
        f"processor time a turn, {used / lasted:.0%} of one processor"
    )


async def _alone(chat: Chat, kind: str) -> float:
    return statistics.median([await _slow_turn(chat, number, f"{kind}-{number}") for number in range(3)])


async def _slow_turn(chat: Chat, number: int, user: str, conversation: str = "") -> float:
    """The seconds of one turn with the slow model."""
    conversation = conversation or await asyncio.to_thread(chat.store.start_conversation, user)
    began = time.monotonic()
    turn = await chat.ainvoke(Ask(f"{WISHES[number % len(WISHES)]} (slow)", user, conversation))
    if turn.notices:
        raise SystemExit(f"a turn failed: {turn.notices}")
    return time.monotonic() - began


def _calls(turn: Turn | None):  # type: ignore[no-untyped-def]
    calls = turn.trace.calls if turn else ()
    if len(calls) != 2:
        raise SystemExit(f"the turn made {len(calls)} calls: {turn.notices if turn else ''}")
    return calls


async def _times(chat: Chat) -> dict[str, float]:
    """What the server noted of the last turn: when it had written the first pick, and how long it was busy."""
    import httpx

    address = chat.model._handle.address  # type: ignore[union-attr]
    async with httpx.AsyncClient() as client:
        found: dict[str, float] = (await client.get(f"{address}/times")).json()
    return found


def _spread(values: list[float]) -> str:
    return f"median {statistics.median(values):.1f} ms, p95 {_p95(values):.1f} ms"


def _seconds(values: list[float]) -> str:
    return f"median {statistics.median(values):.2f} s, p95 {_p95(values):.2f} s"


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


# --------------------------------------------------------------------------- the server


def serve(pipe: Connection) -> None:
    """The server, in a process of its own: READ as a whole, RECOMMEND in pieces, at a fixed speed."""
    asyncio.run(_serve(pipe))


async def _serve(pipe: Connection) -> None:
    times = {"first_pick": 0.0, "busy": 0.0}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b"":
            length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
            request = json.loads(await reader.readexactly(length)) if length else {}
            began = time.monotonic()
            if head.startswith(b"GET"):
                _whole(writer, times)
            elif request.get("stream"):
                await _list(writer, request, times)
                times["busy"] += time.monotonic() - began
            else:
                await asyncio.sleep(1.0 if "(slow)" in request["messages"][-1]["content"] else 0.05)
                message = {"role": "assistant", "content": READING}
                _whole(writer, _frame("chat.completion", message=message, finish_reason="stop"))
                times["busy"] = time.monotonic() - began
            await writer.drain()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=1024)
    pipe.send(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1")
    await server.serve_forever()


async def _list(writer: asyncio.StreamWriter, request: dict, times: dict[str, float]) -> None:  # type: ignore[type-arg]
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
    pieces = [text[at : at + PIECE] for text in (HEAD, TAIL) for at in range(0, len(text), PIECE)]
    last_of_first = -(-len(HEAD) // PIECE) - 1
    slow = "(slow)" in request["messages"][-1]["content"]
    pause = 1.0 / len(pieces) if slow else 0.002
    began = time.monotonic()
    for number, piece in enumerate(pieces):
        await asyncio.sleep(max(0.0, began + number * pause - time.monotonic()))
        _event(writer, _frame("chat.completion.chunk", delta={"role": "assistant", "content": piece}, finish_reason=None))
        await writer.drain()
        if number == last_of_first:
            times["first_pick"] = time.monotonic()
    _event(writer, _frame("chat.completion.chunk", delta={}, finish_reason="stop"))
    _chunk(writer, b"data: [DONE]\n\n")
    writer.write(b"0\r\n\r\n")


def _frame(kind: str, **choice: object) -> dict[str, object]:
    return {"id": "1", "object": kind, "created": 0, "model": "fixed", "choices": [{"index": 0, **choice}]}


def _whole(writer: asyncio.StreamWriter, body: object) -> None:
    data = json.dumps(body).encode()
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(data) + data)


def _event(writer: asyncio.StreamWriter, event: object) -> None:
    _chunk(writer, f"data: {json.dumps(event)}\n\n".encode())


def _chunk(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")


if __name__ == "__main__":
    main()
