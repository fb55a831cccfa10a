"""Every sin of a model's server, committed against a whole turn: what the visitor sees, as a page.

`python -m tests.chat.model_faults` writes docs/model-faults.md anew.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.chat import Ask, Chat
from chatrec.engines.builtin.engine import BuiltInEngine
from chatrec.engines.builtin.read import Reader
from chatrec.engines.model import ModelEngine
from chatrec.language.providers import Limits, open_model
from chatrec.language.shelf import PromptShelf
from chatrec.memory.store import Store
from chatrec.records import Candidate, Profile, Request, Shortlist, Turn
from chatrec.settings import shipped
from tests.films import make_catalog
from tests.scripted_server import Reply, ScriptedServer, failure, scripted_server

PAGE = Path(__file__).parents[2] / "docs" / "model-faults.md"
WISH = "I loved Coraline, give me three magical films"
READING = json.dumps({"intent": "recommend", "wish": "magical fantasy", "count": 3})
PICKS = tuple(
    f'{{"number": {number}, "reason": "{reason}"}}'
    for number, reason in ((2, "A reason by the model."), (1, "Another reason by it."), (3, "And one reason more."))
)
LIST = f'{{"intro": "Three doors.", "picks": [{", ".join(PICKS)}], "outro": ""}}'
HEAD = f'{{"intro": "Three doors.", "picks": [{PICKS[0]},'
KEY = "sk-test-0123456789"
PATIENT = Limits(total=20, connect=5, idle=10, pause=0.01, patience=0.5)
HASTY = Limits(total=1.5, connect=1, idle=0.6, pause=0.01, patience=0.5)
HTML = Reply(status=502, body="<!doctype html><h1>Bad gateway</h1>", content_type="text/html")


@dataclass(frozen=True)
class Sin:
    """A fault, the call it is committed in, what the server says in turn, and how many of the three picks are the model's."""

    name: str
    call: str
    replies: Sequence[Reply | str]
    picks: int
    notice: str = ""
    limits: Limits = PATIENT


