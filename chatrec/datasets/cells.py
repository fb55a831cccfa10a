"""One cell of a table, however its owner writes -> a year, minutes, names, a rating, or seconds since 1970.

ValueError where a cell holds something else; what only says that nothing is known (`N/A`, `unknown`) is nothing.
"""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Any

from chatrec.catalog.files import clean
from chatrec.history.interactions import UNKNOWN_TIME

LATEST = 4_102_444_800
"""Seconds from 1970 to 2100; a time beyond is in another unit."""
_NOTHING = frozenset(("", "n/a", "na", "nan", "none", "null", "nil", "unknown", "tba", "-", "--", "?", r"\n", "not available"))
_YEAR = re.compile(r"(?<![\d.])(?:1\d|20)\d\d(?!\d|\.\d*[1-9])")
_ISO_MINUTES = re.compile(r"P(?:T(?=\d))?(?:(?P<h>\d{1,3})H)?(?:(?P<m>\d{1,4})M)?(?:[\d.]+S)?", re.IGNORECASE)
_MINUTES = re.compile(
    r"(?:(?P<h>\d{1,3})\s*(?:h|hrs?|hours?)\.?)?\s*(?:(?P<m>\d{1,4})\s*(?:m|mins?|minutes?)?\.?)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?::[0-5]\d)?")
_NAMED = ("name", "title", "label", "value")
_LONGEST_LITERAL = 100_000
_FRACTION = re.compile(r"(?P<of>\d+(?:[.,]\d+)?)\s*/\s*(?P<best>\d+)")
_STARS = re.compile(r"(?P<full>[★⭐*]{1,10})(?P<half>½?)[☆]*")
_LETTER = re.compile(r"(?P<letter>[A-F])(?P<sign>[+-]?)", re.IGNORECASE)
_LETTERS: Mapping[str, float] = MappingProxyType({"A": 5.0, "B": 4.0, "C": 3.0, "D": 2.0, "E": 1.0, "F": 1.0})
_BEST = 5.0
_DAY = re.compile(r"(?:19|20)\d{6}")
_DATES = (
    "%Y/%m/%d", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S.%f UTC", "%d.%m.%Y", "%d.%m.%Y %H:%M",
    "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%a %b %d %H:%M:%S %z %Y", "%Y-%m",
)  # fmt: skip
UNITS = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3))
"""Above the first, a time is in that many parts of a second."""


def is_nothing(value: Any) -> bool:
    """Whether a cell says no more than that nothing is known."""
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING)


def year(value: Any) -> Any:
    """The year in a date, a span (its first) or a text; numbers and what holds no year stay as they are.

    >>> year("1999-2003"), year("c. 1815"), year("31/05/2001"), year(19990331), year("-750")
    (1999, 1815, 2001, 1999, '-750')
    """
    if is_nothing(value):
        return None
    text = str(value).strip()
    try:
        number = float(text)
    except ValueError:
        found = _YEAR.search(text)
        return int(found[0]) if found else value
    if _DAY.fullmatch(text.removesuffix(".0")):
        return int(text[:4])
    if abs(number) > 1e8:  # no year: a time
        return datetime.fromtimestamp(seconds(number), UTC).year
    return value


def minutes(value: Any) -> Any:
    """Minutes, from `90`, `90 min`, `1h 30m`, `PT1H30M` or `1:30`; fractions are rounded, anything else stays as it is."""
    if is_nothing(value) or isinstance(value, bool):
        return None
    text = str(value).strip()
    try:
        number = float(text)
    except ValueError:
        found = next((match for form in (_CLOCK, _ISO_MINUTES, _MINUTES) if (match := form.fullmatch(text))), None)
        if found is None or not (found["h"] or found["m"]):
            return value
        return 60 * int(found["h"] or 0) + int(found["m"] or 0)
    return round(number) if math.isfinite(number) else value


