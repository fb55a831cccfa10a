"""Years, decades, running times and their comparisons in a reason, held against the item (or the person's limits)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chatrec.evidence.facts import words_of
from chatrec.evidence.passage import Passage
from chatrec.evidence.tokens import holds, key_of, keys_of
from chatrec.evidence.wordforms import DECADE_WORDS, NUMBER_WORDS
from chatrec.records import Constraint, Item

_YEAR = re.compile(r"(?<![\d.,])(1[89]\d\d|20\d\d)(['’]?s)?\b")
_SHORT_DECADE = re.compile(r"(?:the\s+)?(?:early\s+|mid-?\s*|late\s+)?['’]?\b([2-9]0)s\b", re.IGNORECASE)
_DECADE_WORD = re.compile(rf"\b({'|'.join(DECADE_WORDS)})\b", re.IGNORECASE)
_COUNT = "|".join(word for word in NUMBER_WORDS if word not in ("a", "an", "half"))
_QUALIFIER = (
    r"(?:(?P<how>just under|a little under|well under|under|less than|below|within|inside|at most|no more than|not more than|"
    r"shorter than|just over|a little over|well over|over|more than|longer than|at least|nearly|almost|close to|barely|"
    r"about|around|roughly|some|only|just)\s+)?"
)
_MINUTES = re.compile(
    rf"{_QUALIFIER}\b(?P<n>\d{{2,3}}|(?:{_COUNT})(?:[- ](?:{_COUNT}))?)[\s-]?(?:minutes?|mins?)\b", re.IGNORECASE
)
_CLOCK = re.compile(
    rf"{_QUALIFIER}\b(?P<h>\d)\s?h(?:(?:ou)?rs?)?\b\s?(?:(?:and\s)?(?P<m>\d{{1,2}})\s?(?:m|mins?|"
    rf"minutes?)?\b)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"\b(?P<h>\d)h(?P<m>\d{2})\b")
_HOURS = re.compile(
    rf"{_QUALIFIER}(?:(?:your|its|the)\s+)?\b(?P<n>an|a|{_COUNT})(?P<half>(?:\s|-)and(?:\s|-)a(?:\s|"
    rf"-)half)?[\s-]hours?(?P<half2>\s+and\s+a\s+half)?(?:\s+(?:and\s+)?(?P<m>\d{{1,2}}|{_COUNT})\s+minutes?)?\b",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{_COUNT}|a decade|two decades|three decades)(?:\syears?)?\s(?P<way>before|after|later than|"
    rf"earlier than|older than|newer than|younger than)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(shorter|longer|newer|older|more recent|earlier|later) than\b", re.IGNORECASE)
_TIMED = re.compile(r"min|hour|\d\s?h", re.IGNORECASE)
"""What every pattern of a running time needs."""
_LIMITS = frozenset(("under", "just under", "a little under", "well under", "less than", "below", "within", "inside", "at most",
                     "no more than", "not more than", "shorter than"))  # fmt: skip
_FLOORS = frozenset(("just over", "a little over", "well over", "over", "more than", "longer than", "at least"))
_NEAR = 20
"""Minutes that `just under` and `just over` may span."""


def number(words: str) -> float:
    """`98`, `ninety-eight`, `two` as a number."""
    if words.isdigit():
        return float(words)
    return sum(NUMBER_WORDS.get(w, 0) for w in re.split(r"[\s-]+", words.lower()))


def check_numbers(passage: Passage) -> None:
    """Add a finding for every year, decade and running time."""
    _check_distances(passage)
    _check_comparisons(passage)
    _check_runtimes(passage)
    _check_years(passage)
    _check_decades(passage)


# --------------------------------------------------------------------------- running times


def _check_runtimes(passage: Passage) -> None:
    if not _TIMED.search(passage.text):
        return
    for pattern in (_COMPACT, _MINUTES, _HOURS, _CLOCK):
        for found in pattern.finditer(passage.text):
            if passage.in_title(found.start(), found.end()):
                continue
            groups = found.groupdict()
            if pattern in (_COMPACT, _CLOCK):
                minutes = 60 * float(groups["h"]) + float(groups.get("m") or 0)
                exact = bool(groups.get("m"))
            elif pattern is _MINUTES:
                minutes, exact = number(groups["n"]), True
            else:
                half = 30 if groups["half"] or groups["half2"] else 0
                minutes = 60 * number(groups["n"]) + half + number(groups["m"] or "0")
                exact = bool(groups["m"])
            _runtime(passage, found.start(), found.end(), minutes, (groups.get("how") or "").lower(), exact)


def _runtime(passage: Passage, start: int, end: int, minutes: float, how: str, exact: bool) -> None:
    if not passage.free(start, end):
        return
    item = passage.known.item
    if _about_limit(passage, start, end):
        limit = _limit(passage, ("runtime",), minutes)
        if limit:
            passage.add(start, end, "request.constraints", limit.words or f"{minutes:g} minutes", True)
            return
        if passage.wish_at(end - 1):
            passage.add(start, end, "", "", False)
            return
    if item.runtime is None:
        passage.add(start, end, "", "", False)
    elif runtime_fits(item.runtime, minutes, how, exact):
        passage.add(start, end, "item.runtime", f"{item.runtime} minutes", True)
    elif holds(words_of(item), keys_of(passage.text[start:end])):
        passage.add(start, end, "item.description", passage.text[start:end], True)
    else:
        passage.add(start, end, "item.runtime", f"{item.runtime} minutes", False)


def runtime_fits(runtime: float, minutes: float, how: str, exact: bool) -> bool:
    """Whether `how` (under, just over, about, "") and a length in minutes describe a running time; hours may be round."""
    if how in _LIMITS:
        return runtime <= minutes and (how not in ("just under", "a little under") or runtime >= minutes - _NEAR)
    if how in _FLOORS:
        return runtime >= minutes and (how not in ("just over", "a little over") or runtime <= minutes + _NEAR)
    if how in ("nearly", "almost", "close to", "barely"):
        return minutes - _NEAR <= runtime <= minutes + 3
    slack = max(5.0, 0.1 * minutes) if how in ("about", "around", "roughly", "some") else 3.0
    return abs(runtime - minutes) <= (slack if exact else max(slack, 10.0))


def _about_limit(passage: Passage, start: int, end: int) -> bool:
    """Whether a number is the person's: inside `you wanted ...`, or after `your`."""
    if passage.wish_at(end - 1) or re.search(r"\byour\b", passage.text[start:end], re.IGNORECASE):
        return True
    return bool(re.search(r"\byour\s(?:\S+\s)?$", passage.text[:start], re.IGNORECASE))


