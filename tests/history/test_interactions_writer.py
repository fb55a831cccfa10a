"""Interactions written chunk by chunk open as those written at once do, and never half written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatrec.errors import CatalogError
from chatrec.history.interactions import FOLDER, Interactions, InteractionsWriter, interactions_folder


def chunk(size: int, start: int = 0) -> dict[str, np.ndarray]:
    rows = np.arange(start, start + size)
    return {"user": rows % 3, "item": rows % 5, "action": rows % 2, "value": rows / 2, "at": rows * 1000}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 2000), max_size=8))
def test_chunks_of_any_size_make_the_columns_they_came_from(tmp_path: Path, sizes: list[int]) -> None:
    writer = InteractionsWriter(tmp_path)
    start = 0
    for size in sizes:
        writer.add(**chunk(size, start))
        start += size
    assert len(writer) == start
    writer.close(("a", "b", "c"), map(str, range(5)), ("view", "rate"), {"b": {"age": 7}})
    found = Interactions.open(tmp_path)
    expected = chunk(start)
    for name in expected:
        assert np.array_equal(getattr(found, name), expected[name]), name
    assert found.users == ("a", "b", "c")
    assert found.people == {"b": {"age": 7}}


def test_a_folder_is_refused_until_it_is_closed(tmp_path: Path) -> None:
    writer = InteractionsWriter(tmp_path)
    writer.add(**chunk(3))
    writer.abandon()
    with pytest.raises(CatalogError, match="import them again"):
        Interactions.open(tmp_path)


def test_a_chunk_of_uneven_columns_is_refused(tmp_path: Path) -> None:
    writer = InteractionsWriter(tmp_path)
    with pytest.raises(ValueError, match="all of one length"):
        writer.add(**{**chunk(3), "at": np.zeros(2)})
    writer.abandon()


def test_the_folder_is_the_one_named_or_beside_the_items(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    assert interactions_folder(tmp_path / "catalog") is None
    Interactions.of([]).save(tmp_path / "catalog" / FOLDER)
    assert interactions_folder(tmp_path / "catalog") == tmp_path / "catalog" / FOLDER
    (tmp_path / "catalog" / "items.jsonl").write_text("")
    assert interactions_folder(tmp_path / "catalog" / "items.jsonl") == tmp_path / "catalog" / FOLDER
    for named in (tmp_path / "catalog", tmp_path / "catalog" / FOLDER):
        assert interactions_folder(tmp_path / "elsewhere", named) == tmp_path / "catalog" / FOLDER
    with pytest.raises(CatalogError, match="There are no interactions in"):
        interactions_folder(tmp_path / "catalog", tmp_path)
