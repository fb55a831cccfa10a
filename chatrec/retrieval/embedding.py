"""Texts -> unit vectors: the embedder that ships (onnxruntime, no torch), or any LangChain Embeddings in its place."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from chatrec.errors import EmbedderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

_MODEL, _TOKENIZER, _ABOUT = "model.onnx", "tokenizer.json", "about.json"
_LONGEST_WORD = 100  # letters; the tokenizer takes anything longer as one unknown token


class Embedder(Protocol):
    """What retrieval needs of an embedder."""

    @property
    def identity(self) -> str:
        """Tells this embedder's vectors from every other's."""
        ...

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """One unit row a text, (n, dimension) float32; `progress` shows a bar."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """The unit vector (dimension,) float32 to search with."""
        ...


class OnnxEmbeddings(Embeddings):
    """A sentence encoder kept in a folder as model.onnx, tokenizer.json and about.json.

    The constructor reads about.json only; the model is verified and loaded at the first text. Safe to share between threads.
    Raises EmbedderError, there or here, when a file is missing or is not the one about.json tells of.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        self.folder = folder
        self.threads = threads or min(2, os.cpu_count() or 1)
        about = _read_about(folder)
        self.dimension = about.dimension
        self.identity = about.identity
        self._about = about
        self._lock = threading.Lock()
        self._loaded: tuple[Tokenizer, InferenceSession] | None = None

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """One unit row a text, (n, dimension) float32, in the order given; texts beyond the model's tokens are cut.

        Each text runs alone: int8 scales are taken over whatever runs together, so in a batch a vector would depend on its
        neighbours (cosine 0.99), and without padding this is the faster way too.
        """
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        if len(texts) == 0:
            return rows
        tokenizer, session = self.load()
        longest = self._about.max_tokens * (_LONGEST_WORD + 1)

        def run(row: int) -> None:
            # A lone surrogate, which JSON can smuggle in, is no text to the tokenizer.
            text = texts[row][:longest].encode("utf-8", "replace").decode("utf-8")
            encoding = tokenizer.encode(text)
            given = {
                "input_ids": np.array([encoding.ids], dtype=np.int64),
                "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
            }
            rows[row] = session.run(["embedding"], given)[0][0]

        if len(texts) == 1:
            run(0)
            return rows
        from tqdm import tqdm

        with ThreadPoolExecutor(self.threads) as workers:
            done = workers.map(run, range(len(texts)))
            for _ in tqdm(done, total=len(texts), desc="Embedding", unit="text", disable=not progress):
                pass
        return rows

    def encode_query(self, text: str) -> Vectors:
        """The unit vector of one text, (dimension,) float32."""
        row: Vectors = self.encode([text])[0]
        return row

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's form of `encode`."""
        return [[float(x) for x in row] for row in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """LangChain's form of `encode_query`."""
        return [float(x) for x in self.encode_query(text)]

    def load(self) -> tuple[Tokenizer, InferenceSession]:
        """Verify and load the model now, so that the first visitor does not wait for it (about 0.3 s)."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> tuple[Tokenizer, InferenceSession]:
        import onnxruntime
        from tokenizers import Tokenizer

        files = {name: _verified(self.folder / name, digest) for name, digest in self._about.sha256.items()}
        tokenizer = Tokenizer.from_str(files[_TOKENIZER].decode("utf-8"))
        tokenizer.enable_truncation(self._about.max_tokens)
        tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(files[_MODEL], options, providers=["CPUExecutionProvider"])
        return tokenizer, session


class StandInEmbeddings(Embeddings):
    """Any LangChain Embeddings in the place of the embedder that ships.

    `identity` must change whenever the vectors would: name the provider, the model, and the dimension if it was chosen.
    """

    def __init__(self, embeddings: Embeddings, identity: str) -> None:
        self.embeddings = embeddings
        self.identity = identity

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """One unit row a text, (n, dimension) float32; EmbedderError when the answer is not one finite vector a text."""
        from tqdm import tqdm

        rows: list[list[float]] = []
        with tqdm(total=len(texts), desc="Embedding", unit="text", disable=not progress) as bar:
            for start in range(0, len(texts), 32):
                batch = list(texts[start : start + 32])
                rows.extend(self.embeddings.embed_documents(batch))
                bar.update(len(batch))
        return self._unit(rows, len(texts))

    def encode_query(self, text: str) -> Vectors:
        """The unit vector (dimension,) float32 of a query, which some embedders make otherwise than a document's."""
        row: Vectors = self._unit([self.embeddings.embed_query(text)], 1)[0]
        return row

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The wrapped embedder's vectors, made unit length."""
        return [[float(x) for x in row] for row in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The wrapped embedder's query vector, made unit length."""
        return [float(x) for x in self.encode_query(text)]

    def _unit(self, rows: list[list[float]], wanted: int) -> Vectors:
        if len({len(row) for row in rows}) > 1 or len(rows) != wanted:
            raise EmbedderError(f"The embedder {self.identity} did not answer with one vector for each of {wanted} texts.")
        if not rows:
            return np.empty((0, 0), dtype=np.float32)
        vectors = np.array(rows, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all():
            raise EmbedderError(f"The embedder {self.identity} answered with a vector that holds no finite number.")
        unit: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
        return unit


class _About:
    """What about.json tells of a model folder."""

    def __init__(self, name: str, dimension: int, max_tokens: int, sha256: dict[str, str]) -> None:
        self.name = name
        self.dimension = dimension
        self.max_tokens = max_tokens
        self.sha256 = sha256
        both = hashlib.sha256("".join(sha256[f] for f in (_MODEL, _TOKENIZER)).encode()).hexdigest()
        self.identity = f"{name}@{both[:12]}"


def _read_about(folder: Path) -> _About:
    file = folder / _ABOUT
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
        digests = {name: str(about["sha256"][name]) for name in (_MODEL, _TOKENIZER)}
        return _About(str(about["name"]), int(about["dimension"]), int(about["max_tokens"]), digests)
    except OSError:
        raise EmbedderError(f"There is no embedding model in {folder}: {_ABOUT} is missing or cannot be read.") from None
    except (ValueError, KeyError, TypeError):
        raise EmbedderError(f"The embedding model in {folder} cannot be used: {_ABOUT} is damaged; fetch it again.") from None


def _verified(file: Path, digest: str) -> bytes:
    try:
        data = file.read_bytes()
    except OSError:
        raise EmbedderError(f"The embedding model is not complete: {file} is missing or cannot be read.") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise EmbedderError(f"{file} is damaged: its sha256 is not the one in {_ABOUT}; fetch it again.")
    return data
