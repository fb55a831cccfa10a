"""`provider:model` -> a handle on a LangChain chat model: the only file that names vendors."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from chatrec.errors import SettingsError
from chatrec.language.tokens import TokenCounter

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

OPENAI_ADDRESS = "https://api.openai.com/v1"
PLACEHOLDER_KEY = "no-key-needed"
_SECRETS = re.compile(r"\b(?:sk|hf|gsk|xai|key|AIza)[-_][\w-]{6,}|\bAIza[\w-]{20,}|(?i:bearer\s+)[\w.-]{6,}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds a call may take: to connect, between two pieces of a stream, and in all. `pause` is waited before the one
    retry when the server does not say how long; a server that asks for more than `patience` is not retried."""

    total: float = 60.0
    connect: float = 5.0
    idle: float = 20.0
    pause: float = 0.5
    patience: float = 5.0


@dataclass(frozen=True, slots=True)
class Option:
    """Something asked of a server that some refuse: the arguments, and what a refusal mentions."""

    arguments: Mapping[str, Any]
    mention: str
    without: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Provider:
    package: str
    extra: str
    key_variable: str
    arguments: Callable[[str | None, str | None, Limits], dict[str, Any]]
    json: Option | None = None
    errors: tuple[str, ...] = ()


def _openai(api_key: str | None, base_url: str | None, limits: Limits) -> dict[str, Any]:
    import openai

    return {
        "api_key": api_key or PLACEHOLDER_KEY,
        "base_url": base_url or OPENAI_ADDRESS,
        # A Timeout object, unlike a number, keeps langchain-openai from sharing one HTTP client between event loops.
        "timeout": openai.Timeout(limits.total, connect=min(limits.connect, limits.total)),
        "max_retries": 0,
        "stream_usage": True,
        "use_responses_api": False,
        "stream_chunk_timeout": limits.total + 1,
    }


def _ollama(api_key: str | None, base_url: str | None, limits: Limits) -> dict[str, Any]:
    headers = {"headers": {"Authorization": f"Bearer {api_key}"}} if api_key else {}
    return {"base_url": base_url, "client_kwargs": {"timeout": limits.total, **headers}}


def _anthropic(api_key: str | None, base_url: str | None, limits: Limits) -> dict[str, Any]:
    address = base_url or "https://api.anthropic.com"
    return {"api_key": api_key or PLACEHOLDER_KEY, "base_url": address, "timeout": limits.total, "max_retries": 0}


def _google(api_key: str | None, base_url: str | None, limits: Limits) -> dict[str, Any]:
    address = {"base_url": base_url} if base_url else {}
    # 1 means a single attempt there; 0 would mean the vendor's own default.
    return {"api_key": api_key or PLACEHOLDER_KEY, "timeout": limits.total, "max_retries": 1, **address}


_SHARED_ERRORS = (
    *("langchain_core.exceptions.LangChainException", "httpx.HTTPError", "httpx2.HTTPError", "aiohttp.ClientError"),
    *("httpx.InvalidURL", "httpx2.InvalidURL"),
)
_JSON = r"response_?format|json|grammar"
_PROVIDERS: Mapping[str, _Provider] = {
    "openai": _Provider(
        "langchain_openai",
        "",
        "OPENAI_API_KEY",
        _openai,
        # In the body, not as an argument: the library's own path for it breaks on servers that leave out `role`.
        Option({"extra_body": {"response_format": {"type": "json_object"}}}, _JSON),
        ("openai.OpenAIError",),
    ),
    "ollama": _Provider(
        "langchain_ollama",
        "ollama",
        "",
        _ollama,
        Option({"format": "json"}, _JSON),
        ("ollama.ResponseError", "httpx.HTTPError"),
    ),
    "anthropic": _Provider(
        "langchain_anthropic",
        "anthropic",
        "ANTHROPIC_API_KEY",
        _anthropic,
        None,
        ("anthropic.AnthropicError",),
    ),
    "google_genai": _Provider(
        "langchain_google_genai",
        "google",
        "GOOGLE_API_KEY",
        _google,
        Option({"response_mime_type": "application/json"}, rf"{_JSON}|mime"),
        ("google.genai.errors.APIError", "langchain_google_genai._common.GoogleGenerativeAIError"),
    ),
}
_USAGE = Option({}, r"stream_options|include_usage", without={"stream_usage": False})
_EFFORT = Option({"reasoning_effort": "low"}, r"reasoning")
_REASONING_MODEL = re.compile(r"(gpt-5(?!.*chat)|o\d)", re.IGNORECASE)


