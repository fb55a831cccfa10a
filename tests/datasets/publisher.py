"""A publisher's server on this machine: serves files with Range, and can cut, hang, refuse, lie, or send a page instead."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Publisher:
    """What the server has and how it behaves; `asked` are the paths and ranges it was asked for, in order."""

    content: bytes
    address: str = ""
    status: int = 200
    kind: str = "application/zip"
    knows_ranges: bool = True
    md5: str | None = None
    cut_after: int | None = None
    cuts: int = 0
    hang_after: int | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    free: threading.Event = field(default_factory=threading.Event)

    @property
    def sum(self) -> bytes:
        """The checksum file, as GroupLens writes it."""
        return f"MD5 (ml.zip) = {self.md5 or hashlib.md5(self.content).hexdigest()}\n".encode()


@contextmanager
def publishing(content: bytes) -> Iterator[Publisher]:
    """A server for `/ml.zip` and `/ml.zip.md5`, on a port of its own."""
    publisher = Publisher(content)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            publisher.asked.append((self.path, wanted))
            if self.path.endswith(".md5"):
                self._reply(200 if publisher.md5 != "" else 404, publisher.sum, "text/plain")
                return
            if publisher.status != 200:
                self._reply(publisher.status, b"<html>sorry</html>", "text/html")
                return
            start = int(found[1]) if (found := re.fullmatch(r"bytes=(\d+)-", wanted)) and publisher.knows_ranges else 0
            if start and start >= len(publisher.content):
                self._reply(416, b"", "text/plain", f"bytes */{len(publisher.content)}")
                return
            place = f"bytes {start}-{len(publisher.content) - 1}/{len(publisher.content)}" if start else ""
            self._reply(206 if start else 200, publisher.content[start:], publisher.kind, place)

        def _reply(self, status: int, body: bytes, kind: str, place: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Type", kind)
            if place:
                self.send_header("Content-Range", place)
            self.end_headers()
            mine = body if self.path.endswith(".md5") else self._cut(body)
            try:
                self.wfile.write(mine)
                self.wfile.flush()
                if publisher.hang_after is not None and not self.path.endswith(".md5"):
                    publisher.free.wait(20)
            except ConnectionError:
                pass
            self.close_connection = len(mine) < len(body)

        def _cut(self, body: bytes) -> bytes:
            if publisher.hang_after is not None:
                return body[: publisher.hang_after]
            if publisher.cut_after is not None and publisher.cuts > 0:
                publisher.cuts -= 1
                return body[: publisher.cut_after]
            return body

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    publisher.address = f"http://127.0.0.1:{server.server_port}/ml.zip"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield publisher
    finally:
        publisher.free.set()
        server.shutdown()
        thread.join()
        server.server_close()
