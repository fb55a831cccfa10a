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

    def forget_seen(self, item_id: str) -> None:
        """Take out that this turn noted an item as seen, and nothing else: an opinion of it says so too."""
        source = f"turn {self._turn}"
        self._sentences = [
            s
            for s in self._sentences
            if s.source != source or s.seen != (item_id,) or s.preferences or s.constraints or s.kind != "fact"
        ]

    def supersede(self, preferences: Collection[Preference], kind: SentenceKind) -> tuple[Preference, ...]:
        """Take out what this turn noted already and `preferences` say as well; what was taken out, for its weights.

        The sentences of the word rules ("You like horses films.") give way to one in better words.
        """
        said = {(preference.target, preference.value) for preference in preferences}
        gone = [
            sentence
            for sentence in self._sentences
            if sentence.source == f"turn {self._turn}"
            and sentence.kind == kind
            and sentence.preferences
            and not sentence.constraints
            and not sentence.seen
            and all((preference.target, preference.value) in said for preference in sentence.preferences)
        ]
        self._sentences = [sentence for sentence in self._sentences if sentence not in gone]
        return tuple(preference for sentence in gone for preference in sentence.preferences)

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
