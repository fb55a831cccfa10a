"""How conditions meet: those of one message are joined, and newer ones prevail over older ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chatrec.records import Constraint

_NUMBERS = ("year", "runtime", "audience", "popularity", "acclaim")


def merged(constraints: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """The constraints of one message, number bounds on one field joined ("after 1990 and before 2000")."""
    kept: list[Constraint] = []
    for new in constraints:
        same = next((i for i, old in enumerate(kept) if old.field == new.field and _is_number(new)), None)
        if new in kept:
            continue
        if same is None:
            kept.append(new)
            continue
        kept[same] = _intersected(kept[same], new)
    return tuple(kept)


def _is_number(constraint: Constraint) -> bool:
    return constraint.field in _NUMBERS or constraint.field.startswith("content.")


def _intersected(old: Constraint, new: Constraint) -> Constraint:
    least = max((n for n in (old.at_least, new.at_least) if n is not None), default=None)
    most = min((n for n in (old.at_most, new.at_most) if n is not None), default=None)
    if least is not None and most is not None and least > most:
        return new
    return replace(new, at_least=least, at_most=most, words=f"{old.words}, {new.words}")


def outlived(old: Constraint, new: Sequence[Constraint], *, adding: bool = False) -> Constraint | None:
    """What is left of an earlier constraint beside newer ones: itself, a part of it, or nothing.

    A newer wish on the same field takes the place of the older one (`adding`: stands beside it), a newer bound on a number that
    of the older bound on that side, and what was refused and is now wanted, or the reverse, is dropped.
    """
    kept: Constraint | None = old
    for one in new:
        if kept is None:
            return None
        kept = _beside(kept, one, adding)
    return kept


def _beside(old: Constraint, new: Constraint, adding: bool) -> Constraint | None:
    if _is_number(old) or _is_number(new):
        return _number_beside(old, new) if old.field == new.field else old
    none_of = tuple(v for v in old.none_of if old.field != new.field or v not in new.any_of)
    any_of = tuple(v for v in old.any_of if old.field != new.field or v not in new.none_of)
    places = {"language", "country"}
    same = old.field == new.field or {old.field, new.field} <= places
    if (
        any_of
        and new.any_of
        and same
        and not adding
        and old.field != "topic"
        and not (old.field == "genre" and goes_with(any_of, new.any_of))
    ):
        any_of = ()
    if same and old.field in places and old.none_of and new.any_of and old.field == new.field:
        none_of = none_of if set(none_of) - set(new.any_of) else ()
    if (old.any_of and not any_of) or (old.none_of and not none_of):
        return None
    return old if (any_of, none_of) == (old.any_of, old.none_of) else replace(old, any_of=any_of, none_of=none_of)


_FORMATS = frozenset({"Animation", "Family", "Children", "Kids"})


def goes_with(old: Iterable[str], new: Iterable[str]) -> bool:
    """Whether the newer genre is a format that goes with any other: "animated" after "comedy"."""
    return set(new) <= _FORMATS and not set(old) & {"Documentary"}


def _number_beside(old: Constraint, new: Constraint) -> Constraint | None:
    least = old.at_least if new.at_least is None else None
    most = old.at_most if new.at_most is None else None
    if least is not None and new.at_most is not None and least > new.at_most:
        least = None
    if most is not None and new.at_least is not None and most < new.at_least:
        most = None
    if new.field == "audience" or (least is None and most is None):
        return None
    return old if (least, most) == (old.at_least, old.at_most) else replace(old, at_least=least, at_most=most)
