"""Calls through the real library to a scripted server: what comes back, and every way it can go wrong."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from chatrec.errors import ModelError, ModelReplyError, ModelUnavailable
from chatrec.language.ask import complete, stream
from chatrec.language.formats import Shape, picks_shape
from chatrec.language.providers import ChatHandle, Limits, open_model
from chatrec.language.tokens import TokenCounter
from chatrec.records import ModelCall
from tests.language.conftest import KEY
from tests.scripted_server import Reply, ScriptedServer, failure

MESSAGES = [("system", "Be brief."), ("user", "Hello?")]


async def streamed(handle: ChatHandle, **options: bool) -> tuple[list[str], ModelCall]:
    pieces: list[str] = []
    call: ModelCall | None = None
    async for piece in stream(handle, "answer", MESSAGES, **options):  # type: ignore[arg-type]
        if isinstance(piece, ModelCall):
            call = piece
        else:
            pieces.append(piece)
    assert call is not None
    return pieces, call


async def test_whole_reply_comes_with_what_it_cost(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(Reply(["Hello ", "there"], usage=(11, 2)))
    text, call = await complete(handle, "read", MESSAGES)
    assert text == call.reply == "Hello there"
    assert (call.stage, call.model, call.messages) == ("read", "openai:tiny", tuple(MESSAGES))
    assert (call.tokens_in, call.tokens_out, call.counted, call.error) == (11, 2, True, "")
    assert 0 < call.seconds < 15
    assert server.requests[0]["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hello?"},
    ]


async def test_stream_comes_in_pieces_with_what_it_cost(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(Reply(["Hel", "lo ", "there"], usage=(11, 3)))
    pieces, call = await streamed(handle)
    assert pieces == ["Hel", "lo ", "there"]
    assert (call.reply, call.tokens_in, call.tokens_out, call.counted) == ("Hello there", 11, 3, True)
    assert call.first_token_seconds is not None
    assert call.first_token_seconds <= call.seconds


async def test_piece_arrives_before_the_next_is_sent(server: ScriptedServer, handle: ChatHandle) -> None:
    gate = threading.Event()
    server.say(Reply(["first", gate, "second"]))
    pieces = stream(handle, "answer", MESSAGES)
    assert await anext(pieces) == "first"
    gate.set()
    assert await anext(pieces) == "second"
    await pieces.aclose()


async def test_tokens_are_approximate_where_the_server_does_not_count(server: ScriptedServer) -> None:
    def load() -> None:
        raise ConnectionError

    counter = TokenCounter(load)  # type: ignore[arg-type]
    handle = open_model("tiny", base_url=server.url, counter=counter)
    server.say(Reply(["Hello there"], usage=None), Reply(["Hello there"], usage=None))
    for call in ((await complete(handle, "read", MESSAGES))[1], (await streamed(handle))[1]):
        assert (call.tokens_in, call.tokens_out, call.counted) == ((3 + 3) + (2 + 3) + 3, 3, False)


async def test_servers_that_leave_out_the_role_are_understood(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(Reply(["{", "}"], role=False))
    assert (await streamed(handle, json=True))[0] == ["{", "}"]


async def test_json_is_asked_for_only_where_wanted(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say('{"a": 1}', '{"a": 1}', "words")
    await complete(handle, "read", MESSAGES, json=True)
    await streamed(handle, json=True)
    await streamed(handle)
    assert [request.get("response_format") for request in server.requests] == [{"type": "json_object"}] * 2 + [None]


@pytest.mark.parametrize("status", [400, 422, 500])
async def test_server_that_refuses_json_is_asked_plainly_from_then_on(
    server: ScriptedServer, handle: ChatHandle, status: int
) -> None:
    server.say(failure(status, "response_format is not supported here"), '{"a": 1}', '{"a": 1}')
    await complete(handle, "read", MESSAGES, json=True)
    await streamed(handle, json=True)
    assert ["response_format" in request for request in server.requests] == [True, False, False]


def kinds(server: ScriptedServer) -> list[str]:
    """How each request asked for JSON."""
    asked = [request.get("response_format") or {} for request in server.requests]
    return [f"{each.get('type', 'words')}{' shaped' if 'schema' in each else ''}" for each in asked]


SHAPE = Shape("thing", {"type": "object", "properties": {"a": {"type": "integer"}}})


async def test_a_schema_goes_with_the_request_and_into_the_trace(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say('{"a": 1}')
    _, call = await complete(handle, "read", MESSAGES, shape=SHAPE)
    asked = server.requests[0]["response_format"]
    assert asked == {"type": "json_schema", "json_schema": {"name": "thing", "schema": SHAPE.schema, "strict": False}}
    assert call.reply_format == "schema"


async def test_each_refusal_leads_one_step_down_once_and_for_all(server: ScriptedServer, handle: ChatHandle) -> None:
    steps = ["json_schema is unknown", "extra key: schema", "json_object is unknown"]
    server.say(*[failure(400, step) for step in steps], '{"a": 1}', '{"a": 1}')
    _, first = await complete(handle, "read", MESSAGES, shape=SHAPE)
    _, second = await complete(handle, "read", MESSAGES, shape=SHAPE)
    assert kinds(server) == ["json_schema", "json_object shaped", "json_object", "words", "words"]
    assert (first.reply_format, second.reply_format) == ("text", "text")


async def test_a_refusal_without_a_reason_is_found_out_by_asking_for_less(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(failure(400, "bad request"), '{"a": 1}', '{"a": 1}')
    for _ in range(2):
        await complete(handle, "read", MESSAGES, shape=SHAPE)
    assert kinds(server) == ["json_schema", "json_object shaped", "json_object shaped"]


async def test_a_fault_that_may_be_the_formats_is_held_against_it_the_second_time(
    server: ScriptedServer, handle: ChatHandle
) -> None:
    server.say(failure(500, "oops"), '{"a": 1}', failure(500, "oops"), '{"a": 1}', '{"a": 1}')
    for _ in range(3):
        await complete(handle, "read", MESSAGES, shape=SHAPE)
    shaped = "json_object shaped"
    assert kinds(server) == ["json_schema", shaped, "json_schema", shaped, shaped]


async def test_a_format_that_brings_an_empty_object_is_given_up(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say("{}", '{"a": 1}')
    for _ in range(2):
        await complete(handle, "read", MESSAGES, shape=SHAPE)
    assert kinds(server) == ["json_schema", "json_object shaped"]


async def test_a_first_reply_with_an_empty_list_is_not_held_against_the_format(
    server: ScriptedServer, handle: ChatHandle
) -> None:
    empty, useless = '{"intro": "", "picks": [], "outro": ""}', '{"films": []}'
    server.say(empty, empty, useless, empty)
    for _ in range(4):
        async for _ in stream(handle, "recommend", MESSAGES, shape=picks_shape(3), is_whole=lambda: False):
            pass
    assert kinds(server) == ["json_schema"] * 3 + ["json_object shaped"]


async def test_too_long_a_prompt_teaches_the_window(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(failure(400, "request (2358 tokens) exceeds the available context size (2048 tokens), try increasing it"))
    with pytest.raises(ModelUnavailable, match=r"holds 2,048 tokens; the next ones are cut to fit"):
        await complete(handle, "read", MESSAGES)
    assert handle.window == 2_048


async def test_too_long_a_conversation_is_not_blamed_on_the_format(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(failure(400, "maximum context length exceeded by this json"))
    with pytest.raises(ModelUnavailable, match="too long"):
        await complete(handle, "read", MESSAGES, shape=SHAPE)
    assert len(server.requests) == 1


FAILURES = [
    (
        failure(401, f"Incorrect API key provided: {KEY}"),
        ModelUnavailable,
        r"refused the API key \(401\); check OPENAI_API_KEY",
    ),
    (failure(403), ModelUnavailable, r"may not use the model tiny \(403\)"),
    (failure(404), ModelUnavailable, r"does not know the model tiny \(404\); check CHATREC_MODEL .*ends in /v1"),
    (failure(429, retry_after="40"), ModelUnavailable, r"too many requests \(429\); try again in 40 seconds"),
    (failure(429, "You exceeded your current quota", code="insufficient_quota"), ModelUnavailable, r"no quota left \(429\)"),
    (failure(400, "maximum context length is 10 tokens"), ModelUnavailable, r"too long for the model tiny"),
    (failure(400, "no such knob"), ModelUnavailable, r"refused the request \(400\): .*no such knob"),
    (Reply(status=404, body="<html>lost</html>", content_type="text/html"), ModelUnavailable, r"\(404\)"),
    (
        Reply(body="<html>Welcome</html>", content_type="text/html"),
        ModelReplyError,
        r"(was not a chat completion|held nothing); check .*/v1",
    ),
    (Reply(body='{"choices": []}'), ModelReplyError, "was not a chat completion|held nothing"),
    (Reply([""]), ModelReplyError, "was empty; try again"),
    (Reply(["  \n"]), ModelReplyError, "was empty; try again"),
    (Reply(["half an answ"], finish="length"), ModelReplyError, "was cut off; try again"),
    (Reply(["I"], finish="content_filter"), ModelReplyError, "declined to answer"),
]


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize(("reply", "kind", "sentence"), FAILURES)
async def test_failure_is_one_sentence_that_says_what_to_do(
    server: ScriptedServer, handle: ChatHandle, reply: Reply, kind: type[ModelError], sentence: str, streaming: bool
) -> None:
    server.say(reply)
    with pytest.raises(kind, match=sentence) as caught:
        await (streamed(handle) if streaming else complete(handle, "read", MESSAGES))
    call = caught.value.call
    assert call is not None
    assert call.error.startswith(str(caught.value))
    assert "\n" not in str(caught.value)
    assert KEY not in f"{caught.value}{call.error}"
    assert len(server.requests) == 1


async def test_refusal_is_told_as_one(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(Reply(refusal="I cannot help with that."))
    with pytest.raises(ModelReplyError, match="declined to answer"):
        await complete(handle, "read", MESSAGES)


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("first", [failure(429, retry_after="0.01"), failure(500), failure(503), failure(529)])
async def test_passing_trouble_is_tried_once_more(
    server: ScriptedServer, handle: ChatHandle, first: Reply, streaming: bool
) -> None:
    server.say(first, "Hello")
    text = "".join((await streamed(handle))[0]) if streaming else (await complete(handle, "read", MESSAGES))[0]
    assert text == "Hello"


async def test_lasting_trouble_is_tried_again_twice_and_no_more(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(*[failure(500)] * 5)
    with pytest.raises(ModelUnavailable, match=r"server failed \(500\)"):
        await complete(handle, "read", MESSAGES)
    assert len(server.requests) == 3


async def test_a_failing_server_is_left_alone_and_then_probed_once(server: ScriptedServer) -> None:
    limits = Limits(total=2, connect=0.5, idle=0.25, retries=0, failures=2, rest=0.3)
    handle = open_model("tiny", base_url=server.url, limits=limits)
    server.say(failure(500), failure(500))
    for _ in range(2):
        with pytest.raises(ModelUnavailable, match="server failed"):
            await complete(handle, "read", MESSAGES)
    with pytest.raises(
        ModelUnavailable, match=r"failed 2 times in a row \(500\) and is left alone for 1 more second$"
    ) as caught:
        await complete(handle, "read", MESSAGES)
    assert caught.value.call is not None
    assert len(server.requests) == 2
    await asyncio.sleep(0.31)
    gate = threading.Event()
    server.say(Reply([gate, "back"]), "again")
    probe = asyncio.create_task(complete(handle, "read", MESSAGES))
    while len(server.requests) < 3:
        await asyncio.sleep(0.01)
    with pytest.raises(ModelUnavailable, match="left alone"):
        await complete(handle, "read", MESSAGES)
    gate.set()
    assert (await probe)[0] == "back"
    assert (await complete(handle, "read", MESSAGES))[0] == "again"


async def test_what_is_wrong_with_one_request_keeps_nobody_else_out(server: ScriptedServer) -> None:
    handle = open_model("tiny", base_url=server.url, limits=Limits(total=2, retries=0, failures=2, rest=60))
    server.say(*[failure(400, "maximum context length is 10 tokens")] * 3, Reply(refusal="No."), Reply([""]), "fine")
    for _ in range(5):
        with pytest.raises(ModelError):
            await complete(handle, "read", MESSAGES)
    assert (await complete(handle, "read", MESSAGES))[0] == "fine"


async def test_a_visitor_who_leaves_during_the_probe_leaves_it_to_the_next(server: ScriptedServer) -> None:
    handle = open_model("tiny", base_url=server.url, limits=Limits(total=20, retries=0, failures=1, rest=0.05))
    server.say(failure(500), Reply([20.0, "late"]), "back")
    with pytest.raises(ModelUnavailable):
        await complete(handle, "read", MESSAGES)
    await asyncio.sleep(0.06)
    probe = asyncio.create_task(complete(handle, "read", MESSAGES))
    while len(server.requests) < 2:
        await asyncio.sleep(0.01)
    probe.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probe
    assert (await complete(handle, "read", MESSAGES))[0] == "back"


async def test_no_more_calls_run_at_once_than_are_allowed(server: ScriptedServer) -> None:
    handle = open_model("tiny", base_url=server.url, limits=Limits(total=20, calls=2))
    gate = threading.Event()
    server.say(*[Reply([gate, "done"])] * 2)
    running = [asyncio.create_task(complete(handle, "read", MESSAGES)) for _ in range(2)]
    while len(server.requests) < 2:
        await asyncio.sleep(0.01)
    asyncio.get_running_loop().call_later(0.05, gate.set)
    server.say("third")
    assert (await complete(handle, "read", MESSAGES))[0] == "third"
    assert [text for text, _ in await asyncio.gather(*running)] == ["done", "done"]


async def test_whoever_waits_too_long_for_a_free_place_is_told(server: ScriptedServer) -> None:
    handle = open_model("tiny", base_url=server.url, limits=Limits(total=0.2, calls=1, failures=1))
    async with handle.gate.slot(1):
        with pytest.raises(ModelUnavailable, match="busy with 1 other calls"):
            await complete(handle, "read", MESSAGES)
    assert (handle.gate.inside, handle.breaker.failed_in_a_row, server.requests) == (0, 0, [])


async def test_a_tool_call_nobody_asked_for_is_told_as_one(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(Reply(tool="search"), Reply(tool="search"))
    with pytest.raises(ModelReplyError, match="called a tool, though none was offered"):
        await complete(handle, "read", MESSAGES)
    with pytest.raises(ModelReplyError, match="called a tool"):
        await streamed(handle)


async def test_no_key_makes_no_request() -> None:
    handle = open_model("gpt-5-mini")
    with pytest.raises(ModelUnavailable, match="No API key set") as caught:
        await complete(handle, "read", MESSAGES)
    assert caught.value.call is not None
    assert caught.value.call.error == handle.unavailable
    with pytest.raises(ModelUnavailable, match="No API key set"):
        await streamed(handle)


async def test_refused_connection_names_the_host() -> None:
    handle = open_model("tiny", base_url="http://user:secret@127.0.0.1:9/v1", limits=Limits(total=2, pause=0.01))
    with pytest.raises(ModelUnavailable, match=r"No connection to the model's server at 127.0.0.1") as caught:
        await complete(handle, "read", MESSAGES)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("streaming", [False, True])
async def test_silence_ends_at_the_limit(server: ScriptedServer, streaming: bool) -> None:
    handle = open_model("tiny", base_url=server.url, limits=Limits(total=1.0, idle=0.2))
    server.say("the connection is made", Reply([20.0, "late"]))
    await complete(handle, "read", MESSAGES)
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match=r"did not answer within 1 seconds"):
        await (streamed(handle) if streaming else complete(handle, "read", MESSAGES))
    assert time.monotonic() - began < 5
    assert await asyncio.to_thread(server.abandoned.wait, 5)


async def test_stalled_stream_is_given_up_between_pieces(server: ScriptedServer) -> None:
    handle = open_model("tiny", base_url=server.url, limits=Limits(total=30, idle=0.2))
    began = time.monotonic()
    server.say(Reply(["begun ", 20.0, "late"]))
    with pytest.raises(ModelReplyError, match="stalled") as caught:
        await streamed(handle)
    assert caught.value.call is not None
    assert caught.value.call.reply == "begun "
    assert time.monotonic() - began < 10
    assert await asyncio.to_thread(server.abandoned.wait, 5)


@pytest.mark.parametrize("reply", [Reply(["begun "], cut=True), Reply(["begun "], finish="")])
async def test_cut_stream_is_not_taken_for_a_whole_one(server: ScriptedServer, handle: ChatHandle, reply: Reply) -> None:
    server.say(reply)
    with pytest.raises(ModelReplyError, match="cut off") as caught:
        await streamed(handle)
    assert caught.value.call is not None
    assert caught.value.call.reply == "begun "


async def test_stream_without_an_end_mark_counts_when_its_text_is_whole(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(Reply(["{}"], finish=""))
    got = [piece async for piece in stream(handle, "recommend", MESSAGES, is_whole=lambda: True)]
    assert got[0] == "{}"
    assert isinstance(got[1], ModelCall)


async def test_endless_reply_is_stopped(server: ScriptedServer, handle: ChatHandle) -> None:
    server.say(Reply(["x" * 5_000] * 50))
    with pytest.raises(ModelReplyError, match="did not end"):
        await streamed(handle)


@pytest.mark.parametrize("streaming", [False, True])
async def test_cancelling_closes_the_request(server: ScriptedServer, streaming: bool) -> None:
    handle = open_model("tiny", base_url=server.url)
    server.say(Reply(["begun", 20.0, "late"]))
    task = asyncio.create_task(streamed(handle) if streaming else complete(handle, "read", MESSAGES))  # type: ignore[arg-type]
    while not server.requests:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(server.abandoned.wait, 5)


async def test_leaving_a_stream_early_closes_the_request(server: ScriptedServer) -> None:
    handle = open_model("tiny", base_url=server.url)
    server.say(Reply(["begun", 20.0, "late"]))
    pieces = stream(handle, "answer", MESSAGES)
    assert await anext(pieces) == "begun"
    await pieces.aclose()
    assert await asyncio.to_thread(server.abandoned.wait, 5)


async def test_many_visitors_are_served_at_once(server: ScriptedServer, handle: ChatHandle) -> None:
    gate = threading.Event()
    server.answer = lambda request: Reply([gate, request["messages"][-1]["content"]])

    async def ask(number: int) -> str:
        return (await complete(handle, "read", [("user", str(number))]))[0]

    async def open_gate() -> None:
        while len(server.requests) < 8:
            await asyncio.sleep(0.01)
        gate.set()

    *texts, _ = await asyncio.gather(*(ask(n) for n in range(8)), open_gate())
    assert texts == [str(n) for n in range(8)]
