"""Text in chunks -> JSON values as they complete, forgiving what language models get wrong; it never raises on bad text.

Beyond JSON it takes smart and single quotes, keys without quotes, missing and trailing commas, raw line breaks and
unescaped quotes inside strings, bare words as values, and closing brackets that are missing. Valid JSON is read exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
DEEPEST = 32
"""Containers inside containers beyond this depth are read as if their brackets were not there."""

_CLOSERS = {'"': '"', "“": '”“"', "”": '”“"', "„": '”“"', "«": "»", "'": "'", "‘": "’'"}
_TEXT_END = {closers: re.compile(rf"[\\\\{re.escape(closers)}]") for closers in _CLOSERS.values()}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_BARE_END = re.compile(r'[\s,:}\]{\["“]')
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "None": None, "True": True, "False": False}


@dataclass(frozen=True, slots=True)
class Piece:
    """More of a text value that is still growing; `path` leads to it from the root."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value that is complete; with the path () the document is."""

    path: Path
    value: Any


Event = Piece | Value


@dataclass(slots=True)
class _Frame:
    value: Any
    key: str | None = None
    keyed: bool = False
    bare_keys: bool = False

    @property
    def step(self) -> str | int:
        return len(self.value) if isinstance(self.value, list) else (self.key or "")


@dataclass(slots=True)
class _Text:
    closers: str
    is_key: bool
    whole: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    escape: str = ""
    surrogate: str = ""
    held: str = ""

    def add(self, text: str) -> None:
        self.whole.append(text)
        self.fresh.append(text)


