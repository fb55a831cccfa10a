"""The item model: fold-in, signs, cold items, and the folder it is kept in."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from chatrec.errors import StaleIndex
from chatrec.retrieval.collaborative import CollaborativeModel, Recipe
from chatrec.retrieval.item_weights import closed_form


def checkerboard(users: int = 40, items: int = 12) -> csr_array:
    """Even users like even items, odd users odd ones; user u has not seen item u % items."""
    likes = (np.arange(users)[:, None] + np.arange(items)[None, :]) % 2 == 0
    likes[np.arange(users), np.arange(users) % items] = False
    return csr_array(likes.astype(np.float32))


CLOSED, SPARSE = Recipe(ridge=1.0), Recipe(closed_form_up_to=0, kept=12, shrink=1.0)


@pytest.fixture(params=[CLOSED, SPARSE], ids=["closed form", "neighbours"])
def model(request: pytest.FixtureRequest) -> CollaborativeModel:
    return CollaborativeModel.fit(checkerboard(), request.param)


def test_who_likes_even_items_is_given_even_items(model: CollaborativeModel) -> None:
    scores = model.scores([0, 2], [1.0, 1.0])
    assert scores[[4, 6, 8, 10]].min() > scores[[1, 3, 5, 7, 9, 11]].max()


def test_a_dislike_turns_the_score_round(model: CollaborativeModel) -> None:
    np.testing.assert_allclose(model.scores([3], [-1.0]), -model.scores([3], [1.0]))


def test_several_items_add_up_and_the_same_one_twice_too(model: CollaborativeModel) -> None:
    both = model.scores([1, 4, 4], [1.0, 0.5, -0.25])
    np.testing.assert_allclose(both, model.scores([1], [1.0]) + model.scores([4], [0.25]), atol=1e-6)


def test_nothing_known_is_a_score_of_nothing(model: CollaborativeModel) -> None:
    assert not model.scores([], []).any()


def test_scores_are_the_rows_of_the_closed_form() -> None:
    weights = closed_form(checkerboard(), 1.0)
    scores = CollaborativeModel.fit(checkerboard(), CLOSED).scores([2, 5], [1.0, -0.5])
    np.testing.assert_allclose(scores, weights[2] - 0.5 * weights[5], atol=1e-6)


def test_rows_and_weights_must_be_as_many(model: CollaborativeModel) -> None:
    with pytest.raises(ValueError, match="2 rows need as many weights, not 1"):
        model.scores([1, 2], [1.0])


def test_popularity_is_the_share_of_people() -> None:
    found = CollaborativeModel.fit(csr_array(np.array([[1, 1, 0], [1, 0, 0]], dtype=np.float32)), CLOSED)
    np.testing.assert_allclose(found.popularity, [1.0, 0.5, 0.0])


def with_cold() -> CollaborativeModel:
    """Items 12 and 13 are new; in text 12 is like the even items, 13 like nothing."""
    wide = csr_array(np.pad(checkerboard().toarray(), ((0, 0), (0, 2))))
    vectors = np.zeros((14, 3), dtype=np.float32)
    vectors[0:12:2, 0], vectors[1:12:2, 1], vectors[12, 0], vectors[13, 2] = 1.0, 1.0, 1.0, 1.0
    return CollaborativeModel.fit(wide, CLOSED).lending(vectors)


def test_a_new_item_borrows_from_its_nearest_in_text() -> None:
    scores = with_cold().scores([0, 2], [1.0, 1.0])
    assert scores[12] > scores[[1, 3, 5, 7]].max()
    assert scores[13] == 0.0


def test_liking_a_new_item_speaks_for_what_it_borrows_from() -> None:
    scores = with_cold().scores([12], [1.0])
    assert scores[0:12:2].min() > scores[1:12:2].max()
    assert not with_cold().scores([13], [1.0]).any()


def test_a_kept_model_gives_the_same_scores(model: CollaborativeModel, tmp_path: Path) -> None:
    model.save(tmp_path / "model", "digest")
    again = CollaborativeModel.load(tmp_path / "model", "digest")
    np.testing.assert_array_equal(again.scores([1, 2], [1.0, -1.0]), model.scores([1, 2], [1.0, -1.0]))
    np.testing.assert_array_equal(again.popularity, model.popularity)


def test_cold_items_are_kept_too(tmp_path: Path) -> None:
    with_cold().save(tmp_path, "digest")
    again = CollaborativeModel.load(tmp_path, "digest")
    np.testing.assert_array_equal(again.scores([12], [1.0]), with_cold().scores([12], [1.0]))


def test_a_model_of_other_data_is_refused(model: CollaborativeModel, tmp_path: Path) -> None:
    model.save(tmp_path, "these")
    with pytest.raises(StaleIndex, match="learned from other interactions"):
        CollaborativeModel.load(tmp_path, "those")


def test_a_changed_file_is_noticed(model: CollaborativeModel, tmp_path: Path) -> None:
    model.save(tmp_path, "digest")
    np.save(tmp_path / "popularity.npy", model.popularity + 1)
    with pytest.raises(StaleIndex, match="not as it was written"):
        CollaborativeModel.load(tmp_path, "digest")


@pytest.mark.parametrize("name", ["about.json", "warm.npy"])
def test_a_missing_file_is_noticed(model: CollaborativeModel, tmp_path: Path, name: str) -> None:
    model.save(tmp_path, "digest")
    (tmp_path / name).unlink()
    with pytest.raises(StaleIndex, match="cannot be used"):
        CollaborativeModel.load(tmp_path, "digest")


def test_nothing_is_unpickled(model: CollaborativeModel, tmp_path: Path) -> None:
    model.save(tmp_path, "digest")
    trap = np.array([{"a": 1}], dtype=object)
    np.save(tmp_path / "popularity.npy", trap, allow_pickle=True)
    about = json.loads((tmp_path / "about.json").read_text())
    import hashlib

    about["files"]["popularity.npy"] = hashlib.sha256((tmp_path / "popularity.npy").read_bytes()).hexdigest()
    (tmp_path / "about.json").write_text(json.dumps(about))
    with pytest.raises(StaleIndex, match="cannot be used"):
        CollaborativeModel.load(tmp_path, "digest")
