import hashlib
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from chatrec.errors import EmbedderError
from chatrec.retrieval.embedding import OnnxEmbeddings, StandInEmbeddings
from tests.retrieval.conftest import MODEL

TEXTS = ["a quiet film about grief", "zombies", "", "The sea, an old man and a small boat.", "zombies in London " * 300]


def test_vectors_are_unit_rows_in_the_order_of_the_texts(embeddings):
    vectors = embeddings.encode(TEXTS)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    for text, vector in zip(TEXTS, vectors, strict=True):
        np.testing.assert_array_equal(embeddings.encode_query(text), vector)


def test_meaning_is_near_and_the_rest_is_far(embeddings):
    grief, mourning, pizza = embeddings.encode(["a film about grief", "mourning somebody who died", "how to bake a pizza"])
    assert grief @ mourning > grief @ pizza + 0.2


def test_a_vector_does_not_depend_on_its_neighbours(embeddings):
    alone = embeddings.encode(["zombies"])[0]
    np.testing.assert_array_equal(alone, embeddings.encode(TEXTS)[1])


def test_text_beyond_the_token_limit_changes_nothing(embeddings):
    whole = "word " * 254
    np.testing.assert_array_equal(embeddings.encode_query(whole + "and another ending"), embeddings.encode_query(whole + "so"))
    assert not np.array_equal(embeddings.encode_query("word " * 200 + "dogs"), embeddings.encode_query("word " * 200 + "war"))


def test_no_texts_give_no_rows(embeddings):
    assert embeddings.encode([]).shape == (0, 384)


def test_broken_unicode_is_embedded_all_the_same(embeddings):
    assert np.isfinite(embeddings.encode_query("half an emoji \ud83d here")).all()


def test_threads_share_one_embedder(embeddings):
    fresh = OnnxEmbeddings(MODEL)
    expected = embeddings.encode(TEXTS)
    with ThreadPoolExecutor(4) as workers:
        for vectors in workers.map(lambda _: fresh.encode(TEXTS), range(8)):
            np.testing.assert_array_equal(vectors, expected)


def test_it_is_a_langchain_embeddings(embeddings):
    assert isinstance(embeddings, Embeddings)
    assert embeddings.embed_documents(["zombies"]) == [embeddings.embed_query("zombies")]
    assert all(type(x) is float for x in embeddings.embed_query("zombies"))


def test_progress_is_shown_only_when_asked_for(embeddings, capfd):
    embeddings.encode(TEXTS)
    assert capfd.readouterr().err == ""
    embeddings.encode(TEXTS, progress=True)
    assert "5/5" in capfd.readouterr().err


def test_the_runtime_is_imported_with_the_first_text_only():
    code = (
        "import sys; from pathlib import Path; from chatrec.retrieval.embedding import OnnxEmbeddings\n"
        f"e = OnnxEmbeddings(Path({str(MODEL)!r})); print('onnxruntime' in sys.modules); e.encode(['a'])\n"
        "print('onnxruntime' in sys.modules, 'torch' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=MODEL.parents[2])
    assert out.stdout.split() == ["False", "True", "False"]


def test_the_shipped_files_are_the_ones_about_json_tells_of():
    about = json.loads((MODEL / "about.json").read_text())
    assert about["licence"] == "Apache-2.0"
    for name, digest in about["sha256"].items():
        assert hashlib.sha256((MODEL / name).read_bytes()).hexdigest() == digest


def test_a_missing_model_is_one_clear_sentence(tmp_path):
    with pytest.raises(EmbedderError, match=r"There is no embedding model in .*about\.json is missing"):
        OnnxEmbeddings(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", '{"name": "x"}', '{"name":"x","dimension":3,"max_tokens":2,"sha256":null}'])
def test_a_damaged_about_file_is_one_clear_sentence(tmp_path, content):
    (tmp_path / "about.json").write_text(content)
    with pytest.raises(EmbedderError, match=r"about\.json is damaged"):
        OnnxEmbeddings(tmp_path)


def test_a_changed_model_file_is_refused(tmp_path):
    shutil.copytree(MODEL, tmp_path / "model")
    with (tmp_path / "model" / "model.onnx").open("ab") as file:
        file.write(b"\0")
    damaged = OnnxEmbeddings(tmp_path / "model")
    with pytest.raises(EmbedderError, match=r"model\.onnx is damaged"):
        damaged.encode(["a"])
    (tmp_path / "model" / "model.onnx").unlink()
    with pytest.raises(EmbedderError, match=r"not complete: .*model\.onnx is missing"):
        damaged.encode(["a"])


def test_identity_names_the_model_and_follows_its_files(tmp_path, embeddings):
    assert embeddings.identity.startswith("all-MiniLM-L6-v2-int8@")
    about = json.loads((MODEL / "about.json").read_text())
    about["sha256"]["model.onnx"] = "0" * 64
    (tmp_path / "about.json").write_text(json.dumps(about))
    assert OnnxEmbeddings(tmp_path).identity != embeddings.identity


def test_any_langchain_embeddings_stands_in_with_unit_rows():
    stand_in = StandInEmbeddings(DeterministicFakeEmbedding(size=7), "fake@7")
    vectors = stand_in.encode(["one", "two"] * 40)
    assert vectors.shape == (80, 7)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(stand_in.embed_query("one"), vectors[0], atol=1e-6)
    assert stand_in.identity == "fake@7"


class Broken(Embeddings):
    def __init__(self, rows):
        self.rows = rows

    def embed_documents(self, texts):
        return self.rows

    def embed_query(self, text):
        return self.rows[0]


@pytest.mark.parametrize("rows", [[], [[1.0, 2.0]], [[1.0, 2.0], [1.0]], [[1.0, 2.0], [float("nan"), 1.0]]])
def test_a_stand_in_that_answers_nonsense_is_an_error(rows):
    with pytest.raises(EmbedderError, match="broken@1"):
        StandInEmbeddings(Broken(rows), "broken@1").encode(["a", "b"])


def test_a_stand_in_may_answer_a_zero_vector():
    assert not StandInEmbeddings(Broken([[0.0, 0.0]]), "zero@1").encode([""]).any()
