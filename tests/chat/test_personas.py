"""Being somebody of the interactions, and oneself again: what the profile gains, keeps and loses."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.chat import Chat
from chatrec.history.persona import Personas, UnknownPersona, adopted
from chatrec.memory.store import Store
from tests.chat.players import Engine, Interpreter, Searcher, ask, make
from tests.history.crowd import crowd


@pytest.fixture
def chat(films: Catalog, store: Store) -> Chat:
    personas = Personas(films, crowd())
    return Chat(films, store, Searcher(films), Interpreter(), Engine("built-in"), personas=personas)


def test_a_persona_joins_the_profile_and_leaves_it_again(chat: Chat, store: Store) -> None:
    conversation = ask(store).conversation
    chat.corrections.add_sentence("ann", conversation, "I watch with my father")
    chat.corrections.adopt("ann", conversation, "f0")
    profile = store.profile("ann", conversation)
    assert adopted(profile) == "f0"
    assert profile.sentences[0].text == "I watch with my father"
    assert profile.history["the-thing-1982"] > 0 > profile.history["amelie-2001"]
    chat.corrections.disown("ann", conversation)
    assert [s.text for s in store.profile("ann", conversation).sentences] == ["I watch with my father"]


def test_a_second_persona_replaces_the_first(chat: Chat, store: Store) -> None:
    conversation = ask(store).conversation
    for user in ("f0", "r0", "r0"):
        chat.corrections.adopt("ann", conversation, user)
    profile = store.profile("ann", conversation)
    assert adopted(profile) == "r0"
    assert all(s.id.startswith("who:r0:") for s in profile.sentences)
    assert profile.history["amelie-2001"] > 0


def test_a_persona_holds_in_every_conversation_of_the_person_and_of_nobody_else(chat: Chat, store: Store) -> None:
    chat.corrections.adopt("ann", ask(store).conversation, "f0")
    assert adopted(store.profile("ann", store.start_conversation("ann"))) == "f0"
    assert store.profile("bob", store.start_conversation("bob")).sentences == ()


def test_a_line_the_person_rewords_is_theirs_and_loses_the_past_it_carried(chat: Chat, store: Store) -> None:
    conversation = ask(store).conversation
    chat.corrections.adopt("ann", conversation, "f0")
    known = store.profile("ann", conversation).sentences[-1]
    chat.corrections.edit_sentence("ann", conversation, known.id, "I know a lot of films")
    assert store.profile("ann", conversation).history == {}
    chat.corrections.disown("ann", conversation)
    assert [s.text for s in store.profile("ann", conversation).sentences] == ["I know a lot of films"]


def test_switched_off_the_past_stays_but_counts_no_more(chat: Chat, store: Store) -> None:
    conversation = ask(store).conversation
    chat.corrections.adopt("ann", conversation, "f0")
    known = store.profile("ann", conversation).sentences[-1]
    chat.corrections.feedback("ann", conversation, "heat-1995", "like")
    store.switch_sentence("ann", conversation, known.id, False)
    profile = store.profile("ann", conversation)
    assert (profile.history, profile.ratings, profile.seen) == ({}, {}, ("heat-1995",))
    store.switch_sentence("ann", conversation, known.id, True)
    assert len(store.profile("ann", conversation).history) == 10


def test_nobody_of_that_name_changes_nothing(chat: Chat, films: Catalog, store: Store) -> None:
    conversation = ask(store).conversation
    chat.corrections.adopt("ann", conversation, "f0")
    with pytest.raises(UnknownPersona):
        chat.corrections.adopt("ann", conversation, "nobody")
    assert adopted(store.profile("ann", conversation)) == "f0"
    with pytest.raises(UnknownPersona, match="no interactions"):
        make(films, store).corrections.adopt("ann", conversation, "f0")


def test_the_past_lasts_through_turns(chat: Chat, store: Store) -> None:
    question = ask(store)
    chat.corrections.adopt("ann", question.conversation, "f0")
    before = store.profile("ann", question.conversation)
    turn = chat.invoke(question)
    assert turn.profile.history == before.history
    assert store.profile("ann", question.conversation).ratings == before.ratings
