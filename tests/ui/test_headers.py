"""The policy every response carries."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from chatrec.ui.headers import POLICY, SafeHeaders


def test_every_response_forbids_other_hosts() -> None:
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("x"))], middleware=[Middleware(SafeHeaders)])
    response = TestClient(app).get("/")
    assert response.headers["content-security-policy"] == POLICY
    assert "default-src 'self'" in POLICY
    assert "http" not in POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
