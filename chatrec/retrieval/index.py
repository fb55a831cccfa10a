"""A catalog -> its dense index: which text stands for an item, building it, and opening what was built."""

from __future__ import annotations

from pathlib import Path

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.cache import VectorCache, encode_cached
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.embedding import Embedder

_ENOUGH = 12  # words that say what an item is about without its title


def document_text(item: Item) -> str:
    """The text that is embedded for an item: keywords, genres, then the description, which a long text loses first.

    Titles mislead a vector (`Up`, `Silent Hill`) and lexical search has them, so the title is used only where there is little
    else. Over 38 wishes and 4,803 films: recall@10 .73, against .66 with the title in front and .54 for title and description.
    """
    about = ", ".join((*item.keywords, *item.genres))
    text = ". ".join(part for part in (about, item.description) if part)
    return text if len(text.split()) >= _ENOUGH else ". ".join(part for part in (item.title, text) if part)


def build_index(
    catalog: Catalog, embeddings: Embedder, folder: Path, cache: VectorCache | None = None, progress: bool = False
) -> DenseIndex:
    """Embed every item and write the index to `folder`.

    With a cache only texts it does not hold are embedded, and an interrupted build goes on where it stopped. Raises
    EmbedderError, StoreError (the cache) or StaleIndex (the folder cannot be written).
    """
    vectors = encode_cached(embeddings, [document_text(item) for item in catalog], cache, progress)
    index = DenseIndex.build([item.id for item in catalog], vectors)
    index.save(folder, catalog.digest, embeddings.identity)
    return index


def open_index(catalog: Catalog, embeddings: Embedder, folder: Path) -> DenseIndex:
    """The index in `folder`, or StaleIndex saying why it cannot serve this catalog and this embedder."""
    return DenseIndex.load(folder, catalog.digest, embeddings.identity)