class ChatHandle:
    """A chat model that is built on first use, once per event loop, and knows its limits and what its server refused.

    `name` is `provider:model`, `label` the model alone. `unavailable` is the sentence to show where no call can succeed (no
    key), else empty. It may be shared by all visitors and used from several event loops and threads.
    """

    def __init__(
        self,
        provider: str,
        model: str,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        limits: Limits | None = None,
        counter: TokenCounter | None = None,
    ) -> None:
        self.name = f"{provider}:{model}"
        self.label = model
        self.limits = limits or Limits()
        self.counter = counter or TokenCounter()
        self.key_variable = _PROVIDERS[provider].key_variable
        self.address = base_url or ""
        self.unavailable = ""
        if self.key_variable and not api_key and not base_url:
            server = " (or OPENAI_BASE_URL for a server of your own)" if provider == "openai" else ""
            self.unavailable = f"No API key set: put one in {self.key_variable}{server}"
        self._provider = _PROVIDERS[provider]
        self._api_key = api_key
        self._options: dict[str, Option] = {"usage": _USAGE} if provider == "openai" else {}
        if provider == "openai" and not base_url and _REASONING_MODEL.match(model):
            self._options["effort"] = _EFFORT
        if self._provider.json is not None:
            self._options["json"] = self._provider.json
        self._refused: frozenset[str] = frozenset()
        self._models: dict[asyncio.AbstractEventLoop, BaseChatModel] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"ChatHandle({self.name!r})"

    async def model(self) -> BaseChatModel:
        """The model for the running event loop. HTTP clients belong to the loop that first used them, so each has its own."""
        loop = asyncio.get_running_loop()
        with self._lock:
            for closed in [other for other in self._models if other.is_closed()]:
                del self._models[closed]
            found = self._models.get(loop)
        if found is not None:
            return found
        # In a thread: importing a vendor's library takes up to a second, and other visitors are being served.
        made = await asyncio.to_thread(self._build)
        with self._lock:
            return self._models.setdefault(loop, made)

    def prepare(self) -> None:
        """Begin importing the vendor's library, so that the first turn does not wait for it. Returns at once."""
        packages = ("langchain.chat_models", self._provider.package)
        work = threading.Thread(target=lambda: [importlib.import_module(p) for p in packages], daemon=True)
        work.start()

    async def aclose(self) -> None:
        """Close the connections this event loop still holds open."""
        with self._lock:
            model = self._models.pop(asyncio.get_running_loop(), None)
        client = getattr(model, "root_async_client", None)
        if client is not None:
            await client.close()

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What a call may raise: the vendor's errors, and what its library lets through when a reply has the wrong shape."""
        vendor = tuple(filter(None, (_resolve(path) for path in (*self._provider.errors, *_SHARED_ERRORS))))
        return (*vendor, OSError, ValueError, TypeError, LookupError, AttributeError, RuntimeError, ImportError)

    def options(self, *, json: bool) -> dict[str, Any]:
        """Arguments for one call; `json` asks for a JSON object where the server is not known to refuse that."""
        arguments: dict[str, Any] = {}
        for key, option in self._options.items():
            if key in self._refused:
                arguments.update(option.without)
            elif key != "json" or json:
                arguments.update(option.arguments)
        return arguments

    def learn(self, complaint: str, *, json: bool) -> bool:
        """Remember what a refused request complains about; True when the next attempt will ask for less."""
        asked = {key for key in self._options if key not in self._refused and (json or key != "json")}
        named = {key for key in asked if re.search(self._options[key].mention, complaint, re.IGNORECASE)}
        self._refused |= named
        return bool(named)

    def scrub(self, text: str) -> str:
        """The text without this handle's key or anything that looks like one."""
        if self._api_key:
            text = text.replace(self._api_key, "[key]")
        return _SECRETS.sub("[key]", text)

    def _build(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        provider = self.name.partition(":")[0]
        arguments = self._provider.arguments(self._api_key, self.address or None, self.limits)
        model: BaseChatModel = init_chat_model(self.label, model_provider=provider, **arguments)
        return model


def open_model(
    name: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float = 60.0,
    limits: Limits | None = None,
    counter: TokenCounter | None = None,
) -> ChatHandle:
    """A handle on `provider:model`; a bare model name means `openai:`.

    `base_url` is the address of any server that speaks the provider's protocol; with one, a missing key is replaced by a
    placeholder. `timeout` is the seconds a call may take in all (`limits` says it in more detail). Nothing is imported or
    connected yet: a missing key shows at the first call, as ModelUnavailable. Raises SettingsError for an unknown provider,
    one whose package is not installed, and an address or key that cannot be one.
    """
    provider, model = split_name(name)
    wanted = _PROVIDERS[provider]
    if importlib.util.find_spec(wanted.package) is None:
        extra = f"'chatrec[{wanted.extra}]'" if wanted.extra else "langchain-openai"
        raise SettingsError(f"The model {name} needs a package that is not installed; run: pip install {extra}")
    api_key, base_url = _usable_key(api_key, wanted.key_variable), _usable_address(base_url)
    if limits is None:
        limits = Limits(total=timeout, connect=min(5.0, timeout), idle=min(20.0, timeout))
    return ChatHandle(provider, model, api_key=api_key, base_url=base_url, limits=limits, counter=counter)


def split_name(name: str) -> tuple[str, str]:
    """`provider:model` -> (provider, model); raises SettingsError for a provider that is not known."""
    provider, colon, model = name.strip().partition(":")
    if not colon or not re.fullmatch(r"[a-z_]+", provider):
        # Model names hold colons themselves (qwen2.5:7b, org/model:host), but nothing before one looks like a provider.
        provider, model = "openai", name.strip()
    if provider not in _PROVIDERS:
        known = ", ".join(_PROVIDERS)
        raise SettingsError(
            f"The model {name} names an unknown provider, {provider}; known: {known}. "
            f"For any other server that speaks OpenAI's protocol write openai:{model} and set OPENAI_BASE_URL."
        )
    if not model.strip():
        raise SettingsError(f"The model {name!r} has no name after the provider; write for example openai:gpt-5-mini.")
    return provider, model.strip()


def key_variable(name: str) -> str:
    """The environment variable that holds the key of a model's provider; empty where none is needed."""
    return _PROVIDERS[split_name(name)[0]].key_variable


def _usable_address(base_url: str | None) -> str | None:
    address = (base_url or "").strip()
    if not address:
        return None
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise SettingsError("OPENAI_BASE_URL is not the address of a server; write for example http://localhost:8000/v1.")
    return address


def _usable_key(api_key: str | None, variable: str) -> str | None:
    key = (api_key or "").strip()
    if not re.fullmatch(r"[!-~]*", key):
        raise SettingsError(f"{variable or 'The API key'} holds spaces or letters no key can have; copy the key again.")
    return key or None


def _resolve(path: str) -> type[Exception] | None:
    """A vendor's error class, where its module is importable."""
    module, _, name = path.rpartition(".")
    try:
        found = getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None
    return found if isinstance(found, type) and issubclass(found, Exception) else None
