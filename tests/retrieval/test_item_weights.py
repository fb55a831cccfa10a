"""Item-item weights against the formulas, written out."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array

from chatrec.retrieval.item_weights import closed_form, neighbours


def table(users: int, items: int, seed: int = 1) -> csr_array:
    rng = np.random.default_rng(seed)
    there = rng.random((users, items)) < 0.2
    return csr_array(np.where(there, rng.choice([0.5, 1.0], (users, items)), 0.0).astype(np.float32))


def by_the_book(interactions: csr_array, ridge: float, dropout: float) -> NDArray[np.float64]:
    gram = interactions.T.toarray().astype(np.float64) @ interactions.toarray().astype(np.float64)
    inverse = np.linalg.inv(gram + np.diag(ridge + dropout / (1 - dropout) * np.diag(gram)))
    weights = -inverse / np.diag(inverse)[None, :]
    np.fill_diagonal(weights, 0.0)
    return weights


@pytest.mark.parametrize(("users", "items"), [(120, 40), (30, 90)], ids=["more users", "more items"])
@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_closed_form_is_the_formula(users: int, items: int, dropout: float) -> None:
    interactions = table(users, items)
    np.testing.assert_allclose(closed_form(interactions, 5.0, dropout), by_the_book(interactions, 5.0, dropout), atol=1e-5)


def test_closed_form_is_the_best_of_all_weights_with_an_empty_diagonal() -> None:
    interactions = table(60, 12)
    known, weights = interactions.toarray(), closed_form(interactions, 2.0)

    def cost(candidate: NDArray[np.float64]) -> float:
        return float(np.sum((known - known @ candidate) ** 2) + 2.0 * np.sum(candidate**2))

    rng = np.random.default_rng(0)
    for _ in range(20):
        nudge = rng.normal(scale=0.01, size=weights.shape)
        np.fill_diagonal(nudge, 0.0)
        assert cost(weights + nudge) > cost(weights)


def test_more_items_than_fit_one_block_are_mirrored_in_all_of_them() -> None:
    interactions = table(300, 560)
    np.testing.assert_allclose(closed_form(interactions, 5.0), by_the_book(interactions, 5.0, 0.0), atol=1e-4)


def test_a_ridge_that_is_not_positive_is_refused() -> None:
    with pytest.raises(ValueError, match="ridge must be positive"):
        closed_form(table(5, 5), 0.0)


def test_neighbours_are_shrunk_cosines_of_the_nearest() -> None:
    interactions = table(80, 30)
    dense = interactions.toarray().astype(np.float64)
    products = dense.T @ dense
    lengths = np.sqrt(np.diag(products))
    expected = products / (lengths[:, None] * lengths[None, :] + 3.0)
    np.fill_diagonal(expected, 0.0)
    found = neighbours(interactions, kept=5, shrink=3.0).toarray()
    for row in range(30):
        best = np.sort(expected[row])[::-1][:5]
        np.testing.assert_allclose(np.sort(found[row])[::-1][:5], best, atol=1e-5)
        assert np.count_nonzero(found[row]) <= 5


def test_items_nobody_touched_have_no_neighbours() -> None:
    interactions = csr_array(np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]], dtype=np.float32))
    found = neighbours(interactions, kept=2, shrink=0.0).toarray()
    assert not found[2].any()
    assert not found[:, 2].any()
    assert found[0, 1] == pytest.approx(1 / np.sqrt(2))
