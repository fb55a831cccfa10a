"""The catalog's genres and years -> a row of numbers for each item, by which items of one kind are alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chatrec.catalog.table import Catalog

_FROM, _TO, _YEARS = 1930, 2030, 8


def traits(catalog: Catalog) -> NDArray[np.float32]:
    """Genres (all of an item's together of length 1) and how near its year is to each eighth one, (items, traits) float32."""
    names = {genre: place for place, genre in enumerate(sorted({genre for item in catalog for genre in item.genres}))}
    genres = np.zeros((len(catalog), len(names)), dtype=np.float32)
    middles = np.arange(_FROM, _TO, _YEARS)
    years = np.zeros((len(catalog), len(middles)), dtype=np.float32)
    for row, item in enumerate(catalog):
        genres[row, [names[genre] for genre in item.genres]] = 1.0 / np.sqrt(max(len(item.genres), 1))
        if item.year is not None:
            years[row] = np.exp(-(((item.year - middles) / _YEARS) ** 2))
    return np.hstack([genres, years])
