"""Who did what -> an item model: the films named, liked or disliked are the user, and every item gets a score."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from chatrec.errors import StaleIndex
from chatrec.retrieval.item_weights import closed_form, neighbours

Numbers = NDArray[np.float64]

FORMAT = 1
_ABOUT, _WARM, _POPULARITY = "about.json", "warm.npy", "popularity.npy"
_DENSE = "weights.npy"
_SPARSE = ("data", "indices", "indptr")
_CLOSED_FORM_UP_TO = 15_000


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an item model is learned.

    Up to `closed_form_up_to` items with at least `support` interactions the closed form is used, with `ridge` and `dropout`;
    above that the `kept` nearest neighbours of each item, with `shrink`.
    """

    ridge: float = 200.0
    dropout: float = 0.0
    support: int = 1
    closed_form_up_to: int = _CLOSED_FORM_UP_TO
    kept: int = 200
    shrink: float = 20.0


@dataclass(frozen=True)
class CollaborativeModel:
    """Scores every item of a catalog for somebody known by the items they named; holds nothing of any visitor.

    `popularity` is the share of people who did anything with an item, (n_items,) float32. `warm` lists the rows that have
    weights, ascending; `weights` is (len(warm), len(warm)), dense or sparse: what having one item says for another. `lent` is
    (n_items, len(warm)): which warm items a cold one borrows from; None where cold items stay without a score.
    """

    popularity: NDArray[np.float32]
    warm: NDArray[np.int64]
    weights: NDArray[np.float32] | csr_array
    lent: csr_array | None = None

    @classmethod
    def fit(cls, interactions: csr_array, recipe: Recipe | None = None) -> CollaborativeModel:
        """Learn from `interactions` (users, n_items), one float weight for each user and item they did something with."""
        recipe = recipe or Recipe()
        matrix = csr_array(interactions, dtype=np.float32)
        counts = np.bincount(matrix.indices, minlength=matrix.shape[1])
        warm = np.flatnonzero(counts >= max(recipe.support, 1))
        among = matrix[:, warm]
        weights: NDArray[np.float32] | csr_array
        if len(warm) <= recipe.closed_form_up_to:
            weights = closed_form(among, recipe.ridge, recipe.dropout)
        else:
            weights = neighbours(among, recipe.kept, recipe.shrink)
        return cls((counts / max(matrix.shape[0], 1)).astype(np.float32), warm, weights)

    def __len__(self) -> int:
        return len(self.popularity)

    def scores(self, rows: Sequence[int], weights: Sequence[float]) -> Numbers:
        """How much what is known of a person speaks for each item, (n_items,) float64; all 0 when nothing is known.

        `rows` are catalog rows, `weights` how much each was liked: 1 liked, below 0 disliked, in between for a mere mention.
        """
        if len(rows) != len(weights):
            raise ValueError(f"{len(rows)} rows need as many weights, not {len(weights)}")
        given = np.zeros(len(self))
        np.add.at(given, np.asarray(rows, dtype=np.int64), np.asarray(weights, dtype=np.float64))
        known = given[self.warm]
        if self.lent is not None:
            known = known + self.lent.T @ given
        named = np.flatnonzero(known)
        scores = np.zeros(len(self))
        if named.size == 0:
            return scores
        if isinstance(self.weights, np.ndarray):
            found = np.einsum("i,ij->j", known[named].astype(np.float32), self.weights[named])
        else:
            found = known[named].astype(np.float32) @ self.weights[named]
        if self.lent is not None:
            scores += self.lent @ found
        scores[self.warm] += found
        return scores

    def lending(self, vectors: NDArray[np.float32], kept: int = 10, least: float = 0.35) -> CollaborativeModel:
        """The same model in which items without interactions borrow from those nearest to them in text.

        `vectors` is (n_items, dimension), unit rows. A cold item borrows from the `kept` nearest warm items of likeness
        `least` or more, in proportion to likeness, discounted by the likeness of the nearest.
        """
        cold = np.setdiff1d(np.arange(len(self)), self.warm)
        rows, columns, shares = [], [], []
        for start in range(0, len(cold), 1024):
            some = cold[start : start + 1024]
            likeness = vectors[some] @ vectors[self.warm].T
            near = np.argsort(-likeness, axis=1)[:, :kept]
            for row, found in zip(some, near, strict=True):
                like = likeness[np.searchsorted(some, row), found]
                found, like = found[like >= least], like[like >= least]
                if like.size:
                    rows += [int(row)] * len(found)
                    columns += found.tolist()
                    shares += (like.max() * like / like.sum()).tolist()
        lent = csr_array((np.array(shares, dtype=np.float32), (rows, columns)), shape=(len(self), len(self.warm)))
        return replace(self, lent=lent)

    def save(self, folder: Path, digest: str) -> None:
        """Write arrays and about.json, which comes last; `digest` names the data. StaleIndex: cannot be written."""
        arrays: dict[str, Any] = {_WARM: self.warm, _POPULARITY: self.popularity}
        if isinstance(self.weights, np.ndarray):
            arrays[_DENSE] = self.weights
        else:
            arrays.update({f"weights_{part}.npy": getattr(self.weights, part) for part in _SPARSE})
        if self.lent is not None:
            arrays.update({f"lent_{part}.npy": getattr(self.lent, part) for part in _SPARSE})
        about = {"format": FORMAT, "digest": digest, "items": len(self), "files": {}}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _ABOUT).unlink(missing_ok=True)
            for name, array in arrays.items():
                unfinished = folder / f"{name}.{os.getpid()}.npy"
                np.save(unfinished, np.ascontiguousarray(array), allow_pickle=False)
                about["files"][name] = _sha256(unfinished)  # type: ignore[index]
                unfinished.replace(folder / name)
            (folder / _ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise StaleIndex(f"The item model cannot be written to {folder}: {error.strerror or error}.") from error

    @classmethod
    def load(cls, folder: Path, digest: str) -> CollaborativeModel:
        """Read what `save` wrote, large arrays mapped from disk; StaleIndex when missing, damaged or made from other data."""
        try:
            about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
            if about["format"] != FORMAT or about["digest"] != digest:
                raise StaleIndex(f"The item model in {folder} was learned from other interactions; it is learned anew.")
            files = about["files"]
            if any(_sha256(folder / name) != sha for name, sha in files.items()):
                raise ValueError("a file is not as it was written")
            arrays = {name: np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in files}
            warm, popularity = np.array(arrays[_WARM]), np.array(arrays[_POPULARITY])
            square, across = (len(warm), len(warm)), (len(popularity), len(warm))
            weights = arrays[_DENSE] if _DENSE in arrays else _sparse(arrays, "weights", square)
            lent = _sparse(arrays, "lent", across) if "lent_data.npy" in arrays else None
            if weights.shape != square or len(popularity) != about["items"]:
                raise ValueError("its parts do not fit together")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StaleIndex(f"The item model in {folder} cannot be used ({error}); delete the folder.") from None
        return cls(popularity, warm, weights, lent)


def _sparse(arrays: dict[str, Any], name: str, shape: tuple[int, int]) -> csr_array:
    return csr_array(tuple(np.array(arrays[f"{name}_{part}.npy"]) for part in _SPARSE), shape=shape)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
