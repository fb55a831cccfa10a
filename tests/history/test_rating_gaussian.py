"""The distribution of ratings: conditional means against the textbook, and that learning finds what was put in."""

from __future__ import annotations

import numpy as np
import pytest

from chatrec.history.rating_gaussian import GaussianRecipe, RatingGaussian

COVARIANCE = np.array([[1.0, 0.8, -0.5], [0.8, 1.0, -0.4], [-0.5, -0.4, 1.0]], dtype=np.float32)
MODEL = RatingGaussian(np.array([3.0, 3.5, 2.5], dtype=np.float32), COVARIANCE, noise=0.5)
RATED, RATINGS = np.array([0, 2]), np.array([5.0, 2.0], dtype=np.float32)


def test_expectations_are_conditional_means_and_variances() -> None:
    expected, variance = MODEL.expect(RATED, RATINGS, np.array([1]))
    observed = COVARIANCE[np.ix_(RATED, RATED)] + 0.5 * np.eye(2)
    across = COVARIANCE[1, RATED]
    assert expected[0] == pytest.approx(3.5 + across @ np.linalg.solve(observed, [2.0, -0.5]), abs=1e-5)
    assert variance[0] == pytest.approx(1.0 + 0.5 - across @ np.linalg.solve(observed, across), abs=1e-5)


def test_of_a_stranger_the_mean_is_expected() -> None:
    expected, variance = MODEL.expect(np.array([], dtype=np.int64), np.array([], dtype=np.float32), np.array([0, 2]))
    np.testing.assert_allclose(expected, [3.0, 2.5])
    np.testing.assert_allclose(variance, 1.5)


def test_evidence_adds_up_to_the_whole_move() -> None:
    moves, per_point, left = MODEL.evidence(RATED, RATINGS, 1)
    expected, variance = MODEL.expect(RATED, RATINGS, np.array([1]))
    assert moves[0] > 0
    assert moves.sum() + 3.5 == pytest.approx(float(expected[0]), abs=1e-5)
    assert left == pytest.approx(float(variance[0]), abs=1e-5)
    np.testing.assert_allclose(per_point * (RATINGS - MODEL.mean[RATED]), moves, atol=1e-6)


def test_what_is_doubted_moves_less_and_leaves_more_open() -> None:
    plain, _, sure = MODEL.evidence(RATED, RATINGS, 1)
    doubted, _, unsure = MODEL.evidence(RATED, RATINGS, 1, np.full(2, 2.0, dtype=np.float32))
    assert 0 < doubted[0] < plain[0]
    assert unsure > sure


def test_a_pass_is_the_textbook_step_of_expectation_maximisation() -> None:
    people = [(RATED, RATINGS), (np.array([1]), np.array([1.0], dtype=np.float32))]
    recipe = GaussianRecipe(passes=1, noise=0.5, prior_people=3.0, mean_shrink=2.0, shared=0.2, own=0.1)
    model = RatingGaussian.fit(people, 3, recipe=recipe)
    start, mean = np.full((3, 3), 0.2) + 0.1 * np.eye(3), (8 / 3) + np.array([5 - 8 / 3, 1 - 8 / 3, 2 - 8 / 3]) / 3
    believed, scatter = [], np.zeros((3, 3))
    for rated, ratings in people:
        gain = start[:, rated] @ np.linalg.inv(start[np.ix_(rated, rated)] + 0.5 * np.eye(len(rated)))
        believed.append(gain @ (ratings - mean[rated]))
        scatter += start - gain @ start[rated] + np.outer(believed[-1], believed[-1])
    np.testing.assert_allclose(model.covariance, (scatter + 3.0 * start) / 5.0, atol=1e-5)
    np.testing.assert_allclose(model.mean, mean + np.sum(believed, axis=0) / 4.0, atol=1e-5)


def test_ratings_that_are_not_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        RatingGaussian.fit([(RATED, np.array([np.inf, 1.0], dtype=np.float32))], 3)
    with pytest.raises(ValueError, match="positive semidefinite"):
        RatingGaussian.fit([(RATED, RATINGS)], 3, np.full((3, 3), -100.0, dtype=np.float32))


def test_learning_finds_which_items_go_together() -> None:
    rng = np.random.default_rng(0)
    drawn = rng.multivariate_normal([3.0, 3.5, 2.5], COVARIANCE, size=400) + rng.normal(scale=0.5, size=(400, 3))
    people = []
    for row in drawn.astype(np.float32):
        rated = np.flatnonzero(rng.random(3) < 0.7)
        if rated.size:
            people.append((rated, row[rated]))
    recipe = GaussianRecipe(passes=30, noise=0.25, prior_people=1.0, shared=0.0, own=0.5)
    model = RatingGaussian.fit(people, 3, recipe=recipe)
    np.testing.assert_allclose(model.mean, [3.0, 3.5, 2.5], atol=0.2)
    np.testing.assert_allclose(model.covariance, COVARIANCE, atol=0.3)


def test_items_of_a_kind_help_each_other_where_nobody_rated_them() -> None:
    likeness = np.array([[1.0, 1.0], [1.0, 1.0]], dtype=np.float32)
    people = [(np.array([0]), np.array([5.0 if n % 2 else 1.0], dtype=np.float32)) for n in range(20)]
    recipe = GaussianRecipe(shared=0.0, kin=0.5, own=0.1, passes=5)
    with_kin, without = RatingGaussian.fit(people, 2, likeness, recipe), RatingGaussian.fit(people, 2, None, recipe)
    liked = np.array([5.0], dtype=np.float32)
    assert with_kin.expect(np.array([0]), liked, np.array([1]))[0][0] > 3.2
    assert without.expect(np.array([0]), liked, np.array([1]))[0][0] == pytest.approx(3.0, abs=1e-3)
