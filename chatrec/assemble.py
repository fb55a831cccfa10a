"""Settings -> a ready Chat: the only place where the parts are wired together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chatrec.catalog.table import Catalog, Problem, read_catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.chat import Chat
from chatrec.engines.builtin.engine import BuiltInEngine
from chatrec.engines.builtin.read import Reader
from chatrec.engines.model import ModelEngine
from chatrec.evidence.vocabulary import vocabulary_of
from chatrec.language.prompts import PromptPack
from chatrec.language.providers import ChatHandle, open_model, split_name
from chatrec.memory.store import Store
from chatrec.records import Request
from chatrec.retrieval.cache import VectorCache
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.embedding import OnnxEmbeddings
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.retriever import Retriever, build_index, open_index
from chatrec.retrieval.twins import Twins, twins
from chatrec.settings import Settings, shipped


@dataclass(frozen=True, slots=True)
class Parts:
    """A ready chat and the parts a front end also needs. `problems` are the catalog's broken lines."""

    chat: Chat
    catalog: Catalog
    store: Store
    retriever: Retriever
    problems: tuple[Problem, ...]

    def warm(self) -> None:
        """Load what the first turn would otherwise wait for: the embedder and the vocabulary of claims (about 0.5 s)."""
        self.retriever.search(Request("recommend", "", search_text="a good film"))
        vocabulary_of(self.catalog)


def assemble(settings: Settings, *, database_url: str | None = None, progress: bool = False) -> Parts:
    """Read the catalog, open index and store, choose the engines.

    `database_url` overrides the settings' (`sqlite://` keeps memory in the process). Raises a UserMistake naming what is
    missing or does not fit.
    """
    catalog, problems = read_catalog(settings.catalog)
    linker = TitleLinker(catalog)
    reader = Reader(catalog, linker)
    model = None
    if settings.model_name:
        pack = PromptPack.load(shipped("prompts"), settings.prompts)
        model = ModelEngine(_handle(settings), pack, catalog, linker, reader)
    retriever = open_retriever(settings, catalog, progress=progress)
    store = Store(database_url or settings.database_url)
    chat = Chat(catalog, store, retriever, reader, BuiltInEngine(catalog, reader), model)
    return Parts(chat, catalog, store, retriever, tuple(problems))


def open_retriever(settings: Settings, catalog: Catalog, *, progress: bool = False) -> Retriever:
    """The retriever over a catalog. An index the host named must fit; one of our own is made when it is not there yet."""
    embeddings = OnnxEmbeddings(settings.embedder)
    folder = index_folder(settings, catalog)
    if settings.index is None and not folder.exists():
        dense = make_index(settings, catalog, progress=progress)
    else:
        dense = open_index(catalog, embeddings, folder)
    return Retriever(catalog, embeddings, dense, LexicalIndex(catalog))


def make_index(settings: Settings, catalog: Catalog, *, progress: bool = False) -> DenseIndex:
    """Embed what is not in the cache yet and write the index folder."""
    embeddings = OnnxEmbeddings(settings.embedder)
    with VectorCache(settings.cache / "vectors.sqlite3") as cache:
        return build_index(catalog, embeddings, index_folder(settings, catalog), cache, progress)


def near_duplicates(settings: Settings, catalog: Catalog, *, progress: bool = False) -> list[Twins]:
    """The items of a catalog whose descriptions say nearly the same; vectors are kept in the cache."""
    with VectorCache(settings.cache / "vectors.sqlite3") as cache:
        return list(twins(catalog, OnnxEmbeddings(settings.embedder), cache, progress=progress))


def index_folder(settings: Settings, catalog: Catalog) -> Path:
    """Where the index of this catalog lies: as set; beside a catalog that ships one; else in the cache by content."""
    if settings.index is not None:
        return settings.index
    beside = settings.catalog / "index"
    if beside.is_dir():
        return beside
    return settings.cache / "index" / f"{settings.catalog.stem}-{catalog.digest[:16]}"


def _handle(settings: Settings) -> ChatHandle:
    provider, _ = split_name(settings.model_name)
    keys = {
        "openai": settings.hf_token if "huggingface.co" in settings.openai_base_url else settings.openai_api_key,
        "anthropic": settings.anthropic_api_key,
        "google_genai": settings.google_api_key,
    }
    key = keys.get(provider)
    base_url = settings.openai_base_url if provider == "openai" else ""
    handle = open_model(
        settings.model_name,
        api_key=(key.get_secret_value() if key else "") or None,
        base_url=base_url or None,
        timeout=settings.timeout,
    )
    handle.prepare()
    return handle
