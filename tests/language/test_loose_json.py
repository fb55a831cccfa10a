"""Loose JSON: valid text is read exactly in any chunks, broken text as far as it goes, and nothing ever raises."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatrec.language.loose_json import DEEPEST, Event, LooseJson, Piece, Value

SCALARS = (
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=12
).filter(lambda value: isinstance(value, (dict, list)))


def events_of(text: str, size: int = 3) -> list[Event]:
    reader = LooseJson()
    events: list[Event] = []
    for start in range(0, len(text), size):
        events += reader.feed(text[start : start + size])[0]
        if not reader.open:
            return events
    return events + reader.finish()


def read(text: str, size: int = 3) -> Any:
    last = events_of(text, size)[-1]
    assert isinstance(last, Value)
    assert last.path == ()
    return last.value


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS, st.booleans(), st.sampled_from([None, 2]), st.integers(1, 9))
def test_valid_json_is_read_exactly(document: Any, ascii_only: bool, indent: int | None, size: int) -> None:
    text = json.dumps(document, ensure_ascii=ascii_only, indent=indent)
    assert read(text, size) == json.loads(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="{}[]\"',: ab1\\u“”\n", max_size=80), st.integers(1, 7))
def test_no_text_raises(junk: str, size: int) -> None:
    assert read("{" + junk, size) is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1,}', {"a": 1}),
        ('{"a": [1, 2,],}', {"a": [1, 2]}),
        ('{"a": 1 "b": 2}', {"a": 1, "b": 2}),
        ("{a: 1, b: two}", {"a": 1, "b": "two"}),
        ("{“a”: “one, two”}", {"a": "one, two"}),
        ("{'a': 'it's here, now', 'b': 1}", {"a": "it's here, now", "b": 1}),
        ('{"a": "the film "Alien" is old", "b": 2}', {"a": 'the film "Alien" is old', "b": 2}),
        ('{"a": "calls it "home", then leaves", "b": 2}', {"a": 'calls it "home", then leaves', "b": 2}),
        ('{"a": "two\nlines"}', {"a": "two\nlines"}),
        ('{"a": "\\ud83d\\ude00 \\u00e9"}', {"a": "😀 é"}),
        ('{"a": "\\ud83d alone"}', {"a": "\ufffd alone"}),
        ('{"a": "wrong \\x escape"}', {"a": "wrong x escape"}),
        ('{"a": #3, "b": 3.}', {"a": "#3", "b": "3."}),
        ('{"a": [{"b": 1], "c": 2}', {"a": [{"b": 1}], "c": 2}),
        ('{"a": True, "b": None}', {"a": True, "b": None}),
        ('{"a": 1, "b": "cut off he', {"a": 1}),
        ('{"a": 1, "b": [{"c": 2}, {"d', {"a": 1, "b": [{"c": 2}, {}]}),
    ],
)
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_what_models_get_wrong_is_understood(text: str, value: Any, size: int) -> None:
    assert read(text, size) == value


def test_texts_grow_piece_by_piece() -> None:
    reader = LooseJson()
    assert reader.feed('{"intro": "Hel')[0] == [Piece(("intro",), "Hel")]
    assert reader.feed("lo")[0] == [Piece(("intro",), "lo")]
    assert reader.feed('", ')[0] == []
    assert reader.feed('"x')[0] == [Value(("intro",), "Hello")]


def test_object_is_reported_the_moment_it_closes() -> None:
    reader = LooseJson()
    assert reader.feed('{"picks": [{"number": 3')[0] == []
    assert reader.feed("}")[0] == [Value(("picks", 0, "number"), 3), Value(("picks", 0), {"number": 3})]
    assert reader.open


def test_rest_after_the_end_is_given_back() -> None:
    reader = LooseJson()
    events, rest = reader.feed('{"a": 1} and more')
    assert events[-1] == Value((), {"a": 1})
    assert rest == " and more"
    assert not reader.open


def test_bottomless_nesting_is_flattened() -> None:
    assert len(str(read('{"a":' * 5_000))) < 40 * DEEPEST
    assert read("[" * 100 + "1" + "]" * 100) is not None
