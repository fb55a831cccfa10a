import json
import shutil

import numpy as np
import pytest

from chatrec.errors import StaleIndex
from chatrec.retrieval.dense import DenseIndex

IDS = [f"item-{n}" for n in range(200)]


@pytest.fixture(scope="module")
def vectors():
    rows = np.random.default_rng(7).normal(size=(200, 16)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def saved(tmp_path, vectors):
    DenseIndex.build(IDS, vectors).save(tmp_path / "index", "catalog-digest", "embedder@1")
    return tmp_path / "index"


def load(folder):
    return DenseIndex.load(folder, "catalog-digest", "embedder@1")


def test_search_is_exact(vectors):
    rows, scores = DenseIndex.build(IDS, vectors).search(vectors[3], 10)
    expected = np.argsort(-(vectors @ vectors[3]))[:10]
    np.testing.assert_array_equal(rows, expected)
    np.testing.assert_allclose(scores, (vectors @ vectors[3])[expected], atol=1e-6)


@pytest.mark.parametrize("size", [1, 2, 7, 64, 199])
def test_search_among_allowed_rows_is_exact_and_finds_nothing_else(vectors, size):
    allowed = np.random.default_rng(size).choice(200, size=size, replace=False)
    rows, _ = DenseIndex.build(IDS, vectors).search(vectors[0], 20, allowed)
    expected = allowed[np.argsort(-(vectors[allowed] @ vectors[0]))[:20]]
    np.testing.assert_array_equal(rows, expected)


def test_asked_for_more_than_there_is_it_gives_what_there_is(vectors):
    index = DenseIndex.build(IDS[:5], vectors[:5])
    for k, allowed, count in ((50, None, 5), (50, np.array([4, 1]), 2), (50, np.array([], dtype=np.int64), 0), (0, None, 0)):
        rows, scores = index.search(vectors[0], k, allowed)
        assert len(rows) == len(scores) == count
        assert (rows >= 0).all()


def test_a_vector_without_a_finite_number_finds_no_row_minus_one(vectors):
    rows, _ = DenseIndex.build(IDS, vectors).search(np.full(16, np.nan, dtype=np.float32), 5)
    assert (rows >= 0).all()


def test_ids_and_vectors_must_fit(vectors):
    with pytest.raises(ValueError, match="5 ids need as many vectors"):
        DenseIndex.build(IDS[:5], vectors)


def test_what_is_saved_is_loaded(saved, vectors):
    index = load(saved)
    assert index.ids == tuple(IDS)
    assert (len(index), index.dimension) == (200, 16)
    np.testing.assert_array_equal(index.vectors, vectors)
    np.testing.assert_array_equal(index.search(vectors[9], 3)[0], DenseIndex.build(IDS, vectors).search(vectors[9], 3)[0])
    assert sorted(file.name for file in saved.iterdir()) == ["about.json", "ids.json", "vectors.faiss"]


def test_saving_twice_gives_the_same_files(saved, tmp_path, vectors):
    DenseIndex.build(IDS, vectors).save(tmp_path / "again", "catalog-digest", "embedder@1")
    for file in saved.iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()


def test_about_tells_what_the_index_is(saved):
    about = json.loads((saved / "about.json").read_text())
    assert (about["embedder"], about["catalog"]) == ("embedder@1", "catalog-digest")
    assert (about["dimension"], about["count"]) == (16, 200)


def test_another_catalog_is_refused_with_the_command_that_mends_it(saved):
    with pytest.raises(StaleIndex, match=r"made for another catalog.*run `chatrec index`"):
        DenseIndex.load(saved, "other-digest", "embedder@1")


def test_another_embedder_is_refused_by_name(saved):
    with pytest.raises(StaleIndex, match=r"by the embedder embedder@1, not embedder@2.*run `chatrec index`"):
        DenseIndex.load(saved, "catalog-digest", "embedder@2")


def test_a_missing_index_is_one_clear_sentence(tmp_path):
    with pytest.raises(StaleIndex, match=r"There is no index in .*run `chatrec index`"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["vectors.faiss", "ids.json"])
def test_a_changed_or_lost_file_is_refused(saved, name):
    whole = (saved / name).read_bytes()
    for damage in (whole[:-10], whole + b"x", whole.replace(b"i", b"j", 1), b""):
        (saved / name).write_bytes(damage)
        with pytest.raises(StaleIndex, match=rf"damaged: {name} .*run `chatrec index`"):
            load(saved)
    (saved / name).unlink()
    with pytest.raises(StaleIndex, match=rf"not complete: {name} is missing"):
        load(saved)


@pytest.mark.parametrize("content", ["", "{", "[1]", "null", "\xff"])
def test_a_damaged_about_file_is_refused(saved, content):
    (saved / "about.json").write_text(content, encoding="latin-1")
    with pytest.raises(StaleIndex, match=r"damaged: about\.json"):
        load(saved)


def test_an_index_of_another_format_is_refused(saved):
    about = json.loads((saved / "about.json").read_text())
    (saved / "about.json").write_text(json.dumps({**about, "format": 99}))
    with pytest.raises(StaleIndex, match="another version of chatrec"):
        load(saved)


def test_saving_over_an_old_index_replaces_it(saved, vectors):
    DenseIndex.build(IDS[:50], vectors[:50]).save(saved, "catalog-digest", "embedder@1")
    assert len(load(saved)) == 50


def test_a_folder_that_cannot_be_written_is_one_clear_sentence(tmp_path, vectors):
    (tmp_path / "file").write_text("")
    with pytest.raises(StaleIndex, match="cannot be written"):
        DenseIndex.build(IDS, vectors).save(tmp_path / "file" / "index", "c", "e")


def test_a_copied_index_still_loads(saved, tmp_path):
    shutil.copytree(saved, tmp_path / "elsewhere")
    assert len(load(tmp_path / "elsewhere")) == 200
