"""`chatrec eval rated-items | full-ranking | lists`: protocols over the ratings of many people."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatrec.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatrec.evaluation.report import Report

Data = Annotated[Path, typer.Option(help="Folder with ratings: MovieLens as downloaded, or an imported catalog.")]
Out = Annotated[Path, typer.Option(help="Folder for the report, the splits and the finished parts a later run goes on from.")]
Seeds = Annotated[
    list[int] | None, typer.Option("--seed", help="Of the split and of every peer that draws at random; repeated, means.")
]
Seed = Annotated[int, typer.Option(help="Of the split and of every peer that draws at random.")]


def rated_items(data: Data, out: Out = Path("evaluation/rated-items"), seed: Seed = 42) -> None:
    """Rank what each user rated and was held out: precision, recall and NDCG, beside SVD, item-kNN and LightFM."""
    from chatrec.evaluation.rated_data import open_rated
    from chatrec.evaluation.rated_items import run
    from chatrec.evaluation.report import ready

    _show(run(open_rated(data, ready(out), sys.stderr.isatty()), out, progress=sys.stderr.isatty(), seed=seed), out)


def full_ranking(
    data: Data,
    out: Out = Path("evaluation/full-ranking"),
    split: Annotated[str, typer.Option(help="temporal, random, or both.")] = "both",
    seed: Seeds = None,
    only: Annotated[
        list[str] | None, typer.Option(help="A peer to run beside EASE, by its name in the table; may be repeated.")
    ] = None,
) -> None:
    """Rank everything each user has not rated, beside popularity, item-kNN, iALS, BPR and EASE, all tuned on validation."""
    from chatrec.evaluation.full_ranking import SEED, SPLITS, run
    from chatrec.evaluation.rated_data import open_rated
    from chatrec.evaluation.report import ready

    if split not in (*SPLITS, "both"):
        raise SettingsError(f"There is no split {split!r}; use temporal, random or both.")
    splits = SPLITS if split == "both" else (split,)
    found = open_rated(data, ready(out), sys.stderr.isatty())
    _show(run(found, out, splits, progress=sys.stderr.isatty(), seeds=tuple(seed or (SEED,)), only=only or ()), out)


def lists(
    data: Data,
    out: Out = Path("evaluation/lists"),
    split: Annotated[str, typer.Option(help="temporal or random.")] = "random",
    seed: Seed = 42,
) -> None:
    """Look at the lists of full-ranking: coverage, novelty, diversity, popularity, calibration, and groups of users.

    With the --out of a finished full-ranking its lists are used, and nothing is learned again.
    """
    from chatrec.evaluation.full_ranking import SPLITS
    from chatrec.evaluation.lists import run
    from chatrec.evaluation.rated_data import open_rated
    from chatrec.evaluation.report import ready

    if split not in SPLITS:
        raise SettingsError(f"There is no split {split!r}; use temporal or random.")
    found = open_rated(data, ready(out), sys.stderr.isatty())
    _show(run(found, out, split, progress=sys.stderr.isatty(), seed=seed), out)


def register(group: typer.Typer) -> None:
    """Add the commands to `chatrec eval`."""
    group.command("rated-items")(rated_items)
    group.command("full-ranking")(full_ranking)
    group.command("lists")(lists)


def _show(report: Report, out: Path) -> None:
    for reason, names in _by_reason(report.not_run).items():
        print(f"{' and '.join(names)} could not take part: {reason}", file=sys.stderr)
    files = report.write(out, report.protocol)
    if not any(file.suffix == ".png" for file in files):
        print("There is no plot: matplotlib cannot be loaded; install it: pip install 'chatrec[eval]'.", file=sys.stderr)
    print(report.markdown())
    print("Written: " + ", ".join(str(file) for file in files))


def _by_reason(not_run: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, reason in not_run.items():
        found.setdefault(reason, []).append(name)
    return found