class Searcher:
    """The first items of the catalog that are not excluded."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def search(self, request: Request, profile: Profile, limit: int = 30) -> Shortlist:
        found = [item.id for item in self.catalog if item.id not in request.excluded][:8]
        return Shortlist(tuple(Candidate(item_id, 1.0) for item_id in found), considered=len(found))


def sins(titles: Sequence[str]) -> list[Sin]:
    """All of them; `titles` are those of the candidates, number 1 first."""
    read, list_ = "READ", "RECOMMEND"

    def late(*replies: Reply | str) -> list[Reply | str]:
        return [READING, *replies]

    def reply(picks: str) -> str:
        return f'{{"intro": "Three doors.", "picks": [{picks}]}}'

    named = ", ".join(f'{{"title": {json.dumps(title)}, "reason": "A reason by the model."}}' for title in titles[:3])
    out = '{"number": 99, "reason": "A reason by the model."}, {"number": 0, "reason": "A reason by the model."}'
    quoted = LIST.replace("2,", '"2",').replace("1,", '"1",').replace("3,", '"candidate 3",')
    endless = Reply(['{"number": 4, "reason": "On and on it goes."}, '], endless=True)
    busy, wait = failure(429, "Rate limit"), failure(429, "Rate limit", retry_after="40")
    brief = failure(429, "Rate limit", retry_after="0.05")
    past = failure(429, "Rate limit", retry_after="Fri, 20 Nov 2020 12:00:00 GMT")
    nothing = Reply(body='{"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": []}')
    no_choice = 'data: {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": []}\n\n'
    no_choices = Reply(body=no_choice + "data: [DONE]\n\n", content_type="text/event-stream")
    refused = failure(400, "response_format is not supported")
    too_long = "request (2358 tokens) exceeds the available context size (2048 tokens), try increasing it"
    return [
        Sin("none: a server that behaves", "both", late(LIST), 3),
        Sin("slow first byte, within the limit", "both", [Reply([0.1, READING]), Reply([0.1, LIST])], 3),
        Sin("no first byte", read, [Reply([9.0, READING])], 0, "did not answer within", HASTY),
        Sin("no first byte", list_, late(Reply([9.0, LIST])), 0, "did not answer within", HASTY),
        Sin("stall in mid-stream", list_, late(Reply([HEAD, 9.0, LIST])), 1, "stalled", HASTY),
        Sin("connection cut before the first byte, once", read, [Reply(hang_up=True), READING, LIST], 3),
        Sin("connection cut before the first byte, always", read, [Reply(hang_up=True)] * 3, 0, "No connection"),
        Sin("connection cut in mid-stream", list_, late(Reply([HEAD], cut=True)), 1, "cut off"),
        Sin("401", read, [failure(401, f"Incorrect API key provided: {KEY}")], 0, "(401)"),
        Sin("403", read, [failure(403, "no")], 0, "(403)"),
        Sin("404, no such model", read, [failure(404, "no such model")], 0, "(404)"),
        Sin("429 without Retry-After, once", read, [busy, READING, LIST], 3),
        Sin("429 without Retry-After, always", read, [busy] * 3, 0, "(429)"),
        Sin("429 with a short Retry-After", list_, late(brief, LIST), 3),
        Sin("429 with a Retry-After in the past, as a date", list_, late(past, LIST), 3),
        Sin("429 with a long Retry-After", list_, late(wait), 0, "in 40 seconds"),
        Sin("429, no quota left", read, [failure(429, "You exceeded your current quota")], 0, "no quota left"),
        Sin("500, once", read, [failure(500), READING, LIST], 3),
        Sin("500, always", list_, late(*[failure(500)] * 3), 0, "(500)"),
        Sin("error page in HTML (502)", read, [HTML] * 3, 0, "(502)"),
        Sin("HTML with status 200", read, [Reply(body="<h1>Hello</h1>", content_type="text/html")], 0, "not a chat completion"),
        Sin("HTML with status 200", list_, late(Reply(body="<h1>Hello</h1>", content_type="text/html")), 0, "held nothing"),
        Sin("empty choices", read, [nothing], 0, "not a chat completion"),
        Sin("empty choices", list_, late(no_choices), 0, "try again"),
        Sin("wrong content type, right content", list_, late(Reply([LIST], content_type="text/plain")), 3),
        Sin("JSON that is no stream", list_, late(Reply(body='{"choices": []}')), 0, "held nothing"),
        Sin("refusal", read, [Reply(refusal="I cannot help with that.")], 0, "declined"),
        Sin("refusal", list_, late(Reply(refusal="I cannot help with that.")), 0, "declined"),
        Sin("stopped by a content filter", list_, late(Reply([HEAD], finish="content_filter")), 1, "declined"),
        Sin("reasoning in fields of its own", "both", [Reply([READING], thoughts="Hm."), Reply([LIST], thoughts="Hm.")], 3),
        Sin("reasoning in tags before the reply", "both", [f"<think>{{?</think>{READING}", f"<think>[1, {{</think>{LIST}"], 3),
        Sin("a tool call nobody asked for", read, [Reply(tool="search")], 0, "called a tool"),
        Sin("a tool call nobody asked for", list_, late(Reply(tool="search")), 0, "called a tool"),
        Sin("markdown fences round the JSON", "both", [f"```json\n{READING}\n```", f"Sure!\n```json\n{LIST}\n```"], 3),
        Sin("trailing commas", "both", [READING.replace("}", ",}"), reply(", ".join(PICKS) + ",")], 3),
        Sin("numbers as strings", list_, late(quoted), 3),
        Sin("numbers out of range", list_, late(reply(f"{out}, {PICKS[0]}")), 1),
        Sin("nothing but numbers out of range", list_, late(reply(out)), 0, "none of the titles"),
        Sin("the same pick twice", list_, late(reply(f"{PICKS[0]}, {PICKS[0]}, {PICKS[1]}")), 2),
        Sin("candidate titles instead of numbers", list_, late(reply(named)), 3),
        Sin("more picks than asked for", list_, late(reply(", ".join([*PICKS, PICKS[0].replace("2", "4")]))), 3),
        Sin("an endless list of picks", list_, late(endless_list(endless)), 3),
        Sin("an endless text", list_, late(Reply(["words and words "], endless=True)), 0, "did not end"),
        Sin("an endless stream of nothing", list_, late(Reply(["", 0.05], endless=True)), 0, "did not", HASTY),
        Sin("an endless reply to READ", read, [Reply([" ", 0.05], endless=True)], 0, "did not answer", HASTY),
        Sin("cut at the token limit", list_, late(Reply([HEAD], finish="length")), 1, "cut off"),
        Sin("no mark at the end, reply complete", list_, late(Reply([LIST], finish="")), 3),
        Sin("no mark at the end, reply incomplete", list_, late(Reply([HEAD], finish="")), 1, "cut off"),
        Sin("no role in the stream, no token counts", "both", [READING, Reply([LIST], role=False, usage=None)], 3),
        Sin("empty reply", read, [Reply([""])], 0, "was empty"),
        Sin("empty object", read, ["{}"], 0, "no JSON object"),
        Sin("small talk instead of a list", list_, late("I like films, don't you?"), 0, "no list of picks"),
        Sin(
            "a numbered list in words",
            list_,
            late("Three doors.\n\n1. A reason by the model.\n2. Another reason by it.\n3. And one reason more."),
            3,
        ),
        Sin("a prompt longer than the window", read, [failure(400, too_long)], 0, "holds 2,048 tokens"),
        Sin("a prompt longer than the window, told in the stream", list_, late(in_stream(too_long, 400)), 0, "holds 2,048"),
        Sin("a failure told in the stream, once", list_, late(in_stream("Overloaded", 529), LIST), 3),
        Sin("a failure without a status told in the stream", list_, late(in_stream("Out of memory")), 0, "Out of memory"),
        Sin("reply formats refused", "both", [*[refused] * 3, READING, *[refused] * 3, LIST], 3),
    ]


def in_stream(message: str, code: int | None = None) -> Reply:
    """A stream that begins well, with status 200, and whose first event is a failure."""
    event = {"error": {"message": message, "code": code, "type": "server_error"}}
    return Reply(body=f"data: {json.dumps(event)}\n\n", content_type="text/event-stream")


def endless_list(piece: Reply) -> Reply:
    """The three picks, and then one more, again and again."""
    return Reply(list(itertools.chain([HEAD, *(f"{pick}, " for pick in PICKS[1:])], piece.pieces * 2_000)))


@contextmanager
def committed(sin: Sin, films: Catalog) -> Iterator[tuple[Chat, ScriptedServer, str, Turn]]:
    """A turn during which the server sins: the chat, the server, the conversation and the turn as the caller got it."""
    with scripted_server() as server, closing(Store("sqlite://")) as store:
        linker = TitleLinker(films)
        reader = Reader(films, linker)
        handle = open_model("openai:tiny", api_key=KEY, base_url=server.url, limits=sin.limits)
        model = ModelEngine(handle, PromptShelf(shipped("prompts")), films, linker, reader)
        chat = Chat(films, store, Searcher(films), reader, BuiltInEngine(films, reader), model)
        server.say(*sin.replies)
        conversation = store.start_conversation("ann")
        yield chat, server, conversation, chat.invoke(Ask(WISH, "ann", conversation))


def candidates(films: Catalog) -> list[str]:
    """The titles a model is given for WISH, number 1 first."""
    return [item.title for item in films if item.id != "coraline-2009"][:8]


def row(sin: Sin, turn: Turn) -> str:
    """What the visitor saw of a sin, as a line of the page's table."""
    told = sum(call.stage == "recommend" for call in turn.trace.calls)
    by_model = by_the_model(turn)
    rest = len(turn.picks) - by_model
    who = [f"{by_model} by the model"] * bool(by_model) + [f"{rest} by the built-in engine"] * bool(rest)
    dropped = ", ".join(f"{reason} {count}" for reason, count in sorted(turn.trace.dropped.items()))
    calls = f"{len(turn.trace.calls)} ({'with' if told else 'without'} RECOMMEND)"
    notice = " ".join(turn.notices) or "none"
    return f"| {sin.name} | {sin.call} | {', '.join(who)} | {notice} | {dropped or 'nothing'} | {calls} |"


def by_the_model(turn: Turn) -> int:
    """How many picks carry a reason of the model's."""
    return sum(" by " in pick.reason or "one reason more" in pick.reason for pick in turn.picks)


HEADER = """\
# What a visitor sees when a model's server fails

Each line is a turn ("I loved Coraline, give me three magical films") held with a scripted server that commits the fault in one
of the turn's two calls. After every one of them the tests find the conversation, the profile ("You liked Coraline") and the
trace with the failed call in the store, and the next turn, with a server that behaves again, is told by the model. The tests
hold this page to the code; `python -m tests.chat.model_faults` writes it anew.

| fault | in | picks | notice | counted in the trace | calls in the trace |
|---|---|---|---|---|---|
"""


def page(films: Catalog) -> str:
    """The whole page; takes some seconds."""
    lines = []
    for sin in sins(candidates(films)):
        with committed(sin, films) as (_, _, _, turn):
            lines.append(row(sin, turn))
    return HEADER + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(make_catalog()), encoding="utf-8")
