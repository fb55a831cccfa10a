"""`chatrec data`: the catalog and the datasets it can come from."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from chatrec.settings import read_settings

data = typer.Typer(name="data", help="The catalog: check it, count it.", no_args_is_help=True)


@data.command("check")
def data_check(
    path: Annotated[Path | None, typer.Argument(help="File or folder of items; default: the catalog in use.")] = None,
) -> None:
    """Check a catalog; every problem by file and line. Exit 2 when there is one."""
    from chatrec.catalog.checks import OWN_STYLE, check
    from chatrec.catalog.table import read_about, read_catalog

    settings = read_settings()
    path = path or settings.catalog
    report = check(path)
    problems = [str(problem) for problem in report.problems]
    if report.items and read_about(path, []).get("style") == OWN_STYLE:
        from chatrec.assemble import near_duplicates

        catalog, _ = read_catalog(path)
        problems += [str(pair) for pair in near_duplicates(settings, catalog, progress=sys.stderr.isatty())]
    for problem in problems:
        print(problem)
    print(f"{report.items:,} items, {len(problems)} problems")
    if problems:
        raise typer.Exit(2)


@data.command("stats")
def data_stats(
    path: Annotated[Path | None, typer.Argument(help="File or folder of items; default: the catalog in use.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """What a catalog covers: decades, genres, countries, languages, certificates; for our own films, beside the goals."""
    from chatrec.catalog.checks import OWN_STYLE
    from chatrec.catalog.coverage import goals, stats
    from chatrec.catalog.table import read_about, read_catalog

    path = path or read_settings().catalog
    catalog, _ = read_catalog(path)
    figures = stats(catalog)
    reached = goals(catalog) if read_about(path, []).get("style") == OWN_STYLE else ()
    if as_json:
        figures["goals"] = {goal.name: {"have": goal.have, "wanted": goal.wanted} for goal in reached}
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    for goal in reached:
        wanted = f"of {goal.wanted:,}{'' if goal.reached else '  MISSED'}" if goal.wanted else ""
        print(f"{goal.name:31} {goal.have:6,} {wanted}".rstrip())
    for name, value in figures.items():
        if isinstance(value, dict):
            value = ", ".join(f"{k} {v}" for k, v in value.items())
        print(f"{name}: {value}")
