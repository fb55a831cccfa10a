"""Vectors kept on disk by the text they stand for, so that re-indexing embeds only what changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import numpy as np

from chatrec.errors import StoreError
from chatrec.retrieval.embedding import Embedder, Vectors

_AT_ONCE = 128  # texts embedded between two writes: what an interruption can cost
_PATIENCE = 60.0  # seconds to wait for another process that is writing


class VectorCache:
    """A table of vectors keyed by sha256 of the embedder's identity and the text; several processes may share it.

    Raises StoreError when the file cannot be opened, read or written. Use as a context manager, or `close` it.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        with self._told():
            file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            try:
                self._connection.execute(
                    "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
                )
            except sqlite3.Error:
                self._connection.close()
                raise

    def __enter__(self) -> VectorCache:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The vectors known under these keys; unknown keys are left out."""
        found: dict[bytes, Vectors] = {}
        with self._told():
            for start in range(0, len(keys), 500):
                some = keys[start : start + 500]
                marks = ",".join("?" * len(some))
                rows = self._connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some)
                found.update((key, np.frombuffer(blob, dtype="<f4")) for key, blob in rows)
        return found

    def put(self, vectors: Mapping[bytes, Vectors]) -> None:
        """Keep these vectors, all of them or, when interrupted, none."""
        rows = [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()]
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"The vector cache {self.file} cannot be used ({error}); delete it or set another folder."
            ) from error


def key_of(embedder: Embedder, text: str) -> bytes:
    """The key of a text's vector by this embedder, 32 bytes."""
    return hashlib.sha256(f"{embedder.identity}\0{text}".encode("utf-8", "surrogatepass")).digest()


def encode_cached(embedder: Embedder, texts: Sequence[str], cache: VectorCache | None, progress: bool = False) -> Vectors:
    """`embedder.encode(texts)`, asking it only for what the cache does not hold.

    New vectors are kept as they come: an interrupted run goes on where it stopped.
    """
    if cache is None:
        return embedder.encode(texts, progress)
    from tqdm import tqdm

    keys = [key_of(embedder, text) for text in texts]
    known = cache.get(keys)
    missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in known}.items())
    with tqdm(total=len(missing), desc="Embedding", unit="text", disable=not (progress and missing)) as bar:
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            fresh = dict(zip((key for key, _ in some), embedder.encode([text for _, text in some]), strict=True))
            cache.put(fresh)
            known.update(fresh)
            bar.update(len(some))
    return np.stack([known[key] for key in keys]) if keys else embedder.encode([])
