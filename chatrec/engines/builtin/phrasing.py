"""Constraints and preferences -> the short English that people read; what it says can be read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from chatrec.engines.builtin.wording import join, spelled
from chatrec.records import Constraint

LONGEST = 200
_SMALL = spelled(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
# Company of which no age was told: ten years is what code makes of it, and nothing to tell people about themselves.
_FAMILY = re.compile(r"famil|\ball ages\b|\beveryone\b", re.IGNORECASE)
_COUNTED = frozenset({"musical", "western", "thriller", "documentary", "comedy", "drama", "mystery"})
_CONTENT = {
    "violence": ("no violence", "nothing too violent", "some violence at most"),
    "fear": ("nothing scary at all", "nothing scary", "a few scares at most"),
    "sex": ("no sex", "nothing too sexual", "some sex at most"),
    "language": ("no swearing", "nothing too vulgar", "some swearing at most"),
    "drugs": ("no drug use", "no drug-taking to speak of", "some drug use at most"),
}


def tidy(text: str) -> str:
    """A person's wording, fit to stand in a sentence: no control characters, one line, at most LONGEST characters."""
    text = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def describe(constraint: Constraint) -> str:
    """What a constraint asks, without a verb: `from the 1990s`, `no horror`, `nothing longer than 120 minutes`."""
    field = constraint.field
    if field.startswith("content."):
        told = _CONTENT.get(field.removeprefix("content."), ("nothing of the kind", "little of the kind", "some of the kind"))
        return told[min(2, _whole(constraint.at_most) or 0)]
    if field in ("year", "runtime", "audience", "popularity", "acclaim"):
        return _number(constraint)
    if field == "topic":
        return _topic(constraint)
    if constraint.none_of:
        return _refused(constraint)
    return _wanted(constraint)


def _number(constraint: Constraint) -> str:
    least, most = _whole(constraint.at_least), _whole(constraint.at_most)
    if constraint.field == "year":
        if least is not None and most is not None:
            if least == most:
                return f"from {least}"
            return f"from the {least}s" if least % 10 == 0 and most == least + 9 else f"from {least} to {most}"
        return f"from {least} on" if least is not None else f"from {most} or before"
    if constraint.field == "runtime":
        if least is not None and most is not None:
            return f"between {least} and {most} minutes"
        return f"nothing longer than {most} minutes" if most is not None else f"at least {least} minutes"
    if constraint.field == "audience":
        if for_families(constraint):
            return "suitable for the whole family"
        return f"suitable for {age(most)}" if most is not None else "for adults"
    if constraint.field == "popularity":
        return "well known" if least is not None else "hidden gems" if most == 50 else "less well known"
    return "acclaimed"


def for_families(constraint: Constraint) -> bool:
    """Whether it asks for what a whole family can watch: nobody said how old the youngest is."""
    return constraint.field == "audience" and constraint.at_most == 10 and bool(_FAMILY.search(constraint.words))


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def age(years: int) -> str:
    """`a nine-year-old`, `an eight-year-old`."""
    word = _SMALL[years] if years < len(_SMALL) else str(years)
    return f"{'an' if word.startswith(('eight', 'eleven')) else 'a'} {word}-year-old"


def _topic(constraint: Constraint) -> str:
    words = tidy(constraint.words)
    if constraint.none_of:
        return words or f"no {join(list(constraint.none_of[:3]), 'or')}"
    return words or join(list(constraint.any_of[:3]), "or")


def _refused(constraint: Constraint) -> str:
    names = list(constraint.none_of)
    if constraint.field == "genre":
        return f"no {join([plural(n) for n in names], 'or')}"
    if constraint.field == "language":
        return f"not in {join(names, 'or')}"
    if constraint.field == "country":
        return f"not from {join([_the(n) for n in names], 'or')}" if len(names) <= 3 else tidy(constraint.words)
    return f"nothing {'directed by' if constraint.role == 'director' else 'with'} {join(names, 'or')}"


def _wanted(constraint: Constraint) -> str:
    names = list(constraint.any_of)
    if constraint.field == "genre":
        return join([n.lower() for n in names], "or")
    if constraint.field == "language":
        return f"in {join(names, 'or')}"
    if constraint.field == "country":
        return f"from {join([_the(n) for n in names], 'or')}" if len(names) <= 3 else tidy(constraint.words)
    return f"{'directed by' if constraint.role == 'director' else 'with'} {join(names, 'or')}"


def _the(country: str) -> str:
    return f"the {country}" if country.startswith(("United", "Netherlands", "Philippines", "Soviet")) else country


def listing(parts: Iterable[str]) -> str:
    """The parts of the line that says what was understood, in order."""
    return " · ".join(part for part in parts if part)


def plural(genre: str) -> str:
    """A genre as what one has enough of: `musicals`, `comedies`, `horror`."""
    name = genre.lower()
    if name in _COUNTED:
        return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    return name


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
