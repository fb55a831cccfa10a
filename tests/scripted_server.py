"""A scripted server on loopback: it says what it is told, streamed or not, and fails on demand.

It speaks OpenAI's protocol (chat completions, embeddings) below /v1 and Ollama's (chat, embed) below /api.
"""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from zlib import crc32

Piece = str | float | threading.Event
"""Text to send, seconds to wait, or an event to wait for."""


@dataclass(frozen=True)
class Reply:
    """One answer of the server.

    `pieces` are sent one by one in a stream, joined otherwise. With a `status` other than 200 or a `body`, that is sent
    instead. `cut` closes the connection after the pieces, without an end; `hang_up` at once, without a word. `finish` is the
    reason given at the end (empty: none). `usage` is (prompt, completion) tokens, None for a server that does not count. `tool`
    is called by its name, `thoughts` are told in a field of their own. An `endless` reply says its pieces over and over until
    the client hangs up.
    """

    pieces: Sequence[Piece] = ()
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    content_type: str = "application/json"
    finish: str = "stop"
    usage: tuple[int, int] | None = (120, 40)
    cut: bool = False
    refusal: str = ""
    role: bool = True
    tool: str = ""
    thoughts: str = ""
    endless: bool = False
    hang_up: bool = False


def word_vector(text: str, dimension: int = 64) -> list[float]:
    """A bag of words as a vector: texts with words in common are alike."""
    vector = [0.0] * dimension
    for word in text.lower().split():
        vector[crc32(word.strip(".,;:!?").encode()) % dimension] += 1.0
    return vector


def failure(status: int, message: str = "no", *, code: str = "", **headers: str) -> Reply:
    """An error in OpenAI's form; header names are written with underscores."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": code or None}})
    return Reply(status=status, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


class ScriptedServer:
    """Answers requests in the order of its script; with an empty script it asks `answer`, or says 500.

    `requests` are the JSON bodies received, `keys` the authorization headers, `paths` where they went. `abandoned` is set when
    a client hung up in the middle of a reply. Texts are embedded by `embed`, with failures from `embedding_script` first;
    `embedded` are the texts asked for, in the batches they came in.
    """

    def __init__(self) -> None:
        self.script: deque[Reply] = deque()
        self.answer: Callable[[dict[str, Any]], Reply | str] | None = None
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.paths: list[str] = []
        self.embed: Callable[[str], list[float]] = word_vector
        self.embedding_script: deque[Reply] = deque()
        self.embedded: list[list[str]] = []
        self.abandoned = threading.Event()
        self.stopping = threading.Event()
        server = self

        class Handler(_Handler):
            scripted = server

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """The base URL for clients that speak OpenAI's protocol."""
        return f"{self.root}/v1"

    @property
    def root(self) -> str:
        """The address of the server, for clients that speak Ollama's protocol."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def say(self, *replies: Reply | str) -> None:
        """Add replies to the script; a text is sent as one piece."""
        self.script.extend(Reply([r]) if isinstance(r, str) else r for r in replies)

    def next_reply(self, request: dict[str, Any]) -> Reply:
        """The reply to one request."""
        if self.script:
            return self.script.popleft()
        if self.answer is None:
            return failure(500, "the script is over")
        reply = self.answer(request)
        return Reply([reply]) if isinstance(reply, str) else reply

    def start(self) -> None:
        """Begin serving."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving; replies that wait end now."""
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@contextmanager
def scripted_server() -> Iterator[ScriptedServer]:
    """A running server."""
    server = ScriptedServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


