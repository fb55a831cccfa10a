"""What a model wrote -> what code can use: picks as they complete, one JSON object, or plain words. Tolerant and bounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chatrec.errors import ModelReplyError
from chatrec.language.loose_json import LooseJson, Piece, Value

LONGEST_REASON = 500
_NUMBER_KEYS = ("number", "no", "num", "n", "id", "index", "candidate", "item", "pick")
_TITLE_KEYS = ("title", "name", "film", "movie", "book", "item", "candidate", "pick", "number", "id")
_REASON_KEYS = ("reason", "why", "explanation", "because", "text", "description", "rationale")
_WORDS_KEYS = ("intro", "introduction", "outro", "closing", "conclusion")
_NUMBER = re.compile(r"\W*(?:(?:candidate|item|number|no|nr|pick|film|movie)\b\W*)?(\d{1,4})\W*", re.IGNORECASE)
_LISTED = re.compile(
    r"\s*(?:[-*•>]\s+)?[*_]{0,2}(?:[\[(#]\s*)?(\d{1,4})\s*[*_]{0,2}(?:[\])]|[.):]|\s[-–—])[*_]{0,2}\s*(.*)", re.DOTALL
)
_BULLET = re.compile(r"\s*(?:[-*•]\s+)(.*)", re.DOTALL)
_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning|reflection)>", re.IGNORECASE)
_TAG_START = re.compile(r"<[a-z]{0,11}$", re.IGNORECASE)
_STRAY_END = re.compile(r".*</(?:think|thinking|thought|reasoning|reflection)>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text for the person, outside the reasons."""

    text: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate's number and the reason for it, complete."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that names no candidate (off_list), names one again (repeated), or is half a pick (malformed).

    `given` is the title or number that names no candidate.
    """

    reason: str
    given: str = field(default="", compare=False)


Found = Words | Chosen | Refused


class ThoughtFilter:
    """Takes thinking aloud (`<think> ... </think>`) out of a stream of text."""

    def __init__(self) -> None:
        self._held = ""
        self._end = ""

    def feed(self, chunk: str) -> str:
        """The part of the text so far that is not thought and was not given yet."""
        text, kept = self._held + chunk, []
        self._held = ""
        while text:
            if self._end:
                # Not by the lower-cased text: some letters become two in it.
                end = re.search(self._end, text, re.IGNORECASE)
                if end is None:
                    self._held = text[-(len(self._end) - 1) :]
                    break
                text, self._end = text[end.end() :], ""
                continue
            tag = _THOUGHT.search(text)
            if tag is None:
                start = _TAG_START.search(text)
                at = start.start() if start else len(text)
                kept.append(text[:at])
                self._held = text[at:]
                break
            kept.append(text[: tag.start()])
            self._end = f"</{tag[1].lower()}>"
            text = text[tag.end() :]
        return "".join(kept)

    def finish(self) -> str:
        """What was held back in case it began a thought."""
        held, self._held = ("" if self._end else self._held), ""
        return held


class MarkupFilter:
    """Takes the marks of emphasis (`**`, `__`, backticks) out of a stream of text."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, chunk: str) -> str:
        """The text without marks, but for an end that may turn out to be half of one."""
        text = self._held + chunk
        whole = len(text.rstrip("*_"))
        self._held = text[whole:]
        return _unmarked(text[:whole])

    def finish(self) -> str:
        """What was held back."""
        held, self._held = self._held, ""
        return _unmarked(held)


def _unmarked(text: str) -> str:
    return re.sub(r"\*\*+|__+|`+", "", text)


