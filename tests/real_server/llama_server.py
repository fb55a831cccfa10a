"""llama-cpp-python's server in a process of its own, on a free port of the loopback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds the server may take to come up."""


@dataclass(frozen=True)
class LlamaServer:
    """A running server: its address, and the file that it and its web server write to."""

    url: str
    log: Path

    def logged(self, text: str) -> int:
        """How often the server has written a text."""
        return self.log.read_text(encoding="utf-8", errors="replace").count(text)

    def logs(self, text: str, times: int, seconds: float = 5.0) -> bool:
        """Whether the server writes a text so many times, at the latest after so many seconds."""
        until = time.monotonic() + seconds
        while self.logged(text) < times:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True


@contextmanager
def serving(models: Sequence[Mapping[str, Any]], folder: Path) -> Iterator[LlamaServer]:
    """Serve models, each given as the server's own settings of one; config and log are kept in the folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config, log = folder / "config.json", folder / "server.log"
    # A new request must wait for the one before it: else it would end that itself, and nobody could tell whether stopping did.
    settings = {"host": "127.0.0.1", "port": port, "interrupt_requests": False, "models": list(models)}
    config.write_text(json.dumps(settings), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key not in ("HOST", "PORT", "CONFIG_FILE")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "llama_cpp.server", "--config_file", str(config)],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**environment, "PYTHONUNBUFFERED": "1"},
        )
        try:
            _await_ready(process, f"http://127.0.0.1:{port}/v1/models", log)
            yield LlamaServer(f"http://127.0.0.1:{port}/v1", log)
        finally:
            process.kill()
            process.wait(10)


def _await_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not come up:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")
