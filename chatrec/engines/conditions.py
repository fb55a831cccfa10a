"""The hard conditions a model reports -> constraints the catalog can meet, and how they join those found by code.

The safe side comes first: what code found in the message stays and can only be narrowed, what is kept out stays out, and a
limit on content or age is never raised here. Conditions of earlier turns give way to new ones of the same field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.phrasing import describe
from chatrec.engines.builtin.places import ADJECTIVES
from chatrec.records import Constraint

_VOCABULARIES = {"genre": "genres", "language": "languages", "country": "countries", "person": "people"}
_RANGES = {"year": (1850, 2100), "runtime": (1, 1_000)}
_LIMITS = {
    "age": ("audience", 18),
    "audience": ("audience", 18),
    # Level 3 is the strongest there is: a limit of 3 says nothing.
    "violence": ("content.violence", 2),
    "fear": ("content.fear", 2),
    "sex": ("content.sex", 2),
    "swearing": ("content.language", 2),
    "drugs": ("content.drugs", 2),
}
# The first word of a wish for what few or many people know -> the bound on popularity, as the built-in reading sets it.
_RENOWN = {"little": (None, 50.0), "less": (None, 50.0), "well": (75.0, None)}
# A part of the world comes as its countries, all of them.
_MOST_VALUES = 40
_REGIONS = {
    "europe": "european",
    "scandinavia": "scandinavian",
    "asia": "asian",
    "east asia": "east asian",
    "africa": "african",
    "latin america": "latin american",
    "south america": "south american",
    "middle east": "middle eastern",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A constraint and the sentence that says it to the person."""

    constraint: Constraint
    text: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The conditions that were taken, and the earlier constraints they replace."""

    taken: tuple[Condition, ...]
    replaced: frozenset[Constraint]


class Vocabulary:
    """The catalog's own spelling of genres, languages, countries and people."""

    def __init__(self, catalog: Catalog) -> None:
        self._spelled = {
            field: {_key(name): name for name in catalog.vocabulary(plural)} for field, plural in _VOCABULARIES.items()
        }
        self._keywords = {_key(name): name for name in catalog.vocabulary("keywords")}
        self.knows_renown = any(item.popularity is not None for item in catalog)
        self._places = {word: place.countries for place in ADJECTIVES if not place.search for word in place.words}

    def spell(self, field: str, name: str) -> tuple[str, ...]:
        """The catalog's spelling of a name, empty where it does not hold it; of a part of the world all its countries."""
        key = _key(name)
        found = self._spelled[field].get(key)
        if found is not None or field != "country":
            return (found,) if found is not None else ()
        return tuple(c for c in self._places.get(_REGIONS.get(key, key), ()) if _key(c) in self._spelled[field])

    def find(self, words: str) -> tuple[str, str] | None:
        """The kind (genre, person, country, language, topic) and spelling of what some words name, if anything."""
        key = _key(words)
        for field, spelled in self._spelled.items():
            if key in spelled:
                return field, spelled[key]
        return ("topic", self._keywords[key]) if key in self._keywords else None


def read_condition(entry: Mapping[str, Any], vocabulary: Vocabulary, dropped: Counter[str]) -> Condition | None:
    """One entry of the model's list, checked; what the catalog does not know is left out and counted."""
    field = str(entry.get("field", "")).strip().lower().removeprefix("content.")
    words = _line(entry.get("quote"))[:120]
    constraint: Constraint | None = None
    if field in _VOCABULARIES:
        wanted = _spelled(field, _listed(entry.get("in")), vocabulary, dropped)
        unwanted = _spelled(field, _listed(entry.get("not")), vocabulary, dropped)
        constraint = Constraint(field, any_of=tuple(v for v in wanted if v not in unwanted), none_of=unwanted, words=words)
    elif field == "topic":
        unwanted = tuple(dict.fromkeys(topic.lower() for topic in _listed(entry.get("not")) if 2 < len(topic) <= 40))
        # Without the quote: a topic is described by its words, and "seen most Disney stuff" describes no condition.
        spelled = [topic for topic in _listed(entry.get("not")) if topic.lower() in unwanted]
        words = f"no {' or '.join(spelled)}" if spelled != list(unwanted) else ""
        constraint = Constraint(field, none_of=unwanted, words=words)
    elif field in _RANGES:
        low, high = _RANGES[field]
        at_least, at_most = _number(entry.get("from"), low, high), _number(entry.get("to"), low, high)
        if at_least is None or at_most is None or at_least <= at_most:
            constraint = Constraint(field, at_least=at_least, at_most=at_most, words=words)
    elif field in ("renown", "popularity") and vocabulary.knows_renown:
        said = next((word for name in _listed(entry.get("in")) for word in _key(name).split()[:1] if word in _RENOWN), "")
        if said:
            least, most = _RENOWN[said]
            constraint = Constraint("popularity", at_least=least, at_most=most, words=words)
    elif field in _LIMITS:
        name, high = _LIMITS[field]
        at_most = _number(entry.get("to"), 0, high)
        # Both together are somebody's age, not a wish for something grown-up.
        grown_up = name == "audience" and at_most is None
        at_least = _number(entry.get("from"), 1, high) if grown_up else None
        constraint = Constraint(name, at_least=at_least, at_most=at_most, words=words)
    if constraint is None or constraint == Constraint(constraint.field, words=words):
        dropped["unusable_condition"] += 1
        return None
    said = _sentence(_line(entry.get("text")))
    return Condition(constraint, said if 0 < len(said) <= 160 else _own_words(constraint))