class PickReader:
    """Reads the streamed reply of RECOMMEND: an object with intro, picks and outro, or whatever comes near it.

    `titles` are the candidates' titles, number 1 first. Also understood: fences and words around the JSON, a list of picks
    alone, one object a line, numbers as text, a candidate's exact title instead of its number, and, where there is no JSON at
    all, lines such as `3. because ...`. Every candidate is taken once.
    """

    def __init__(self, titles: Sequence[tuple[str, int | None]], limit: int = 24_000) -> None:
        self._count = len(titles)
        self._names = _by_name(titles)
        self._left = limit
        self._thoughts = ThoughtFilter()
        self._json = LooseJson()
        self._prose = ""
        self._pending = ""
        self._taken: set[int] = set()
        self._refused = 0
        self._halves = 0
        self._roots = 0
        self._words: tuple[str | int, ...] = ()
        self._spoken = False

    @property
    def is_whole(self) -> bool:
        """Whether a document with a pick in it was read to its end."""
        return bool(self._taken) and self._roots > 0 and not self._json.open

    def feed(self, chunk: str) -> list[Found]:
        """What the chunk brings; text beyond the limit is not read."""
        chunk, self._left = chunk[: self._left], max(0, self._left - len(chunk))
        return self._read(self._thoughts.feed(chunk))

    def finish(self) -> list[Found]:
        """What the end of the reply brings. Raises ModelReplyError when no pick could be used."""
        found = self._read(self._thoughts.finish())
        self._prose += self._pending
        if self._json.open:
            found.extend(self._take(self._json.finish()))
        if not self._taken and not self._refused:
            found.extend(self._lines(_STRAY_END.sub("", self._prose)))
        if not self._taken:
            if self._refused == 0:
                why = "it held no list of picks"
            elif self._halves == self._refused:
                why = "none of its picks had both a title and a reason"
            else:
                why = "none of the titles it named was on the list"
            raise ModelReplyError(f"The model's reply could not be used: {why}")
        return found

    def _read(self, text: str) -> list[Found]:
        found: list[Found] = []
        text = self._pending + text
        self._pending = ""
        while text:
            if self._json.open:
                events, text = self._json.feed(text)
                found.extend(self._take(events))
                continue
            at = _document(text)
            if at is None:
                self._prose += text
                break
            if at < 0:
                self._prose, self._pending = self._prose + text[:~at], text[~at:]
                break
            self._prose += text[:at]
            events, text = self._json.feed(text[at:])
            found.extend(self._take(events))
        return found

    def _take(self, events: Iterable[Piece | Value]) -> list[Found]:
        found: list[Found] = []
        for event in events:
            if event.path == ():
                self._roots += 1
            if isinstance(event, Piece):
                if _key(event.path) in _WORDS_KEYS:
                    found.append(Words(self._spaced(event)))
            elif isinstance(event.value, dict):
                found.extend(self._object(event))
            elif isinstance(event.value, str) and isinstance(event.path[-1], str) and _as_number(event.path[-1]) is not None:
                found.append(self._choose(event.path[-1], None, event.value))  # {"3": "because ..."}
        return found

    def _spaced(self, piece: Piece) -> str:
        """The piece, set apart from an earlier text of another key."""
        new = self._spoken and piece.path != self._words
        self._words, self._spoken = piece.path, True
        return f"\n\n{piece.text.lstrip()}" if new else piece.text

    def _object(self, event: Value) -> list[Found]:
        fields = {str(key).strip().lower(): value for key, value in event.value.items()}
        reason = next((fields[key] for key in _REASON_KEYS if isinstance(fields.get(key), str)), None)
        number = next((fields[key] for key in _NUMBER_KEYS if _as_number(fields.get(key)) is not None), None)
        title = next((fields[key] for key in _TITLE_KEYS if isinstance(fields.get(key), str) and fields[key] != number), None)
        inside = next((step for step in reversed(event.path) if isinstance(step, str)), None)
        if number is None and title is None and event.path and isinstance(event.path[-1], str) and inside is not None:
            number = inside if _as_number(inside) is not None else None  # {"3": {"reason": ...}}
        if number is None and title is None:
            listed = bool(event.path) and isinstance(event.path[-1], int)
            return [self._malformed()] if listed and inside in (None, "picks") else []
        if reason is None:
            listed = bool(event.path) and isinstance(event.path[-1], int)
            return [self._malformed()] if listed else []
        return [self._choose(number, title, reason)]

    def _choose(self, given: Any, title: str | None, reason: str) -> Found:
        number = self._number(given, title)
        if number is None:
            self._refused += 1
            return Refused("off_list", str(given if title is None else title)[:200])
        reason = tidy(reason)
        if not _says_something(reason):
            return self._malformed()
        if number in self._taken:
            return Refused("repeated")
        self._taken.add(number)
        return Chosen(number, reason)

    def _number(self, given: Any, title: str | None) -> int | None:
        """The candidate meant. A title outweighs a number: the reason was written for it."""
        if title is not None:
            return self._names.get(_fold(title))
        number = _as_number(given)
        if number is not None and 1 <= number <= self._count:
            return number
        return self._names.get(_fold(str(given)))

    def _malformed(self) -> Refused:
        self._refused += 1
        self._halves += 1
        return Refused("malformed")

    def _lines(self, prose: str) -> list[Found]:
        """A reply without JSON: one pick a paragraph that begins with a number or a candidate's title."""
        found: list[Found] = []
        before: list[str] = []
        current: tuple[str, str | None, str] | None = None
        for line in [*prose.splitlines(), ""]:
            text = line.strip().strip("`")
            begun = self._begun(text)
            if begun or not text:
                if current is not None:
                    found.append(self._choose(*current))
                current = begun
            elif current is not None:
                current = (current[0], current[1], f"{current[2]} {text}")
            elif not found:
                before.append(text)
        chosen = [thing for thing in found if isinstance(thing, Chosen)]
        return [Words(" ".join(before)), *found] if before and chosen else found

    def _begun(self, line: str) -> tuple[str, str | None, str] | None:
        listed = _LISTED.fullmatch(line)
        bullet = _BULLET.fullmatch(line)
        rest = listed[2] if listed else bullet[1] if bullet else line
        plain = rest.replace("*", "").replace("_", "").lstrip(' "“')
        for name in sorted(self._names, key=len, reverse=True):
            head = _fold(plain[: len(name) + 12])
            if head == name or (head.startswith(name) and not head[len(name)].isalnum()):
                after = re.sub(r"^[\s\"”]*(\(\d{4}\))?[\s\"”]*[-–—:,.]*\s*", "", plain[len(name) :])
                if listed or bullet or after != plain[len(name) :].strip():
                    return name, name, after
        return (listed[1], None, rest) if listed else None


