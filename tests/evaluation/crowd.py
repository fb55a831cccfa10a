"""A small crowd whose tastes are known: even users like even items, odd users odd ones."""

from __future__ import annotations

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.evaluation.rated_data import RatedData
from chatrec.evaluation.splits import Ratings
from chatrec.records import Item


def crowd(users: int = 40, items: int = 24, seed: int = 5) -> RatedData:
    """Ratings of 4 and 5 for what somebody likes, 1 and 2 for the rest, on different days."""
    rng = np.random.default_rng(seed)
    mine = (np.arange(users)[:, None] + np.arange(items)[None, :]) % 2 == 0
    there = rng.random((users, items)) < np.where(mine, 0.8, 0.3)
    user, item = np.nonzero(there)
    shuffled = rng.permutation(len(user))
    user, item = user[shuffled], item[shuffled]
    value = np.where(mine[user, item], rng.choice([4.0, 5.0], len(user)), rng.choice([1.0, 2.0], len(user)))
    catalog = Catalog(
        [
            Item(id=f"i{row}", title=f"Film {row}", year=1990 + row, genres=("Comedy",) if row % 2 else ("Drama", "War"))
            for row in range(items)
        ],
        name="crowd",
    )
    people = {f"u{row}": {"gender": "FM"[row % 2], "age": 20 + row} for row in range(users)}
    at = rng.integers(0, 10**8, len(user))
    ids = tuple(f"u{row}" for row in range(users)), tuple(item.id for item in catalog)
    return RatedData("crowd", catalog, Ratings(user, item, value, at, *ids, people))