def _limit(passage: Passage, fields: tuple[str, ...], value: float) -> Constraint | None:
    known = passage.known
    for constraint in (*known.request.constraints, *known.profile.constraints):
        ends = [e for e in (constraint.at_least, constraint.at_most) if e is not None]
        if constraint.field in fields and any(abs(end - value) <= 1 for end in ends):
            return constraint
    return None


# --------------------------------------------------------------------------- years


def _check_years(passage: Passage) -> None:
    for found in _YEAR.finditer(passage.text):
        if passage.in_title(found.start(), found.end()):
            continue
        value = int(found.group(1))
        if found.group(2):
            _decade(passage, found.start(), found.end(), value)
        else:
            _year(passage, found.start(), found.end(), value)


def _year(passage: Passage, start: int, end: int, value: int) -> None:
    item = passage.known.item
    beside = next((n.item for n in passage.named if 0 <= start - n.end <= 4 and passage.text[start - 1] == "("), None)
    if beside is not None:
        at = "" if beside.id == item.id else f"@{beside.id}"
        passage.add(start, end, f"item.year{at}", str(beside.year or ""), beside.year == value)
        return
    if _limited(passage, start, end, value, value):
        return
    sentence = passage.layout.sentence(start)
    for each in (item, *passage.others(*sentence)):
        if each.year == value:
            passage.add(start, end, "item.year" if each is item else f"item.year@{each.id}", str(value), True)
            return
    _setting(passage, start, end, (str(value),), item)


