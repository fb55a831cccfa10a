"""The profile while it is being rewritten: sentences come, go and lose constraints; the rest stays as it was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from chatrec.records import Constraint, Preference, Profile, Scope, Sentence, SentenceKind


class Notes:
    """A profile's sentences, to which those of one turn are added with ids of their own."""

    def __init__(self, profile: Profile, turn: int) -> None:
        self._sentences = list(profile.sentences)
        self._turn = turn
        self._made = 0

    @property
    def profile(self) -> Profile:
        """The profile as it stands."""
        return Profile(tuple(self._sentences))

    def add(
        self,
        text: str,
        kind: SentenceKind,
        *,
        preferences: tuple[Preference, ...] = (),
        constraints: tuple[Constraint, ...] = (),
        seen: tuple[str, ...] = (),
        scope: Scope = "person",
    ) -> None:
        """Note a sentence of this turn, unless it is there already."""
        if any(sentence.text.casefold() == text.casefold() for sentence in self._sentences):
            return
        taken = {sentence.id for sentence in self._sentences}
        self._made += 1
        while (sentence_id := f"t{self._turn}m{self._made}") in taken:
            self._made += 1
        source = f"turn {self._turn}"
        self._sentences.append(
            Sentence(sentence_id, text, kind, source, scope, preferences=preferences, constraints=constraints, seen=seen)
        )

    def remove(self, sentence: Sentence) -> bool:
        """Take a sentence out; False when it is not there (any more)."""
        if sentence not in self._sentences:
            return False
        self._sentences.remove(sentence)
        return True

    def relieve(self, gone: Collection[Constraint]) -> None:
        """Take constraints out of the sentences of this conversation; one that says nothing else goes with them.

        What was said for every conversation stays: it gives way in this turn only.
        """
        kept: list[Sentence] = []
        for sentence in self._sentences:
            left = tuple(c for c in sentence.constraints if c not in gone)
            if len(left) == len(sentence.constraints) or sentence.scope != "conversation":
                kept.append(sentence)
            elif left or sentence.preferences or sentence.seen:
                kept.append(replace(sentence, constraints=left))
        self._sentences = kept
