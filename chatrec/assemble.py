"""Settings -> a ready Chat: the only place where the parts are wired together."""

from __future__ import annotations

import gc
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from threadpoolctl import threadpool_limits

from chatrec.catalog.table import Catalog, Problem, read_catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.chat import Chat
from chatrec.engines.builtin.engine import BuiltInEngine
from chatrec.engines.builtin.read import Reader
from chatrec.engines.model import ModelEngine
from chatrec.errors import SettingsError
from chatrec.evidence.vocabulary import vocabulary_of
from chatrec.history.interactions import interactions_folder
from chatrec.history.next_item import Successors
from chatrec.history.persona import Personas
from chatrec.history.rating_forecasts import Forecasts
from chatrec.language.prices import Price, Prices
from chatrec.language.providers import ChatHandle, address_variable, key_variable, open_embedder, open_model
from chatrec.language.shelf import PromptShelf
from chatrec.memory.spending import Ceiling, Ceilings
from chatrec.memory.store import Store
from chatrec.records import Request
from chatrec.retrieval.cache import VectorCache
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.embedding import Embedder, OnnxEmbeddings, StandInEmbeddings
from chatrec.retrieval.item_model import open_item_model
from chatrec.retrieval.learned import Learned
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.ranker import Ranker
from chatrec.retrieval.retriever import Onward, Retriever, build_index, open_index
from chatrec.retrieval.twins import Twins, twins
from chatrec.settings import Settings, shipped

COLLECTIONS = (10_000, 20, 50)
"""After how many new objects, and collections of the younger ones, garbage is looked for: many turns at once make many."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A ready chat and the parts a front end also needs. `problems` are the catalog's broken lines; `shelf` holds the
    prompt packs where a model is configured, `forecasts` predicts ratings where interactions are known."""

    chat: Chat
    catalog: Catalog
    store: Store
    retriever: Retriever
    problems: tuple[Problem, ...]
    shelf: PromptShelf | None = None
    forecasts: Forecasts | None = None

    def warm(self) -> None:
        """Load what the first turn would otherwise wait for, the embedder and the vocabulary of claims (about 0.5 s).

        The rating model, unless the cache holds it, is learned in a thread of its own, for seconds to a minute.
        From then on BLAS computes in one thread a call: the products of a search are small, and threads that wait for their
        share spin on processors that other turns need.
        """
        self.retriever.search(Request("recommend", "", search_text="a good film"))
        vocabulary_of(self.catalog)
        threadpool_limits(1, user_api="blas")
        # What is here now stays: looking through all of it for garbage, in the middle of a turn, took a fifth of a second.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTIONS)
        if self.forecasts is not None:
            self.forecasts.learn_aside()


def assemble(settings: Settings, *, database_url: str | None = None, progress: bool = False) -> Parts:
    """Read the catalog, open index and store, choose the engines.

    `database_url` overrides the settings' (`sqlite://` keeps memory in the process). Raises a UserMistake naming what is
    missing or does not fit.
    """
    catalog, problems = read_catalog(settings.catalog)
    linker = TitleLinker(catalog)
    reader = Reader(catalog, linker)
    deeds = interactions_folder(settings.catalog, settings.interactions)
    personas = Personas.open(catalog, deeds) if deeds else None
    forecaster = open_forecasts(settings, personas) if personas else None
    model, shelf, ceilings = None, None, None
    if settings.model_name:
        shelf = PromptShelf(shipped("prompts"), settings.prompts)
        handle = configured_model(settings)
        price = Prices.load(settings.prices).of(handle)
        ceilings = configured_ceilings(settings, price)
        model = ModelEngine(
            handle,
            shelf,
            catalog,
            linker,
            reader,
            window=settings.window,
            price=price,
            passes=settings.passes,
            forecaster=forecaster,
        )
    onward = Successors(personas.interactions, catalog, personas.rules) if personas else None
    retriever = open_retriever(settings, catalog, progress=progress, onward=onward, personas=personas)
    store = Store(database_url or settings.database_url)
    built_in, pack = BuiltInEngine(catalog, reader, forecaster), shelf.host if shelf else ""
    chat = Chat(catalog, store, retriever, reader, built_in, model, pack=pack, personas=personas, ceilings=ceilings)
    return Parts(chat, catalog, store, retriever, tuple(problems), shelf, forecaster)


def open_retriever(
    settings: Settings,
    catalog: Catalog,
    *,
    progress: bool = False,
    onward: Onward | None = None,
    personas: Personas | None = None,
) -> Retriever:
    """The retriever over a catalog. An index the host named must fit; one of our own is made when it is not there yet."""
    embeddings = configured_embedder(settings)
    folder = index_folder(settings, catalog)
    if settings.index is None and not folder.exists():
        dense = make_index(settings, catalog, progress=progress)
    else:
        dense = open_index(catalog, embeddings, folder)
    people = None
    if personas is not None:
        people = open_item_model(personas.interactions, catalog, dense.vectors, settings.cache, personas.rules)
    learned = open_learned(settings, catalog, dense, embeddings)
    return Retriever(catalog, embeddings, dense, LexicalIndex(catalog), onward=onward, collaborative=people, learned=learned)


