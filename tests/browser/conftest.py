"""A real server in a process of its own, and a real Chromium that talks to it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # ms: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)
SCREENSHOTS = Path(__file__).parent / "screenshots"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Playwright drives the system's Chromium; its own cannot be assumed to be installed."""
    if CHROMIUM is None:
        pytest.fail("Chromium is not installed; on Debian: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """Every page waits as long as `expect` does."""
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures go; not kept under version control."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return SCREENSHOTS


class Server:
    """`chatrec serve` as a host starts it; `stop` kills it the hard way, `start` brings it back on the same port."""

    def __init__(self, database: Path, environment: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("CHATREC_", "OPENAI_", "GRADIO_"))}
        self.environment = {**clean, "CHATREC_DATABASE": str(database), **environment}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "chatrec", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(600):
            if self.process.poll() is not None:
                assert self.process.stderr is not None
                pytest.fail(f"the server stopped: {self.process.stderr.read().decode()}")
            try:
                urllib.request.urlopen(self.url, timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        pytest.fail("the server did not come up within a minute")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start servers with given environment variables; all are stopped at the end."""
    servers: list[Server] = []

    def start(**environment: str) -> Server:
        server = Server(tmp_path / f"memory-{len(servers)}.sqlite3", environment)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.stop()
