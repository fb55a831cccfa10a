"""Text that carries its own evidence: marked pieces go in, sentences with a list of Evidence come out."""

from __future__ import annotations

import re

from chatrec.engines.builtin.english import article
from chatrec.records import Evidence

Fact = tuple[str, str]
"""(source, fact), as in Evidence."""

_OPEN, _CLOSE, _FIRST = "\ue000", "\ue001", 0xE100
_MARKS = "\ue000-\uf8ff"
_PRIVATE = re.compile(f"[{_MARKS}]")
_ARTICLE = re.compile(rf"\b([Aa])\(n\) ([{_MARKS}]*)(\S+)")
_START = re.compile(rf"^([{_MARKS}“\"'(]*)(\w)")


class Cited:
    """The evidence of one text in the making; marks are private-use characters until `finish` turns them into spans."""

    def __init__(self) -> None:
        self._facts: list[tuple[Fact, ...]] = []

    def mark(self, text: str, *facts: Fact) -> str:
        """The text, marked as a claim that these facts back; an empty text stays empty."""
        if not text or not facts:
            return plain(text)
        self._facts.append(facts)
        return f"{_OPEN}{chr(_FIRST + len(self._facts) - 1)}{text}{_CLOSE}"

    def finish(self, sentences: list[str]) -> tuple[str, tuple[Evidence, ...]]:
        """The sentences as one text, each with a capital and a full stop, and the evidence of every mark in it."""
        marked = " ".join(_ARTICLE.sub(_with_article, _sentence(s)) for s in sentences if s)
        text: list[str] = []
        length = 0
        open_marks: list[tuple[int, int]] = []
        claims: list[tuple[int, int, int]] = []
        position = 0
        while position < len(marked):
            character = marked[position]
            if character == _OPEN:
                open_marks.append((ord(marked[position + 1]) - _FIRST, length))
                position += 2
                continue
            if character == _CLOSE:
                index, start = open_marks.pop()
                claims.append((start, length, index))
            else:
                text.append(character)
                length += 1
            position += 1
        whole = "".join(text)
        found = {
            Evidence(whole[start:end], source, fact): None
            for start, end, index in sorted(claims, key=lambda c: (c[0], c[1]))
            for source, fact in self._facts[index]
        }
        return whole, tuple(found)


def plain(text: str) -> str:
    """The text without the characters that serve as marks."""
    return _PRIVATE.sub("", text)


def bare(marked: str) -> str:
    """A marked text as people will read it."""
    return re.sub(f"{_OPEN}.|{_CLOSE}", "", marked)


def claimed(marked: str) -> list[str]:
    """The words of four letters and more inside the marks, in lower case, once for every outermost mark they stand in."""
    words: list[str] = []
    depth, piece = 0, ""
    for character in marked:
        if character == _OPEN:
            depth += 1
        elif character == _CLOSE:
            depth -= 1
            if depth == 0:
                words += re.findall(r"[^\W\d_]{4,}", piece.lower())
                piece = ""
        elif depth and not _PRIVATE.match(character):
            piece += character
    return words


def _sentence(text: str) -> str:
    whole = _START.sub(lambda m: m.group(1) + m.group(2).upper(), text.strip())
    end = bare(whole)[-1:]
    closed = end in ".!?…" or (end in '”"' and bare(whole)[-2:-1] in ".!?…")
    return whole if closed else whole + "."


def _with_article(found: re.Match[str]) -> str:
    word = article(bare(found.group(3)))
    return f"{word.capitalize() if found.group(1) == 'A' else word} {found.group(2)}{found.group(3)}"
