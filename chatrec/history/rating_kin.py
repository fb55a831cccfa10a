"""Items of a catalog -> how alike they are in genres and year, from which a distribution of ratings starts out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chatrec.catalog.table import Catalog


def likeness_of(catalog: Catalog, years: float = 10.0, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
    """How alike items are in genres (cosine) and in year (falling by e in `years`), the sum of both, (items, items) float32.

    `rows`: only these items of the catalog, in this order.
    """
    rows = np.arange(len(catalog)) if rows is None else rows
    place = {name: column for column, name in enumerate(catalog.vocabulary("genres"))}
    genres = np.zeros((len(rows), max(len(place), 1)), dtype=np.float32)
    for line, row in enumerate(rows):
        genres[line, [place[genre] for genre in catalog.items[row].genres]] = 1.0
    genres /= np.maximum(np.linalg.norm(genres, axis=1, keepdims=True), 1.0)
    year = catalog.frame["year"].to_numpy(dtype=np.float64)[rows]
    year = np.where(np.isnan(year), np.nanmedian(year) if not np.isnan(year).all() else 0.0, year).astype(np.float32)
    near = np.exp(-np.abs(year[:, None] - year[None, :]) / np.float32(years))
    return np.asarray(genres @ genres.T + near, dtype=np.float32)