def _check_decades(passage: Passage) -> None:
    for found in _SHORT_DECADE.finditer(passage.text):
        _decade(passage, found.start(), found.end(), 1900 + int(found.group(1)))
    for found in _DECADE_WORD.finditer(passage.text):
        tens = DECADE_WORDS[found.group(1).lower()]
        if not re.search(r"\b(?:his|her|their|my|your)\s(?:\S+\s)?$", passage.text[: found.start()], re.IGNORECASE):
            _decade(passage, found.start(), found.end(), 2000 if tens == 0 else 1900 + tens)


def _decade(passage: Passage, start: int, end: int, value: int) -> None:
    if not passage.free(start, end) or _limited(passage, start, end, value, value + 9):
        return
    item = passage.known.item
    sentence = passage.layout.sentence(start)
    for each in (item, *passage.others(*sentence)):
        if each.year is not None and value <= each.year <= value + 9:
            passage.add(start, end, "item.year" if each is item else f"item.year@{each.id}", str(each.year), True)
            return
    told = next((w for w in words_of(item) if len(w) == 4 and w.isdigit() and value <= int(w) <= value + 9), "")
    if told:
        passage.add(start, end, "item.description", told, True)
        return
    word = next((w for w, tens in DECADE_WORDS.items() if value % 100 == tens), "")
    _setting(passage, start, end, (f"{value}s", f"{value % 100}s", word), item)


def _setting(passage: Passage, start: int, end: int, spellings: Iterable[str], item: Item) -> None:
    """A year that is not the item's own may be when it is set: its description or keywords say so, or nobody does."""
    for spelling in filter(None, spellings):
        keyword = next((k for k in item.keywords if key_of(spelling) in keys_of(k)), None)
        if keyword:
            passage.add(start, end, "item.keywords", keyword, True)
            return
        if key_of(spelling) in words_of(item):
            passage.add(start, end, "item.description", spelling, True)
            return
    passage.add(start, end, "item.year", str(item.year or ""), False)


def _limited(passage: Passage, start: int, end: int, low: int, high: int) -> bool:
    if not _about_limit(passage, start, end):
        return False
    known = passage.known
    for constraint in (*known.request.constraints, *known.profile.constraints):
        ends = [e for e in (constraint.at_least, constraint.at_most) if e is not None]
        if constraint.field == "year" and any(low - 1 <= e <= high + 1 for e in ends):
            passage.add(start, end, "request.constraints", constraint.words or str(low), True)
            return True
    words = keys_of(passage.text[start:end])
    if holds(keys_of(known.request.message), words):
        passage.add(start, end, "request.message", known.request.message, True)
        return True
    if passage.wish_at(end - 1):
        passage.add(start, end, "", "", False)
        return True
    return False


# --------------------------------------------------------------------------- against another item


def _check_distances(passage: Passage) -> None:
    """`eleven years after X`: the difference of the two years, decades within two years."""
    for found in _DISTANCE.finditer(passage.text):
        words = found.group("n").lower()
        years = 10 * number(words.split()[0]) if "decade" in words else number(words)
        other = _next_item(passage, found.end())
        item = passage.known.item
        if other is None or other.year is None or item.year is None:
            continue
        gap = (
            item.year - other.year
            if found.group("way").lower() in ("after", "later than", "newer than", "younger than")
            else other.year - item.year
        )
        true = abs(gap - years) <= (2 if "decade" in words else 0)
        passage.add(found.start(), found.end(), f"item.year@{other.id}", str(other.year), true)


def _check_comparisons(passage: Passage) -> None:
    for found in _COMPARED.finditer(passage.text):
        other = _next_item(passage, found.end())
        if other is None:
            continue
        word = found.group(1).lower()
        field = "runtime" if word in ("shorter", "longer") else "year"
        mine, theirs = getattr(passage.known.item, field), getattr(other, field)
        if mine is None or theirs is None:
            passage.add(found.start(), found.end(), "", "", False)
            continue
        more = word in ("longer", "newer", "more recent", "later")
        passage.add(
            found.start(), found.end(), f"item.{field}@{other.id}", f"{theirs}", mine > theirs if more else mine < theirs
        )


def _next_item(passage: Passage, position: int) -> Item | None:
    near = [n.item for n in passage.named if position <= n.start <= position + 8]
    return near[0] if near else None
