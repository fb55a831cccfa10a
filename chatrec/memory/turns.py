"""The turns of a conversation in the database: rows read as Turns, and what a turn leaves behind written and dropped."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, delete, insert, select, update

from chatrec.errors import StoreError, UnknownConversation
from chatrec.memory.codec import decode, encode
from chatrec.memory.opener import is_abandoned
from chatrec.memory.tables import shown, traces, turns
from chatrec.records import Turn

T = TypeVar("T")


def rows_of(connection: Connection, conversation: str) -> Sequence[Row[Any]]:
    """The rows of a conversation's turns, oldest first."""
    return connection.execute(select(turns).where(turns.c.conversation == conversation).order_by(turns.c.number)).all()


def row_of(connection: Connection, conversation: str, number: int) -> Row[Any]:
    """The row of one turn; UnknownConversation when there is none of that number."""
    row = connection.execute(select(turns).where(turns.c.conversation == conversation, turns.c.number == number)).first()
    if row is None:
        raise UnknownConversation(f"The conversation has no turn {number}.")
    return row


def read_turn(row: Row[Any]) -> Turn:
    """A row as a Turn without its trace; open turns that nobody works on any more are `interrupted`."""
    if row.body is None:
        return Turn(row.number, row.message, status="interrupted" if is_abandoned(row.opener, row.opened) else "open")
    return replace(read_record(Turn, row.body, row.conversation, row.number), number=row.number)


def read_record(kind: type[T], body: str, conversation: str, number: int) -> T:
    """A stored body as the record it holds; StoreError when it cannot be read."""
    try:
        return decode(kind, json.loads(body))
    except ValueError as error:
        raise StoreError(
            f"Turn {number} of conversation {conversation} cannot be read from the database ({error}); delete the conversation."
        ) from error


def body_of(connection: Connection, conversation: str, number: int) -> str | None:
    """The stored body of a turn's trace, None while it has none."""
    return connection.scalar(select(traces.c.body).where(traces.c.conversation == conversation, traces.c.number == number))


def write_outcome(connection: Connection, conversation: str, turn: Turn) -> None:
    """Write how a turn ended: its body, its trace and the items it showed."""
    body = encode(turn)
    place = {"conversation": conversation, "number": turn.number}
    connection.execute(insert(traces).values({**place, "body": json.dumps(body.pop("trace"))}))
    if turn.picks:
        items = [{**place, "rank": rank, "item": pick.item_id} for rank, pick in enumerate(turn.picks, 1)]
        connection.execute(insert(shown), items)
    connection.execute(
        update(turns)
        .where(turns.c.conversation == conversation, turns.c.number == turn.number)
        .values(status=turn.status, body=json.dumps(body), finished=time.time())
    )


def drop_outcome(connection: Connection, conversation: str, number: int) -> None:
    """Delete a turn's trace and the list of items it showed."""
    for table in (traces, shown):
        connection.execute(delete(table).where(table.c.conversation == conversation, table.c.number == number))
