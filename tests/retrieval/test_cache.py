import multiprocessing

import numpy as np
import pytest

from chatrec.errors import StoreError
from chatrec.retrieval.cache import VectorCache, encode_cached, key_of
from tests.retrieval.embedders import WordEmbeddings

TEXTS = [f"text number {n}" for n in range(300)]


def fill(file, start):
    with VectorCache(file) as cache:
        encode_cached(WordEmbeddings(), TEXTS[start : start + 200], cache)


def test_only_what_is_not_known_is_embedded(tmp_path):
    with VectorCache(tmp_path / "cache.sqlite3") as cache:
        first = encode_cached(WordEmbeddings(), TEXTS, cache)
        again = WordEmbeddings()
        np.testing.assert_array_equal(encode_cached(again, TEXTS, cache), first)
        assert again.asked == []
        changed = [*TEXTS[:7], "another text", *TEXTS[8:]]
        vectors = encode_cached(again, changed, cache)
        assert again.asked == ["another text"]
        np.testing.assert_array_equal(vectors, WordEmbeddings().encode(changed))


def test_vectors_outlive_the_process(tmp_path):
    fill(tmp_path / "cache.sqlite3", 0)
    later = WordEmbeddings()
    with VectorCache(tmp_path / "cache.sqlite3") as cache:
        encode_cached(later, TEXTS[:200], cache)
    assert later.asked == []


def test_another_embedder_shares_nothing(tmp_path):
    other = WordEmbeddings("words@2")
    with VectorCache(tmp_path / "cache.sqlite3") as cache:
        encode_cached(WordEmbeddings("words@1"), TEXTS, cache)
        encode_cached(other, TEXTS, cache)
    assert other.asked == TEXTS
    assert key_of(WordEmbeddings("a"), "b") != key_of(WordEmbeddings("ab"), "")


def test_equal_texts_are_embedded_once(tmp_path):
    embedder = WordEmbeddings()
    with VectorCache(tmp_path / "cache.sqlite3") as cache:
        assert encode_cached(embedder, ["same", "other", "same"], cache).shape == (3, 128)
    assert embedder.asked == ["same", "other"]


class Interrupted(WordEmbeddings):
    def encode(self, texts, progress=False):
        if len(self.asked) >= 128:
            raise KeyboardInterrupt
        return super().encode(texts, progress)


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path):
    with VectorCache(tmp_path / "cache.sqlite3") as cache:
        with pytest.raises(KeyboardInterrupt):
            encode_cached(Interrupted(), TEXTS, cache)
        second = WordEmbeddings()
        vectors = encode_cached(second, TEXTS, cache)
    assert second.asked == TEXTS[128:]
    np.testing.assert_array_equal(vectors, WordEmbeddings().encode(TEXTS))


def test_several_processes_fill_one_cache(tmp_path):
    file = tmp_path / "cache.sqlite3"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=fill, args=(file, start)) for start in (0, 50, 100)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    after = WordEmbeddings()
    with VectorCache(file) as cache:
        np.testing.assert_array_equal(encode_cached(after, TEXTS, cache), WordEmbeddings().encode(TEXTS))
    assert after.asked == []


def test_without_a_cache_everything_is_embedded():
    embedder = WordEmbeddings()
    encode_cached(embedder, TEXTS[:3], None)
    assert embedder.asked == TEXTS[:3]


def test_no_texts_need_no_cache(tmp_path):
    with VectorCache(tmp_path / "cache.sqlite3") as cache:
        assert encode_cached(WordEmbeddings(), [], cache).shape == (0, 128)


def test_a_file_that_is_no_cache_is_one_clear_sentence_and_left_alone(tmp_path):
    file = tmp_path / "cache.sqlite3"
    file.write_bytes(b"my diary, not a database" * 100)
    with pytest.raises(StoreError, match=r"The vector cache .*cache\.sqlite3 cannot be used"):
        VectorCache(file)
    assert file.read_bytes().startswith(b"my diary")


def test_a_folder_that_cannot_be_made_is_one_clear_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        VectorCache(tmp_path / "file" / "cache.sqlite3")
