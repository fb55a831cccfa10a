"""Turns with their features -> a Blend: the weights under which what people named next stands before everything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatrec.retrieval.ranker import Blend

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One turn: the features (targets, p) of what was named and those (others, p) of a random sample of `of` other items."""

    targets: Floats
    others: Floats
    of: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a blend is fitted: hidden units, passes over the cases, cases a step, step size and the pull of weights to zero."""

    hidden: int = 16
    passes: int = 8
    batch: int = 64
    step: float = 0.01
    decay: float = 1e-3
    seed: int = 0


def fit(lessons: Iterable[Lesson], features: Sequence[str], recipe: Recipe | None = None) -> Blend:
    """Minimise -log softmax of each target among all items (sampled, Jean et al. 2015), by Adam; the same seed, the same blend.

    Every lesson must have as many others.
    """
    recipe = recipe or Recipe()
    rng = np.random.default_rng(recipe.seed)
    lessons = list(lessons)
    others = np.stack([lesson.others for lesson in lessons])
    owner = np.repeat(np.arange(len(lessons)), [len(lesson.targets) for lesson in lessons])
    targets = np.concatenate([lesson.targets for lesson in lessons])
    some = others[:, ::7].reshape(-1, others.shape[2]).astype(np.float64)
    middle, spread = some.mean(axis=0).astype(np.float32), (some.std(axis=0) + 1e-4).astype(np.float32)
    for table in (others, targets):
        table -= middle
        table /= spread
        np.clip(table, -8, 8, out=table)
    missing = np.log([lesson.of / lesson.others.shape[0] for lesson in lessons]).astype(np.float32)
    p, h = others.shape[2], recipe.hidden
    weights: dict[str, Floats] = {
        "straight": np.zeros(p, dtype=np.float32),
        "crossed": rng.normal(0, 0.5 / np.sqrt(p), (p, h)).astype(np.float32),
        "offset": np.zeros(h, dtype=np.float32),
        "heights": rng.normal(0, 0.3 / np.sqrt(max(h, 1)), h).astype(np.float32),
    }
    adam = _Adam(weights)
    for number in range(recipe.passes):
        done = number / recipe.passes
        step = recipe.step * (1.0 if done < 0.5 else 0.3 if done < 0.8 else 0.1)
        order = rng.permutation(len(targets))
        for start in range(0, len(order), recipe.batch):
            cases = order[start : start + recipe.batch]
            table = np.concatenate([targets[cases][:, None], others[owner[cases]]], axis=1)
            adam.move(_gradient(table, missing[owner[cases]], weights, recipe.decay), step)
    return Blend(tuple(features), middle, spread, **weights)


def _gradient(table: Floats, missing: Floats, weights: dict[str, Floats], decay: float) -> dict[str, Floats]:
    """The gradient of the mean loss over a batch, `table` (cases, 1 + others, p) with the target first."""
    hidden = np.tanh(table @ weights["crossed"] + weights["offset"])
    scores = table @ weights["straight"] + hidden @ weights["heights"]
    scores[:, 1:] += missing[:, None]
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores)
    shares /= shares.sum(axis=1, keepdims=True)
    shares[:, 0] -= 1.0
    shares /= len(table)
    flat, pull = table.reshape(-1, table.shape[2]), shares.reshape(-1)
    back = (shares[..., None] * weights["heights"] * (1.0 - hidden**2)).reshape(-1, hidden.shape[2])
    return {
        "straight": flat.T @ pull + decay * weights["straight"],
        "crossed": flat.T @ back + decay * weights["crossed"],
        "offset": back.sum(axis=0),
        "heights": hidden.reshape(-1, hidden.shape[2]).T @ pull + decay * weights["heights"],
    }


class _Adam:
    """Kingma and Ba, "Adam" (ICLR 2015), with the second moment's memory shortened to 0.99."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self._weights = weights
        self._mean = {name: np.zeros_like(value) for name, value in weights.items()}
        self._square = {name: np.zeros_like(value) for name, value in weights.items()}
        self._steps = 0

    def move(self, gradient: dict[str, Floats], step: float) -> None:
        self._steps += 1
        for name, slope in gradient.items():
            mean, square = self._mean[name], self._square[name]
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope**2 - square)
            root = np.sqrt(square / (1 - 0.99**self._steps)) + 1e-8
            self._weights[name] -= (step * mean / (1 - 0.9**self._steps) / root).astype(np.float32)
