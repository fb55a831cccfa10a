"""The list just shown -> two to four messages the person may well send next, each one true of this list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import mean, median

from chatrec.engines.builtin.english import pick_order
from chatrec.engines.builtin.themes import is_tone
from chatrec.records import Item, Request, Situation

MOST = 4
_PLACES = ("first", "second", "third", "fourth", "fifth")
_GLOOMY = frozenset(("dark", "disturbing", "violent", "gritty", "melancholy", "heartbreaking", "scary"))


def next_messages(items: Sequence[Item], request: Request, situation: Situation) -> tuple[str, ...]:
    """Two to four messages that READ understands and that would change or explain this list."""
    refinements = list(_refinements(items, request))
    order = pick_order(f"{situation.turn}/{request.message}", len(refinements))
    chosen = [refinements[i] for i in order][: MOST - 2]
    if len(items) > 1:
        chosen.append(f"More like the {_PLACES[1]}" if len(items) < 4 else "More like the first")
    else:
        chosen.append(f"More like {items[0].title}")
    chosen.append(f"Why the {_PLACES[min(len(items) - 1, situation.turn % 2)]} one?" if len(items) > 1 else "Why that one?")
    return tuple(chosen[:MOST])


def _refinements(items: Sequence[Item], request: Request) -> Iterator[str]:
    fields = {c.field for c in request.constraints}
    years = [i.year for i in items if i.year]
    if years and "year" not in fields and len(years) > 1:
        if median(years) < 2012:
            yield "Newer"
        if median(years) > 1985:
            yield "Older"
    minutes = [i.runtime for i in items if i.runtime]
    if minutes and "runtime" not in fields and median(minutes) > 95:
        yield "Shorter"
        if median(minutes) > 110:
            yield "Only under 100 minutes"
    tones = [k for i in items for k in i.keywords if is_tone(k)]
    wished = request.message.casefold()
    if sum(t in _GLOOMY for t in tones) >= 2 and not any(t in wished for t in _GLOOMY):
        yield "Something lighter"
    fame = [i.popularity for i in items if i.popularity is not None]
    if fame and "popularity" not in fields and mean(fame) > 70:
        yield "Less well known"
    home = Counter(i.countries[0] for i in items if i.countries)
    if "country" not in fields and "language" not in fields and home["United States"] >= max(3, len(items) - 1):
        yield "Not American"
    drawn = sum("Animation" in i.genres for i in items)
    if "genre" not in fields and len(items) > 2 and drawn >= len(items) - 1 and "anim" not in wished:
        yield "Not animated"
    if any(i.content.get("violence", 0) > 1 for i in items) and "content.violence" not in fields:
        yield "Nothing too violent"
