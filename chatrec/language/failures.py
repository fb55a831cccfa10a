"""Whatever a model's library raised -> one ModelError whose sentence says what happened and how to mend it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from chatrec.errors import ModelError, ModelReplyError, ModelUnavailable
from chatrec.language.providers import ChatHandle

_BRIEF = 140
_TOO_LONG = re.compile(r"context.{0,20}(length|window)|too (long|many tokens)|exceeds? .{0,30}context", re.IGNORECASE)
_NAMED = {
    "ModelAuthenticationError": 401,
    "ModelPermissionDeniedError": 403,
    "ModelNotFoundError": 404,
    "ModelRateLimitError": 429,
    "ModelInvalidRequestError": 400,
}
_NO_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|billing|credit", re.IGNORECASE)


def status_of(error: BaseException) -> int | None:
    """The HTTP status behind an error, where there is one."""
    response = getattr(error, "response", None)
    for holder, name in ((error, "status_code"), (error, "code"), (response, "status_code")):
        status = getattr(holder, name, None)
        if isinstance(status, int) and 100 <= status <= 599:
            return status
    return next((status for word, status in _NAMED.items() if _is(error, word)), None)


def retry_after(error: BaseException) -> float | None:
    """The seconds a server asks to wait, where it says so."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    try:
        return max(0.0, float(headers["retry-after"])) if headers is not None else None
    except (KeyError, ValueError, TypeError):
        return None


def pause_before_retry(error: BaseException, handle: ChatHandle) -> float | None:
    """Seconds to wait before the one retry; None where a retry cannot help or would keep the person waiting too long."""
    status = status_of(error)
    if status is None:
        return handle.limits.pause if _is(error, "Connect") and not _is(error, "Timeout") else None
    if status not in (408, 409, 429, 529) and status < 500:
        return None
    if status == 429 and _NO_QUOTA.search(str(error)):
        return None
    wait = retry_after(error)
    wait = handle.limits.pause if wait is None else wait
    return wait if wait <= handle.limits.patience else None


def explain(error: BaseException, handle: ChatHandle, *, begun: bool = False) -> ModelError:
    """The error for a person; `begun` says that part of the reply had arrived."""
    model = handle.label
    if isinstance(error, ImportError):
        return ModelUnavailable(f"The library for the model {handle.name} cannot be loaded; install the package it needs")
    status = status_of(error)
    if status is not None:
        return ModelUnavailable(_by_status(status, error, handle))
    if isinstance(error, TimeoutError) or _is(error, "Timeout"):
        if begun:
            return ModelReplyError(f"The reply of {model} stalled and was given up; try again")
        return ModelUnavailable(
            f"The model {model} did not answer within {handle.limits.total:g} seconds; try again, or raise CHATREC_TIMEOUT"
        )
    if begun:
        return ModelReplyError(f"The reply of {model} was cut off; try again")
    if isinstance(error, ConnectionError) or _is(error, "Connect"):
        server = f" at {urlsplit(handle.address).hostname}" if handle.address else ""
        return ModelUnavailable(f"No connection to the model's server{server}; check its address and the network")
    return ModelReplyError(
        f"The server's reply for {model} was not a chat completion; check the server's address{_hint(handle)}"
    )


def detail(error: BaseException, handle: ChatHandle) -> str:
    """The library's own words for the trace, shortened and without keys."""
    text = " ".join(handle.scrub(str(error)).split())
    return f"{type(error).__name__}: {text[:300]}"


def _by_status(status: int, error: BaseException, handle: ChatHandle) -> str:
    model, key = handle.label, handle.key_variable or "the key"
    if status == 401:
        return f"The model's server refused the API key (401); check {key}"
    if status == 403:
        return f"The API key may not use the model {model} (403); check the rights of {key} or choose another CHATREC_MODEL"
    if status == 404:
        return f"The server does not know the model {model} (404); check CHATREC_MODEL and the server's address{_hint(handle)}"
    if status == 429 and _NO_QUOTA.search(str(error)):
        return f"The account behind {key} has no quota left (429); check its plan and billing"
    if status == 429:
        wait = retry_after(error)
        when = f"in {wait:g} seconds" if wait and wait >= 1 else "in a moment"
        return f"The model's server is getting too many requests (429); try again {when}"
    if status >= 500 or status in (408, 409):
        return f"The model's server failed ({status}); try again in a moment"
    if _TOO_LONG.search(str(error)):
        return f"The conversation is too long for the model {model} ({status}); start a new one or choose a larger model"
    return f"The model's server refused the request ({status}): {_excerpt(error, handle)}"


def _excerpt(error: BaseException, handle: ChatHandle) -> str:
    body = getattr(error, "body", None)
    said = body.get("message") if isinstance(body, dict) else None
    text = " ".join(handle.scrub(said if isinstance(said, str) else str(error)).split())
    if "<html" in text.lower() or "<!doctype" in text.lower():
        return "it sent a web page"
    return text if len(text) <= _BRIEF else text[:_BRIEF].rstrip() + "…"


def _hint(handle: ChatHandle) -> str:
    return " in OPENAI_BASE_URL (it usually ends in /v1)" if handle.address and handle.key_variable == "OPENAI_API_KEY" else ""


def _is(error: BaseException, word: str) -> bool:
    """Whether a class of the error is named for it: vendors share no error tree, but they agree on these words."""
    return any(word in kind.__name__ for kind in type(error).__mro__)
