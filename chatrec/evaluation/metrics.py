"""A ranking and what was right -> figures of one person; figures of many -> mean and standard error."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def discounts(k: int) -> Numbers:
    """1 / log2(rank + 1) for the ranks 1 to k, (k,) (Järvelin and Kekäläinen, TOIS 2002)."""
    return np.asarray(1.0 / np.log2(np.arange(2, k + 2)), dtype=np.float64)


def ndcg(hits: NDArray[np.bool_], relevant: int, k: int = 10) -> float:
    """NDCG@k of a ranking in which `hits` says, best first, what is relevant; `relevant` is how many there were to find.

    ndcg([no, yes], 1) is 1 / log2(3). NaN when nothing was relevant.
    """
    if relevant == 0:
        return float("nan")
    found = np.asarray(hits[:k], dtype=np.float64)
    return float(found @ discounts(k)[: len(found)] / discounts(min(relevant, k)).sum())


def graded_ndcg(gains_in_order: Numbers, k: int = 10) -> float:
    """NDCG@k of one list of gains as ranked, against the best order of the same list; gains count as they are (not 2^gain)."""
    first = gains_in_order[:k]
    best = np.sort(gains_in_order)[::-1][:k]
    weights = discounts(len(first))
    ideal = float(best @ weights)
    return float(first @ weights / ideal) if ideal > 0 else 0.0


def recall(hits: NDArray[np.bool_], relevant: int, k: int = 10) -> float:
    """The share of what was relevant that is among the first k; NaN when nothing was."""
    return float(np.sum(hits[:k]) / relevant) if relevant else float("nan")


def accepted_precision_recall(ratings: Numbers, predicted: Numbers, k: int = 10, threshold: float = 3.5) -> tuple[float, float]:
    """Of one person's held-out items: precision among those of the top k predicted `threshold` or more, and their recall.

    Relevant is a rating of `threshold` or more. A person for whom nothing is predicted that high has precision 0, one without
    anything relevant recall 0, as in the precision and recall example of scikit-surprise's documentation.
    """
    order = np.argsort(-predicted, kind="stable")[:k]
    relevant = ratings >= threshold
    accepted = predicted[order] >= threshold
    right = float(np.sum(accepted & relevant[order]))
    return right / max(float(accepted.sum()), 1.0), right / max(float(relevant.sum()), 1.0)


def mean_and_error(values: Sequence[float] | Numbers) -> tuple[float, float]:
    """The mean over people and its standard error, those left out who have no figure (NaN); (NaN, NaN) for nobody."""
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    if known.size == 0:
        return float("nan"), float("nan")
    error = float(known.std(ddof=1) / np.sqrt(known.size)) if known.size > 1 else float("nan")
    return float(known.mean()), error


def paired_difference(values: Numbers, others: Numbers) -> tuple[float, float]:
    """The mean of value minus other over the people who have both, and its standard error."""
    return mean_and_error(np.asarray(values) - np.asarray(others))
