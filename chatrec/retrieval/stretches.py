"""Who did what in which order -> what is near in time: stretches of histories as further rows, and what stands side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

SIZE = 30
"""Deeds of a stretch; the next one begins half as many later. Chosen on splits of training rows, as is WHOLE."""

WHOLE = 0.5
"""What a deed counts in a whole history beside the stretches."""

_STEPS = 10
_SHRINK = 10.0
_LIFT = 0.3


def stretches(user: Rows, item: Rows, weight: Floats, at: Rows, items: int, size: int = SIZE) -> csr_array:
    """Each stretch of `size` deeds of one person in a row, as if it were a person, (stretches, items) float32.

    Deeds are (n,) each, `at` any number that grows with time; of equal ones the first named comes first. Stretches overlap by
    half; a shorter history is one stretch. Items that people took up one soon after the other speak for each other more than
    those years apart: an item model learned from these rows as well knows which.
    """
    order, place, counts = _places(user, at)
    half = max(size // 2, 1)
    users = user[order]
    of_each = np.maximum(1, -(-(counts - half) // half))
    first = np.concatenate([[0], np.cumsum(of_each)])
    newest = np.minimum(place // half, of_each[users] - 1)
    before = newest - 1
    also = (before >= 0) & (place < before * half + 2 * half)
    rows = np.concatenate([first[users] + newest, (first[users] + before)[also]])
    columns = np.concatenate([item[order], item[order][also]])
    data = np.concatenate([weight[order], weight[order][also]]).astype(np.float32)
    return csr_array((data, (rows, columns)), shape=(int(first[-1]), items))


def side_by_side(user: Rows, item: Rows, weight: Floats, at: Rows, items: int) -> csr_array:
    """How telling it is of each two items that one person took them up within ten deeds, (items, items) float32, symmetric.

    `d` deeds apart counts 1/d times the weight of the later one; a share of all that came after the first, lifted where the
    later one is rare, and the same with the two changed about.
    """
    order, _, _ = _places(user, at)
    users, columns, weights = user[order], item[order], weight[order]
    shape = (items, items)
    follows = csr_array(shape, dtype=np.float32)
    for step in range(1, _STEPS + 1):
        same = users[step:] == users[:-step]
        told = (weights[step:][same] / step).astype(np.float32)
        follows = csr_array(follows + csr_array((told, (columns[:-step][same], columns[step:][same])), shape=shape))
    after = np.asarray(follows.sum(axis=1)).ravel() + _SHRINK
    coming = np.maximum(np.asarray(follows.sum(axis=0)).ravel(), 1.0) ** _LIFT
    follows.sum_duplicates()
    follows.data /= np.repeat(after, np.diff(follows.indptr)) * coming[follows.indices]
    return csr_array(follows + follows.T, dtype=np.float32)


def _places(user: Rows, at: Rows) -> tuple[Rows, Rows, Rows]:
    """The deeds by person, oldest first, (n,); the place of each in its history, (n,); and how many each person has."""
    order = np.lexsort((np.arange(len(user)), at, user))
    counts = np.bincount(user)
    begins = np.concatenate([[0], np.cumsum(counts)])
    return order, np.arange(len(user)) - begins[user[order]], counts
