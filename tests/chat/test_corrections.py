"""Feedback and edited profile lines: remembered, said, given meaning."""

from __future__ import annotations

from chatrec.catalog.table import Catalog
from chatrec.memory.store import Store
from tests.chat.players import ask, make


def test_feedback_is_remembered_said_and_taken_back(films: Catalog, store: Store) -> None:
    chat, question = make(films, store), ask(store)
    item = films.items[0]
    chat.corrections.feedback("ann", question.conversation, item.id, "like")
    chat.corrections.feedback("ann", question.conversation, item.id, "dislike")
    profile = store.profile("ann", question.conversation)
    assert [(s.kind, s.source, s.seen) for s in profile.sentences] == [("dislike", "feedback", (item.id,))]
    chat.corrections.feedback("ann", question.conversation, item.id, "none")
    assert store.profile("ann", question.conversation).sentences == ()
    assert store.feedback("ann") == {}


def test_a_line_the_person_writes_is_interpreted_and_tidied(films: Catalog, store: Store) -> None:
    chat, question = make(films, store), ask(store)
    chat.corrections.add_sentence("ann", question.conversation, "  No \x00 horror\n please ")
    (line,) = store.profile("ann", question.conversation).sentences
    assert (line.text, line.kind, line.source) == ("No horror please", "dislike", "edit")
    chat.corrections.edit_sentence("ann", question.conversation, line.id, "I watch with my father")
    (line,) = store.profile("ann", question.conversation).sentences
    assert (line.text, line.kind) == ("I watch with my father", "fact")
