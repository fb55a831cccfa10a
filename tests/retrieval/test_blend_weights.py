"""Learning weights: what is informative is found, and held to the start where there is little to learn from."""

from __future__ import annotations

import numpy as np
import pytest

from chatrec.retrieval.blend_weights import Lessons, learn, learn_between

FIRST = np.array([1.0, 0.0])


def lessons(people: int = 60, telling: int = 1, seed: int = 0) -> Lessons:
    """Of 30 candidates the three with the highest `telling` source are liked next."""
    rng = np.random.default_rng(seed)
    tables = [rng.normal(size=(30, 2)) for _ in range(people)]
    hits = [np.argsort(np.argsort(-table[:, telling])) < 3 for table in tables]
    return Lessons.of(tables, hits, [3] * people)


def spoilt(seed: int, second: float) -> Lessons:
    """Of 30 candidates the three with the highest sum of the first source and `second` times the second are liked next."""
    rng = np.random.default_rng(seed)
    tables = [rng.normal(size=(30, 2)) for _ in range(60)]
    hits = [np.argsort(np.argsort(-(table @ [1.0, second]))) < 3 for table in tables]
    return Lessons.of(tables, hits, [3] * 60)


def test_the_source_that_tells_gets_the_weight() -> None:
    weights = learn(lessons(), FIRST, 0.03)
    assert weights[1] > 5 * abs(weights[0])
    assert lessons(seed=9).ndcg(weights).mean() > 0.95


def test_much_pull_keeps_the_order_of_the_start() -> None:
    weights = learn(lessons(), FIRST, 1000.0)
    assert abs(weights[1]) < 0.01
    assert weights[0] > 0


def test_ndcg_is_that_of_the_ranking() -> None:
    table = np.array([[3.0, 0.0], [2.0, 0.0], [1.0, 0.0]])
    one = Lessons.of([table], [np.array([False, True, False])], [2])
    assert one.ndcg(FIRST)[0] == pytest.approx((1 / np.log2(3)) / (1 + 1 / np.log2(3)))


def test_one_split_alone_is_learned_from_all_the_way() -> None:
    np.testing.assert_allclose(learn_between([lessons()], FIRST), learn(lessons(), FIRST))


def test_weights_go_as_far_from_the_start_as_ranks_best_on_other_splits() -> None:
    agreed = learn_between([lessons(seed=seed) for seed in range(3)], FIRST)
    np.testing.assert_allclose(agreed, learn(Lessons.all_of([lessons(seed=seed) for seed in range(3)]), FIRST))
    # Each split says something else of the second source: what two of them teach does harm on the third.
    mixed = [spoilt(seed, 4.0 * (seed == 0) - 2.0) for seed in range(3)]
    away = learn(Lessons.all_of(mixed), FIRST)
    assert abs(learn_between(mixed, FIRST)[1]) < 0.5 * abs(away[1])


def test_people_with_fewer_candidates_are_not_given_more() -> None:
    tables = [np.array([[-1.0, 0.0]]), np.array([[1.0, 0.0], [2.0, 0.0]])]
    both = Lessons.of(tables, [np.array([True]), np.array([True, False])], [1, 1])
    np.testing.assert_allclose(both.ndcg(FIRST), [1.0, 1 / np.log2(3)])


def test_lessons_of_several_splits_are_one_after_the_other() -> None:
    few = Lessons.of([np.array([[1.0, 0.0]])], [np.array([True])], [1])
    both = Lessons.all_of([lessons(people=2), few])
    np.testing.assert_allclose(both.ndcg(FIRST), [*lessons(people=2).ndcg(FIRST), *few.ndcg(FIRST)])
    with pytest.raises(ValueError, match="nothing to learn from"):
        Lessons.all_of([])


def test_people_without_a_hit_are_left_out() -> None:
    tables = [np.ones((2, 2)), np.ones((2, 2))]
    assert len(Lessons.of(tables, [np.array([True, False]), np.array([False, False])], [1, 1]).wanted) == 1
