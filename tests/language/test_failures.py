"""Errors of any vendor's library -> one sentence, by status where there is one and by name where there is none."""

from __future__ import annotations

import pytest

from chatrec.errors import ModelReplyError, ModelUnavailable
from chatrec.language.failures import detail, explain, pause_before_retry, retry_after, status_of
from chatrec.language.providers import ChatHandle

HANDLE = ChatHandle("openai", "tiny", api_key="sk-test-0123456789", base_url="http://user:pass@host.test/v1")


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


@pytest.mark.parametrize(("value", "seconds"), [("3", 3.0), ("0.5", 0.5), ("-1", 0.0), ("soon", None)])
def test_waiting_time_is_read(value: str, seconds: float | None) -> None:
    assert retry_after(VendorError(response=Response(429, retry_after=value))) == seconds
    assert retry_after(VendorError(response=Response(429))) is None


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
    assert pause_before_retry(error, HANDLE) == pause


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
