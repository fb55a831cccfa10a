"""The tables of the store. Times are seconds since 1970 in UTC; bodies are records as JSON, see codec.py."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA = 1
"""The version of the tables below; a database of a newer version is refused."""

metadata = MetaData()

about = Table(
    "chatrec_about",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("created", Float, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("user", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("title", Text, nullable=False, default=""),
    Column("started", Float, nullable=False),
    Column("updated", Float, nullable=False),
    Index("conversations_by_user", "user", "updated"),
)

# `message` is written when the turn begins, `body` (the Turn without its trace) when it ends. `known` is the profile the
# turn began with, so that what the turn changed can be told from what the person changed meanwhile, and undone.
turns = Table(
    "turns",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("message", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("body", Text),
    Column("known", Text, nullable=False),
    Column("opener", Text, nullable=False),
    Column("opened", Float, nullable=False),
    Column("finished", Float),
    Index("turns_by_status", "status"),
)

traces = Table(
    "traces",
    metadata,
    Column("conversation", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(["conversation", "number"], ["turns.conversation", "turns.number"], ondelete="CASCADE"),
)

shown = Table(
    "shown",
    metadata,
    Column("conversation", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("rank", Integer, primary_key=True, autoincrement=False),
    Column("item", Text, nullable=False),
    ForeignKeyConstraint(["conversation", "number"], ["turns.conversation", "turns.number"], ondelete="CASCADE"),
    Index("shown_by_item", "item"),
)

# A sentence of scope person has no conversation ('' rather than NULL, which a primary key cannot hold).
sentences = Table(
    "sentences",
    metadata,
    Column("user", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("conversation", String(64), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("user", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("item", String(500), primary_key=True),
    Column("action", String(16), nullable=False),
    Column("conversation", String(64)),
    Column("at", Float, nullable=False),
)

# What the language model has cost; a day is a UTC date. A day's sum outlasts the conversations it was spent in.
spent_on_days = Table(
    "spent_on_days",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("tokens", BigInteger, nullable=False),
    Column("dollars", Float, nullable=False),
)

spent_in_conversations = Table(
    "spent_in_conversations",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("tokens", BigInteger, nullable=False),
    Column("dollars", Float, nullable=False),
)
