"""Fixtures shared by the tests of every room."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from tests.films import make_catalog


@pytest.fixture(scope="session")
def films() -> Catalog:
    """About forty real films with full facts."""
    return make_catalog()
