"""Whatever a model's library raised -> one ModelError whose sentence says what happened and how to mend it."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from chatrec.errors import ModelError, ModelReplyError, ModelUnavailable
from chatrec.language.limits import Limits

_BRIEF = 140
_TOO_LONG = re.compile(r"context[ _].{0,20}(length|window|size)|too (long|many tokens)|exceeds? .{0,30}context", re.IGNORECASE)
_WINDOW = re.compile(r"context (?:length|window|size)(?: is| of)?(?: only)?[ (]{1,2}(\d[\d,]{2,9})\b", re.IGNORECASE)
_SMALLEST_WINDOW = 256
_CHAT = "a chat completion"
_NOTHING = re.compile(r"no generation chunks", re.IGNORECASE)
_NAMED = {
    "ModelAuthenticationError": 401,
    "ModelPermissionDeniedError": 403,
    "ModelNotFoundError": 404,
    "ModelRateLimitError": 429,
    "ModelInvalidRequestError": 400,
}
_NO_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|billing|credit", re.IGNORECASE)


class Callee(Protocol):
    """What a sentence about a failed call needs to know of the model that was called."""

    name: str
    label: str
    setting: str
    limits: Limits
    key_variable: str
    address_variable: str
    address: str
    absent: str

    def scrub(self, text: str) -> str:
        """The text without keys."""
        ...


def status_of(error: BaseException) -> int | None:
    """The HTTP status behind an error, where there is one."""
    response = getattr(error, "response", None)
    for holder, name in ((error, "status_code"), (error, "code"), (response, "status_code")):
        status = getattr(holder, name, None)
        if isinstance(status, str) and re.fullmatch(r"[1-5]\d\d", status):
            status = int(status)  # an error inside a stream, whose own status was 200
        if isinstance(status, int) and 100 <= status <= 599:
            return status
    return next((status for word, status in _NAMED.items() if _is(error, word)), None)


def retry_after(error: BaseException, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float | None:
    """The seconds a server asks to wait, where it says so: in milliseconds, in seconds or as a date (RFC 9110, 10.2.3)."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    if headers is None:
        return None
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers[name]) * unit
        except (KeyError, ValueError, TypeError):
            continue
        if math.isfinite(seconds):
            return max(0.0, seconds)
    try:
        until = parsedate_to_datetime(headers["retry-after"])
    except (KeyError, ValueError, TypeError):
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now()).total_seconds())


def pause_before_retry(
    error: BaseException, limits: Limits, tried: int = 0, chance: Callable[[], float] = random.random
) -> float | None:
    """Seconds to wait before the next try; None where that cannot help or would keep the person waiting too long.

    A server's own time is kept to, and a tenth at most added; without one the pause doubles with each of the `tried` retries,
    of which a random half is taken off, so that callers who failed together do not come back together.
    """
    if not _may_pass(error):
        return None
    asked = retry_after(error)
    if asked is not None:
        return asked * (1.0 + 0.1 * chance()) if asked <= limits.patience else None
    return limits.pause * 2.0**tried * (1.0 - 0.5 * chance())


def _may_pass(error: BaseException) -> bool:
    if is_too_long(error):
        return False
    status = status_of(error)
    if status is None:
        return _is(error, "Connect") and not _is(error, "Timeout")
    if status == 429:
        return _NO_QUOTA.search(str(error)) is None
    return status in (408, 409) or status >= 500


def is_servers_fault(error: BaseException) -> bool:
    """Whether the next visitor's call would likely fail too: not where this request alone was refused."""
    status = status_of(error)
    return not is_too_long(error) and (status is None or status not in (400, 413, 414, 415, 422))


def may_have_cost(error: BaseException) -> bool:
    """Whether a model may have worked on a request that failed like this: it did not answer in time, rather than refuse."""
    return status_of(error) is None and (isinstance(error, TimeoutError) or _is(error, "Timeout"))


def is_too_long(error: BaseException) -> bool:
    """Whether a refused request says that it was longer than the model's window."""
    said = f"{error} {_body(error).get('code')} {_body(error).get('type')}"
    return (status_of(error) is not None or bool(_body(error))) and _TOO_LONG.search(said) is not None


