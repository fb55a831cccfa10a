"""Figures whose right value can be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chatrec.evaluation.metrics import (
    accepted_precision_recall,
    graded_ndcg,
    mean_and_error,
    ndcg,
    paired_difference,
    recall,
)


def hits(text: str) -> np.ndarray:
    return np.array([mark == "x" for mark in text])


def test_ndcg_discounts_by_rank() -> None:
    assert ndcg(hits(".x"), 1) == pytest.approx(1 / math.log2(3))
    assert ndcg(hits("x..x"), 2) == pytest.approx((1 + 1 / math.log2(5)) / (1 + 1 / math.log2(3)))


def test_ndcg_is_1_for_a_list_full_of_hits_even_where_more_is_relevant() -> None:
    assert ndcg(hits("x" * 10), 25) == pytest.approx(1.0)


def test_ndcg_looks_no_further_than_k() -> None:
    assert ndcg(hits("..x"), 1, k=2) == 0.0


def test_without_anything_relevant_there_is_no_figure() -> None:
    assert math.isnan(ndcg(hits("..."), 0))
    assert math.isnan(recall(hits("..."), 0))


def test_recall_is_the_share_found() -> None:
    assert recall(hits("x.x"), 4) == 0.5
    assert recall(hits("x.x"), 4, k=1) == 0.25


def test_graded_ndcg_takes_the_ratings_as_they_are() -> None:
    assert graded_ndcg(np.array([5.0, 3.0])) == 1.0
    worst = (3 + 5 / math.log2(3)) / (5 + 3 / math.log2(3))
    assert graded_ndcg(np.array([3.0, 5.0])) == pytest.approx(worst)


def test_the_ideal_order_is_of_the_whole_list() -> None:
    assert graded_ndcg(np.array([1.0, 5.0]), k=1) == pytest.approx(0.2)


def test_precision_counts_only_what_is_predicted_high() -> None:
    ratings, predicted = np.array([5.0, 2.0, 4.0, 5.0]), np.array([4.5, 3.6, 3.4, 3.3])
    assert accepted_precision_recall(ratings, predicted) == (1 / 2, 1 / 3)


def test_only_the_first_k_are_looked_at() -> None:
    ratings, predicted = np.array([5.0, 2.0, 5.0]), np.array([4.0, 5.0, 4.5])
    assert accepted_precision_recall(ratings, predicted, k=2) == (1 / 2, 1 / 2)


def test_who_is_predicted_nothing_high_has_precision_0() -> None:
    assert accepted_precision_recall(np.array([5.0]), np.array([3.0])) == (0.0, 0.0)
    assert accepted_precision_recall(np.array([2.0]), np.array([4.0])) == (0.0, 0.0)


def test_mean_and_error_leave_out_who_has_no_figure() -> None:
    mean, error = mean_and_error([1.0, float("nan"), 3.0])
    assert mean == 2.0
    assert error == pytest.approx(math.sqrt(2) / math.sqrt(2))


def test_of_one_or_nobody_there_is_no_error() -> None:
    assert math.isnan(mean_and_error([1.0])[1])
    assert math.isnan(mean_and_error([])[0])


def test_a_difference_is_paired() -> None:
    mean, error = paired_difference(np.array([1.0, 5.0]), np.array([0.0, 4.0]))
    assert (mean, error) == (1.0, 0.0)
