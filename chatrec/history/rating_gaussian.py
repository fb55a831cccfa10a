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

        Time grows with passes * items^3 (a minute for 1,700 items), memory with 24 * items^2 bytes.
        """
        recipe = recipe or GaussianRecipe()
        rows = np.concatenate([rated for rated, _ in people])
        values = np.concatenate([ratings for _, ratings in people])
        middle = float(values.mean())
        sums = np.bincount(rows, weights=values - middle, minlength=items)
        mean: Floats = (middle + sums / (np.bincount(rows, minlength=items) + recipe.mean_shrink)).astype(np.float32)
        start = np.full((items, items), recipe.shared, dtype=np.float32)
        start[np.diag_indices(items)] += recipe.own
        if likeness is not None:
            start += recipe.kin * likeness
        covariance: Floats = start.copy()
        count = len(people)
        for _ in tqdm(range(recipe.passes), desc="Ratings", unit="pass", disable=not progress):
            explained = np.zeros((items, items), dtype=np.float32)
            leaning = np.zeros((count, items), dtype=np.float32)
            for person, (rated, ratings) in enumerate(people):
                inverse = np.linalg.inv(_observed(covariance, rated, recipe.noise))
                leaning[person, rated] = inverse @ (ratings - mean[rated])
                explained[np.ix_(rated, rated)] += inverse
            believed = leaning @ covariance
            sure = (covariance @ explained) @ covariance
            covariance = count * covariance - sure + believed.T @ believed + recipe.prior_people * start
            covariance = (covariance + covariance.T) / np.float32(2 * (count + recipe.prior_people))
            mean = mean + believed.sum(axis=0) / np.float32(count + recipe.mean_shrink)
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

    def evidence(self, rated: Rows, ratings: Floats, asked: int) -> Floats:
        """How much each rating moves the expectation for one item, in points of the scale, (m,); their sum is all."""
        weights = np.linalg.solve(_observed(self.covariance, rated, self.noise), self.covariance[rated, asked])
        return np.asarray(weights * (ratings - self.mean[rated]), dtype=np.float32)


def _observed(covariance: Floats, rated: Rows, noise: float) -> Floats:
    part = covariance[np.ix_(rated, rated)]
    part[np.diag_indices(len(rated))] += noise
    return part
