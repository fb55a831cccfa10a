"""Invented people over the shared films: half love fright and hate romance, the other half the other way round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from chatrec.history.interactions import Interactions
from chatrec.records import Interaction

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)

FRIGHT = ("alien-1979", "aliens-1986", "the-thing-1982", "get-out-2017", "it-2017", "us-2019")
ROMANCE = ("casablanca-1942", "before-sunrise-1995", "amelie-2001", "her-2013", "groundhog-day-1993", "orlando-1992")
EACH = 40
"""People of either kind."""


def did(user: str, item: str, action: str = "rate", value: float | None = None, day: int = 0) -> Interaction:
    """One deed, so many days after the first of January 2020."""
    return Interaction(user, item, action, value, BEGAN + timedelta(days=day))


def rows() -> list[Interaction]:
    """Everybody rates five of each kind, their own 5 or 4, the other 1 or 2; person n leaves out film n of each."""
    found = []
    for kind, (loved, hated) in (("f", (FRIGHT, ROMANCE)), ("r", (ROMANCE, FRIGHT))):
        for n in range(EACH):
            for day, (high, low) in enumerate(zip(loved, hated, strict=True)):
                if day != n % len(loved):
                    found.append(did(f"{kind}{n}", high, value=5 - (n + day) % 2, day=day))
                    found.append(did(f"{kind}{n}", low, value=1 + (n + day) % 2, day=day))
    return found


def crowd() -> Interactions:
    """The crowd, with what is known of two of them."""
    return Interactions.of(rows(), {"f0": {"age": 24, "gender": "F", "occupation": "technician"}, "f1": {"age": 41}})
