"""Descriptions -> those that say nearly the same, by their vectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.retrieval.cache import VectorCache, encode_cached
from chatrec.retrieval.embedding import Embedder

LIKEST = 0.82
"""The cosine from which two descriptions count as nearly the same, by the embedder that ships.

Of the films that ship, two tellings of one story (a remake, a legend of the West) come up to .81, other pairs to .77; a
description reworded sentence by sentence stays above .85.
"""
_AT_ONCE = 1024  # rows multiplied at a time: 60,000 descriptions need 250 MB, not 14 GB


@dataclass(frozen=True, slots=True)
class Twins:
    """Two items whose descriptions are nearly the same; `cosine` is the likeness of their vectors, up to 1."""

    first: str
    second: str
    cosine: float

    def __str__(self) -> str:
        return (
            f"{self.second}: `description` is nearly that of {self.first} (cosine {self.cosine:.2f}, less than {LIKEST} wanted)"
        )


def twins(
    catalog: Catalog, embeddings: Embedder, cache: VectorCache | None = None, *, least: float = LIKEST, progress: bool = False
) -> Iterator[Twins]:
    """Every pair of items whose descriptions have a cosine of `least` or more, in catalog order; empty descriptions have none.

    Raises EmbedderError, StoreError (the cache).
    """
    items = [item for item in catalog if item.description]
    vectors = encode_cached(embeddings, [item.description for item in items], cache, progress)
    for start in range(0, len(items), _AT_ONCE):
        block = vectors[start : start + _AT_ONCE]
        cosines = block @ vectors.T
        for row, column in np.argwhere(cosines >= least):
            if start + row < column:
                yield Twins(items[start + row].id, items[column].id, float(cosines[row, column]))
