"""CHECK over the films that ship: false claims are caught, and nearly all true reasons raise no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.evidence.check import find_claims
from chatrec.evidence.facts import Knowledge
from chatrec.evidence.passage import Finding
from tests.evidence.reasons import PROFILE, REQUEST
from tests.evidence.shipped_reasons import FALSE, TRUE

UNRECORDED = {"Raj", "Brooklyn", "Civil War"}
"""True words of which the catalog records nothing."""


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    catalog, _ = read_catalog(Path(__file__).parents[2] / "data" / "movies")
    return catalog


def claims(catalog: Catalog, item_id: str, reason: str) -> list[Finding]:
    return find_claims(reason, Knowledge(catalog[item_id], PROFILE, REQUEST, catalog))


@pytest.mark.parametrize(("item_id", "reason"), TRUE)
def test_a_true_reason_raises_no_false_alarm(shipped: Catalog, item_id: str, reason: str) -> None:
    found = claims(shipped, item_id, reason)
    assert any(f.supported for f in found), "a reason full of facts must yield claims"
    assert {reason[f.start : f.end] for f in found if not f.supported} <= UNRECORDED


@pytest.mark.parametrize(("item_id", "reason", "planted"), FALSE)
def test_a_planted_false_claim_is_caught(shipped: Catalog, item_id: str, reason: str, planted: str) -> None:
    start = reason.index(planted)
    found = claims(shipped, item_id, reason)
    assert any(not f.supported and f.start < start + len(planted) and start < f.end for f in found)
