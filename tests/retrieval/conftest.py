"""The embedder that ships, loaded once, and a retriever over the shared films."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chatrec.catalog.table import Catalog
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.embedding import Embedder, OnnxEmbeddings
from chatrec.retrieval.index import document_text
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.retriever import Retriever
from tests.retrieval.embedders import WordEmbeddings

MODEL = Path(__file__).parents[2] / "data" / "models" / "all-MiniLM-L6-v2-int8"


@pytest.fixture(scope="session")
def embeddings() -> OnnxEmbeddings:
    """The real embedder."""
    return OnnxEmbeddings(MODEL)


@pytest.fixture(scope="session")
def retriever_over() -> Callable[[Catalog], Retriever]:
    """Makes a retriever over a catalog, with the words embedder."""
    return lambda catalog: make_retriever(catalog, WordEmbeddings())


@pytest.fixture(scope="session")
def searcher(films: Catalog, embeddings: OnnxEmbeddings) -> Retriever:
    """The real retriever over the shared films."""
    return make_retriever(films, embeddings)


def make_retriever(catalog: Catalog, embedder: Embedder) -> Retriever:
    dense = DenseIndex.build([i.id for i in catalog], embedder.encode([document_text(i) for i in catalog]))
    return Retriever(catalog, embedder, dense, LexicalIndex(catalog))
