"""The blend: what its sources say, and that the weights it learns find what was hidden."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array, vstack

from chatrec.retrieval.blend import SOURCES, Blend, BlendRecipe, Past, grade, learned_weights
from chatrec.retrieval.item_weights import closed_form
from chatrec.retrieval.stretches import stretches

USERS, ITEMS = 60, 20
RECIPE = BlendRecipe(liked_ridge=5.0, together_ridge=5.0, leaning_ridge=5.0)
DAY = 86_400
KINDS = np.stack([np.arange(ITEMS) % 2 == 0, np.arange(ITEMS) % 2 == 1], axis=1).astype(np.float32)


def ratings() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Even users rate even items 5 and two odd items 1; odd users the other way round. Item 19 is nobody's."""
    rng = np.random.default_rng(3)
    rows = []
    for user in range(USERS):
        for item in range(ITEMS - 1):
            mine = (user + item) % 2 == 0
            if rng.random() < (0.7 if mine else 0.15):
                rows.append((user, item, 5.0 if mine else 1.0, user * DAY + item))
    columns = np.array(rows, dtype=np.float64).T
    return columns[0].astype(np.int64), columns[1].astype(np.int64), columns[2], columns[3].astype(np.int64)


@pytest.fixture(scope="module")
def blend() -> Blend:
    return Blend.fit(*ratings(), ITEMS, RECIPE, KINDS)


EVEN = Past(np.array([0, 2, 1]), np.array([5.0, 5.0, 1.0]), np.array([10, 20, 30]) * DAY)


def test_grades_are_steps_of_the_scale() -> None:
    np.testing.assert_array_equal(grade(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), (1.0, 5.0)), [0.1, 0.1, 0.5, 1, 1])


def test_together_is_the_fold_in_of_the_grades_into_histories_and_stretches(blend: Blend) -> None:
    user, item, value, at = ratings()
    grades = grade(value, (1.0, 5.0)).astype(np.float32)
    whole = csr_array((grades, (user, item)), shape=(USERS, ITEMS - 1))
    rows = vstack([0.5 * whole, stretches(user, item, grades, at, ITEMS - 1)])
    raw = (np.array([[1.0, 1.0, 0.1]]) @ closed_form(csr_array(rows), 5.0)[[0, 2, 1]])[0]
    expected = (raw - raw.mean()) / raw.std()
    np.testing.assert_allclose(blend.sources(EVEN)[:, SOURCES.index("together")], expected, rtol=1e-3, atol=1e-4)


def test_what_is_of_the_kind_of_what_was_liked_is_told_from_the_rest(blend: Blend) -> None:
    kind = blend.sources(EVEN)[:, SOURCES.index("of_its_kind")]
    assert kind[::2].min() > kind[1::2].max()


def test_without_traits_nothing_is_of_any_kind() -> None:
    plain = Blend.fit(*ratings(), ITEMS, RECIPE)
    assert not plain.sources(EVEN)[:, SOURCES.index("of_its_kind")].any()


def test_items_that_too_few_rated_stand_last_and_teach_nothing() -> None:
    user, item, value, at = ratings()
    rare = (np.array([0, 1]), np.array([19, 19]), np.array([5.0, 5.0]), np.array([0, 0]))
    columns = [np.concatenate(pair) for pair in zip((user, item, value, at), rare, strict=True)]
    model = Blend.fit(columns[0], columns[1], columns[2], columns[3], ITEMS, RECIPE)
    assert 19 not in model.warm
    assert np.argmin(model.scores(EVEN, {"together": 1.0})) == 19


def test_newer_deeds_count_more_in_what_was_liked_lately(blend: Blend) -> None:
    one = Past(np.array([0, 1]), np.array([5.0, 5.0]), np.array([1, 2]) * DAY)
    two = Past(np.array([1, 0]), np.array([5.0, 5.0]), np.array([1, 2]) * DAY)
    last, always = SOURCES.index("together_last"), SOURCES.index("near")
    even = np.arange(2, 18, 2)
    assert blend.sources(two)[even, last].mean() > blend.sources(one)[even, last].mean()
    np.testing.assert_allclose(blend.sources(one)[:, always], blend.sources(two)[:, always], atol=1e-5)


def test_items_that_came_later_are_marked(blend: Blend) -> None:
    early = Past(np.array([0]), np.array([5.0]), np.array([-1]))
    assert blend.sources(early)[:, SOURCES.index("not_yet_there")].all()
    assert not blend.sources(EVEN)[:, SOURCES.index("not_yet_there")].any()


def test_what_nobody_rated_stands_last(blend: Blend) -> None:
    assert np.argmin(blend.scores(EVEN, {"together": 1.0})) == ITEMS - 1


def test_learned_weights_find_what_was_hidden(blend: Blend) -> None:
    pasts = [Past(np.array([u % 2, 2 + u % 2]), np.array([5.0, 5.0]), np.array([u, u + 1]) * DAY) for u in range(20)]
    targets = [np.arange(4 + u % 2, 18, 2) for u in range(20)]
    weights = learned_weights([blend.lessons(pasts, targets)])
    scores = blend.scores(EVEN, weights)
    assert scores[np.arange(4, 18, 2)].min() > scores[np.arange(3, 18, 2)].max()


def test_without_targets_there_is_nothing_to_learn(blend: Blend) -> None:
    with pytest.raises(ValueError, match="nothing to learn from"):
        learned_weights([blend.lessons([EVEN], [np.array([], dtype=np.int64)])])


def test_somebody_without_a_past_gets_a_ranking(blend: Blend) -> None:
    nobody = Past(np.array([], dtype=np.int64), np.array([]), np.array([], dtype=np.int64))
    assert np.isfinite(blend.scores(nobody, {"popular": 1.0, "together": 1.0})).all()
