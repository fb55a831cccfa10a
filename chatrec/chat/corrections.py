"""What a person changes between turns: feedback on items, and lines of their profile in their own words."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from chatrec.catalog.table import Catalog
from chatrec.history.persona import Personas, UnknownPersona, is_adopted
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

    def __init__(self, catalog: Catalog, store: Store, reader: Interpreter, personas: Personas | None = None) -> None:
        self.catalog = catalog
        self.store = store
        self.reader = reader
        self.personas = personas

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
            id="",  # the store finds one
            text=text,
            kind=kinds.get(action, "fact"),
            source="feedback",
            preferences=() if weight is None else (Preference("item", item_id, weight),),
            seen=(item_id,),
        )
        self.store.add_sentence(user, conversation, sentence)

    def add_sentence(self, user: str, conversation: str, text: str) -> None:
        """A line the person writes into their profile themselves; what it means is read from its words."""
        sentence = Sentence("", _tidy(text), "fact", "edit")
        if sentence.text:
            self.store.add_sentence(user, conversation, self.reader.interpret(sentence))

    def edit_sentence(self, user: str, conversation: str, sentence_id: str, text: str) -> None:
        """A line of the profile in the person's own words; unknown ids are left alone (the line is gone)."""
        for sentence in self.store.profile(user, conversation).sentences:
            if sentence.id == sentence_id:
                own = replace(sentence, text=_tidy(text), source="edit", history={}, ratings={})
                if own.text:
                    self.store.replace_sentence(user, conversation, self.reader.interpret(own))

    def adopt(self, user: str, conversation: str, persona_id: str) -> None:
        """Be somebody of the interactions: their sentences join the profile, those of an earlier persona leave it.

        UnknownPersona when there is nobody of that id, or no interactions at all; the profile is left as it was then.
        """
        if self.personas is None:
            raise UnknownPersona("There are no interactions beside this catalog, so there is nobody to be.")
        sentences = self.personas.sentences(persona_id)
        own = self._own(user, conversation)
        self.store.save_profile(user, conversation, Profile((*own, *sentences)))

    def disown(self, user: str, conversation: str) -> None:
        """Be oneself again: every sentence that came with a persona leaves, but for those the person has reworded."""
        self.store.save_profile(user, conversation, Profile(self._own(user, conversation)))

    def _own(self, user: str, conversation: str) -> tuple[Sentence, ...]:
        return tuple(s for s in self.store.profile(user, conversation).sentences if not is_adopted(s))


def _tidy(text: str) -> str:
    """One line of at most 300 characters, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_SENTENCE]