def names(value: Any, split: str = "") -> list[str]:
    """The names in a cell: a list as such, as JSON or as Python writes it, of texts or of objects with a `name`; else a text
    with something between them (`split`, default `|` or `;` where there is one, else a comma).

    >>> names('[{"id": 1, "name": "Drama"}]'), names("['sea', 'war']"), names("sea, war"), names("Sea; War, cold")
    (['Drama'], ['sea', 'war'], ['sea', 'war'], ['Sea', 'War, cold'])
    """
    if isinstance(value, str):
        value = written(value) if not split and value.lstrip()[:1] in ("[", "{") else value
    if isinstance(value, str):
        separator = split or next((mark for mark in ("|", ";") if mark in value), ",")
        value = value.split(separator)
    if isinstance(value, Mapping):
        value = list(value.values())
    if not isinstance(value, list):
        return [] if is_nothing(value) else [clean(str(value))]
    found = (clean(str(_name(entry))) for entry in value)
    return list(dict.fromkeys(name for name in found if not is_nothing(name)))


def _name(entry: Any) -> Any:
    if isinstance(entry, Mapping):
        return next((entry[key] for key in _NAMED if isinstance(entry.get(key), str)), "")
    return "" if entry is None else entry


def written(text: str) -> Any:
    """What a text holds that JSON or Python's own way of writing lists made of values; the text itself where it is neither."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(text) if len(text) <= _LONGEST_LITERAL else text
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return text


def rating(value: Any) -> float:
    """A number with point or comma, `85%`, true or false; of five: `3/4` (3.75), `★★★½` (3.5) or a letter (A is 5, E and F 1, a
    sign a third). NaN for nothing."""
    if is_nothing(value):
        return math.nan
    text = str(value).strip() if not isinstance(value, bool) else str(int(value))
    number = _rating(text)
    if number is None or not math.isfinite(number):
        raise ValueError(f"{text[:40]!r} is no number")
    return number


def _rating(text: str) -> float | None:
    if text.lower() in ("true", "false"):
        return float(text.lower() == "true")
    if found := _FRACTION.fullmatch(text):
        best = int(found["best"])
        return _BEST * float(found["of"].replace(",", ".")) / best if best else None
    if found := _STARS.fullmatch(text):
        return len(found["full"]) + (0.5 if found["half"] else 0.0)
    if found := _LETTER.fullmatch(text):
        sign = {"+": 1 / 3, "-": -1 / 3}.get(found["sign"], 0.0)
        return min(max(_LETTERS[found["letter"].upper()] + sign, 1.0), _BEST)
    plain = text.removesuffix("%").strip()
    if re.fullmatch(r"-?\d+,\d+", plain):
        plain = plain.replace(",", ".")
    try:
        return float(plain) if "_" not in plain else None
    except ValueError:
        return None


def seconds(value: Any) -> int:
    """A time as tables hold it -> seconds since 1970 in UTC; nothing is UNKNOWN_TIME, ValueError for what is no time.

    Read are seconds and their thousandths to billionths since 1970, dates as values, ISO 8601, `20240531`, and dates in words
    or with the year first. `05/06/2024` is not read: it may be of May or of June.
    """
    if is_nothing(value):
        return UNKNOWN_TIME
    if isinstance(value, str):
        value = _moment(value.strip())
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if isinstance(value, datetime):
        value = (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"{str(value)[:40]!r} is no time")
    number = int(value / next((parts for above, parts in UNITS if abs(value) > above), 1))
    if not -LATEST < number < LATEST:
        raise ValueError(f"{str(value)[:40]!r} is no time in seconds or milliseconds since 1970")
    return number


def _moment(text: str) -> float | datetime:
    if _DAY.fullmatch(text):
        return datetime.strptime(text, "%Y%m%d")
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in _DATES:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        raise ValueError(f"{text[:40]!r} is no time; use seconds since 1970 or a date such as 2024-05-31") from None
