"""Who did what, as a matrix -> how much each item speaks for each other one: closed form where it fits, else neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack
from scipy.sparse import csr_array, diags_array

Floats = NDArray[np.float32]

_BLOCK = 256


def closed_form(interactions: csr_array, ridge: float, dropout: float = 0.0) -> Floats:
    """The item-item weights (n, n) float32 that best rebuild each row of `interactions` (users, n) from its other entries.

    EASE (Steck, "Embarrassingly Shallow Autoencoders", WWW 2019): with P = (X'X + ridge I)^-1 the weights are -P_ij / P_jj and
    0 on the diagonal. `dropout` p adds p / (1 - p) diag(X'X) to the ridge, which keeps much-seen items from being rebuilt from
    themselves (EDLAE; Steck, "Autoencoders that don't overfit towards the Identity", NeurIPS 2020). Row i, column j: what
    having i says for j. Needs 8 n^2 bytes at its peak. ValueError when the ridge is not positive.

    Of fewer users than items the same comes out of a users by users system (Woodbury's identity), much sooner.
    """
    if ridge <= 0 or not 0 <= dropout < 1:
        raise ValueError(f"the ridge must be positive and dropout from 0 to below 1, not {ridge} and {dropout}")
    if 2 * interactions.shape[0] < interactions.shape[1]:
        return _from_few_users(interactions, ridge, dropout)
    gram = np.asfortranarray((interactions.T @ interactions).toarray(), dtype=np.float32)
    diagonal = np.einsum("ii->i", gram)
    diagonal += ridge + dropout / (1.0 - dropout) * diagonal
    factor, failed = lapack.spotrf(gram, lower=True, overwrite_a=True, clean=False)
    if not failed:
        factor, failed = lapack.spotri(factor, lower=True, overwrite_c=True)
    if failed:
        raise ValueError(f"the ridge {ridge} is too small for a stable solution")
    weights: Floats = factor.T  # the upper triangle in C order
    for start in range(0, len(weights), _BLOCK):  # block by block: index arrays would need eight times the matrix
        block = slice(start, start + _BLOCK)
        weights[block, :start] = weights[:start, block].T
        square = weights[block, block]
        weights[block, block] = np.triu(square) + np.triu(square, 1).T
    weights /= -np.einsum("ii->i", weights).copy()[None, :]
    np.fill_diagonal(weights, 0.0)
    return weights


def _from_few_users(interactions: csr_array, ridge: float, dropout: float) -> Floats:
    """(X'X + D)^-1 as D^-1 - D^-1 X' (I + X D^-1 X')^-1 X D^-1, D being diagonal."""
    dense = interactions.toarray().astype(np.float32, copy=False)
    diagonal = ridge + dropout / (1.0 - dropout) * np.einsum("ij,ij->j", dense, dense)
    scaled = dense / diagonal
    inner = scaled @ dense.T
    inner[np.diag_indices(len(inner))] += 1.0
    solved = np.linalg.solve(inner, scaled)
    weights: Floats = scaled.T @ solved
    own = 1.0 / diagonal - np.einsum("ii->i", weights)
    weights /= own[None, :]
    np.fill_diagonal(weights, 0.0)
    return weights


def neighbours(interactions: csr_array, kept: int, shrink: float) -> csr_array:
    """The cosine of each two columns of `interactions` (users, n), the `kept` greatest a row: (n, n) float32, diagonal empty.

    `shrink` is added to the denominator, so that what few people share says little. Worked on some rows at a time.
    """
    columns = csr_array(interactions.T, dtype=np.float32)
    lengths = np.sqrt(np.asarray(columns.multiply(columns).sum(axis=1)).ravel())
    unit = csr_array(diags_array(1.0 / np.maximum(lengths, 1e-9)) @ columns)
    back = csr_array(unit.T)
    count = columns.shape[0]
    indptr, indices, data = [0], [], []
    for start in range(0, count, 512):
        block = csr_array(unit[start : start + 512] @ back)
        for offset in range(block.shape[0]):
            row = start + offset
            found = slice(block.indptr[offset], block.indptr[offset + 1])
            near, likeness = block.indices[found], block.data[found]
            product = lengths[row] * lengths[near]
            likeness = likeness * product / (product + shrink)
            other = (near != row) & (likeness > 0)
            near, likeness = near[other], likeness[other]
            if len(near) > kept:
                best = np.argpartition(-likeness, kept)[:kept]
                near, likeness = near[best], likeness[best]
            order = np.argsort(near)
            indices.append(near[order])
            data.append(likeness[order])
            indptr.append(indptr[-1] + len(near))
    flat = np.concatenate(indices) if indices else np.empty(0, dtype=np.int32)
    values = np.concatenate(data) if data else np.empty(0)
    return csr_array((values.astype(np.float32), flat, np.array(indptr)), shape=(count, count))
