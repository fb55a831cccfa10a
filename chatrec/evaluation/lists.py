"""The lists that full-ranking made -> how much of the catalog they use, how new, varied and typical they are, and for whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.evaluation.full_ranking import SEED, Ranked, figures, rank_all
from chatrec.evaluation.metrics import Numbers, mean_and_error
from chatrec.evaluation.peers import Contender
from chatrec.evaluation.ranking_peers import liked_table
from chatrec.evaluation.rated_data import RatedData
from chatrec.evaluation.report import Figure, Report, Table
from chatrec.evaluation.splits import Ratings

COLUMNS = ("coverage", "novelty", "diversity", "popularity", "concentration", "miscalibration")
_K = 10
_MIXED = 0.01
_AGES = ((0, 24), (25, 34), (35, 49), (50, 200))
NOTES = (
    "Of the first ten of each list. Coverage: share of the catalog in any list. Novelty: mean of -log2 of the share of users "
    "who rated the item. Diversity: 1 - cosine of the genres, mean over the pairs of a list. Popularity: mean rank among all "
    "items by how many rated it, 0 to 1. Concentration: Gini index of how often items are recommended. Miscalibration: "
    "Kullback-Leibler divergence of the list's genres from those of what the user rated 4 and more (Steck, RecSys 2018).",
    "What is bold is the greatest, not the best: there is no best amount of novelty, and 0 is the best miscalibration.",
)


def run(
    data: RatedData,
    out: Path,
    split: str = "random",
    others: Sequence[Contender] = (),
    progress: bool = False,
    seed: int = SEED,
) -> Report:
    """The lists of one split of full-ranking (made now, or found in `out`), and differences between groups of users."""
    found = rank_all(data, split, out, others, progress, seed)
    genres = genre_table(data.catalog)
    rows = {method: list_figures(lists, found.known, genres) for method, lists in found.lists.items()}
    tables = [Table(f"Lists, {data.name}, {split} split", COLUMNS, rows, notes=(*NOTES, *data.notes), not_run=found.not_run)]
    tables += group_tables(data, found)
    settings = {"data": data.name, "split": split, "split sha256": found.digest, "seed": seed, "options": found.options}
    return Report("lists", settings, tuple(tables))


def list_figures(lists: Mapping[int, Sequence[int]], known: Ratings, genres: Numbers) -> dict[str, Figure]:
    """COLUMNS of one method: `lists` best first by user, `known` what the method learned from, `genres` (items, genres)."""
    counts = np.bincount(known.item, minlength=known.items).astype(np.float64)
    raters = max(len(np.unique(known.user)), 1)
    surprise = -np.log2(np.maximum(counts, 1.0) / raters)
    ranks = np.searchsorted(np.sort(counts), counts, side="right") / known.items
    shown = np.zeros(known.items)
    liked = liked_table(known)
    each: dict[str, list[float]] = {name: [] for name in ("novelty", "diversity", "popularity", "miscalibration")}
    for user, ranked in lists.items():
        top = np.asarray(ranked[:_K], dtype=np.int64)
        shown[top] += 1
        own = liked.indices[liked.indptr[user] : liked.indptr[user + 1]]
        each["novelty"].append(float(surprise[top].mean()))
        each["diversity"].append(diversity(genres[top]))
        each["popularity"].append(float(ranks[top].mean()))
        each["miscalibration"].append(miscalibration(genres[own], genres[top]))
    found = {name: mean_and_error(values) for name, values in each.items()}
    nan = float("nan")
    found["coverage"], found["concentration"] = (float(np.mean(shown > 0)), nan), (gini(shown), nan)
    return {name: found[name] for name in COLUMNS}


def diversity(genres: Numbers) -> float:
    """1 - cosine, mean over the pairs of rows; NaN for less than two."""
    if len(genres) < 2:
        return float("nan")
    lengths = np.maximum(np.linalg.norm(genres, axis=1, keepdims=True), 1e-9)
    likeness = (genres / lengths) @ (genres / lengths).T
    return float(1.0 - likeness[np.triu_indices(len(genres), 1)].mean())


def gini(counts: Numbers) -> float:
    """0 where all items are recommended equally often, near 1 where one item is all there is."""
    ordered = np.sort(counts)
    total = ordered.sum()
    if total == 0:
        return float("nan")
    places = np.arange(1, len(ordered) + 1)
    return float(2.0 * (places * ordered).sum() / (len(ordered) * total) - (len(ordered) + 1) / len(ordered))


def miscalibration(past: Numbers, shown: Numbers) -> float:
    """KL(past || shown) of the genre shares, a hundredth of the past mixed into the shown; NaN where nothing is known."""
    shares = [_shares(past), _shares(shown)]
    if not shares[0].any() or not shares[1].any():
        return float("nan")
    mixed = (1 - _MIXED) * shares[1] + _MIXED * shares[0]
    there = shares[0] > 0
    return float(np.sum(shares[0][there] * np.log2(shares[0][there] / mixed[there])))


def genre_table(catalog: Catalog) -> Numbers:
    """1 where an item has a genre, (items, genres) float64."""
    place = {genre: column for column, genre in enumerate(catalog.vocabulary("genres"))}
    table = np.zeros((len(catalog), max(len(place), 1)))
    for row, item in enumerate(catalog):
        table[row, [place[genre] for genre in item.genres]] = 1.0
    return table


def group_tables(data: RatedData, found: Ranked) -> list[Table]:
    """NDCG@10 by gender and age, where the data tells them of the users."""
    tables = []
    users = sorted(next(iter(found.lists.values())))
    for title, group in (("gender", _gender), ("age", _age)):
        labels = np.array([group(data.ratings.people.get(data.ratings.user_ids[user], {})) for user in users])
        names = sorted(set(labels.tolist()) - {""})
        if len(names) < 2:
            continue
        columns = tuple(f"{name} ({int(np.sum(labels == name))})" for name in names)
        rows = {}
        for method, lists in found.lists.items():
            values = np.array(figures(lists, found.held)["NDCG@10"])
            rows[method] = {column: mean_and_error(values[labels == name]) for name, column in zip(names, columns, strict=True)}
        tables.append(Table(f"NDCG@10 by {title} (users), {data.name}, {found.split.name} split", columns, rows))
    return tables


def _shares(genres: Numbers) -> Numbers:
    """Each item counts once, its genres in equal parts."""
    if len(genres) == 0:
        return np.zeros(genres.shape[1])
    parts = genres / np.maximum(genres.sum(axis=1, keepdims=True), 1.0)
    total = float(parts.sum())
    return np.asarray(parts.sum(axis=0) / total if total else parts.sum(axis=0))


def _gender(person: Mapping[str, Any]) -> str:
    return str(person.get("gender", ""))


def _age(person: Mapping[str, Any]) -> str:
    """The group of an age, or of the first age of a range such as `25-34`; `under 18` is of the youngest."""
    first = re.match(r"(?:under )?(\d{1,3})(?!\d)", str(person.get("age", "")))
    if first is None:
        return ""
    age = int(first[1])
    low, high = next((pair for pair in _AGES if pair[0] <= age <= pair[1]), (0, 0))
    return f"{low} and over" if high == _AGES[-1][1] else f"{low} to {high}" if high else ""
