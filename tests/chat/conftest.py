"""A store in memory, closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from chatrec.memory.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store("sqlite://")) as opened:
        yield opened
