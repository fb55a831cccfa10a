"""Item vectors -> the nearest items, exactly, among those allowed; and the folder such an index is kept in."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from chatrec.errors import StaleIndex
from chatrec.retrieval.embedding import Vectors

Rows = NDArray[np.int64]

# Raise it whenever the files, or what `document_text` makes of an item, change.
FORMAT = 1
VECTORS, IDS, ABOUT = "vectors.faiss", "ids.json", "about.json"
_MEND = "run `chatrec index` to make it anew"


class DenseIndex:
    """Unit vectors by row, searched by inner product without approximation (10 ms for 100,000 items).

    `ids[row]` is the item; `vectors` is (n, dimension) float32.
    """

    def __init__(self, ids: tuple[str, ...], vectors: Vectors) -> None:
        self.ids = ids
        self.vectors = vectors
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)

    @classmethod
    def build(cls, ids: Sequence[str], vectors: Vectors) -> DenseIndex:
        """An index over `vectors` (n, dimension), unit rows in the order of `ids`; ValueError when they do not fit."""
        if vectors.ndim != 2 or len(ids) != len(vectors) or vectors.shape[1] == 0:
            raise ValueError(f"{len(ids)} ids need as many vectors, not an array of shape {vectors.shape}")
        return cls(tuple(ids), np.ascontiguousarray(vectors, dtype=np.float32))

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self.vectors.shape[1])

    def search(self, query: Vectors, k: int, allowed_rows: Rows | None = None) -> tuple[Rows, Vectors]:
        """The `k` rows most like `query` (dimension,), best first, and their inner products.

        Only rows in `allowed_rows` are found, when given; fewer than `k` come back when fewer are allowed.
        """
        k = min(k, len(self) if allowed_rows is None else len(allowed_rows))
        if k <= 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        parameters = None
        if allowed_rows is not None:
            bits = np.zeros(len(self), dtype=bool)
            bits[allowed_rows] = True
            packed = np.packbits(bits, bitorder="little")
            # As exact as IDSelectorBatch, and free to build. It keeps no copy of `packed`, which outlives the search.
            selector = faiss.IDSelectorBitmap(len(packed), faiss.swig_ptr(packed))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, rows = self._index.search(np.ascontiguousarray(query[None, :], dtype=np.float32), k, params=parameters)
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]

    def save(self, folder: Path, catalog_digest: str, embedder_identity: str) -> None:
        """Write vectors.faiss, ids.json and about.json; StaleIndex when the folder cannot be written."""
        vectors = faiss.serialize_index(self._index).tobytes()
        ids = json.dumps(list(self.ids), ensure_ascii=False, indent=0).encode()
        about = {
            "format": FORMAT,
            "embedder": embedder_identity,
            "dimension": self.dimension,
            "count": len(self),
            "catalog": catalog_digest,
            "sha256": {VECTORS: hashlib.sha256(vectors).hexdigest(), IDS: hashlib.sha256(ids).hexdigest()},
        }
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, data in ((VECTORS, vectors), (IDS, ids), (ABOUT, json.dumps(about, indent=2).encode() + b"\n")):
                unfinished = folder / f"{name}.{os.getpid()}.new"
                unfinished.write_bytes(data)
                unfinished.replace(folder / name)
        except OSError as error:
            raise StaleIndex(f"The index cannot be written to {folder}: {error.strerror or error}.") from error

    @classmethod
    def load(cls, folder: Path, catalog_digest: str, embedder_identity: str) -> DenseIndex:
        """Read what `save` wrote; StaleIndex when it is missing, damaged, or made for something else."""
        about = _read_about(folder)
        if about.get("format") != FORMAT:
            raise StaleIndex(f"The index in {folder} was written by another version of chatrec; {_MEND}.")
        if about.get("embedder") != embedder_identity:
            made = about.get("embedder")
            raise StaleIndex(f"The index in {folder} was made by the embedder {made}, not {embedder_identity}; {_MEND}.")
        if about.get("catalog") != catalog_digest:
            raise StaleIndex(f"The index in {folder} was made for another catalog, or the catalog has changed; {_MEND}.")
        digests = about.get("sha256")
        files = {name: _verified(folder, name, digests) for name in (VECTORS, IDS)}
        ids = tuple(json.loads(files[IDS]))
        index = faiss.deserialize_index(np.frombuffer(files[VECTORS], dtype=np.uint8))
        if not isinstance(index, faiss.IndexFlatIP) or not index.ntotal == len(ids) == about.get("count"):
            raise _damaged(folder, VECTORS)
        return cls(ids, index.reconstruct_n(0, index.ntotal))


def likeness(vectors: Vectors, vector: Vectors) -> NDArray[np.float64]:
    """The inner product of every row of `vectors` (n, dimension) with `vector` (dimension,): (n,) float64.

    For some hundred rows: BLAS would share so little among threads, which on a busy machine wait for each other for
    milliseconds.
    """
    products: NDArray[np.float64] = np.einsum("ij,j->i", vectors, vector).astype(np.float64)
    return products


def _read_about(folder: Path) -> dict[str, object]:
    if not (folder / ABOUT).exists():
        raise StaleIndex(f"There is no index in {folder}; {_MEND}.")
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _damaged(folder, ABOUT) from None
    if not isinstance(about, dict):
        raise _damaged(folder, ABOUT)
    return about


def _verified(folder: Path, name: str, digests: object) -> bytes:
    try:
        data = (folder / name).read_bytes()
    except OSError:
        raise StaleIndex(f"The index in {folder} is not complete: {name} is missing or cannot be read; {_MEND}.") from None
    if not isinstance(digests, dict) or hashlib.sha256(data).hexdigest() != digests.get(name):
        raise _damaged(folder, name)
    return data


def _damaged(folder: Path, name: str) -> StaleIndex:
    return StaleIndex(f"The index in {folder} is damaged: {name} is not as it was written; {_MEND}.")
