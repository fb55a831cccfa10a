"""The ladder of reply formats, and schemas that say what the prompts say."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatrec.language.formats import TEXT, Ladder, Rung, Shape, picks_shape, reading_shape
from chatrec.language.stages import STAGES

SHAPE, OTHER = Shape("picks", {}), Shape("reading", {})


def ladder() -> Ladder:
    return Ladder(
        (Rung("schema", lambda s: {"s": 1}, needs_shape=True), Rung("object", lambda s: {"o": 1})),
    )


def names(steps: Ladder, shape: Shape | None) -> str:
    return steps.rung(shape)[1].name


def test_without_a_shape_no_schema_is_asked_for() -> None:
    assert names(ladder(), SHAPE) == "schema"
    assert names(ladder(), None) == "object"


def test_a_refused_format_is_never_asked_for_again_and_other_shapes_keep_theirs() -> None:
    steps = ladder()
    steps.refused(SHAPE, 0)
    assert (names(steps, SHAPE), names(steps, OTHER)) == ("object", "schema")
    steps.refused(SHAPE, 1)
    steps.refused(SHAPE, 2)
    assert steps.rung(SHAPE)[1] is TEXT


def test_a_format_that_never_brought_anything_goes_at_the_first_useless_reply() -> None:
    steps = ladder()
    steps.disappointed(SHAPE, 0)
    assert names(steps, SHAPE) == "object"


def test_useless_replies_of_the_right_shape_tell_against_a_format_only_together() -> None:
    steps = ladder()
    for _ in range(2):
        steps.disappointed(SHAPE, 0, shaped=True)
        assert names(steps, SHAPE) == "schema"
    steps.disappointed(SHAPE, 0, shaped=True)
    assert names(steps, SHAPE) == "object"


def test_a_format_that_works_survives_a_useless_reply_or_two() -> None:
    steps = ladder()
    steps.worked(SHAPE, 0)
    for _ in range(2):
        steps.disappointed(SHAPE, 0)
    steps.worked(SHAPE, 0)
    for _ in range(2):
        steps.disappointed(SHAPE, 0)
    assert names(steps, SHAPE) == "schema"
    steps.disappointed(SHAPE, 0)
    assert names(steps, SHAPE) == "object"


def test_one_doubt_may_be_chance_two_are_not() -> None:
    steps = ladder()
    steps.doubted(SHAPE, 0)
    assert names(steps, SHAPE) == "schema"
    steps.doubted(SHAPE, 0)
    assert names(steps, SHAPE) == "object"


def _objects(schema: object) -> list[dict[str, object]]:
    if isinstance(schema, list):
        return [found for each in schema for found in _objects(each)]
    if not isinstance(schema, dict):
        return []
    inner = [found for each in schema.values() for found in _objects(each)]
    return [schema, *inner] if schema.get("type") == "object" else inner


@given(st.integers(1, 30))
def test_a_pick_can_only_be_a_number_of_the_list(count: int) -> None:
    schema = picks_shape(count).schema
    assert schema["properties"]["picks"]["items"]["properties"]["number"]["enum"] == list(range(1, count + 1))


@pytest.mark.parametrize("shape", [picks_shape(3), reading_shape()])
def test_schemas_are_plain_and_closed(shape: Shape) -> None:
    found = _objects(json.loads(json.dumps(shape.schema)))
    assert found
    for each in found:
        assert each["additionalProperties"] is False
        assert set(each["required"]) <= set(each["properties"])  # type: ignore[call-overload]
        if shape.strict:
            assert list(each["required"]) == list(each["properties"])  # type: ignore[call-overload]


@pytest.mark.parametrize(("stage", "shape"), [("recommend", picks_shape(3)), ("profile", reading_shape())])
def test_the_schema_names_the_keys_the_prompt_names(stage: str, shape: Shape) -> None:
    words = STAGES[stage].reply_format
    keys = [key for each in _objects(shape.schema) for key in each["properties"]]  # type: ignore[attr-defined]
    for key in keys:
        assert f'"{key}"' in words, key
    if stage == "profile":
        assert set(shape.schema["properties"]) == set(re.findall(r'^"(\w+)":', words, re.MULTILINE)) - {"said"}


def test_the_picks_come_in_the_order_in_which_they_are_shown() -> None:
    schema = picks_shape(3).schema
    assert list(schema["properties"]) == ["intro", "picks", "outro"]
    assert list(schema["properties"]["picks"]["items"]["properties"]) == ["number", "reason"]
