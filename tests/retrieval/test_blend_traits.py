"""Traits of items: genres of length 1, years that are near each other alike."""

from __future__ import annotations

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.blend_traits import traits

CATALOG = Catalog(
    [
        Item(id="a", title="A", year=1990, genres=("Comedy", "Drama")),
        Item(id="b", title="B", year=1992, genres=("Drama",)),
        Item(id="c", title="C", year=1950, genres=("Drama",)),
        Item(id="d", title="D"),
    ],
    name="four",
)


def test_genres_are_of_length_one_and_an_item_without_facts_has_none() -> None:
    found = traits(CATALOG)
    np.testing.assert_allclose(np.linalg.norm(found[:3, :2], axis=1), 1.0, rtol=1e-6)
    assert not found[3].any()


def test_years_near_each_other_are_alike() -> None:
    years = traits(CATALOG)[:, 2:]
    assert years[1] @ years[0] > 5 * abs(years[1] @ years[2])
