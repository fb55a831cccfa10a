"""What a person changes between turns: feedback on items, and lines of their profile in their own words."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from chatrec.catalog.table import Catalog
from chatrec.memory.store import Action, Store
from chatrec.records import Preference, Profile, Sentence, SentenceKind

LONGEST_SENTENCE = 300
"""Characters of a profile line somebody writes themselves."""


class Interpreter(Protocol):
    """What an edited profile line needs: `chatrec.engines.builtin.read.Reader` is one."""

    def interpret(self, sentence: Sentence) -> Sentence:
        """The sentence with kind, preferences, constraints and seen items read from its text."""
        ...


class Corrections:
    """Writes feedback and edited lines into the store, with the meaning the next turn acts on."""

    def __init__(self, catalog: Catalog, store: Store, reader: Interpreter) -> None:
        self.catalog = catalog
        self.store = store
        self.reader = reader

    def feedback(self, user: str, conversation: str, item_id: str, action: Action) -> None:
        """Like, dislike or seen on one item (`none` takes it back): remembered, and said in the profile."""
        item = self.catalog[item_id]
        self.store.record_feedback(user, item_id, action, conversation)
        profile = self.store.profile(user, conversation)
        for sentence in profile.sentences:
            if sentence.source == "feedback" and item_id in sentence.seen:
                self.store.remove_sentence(user, conversation, sentence.id)
        if action == "none":
            return
        weight = {"like": 1.0, "dislike": -1.0}.get(action)
        text = {"like": f"You liked {item.title}.", "dislike": f"{item.title} is not for you."}.get(
            action, f"You have already seen {item.title}."
        )
        kinds: dict[str, SentenceKind] = {"like": "like", "dislike": "dislike"}
        sentence = Sentence(
            id=self._free_id(profile),
            text=text,
            kind=kinds.get(action, "fact"),
            source="feedback",
            preferences=() if weight is None else (Preference("item", item_id, weight),),
            seen=(item_id,),
        )
        self.store.replace_sentence(user, conversation, sentence)

    def add_sentence(self, user: str, conversation: str, text: str) -> None:
        """A line the person writes into their profile themselves; what it means is read from its words."""
        profile = self.store.profile(user, conversation)
        self._write(user, conversation, Sentence(self._free_id(profile), _tidy(text), "fact", "edit"))

    def edit_sentence(self, user: str, conversation: str, sentence_id: str, text: str) -> None:
        """A line of the profile in the person's own words; unknown ids are left alone (the line is gone)."""
        for sentence in self.store.profile(user, conversation).sentences:
            if sentence.id == sentence_id:
                self._write(user, conversation, replace(sentence, text=_tidy(text), source="edit"))

    def _write(self, user: str, conversation: str, sentence: Sentence) -> None:
        if sentence.text:
            self.store.replace_sentence(user, conversation, self.reader.interpret(sentence))

    @staticmethod
    def _free_id(profile: Profile) -> str:
        taken = [int(s.id[1:]) for s in profile.sentences if s.id[1:].isdigit()]
        return f"s{max(taken, default=0) + 1}"


def _tidy(text: str) -> str:
    """One line of at most 300 characters, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_SENTENCE]
