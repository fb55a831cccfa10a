import numpy as np
import pytest

from chatrec.retrieval.fusion import Weights, calibrated, fuse, prior, scaled, total


def test_scaling_brings_values_to_zero_and_one():
    np.testing.assert_allclose(scaled(np.array([2.0, 4.0, 3.0])), [0, 1, 0.5])
    np.testing.assert_allclose(scaled(np.array([5.0, 5.0])), [0, 0])
    assert scaled(np.array([])).size == 0


def test_a_prior_is_the_rank_among_the_known_and_one_half_where_unknown():
    np.testing.assert_allclose(prior(np.array([10.0, np.nan, 90.0, 50.0])), [1 / 6, 1 / 2, 5 / 6, 3 / 6])
    np.testing.assert_allclose(prior(np.array([70.0, 70.0])), [0.5, 0.5])
    np.testing.assert_allclose(prior(np.array([np.nan, np.nan])), [0, 0])


def test_the_best_of_a_poor_lot_stays_poor():
    whole = np.array([0.0, 0.1, 0.2, 0.9])
    np.testing.assert_allclose(calibrated(whole[:3], whole), [0, 0, 0])
    np.testing.assert_allclose(calibrated(whole[3:], whole), [1])
    np.testing.assert_allclose(calibrated(np.array([0.6]), whole), [(0.6 - 0.3) / (0.9 - 0.3)])
    np.testing.assert_allclose(calibrated(np.array([2.0, 2.0]), np.array([2.0, 2.0])), [0, 0])


def test_a_score_is_the_weighted_sum_of_its_sources():
    weights = Weights(dense=0.5, lexical=0.25, avoided=-0.1)
    parts = fuse({"dense": np.array([1.0, 0.0]), "lexical": np.array([0.0, 1.0]), "avoided": np.array([0.0, 1.0])}, weights)
    np.testing.assert_allclose(parts["dense"], [0.5, 0])
    np.testing.assert_allclose(total(parts, 2), [0.5, 0.25 - 0.1])


def test_a_source_without_scores_adds_nothing():
    assert set(fuse({"dense": np.array([1.0])}, Weights())) == {"dense"}
    np.testing.assert_allclose(total({}, 3), [0, 0, 0])


def test_likeness_to_what_is_avoided_counts_against():
    assert Weights().avoided < 0 < min(Weights().dense, Weights().lexical, Weights().similar, Weights().taste)


def test_weights_are_fixed_once_made():
    with pytest.raises(AttributeError):
        Weights().dense = 1.0
