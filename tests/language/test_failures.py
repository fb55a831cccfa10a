"""Errors of any vendor's library -> one sentence, by status where there is one and by name where there is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chatrec.errors import ModelReplyError, ModelUnavailable
from chatrec.language.failures import (
    detail,
    explain,
    is_servers_fault,
    is_too_long,
    pause_before_retry,
    retry_after,
    status_of,
    window_told,
)
from chatrec.language.limits import Limits
from chatrec.language.providers import open_model

HANDLE = open_model("openai:tiny", api_key="sk-test-0123456789", base_url="http://user:pass@host.test/v1")
STEADY = Limits()


class Response:
    def __init__(self, status: int, **headers: str) -> None:
        self.status_code = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class VendorError(Exception):
    def __init__(self, text: str = "", response: Response | None = None, code: object = None) -> None:
        super().__init__(text)
        self.response = response
        self.code = code


class ModelRateLimitError(Exception):
    """Named as langchain-core names it; carries no status."""


class ConnectError(Exception):
    """Named as HTTP libraries name it."""


class ReadTimeoutError(Exception):
    """Named as HTTP libraries name it."""


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (VendorError(response=Response(503)), 503),
        (VendorError(code=429), 429),
        (VendorError(code="insufficient_quota"), None),
        (VendorError(code=7), None),
        (ModelRateLimitError(), 429),
        (ValueError(), None),
    ],
)
def test_status_is_found_wherever_a_vendor_keeps_it(error: Exception, status: int | None) -> None:
    assert status_of(error) == status


@pytest.mark.parametrize(("value", "seconds"), [("3", 3.0), ("0.5", 0.5), ("-1", 0.0), ("soon", None), ("1e999", None)])
def test_waiting_time_is_read(value: str, seconds: float | None) -> None:
    assert retry_after(VendorError(response=Response(429, retry_after=value))) == seconds
    assert retry_after(VendorError(response=Response(429))) is None


def test_waiting_time_may_be_a_date_or_milliseconds() -> None:
    error = VendorError(response=Response(429, retry_after="Fri, 20 Nov 2026 12:00:30 GMT"))
    assert retry_after(error, lambda: datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)) == 30.0
    assert retry_after(error, lambda: datetime(2026, 11, 20, 13, 0, 0, tzinfo=UTC)) == 0.0
    assert retry_after(VendorError(response=Response(429, retry_after_ms="250"))) == 0.25


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (VendorError(response=Response(500)), 0.5),
        (VendorError(response=Response(429, retry_after="2")), 2.0),
        (VendorError(response=Response(429, retry_after="60")), None),
        (VendorError("insufficient_quota", response=Response(429)), None),
        (VendorError(response=Response(401)), None),
        (ConnectError(), 0.5),
        (ReadTimeoutError(), None),
        (TimeoutError(), None),
        (ValueError(), None),
    ],
)
def test_only_what_may_pass_soon_is_tried_again(error: Exception, pause: float | None) -> None:
    assert pause_before_retry(error, STEADY, chance=lambda: 0.0) == pause


def test_pauses_double_and_are_spread_by_chance() -> None:
    trouble = VendorError(response=Response(503))
    assert [pause_before_retry(trouble, STEADY, tried, lambda: 0.0) for tried in (0, 1, 2)] == [0.5, 1.0, 2.0]
    assert pause_before_retry(trouble, STEADY, 0, lambda: 1.0) == 0.25


def test_a_servers_own_time_is_never_cut_short() -> None:
    asked = VendorError(response=Response(429, retry_after="2"))
    assert pause_before_retry(asked, STEADY, 3, lambda: 0.0) == 2.0
    assert pause_before_retry(asked, STEADY, 0, lambda: 1.0) == pytest.approx(2.2)


@pytest.mark.parametrize(("status", "fault"), [(400, False), (413, False), (422, False), (401, True), (429, True), (500, True)])
def test_a_request_that_was_refused_alone_says_nothing_about_the_next(status: int, fault: bool) -> None:
    assert is_servers_fault(VendorError(response=Response(status))) is fault
    assert is_servers_fault(ReadTimeoutError())


TOO_LONG = [
    (VendorError("the request exceeds the available context size. try increasing it", Response(500)), None),
    (VendorError("request (2358 tokens) exceeds the available context size (2048 tokens)", Response(400)), 2048),
    (VendorError("This model's maximum context length is 8,192 tokens. You requested 9000", Response(400)), 8192),
    (VendorError("Requested tokens (1700) exceed context window of 512", Response(500)), 512),
    (VendorError("the model is loaded with context length of only 4096 tokens", Response(400)), 4096),
    (VendorError("prompt is too long: 208310 tokens > 200000 maximum", Response(400)), None),
    (ValueError({"code": 400, "message": "too long", "type": "exceed_context_size_error", "n_ctx": 1024}), 1024),
    (VendorError("maximum context length is 10 tokens", Response(400)), None),
]


@pytest.mark.parametrize(("error", "window"), TOO_LONG)
def test_too_long_a_prompt_is_known_by_its_words_is_not_tried_again_and_tells_the_window(
    error: Exception, window: int | None
) -> None:
    assert is_too_long(error)
    assert not is_servers_fault(error)
    assert pause_before_retry(error, STEADY) is None
    assert window_told(error) == window
    told = explain(error, HANDLE)
    assert isinstance(told, ModelUnavailable)
    assert "too long for the model tiny" in str(told)
    assert ("the next ones are cut to fit" in str(told)) == (window is not None)


def test_words_about_length_without_a_servers_failure_are_no_window() -> None:
    assert not is_too_long(ValueError("the context size is 4096"))
    assert window_told(VendorError("context size 4096", None)) is None


def test_a_text_too_long_to_embed_is_not_called_a_prompt() -> None:
    told = explain(TOO_LONG[2][0], HANDLE, wanted="an embedding")
    assert str(told) == "A text is too long for the model tiny (400); choose one that takes longer texts"


def test_a_status_inside_a_stream_counts() -> None:
    assert status_of(VendorError("Overloaded", code="529")) == 529
    assert status_of(VendorError("", code="context_length_exceeded")) is None


def test_errors_without_a_status_are_told_by_their_kind() -> None:
    assert "did not answer within 60 seconds" in str(explain(ReadTimeoutError(), HANDLE))
    assert "No connection to the model's server at host.test;" in str(explain(ConnectError(), HANDLE))
    assert "No connection" in str(explain(ConnectionResetError(), HANDLE))
    assert "cannot be loaded" in str(explain(ImportError("langchain_x"), HANDLE))
    assert isinstance(explain(KeyError("choices"), HANDLE), ModelReplyError)
    assert isinstance(explain(ModelRateLimitError(), HANDLE), ModelUnavailable)


def test_what_breaks_a_reply_that_had_begun_cut_it() -> None:
    assert "cut off" in str(explain(ConnectError(), HANDLE, begun=True))
    assert "stalled" in str(explain(TimeoutError(), HANDLE, begun=True))


def test_detail_is_one_short_line_without_keys() -> None:
    text = detail(VendorError("bad key\nsk-test-0123456789 " + "x" * 900), HANDLE)
    assert text.startswith("VendorError: bad key [key] xxx")
    assert len(text) < 330