def read_object(text: str, limit: int = 24_000) -> dict[str, Any]:
    """The JSON object in a reply: the one with the most keys, the last of equals. Raises ModelReplyError when there is none."""
    thoughts = ThoughtFilter()
    text = thoughts.feed(text[:limit]) + thoughts.finish()
    text = _STRAY_END.sub("", text)
    found: list[dict[str, Any]] = []
    while text and (at := _document(text)) is not None:
        reader = LooseJson()
        events, text = reader.feed(text[at if at >= 0 else ~at :])
        events.extend(reader.finish())
        roots = [event.value for event in events if isinstance(event, Value) and event.path == ()]
        for root in roots:
            found.extend(each for each in (root if isinstance(root, list) else [root]) if isinstance(each, dict) and each)
    if not found:
        raise ModelReplyError("The model's reply could not be used: it held no JSON object")
    return max(reversed(found), key=len)


def tidy(text: str, longest: int = LONGEST_REASON) -> str:
    """One line without markup of emphasis, cut at a word's end."""
    text = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split()).strip('"“” ')
    text = re.sub(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _says_something(reason: str) -> bool:
    """Whether this can be a reason: three words at least, or a few letters of a script that sets no spaces."""
    letters = sum(character.isalpha() for character in reason)
    spaceless = sum(character >= "\u0e00" for character in reason if character.isalpha())
    return len(reason.split()) >= 3 <= letters or spaceless >= 6


def _document(text: str) -> int | None:
    """Where JSON begins; None where it does not, and ~position where the next chunk must tell."""
    for match in re.finditer(r"[{\[]", text):
        if match[0] == "{":
            return match.start()
        after = text[match.end() :].lstrip()
        if after.startswith(("{", '"', "“")):
            return match.start()
        if not after:
            return ~match.start()
    return None


def _as_number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) if match else None


def _key(path: tuple[str | int, ...]) -> str:
    return str(path[-1]).strip().lower() if path else ""


def _fold(title: str) -> str:
    return " ".join(title.replace("’", "'").replace("*", "").strip(" \"“”'").casefold().split())


def _by_name(titles: Sequence[tuple[str, int | None]]) -> Mapping[str, int]:
    """Folded title, with and without its year -> number; a title that two candidates share counts with its year alone."""
    names: dict[str, int] = {}
    folded = [_fold(title) for title, _ in titles]
    for number, (name, (_, year)) in enumerate(zip(folded, titles, strict=True), 1):
        if year is not None:
            names[f"{name} ({year})"] = number
        if folded.count(name) == 1:
            names[name] = number
    return names
