"""A reason prepared for checking: its words, quotes, clauses, the titles it names and what it says that the person said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from chatrec.evidence.facts import Knowledge
from chatrec.evidence.tokens import Token, holds, keys_of, tokens_of, words
from chatrec.evidence.vocabulary import Vocabulary
from chatrec.records import Item

_NEGATIONS = words(
    "no not never without hardly barely nothing none neither nor less isn't aren't doesn't don't won't wasn't didn't little "
    "free rather instead minus avoid skip lacks cannot can't unlike"
)
_ANY_LITTLE = re.compile(
    r"\blittle[\s-](?:known|seen)\b|\b(?:an?|the|his|her|its|their|this|every|one|two)\s+little\b", re.IGNORECASE
)
_QUOTE = re.compile(r"“([^”]+)”|\"([^\"]+)\"")
_CLAUSE_END = re.compile(r"[.;:!?,()—–]|\s(?:but|while|whereas|though|although|yet)\s")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim of a reason: where it stands, and the fact that backs or contradicts it (empty: no fact speaks of it)."""

    start: int
    end: int
    source: str
    fact: str
    supported: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A catalog title in the text, and the item it stands for.

    `meant` is False for words that happen to be a title as well (`plays Cinderella`): they claim nothing, of any item.
    """

    start: int
    end: int
    item: Item
    meant: bool = True


@dataclass(frozen=True, slots=True)
class Wish:
    """A stretch of text about the person (`you loved ...`): `start` at the verb phrase, `said` where its object begins.

    `tone` is like, dislike, asked or seen; `sure` is False in a condition (`if you like ...`).
    """

    start: int
    said: int
    end: int
    tone: str
    sure: bool


@dataclass(frozen=True)
class Layout:
    """How a text is built, worked out once: words, sentence starts, quotes, clauses."""

    text: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words in order."""
        return tokens_of(self.text)

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """Positions of the first word of every sentence."""
        ends = [0, *(m.end() for m in _SENTENCE_END.finditer(self.text)), *(m.end() for m in re.finditer(r":\s", self.text))]
        starts = set()
        for end in ends:
            first = next((t for t in self.tokens if t.start >= end), None)
            if first is not None:
                starts.add(first.start)
        return frozenset(starts)

    def clause(self, position: int) -> tuple[int, int]:
        """The bounds of the clause around a position: between commas, full stops, dashes and contrasting conjunctions."""
        start, end = 0, len(self.text)
        for found in _CLAUSE_END.finditer(self.text):
            if found.end() <= position:
                start = found.end()
            elif found.start() >= position:
                end = found.start()
                break
        return start, end

    def sentence(self, position: int) -> tuple[int, int]:
        """The bounds of the sentence around a position."""
        start, end = 0, len(self.text)
        for found in _SENTENCE_END.finditer(self.text):
            if found.end() <= position:
                start = found.end()
            elif found.start() >= position:
                end = found.start()
                break
        return start, end

    def negated(self, first: int) -> bool:
        """Whether a negation stands up to four words before token number `first`, in the same clause."""
        start, _ = self.clause(self.tokens[first].start)
        before = [t for t in self.tokens[max(0, first - 4) : first] if t.start >= start]
        return any(t.word.lower().replace("’", "'") in _NEGATIONS and not self._harmless(t) for t in before)

    def _harmless(self, token: Token) -> bool:
        """`little` as in `little known` and `a little girl`, which takes nothing back."""
        return any(m.start() <= token.start and token.end <= m.end() for m in self._littles)

    @cached_property
    def _littles(self) -> tuple[re.Match[str], ...]:
        return tuple(_ANY_LITTLE.finditer(self.text))

    def quotes(self) -> Iterator[tuple[int, int]]:
        """The stretches between quotation marks."""
        for found in _QUOTE.finditer(self.text):
            group = 1 if found.group(1) else 2
            yield found.span(group)


@dataclass(slots=True)
class Passage:
    """The text of one reason with everything the finders ask about it."""

    layout: Layout
    known: Knowledge
    vocabulary: Vocabulary
    named: list[Named] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The reason itself."""
        return self.layout.text

    def in_title(self, start: int, end: int) -> bool:
        """Whether a stretch of text belongs to the title of an item, where words and numbers claim nothing."""
        return any(n.start < end and start < n.end for n in self.named)

    def others(self, start: int, end: int) -> list[Item]:
        """The items other than the pick that a stretch of text means."""
        own = self.known.item.id
        return [n.item for n in self.named if n.meant and n.item.id != own and start <= n.start and n.end <= end]

    def wish_at(self, position: int) -> Wish | None:
        """The words about the person around a position, if any."""
        return next((w for w in self.wishes if w.said <= position < w.end), None)

    def add(self, start: int, end: int, source: str, fact: str, supported: bool) -> None:
        """Record a claim unless a finder before has claimed that stretch of text."""
        if self.free(start, end):
            self.findings.append(Finding(start, end, source, fact, supported))

    def free(self, start: int, end: int) -> bool:
        """Whether no finding covers any of this stretch."""
        return all(end <= f.start or start >= f.end for f in self.findings)


def quoted_from(item: Item, text: str) -> bool:
    """Whether a quotation is the item's own description, word for word."""
    return holds(keys_of(item.description), keys_of(text))
