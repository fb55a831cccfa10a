"""A person -> everything that is stored about them, as data that JSON can hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from chatrec.memory.tables import conversations, feedback, sentences, shown, traces, users
from chatrec.memory.turns import rows_of


def exported(connection: Connection, user: str) -> dict[str, Any]:
    """The person's conversations with turns, traces and items shown, their profile sentences and feedback.

    For somebody who is not known the lists are empty and `created` is null.
    """
    c = conversations.c
    talks = connection.execute(select(c.id, c.title, c.started, c.updated).where(c.user == user).order_by(c.started)).all()
    s, f = sentences.c, feedback.c
    lines = connection.execute(select(s.conversation, s.body).where(s.user == user).order_by(s.conversation, s.position)).all()
    given = connection.execute(select(f.item, f.action, f.conversation, f.at).where(f.user == user).order_by(f.at)).all()
    return {
        "user": user,
        "created": _time(connection.scalar(select(users.c.created).where(users.c.id == user))),
        "conversations": [
            {
                "id": talk.id,
                "title": talk.title,
                "started": _time(talk.started),
                "updated": _time(talk.updated),
                "turns": _turns(connection, talk.id),
            }
            for talk in talks
        ],
        "profile": [{"conversation": line.conversation or None, **json.loads(line.body)} for line in lines],
        "feedback": [
            {"item": one.item, "action": one.action, "conversation": one.conversation, "at": _time(one.at)} for one in given
        ],
    }


def _turns(connection: Connection, conversation: str) -> list[dict[str, Any]]:
    how = dict(connection.execute(select(traces.c.number, traces.c.body).where(traces.c.conversation == conversation)).all())
    items: dict[int, list[str]] = {}
    s = shown.c
    for number, item in connection.execute(select(s.number, s.item).where(s.conversation == conversation).order_by(s.rank)):
        items.setdefault(number, []).append(item)
    return [
        {
            "number": row.number,
            "message": row.message,
            "status": row.status,
            "opened": _time(row.opened),
            "finished": _time(row.finished),
            "shown": items.get(row.number, []),
            "profile_before": json.loads(row.known),
            "turn": None if row.body is None else json.loads(row.body),
            "trace": None if row.number not in how else json.loads(how[row.number]),
        }
        for row in rows_of(connection, conversation)
    ]


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()
