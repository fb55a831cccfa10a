"""Texts -> vectors by a provider's server: retried in batches for documents, within a short time for a query."""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from langchain_core.embeddings import Embeddings

from chatrec.errors import EmbedderError
from chatrec.language.breaker import Breaker
from chatrec.language.failures import explain, pause_before_retry
from chatrec.language.handle import Provider, scrubbed, vendor_errors
from chatrec.language.limits import Limits

LONGEST_TEXT = 8_000
"""Characters of a text that are embedded; some servers refuse longer ones."""

_AT_ONCE = 8  # queries under way; the thread of one that timed out lives on until its connection gives up
_T = TypeVar("_T")


class RemoteEmbeddings(Embeddings):
    """An embedder on a server, made at the first text; safe to share between threads.

    `identity` is `provider:model`: the address is left out, since a model is the same wherever it runs. Every failure is an
    EmbedderError of one sentence. A query takes no longer than its limit in all, and after a few failed ones in a row the
    server is left alone for a while.
    """

    setting = "CHATREC_EMBEDDER"

    def __init__(
        self,
        name: str,
        provider: Provider,
        *,
        api_key: str | None,
        base_url: str | None,
        documents: Limits,
        query: Limits,
    ) -> None:
        self.identity = name
        self.name = name
        self.label = name.partition(":")[2]
        self.key_variable = provider.key_variable
        self.address_variable = provider.address_variable
        self.address = base_url or ""
        self.absent = provider.absent
        self.limits = documents
        self._query_limits = query
        self._provider = provider
        self._api_key = api_key
        self._lock = threading.Lock()
        self._made: dict[Limits, Embeddings] = {}
        self._workers: ThreadPoolExecutor | None = None
        self._breaker = Breaker(query.failures, query.rest)

    def __repr__(self) -> str:
        return f"RemoteEmbeddings({self.name!r})"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text; passing trouble is tried again, with a longer pause each time."""
        asked = [_usable(text) for text in texts]
        return self._insist(lambda: self._embeddings(self.limits).embed_documents(asked))

    def embed_query(self, text: str) -> list[float]:
        """The vector of a query, within the time a visitor can be kept waiting."""
        left = self._breaker.ask()
        if left:
            raise EmbedderError(f"The embedder {self.name} failed several times and is left alone for {left:g} seconds")
        future = self._submit(lambda: self._embeddings(self._query_limits).embed_query(_usable(text)))
        try:
            vector = future.result(self._query_limits.total)
        except TimeoutError:
            future.cancel()
            self._breaker.failed()
            seconds = self._query_limits.total
            raise EmbedderError(f"The embedder {self.name} did not answer within {seconds:g} seconds") from None
        except vendor_errors(self._provider) as error:
            self._breaker.failed()
            raise self._told(error) from None
        except BaseException:
            self._breaker.abandoned()
            raise
        self._breaker.succeeded()
        return vector

    def scrub(self, text: str) -> str:
        """The text without this embedder's key or anything that looks like one."""
        return scrubbed(text, self._api_key)

    def _insist(self, call: Callable[[], _T]) -> _T:
        tried = 0
        while True:
            try:
                return call()
            except vendor_errors(self._provider) as error:
                pause = pause_before_retry(error, self.limits, tried)
                if pause is None or tried >= self.limits.retries:
                    raise self._told(error) from None
                tried += 1
            time.sleep(pause)

    def _told(self, error: Exception) -> EmbedderError:
        return EmbedderError(f"The embedder {self.name} failed: {explain(error, self, wanted='an embedding')}.")

    def _submit(self, call: Callable[[], list[float]]) -> Future[list[float]]:
        with self._lock:
            if self._workers is None:
                self._workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="embedding")
            return self._workers.submit(call)

    def _embeddings(self, limits: Limits) -> Embeddings:
        with self._lock:
            made = self._made.get(limits)
        if made is not None:
            return made
        from langchain.embeddings import init_embeddings

        importlib.import_module(self._provider.package)
        if self._provider.embedding is None:
            raise ValueError(f"{self.name} has no embeddings")
        arguments = self._provider.embedding(self._api_key, self.address or None, limits)
        fresh = init_embeddings(self.label, provider=self._provider.protocol, **arguments)
        with self._lock:
            return self._made.setdefault(limits, fresh)


def _usable(text: str) -> str:
    """What any server takes: not too long, and no half characters."""
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8") or " "