class LooseJson:
    """Reads one document after another. `open` says whether one has begun and not ended."""

    def __init__(self) -> None:
        self._stack: list[_Frame] = []
        self._text: _Text | None = None
        self._bare = ""
        self._too_deep = 0
        self._events: list[Event] = []

    @property
    def open(self) -> bool:
        """Whether the text so far ends inside a document."""
        return bool(self._stack)

    def feed(self, chunk: str) -> tuple[list[Event], str]:
        """What the chunk completes, and the rest of it after the document's end (empty while it is open).

        The document must begin with { or [.
        """
        position = 0
        while position < len(chunk):
            position = self._step(chunk, position)
            if not self._stack:
                break
        self._flush()
        events, self._events = self._events, []
        return events, chunk[position:]

    def finish(self) -> list[Event]:
        """Close what is still open, as far as it is usable: a text or word that was not ended is left out."""
        text, self._text = self._text, None
        if text is not None and text.held:
            self._end_text(text)
        self._bare = ""
        while self._stack:
            self._pop()
        events, self._events = self._events, []
        return events

    # ------------------------------------------------------------------ one step

    def _step(self, chunk: str, position: int) -> int:
        character = chunk[position]
        if self._text is not None:
            return self._in_text(self._text, chunk, position)
        if self._bare and not _BARE_END.match(character):
            self._bare += character
            return position + 1
        if self._bare:
            self._end_bare()
        if character in "{[":
            self._push(character)
        elif character in "}]":
            self._close(character)
        elif character == ":":
            if self._stack and self._stack[-1].key is not None:
                self._stack[-1].keyed = True
        elif character == ",":
            if self._stack and not self._stack[-1].keyed:
                self._stack[-1].key = None
        elif character in _CLOSERS:
            frame = self._stack[-1]
            self._text = _Text(_CLOSERS[character], is_key=isinstance(frame.value, dict) and not frame.keyed)
        elif not character.isspace():
            self._bare = character
        return position + 1

    def _in_text(self, text: _Text, chunk: str, position: int) -> int:
        character = chunk[position]
        if text.held:
            return self._after_quote(text, character, position)
        if text.escape:
            self._escaped(text, character)
            return position + 1
        if character == "\\":
            text.escape = character
            return position + 1
        self._lone_surrogate(text)
        if character in text.closers:
            text.held = character
            return position + 1
        found = _TEXT_END[text.closers].search(chunk, position + 1)
        end = found.start() if found else len(chunk)
        text.add(chunk[position:end])
        return end

    def _after_quote(self, text: _Text, character: str, position: int) -> int:
        """A quote ends the text only where the document can go on after it; elsewhere it belongs to the text."""
        after_comma = "," in text.held
        if character.isspace():
            text.held += character
            return position + 1
        frame = self._stack[-1]
        in_object = isinstance(frame.value, dict)
        if after_comma:
            ends = character in _CLOSERS or character in "}]{" or frame.bare_keys or "\n" in text.held
        elif character == "," and in_object and not text.is_key:
            text.held += character
            return position + 1
        else:
            ends = character in ",:}]" if not text.is_key else character in ":,}]"
            ends = ends or ("\n" in text.held and character in _CLOSERS)
        if ends:
            self._end_text(text)
            return position
        text.add(text.held)
        text.held = ""
        return position

    def _escaped(self, text: _Text, character: str) -> None:
        text.escape += character
        if text.escape[1] != "u":
            self._lone_surrogate(text)
            text.add(_ESCAPES.get(character, character))
            text.escape = ""
            return
        if len(text.escape) == 2:
            return
        if character not in "0123456789abcdefABCDEF":
            text.add(text.escape[1:])
            text.escape = ""
            return
        if len(text.escape) < 6:
            return
        code, text.escape = chr(int(text.escape[2:], 16)), ""
        if "\ud800" <= code <= "\udbff":
            self._lone_surrogate(text)
            text.surrogate = code
        elif "\udc00" <= code <= "\udfff":
            pair = text.surrogate + code
            text.surrogate = ""
            text.add(pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if len(pair) == 2 else "\ufffd")
        else:
            self._lone_surrogate(text)
            text.add(code)

    @staticmethod
    def _lone_surrogate(text: _Text) -> None:
        if text.surrogate:
            text.surrogate = ""
            text.add("\ufffd")

    # ------------------------------------------------------------------ values and containers

    def _end_text(self, text: _Text) -> None:
        self._lone_surrogate(text)
        self._flush()
        self._text = None
        frame = self._stack[-1]
        if text.is_key:
            frame.key, frame.keyed = "".join(text.whole), False
        else:
            self._put("".join(text.whole))

    def _end_bare(self) -> None:
        word, self._bare = self._bare, ""
        frame = self._stack[-1]
        if isinstance(frame.value, dict) and not frame.keyed:
            frame.key, frame.bare_keys = word, True
        elif word in _WORDS:
            self._put(_WORDS[word])
        elif _NUMBER.fullmatch(word):
            self._put(int(word) if re.fullmatch(r"-?\d{1,15}", word) else float(word))
        else:
            self._put(word)

    def _put(self, value: Any) -> None:
        frame = self._stack[-1]
        if isinstance(frame.value, list):
            self._events.append(Value((*self._path(), frame.step), value))
            frame.value.append(value)
        elif frame.key is not None and frame.keyed:
            self._events.append(Value((*self._path(), frame.key), value))
            frame.value[frame.key] = value
            frame.key, frame.keyed = None, False

    def _push(self, character: str) -> None:
        if len(self._stack) >= DEEPEST:
            self._too_deep += 1
            return
        self._stack.append(_Frame({} if character == "{" else []))

    def _close(self, character: str) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        kind = dict if character == "}" else list
        if not any(isinstance(frame.value, kind) for frame in self._stack):
            return
        while not isinstance(self._stack[-1].value, kind):
            self._pop()
        self._pop()

    def _pop(self) -> None:
        frame = self._stack.pop()
        if self._stack:
            self._put(frame.value)
        else:
            self._events.append(Value((), frame.value))

    def _path(self) -> Path:
        return tuple(frame.step for frame in self._stack[:-1])

    def _flush(self) -> None:
        """Report what a growing text has gained."""
        text = self._text
        if text is not None and text.fresh:
            fresh, text.fresh = "".join(text.fresh), []
            if not text.is_key:
                self._events.append(Piece((*self._path(), self._stack[-1].step), fresh))
