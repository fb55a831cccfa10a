"""The concepts of a message -> those said in one breath ("comedy or drama"), and what the words around them make of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from chatrec.engines.builtin.negation import Stance
from chatrec.engines.builtin.parsed import Parsed
from chatrec.engines.builtin.people import MANNERS
from chatrec.engines.builtin.phrasing import tidy
from chatrec.engines.builtin.places import REGIONS

_STYLES = frozenset({"style", "styled", "ish", "esque", "vibe", "vibes", "like", "type", "inspired", "feel"})
_OR = frozenset({"or", "/", "oder", "ou", "o", "either"})
_AND = frozenset({"and", "&", "y", "et", "und", "e", "+"})
_BETWEEN = (
    _OR
    | _AND
    | frozenset(
        {
            ",",
            "nor",
            "a",
            "an",
            "some",
            "the",
            "film",
            "films",
            "movie",
            "movies",
            "any",
            "no",
            "ni",
            "from",
            "with",
            "by",
            "in",
        }
    )
)


_GROUPED = ("genre", "language", "country", "person", "year", "topic")
_MAYBE = frozenset({"maybe", "perhaps", "possibly", "preferably", "ideally"})
_UNTELLING = frozenset({"something", "anything", "some", "a", "an", "one", "even", "from", "in", "with", "by", "film", "films"})
_HOPED = ("country", "language", "person", "genre")
_OTHER_WISHES = frozenset({*_HOPED, "mood", "topic", "form", "item"})


def groups(parsed: Parsed, places: Sequence[int]) -> list[list[int]]:
    """Concepts of one kind and stance that are joined by commas and conjunctions: "comedy or drama"."""
    groups: list[list[int]] = []
    for place in places:
        joined = next((group for group in reversed(groups[-2:]) if _joined(parsed, group[-1], place)), None)
        if joined is not None:
            joined.append(place)
        else:
            groups.append([place])
    return [part for group in groups for part in _either(parsed, group)]


def _either(parsed: Parsed, group: list[int]) -> list[list[int]]:
    """Topics stay together only where an "or" makes them a choice, and where they are wanted."""
    first = parsed.parts[group[0]].concept
    if first is None or first.kind != "topic" or len(group) == 1:
        return [group]
    said = {p.norm for a, b in pairwise(group) for p in parsed.parts[a + 1 : b]}
    choice = bool(said & _OR) and not said & _AND and parsed.stances[group[0]] in (Stance.PLAIN, Stance.WANT)
    return [group] if choice else [[place] for place in group]


def _joined(parsed: Parsed, before: int, place: int) -> bool:
    a, b = parsed.parts[before].concept, parsed.parts[place].concept
    if a is None or b is None or a.kind != b.kind or a.kind not in _GROUPED:
        return False
    if parsed.stances[before] is not parsed.stances[place] or place - before > 4 or a.both or b.both:
        return False
    between = [p.norm for p in parsed.parts[before + 1 : place]]
    if a.kind == "genre" and between[:1] == ["or"] and not set(between) & {",", ".", ";", "?"}:
        return True
    return bool(between) and all(n in _BETWEEN for n in between)


def loose(parsed: Parsed, group: Sequence[int]) -> bool:
    """Whether one of the group is enough; "horror and comedy" in the singular asks for both."""
    between = {p.norm for a, b in pairwise(group) for p in parsed.parts[a + 1 : b]}
    if between & _OR:
        return True
    parts = [parsed.parts[i] for i in group]
    kind = parts[0].concept.kind if parts[0].concept else ""
    if kind == "genre":
        mixed = any(
            p.norm in ("mix", "both", "blend", "combination", "mixture", "cross")
            for p in parsed.parts[max(0, group[0] - 4) : group[0]]
        )
        return not mixed and (all(p.norm.endswith("s") for p in parts) or not between & _AND)
    if kind == "person":
        return parts[0].concept is not None and parts[0].concept.role == "director"
    return True


def tentative(parsed: Parsed, group: Sequence[int]) -> bool:
    """Whether something is wanted only "maybe", beside another wish; a genre that is the whole wish is meant."""
    concept = parsed.parts[group[0]].concept
    if concept is None or concept.kind not in _HOPED or concept.both or concept.foreign:
        return False
    if concept.kind == "country" and concept.name in REGIONS:  # so wide a choice needs no second one
        return False
    before = next((p.norm for p in reversed(parsed.parts[: group[0]]) if p.norm not in _UNTELLING), "")
    after = [p.norm for p in parsed.parts[group[-1] + 1 : group[-1] + 5] if p.norm not in (",", "film", "films", "one")]
    closing = not after[1:2] or after[1] in (".", "?", "!", ",")
    hoped = before in _MAYBE or (after[:1] != [] and after[0] in _MAYBE and closing) or after[:2] == ["if", "possible"]
    others = [p.concept for place, p in enumerate(parsed.parts) if p.concept is not None and place not in group]
    return hoped and (concept.kind != "genre" or any(other.kind in _OTHER_WISHES for other in others))


def coloured(parsed: Parsed, place: int, stance: Stance) -> bool:
    """Whether a mood right before it narrows what is refused: "no stupid comedies" refuses no other comedy."""
    before = parsed.parts[place - 1].concept if place else None
    return before is not None and before.kind == "mood" and parsed.stances[place - 1] is stance


def only_style(parsed: Parsed, group: Sequence[int]) -> bool:
    """Whether somebody's manner is wanted rather than their films: "tarantino style", "Hitchcockian"."""
    following = [p.norm for p in parsed.parts[group[-1] + 1 : group[-1] + 2]]
    return bool(_STYLES.intersection(following)) or parsed.parts[group[-1]].norm.endswith(MANNERS)


def wording_of(parsed: Parsed, group: Sequence[int]) -> str:
    start, end = parsed.parts[group[0]].start, parsed.parts[group[-1]].end
    following = parsed.parts[group[-1] + 1 : group[-1] + 2]
    if following and following[0].norm in ("film", "films", "movie", "movies"):
        concept = parsed.parts[group[-1]].concept
        end = following[0].end if concept is not None and concept.kind == "topic" else end
    return tidy(parsed.text[start:end])
