from dataclasses import replace

import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.errors import StaleIndex
from chatrec.records import Item
from chatrec.retrieval.cache import VectorCache
from chatrec.retrieval.index import build_index, document_text, open_index
from tests.retrieval.embedders import WordEmbeddings

STORY = "A lighthouse keeper finds a whale on the rocks and sings to it until the tide comes back for both of them."


def test_the_text_of_an_item_is_what_it_is_about():
    item = Item("w", "The Long Night", genres=("Drama",), keywords=("sea", "quiet"), description=STORY)
    assert document_text(item) == f"sea, quiet, Drama. {STORY}"


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (Item("a", "Garden Hose, 20 m"), "Garden Hose, 20 m"),
        (Item("b", "Up", genres=("Family",)), "Up. Family"),
        (Item("c", "Up", description="A short note."), "Up. A short note."),
    ],
)
def test_the_title_helps_out_where_there_is_little_else(item, text):
    assert document_text(item) == text


def test_a_built_index_opens_again(tmp_path, films):
    embedder = WordEmbeddings()
    built = build_index(films, embedder, tmp_path / "index")
    opened = open_index(films, embedder, tmp_path / "index")
    assert opened.ids == tuple(item.id for item in films)
    np.testing.assert_array_equal(opened.vectors, built.vectors)


def test_a_changed_catalog_makes_the_index_stale_and_costs_one_text(tmp_path, films):
    with VectorCache(tmp_path / "cache.sqlite3") as cache:
        build_index(films, WordEmbeddings(), tmp_path / "index", cache)
        changed = Catalog([replace(films.items[0], description=STORY), *films.items[1:]])
        embedder = WordEmbeddings()
        with pytest.raises(StaleIndex, match="the catalog has changed"):
            open_index(changed, embedder, tmp_path / "index")
        build_index(changed, embedder, tmp_path / "index", cache)
    assert embedder.asked == [document_text(changed.items[0])]
    assert len(open_index(changed, embedder, tmp_path / "index")) == len(films)
