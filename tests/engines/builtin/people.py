"""Readings and shortlists for tests of what the built-in engine says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chatrec.catalog.table import Catalog
from chatrec.records import (
    Candidate,
    Constraint,
    Intent,
    Item,
    Mention,
    Preference,
    Profile,
    Reading,
    Request,
    Sentence,
    Shortlist,
    Situation,
)


def reading_of(
    catalog: Catalog,
    message: str = "",
    *,
    intent: Intent = "recommend",
    liked: Iterable[str] = (),
    disliked: Iterable[str] = (),
    moods: Iterable[str] = (),
    genres: Iterable[str] = (),
    topics: Iterable[str] = (),
    unwanted: Iterable[tuple[str, str]] = (),
    constraints: Iterable[Constraint] = (),
    count: int = 5,
    **more: object,
) -> Reading:
    """A reading as READ would make it: every like, wish and condition has its profile sentence."""
    liked, disliked, constraints = tuple(liked), tuple(disliked), tuple(constraints)
    wishes = tuple(
        [Preference("mood", m, 0.8) for m in moods]
        + [Preference("genre", g, 0.8) for g in genres]
        + [Preference("topic", t, 0.8) for t in topics]
    )
    refused = tuple(Preference(target, value, -0.6) for target, value in unwanted)  # type: ignore[arg-type]
    sentences: list[Sentence] = []

    def say(text: str, kind: str, scope: str, **meaning: object) -> None:
        sentences.append(Sentence(f"s{len(sentences) + 1}", text, kind, "turn 1", scope, **meaning))  # type: ignore[arg-type]

    if liked:
        titles = " and ".join(catalog[i].title for i in liked)
        say(f"You loved {titles}.", "like", "person", preferences=tuple(Preference("item", i, 1.0) for i in liked))
    if disliked:
        titles = " and ".join(catalog[i].title for i in disliked)
        say(f"You disliked {titles}.", "dislike", "person", preferences=tuple(Preference("item", i, -1.0) for i in disliked))
    for wish in wishes:
        say(f"For now: something {wish.value}.", "constraint", "conversation", preferences=(wish,))
    for preference in refused:
        say(f"You dislike {preference.value}.", "dislike", "person", preferences=(preference,))
    for constraint in constraints:
        say(f"For now: {constraint.words}.", "constraint", "conversation", constraints=(constraint,))
    profile = Profile(tuple(sentences))
    request = Request(
        intent,
        message,
        search_text=" ".join(p.value for p in wishes),
        constraints=constraints,
        preferences=profile.preferences,
        mentions=tuple(
            [Mention(i, catalog[i].title, catalog[i].title, "like", 1) for i in liked]
            + [Mention(i, catalog[i].title, catalog[i].title, "dislike", 1) for i in disliked]
        ),
        anchors=liked,
        count=count,
    )
    return Reading(replace(request, **more), profile)  # type: ignore[arg-type]


def shortlist_of(items: Iterable[Item | str], step: float = 0.1) -> Shortlist:
    """Candidates in this order, each `step` below the one before."""
    ids = [i if isinstance(i, str) else i.id for i in items]
    return Shortlist(tuple(Candidate(i, 1.0 - step * n) for n, i in enumerate(ids)), considered=len(ids))


def situation_of(message: str = "", turn: int = 1, **more: object) -> Situation:
    """A situation with this message."""
    return Situation(message, turn, **more)  # type: ignore[arg-type]
