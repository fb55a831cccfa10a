"""`chatrec eval dialogues | requests | similar`: how well it recommends in conversation."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatrec.settings import Settings, read_settings

if TYPE_CHECKING:
    from chatrec.catalog.table import Catalog
    from chatrec.evaluation.dialogue_folder import DialogueFolder
    from chatrec.evaluation.dialogues import Outsider
    from chatrec.evaluation.requests import Search

_ENGINE = "Also play each conversation to the whole engine in use (built-in, or the model that is set)."
_OUT = "Folder for the figures as JSON and Markdown and for a plot; a run that was cut goes on from there."


def register(group: typer.Typer) -> None:
    """Add these commands to a group."""
    group.command("dialogues")(dialogues)
    group.command("requests")(requests)
    group.command("similar")(similar)


def dialogues(
    data: Annotated[Path, typer.Option(help="Folder of films.jsonl and dialogues.jsonl.")],
    train: Annotated[Path | None, typer.Option(help="Folder of dialogues to count from; default: the other folds.")] = None,
    ratings: Annotated[
        Path | None, typer.Option(help="Folder with ratings: MovieLens as downloaded, or an imported catalog.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help=_OUT)] = None,
    weights: Annotated[Path | None, typer.Option(help="Weights of the ranker; default: those that ship.")] = None,
    engine: Annotated[bool, typer.Option("--engine", help=_ENGINE)] = False,
    hybrid: Annotated[bool, typer.Option(help="Also the built-in retriever, with and without what was learned.")] = True,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first turns; for engines that cost money.")] = None,
) -> None:
    """Rank a catalog for every recommender turn of real dialogues; each film named next is one case.

    With --engine every conversation is also played to the engine in use, message by message, as a visitor would have it.
    """
    from chatrec.catalog.table import read_catalog
    from chatrec.evaluation.dialogue_features import prepare
    from chatrec.evaluation.dialogue_folder import first_turns, moved, read_dialogues, read_ratings
    from chatrec.evaluation.dialogues import evaluate
    from chatrec.evaluation.dialogues_report import markdown, write
    from chatrec.evaluation.report import ready
    from chatrec.retrieval.embedding import OnnxEmbeddings
    from chatrec.retrieval.ranker import Ranker
    from chatrec.settings import shipped

    settings, progress = read_settings(), sys.stderr.isatty()
    if out is not None:
        ready(out)
    ranker = Ranker.load(weights or shipped("data/ranker.json"))
    folder = read_dialogues(data)
    own = folder.digest in ranker.fitted_on
    if limit is not None:
        folder = first_turns(folder, limit)
    _tell(f"{folder.unknown:,} names in the dialogues are not in films.jsonl and were left out.", folder.unknown)
    counted = _apart(read_dialogues(train), folder) if train is not None else None
    learned = None if counted is None else moved(counted.turns, counted.catalog, folder.catalog)
    table = read_ratings(ratings, folder.catalog) if ratings is not None else None
    shelf, _ = read_catalog(shipped("data/movies"))
    embedder = OnnxEmbeddings(settings.embedder)
    prepared = prepare(
        folder,
        embedder,
        cache=settings.cache / "vectors.sqlite3",
        shelf=shelf.items,
        ratings=table,
        train=learned,
        progress=progress,
    )
    outsiders: dict[str, Outsider] = {}
    if hybrid:
        from chatrec.evaluation.dialogue_retriever import hybrids

        # What was fitted on these very dialogues may not be measured on them.
        outsiders.update(hybrids(prepared, embedder, None if own else ranker, shelf.items))
    if engine:
        from chatrec.evaluation.dialogue_engine import asked

        outsiders.update(asked(settings, prepared, embedder, refit=own, shelf=shelf.items, progress=progress))
    key = " ".join(
        (
            folder.digest,
            folder.catalog.digest,
            f"{counted.digest} {len(counted.turns)}" if counted else "",
            str(len(folder.turns)),
            f"{ratings.resolve()} {table.liked.nnz}" if ratings and table else "",
            hashlib.sha256((weights or shipped("data/ranker.json")).read_bytes()).hexdigest(),
        )
    )
    outcome = evaluate(prepared, ranker, digest=key, out=out, refit=own, outsiders=outsiders, progress=progress)
    title = f"Dialogues: {data.name}" + (f", counting from {train.name}" if train else "")
    print(markdown(outcome, title))
    if out is not None:
        print("Written: " + ", ".join(str(file) for file in write(outcome, title, out)))


def requests(
    out: Annotated[Path | None, typer.Option(help="Folder for the figures as JSON and Markdown and for a plot.")] = None,
    wishes: Annotated[Path | None, typer.Option(help="File of wishes; default: those that ship.")] = None,
    engine: Annotated[bool, typer.Option("--engine", help="Also ask the engine in use (a model, where one is set).")] = False,
    each: Annotated[bool, typer.Option("--each", help="Also the recall of every wish.")] = False,
) -> None:
    """The test collection of wishes: recall@10, hit@1, nDCG@10, and items that break a condition."""
    from chatrec.catalog.table import read_catalog
    from chatrec.catalog.titles import TitleLinker
    from chatrec.engines.builtin.read import Reader
    from chatrec.evaluation.report import Report, Table, ready
    from chatrec.evaluation.requests import Conditions, answered_in, read_wishes, recall, score, searches

    settings = read_settings()
    if out is not None:
        ready(out)
    catalog, _ = read_catalog(settings.catalog)
    asked = read_wishes(wishes)
    collection = answered_in(asked, catalog)
    missing = sum(len(wish.right) for wish in asked) - sum(len(wish.right) for wish in collection)
    _tell(f"{missing:,} of the right answers are not in {catalog.name} and were left out.", missing)
    compared = dict(searches(settings, catalog))
    conditions = Conditions(catalog, Reader(catalog, TitleLinker(catalog)))
    nothing = float("nan")
    rows, broken = {}, {}
    with contextlib.ExitStack() as opened:
        if engine:
            compared.update(opened.enter_context(_engine_search(settings)))
        scored = {name: score(collection, search, conditions.broken) for name, search in compared.items()}
    for name, found in scored.items():
        broken[name] = found.broken
        rows[name] = {
            "recall@10": (found.recall, found.recall_error),
            "hit@1": (found.hit, nothing),
            "ndcg@10": (found.ndcg, nothing),
        }
    answers = sum(len(wish.right) for wish in collection)
    note = f"{len(collection)} wishes, {answers} right answers, {len(catalog):,} {catalog.plural}; "
    misses = "; ".join(f"{name}: {count}" for name, count in broken.items())
    note += f"Items shown that break a condition of their wish: {misses}."
    table = Table("Wishes", ("recall@10", "hit@1", "ndcg@10"), rows, notes=(note,))
    report = Report("requests", {"catalog": catalog.digest[:16]}, (table,), {"broken": broken})
    print(report.markdown())
    if each:
        for wish in collection:
            shares = "  ".join(f"{recall(list(search(wish.text)), wish.right):.2f}" for search in compared.values())
            print(f"{shares}  ({len(wish.right):2} right)  {wish.text}")
    if out is not None:
        print("Written: " + ", ".join(str(file) for file in report.write(out, "requests")))


def similar(
    data: Annotated[
        str, typer.Option(help="netflix: look for the downloaded titles; or the folder that holds them.")
    ] = "netflix",
    out: Annotated[Path | None, typer.Option(help="Folder for similar.json.")] = None,
    cases: Annotated[Path | None, typer.Option(help="File of seed cases; default: those that ship.")] = None,
    timing: Annotated[bool, typer.Option(help="Also time building an index, of 10,000 items too (a minute or more).")] = True,
) -> None:
    """Seed cases: what belongs beside an item, or beside an imagined one, must come first. Exit 1 when a case fails."""
    from chatrec.catalog.table import read_catalog
    from chatrec.evaluation.report import ready
    from chatrec.evaluation.similar import answer, many, narrowed, netflix, read_cases, retriever_search, time_index
    from chatrec.retrieval.embedding import OnnxEmbeddings
    from chatrec.settings import shipped

    settings = read_settings()
    if out is not None:
        ready(out)
    embedder = OnnxEmbeddings(settings.embedder)
    catalogs: dict[str, Catalog] = {"netflix": netflix(_downloaded(settings, data))}
    catalogs["movies"], _ = read_catalog(shipped("data/movies"))
    collection = read_cases(cases)
    search = retriever_search(embedder, settings.cache / "vectors.sqlite3", sys.stderr.isatty())
    answers = [answer(case, catalogs, search) for case in collection]
    for found in answers:
        verdict = "met " if found.met else "MISSED"
        print(
            f"{verdict} {found.case.name} ({found.items:,} items): {found.right} right "
            f"in {found.case.within}, {found.case.wanted} wanted"
        )
        for place, title in enumerate(found.first[: found.case.within], 1):
            print(f"   {place}. {title}{'' if title in found.case.right else '  (not among the right ones)'}")
    times = []
    if timing:
        family = list(narrowed(catalogs["netflix"], collection[0].among))
        for items in (family, many(list(catalogs["netflix"]))):
            taken = time_index(items, embedder, sys.stderr.isatty())
            times.append(taken)
            print(f"Index of {taken.items:,} items: {taken.whole:.1f} s; again after one changed: {taken.one_changed:.2f} s")
    if out is not None:
        record = {
            "cases": [
                {"name": a.case.name, "met": a.met, "items": a.items, "right": a.right, "first": a.first} for a in answers
            ],
            "index": [{"items": t.items, "seconds": t.whole, "one_changed": t.one_changed} for t in times],
        }
        (out / "similar.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"Written: {out / 'similar.json'}")
    if not all(found.met for found in answers):
        raise typer.Exit(1)


def _apart(counted: DialogueFolder, measured: DialogueFolder) -> DialogueFolder | None:
    """The dialogues to count from without those measured; None, and so the other folds, where nothing is left."""
    from chatrec.evaluation.dialogue_folder import without_those_of

    apart = without_those_of(counted, measured)
    left = len(counted.turns) - len(apart.turns)
    end = "" if apart.turns else "; nothing is left, so the other folds of --data are counted instead"
    _tell(f"{left:,} turns of --train are of dialogues that --data holds too, and were not counted{end}.", left)
    return apart if apart.turns else None


def _tell(text: str, count: int) -> None:
    if count:
        print(f"chatrec: {text}", file=sys.stderr)


def _downloaded(settings: Settings, data: str) -> Path:
    """The place named, or where `chatrec data get netflix` puts the titles."""
    place = Path(data)
    if place.exists() or data != "netflix":
        return place
    return settings.cache / "downloads" / "netflix"


@contextlib.contextmanager
def _engine_search(settings: Settings) -> Iterator[dict[str, Search]]:
    """The whole conversation with the engine in use as one more search, by the engine's name."""
    from chatrec.assemble import assemble
    from chatrec.chat import Ask

    parts = assemble(settings, database_url="sqlite://")

    def search(text: str) -> list[str]:
        turn = parts.chat.invoke(Ask(text, "evaluation", parts.store.start_conversation("evaluation")))
        picked = [pick.item_id for pick in turn.picks]
        return list(dict.fromkeys([*picked, *(candidate.item_id for candidate in turn.trace.candidates)]))

    with contextlib.closing(parts.store):
        yield {f"engine: {parts.chat.engine_name}": search}
