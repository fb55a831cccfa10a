"""The engine in use, asked as a visitor would: the conversation played turn by turn, its list as catalog rows."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from chatrec.assemble import assemble
from chatrec.catalog.table import as_record
from chatrec.evaluation.dialogue_features import FOLDS, Prepared, fold_of
from chatrec.evaluation.dialogue_played import Played, as_the_chat_hears, numbered
from chatrec.evaluation.dialogues import Outsider
from chatrec.evaluation.ranker_fit import Recipe
from chatrec.evaluation.ranker_study import Study
from chatrec.history.interactions import write_ids
from chatrec.records import Item
from chatrec.retrieval.embedding import Embedder
from chatrec.retrieval.learned import LIVE
from chatrec.settings import Settings

_DEPTH = 50


def asked(
    settings: Settings,
    prepared: Prepared,
    embedder: Embedder,
    *,
    refit: bool = False,
    shelf: Sequence[Item] = (),
    progress: bool = False,
) -> Mapping[str, Outsider]:
    """The configured engine (a model, or the built-in one) over the dialogues' catalog, under its name.

    READ gets the conversation turn by turn with its own earlier readings, the retriever its request; the list is the
    retriever's, 50 long and varied, as in the chat. Films named are taken out afterwards, as for every method. `refit`: the
    ranker that ships was fitted on these dialogues, so each fifth is searched with one fitted on the other four.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / prepared.catalog.name  # by this name the index is found again in the cache
        folder.mkdir()
        write_ids(folder / "items.jsonl", (as_record(item) for item in numbered(prepared.catalog)))
        used = settings.model_copy(update={"catalog": folder, "index": None})
        parts = assemble(used, database_url="sqlite://", progress=True)
    parts.store.close()  # nothing is remembered here
    engine = parts.chat.model or parts.chat.built_in
    played = Played(engine, prepared)
    retrievers = [parts.retriever] * FOLDS
    if refit:
        heard = as_the_chat_hears(prepared, embedder, cache=settings.cache / "vectors.sqlite3", shelf=shelf, progress=progress)
        study = Study(heard, progress=progress)
        blends = [Study.fitted([study], Recipe(), fold, study, (LIVE,))[LIVE] for fold in range(FOLDS)]
        retrievers = [parts.retriever.weighing(blend) for blend in blends]

    def outsider(place: int) -> Sequence[int]:
        reading = played.reading(place)
        request = replace(reading.request, intent="recommend")
        found = retrievers[fold_of(prepared.turns[place].dialogue)].search(request, reading.profile, limit=_DEPTH)
        return [int(candidate.item_id) for candidate in found.candidates]

    return {f"engine: {engine.name}": outsider}
