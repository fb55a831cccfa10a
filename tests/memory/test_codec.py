"""Records survive the way to JSON and back; rows of other versions load or are refused by name."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatrec.memory.codec import CodecError, decode, encode
from chatrec.records import Constraint, Pick, Profile, Request, Sentence, Trace, Turn


def _through_json(record: Any) -> Any:
    return decode(type(record), json.loads(json.dumps(encode(record), allow_nan=False)))


@settings(max_examples=60, deadline=None)
@given(st.from_type(Turn))
def test_every_turn_comes_back_equal(turn: Turn) -> None:
    if not _holds_nan(encode(turn)):
        assert _through_json(turn) == turn


def _holds_nan(data: Any) -> bool:
    if isinstance(data, dict):
        return any(_holds_nan(value) for value in data.values())
    return any(_holds_nan(value) for value in data) if isinstance(data, list) else data == "NaN"


@settings(max_examples=60, deadline=None)
@given(st.from_type(Profile))
def test_every_profile_comes_back_equal(profile: Profile) -> None:
    if not _holds_nan(encode(profile)):
        assert _through_json(profile) == profile


def test_numbers_that_json_lacks_survive() -> None:
    low, high, none = (_through_json(Constraint("year", at_least=n)).at_least for n in (-math.inf, math.inf, math.nan))
    assert (low, high) == (-math.inf, math.inf)
    assert math.isnan(none)


def test_any_text_survives_lone_surrogates_and_nuls_included() -> None:
    assert _through_json(Turn(1, "a\0b\ud800 千 😀")).message == "a\0b\ud800 千 😀"


@dataclass(frozen=True)
class Later:
    at: datetime
    pair: tuple[str, int] = ("", 0)
    kind: Literal["a", "b"] = "a"
    anything: Any = None
    names: tuple[str, ...] = field(default=())


def test_times_pairs_and_untyped_values_survive() -> None:
    later = Later(datetime(2026, 1, 2, tzinfo=UTC), ("x", 2), "b", {"deep": [1, None, "x"]})
    assert _through_json(later) == later


def test_unknown_keys_are_ignored_and_missing_ones_take_their_defaults() -> None:
    assert decode(Pick, {"item_id": "x", "title": "X", "year": None, "rank": 1, "reason": "", "colour": "red"}) == Pick(
        "x", "X", None, 1, ""
    )


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        (Pick, {"item_id": "x"}, "Pick.title is missing"),
        (Pick, [], "Pick: not an object"),
        (Sentence, {"id": "s", "text": "t", "kind": "wish", "source": "edit"}, "Sentence.kind"),
        (Sentence, {"id": "s", "text": "t", "kind": "like", "source": "edit", "on": 1}, "Sentence.on"),
        (Sentence, {"id": 3, "text": "t", "kind": "like", "source": "edit"}, "Sentence.id"),
        (Request, {"intent": "more", "message": "", "count": True}, "Request.count"),
        (Request, {"intent": "more", "message": "", "count": 2.5}, "Request.count"),
        (Request, {"intent": "more", "message": "", "anchors": "dune"}, "Request.anchors"),
        (
            Request,
            {"intent": "more", "message": "", "constraints": [{"field": "year", "at_least": "1990"}]},
            "constraints[0].at_least",
        ),
        (Trace, {"dropped": {"off_list": "2"}}, "Trace.dropped.off_list"),
        (Later, {"at": "yesterday"}, "Later.at"),
        (Later, {"at": "2026-01-02", "pair": ["x"]}, "Later.pair"),
        (Turn, {"number": 1, "message": "", "request": 3}, "Turn.request"),
    ],
)
def test_wrong_data_is_refused_by_the_name_of_its_key(kind: type[Any], data: Any, told: str) -> None:
    with pytest.raises(CodecError, match=told.replace("[", r"\[").replace("]", r"\]")):
        decode(kind, data)


def test_things_without_a_form_in_json_are_refused() -> None:
    with pytest.raises(CodecError, match="object"):
        encode({"x": object()})
