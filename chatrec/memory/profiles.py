"""The profile's sentences in the database: read, written one by one, and merged after a turn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from chatrec.errors import StoreError
from chatrec.memory.codec import decode, encode
from chatrec.memory.tables import sentences
from chatrec.records import Profile, Sentence

_NUMBERED = re.compile(r"s(\d{1,9})(?!\d)")
PERSON = ""
"""Stands for the conversation of sentences that hold in all of them."""


def read_profile(connection: Connection, user: str, conversation: str) -> Profile:
    """The person's sentences and this conversation's, in the profile's order."""
    return Profile(tuple(_sentence(row.body) for row in _rows(connection, user, conversation)))


def write_profile(connection: Connection, user: str, conversation: str, profile: Profile, known: Profile) -> None:
    """Bring the stored sentences from `known`, what the writer started from, to `profile`.

    What the person changed or removed in the meantime stays as they left it; sentences of other conversations are not touched.
    """
    rows = _rows(connection, user, conversation)
    stored = {row.id: _sentence(row.body) for row in rows}
    places = {row.id: row.position for row in rows}
    before = {s.id: s for s in known.sentences}
    after = {s.id: s for s in profile.sentences}
    for gone in before.keys() - after.keys():
        remove(connection, user, conversation, gone)
    taken: set[str] = set()
    if after.keys() - before.keys():
        taken.update(connection.execute(select(sentences.c.id).where(sentences.c.user == user)).scalars())
    new: list[dict[str, object]] = []
    for position, sentence in enumerate(after.values()):
        old = before.get(sentence.id)
        if old is None:
            sentence = _renamed(connection, user, sentence, stored, taken) if sentence.id in taken else sentence
            taken.add(sentence.id)
            new.append(_row(user, conversation, sentence, position))
        elif sentence.id in stored:
            if sentence != old and stored[sentence.id] == old:
                write(connection, user, conversation, sentence, position)
            elif places[sentence.id] != position:
                _move(connection, user, conversation, sentence.id, position)
    if new:
        connection.execute(insert(sentences), new)


def undo_turn(connection: Connection, user: str, conversation: str, known: Profile, made: Profile, source: str) -> None:
    """Take back what a turn did to the profile: it began with `known` and ended with `made`. Later edits stay."""
    stored = {s.id: s for s in read_profile(connection, user, conversation).sentences}
    before = {s.id: s for s in known.sentences}
    after = {s.id: s for s in made.sentences}
    for added in after.keys() - before.keys():
        if added in stored and stored[added].source == source:
            remove(connection, user, conversation, added)
    for position, sentence in enumerate(before.values()):
        changed = sentence.id in after and sentence != after[sentence.id] == stored.get(sentence.id)
        removed = sentence.id not in after and sentence.id not in stored
        if changed or removed:
            write(connection, user, conversation, sentence, position)


def write(connection: Connection, user: str, conversation: str, sentence: Sentence, position: int | None = None) -> None:
    """Put a sentence in place of the one with its id, or at the end (or at `position`)."""
    place = connection.execute(
        select(sentences.c.position).where(sentences.c.user == user, sentences.c.id == sentence.id, _visible(conversation))
    ).scalar()
    remove(connection, user, conversation, sentence.id)
    if position is None and place is None:
        last = connection.scalar(select(func.max(sentences.c.position)).where(sentences.c.user == user))
        place = 0 if last is None else last + 1
    row = _row(user, conversation, sentence, place if position is None else position)
    connection.execute(insert(sentences).values(row))


def free_id(connection: Connection, user: str) -> str:
    """`sN`, with a number above those of all the person's sentences, also the ones this conversation does not see."""
    taken = connection.execute(select(sentences.c.id).where(sentences.c.user == user)).scalars()
    numbers = [int(found[1]) for one in taken if (found := _NUMBERED.match(one))]
    return f"s{max(numbers, default=0) + 1}"


def remove(connection: Connection, user: str, conversation: str, sentence_id: str) -> None:
    """Delete a sentence that this conversation sees; nothing happens when there is none."""
    connection.execute(delete(sentences).where(sentences.c.user == user, sentences.c.id == sentence_id, _visible(conversation)))


def _move(connection: Connection, user: str, conversation: str, sentence_id: str, position: int) -> None:
    connection.execute(
        update(sentences)
        .where(sentences.c.user == user, sentences.c.id == sentence_id, _visible(conversation))
        .values(position=position)
    )


def _rows(connection: Connection, user: str, conversation: str) -> Sequence[Row[Any, Any, Any]]:
    """Id, position and body of the sentences that a conversation sees, in the profile's order."""
    return connection.execute(
        select(sentences.c.id, sentences.c.position, sentences.c.body)
        .where(sentences.c.user == user, _visible(conversation))
        .order_by(sentences.c.position, sentences.c.conversation, sentences.c.id)
    ).all()


def _row(user: str, conversation: str, sentence: Sentence, position: int | None) -> dict[str, object]:
    return {
        "user": user,
        "conversation": PERSON if sentence.scope == "person" else conversation,
        "id": sentence.id,
        "position": position,
        "body": json.dumps(encode(sentence)),
    }


def _renamed(
    connection: Connection, user: str, sentence: Sentence, stored: Mapping[str, Sentence], taken: set[str]
) -> Sentence:
    """The new sentence, whose id is one of those `taken`, under one that is free.

    Conversations that do not see each other may have chosen the same id: then the hidden sentence takes another, so that what
    this turn says about its own still holds.
    """
    if sentence.id in stored:
        return replace(sentence, id=_free(sentence.id, taken))
    rows = connection.execute(
        select(sentences.c.conversation, sentences.c.body).where(sentences.c.user == user, sentences.c.id == sentence.id)
    ).all()
    if sentence.scope == "person":
        for conversation, body in rows:
            new = replace(_sentence(body), id=_free(sentence.id, taken))
            taken.add(new.id)
            connection.execute(
                update(sentences)
                .where(sentences.c.user == user, sentences.c.conversation == conversation, sentences.c.id == sentence.id)
                .values(id=new.id, body=json.dumps(encode(new)))
            )
    return sentence


def _free(sentence_id: str, taken: Iterable[str]) -> str:
    number = 2
    while f"{sentence_id}-{number}" in taken:
        number += 1
    return f"{sentence_id}-{number}"


def _visible(conversation: str) -> ColumnElement[bool]:
    return or_(sentences.c.conversation == PERSON, sentences.c.conversation == conversation)


def _sentence(body: str) -> Sentence:
    try:
        return decode(Sentence, json.loads(body))
    except ValueError as error:
        raise StoreError(f"A profile sentence in the database cannot be read ({error}); delete its row.") from error
