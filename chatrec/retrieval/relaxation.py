"""Constraints that leave nothing -> which of them could give way, how far, and what would then fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.records import Constraint, Relaxation
from chatrec.retrieval.filters import NUMBERS, Filters, Mask
from chatrec.retrieval.fusion import Numbers

_ENOUGH = 3  # items a loosened number should let in
_EXAMPLES = 3
_TOGETHER = 3  # constraints tried as one; beyond that, only all of them
_SHOWN = 6
# What counts as one step away: ten years, a quarter of an hour, one level of content.
_STEP = {"year": 10.0, "runtime": 15.0, "audience": 3.0, "popularity": 15.0, "acclaim": 15.0}
_DROPPED = 3.0  # steps that giving up a condition counts as
_CARE = 4.0  # steps more for what protects somebody: age and content


def relaxations(
    catalog: Catalog, filters: Filters, constraints: Sequence[Constraint], open_rows: Mask
) -> tuple[Relaxation, ...]:
    """What would have to give way so that something fits, nearest first; empty when no constraint is to blame.

    `open_rows` (n,) bool are the items that may be shown at all. Each constraint is tried alone; only when none helps alone,
    pairs are tried, then triples, then all of them: `also` then holds the constraints that must be dropped as well. A number
    moves to the nearest value that lets in three items, if so many there are; any other condition is dropped. `count` is what
    would fit.
    """
    if not open_rows.any():
        return ()
    masks = [filters.mask(constraint) for constraint in constraints]
    sizes = dict.fromkeys((*range(1, min(_TOGETHER, len(constraints)) + 1), len(constraints)))
    for size in sizes:
        found = []
        for group in combinations(range(len(constraints)), size):
            others = open_rows.copy()
            for position, mask in enumerate(masks):
                if position not in group:
                    others &= mask
            if others.any():
                found.append(_relax(catalog, filters, [constraints[position] for position in group], others))
        if found:
            found.sort(key=lambda pair: pair[0])
            return tuple(relaxation for _, relaxation in found[:_SHOWN])
    return ()


def _relax(catalog: Catalog, filters: Filters, group: list[Constraint], others: Mask) -> tuple[float, Relaxation]:
    """One group giving way together: its distance in steps, and the relaxation."""
    group = sorted(group, key=lambda constraint: constraint.field not in NUMBERS)
    first, also = group[0], tuple(group[1:])
    becomes, fits, distance = None, others, _DROPPED
    if first.field in NUMBERS:
        loosened = _loosen(first, filters.numbers(first.field), others)
        if loosened is not None:
            becomes, distance = loosened
            fits = others & filters.mask(becomes)
    distance += sum(_CARE for c in group if _protects(c)) + _DROPPED * len(also)
    rows = np.flatnonzero(fits)
    known = [(catalog.items[row].acclaim or 0.0, -row) for row in rows]
    best = sorted(zip(known, rows, strict=True), reverse=True)[:_EXAMPLES]
    examples = tuple(catalog.items[row].id for _, row in best)
    return distance, Relaxation(first, becomes, int(fits.sum()), examples, also)


def _loosen(constraint: Constraint, values: Numbers, others: Mask) -> tuple[Constraint, float] | None:
    """The constraint moved just far enough, and how many steps that is; None when no value is known."""
    known = values[others & ~np.isnan(values)]
    if known.size == 0:
        return None
    below = np.maximum((constraint.at_least - known) if constraint.at_least is not None else 0.0, 0.0)
    above = np.maximum((known - constraint.at_most) if constraint.at_most is not None else 0.0, 0.0)
    away = np.maximum(below, above)
    reached = known[away <= np.sort(away)[min(_ENOUGH, known.size) - 1]]
    moved = replace(
        constraint,
        words="",
        at_least=None if constraint.at_least is None else min(constraint.at_least, float(reached.min())),
        at_most=None if constraint.at_most is None else max(constraint.at_most, float(reached.max())),
    )
    return moved, float(np.sort(away)[min(_ENOUGH, known.size) - 1]) / _STEP.get(constraint.field, 1.0)


def _protects(constraint: Constraint) -> bool:
    return constraint.field == "audience" or constraint.field.startswith("content.")
