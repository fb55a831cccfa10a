"""`chatrec data`: the catalog and the datasets it can come from."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from chatrec.settings import read_settings

data = typer.Typer(
    name="data", help="The catalog, and the datasets it can come from: list, get, import, check, count.", no_args_is_help=True
)


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


@data.command("list")
def data_list(as_json: Annotated[bool, typer.Option("--json", help="As one JSON object a line.")] = False) -> None:
    """Every known dataset: what is in it, its size, terms and address, and whether it is already here."""
    from chatrec.datasets.choosing import downloaded
    from chatrec.datasets.known import DATASETS

    downloads = _downloads()
    for dataset in DATASETS:
        here = downloaded(dataset, downloads)
        if as_json:
            facts = {
                "name": dataset.name,
                "title": dataset.title,
                "holds": dataset.holds,
                "size": dataset.size,
                "terms": dataset.terms,
                "address": dataset.address or dataset.page,
                "here": str(here) if here else None,
            }
            print(json.dumps(facts, ensure_ascii=False))
            continue
        size = f", {dataset.size}" if dataset.size else ""
        print(f"{dataset.name}{size}{f' (here: {here})' if here else ''}")
        print(f"    {dataset.holds}")
        print(f"    terms: {dataset.terms}")
        print(f"    {dataset.address or f'by hand: {dataset.page}'}")


@data.command("get")
def data_get(
    name: Annotated[str, typer.Argument(help="Name of the dataset; see chatrec data list.")],
    to: Annotated[Path | None, typer.Option(help="Folder for the download; default: the one import looks in.")] = None,
) -> None:
    """Download a dataset from its publisher; a broken download goes on where it stopped."""
    from chatrec.datasets.download import download
    from chatrec.datasets.known import named
    from chatrec.errors import DatasetError

    dataset = named(name)
    if not dataset.address:
        raise DatasetError(
            f"{dataset.title} cannot be had without an account; download it by hand from {dataset.page}, then run: "
            f"chatrec data import {dataset.name} FOLDER --to CATALOG"
        )
    file = (to or _downloads()).expanduser() / dataset.file_name
    compared = download(dataset.address, file, checksum=dataset.checksum, progress=sys.stderr.isatty())
    print(f"{dataset.title} is in {file} ({'its checksum is right' if compared else 'its publisher gives no checksum'})")
    print(f"Terms: {dataset.terms}")
    print(f"Next: chatrec data import {dataset.name}{f' {file}' if to else ''} --to FOLDER")


@data.command("import")
def data_import(
    source: Annotated[str, typer.Argument(help="A dataset's name, or a folder, zip, table or column map (.toml).")] = "",
    path: Annotated[Path | None, typer.Argument(help="Where the named dataset lies; default: what get downloaded.")] = None,
    *,
    to: Annotated[Path, typer.Option(help="Folder to write the catalog to.")],
    onto: Annotated[Path | None, typer.Option(help="Only the interactions, with the items of this catalog.")] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="KEY=COLUMN of the items, e.g. title=name,year=released.")
    ] = None,
    map_file: Annotated[Path | None, typer.Option("--map-file", help="Column map in TOML, for items and interactions.")] = None,
    interactions: Annotated[Path | None, typer.Option(help="Table of what people did with the items.")] = None,
    interactions_map: Annotated[
        list[str] | None, typer.Option(help="KEY=COLUMN of the interactions: user, item, action, value, at.")
    ] = None,
    noun: Annotated[str, typer.Option(help="What people call an item: film, book.")] = "",
    plural: Annotated[str, typer.Option(help="What they call several.")] = "",
    loader: Annotated[str, typer.Option(help="A document loader of langchain-community, by its full path.")] = "",
    option: Annotated[list[str] | None, typer.Option(help="NAME=VALUE for the loader.")] = None,
) -> None:
    """Make a catalog folder, with interactions where there are some, from a dataset or any table."""
    from chatrec.catalog.table import read_catalog
    from chatrec.datasets.choosing import Wish, reader_for
    from chatrec.datasets.columns import INTERACTION_KEYS, read_pairs
    from chatrec.datasets.importing import write_catalog
    from chatrec.errors import DatasetError

    if not (source or loader or map_file):
        raise DatasetError("Name a dataset, a folder or a file to import; chatrec data list shows what is known by name.")
    wish = Wish(
        source=source,
        path=path,
        columns=read_pairs(columns or (), "--map"),
        map_file=map_file,
        interactions=interactions,
        interaction_columns=read_pairs(interactions_map or (), "--interactions-map", INTERACTION_KEYS),
        noun=noun,
        plural=plural,
        loader=loader,
        options=_loader_options(option) if loader else None,
    )
    catalog = read_catalog(onto)[0] if onto else None
    with reader_for(wish, _downloads()) as (name, read):
        done = write_catalog(read, to, dataset=name, onto=catalog, progress=sys.stderr.isatty())
    for problem in done.problems:
        print(f"chatrec: left out {problem}", file=sys.stderr)
    if done.skipped:
        print(
            f"chatrec: {done.skipped:,} rows left out in all; every one is in {done.folder / 'problems.txt'}", file=sys.stderr
        )
    if done.undescribed:
        told = ", ".join(f"{action} ({count:,})" for action, count in list(done.undescribed.items())[:5])
        print(
            f"chatrec: nobody has said what these actions mean, so they count for nothing: {told}; give them weights in "
            f'{done.folder / "actions.toml"}, for example [aliases] with {json.dumps(next(iter(done.undescribed)))} = "watch"',
            file=sys.stderr,
        )
    print(f"{done.items:,} items, {done.interactions:,} interactions of {done.users:,} people in {done.folder}")
    if onto:
        print(
            f"{done.matched:,} items were found in {onto} ({done.by_site:,} by IMDb or TMDB id, "
            f"{done.matched - done.by_site:,} by title and year); {done.unmatched:,} interactions were with others"
        )
        print(f"Next: CHATREC_CATALOG={onto} CHATREC_INTERACTIONS={done.folder / 'interactions'} make run")
    else:
        print(f"Next: CHATREC_CATALOG={done.folder} make run")


def _loader_options(texts: list[str] | None) -> dict[str, Any]:
    from chatrec.datasets.loaders import read_options

    return read_options(texts or ())


def _downloads() -> Path:
    return read_settings().cache / "datasets"
