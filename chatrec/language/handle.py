"""A provider, a model, a key and an address -> a handle on a chat model that knows its limits and what its server refused."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from chatrec.language.breaker import Breaker
from chatrec.language.formats import Ladder, Rung
from chatrec.language.gate import Gate
from chatrec.language.limits import Limits
from chatrec.language.tokens import TokenCounter

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Arguments = Callable[[str | None, str | None, Limits], dict[str, Any]]
"""(key, address, limits) -> the arguments that make a model or an embedder of a provider."""

_SECRETS = re.compile(r"\b(?:sk|hf|gsk|xai|key|AIza)[-_][\w-]{6,}|\bAIza[\w-]{20,}|(?i:bearer\s+)[\w.-]{6,}")
_SHARED_ERRORS = (
    *("langchain_core.exceptions.LangChainException", "httpx.HTTPError", "httpx2.HTTPError", "aiohttp.ClientError"),
    *("httpx.InvalidURL", "httpx2.InvalidURL"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """Something asked of a server that some refuse: the arguments, and what a refusal mentions."""

    arguments: Mapping[str, Any]
    mention: str
    without: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provider:
    """How to reach one provider's models. `protocol` is LangChain's name of what it speaks, `address` its usual one.

    `rungs` gives the ways to ask for JSON, the strictest first, depending on whether the address is the provider's own.
    `refusal` is what a refused format mentions. `embedding` makes the arguments of an embedder, None where there is none.
    `absent` says how to get a model that the server does not have, `{}` standing for its name. `tune` is done to every model
    that was made.
    """

    protocol: str
    package: str
    extra: str
    key_variable: str
    address_variable: str
    address: str
    arguments: Arguments
    errors: tuple[str, ...]
    rungs: Callable[[bool], tuple[Rung, ...]]
    refusal: str = r"response_?format|json|schema|grammar"
    embedding: Arguments | None = None
    limits: Limits = field(default_factory=Limits)
    absent: str = ""
    tune: Callable[[Any], None] | None = None


CALLS_A_MODEL = 16
"""Calls at once that one model object takes: its pool looks at every idle connection whenever it gives one out."""


class ChatHandle:
    """A chat model that is built on first use, for every event loop, and knows its limits and what its server refused.

    `name` is `provider:model`, `label` the model alone. `unavailable` is the sentence to show where no call can succeed (no
    key), else empty. `ladder` remembers how this server can be asked for JSON, `gate` how many calls run, `breaker` whether
    the server is to be left alone; `window` is how many tokens it said it holds, once a request was too long for it. It may be
    shared by all visitors and used from several event loops and threads.
    """

    setting = "CHATREC_MODEL"

    def __init__(
        self,
        name: str,
        provider: Provider,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        limits: Limits | None = None,
        counter: TokenCounter | None = None,
        options: Mapping[str, Option] | None = None,
    ) -> None:
        self.name = name
        self.label = name.partition(":")[2]
        self.limits = limits or provider.limits
        self.counter = counter or TokenCounter.for_model(self.label)
        self.key_variable = provider.key_variable
        self.address_variable = provider.address_variable
        self.address = base_url or ""
        self.absent = provider.absent
        self.unavailable = ""
        if self.key_variable and not api_key and not base_url:
            server = f" (or {self.address_variable} for a server of your own)" if self.address_variable else ""
            self.unavailable = f"No API key set: put one in {self.key_variable}{server}"
        self.ladder = Ladder(provider.rungs(not base_url))
        self.gate = Gate(self.limits.calls)
        self.breaker = Breaker(self.limits.failures, self.limits.rest)
        self.window: int | None = None
        self._provider = provider
        self._api_key = api_key
        self._options = dict(options or {})
        self._refused: frozenset[str] = frozenset()
        self._models: dict[asyncio.AbstractEventLoop, dict[int, asyncio.Task[BaseChatModel]]] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"ChatHandle({self.name!r})"

    @property
    def is_providers_own(self) -> bool:
        """Whether calls go to the provider itself, not to another server that speaks its protocol."""
        return not self.address or self.server == urlsplit(self._provider.address).hostname

    @property
    def server(self) -> str:
        """The host calls go to, for people."""
        return urlsplit(self.address or self._provider.address).hostname or ""

    async def model(self) -> BaseChatModel:
        """A model for the running event loop. HTTP clients belong to the loop that first used them, so each has its own.

        Where many calls run at once there are several of them, for a pool of many connections is slow; few calls all go
        through the first, whose connections are open already.
        """
        loop, number = asyncio.get_running_loop(), max(self.gate.inside - 1, 0) // CALLS_A_MODEL
        with self._lock:
            for closed in [other for other in self._models if other.is_closed()]:
                del self._models[closed]
            made = self._models.setdefault(loop, {})
        if number not in made:
            # In a thread: importing a vendor's library takes up to a second, and other visitors are being served.
            made[number] = loop.create_task(asyncio.to_thread(self._build))
            made[number].add_done_callback(lambda done: _forget_failure(made, number, done))
        if number and not made[number].done() and 0 in made and made[0].done():
            number = 0
        # Shielded: others may wait for the same one.
        return made[number].result() if made[number].done() else await asyncio.shield(made[number])

    def prepare(self) -> None:
        """Begin importing the vendor's library, so that the first turn does not wait for it. Returns at once."""
        threading.Thread(target=self._import, daemon=True).start()

    async def aclose(self) -> None:
        """Close the connections this event loop still holds open."""
        with self._lock:
            models = self._models.pop(asyncio.get_running_loop(), {})
        for made in await asyncio.gather(*models.values(), return_exceptions=True):
            client = getattr(made, "root_async_client", None)
            if client is not None:
                await client.close()

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What a call may raise: the vendor's errors, and what its library lets through when a reply has the wrong shape."""
        return vendor_errors(self._provider)

    def options(self) -> dict[str, Any]:
        """Arguments for one call, beside those that ask for JSON: all that the server is not known to refuse."""
        arguments: dict[str, Any] = {}
        for key, option in self._options.items():
            arguments.update(option.without if key in self._refused else option.arguments)
        return arguments

    def learn(self, complaint: str) -> bool:
        """Remember which option a refused request complains about; True when the next attempt will ask for less."""
        asked = set(self._options) - self._refused
        named = {key for key in asked if re.search(self._options[key].mention, complaint, re.IGNORECASE)}
        self._refused |= named
        return bool(named)

    def narrow(self, tokens: int | None) -> None:
        """Remember that the server holds so many tokens."""
        if tokens is not None:
            self.window = min(tokens, self.window or tokens)

    def names_format(self, complaint: str) -> bool:
        """Whether a refused request complains about the format the reply was asked for in."""
        return re.search(self._provider.refusal, complaint, re.IGNORECASE) is not None

    def scrub(self, text: str) -> str:
        """The text without this handle's key or anything that looks like one."""
        return scrubbed(text, self._api_key)

    def _import(self) -> None:
        for package in ("langchain.chat_models", self._provider.package):
            with contextlib.suppress(ImportError):
                importlib.import_module(package)
        vendor_errors(self._provider)

    def _build(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        self._import()
        arguments = self._provider.arguments(self._api_key, self.address or None, self.limits)
        model: BaseChatModel = init_chat_model(self.label, model_provider=self._provider.protocol, **arguments)
        if self._provider.tune is not None:
            self._provider.tune(model)
        return model


def _forget_failure(made: dict[int, asyncio.Task[BaseChatModel]], number: int, done: asyncio.Task[BaseChatModel]) -> None:
    """A model that could not be made is tried again at the next call."""
    if (done.cancelled() or done.exception() is not None) and made.get(number) is done:
        del made[number]


def vendor_errors(provider: Provider) -> tuple[type[Exception], ...]:
    """What the library of a provider may raise."""
    vendor = tuple(filter(None, (_resolve(path) for path in (*provider.errors, *_SHARED_ERRORS))))
    return (*vendor, OSError, ValueError, TypeError, LookupError, AttributeError, RuntimeError, ImportError)


def scrubbed(text: str, key: str | None) -> str:
    """The text without the key or anything that looks like one."""
    return _SECRETS.sub("[key]", text.replace(key, "[key]") if key else text)


def _resolve(path: str) -> type[Exception] | None:
    """A vendor's error class, where its module is importable."""
    module, _, name = path.rpartition(".")
    try:
        found = getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None
    return found if isinstance(found, type) and issubclass(found, Exception) else None