def open_forecasts(settings: Settings, personas: Personas) -> Forecasts:
    """What predicts ratings, from everybody's; nothing is learned yet."""
    return Forecasts(personas.interactions, personas.catalog, personas.rules, settings.cache)


def learn_ratings(settings: Settings, catalog: Catalog, *, progress: bool = False) -> bool:
    """Learn how ratings go together and keep it in the cache; whether there were enough of them."""
    deeds = interactions_folder(settings.catalog, settings.interactions)
    if deeds is None:
        return False
    forecasts = open_forecasts(settings, Personas.open(catalog, deeds))
    forecasts.learn(progress)
    return forecasts.joint is not None


def open_learned(settings: Settings, catalog: Catalog, dense: DenseIndex, embeddings: Embedder) -> Learned | None:
    """The learned ranker, where it applies: films, and the embedder it was fitted with."""
    if settings.embedder_name or not Learned.suits(catalog):
        return None
    # Where the catalog does not tell how known its films are, those that ship may.
    shelf = () if any(item.popularity is not None for item in catalog) else read_catalog(shipped("data/movies"))[0].items
    return Learned(catalog, dense.vectors, embeddings, Ranker.load(shipped("data/ranker.json")), shelf)


def make_index(settings: Settings, catalog: Catalog, *, progress: bool = False) -> DenseIndex:
    """Embed what is not in the cache yet and write the index folder."""
    embeddings = configured_embedder(settings)
    with VectorCache(settings.cache / "vectors.sqlite3") as cache:
        return build_index(catalog, embeddings, index_folder(settings, catalog), cache, progress)


def near_duplicates(settings: Settings, catalog: Catalog, *, progress: bool = False) -> list[Twins]:
    """The items of a catalog whose descriptions say nearly the same; vectors are kept in the cache."""
    with VectorCache(settings.cache / "vectors.sqlite3") as cache:
        return list(twins(catalog, configured_embedder(settings), cache, progress=progress))


def index_folder(settings: Settings, catalog: Catalog) -> Path:
    """Where the index of this catalog lies: as set; beside a catalog that ships one; else in the cache by content.

    What ships beside a catalog was made by the embedder that ships; another embedder's index goes to the cache.
    """
    if settings.index is not None:
        return settings.index
    beside = settings.catalog / "index"
    embedder = settings.embedder_name
    if beside.is_dir() and not embedder:
        return beside
    name = f"{settings.catalog.stem}-{catalog.digest[:16]}"
    if embedder:
        name += f"-{re.sub('[^a-z0-9]+', '-', embedder.lower())}-{hashlib.sha256(embedder.encode()).hexdigest()[:8]}"
    return settings.cache / "index" / name


def configured_embedder(settings: Settings) -> Embedder:
    """The embedder the settings name: a folder's, or one on a server. Nothing is loaded or connected yet."""
    name = settings.embedder_name
    if not name:
        return OnnxEmbeddings(settings.embedder)
    key, address = _access(settings, name)
    embeddings = open_embedder(name, api_key=key, base_url=address, timeout=settings.timeout)
    return StandInEmbeddings(embeddings, embeddings.identity)


def configured_model(settings: Settings) -> ChatHandle:
    """A handle on the chat model the settings name; its library is being imported meanwhile."""
    key, address = _access(settings, settings.model_name)
    timeout = settings.timeout if "timeout" in settings.model_fields_set else None
    handle = open_model(settings.model_name, api_key=key, base_url=address, timeout=timeout, calls=settings.calls)
    handle.prepare()
    return handle


def configured_ceilings(settings: Settings, price: Price | None) -> Ceilings:
    """What the model may cost. Raises SettingsError for an amount nobody can read, and for dollars without a known price."""
    ceilings = Ceilings(
        Ceiling.parse(settings.dayceiling, "CHATREC_DAYCEILING"),
        Ceiling.parse(settings.conversationceiling, "CHATREC_CONVERSATIONCEILING"),
    )
    if price is None and (ceilings.day.dollars is not None or ceilings.conversation.dollars is not None):
        raise SettingsError(
            f"A ceiling in dollars needs the price of {settings.model_name}, which is not known; "
            "put it in a file named in CHATREC_PRICES, or give the ceiling in tokens."
        )
    return ceilings


def _access(settings: Settings, name: str) -> tuple[str | None, str | None]:
    """The key and the address for a model or an embedder, None where the settings hold none."""
    variable, server = key_variable(name), address_variable(name)
    address = str(getattr(settings, server.lower())) if server else ""
    if variable == "OPENAI_API_KEY" and "huggingface.co" in address:
        variable = "HF_TOKEN"
    key = getattr(settings, variable.lower()).get_secret_value() if variable else ""
    return key or None, address or None
