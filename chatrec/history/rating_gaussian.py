"""Everybody's ratings -> how all items vary together; one person's ratings -> the ratings to expect of them, and how surely.

A person's ratings are taken as drawn from one normal distribution over all items (mean and full covariance, learned by
expectation-maximisation from whatever each person rated) plus noise: Yu, Zhu, Lafferty and Gong, "Fast nonparametric matrix
factorization for large-scale collaborative filtering", SIGIR 2009. What somebody new would rate is a conditional mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import sger
from scipy.linalg.lapack import spotrf, spotri
from tqdm import tqdm

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Rated = tuple[Rows, Floats]
"""The items somebody rated and the ratings, (m,) each."""


@dataclass(frozen=True, slots=True)
class GaussianRecipe:
    """How long and how cautiously to learn; chosen on ratings held out of the training part of MovieLens 100k.

    `noise` is the variance of a rating around what the person thinks, in squared points of the scale; `prior_people` how many
    imagined people follow the starting covariance, which is `shared` for each two items, `own` more on the diagonal and
    `kin` times their likeness in facts.
    """

    passes: int = 20
    noise: float = 0.55
    prior_people: float = 150.0
    mean_shrink: float = 5.0
    shared: float = 0.2
    own: float = 0.1
    kin: float = 0.05


@dataclass(frozen=True)
class RatingGaussian:
    """The learned distribution: `mean` (items,), `covariance` (items, items), `noise` variance; knows no visitor."""

    mean: Floats
    covariance: Floats
    noise: float

    @classmethod
    def fit(
        cls,
        people: Sequence[Rated],
        items: int,
        likeness: Floats | None = None,
        recipe: GaussianRecipe | None = None,
        progress: bool = False,
    ) -> RatingGaussian:
        """Learn from what each of `people` rated. `likeness` (items, items), positive semidefinite, says which are of a kind.

        Time grows with passes * (items^3 + the sum over people of ratings^3), some twelve seconds of a core for MovieLens 100k;
        memory is 20 * items^2 bytes. ValueError for ratings that are not finite.
        """
        recipe = recipe or GaussianRecipe()
        rows = np.concatenate([rated for rated, _ in people])
        values = np.concatenate([ratings for _, ratings in people])
        if not np.isfinite(values).all():
            raise ValueError("ratings must be numbers, and finite")
        middle = float(values.mean())
        sums = np.bincount(rows, weights=values - middle, minlength=items)
        mean: Floats = (middle + sums / (np.bincount(rows, minlength=items) + recipe.mean_shrink)).astype(np.float32)
        start = np.full((items, items), recipe.shared, dtype=np.float32)
        start[np.diag_indices(items)] += recipe.own
        if likeness is not None:
            start += np.float32(recipe.kin) * likeness
        covariance: Floats = start.copy()
        count = len(people)
        for _ in tqdm(range(recipe.passes), desc="Ratings", unit="pass", disable=not progress):
            precision, leaning = _said(people, mean, covariance, recipe.noise)
            # What the ratings take off everybody's covariance, and what the spread of the believed ratings adds, at once.
            known = covariance @ precision @ covariance
            mean = mean + (covariance @ leaning) / np.float32(count + recipe.mean_shrink)
            covariance *= np.float32(count)
            covariance -= known
            np.multiply(start, np.float32(recipe.prior_people), out=known)
            covariance += known
            covariance = (covariance + covariance.T) / np.float32(2 * (count + recipe.prior_people))
        return cls(mean, covariance, recipe.noise)

    def expect(self, rated: Rows, ratings: Floats, asked: Rows) -> tuple[Floats, Floats]:
        """The ratings to expect of somebody for the items at `asked`, and their variances (noise included), (m,) each.

        Of somebody who rated nothing the mean of everybody is expected.
        """
        own = self.covariance[asked, asked] + self.noise
        if len(rated) == 0:
            return self.mean[asked], own
        across = self.covariance[np.ix_(asked, rated)]
        right = np.column_stack([ratings - self.mean[rated], across.T])
        solved = np.linalg.solve(_observed(self.covariance, rated, self.noise), right)
        expected = self.mean[asked] + across @ solved[:, 0]
        return expected, own - np.einsum("ij,ji->i", across, solved[:, 1:])

    def evidence(self, rated: Rows, ratings: Floats, asked: int, doubt: Floats | None = None) -> tuple[Floats, Floats, float]:
        """What each rating does to the expectation for one item, and the variance that is left, noise included.

        First, (m,), how many points it moves the expectation: the mean of everybody plus the sum of these is what is expected.
        Second, (m,), how many it would move it for each point of its own. `doubt` (m,) is variance on top of the noise, for
        what was not said as a rating.
        """
        across = self.covariance[rated, asked]
        weights = np.linalg.solve(_observed(self.covariance, rated, self.noise, doubt), across)
        left = float(self.covariance[asked, asked] + self.noise - across @ weights)
        return weights * (ratings - self.mean[rated]), weights, left


def _said(people: Sequence[Rated], mean: Floats, covariance: Floats, noise: float) -> tuple[Floats, Floats]:
    """What everybody's ratings say: the sums over people of K^-1 - a a', (items, items), and of a, (items,).

    K is the covariance of the ratings that one person gave, noise included, and a = K^-1 (ratings - mean).
    """
    precision, leaning = np.zeros_like(covariance), np.zeros_like(mean)
    for rated, ratings in people:
        lower, failed = spotrf(_observed(covariance, rated, noise).T, lower=1, clean=1, overwrite_a=1)
        half, unfinished = spotri(lower, lower=1, overwrite_c=1)
        if failed or unfinished:
            raise ValueError("the likeness of the items is not positive semidefinite")
        # Half the inverse: its lower triangle and half its diagonal; with its transpose it is whole.
        half[np.diag_indices(len(rated))] *= 0.5
        off = ratings - mean[rated]
        lean = half @ off + off @ half
        leaning[rated] += lean
        half = sger(-0.5, lean, lean, a=half, overwrite_a=1)
        precision[np.ix_(rated, rated)] += half.T  # in C's order
    return precision + precision.T, leaning


def _observed(covariance: Floats, rated: Rows, noise: float, doubt: Floats | None = None) -> Floats:
    part = covariance[np.ix_(rated, rated)]
    part[np.diag_indices(len(rated))] += noise if doubt is None else noise + doubt
    return part
