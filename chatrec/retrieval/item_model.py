"""The interactions beside a catalog -> its item model, learned once and kept in the cache."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from chatrec.catalog.table import Catalog
from chatrec.errors import StaleIndex
from chatrec.history.actions import Rules, matrix
from chatrec.history.interactions import Interactions
from chatrec.retrieval.collaborative import FORMAT, CollaborativeModel, Recipe
from chatrec.retrieval.embedding import Vectors

_USUAL = 0.5  # what an item counts that was neither liked nor disliked
_log = logging.getLogger(__name__)

RECIPE = Recipe(ridge=400.0)
"""How the chat's item model is learned: chosen by what naming films is worth to somebody new (benchmarks/fold_in.py)."""


def learning_table(interactions: Interactions, catalog: Catalog, rules: Rules | None = None) -> csr_array:
    """How much everybody cared for each item of the catalog, (users, items) float32 from 0 to 1.

    Signed weights raised by a half: what somebody rated as they usually do counts a half, what they disliked nothing. That
    something was chosen at all says a lot: leaving the middling out costs a tenth of NDCG@10 on MovieLens.
    """
    table = matrix(interactions, [item.id for item in catalog], rules)
    table.data = np.clip(table.data + _USUAL, 0.0, 1.0).astype(np.float32)
    table.eliminate_zeros()
    return table


def open_item_model(
    interactions: Interactions,
    catalog: Catalog,
    vectors: Vectors | None,
    cache: Path,
    rules: Rules | None = None,
    recipe: Recipe | None = None,
) -> CollaborativeModel | None:
    """The item model of these interactions: from `cache` where it was learned from the same, else learned and kept there.

    None where the interactions hold nothing of this catalog. With `vectors` (items, dimension) items nobody did anything
    with borrow from their nearest in text. A cache that cannot be written only costs the next start its time.
    """
    recipe = recipe or RECIPE
    digest = _digest(interactions, catalog, vectors, rules or Rules(), recipe)
    folder = cache / "collaborative" / digest[:16]
    if folder.is_dir():
        try:
            return CollaborativeModel.load(folder, digest)
        except StaleIndex as error:
            _log.warning("%s", error)
    table = learning_table(interactions, catalog, rules)
    if table.nnz == 0:
        return None
    model = CollaborativeModel.fit(table, recipe)
    if vectors is not None:
        model = model.lending(vectors)
    try:
        model.save(folder, digest)
    except StaleIndex as error:
        _log.warning("%s", error)
    return model


def _digest(interactions: Interactions, catalog: Catalog, vectors: Vectors | None, rules: Rules, recipe: Recipe) -> str:
    settings = [FORMAT, _USUAL, asdict(recipe), sorted(rules.weights.items()), sorted(rules.aliases.items()), rules.half_life]
    whole = hashlib.sha256(json.dumps([*settings, catalog.digest, interactions.actions]).encode())
    whole.update("\n".join(interactions.items).encode())
    for column in (interactions.user, interactions.item, interactions.action, interactions.value, interactions.at):
        whole.update(np.ascontiguousarray(column).tobytes())
    if vectors is not None:
        whole.update(np.ascontiguousarray(vectors).tobytes())
    return whole.hexdigest()
