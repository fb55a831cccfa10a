"""What a message is made of: the items it names, its parts with the person's stance to each, and what stood before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chatrec.engines.builtin.lexicon import Concept
from chatrec.engines.builtin.negation import Part, Stance


@dataclass(frozen=True, slots=True)
class Named:
    """Items named at a place of the text: one title, or the picks a reference stands for."""

    start: int
    end: int
    item_ids: tuple[str, ...]
    surface: str
    alternatives: tuple[str, ...] = ()
    referred: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds when a message arrives, by its names: values wanted and refused so far."""

    wanted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a message is made of.

    `free_refused` are refused nouns that the lexicon does not know; `count` is 0 when none was said. `dropped` are values no
    longer wanted, `allowed` values no longer refused.
    """

    text: str
    folded: str
    parts: tuple[Part, ...]
    stances: tuple[Stance, ...]
    named: tuple[Named, ...]
    count: int
    lifted: tuple[str, ...]
    free_refused: tuple[str, ...]
    dropped: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    def concepts(self) -> Iterator[tuple[Part, Concept, Stance]]:
        """Every concept with its stance, in order."""
        for part, stance in zip(self.parts, self.stances, strict=True):
            if part.concept is not None:
                yield part, part.concept, stance

    def words_of(self, part: Part) -> str:
        """The person's own wording of a part."""
        return " ".join(self.text[part.start : part.end].split())