def window_told(error: BaseException) -> int | None:
    """The tokens that the model's window holds, where a server that found a request too long says so."""
    if not is_too_long(error):
        return None
    named = _body(error).get("n_ctx")
    found = _WINDOW.search(str(error))
    tokens = named if isinstance(named, int) else int(found[1].replace(",", "")) if found else 0
    return tokens if tokens >= _SMALLEST_WINDOW else None


def _body(error: BaseException) -> Mapping[str, Any]:
    """What a server said in JSON about a failure; some libraries keep it as the error's body, some as its argument."""
    for said in (getattr(error, "body", None), *error.args[:1]):
        if isinstance(said, dict):
            inner = said.get("error")
            return inner if isinstance(inner, dict) else said
    return {}


def explain(error: BaseException, handle: Callee, *, begun: bool = False, wanted: str = _CHAT) -> ModelError:
    """The error for a person; `begun` says that part of the reply had arrived, `wanted` what the reply should have been."""
    model = handle.label
    if isinstance(error, ImportError):
        return ModelUnavailable(f"The library for the model {handle.name} cannot be loaded; install the package it needs")
    status = status_of(error)
    if is_too_long(error):
        return ModelUnavailable(_too_long(status, error, handle, chats=wanted == _CHAT))
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
    if _NOTHING.search(str(error)):
        return ModelReplyError(
            f"The server's reply for {model} held nothing; check the server's address{_hint(handle)}, and in its log "
            "whether the prompt was longer than its window (then set CHATREC_WINDOW)"
        )
    if isinstance(_body(error).get("message"), str):
        return ModelUnavailable(f"The model's server reported an error: {_excerpt(error, handle)}")
    return ModelReplyError(f"The server's reply for {model} was not {wanted}; check the server's address{_hint(handle)}")


def detail(error: BaseException, handle: Callee) -> str:
    """The library's own words for the trace, shortened and without keys."""
    text = " ".join(handle.scrub(str(error)).split())
    return f"{type(error).__name__}: {text[:300]}"


def _by_status(status: int, error: BaseException, handle: Callee) -> str:
    model, key = handle.label, handle.key_variable or "the key"
    if status == 401:
        return f"The model's server refused the API key (401); check {key}"
    if status == 403:
        return f"The API key may not use the model {model} (403); check the rights of {key} or choose another {handle.setting}"
    if status == 404:
        get = f" (to fetch it run: {handle.absent.format(model)})" if handle.absent else ""
        check = f"check {handle.setting} and the server's address{_hint(handle)}{get}"
        return f"The server does not know the model {model} (404); {check}"
    if status == 429 and _NO_QUOTA.search(str(error)):
        return f"The account behind {key} has no quota left (429); check its plan and billing"
    if status == 429:
        wait = retry_after(error)
        when = f"in {wait:.0f} seconds" if wait and wait >= 1.5 else "in a moment"
        return f"The model's server is getting too many requests (429); try again {when}"
    if status >= 500 or status in (408, 409):
        return f"The model's server failed ({status}); try again in a moment"
    return f"The model's server refused the request ({status}): {_excerpt(error, handle)}"


def _too_long(status: int | None, error: BaseException, handle: Callee, *, chats: bool) -> str:
    code = f" ({status})" if status is not None else ""
    window = window_told(error)
    if not chats:
        return f"A text is too long for the model {handle.label}{code}; choose one that takes longer texts"
    if window is None:
        return f"The conversation is too long for the model {handle.label}{code}; start a new one or choose a larger model"
    return (
        f"The prompt is too long for the model {handle.label}{code}, whose server holds {window:,} tokens; "
        "the next ones are cut to fit"
    )


def _excerpt(error: BaseException, handle: Callee) -> str:
    said = _body(error).get("message")
    text = " ".join(handle.scrub(said if isinstance(said, str) else str(error)).split())
    if "<html" in text.lower() or "<!doctype" in text.lower():
        return "it sent a web page"
    return text if len(text) <= _BRIEF else text[:_BRIEF].rstrip() + "…"


def _hint(handle: Callee) -> str:
    if not handle.address or not handle.address_variable:
        return ""
    ending = " (it usually ends in /v1)" if handle.address_variable == "OPENAI_BASE_URL" else ""
    return f" in {handle.address_variable}{ending}"


def _is(error: BaseException, word: str) -> bool:
    """Whether a class of the error is named for it: vendors share no error tree, but they agree on these words."""
    return any(word in kind.__name__ for kind in type(error).__mro__)
