"""A conversation with the built-in reader over the shared films: every list shows Coraline, Orlando, Only Lovers Left Alive."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.read import Reader
from chatrec.records import Constraint, Pick, Profile, Reading, Request, Situation, Turn
from tests.films import make_catalog

SHOWN = ("coraline-2009", "orlando-1992", "only-lovers-left-alive-2013")


@cache
def reader() -> Reader:
    """One reader for all tests; it holds nothing between calls."""
    catalog = make_catalog()
    return Reader(catalog, TitleLinker(catalog))


def talk(
    *messages: str,
    profile: Profile | None = None,
    suggestions: tuple[str, ...] = (),
    feedback: Mapping[str, str] | None = None,
) -> list[Reading]:
    """The readings of the messages of one conversation, in order."""
    catalog = make_catalog()
    profile = profile or Profile()
    history: tuple[Turn, ...] = ()
    readings = []
    for number, message in enumerate(messages, 1):
        reading = reader().read(Situation(message, number, profile, history, feedback or {}))
        profile = reading.profile
        listed = reading.request.intent in ("recommend", "more")
        picks = tuple(
            Pick(item_id, catalog[item_id].title, catalog[item_id].year, rank, "") for rank, item_id in enumerate(SHOWN, 1)
        )
        turn = Turn(
            number, message, picks=picks if listed else (), request=reading.request, profile=profile, suggestions=suggestions
        )
        history = (*history, turn)
        readings.append(reading)
    return readings


def asked(*messages: str, **more: object) -> Request:
    """The request that the last message comes to."""
    return talk(*messages, **more)[-1].request  # type: ignore[arg-type]


def shape(constraint: Constraint) -> str:
    """A constraint as short text: `genre=Comedy|Drama`, `genre!Horror`, `year>=1990<=1999`, `person(director)=...`."""
    text = f"{constraint.field}({constraint.role})" if constraint.role else constraint.field
    text += f"={'|'.join(constraint.any_of)}" if constraint.any_of else ""
    text += f"!{'|'.join(constraint.none_of)}" if constraint.none_of else ""
    text += f">={constraint.at_least:g}" if constraint.at_least is not None else ""
    return text + (f"<={constraint.at_most:g}" if constraint.at_most is not None else "")


def shapes(request: Request) -> set[str]:
    """Every constraint of a request as short text."""
    return {shape(c) for c in request.constraints}


def feelings(request: Request) -> dict[str, str]:
    """Item id -> sentiment of every mention."""
    return {m.item_id: m.sentiment for m in request.mentions}


def sentences(reading: Reading) -> list[str]:
    """The texts of the profile's active sentences."""
    return [s.text for s in reading.profile.active]