class _Handler(BaseHTTPRequestHandler):
    scripted: ScriptedServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.close_connection = True
        self.scripted.keys.append(self.headers.get("authorization", ""))
        self.scripted.paths.append(self.path)
        try:
            if self.path.endswith(("/embeddings", "/embed")):
                self._embed(request)
                return
            self.scripted.requests.append(request)
            reply = self.scripted.next_reply(request)
            if reply.hang_up:
                return
            if reply.status != 200 or reply.body is not None:
                self._send(reply.status, reply.body or "", reply.content_type, reply.headers)
            elif self.path.startswith("/api/"):
                self._ollama(reply)
            elif request.get("stream"):
                self._stream(reply, request)
            elif reply.endless:
                self._begin("application/json")
                for text in self._texts(reply):
                    self._chunk(text)
            else:
                self._whole(reply)
        except (BrokenPipeError, ConnectionResetError):
            self.scripted.abandoned.set()

    def _embed(self, request: dict[str, Any]) -> None:
        given = request["input"]
        texts = [given] if isinstance(given, str) else list(given)
        self.scripted.embedded.append(texts)
        if self.scripted.embedding_script:
            reply = self.scripted.embedding_script.popleft()
            list(self._texts(reply))
            if reply.status != 200 or reply.body is not None:
                self._send(reply.status, reply.body or "", reply.content_type, reply.headers)
                return
        vectors = [self.scripted.embed(text) for text in texts]
        if self.path.startswith("/api/"):
            body: dict[str, Any] = {"model": request["model"], "embeddings": vectors}
        else:
            data = [{"object": "embedding", "index": row, "embedding": vector} for row, vector in enumerate(vectors)]
            body = {"object": "list", "model": request["model"], "data": data, "usage": _usage(1, 0)}
        self._send(200, json.dumps(body), "application/json", {})

    def _ollama(self, reply: Reply) -> None:
        frame: dict[str, Any] = {"model": "scripted", "created_at": "2026-01-01T00:00:00Z", "done": False}
        self._begin("application/x-ndjson")
        for text in self._texts(reply):
            self._chunk(json.dumps({**frame, "message": {"role": "assistant", "content": text}}) + "\n")
        if reply.cut:
            return
        counts = {"prompt_eval_count": reply.usage[0], "eval_count": reply.usage[1]} if reply.usage else {}
        end = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": reply.finish or "stop", **counts}
        self._chunk(json.dumps({**frame, **end}) + "\n")
        self.wfile.write(b"0\r\n\r\n")

    def _begin(self, content_type: str) -> None:
        self.send_response(200)
        self.send_header("content-type", content_type)
        self.send_header("transfer-encoding", "chunked")
        self.send_header("connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def _send(self, status: int, body: str, content_type: str, headers: Mapping[str, str]) -> None:
        data = body.encode()
        self.send_response(status)
        for name, value in {"content-type": content_type, **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def _whole(self, reply: Reply) -> None:
        text = "".join(self._texts(reply))
        message: dict[str, Any] = {"role": "assistant", "content": text or None, "refusal": reply.refusal or None}
        if reply.tool:
            message["tool_calls"] = [_tool_call(reply.tool)]
        if reply.thoughts:
            message["reasoning_content"] = message["reasoning"] = reply.thoughts
        choice = {"index": 0, "message": message, "finish_reason": reply.finish or None}
        body: dict[str, Any] = {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}
        if reply.usage:
            body["usage"] = _usage(*reply.usage)
        self._send(200, json.dumps(body), "application/json", reply.headers)

    def _stream(self, reply: Reply, request: dict[str, Any]) -> None:
        self._begin(reply.content_type if reply.content_type != "application/json" else "text/event-stream")
        role = {"role": "assistant"} if reply.role else {}
        if reply.thoughts:
            thoughts = {"reasoning_content": reply.thoughts, "reasoning": reply.thoughts}
            self._event({"index": 0, "delta": {**role, "content": None, **thoughts}, "finish_reason": None})
        if reply.tool:
            self._event({"index": 0, "delta": {**role, "tool_calls": [_tool_call(reply.tool)]}, "finish_reason": None})
        for text in self._texts(reply):
            self._event({"index": 0, "delta": {**role, "content": text}, "finish_reason": None})
            role = {}
        if reply.cut:
            return
        if reply.refusal:
            self._event({"index": 0, "delta": {**role, "refusal": reply.refusal}, "finish_reason": None})
        if reply.finish:
            self._event({"index": 0, "delta": {}, "finish_reason": reply.finish})
        if reply.usage and (request.get("stream_options") or {}).get("include_usage"):
            self._event(None, usage=_usage(*reply.usage))
        self._chunk("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _texts(self, reply: Reply) -> Iterator[str]:
        for piece in itertools.cycle(reply.pieces) if reply.endless else reply.pieces:
            if self.scripted.stopping.is_set():
                return
            if isinstance(piece, str):
                yield piece
            elif isinstance(piece, threading.Event):
                while not piece.wait(0.01) and not self.scripted.stopping.is_set():
                    self._look()
            else:
                until = time.monotonic() + piece
                while time.monotonic() < until and not self.scripted.stopping.wait(0.01):
                    self._look()

    def _look(self) -> None:
        """Notice a client that hung up while the server waits."""
        self.connection.setblocking(False)
        try:
            if self.connection.recv(1) == b"":
                raise BrokenPipeError
        except BlockingIOError:
            pass
        finally:
            self.connection.setblocking(True)

    def _event(self, choice: dict[str, Any] | None, **more: Any) -> None:
        choices = [choice] if choice else []
        event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": choices, **more}
        self._chunk(f"data: {json.dumps(event)}\n\n")

    def _chunk(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()


def _tool_call(name: str) -> dict[str, Any]:
    return {"index": 0, "id": "call-1", "type": "function", "function": {"name": name, "arguments": "{}"}}


def _usage(prompt: int, completion: int) -> dict[str, int]:
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
