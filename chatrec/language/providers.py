"""`provider:model` -> a handle on a chat model, or an embedder: the only file that names vendors."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from chatrec.errors import SettingsError
from chatrec.language.embedders import RemoteEmbeddings
from chatrec.language.formats import Rung, Shape
from chatrec.language.handle import ChatHandle, Option, Provider
from chatrec.language.limits import Limits
from chatrec.language.plain_chunks import PlainCompletions
from chatrec.language.tokens import TokenCounter

__all__ = ["ChatHandle", "Limits", "address_variable", "key_variable", "open_embedder", "open_model", "split_name"]

PLACEHOLDER_KEY = "no-key-needed"

# --------------------------------------------------------------------------- OpenAI and all who speak its protocol

OPENAI, ROUTER, OPENROUTER = "https://api.openai.com/v1", "https://router.huggingface.co/v1", "https://openrouter.ai/api/v1"


def _openai(api_key: str | None, base_url: str | None, limits: Limits) -> dict[str, Any]:
    import openai

    return {
        "api_key": api_key or PLACEHOLDER_KEY,
        "base_url": base_url or OPENAI,
        # A Timeout object, unlike a number, keeps langchain-openai from sharing one HTTP client between event loops.
        "timeout": openai.Timeout(limits.total, connect=min(limits.connect, limits.total)),
        "max_retries": 0,
        "stream_usage": True,
        "use_responses_api": False,
        # `ask` watches for stalls itself; this one would make a task for every piece of a reply.
        "stream_chunk_timeout": None,
    }


def _openai_tuned(model: Any) -> None:
    import openai

    model.async_client = PlainCompletions(model.async_client, openai.AsyncStream[object])


def _openai_embedding(api_key: str | None, base_url: str | None, limits: Limits) -> dict[str, Any]:
    import openai

    return {
        "api_key": api_key or PLACEHOLDER_KEY,
        "base_url": base_url or OPENAI,
        "timeout": openai.Timeout(limits.total, connect=min(limits.connect, limits.total)),
        "max_retries": 0,
        # Otherwise every text would be cut into tokens by a vocabulary that is fetched over the network, and sent as
        # numbers, which other servers do not take.
        "check_embedding_ctx_length": False,
    }


def _asked(response_format: Mapping[str, Any]) -> dict[str, Any]:
    # In the body, not as an argument: the library's own path for it breaks on servers that leave out `role`.
    return {"extra_body": {"response_format": dict(response_format)}}


def _openai_schema(shape: Shape | None) -> dict[str, Any]:
    if shape is None:
        return {}
    named = {"name": shape.name, "schema": shape.schema, "strict": shape.strict}
    return _asked({"type": "json_schema", "json_schema": named})


def _openai_rungs(own: bool) -> tuple[Rung, ...]:
    schema = Rung("schema", _openai_schema, needs_shape=True)
    # llama.cpp's servers constrain the object by a schema beside the type; most others ignore the key, a few refuse it.
    shaped = Rung(
        "object", lambda shape: _asked({"type": "json_object", "schema": shape.schema if shape else {}}), needs_shape=True
    )
    plain = Rung("object", lambda shape: _asked({"type": "json_object"}))
    return (schema, plain) if own else (schema, shaped, plain)


def _openai_like(key: str, address_variable: str, address: str, limits: Limits | None = None) -> Provider:
    return Provider(
        protocol="openai",
        package="langchain_openai",
        extra="",
        key_variable=key,
        address_variable=address_variable,
        address=address,
        arguments=lambda api_key, base_url, limits: _openai(api_key, base_url or address, limits),
        errors=("openai.OpenAIError",),
        rungs=_openai_rungs,
        tune=_openai_tuned,
        embedding=lambda api_key, base_url, limits: _openai_embedding(api_key, base_url or address, limits),
        limits=limits or Limits(),
    )


# --------------------------------------------------------------------------- the others


def _ollama(api_key: str | None, base_url: str | None, limits: Limits) -> dict[str, Any]:
    headers = {"headers": {"Authorization": f"Bearer {api_key}"}} if api_key else {}
    return {"base_url": base_url or OLLAMA, "client_kwargs": {"timeout": limits.total, **headers}}


OLLAMA = "http://127.0.0.1:11434"


def _ollama_rungs(own: bool) -> tuple[Rung, ...]:
    schema = Rung("schema", lambda shape: {"format": dict(shape.schema) if shape else "json"}, needs_shape=True)
    return (schema, Rung("object", lambda shape: {"format": "json"}))


def _anthropic(api_key: str | None, base_url: str | None, limits: Limits) -> dict[str, Any]:
    address = base_url or ANTHROPIC
    return {"api_key": api_key or PLACEHOLDER_KEY, "base_url": address, "timeout": limits.total, "max_retries": 0}


ANTHROPIC = "https://api.anthropic.com"


def _anthropic_rungs(own: bool) -> tuple[Rung, ...]:
    def asked(shape: Shape | None) -> dict[str, Any]:
        schema = dict(shape.schema) if shape else {}
        return {"output_config": {"format": {"type": "json_schema", "schema": schema}}}

    return (Rung("schema", asked, needs_shape=True),)


def _google(api_key: str | None, base_url: str | None, limits: Limits) -> dict[str, Any]:
    address = {"base_url": base_url} if base_url else {}
    # 1 means a single attempt there; 0 would mean the vendor's own default.
    return {"api_key": api_key or PLACEHOLDER_KEY, "timeout": limits.total, "max_retries": 1, **address}


def _google_embedding(api_key: str | None, base_url: str | None, limits: Limits) -> dict[str, Any]:
    address = {"base_url": base_url} if base_url else {}
    return {"api_key": api_key or PLACEHOLDER_KEY, "request_options": {"timeout": limits.total}, **address}


def _google_rungs(own: bool) -> tuple[Rung, ...]:
    kind = {"response_mime_type": "application/json"}
    schema = Rung(
        "schema", lambda shape: {**kind, "response_json_schema": dict(shape.schema) if shape else {}}, needs_shape=True
    )
    return (schema, Rung("object", lambda shape: dict(kind)))


_PROVIDERS: Mapping[str, Provider] = {
    "openai": _openai_like("OPENAI_API_KEY", "OPENAI_BASE_URL", OPENAI),
    # A model that has gone to sleep there takes its time to wake up.
    "huggingface": _openai_like("HF_TOKEN", "", ROUTER, Limits(connect=10.0, idle=30.0, pause=1.0)),
    "openrouter": _openai_like("OPENROUTER_API_KEY", "", OPENROUTER, Limits(connect=10.0, idle=30.0)),
    "ollama": Provider(
        protocol="ollama",
        package="langchain_ollama",
        extra="ollama",
        key_variable="",
        address_variable="OLLAMA_HOST",
        address=OLLAMA,
        arguments=_ollama,
        errors=("ollama.ResponseError", "httpx.HTTPError"),
        rungs=_ollama_rungs,
        refusal=r"format|json|schema|grammar",
        embedding=_ollama,
        # One machine answers few at a time; the others wait better here than in its own line, where their time runs out.
        limits=Limits(total=120.0, idle=60.0, calls=4),
        absent="ollama pull {}",
    ),
    "anthropic": Provider(
        protocol="anthropic",
        package="langchain_anthropic",
        extra="anthropic",
        key_variable="ANTHROPIC_API_KEY",
        address_variable="",
        address=ANTHROPIC,
        arguments=_anthropic,
        errors=("anthropic.AnthropicError",),
        rungs=_anthropic_rungs,
        refusal=r"output_?(config|format)|structured|json|schema|grammar",
    ),
    "google_genai": Provider(
        protocol="google_genai",
        package="langchain_google_genai",
        extra="google",
        key_variable="GOOGLE_API_KEY",
        address_variable="",
        address="https://generativelanguage.googleapis.com",
        arguments=_google,
        errors=("google.genai.errors.APIError", "langchain_google_genai._common.GoogleGenerativeAIError"),
        rungs=_google_rungs,
        refusal=r"response_?format|json|schema|grammar|mime",
        embedding=_google_embedding,
        limits=Limits(connect=10.0),
    ),
}
_USAGE = Option({}, r"stream_options|include_usage", without={"stream_usage": False})
_EFFORT = Option({"reasoning_effort": "low"}, r"reasoning")
_REASONING_MODEL = re.compile(r"(gpt-5(?!.*chat)|o\d)", re.IGNORECASE)


def open_model(
    name: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float | None = None,
    calls: int | None = None,
    limits: Limits | None = None,
    counter: TokenCounter | None = None,
) -> ChatHandle:
    """A handle on `provider:model`; a bare model name means `openai:`.

    `base_url` is the address of any server that speaks the provider's protocol; with one, a missing key is replaced by a
    placeholder. `timeout` is the seconds a call may take in all and `calls` how many may run at once, in place of the
    provider's own limits; `limits` replaces them all. Nothing is imported or connected yet: a missing key shows at the first
    call, as ModelUnavailable. Raises SettingsError for an unknown provider, one whose package is not installed, and an address
    or key that cannot be one.
    """
    provider, model, wanted = _wanted(name)
    api_key, base_url = _usable_key(api_key, wanted.key_variable), _usable_address(base_url, wanted)
    if limits is None:
        limits = _within(wanted.limits, timeout)
        limits = limits if calls is None else replace(limits, calls=calls)
    options: dict[str, Option] = {"usage": _USAGE} if wanted.protocol == "openai" else {}
    if provider == "openai" and not base_url and _REASONING_MODEL.match(model):
        options["effort"] = _EFFORT
    return ChatHandle(
        f"{provider}:{model}", wanted, api_key=api_key, base_url=base_url, limits=limits, counter=counter, options=options
    )


def open_embedder(
    name: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float = 60.0,
    patience: float = 5.0,
) -> RemoteEmbeddings:
    """The embedder `provider:model` as LangChain Embeddings; nothing is imported or connected yet.

    A batch of documents may take `timeout` seconds, a query `patience`. Raises SettingsError for an unknown provider, one
    without embedders or whose package is not installed, a missing key, and an address or key that cannot be one.
    """
    provider, model, wanted = _wanted(name)
    if wanted.embedding is None:
        able = ", ".join(key for key, each in _PROVIDERS.items() if each.embedding is not None)
        raise SettingsError(f"The embedder {name} cannot be used: {provider} offers no embeddings; choose one of {able}.")
    api_key, base_url = _usable_key(api_key, wanted.key_variable), _usable_address(base_url, wanted)
    if wanted.key_variable and not api_key and not base_url:
        raise SettingsError(f"The embedder {name} needs an API key: put one in {wanted.key_variable}.")
    return RemoteEmbeddings(
        f"{provider}:{model}",
        wanted,
        api_key=api_key,
        base_url=base_url,
        documents=replace(wanted.limits, total=timeout),
        query=replace(wanted.limits, total=patience, connect=min(wanted.limits.connect, patience)),
    )


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


def address_variable(name: str) -> str:
    """The environment variable that holds the address of a model's server; empty where there is only the provider's own."""
    return _PROVIDERS[split_name(name)[0]].address_variable


def _wanted(name: str) -> tuple[str, str, Provider]:
    provider, model = split_name(name)
    wanted = _PROVIDERS[provider]
    if importlib.util.find_spec(wanted.package) is None:
        extra = f"'chatrec[{wanted.extra}]'" if wanted.extra else "langchain-openai"
        raise SettingsError(f"The model {name} needs a package that is not installed; run: pip install {extra}")
    return provider, model, wanted


def _within(limits: Limits, timeout: float | None) -> Limits:
    if timeout is None:
        return limits
    return replace(limits, total=timeout, connect=min(limits.connect, timeout), idle=min(limits.idle, timeout))


def _usable_address(base_url: str | None, provider: Provider) -> str | None:
    address = (base_url or "").strip()
    if not address:
        return None
    if provider.protocol == "ollama":
        address = _ollama_address(address)
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        example = OLLAMA if provider.protocol == "ollama" else "http://localhost:8000/v1"
        variable = provider.address_variable or "The address"
        raise SettingsError(f"{variable} is not the address of a server; write for example {example}.")
    return address


def _ollama_address(address: str) -> str:
    """The forms in which that program itself takes its address: without a scheme, without a port, 0.0.0.0 for any."""
    full = address if "://" in address else f"http://{address}"
    host, colon, _ = full.partition("://")[2].partition(":")
    if "://" not in address and not colon:
        full = f"http://{host}:11434"
    return re.sub(r"//0\.0\.0\.0(?=[:/]|$)", "//127.0.0.1", full)


def _usable_key(api_key: str | None, variable: str) -> str | None:
    key = (api_key or "").strip()
    if not re.fullmatch(r"[!-~]*", key):
        raise SettingsError(f"{variable or 'The API key'} holds spaces or letters no key can have; copy the key again.")
    return key or None
