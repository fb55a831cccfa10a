"""How a reply in JSON is asked for: by schema, as any object, or in words alone; and which of these a server can do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

FormatName = Literal["schema", "object", "text"]

DOUBTS = 2
"""Failures that may be the format's fault or not, after which a format that has never worked is given up."""

DISAPPOINTMENTS = 3
"""Unusable replies in a row after which a format that has worked before, or brings what has the right shape, is given up."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The JSON object a stage asks for. `strict` schemas name every key as required, as some servers want of a strict one."""

    name: str
    schema: Mapping[str, Any]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to ask for JSON: its name in the trace, the arguments of the call, and whether it needs a shape."""

    name: FormatName
    arguments: Callable[[Shape | None], dict[str, Any]]
    needs_shape: bool = False


TEXT = Rung("text", lambda shape: {})
"""Asking in words alone, which every server can do."""


class Ladder:
    """The ways to ask one server and model for JSON, the strictest first; remembers for every shape which one works.

    It only ever goes down. May be shared between threads.
    """

    def __init__(self, rungs: Sequence[Rung]) -> None:
        self._rungs = (*rungs, TEXT)
        self._lock = threading.Lock()
        self._at: dict[str, int] = {}
        self._proven: set[tuple[str, int]] = set()
        self._strikes: dict[tuple[str, int], int] = {}

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """All of them, the strictest first, words alone last."""
        return self._rungs

    def rung(self, shape: Shape | None, below: int = -1) -> tuple[int, Rung]:
        """The rung to ask on, and its place; `below` a place that was just refused, where one is."""
        start = max(self._at.get(_name(shape), 0), below + 1)
        for place in range(start, len(self._rungs)):
            if shape is not None or not self._rungs[place].needs_shape:
                return place, self._rungs[place]
        return len(self._rungs) - 1, TEXT

    def refused(self, shape: Shape | None, place: int) -> None:
        """The server will not have this rung: never ask on it again."""
        with self._lock:
            self._at[_name(shape)] = max(self._at.get(_name(shape), 0), min(place + 1, len(self._rungs) - 1))

    def doubted(self, shape: Shape | None, place: int) -> None:
        """A call failed on this rung and went well on the next one; that may have been chance."""
        self._strike(shape, place, DOUBTS)

    def disappointed(self, shape: Shape | None, place: int, *, shaped: bool = False) -> None:
        """The server took the request, and the reply held nothing usable. One of the right shape (`shaped`), with an empty list
        in it for example, is rather the model's fault, and does not alone tell against a format that was never seen to work."""
        self._strike(shape, place, DISAPPOINTMENTS if shaped or (_name(shape), place) in self._proven else 1)

    def worked(self, shape: Shape | None, place: int) -> None:
        """A usable reply came."""
        with self._lock:
            self._proven.add((_name(shape), place))
            self._strikes.pop((_name(shape), place), None)

    def _strike(self, shape: Shape | None, place: int, most: int) -> None:
        with self._lock:
            key = (_name(shape), place)
            self._strikes[key] = self._strikes.get(key, 0) + 1
            enough = self._strikes[key] >= most
        if enough:
            self.refused(shape, place)


def _name(shape: Shape | None) -> str:
    return shape.name if shape else ""


def picks_shape(candidates: int) -> Shape:
    """What RECOMMEND asks for: picks among candidates 1 to `candidates`, in the order in which they are shown."""
    pick = _object({"number": {"type": "integer", "enum": list(range(1, candidates + 1))}, "reason": _TEXT})
    keys = {"intro": _TEXT, "picks": {"type": "array", "items": pick}, "outro": _TEXT}
    return Shape("picks", _object(keys), strict=True)


def reading_shape() -> Shape:
    """What READ asks for. Every key may be left out, so it is no strict schema: writing empty keys would cost time."""
    quoted = {"number": {"type": "integer"}, "quote": _TEXT}
    said = {"type": "string", "enum": ["like", "dislike", "seen", "neutral"]}
    named = {"title": _TITLE, "year": {"type": "integer"}, "said": said}
    must = {
        "field": {"type": "string", "enum": list(_FIELDS)},
        "in": _TEXTS,
        "not": _TEXTS,
        "from": {"type": "number"},
        "to": {"type": "number"},
        "quote": _TEXT,
        "text": _TEXT,
    }
    learned = {
        "kind": {"type": "string", "enum": ["like", "dislike", "fact"]},
        "text": _TEXT,
        "tags": _TEXTS,
        "quote": _TEXT,
    }
    keys = {
        "intent": {"type": "string", "enum": list(_INTENTS)},
        "language": _TEXT,
        "wish": _TEXT,
        "count": {"type": "integer"},
        "named": _list(_object(named, required=("title",))),
        "similar_to": _list(_TITLE),
        "must": _list(_object(must, required=("field",))),
        "learned": _list(_object(learned, required=("kind", "text"))),
        "forget": _list(_object(quoted, required=("number",))),
        "about": _list(_TITLE),
        "aspect": _TEXT,
    }
    return Shape("reading", _object(keys, required=("intent",)))


_INTENTS = ("recommend", "more", "question", "compare", "profile", "feedback", "greeting", "thanks", "off_topic")
_FIELDS = (
    *("genre", "language", "country", "person", "topic", "year", "runtime", "age", "renown"),
    *("violence", "fear", "sex", "swearing", "drugs"),
)
_TEXT: Mapping[str, Any] = {"type": "string"}
_TITLE: Mapping[str, Any] = {"anyOf": [{"type": "string"}, {"type": "integer"}]}
_TEXTS: Mapping[str, Any] = {"type": "array", "items": _TEXT}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(keys: Mapping[str, Any], required: Sequence[str] | None = None) -> dict[str, Any]:
    needed = list(keys) if required is None else list(required)
    return {"type": "object", "properties": dict(keys), "required": needed, "additionalProperties": False}
