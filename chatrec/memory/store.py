"""What lasts between turns, in SQL: people, conversations, turns, profile sentences, items shown, feedback and traces."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from chatrec.errors import StoreError, UnknownConversation
from chatrec.memory import profiles, tables
from chatrec.memory.codec import encode
from chatrec.memory.database import Database
from chatrec.memory.export import exported
from chatrec.memory.opener import Opener
from chatrec.memory.spending import Ceilings, Spending
from chatrec.memory.turns import body_of, drop_outcome, read_record, read_turn, row_of, rows_of, write_outcome
from chatrec.records import Profile, Sentence, Trace, Turn

Action = Literal["like", "dislike", "seen", "none"]

LONGEST_TITLE = 60
"""Characters of a conversation's title made from its first message."""

_ACTIONS = ("like", "dislike", "seen", "none")
_users, _conversations, _turns = tables.users, tables.conversations, tables.turns


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """One line of the conversation list; the times are in UTC."""

    id: str
    title: str
    started: datetime
    updated: datetime
    turns: int


class Store:
    """One database for everybody; every method is one transaction, and takes the user whose data it may touch.

    `url` is a SQLAlchemy URL: `sqlite:///file`, `sqlite://` (in memory) or `postgresql://...`. Raises StoreError when the
    database cannot be opened, and from every method when it fails; UnknownConversation when a conversation is not the user's.
    Methods block (milliseconds) and may be called from any thread.

    A turn is stored when it begins, so that no message is lost. A turn whose process died is reported as `interrupted`.
    """

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._opener = Opener.this().text()

    @property
    def place(self) -> str:
        """Where the data lies: the file, or the URL without its password."""
        return self._database.place

    def spending(self, ceilings: Ceilings, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Spending:
        """The sums the language model has cost, in the same database."""
        return Spending(self._database, ceilings, now)

    def close(self) -> None:
        """Close the connections; the store must not be used any more."""
        self._database.close()

    # ------------------------------------------------------------------ people and conversations

    def ensure_user(self, user: str) -> None:
        """Make the user known; nothing happens when they are."""
        with self._write() as connection:
            self._ensure(connection, user)

    def start_conversation(self, user: str) -> str:
        """A new conversation's id, which nobody can guess. It is listed once it has a turn."""
        conversation, now = uuid.uuid4().hex, time.time()
        with self._write() as connection:
            self._ensure(connection, user)
            row = {"id": conversation, "user": user, "title": "", "started": now, "updated": now}
            connection.execute(insert(_conversations).values(row))
        return conversation

    def conversations(self, user: str, limit: int = 50) -> tuple[ConversationSummary, ...]:
        """The user's conversations with at least one turn, the last used first."""
        count = func.count(_turns.c.number)
        c = _conversations.c
        query = (
            select(c.id, c.title, c.started, c.updated, count)
            .join(_turns, _turns.c.conversation == c.id)
            .where(c.user == user)
            .group_by(c.id, c.title, c.started, c.updated)
            .order_by(c.updated.desc(), c.id)
            .limit(limit)
        )
        with self._database.transaction() as connection:
            rows = connection.execute(query).all()
        return tuple(ConversationSummary(i, title, _utc(began), _utc(used), n) for i, title, began, used, n in rows)

    def rename_conversation(self, user: str, conversation: str, title: str) -> None:
        """Give a conversation a title of the person's own; an empty one brings back the first message's words."""
        with self._write() as connection:
            self._check(connection, user, conversation)
            if not title.strip():
                first = select(_turns.c.message).where(_turns.c.conversation == conversation).order_by(_turns.c.number)
                title = connection.execute(first.limit(1)).scalar() or ""
            connection.execute(
                update(_conversations).where(_conversations.c.id == conversation).values(title=shortened(_clean(title)))
            )

    def delete_conversation(self, user: str, conversation: str) -> None:
        """Erase a conversation, its turns and the sentences that held in it alone."""
        with self._write() as connection:
            self._check(connection, user, conversation)
            mine = tables.sentences.c.user == user, tables.sentences.c.conversation == conversation
            connection.execute(delete(tables.sentences).where(*mine))
            connection.execute(delete(_conversations).where(_conversations.c.id == conversation))
        self._database.compact()

    def forget_user(self, user: str) -> None:
        """Erase everything that is stored about a person."""
        with self._write() as connection:
            connection.execute(delete(_users).where(_users.c.id == user))
        self._database.compact()

    # ------------------------------------------------------------------ turns

    def begin_turn(self, user: str, conversation: str, message: str) -> int:
        """Store a message before any work is done on it; the number of the new turn, from 1."""
        now = time.time()
        with self._write() as connection:
            self._check(connection, user, conversation, lock=True)
            last = select(func.max(_turns.c.number)).where(_turns.c.conversation == conversation)
            number = (connection.scalar(last) or 0) + 1
            row = {"conversation": conversation, "number": number, "message": _clean(message), "status": "open"}
            known = json.dumps(encode(profiles.read_profile(connection, user, conversation)))
            connection.execute(insert(_turns).values({**row, "known": known, "opener": self._opener, "opened": now}))
            changes: dict[str, object] = {"updated": now}
            if number == 1:
                changes["title"] = shortened(_clean(message))
            connection.execute(update(_conversations).where(_conversations.c.id == conversation).values(changes))
        return number

    def finish_turn(self, user: str, conversation: str, turn: Turn) -> None:
        """Store how a turn ended: reply, picks, trace and, once its message was read (it has a request), the new profile.

        Profile sentences that the person changed while the turn ran stay as the person left them.
        """
        with self._write() as connection:
            self._check(connection, user, conversation)
            row = row_of(connection, conversation, turn.number)
            if row.body is not None:
                drop_outcome(connection, conversation, turn.number)
            write_outcome(connection, conversation, turn)
            if turn.request is not None:
                known = read_record(Profile, row.known, conversation, turn.number)
                profiles.write_profile(connection, user, conversation, turn.profile, known)
            connection.execute(update(_conversations).where(_conversations.c.id == conversation).values(updated=time.time()))

    def reopen_turn(self, user: str, conversation: str, number: int) -> str:
        """Open a turn again to answer its message anew: the reply and what it did to the profile are taken back.

        Returns the message. Profile sentences that were edited since then stay.
        """
        with self._write() as connection:
            self._check(connection, user, conversation)
            row = row_of(connection, conversation, number)
            turn = read_turn(row)
            if turn.request is not None:
                known = read_record(Profile, row.known, conversation, number)
                profiles.undo_turn(connection, user, conversation, known, turn.profile, f"turn {number}")
            drop_outcome(connection, conversation, number)
            known_now = json.dumps(encode(profiles.read_profile(connection, user, conversation)))
            at = _turns.c.conversation == conversation, _turns.c.number == number
            opened = {"status": "open", "body": None, "finished": None, "opener": self._opener, "opened": time.time()}
            connection.execute(update(_turns).where(*at).values({**opened, "known": known_now}))
        return turn.message

    def history(self, user: str, conversation: str) -> tuple[Turn, ...]:
        """Every turn, oldest first, without traces. Turns that nobody works on any more are `interrupted`, not `open`."""
        with self._database.transaction() as connection:
            self._check(connection, user, conversation)
            return tuple(read_turn(row) for row in rows_of(connection, conversation))

    def trace(self, user: str, conversation: str, number: int) -> Trace:
        """How a turn came about; empty while it is open."""
        with self._database.transaction() as connection:
            self._check(connection, user, conversation)
            row_of(connection, conversation, number)
            body = body_of(connection, conversation, number)
        return Trace() if body is None else read_record(Trace, body, conversation, number)

    # ------------------------------------------------------------------ profile and feedback

    def profile(self, user: str, conversation: str) -> Profile:
        """The sentences that hold in a conversation: the person's and its own, in order."""
        with self._database.transaction() as connection:
            self._check(connection, user, conversation)
            return profiles.read_profile(connection, user, conversation)

    def save_profile(self, user: str, conversation: str, profile: Profile) -> None:
        """Replace the sentences that hold in a conversation; those of other conversations stay."""
        with self._write() as connection:
            self._check(connection, user, conversation)
            known = profiles.read_profile(connection, user, conversation)
            profiles.write_profile(connection, user, conversation, profile, known)

    def add_sentence(self, user: str, conversation: str, sentence: Sentence) -> Sentence:
        """Put a new sentence at the end, under an id that none of the person's sentences has, in whatever conversation."""
        with self._write() as connection:
            self._check(connection, user, conversation, lock=True)
            new = replace(sentence, id=profiles.free_id(connection, user))
            profiles.write(connection, user, conversation, new)
        return new

    def replace_sentence(self, user: str, conversation: str, sentence: Sentence) -> None:
        """Put a sentence in place of the one with its id, or at the end when there is none."""
        with self._write() as connection:
            self._check(connection, user, conversation)
            profiles.write(connection, user, conversation, sentence)

    def remove_sentence(self, user: str, conversation: str, sentence_id: str) -> None:
        """Delete a sentence; nothing happens when it is gone already."""
        with self._write() as connection:
            self._check(connection, user, conversation)
            profiles.remove(connection, user, conversation, sentence_id)

    def switch_sentence(self, user: str, conversation: str, sentence_id: str, on: bool) -> None:
        """Switch a sentence on or off; nothing happens when it is gone already."""
        with self._write() as connection:
            self._check(connection, user, conversation)
            for sentence in profiles.read_profile(connection, user, conversation).sentences:
                if sentence.id == sentence_id:
                    profiles.write(connection, user, conversation, replace(sentence, on=on))

    def record_feedback(self, user: str, item_id: str, action: Action, conversation: str | None = None) -> None:
        """Remember like, dislike or seen for an item, the last one counts; `none` takes it back."""
        if action not in _ACTIONS:
            raise StoreError(f"There is no feedback {action!r}; it is one of {', '.join(_ACTIONS)}.")
        c = tables.feedback.c
        with self._write() as connection:
            if conversation is not None:
                self._check(connection, user, conversation)
            self._ensure(connection, user)
            connection.execute(delete(tables.feedback).where(c.user == user, c.item == item_id))
            if action != "none":
                row = {"user": user, "item": item_id, "action": action, "conversation": conversation}
                connection.execute(insert(tables.feedback).values({**row, "at": time.time()}))

    def feedback(self, user: str) -> dict[str, str]:
        """Item id -> like, dislike or seen, in the order they were given."""
        c = tables.feedback.c
        with self._database.transaction() as connection:
            rows = connection.execute(select(c.item, c.action).where(c.user == user).order_by(c.at, c.item)).all()
        return {row.item: row.action for row in rows}

    def export_user(self, user: str) -> dict[str, Any]:
        """Everything stored about a person, as data that JSON can hold; times are ISO 8601 in UTC."""
        with self._database.transaction() as connection:
            return exported(connection, user)

    # ------------------------------------------------------------------ inside a transaction

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._database.transaction(write=True) as connection:
            yield connection

    def _ensure(self, connection: Connection, user: str) -> None:
        if connection.scalar(select(_users.c.id).where(_users.c.id == user)) is None:
            # On PostgreSQL another connection may be faster; SQLite holds the write lock.
            with suppress(IntegrityError), connection.begin_nested():
                connection.execute(insert(_users).values(id=user, created=time.time()))

    def _check(self, connection: Connection, user: str, conversation: str, *, lock: bool = False) -> None:
        c = _conversations.c
        query = select(c.id).where(c.id == conversation, c.user == user)
        if connection.scalar(query.with_for_update() if lock else query) is None:
            raise UnknownConversation("There is no such conversation here; start a new one.")


def shortened(message: str) -> str:
    """A title from a message: one line, cut at a word where there is one."""
    line = " ".join(message.split())
    if len(line) <= LONGEST_TITLE:
        return line
    head = line[: LONGEST_TITLE - 1]
    return f"{head.rpartition(' ')[0] or head}…"


def _clean(text: str) -> str:
    """The text as databases take it: without NULs and lone surrogates."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _utc(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
