"""An embedder for tests: exact, instant, and so simple that the nearest item can be told by eye."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from chatrec.retrieval.embedding import Vectors

DIMENSION = 128


class WordEmbeddings(Embeddings):
    """Texts that share words are near: each word adds 1 to one of 128 places. `asked` lists every text it was given."""

    def __init__(self, identity: str = "words@1") -> None:
        self.identity = identity
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        self.asked.extend(texts)
        rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.casefold().replace(".", " ").replace(",", " ").split():
                row[hashlib.sha256(word.encode()).digest()[0] % DIMENSION] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    def encode_query(self, text: str) -> Vectors:
        return self.encode([text])[0]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self.encode(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self.encode_query(text).tolist()
