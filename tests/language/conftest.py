"""The scripted server, and a handle on it that tries again at once."""

from __future__ import annotations

from collections.abc import Iterator

import langchain_openai  # noqa: F401  (its import takes longer than the time-outs of these tests)
import pytest

from chatrec.language.providers import ChatHandle, Limits, open_model
from tests.scripted_server import ScriptedServer, scripted_server

KEY = "sk-test-0123456789abcdef"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A running scripted server."""
    with scripted_server() as running:
        yield running


@pytest.fixture
def handle(server: ScriptedServer) -> ChatHandle:
    """A model of that server."""
    return open_model("tiny", api_key=KEY, base_url=server.url, limits=Limits(total=15, connect=5, idle=5, pause=0.01))
