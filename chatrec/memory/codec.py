"""Records <-> JSON-able data, driven by the fields and type hints of the frozen dataclasses; never pickle."""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_AS_IS = frozenset((str, int, bool, type(None)))
_ENDLESS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class CodecError(ValueError):
    """The data does not have the form of the record; the message says at which key."""


def encode(record: object) -> Any:
    """A record, or any nesting of records, tuples, mappings and plain values, as data that JSON can hold.

    Every field is written, tuples become lists, times ISO 8601 texts, and numbers JSON lacks the texts NaN and Infinity.
    """
    kind: type = type(record)
    if kind in _AS_IS:
        return record
    if isinstance(record, float) and math.isfinite(record):
        return record
    names = _names(kind)
    if names is not None:
        return {name: encode(getattr(record, name)) for name in names}
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


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The fields of a record; None for what is none."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def decode(kind: type[T], data: Any) -> T:
    """Data written by `encode` as a record of this kind; unknown keys are ignored, missing ones take their defaults.

    Raises CodecError where a value has the wrong type or a field without a default is missing.
    """
    try:
        read: Any = _reader
        result: T = read(kind)(data)
    except _Misfit as misfit:
        raise CodecError(f"{kind.__name__}{misfit.place}{misfit.problem}") from None
    return result


class _Misfit(Exception):
    """What is wrong, and at which place below where it is caught: the way there is only written down when it is needed."""

    def __init__(self, problem: str, place: str = "") -> None:
        self.problem = problem
        self.place = place

    def below(self, step: str) -> _Misfit:
        """The same, seen from one step above."""
        return _Misfit(self.problem, step + self.place)


Read = Callable[[Any], Any]
"""Data -> the value it stands for; raises _Misfit."""


@cache
def _reader(kind: Any) -> Read:
    """How data of a kind is read, worked out once: records have dozens of fields and are read by the hundred."""
    if kind is Any:
        return lambda data: data
    if isinstance(kind, type) and is_dataclass(kind):
        return _record_reader(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _literal_reader(kind, arguments)
    if origin in (Union, types.UnionType):
        return _union_reader(arguments)
    if origin is tuple:
        return _tuple_reader(kind, arguments)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_reader(kind, arguments[1])
    if kind is float:
        return _read_float
    if kind is datetime:
        return _read_time
    return _plain_reader(kind)


def _misfit(kind: Any, data: Any) -> _Misfit:
    return _Misfit(f": {str(data)[:60]!r} is not {getattr(kind, '__name__', kind)}")


def _plain_reader(kind: Any) -> Read:
    def read(data: Any) -> Any:
        if type(data) is not kind:
            raise _misfit(kind, data)
        return data

    return read


def _read_float(data: Any) -> float:
    if isinstance(data, str) and data in _ENDLESS:
        return _ENDLESS[data]
    if isinstance(data, (int, float)) and not isinstance(data, bool):
        return float(data)
    raise _misfit(float, data)


def _read_time(data: Any) -> datetime:
    if not isinstance(data, str):
        raise _misfit(datetime, data)
    try:
        return datetime.fromisoformat(data)
    except ValueError as error:
        raise _Misfit(f": {error}") from None


def _literal_reader(kind: Any, allowed: tuple[Any, ...]) -> Read:
    def read(data: Any) -> Any:
        if data in allowed and any(type(data) is type(each) for each in allowed):
            return data
        raise _misfit(kind, data)

    return read


def _union_reader(kinds: tuple[Any, ...]) -> Read:
    nothing = type(None) in kinds
    readers = [_reader(kind) for kind in kinds if kind is not type(None)]

    def read(data: Any) -> Any:
        if data is None and nothing:
            return None
        failure: _Misfit | None = None
        for reader in readers:
            try:
                return reader(data)
            except _Misfit as misfit:
                failure = failure or misfit
        raise failure or _Misfit(": must be null")

    return read


def _record_reader(kind: type) -> Read:
    hints = get_type_hints(kind)
    wanted = [(f.name, _reader(hints[f.name]), f.default is MISSING and f.default_factory is MISSING) for f in fields(kind)]

    def read(data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise _Misfit(": not an object")
        values = {}
        for name, reader, required in wanted:
            if name in data:
                try:
                    values[name] = reader(data[name])
                except _Misfit as misfit:
                    raise misfit.below(f".{name}") from None
            elif required:
                raise _Misfit(" is missing", f".{name}")
        return kind(**values)

    return read


def _mapping_reader(kind: Any, of: Any) -> Read:
    reader = _reader(of)

    def read(data: Any) -> Any:
        if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
            raise _misfit(kind, data)
        values = {}
        for key, value in data.items():
            try:
                values[key] = reader(value)
            except _Misfit as misfit:
                raise misfit.below(f".{key}") from None
        return values

    return read


def _tuple_reader(kind: Any, of: tuple[Any, ...]) -> Read:
    endless = len(of) == 2 and of[1] is Ellipsis
    readers = [_reader(each) for each in of if each is not Ellipsis]

    def read(data: Any) -> Any:
        if not isinstance(data, list):
            raise _misfit(kind, data)
        if not endless and len(data) != len(readers):
            raise _Misfit(f": {len(readers)} values are expected, not {len(data)}")
        values = []
        for place, value in enumerate(data):
            try:
                values.append(readers[0 if endless else place](value))
            except _Misfit as misfit:
                raise misfit.below(f"[{place}]") from None
        return tuple(values)

    return read
