"""Records <-> JSON-able data, driven by the fields and type hints of the frozen dataclasses; never pickle."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_ENDLESS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class CodecError(ValueError):
    """The data does not have the form of the record; the message says at which key."""


def encode(record: object) -> Any:
    """A record, or any nesting of records, tuples, mappings and plain values, as data that JSON can hold.

    Every field is written, tuples become lists, times ISO 8601 texts, and numbers JSON lacks the texts NaN and Infinity.
    """
    if is_dataclass(record) and not isinstance(record, type):
        return {field.name: encode(getattr(record, field.name)) for field in fields(record)}
    if isinstance(record, Mapping):
        return {str(key): encode(value) for key, value in record.items()}
    if isinstance(record, (list, tuple, set, frozenset)):
        return [encode(value) for value in record]
    if isinstance(record, float) and not math.isfinite(record):
        return "NaN" if math.isnan(record) else "Infinity" if record > 0 else "-Infinity"
    if isinstance(record, datetime):
        return record.isoformat()
    if record is None or isinstance(record, (str, int, float, bool)):
        return record
    raise CodecError(f"{type(record).__name__} has no form in JSON")


def decode(kind: type[T], data: Any) -> T:
    """Data written by `encode` as a record of this kind; unknown keys are ignored, missing ones take their defaults.

    Raises CodecError where a value has the wrong type or a field without a default is missing.
    """
    result: T = _decode(kind, data, kind.__name__)
    return result


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, data: Any, at: str) -> Any:
    if kind is Any:
        return data
    if isinstance(kind, type) and is_dataclass(kind):
        return _decode_record(kind, data, at)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        if data in arguments and any(type(data) is type(argument) for argument in arguments):
            return data
    elif origin in (Union, types.UnionType):
        return _decode_union(arguments, data, at)
    elif origin is tuple:
        if isinstance(data, list):
            return _decode_tuple(arguments, data, at)
    elif origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        if isinstance(data, Mapping) and all(isinstance(key, str) for key in data):
            return {key: _decode(arguments[1], value, f"{at}.{key}") for key, value in data.items()}
    elif kind is float:
        if isinstance(data, str) and data in _ENDLESS:
            return _ENDLESS[data]
        if isinstance(data, (int, float)) and not isinstance(data, bool):
            return float(data)
    elif kind is datetime:
        if isinstance(data, str):
            try:
                return datetime.fromisoformat(data)
            except ValueError as error:
                raise CodecError(f"{at}: {error}") from None
    elif isinstance(kind, type) and type(data) is kind:
        return data
    raise CodecError(f"{at}: {str(data)[:60]!r} is not {getattr(kind, '__name__', kind)}")


def _decode_record(kind: type, data: Any, at: str) -> Any:
    if not isinstance(data, Mapping):
        raise CodecError(f"{at}: not an object")
    hints = _hints(kind)
    values = {}
    for field in fields(kind):
        if field.name in data:
            values[field.name] = _decode(hints[field.name], data[field.name], f"{at}.{field.name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise CodecError(f"{at}.{field.name} is missing")
    return kind(**values)


def _decode_union(arguments: tuple[Any, ...], data: Any, at: str) -> Any:
    if data is None and type(None) in arguments:
        return None
    failures = []
    for argument in arguments:
        if argument is not type(None):
            try:
                return _decode(argument, data, at)
            except CodecError as error:
                failures.append(str(error))
    raise CodecError(failures[0] if failures else f"{at}: must be null")


def _decode_tuple(arguments: tuple[Any, ...], data: list[Any], at: str) -> tuple[Any, ...]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_decode(arguments[0], value, f"{at}[{n}]") for n, value in enumerate(data))
    if len(arguments) != len(data):
        raise CodecError(f"{at}: {len(arguments)} values are expected, not {len(data)}")
    return tuple(
        _decode(argument, value, f"{at}[{n}]") for n, (argument, value) in enumerate(zip(arguments, data, strict=True))
    )
