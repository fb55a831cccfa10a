"""What the language model has cost today and in each conversation, against the host's ceilings; it outlasts a restart."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from chatrec.errors import CeilingReached, SettingsError
from chatrec.memory.database import Database
from chatrec.memory.tables import spent_in_conversations, spent_on_days

_PART = re.compile(r"(\$)?\s*(\d[\d_]*(?:\.\d+)?)\s*(k|m|million)?\s*(\$|dollars?|usd|tokens?)?", re.IGNORECASE)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "million": 1_000_000}
_DAY = "Today's budget for the language model is used up; it is there again at midnight UTC"
_CONVERSATION = "This conversation has used up its budget for the language model; a new one has its own"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that may be spent; None: without limit."""

    tokens: int | None = None
    dollars: float | None = None

    @classmethod
    def parse(cls, text: str, setting: str) -> Ceiling:
        """`2 dollars`, `$0.50`, `300000 tokens`, `2M tokens`, or one of each with a comma between; empty: no limit.

        Raises SettingsError naming the setting.
        """
        tokens: int | None = None
        dollars: float | None = None
        for part in filter(str.strip, text.split(",")):
            match = _PART.fullmatch(part.strip())
            unit = (match[1] or match[4] or "").lower() if match else ""
            if match is None or not unit or (match[1] and match[4]):
                raise SettingsError(f"{setting}={text!r} cannot be used: write for example 2 dollars, or 300000 tokens.")
            amount = float(match[2].replace("_", "")) * _TIMES[(match[3] or "").lower()]
            if unit.startswith("token"):
                tokens = int(amount)
            else:
                dollars = amount
        return cls(tokens, dollars)

    @property
    def is_set(self) -> bool:
        """Whether there is any limit."""
        return self.tokens is not None or self.dollars is not None


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The host's ceilings for a day (UTC), all visitors together, and for one conversation."""

    day: Ceiling = field(default_factory=Ceiling)
    conversation: Ceiling = field(default_factory=Ceiling)

    @property
    def are_set(self) -> bool:
        """Whether there is any."""
        return self.day.is_set or self.conversation.is_set


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens in both directions, and US dollars; None where the price is not known."""

    tokens: int = 0
    dollars: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Reservation:
    """What was set aside for a call, on which day and for which conversation."""

    day: str
    conversation: str
    amount: Amount


class Spending:
    """Sums per day and per conversation, shared by all processes on one database.

    What a call may take is reserved before it begins, in one statement that checks the ceiling, so that turns at the same time
    cannot pass it together; afterwards the reservation gives way to what the call really took. A process that dies leaves its
    reservations as spent. Without a ceiling nothing is set aside: what a turn took is recorded when it ends.

    Methods block (milliseconds); StoreError when the database fails.
    """

    def __init__(self, database: Database, ceilings: Ceilings, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self.ceilings = ceilings

    def today(self) -> Amount:
        """What has been spent and set aside today, by everybody."""
        with self._database.transaction() as connection:
            return _read(connection, spent_on_days, self._day())

    def of_conversation(self, conversation: str) -> Amount:
        """What has been spent and set aside in one conversation."""
        with self._database.transaction() as connection:
            return _read(connection, spent_in_conversations, conversation)

    def reserve(self, conversation: str, amount: Amount) -> Reservation:
        """Set an amount aside. Raises CeilingReached, and sets nothing aside, where it would pass a ceiling."""
        day = self._day()
        with self._database.transaction(write=True) as connection:
            for table, key, ceiling, told in (
                (spent_on_days, day, self.ceilings.day, _DAY),
                (spent_in_conversations, conversation, self.ceilings.conversation, _CONVERSATION),
            ):
                _open(connection, table, key)
                if not _add(connection, table, key, amount, ceiling):
                    raise CeilingReached(told)
        return Reservation(day, conversation, amount)

    def settle(self, reservation: Reservation, amount: Amount) -> None:
        """Put what was really spent in the place of a reservation."""
        with self._database.transaction(write=True) as connection:
            change = Amount(
                amount.tokens - reservation.amount.tokens, (amount.dollars or 0.0) - (reservation.amount.dollars or 0.0)
            )
            _add(connection, spent_on_days, reservation.day, change, Ceiling())
            _add(connection, spent_in_conversations, reservation.conversation, change, Ceiling())

    def record(self, conversation: str, amount: Amount) -> None:
        """Add what was spent without having been set aside, so that a ceiling set later counts it as well."""
        with self._database.transaction(write=True) as connection:
            for table, key in ((spent_on_days, self._day()), (spent_in_conversations, conversation)):
                if not _add(connection, table, key, amount, Ceiling()):
                    _open(connection, table, key)
                    _add(connection, table, key, amount, Ceiling())

    def _day(self) -> str:
        return self._now().astimezone(UTC).date().isoformat()


def _open(connection: Connection, table: Table, key: str) -> None:
    """Make sure of a row for a day or a conversation."""
    (column,) = table.primary_key.columns
    if connection.scalar(select(column).where(column == key)) is None:
        # On PostgreSQL another connection may be faster; and a conversation that was just deleted has no row.
        with suppress(IntegrityError), connection.begin_nested():
            connection.execute(insert(table).values({column.name: key, "tokens": 0, "dollars": 0.0}))


def _add(connection: Connection, table: Table, key: str, amount: Amount, ceiling: Ceiling) -> bool:
    """Add to a row unless that passes the ceiling; whether it was added."""
    (column,) = table.primary_key.columns
    room: list[Any] = [column == key]
    if ceiling.tokens is not None:
        room.append(table.c.tokens + amount.tokens <= ceiling.tokens)
    if ceiling.dollars is not None:
        if amount.dollars is None:
            return False
        room.append(table.c.dollars + amount.dollars <= ceiling.dollars)
    more = {"tokens": table.c.tokens + amount.tokens, "dollars": table.c.dollars + (amount.dollars or 0.0)}
    return connection.execute(update(table).where(and_(*room)).values(more)).rowcount > 0


def _read(connection: Connection, table: Table, key: str) -> Amount:
    (column,) = table.primary_key.columns
    row = connection.execute(select(table.c.tokens, table.c.dollars).where(column == key)).first()
    return Amount(row.tokens, row.dollars) if row else Amount()