def join(
    conditions: Sequence[Condition],
    found: Sequence[Constraint],
    earlier: Sequence[Constraint],
    dropped: Counter[str],
    *,
    doubtful: bool = False,
) -> Joined:
    """What to add to the constraints code `found` in this message and those of `earlier` turns, and which of these give way.

    `doubtful` says that the message is in a language the code's rules do not read well: what they took for the opposite of
    what the model reports gives way too, but for limits on content and age.
    """
    now, before = list(found), list(earlier)
    taken: list[Condition] = []
    replaced: set[Constraint] = set()
    for condition in conditions:
        if doubtful:
            misread = [old for old in now if old in found and _opposite(old, condition.constraint)]
            replaced.update(misread)
            now = [old for old in now if old not in misread]
        fitted = _fit(condition.constraint, now, before, dropped)
        if fitted is None:
            continue
        gone = [old for old in before if _gives_way(old, fitted)] + [old for old in now if _is_narrowed(old, fitted)]
        replaced.update(gone)
        before = [old for old in before if old not in gone]
        now = [old for old in now if old not in gone]
        # A condition of this reply that a later one narrows is not kept beside it.
        taken = [one for one in taken if one.constraint not in gone]
        now.append(fitted)
        own = condition.text == _own_words(condition.constraint)
        taken.append(Condition(fitted, _own_words(fitted) if own else condition.text))
    return Joined(tuple(taken), frozenset(replaced))


def is_limit(constraint: Constraint) -> bool:
    """Whether a constraint guards somebody: the viewer's age, or how strong the content may be."""
    return constraint.field == "audience" or constraint.field.startswith("content.")


def in_words(constraint: Constraint) -> str:
    """The constraint as a short English phrase, in the built-in engine's wording."""
    if constraint.any_of and constraint.none_of:
        return f"{describe(replace(constraint, none_of=()))}, {describe(replace(constraint, any_of=()))}"
    return describe(constraint)


def _fit(new: Constraint, now: Sequence[Constraint], before: Sequence[Constraint], dropped: Counter[str]) -> Constraint | None:
    """The constraint without what contradicts the safe side or is said already; None when nothing is left."""
    same_now = [c for c in now if c.field == new.field]
    same = [*same_now, *(c for c in before if c.field == new.field)]
    kept_out = {value for c in same for value in c.none_of}
    wanted_now = {value for c in same_now for value in c.any_of}
    any_of = tuple(value for value in new.any_of if value not in kept_out)
    if len(any_of) < len(new.any_of) or wanted_now & set(new.none_of):
        dropped["contradicting_condition"] += 1
    if any(c.any_of and (c.role == new.role or set(new.any_of) <= set(c.any_of)) for c in same_now):
        any_of = ()
    none_of = tuple(value for value in new.none_of if value not in kept_out and value not in wanted_now)
    fitted = replace(new, any_of=any_of, none_of=none_of)
    if new.field == "topic" and len(none_of) < len(new.none_of):
        fitted = replace(fitted, words="")  # they would name what is said already
    rivals = same if is_limit(new) else same_now
    if any(_narrower(c, new) for c in rivals if _has_range(c)):
        fitted = replace(fitted, at_least=None, at_most=None)
    elif any(not _overlap(c, new) for c in rivals if _has_range(c)):
        dropped["contradicting_condition"] += 1
        fitted = replace(fitted, at_least=None, at_most=None)
    empty = not fitted.any_of and not fitted.none_of and not _has_range(fitted)
    said_before = any(replace(c, words="") == replace(fitted, words="") for c in same)
    return None if empty or said_before else fitted


def _gives_way(old: Constraint, new: Constraint) -> bool:
    """Whether an earlier constraint is replaced by a new one."""
    if old.field != new.field:
        return False
    if is_limit(old):
        return _is_narrowed(old, new)
    if old.any_of and not old.none_of:
        return bool(new.any_of and old.role == new.role) or bool(set(old.any_of) & set(new.none_of))
    return _has_range(old) and _has_range(new)


def _is_narrowed(old: Constraint, new: Constraint) -> bool:
    return old.field == new.field and _has_range(old) and _has_range(new) and _narrower(new, old)


def _opposite(old: Constraint, new: Constraint) -> bool:
    if old.field != new.field or is_limit(old):
        return False
    return bool(set(old.none_of) & set(new.any_of) or set(old.any_of) & set(new.none_of))


def _has_range(constraint: Constraint) -> bool:
    return constraint.at_least is not None or constraint.at_most is not None


def _bounds(constraint: Constraint) -> tuple[float, float]:
    low = float("-inf") if constraint.at_least is None else constraint.at_least
    return low, float("inf") if constraint.at_most is None else constraint.at_most


def _narrower(one: Constraint, other: Constraint) -> bool:
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    return low >= other_low and high <= other_high


def _overlap(one: Constraint, other: Constraint) -> bool:
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    return max(low, other_low) <= min(high, other_high)


def _spelled(field: str, names: Sequence[str], vocabulary: Vocabulary, dropped: Counter[str]) -> tuple[str, ...]:
    found = [vocabulary.spell(field, name) for name in names]
    dropped["unknown_value"] += found.count(())
    return tuple(dict.fromkeys(name for names in found for name in names))


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [" ".join(v.split()) for v in values if isinstance(v, str) and v.strip()][:_MOST_VALUES]


def _line(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _own_words(constraint: Constraint) -> str:
    return f"For now: {in_words(constraint)}."


def _sentence(text: str) -> str:
    """With a capital and, in scripts that have it, a full stop, like the other notes."""
    closed = f"{text}." if text[-1:].isalnum() and text[-1] < "\u0e00" else text
    return closed[:1].upper() + closed[1:]


def _number(value: Any, low: int, high: int) -> float | None:
    if isinstance(value, str) and value.strip().isdigit() and len(value) < 6:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if low <= value <= high else None


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("’", "'").split())
