"""Folded text -> the years and decades in it, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatrec.engines.builtin.amounts import NUMBER, Amount, amount, number, turned_round
from chatrec.engines.builtin.lexicon import Concept

_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990, "noughties": 2000, "aughts": 2000,
}  # fmt: skip
_BEFORE = 48
_YEAR = r"(?:18[89]\d|19\d\d|20[0-4]\d)"
_PERIOD = re.compile(
    rf"(?<![\w$#.])(?:(?P<part>early|mid|late)[ -](?:the )?)?(?:"
    rf"(?P<full>(?:19|20)\d0)'?s\b|'?(?P<short>[2-9]0|10|00)'?s\b|(?P<word>{'|'.join(_DECADES)})\b"
    rf"|(?:anos|annees|anni|decada de(?: los)?|los|les annees) ?'?(?P<foreign>[2-9]0)\b|(?P<german>(?:19)?[2-9]0)er[n]?\b"
    rf"|(?P<century>(?:this|the 21st|21st|the 20th|20th|last) century)|(?P<year>{_YEAR})(?!\d|[a-z%]| ?(?:min|film festival)))"
)
_RANGE = re.compile(
    rf"(?:between |from )?(?P<low>{_YEAR})(?: ?[-–] ?| (?:and|to|until|till|through|y|et|und|e|a|bis|"
    rf"al) )(?P<high>{_YEAR}|\d\d)\b(?!s)"
)
_LAST_YEARS = re.compile(
    rf"(?:in |from |of |within )?(?:the )?(?:last|past|recent) (?:(?P<count>{NUMBER}|couple(?: of)?|"
    rf"few) )?(?P<unit>years?|decades?)\b|(?P<this>this (?:decade|year)|last year)\b"
)
_BEFORE_PERIOD = re.compile(
    r"(?:(?P<refused>\b(?:no|not|nothing|none|isn't|never|don't want anything)\b"
    r"(?: (?:films?|movies?|anything|much|any|more|titles?))? )?)"
    r"(?:\b|(?=[<>]))(?:(?P<after>after|post|later than|newer than|más nueva que|nach|apres|despues de|dopo(?: il)?|depois de)|"
    r"(?P<since>since|from at least|at least|starting|"
    r"starting (?:in|from)|desde|depuis|seit|dal|no (?:earlier|older) than|not (?:earlier|older) than|>=)|"
    r"(?P<before>before|pre|prior to|older than|earlier than|"
    r"antes de|avant|vor|prima del|<)|(?P<until>until|till|up to|no (?:later|newer) than|not (?:later|newer) than|"
    r"<=)|(?P<around>around|circa)|"
    r"(?P<setting>set in|takes place in|taking place in|sets in|about|during|set during|placed in|happening in|based in)|"
    r"(?P<of>from|in|of|made in|released in|out in|dating from|de|des|du|degli|dei|dos|aus|aus den|von|del|de los|en|"
    r"im|year|the year|"
    r"directly from|back in))[ -]?(?:the |year |los |den |der |dem |les |the year )?(?:(?P<inner>early|mid|late) )?'?$"
)
_AFTER_PERIOD = re.compile(
    r",? ?(?:(?P<since>or (?:later|newer|after|more recent)|on\b(?! the)|onwards?\b|and (?:later|after|newer|"
    r"onwards?|up|beyond)|"
    r"to (?:now|today|the present)|until now|till now|\+|oder neuer|o posterior)|(?P<until>or (?:earlier|older|"
    r"before)|and (?:earlier|before|older)))"
)
_LIVING = re.compile(
    r"\b(?:growing up|life|living|lived|childhood|teenagers?|teens|kids|children|people|someone|students?|women|men|families|"
    r"america|europe|berlin|"
    r"london|paris|new york|tokyo|japan|england|france|germany) $"
)
_FILM = r"(?:films?|movies?|ones?|flicks?|pics?|cinema|titles?|pictures?|stuff|things?)"


_BORN = re.compile(rf"\b(?:(?:i|we) (?:was|were) )?born (?:back )?in (?:the year )?(?P<year>{_YEAR})\b")
_THAN_ME = re.compile(
    r"(?P<older>\b(?:older|earlier) than (?:me|i am|i'm|myself|us|we are)\b|"
    r"\b(?:from )?before (?:my time|i was(?: even)? born)\b)"
    r"|(?P<newer>\b(?:newer|younger|later|more recent) than (?:me|i am|i'm|myself|us|we are)\b|\b(?:from )?after i was born\b)"
)


def periods(text: str, newest: int) -> Iterator[Amount]:
    """Years and decades in folded text, as year concepts; `newest` is the newest year that counts as now."""
    taken = 0
    yield from _beside_a_birth(text)
    for match in _LAST_YEARS.finditer(text):
        yield Amount(*match.span(), amount("year", match.group(), _recent(match, newest), None))
    for match in _RANGE.finditer(text):
        low, high = int(match["low"]), int(match["high"])
        high = high if high > 100 else low // 100 * 100 + high
        if high >= low:
            yield Amount(*match.span(), amount("year", match.group(), low, high))
    for match in _PERIOD.finditer(text):
        if match.start() < taken:
            continue
        span = _span(match, newest)
        if span is None:
            continue
        offset = max(0, match.start() - _BEFORE)
        before = _BEFORE_PERIOD.search(text[offset : match.start()])
        after = _AFTER_PERIOD.match(text, match.end())
        if not (before or after) and match["year"] and not _stands_alone(text, match):
            continue
        refused = bool(before and before["refused"])
        start, end = (before.start() + offset if before else match.start()), (after.end() if after else match.end())
        taken = end
        if _is_setting(text[max(0, start - 24) : start], before) and not after:
            if span[1] - span[0] == 9:
                decade = f"{span[0]}s"
                yield Amount(*match.span(), Concept("topic", decade, (decade,), decade))
            continue
        low, high = span
        if before and before["inner"]:
            low, high = _part(before["inner"], low)
        least, most = _bounds(low, high, before, after)
        if refused and before is not None and least is not None and most is not None:
            start = before.end("refused") + offset  # a refused range has no other side: the "not" stays outside
        yield Amount(start, end, amount("year", text[start:end], least, most))


def _beside_a_birth(text: str) -> Iterator[Amount]:
    """Older or newer than the person, who gives the year of their birth: "I was born in 1980, older than me"."""
    born, than = _BORN.search(text), _THAN_ME.search(text)
    if born is None or than is None:
        return
    year = int(born["year"])
    start, end = than.span()
    if start < born.end() and born.start() < end:
        start, end = min(start, born.start()), max(end, born.end())
    else:
        yield Amount(*born.span(), Concept("lift", ""))
    least, most = (None, year - 1) if than["older"] else (year + 1, None)
    yield Amount(start, end, amount("year", text[start:end], least, most))


def _is_setting(earlier: str, before: re.Match[str] | None) -> bool:
    """Whether a time is when a story plays rather than when the film came out: "set in the 80s", "growing up in the 90s"."""
    return before is not None and bool(before["setting"] or _LIVING.search(earlier))


def _bounds(
    low: int, high: int, before: re.Match[str] | None, after: re.Match[str] | None
) -> tuple[float | None, float | None]:
    least: float | None = low
    most: float | None = high
    if after and after["since"]:
        most = None
    elif after and after["until"]:
        least = None
    elif before and before["after"]:
        least, most = high + 1, None
    elif before and before["since"]:
        most = None
    elif before and before["before"]:
        least, most = None, low - 1
    elif before and before["until"]:
        least = None
    elif before and before["around"] and low == high:
        least, most = low - 3, high + 3
    return turned_round(least, most) if before and before["refused"] else (least, most)


def _recent(match: re.Match[str], newest: int) -> float:
    if match["this"]:
        return newest // 10 * 10 if "decade" in match["this"] else newest - ("last" in match["this"])
    count = number(match["count"]) if match["count"] else None
    if "decade" in match["unit"]:
        return newest - 10 * (count or 1) + 1
    return newest - (count or (1 if match["unit"] == "year" else 5)) + 1


def _span(match: re.Match[str], newest: int) -> tuple[int, int] | None:
    if match["year"]:
        return int(match["year"]), int(match["year"])
    if match["century"]:
        return (2000, newest) if "21" in match["century"] or "this" in match["century"] else (1900, 1999)
    if match["full"]:
        low = int(match["full"])
        if low % 100 == 0 and not match["part"] and low < 2000:
            return low, low + 99
    elif match["word"]:
        low = _DECADES[match["word"]]
    else:
        short = int((match["short"] or match["foreign"] or match["german"])[-2:])
        low = (2000 if short < 20 else 1900) + short
    return _part(match["part"], low)


def _part(part: str | None, low: int) -> tuple[int, int]:
    first, last = {"early": (0, 4), "mid": (3, 7), "late": (5, 9)}.get(part or "", (0, 9))
    return low + first, low + last


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a bare year is meant as one: before "films", or alone between marks."""
    return bool(
        re.match(rf"\s*(?:$|[,.;!?)]|{_FILM}\b|and\b|\w+ {_FILM}\b)", text[match.end() : match.end() + 30])
        and re.search(
            r"(?:^|[,.;(!?]|\b(?:a|an|some|any|no|not|and|or|good|great|best|only|something|anything|films?|movies?))\s*$",
            text[max(0, match.start() - 12) : match.start()],
        )
    )
