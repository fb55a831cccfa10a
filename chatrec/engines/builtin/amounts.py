"""Folded text -> the running times and counts in it, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatrec.engines.builtin.lexicon import Concept, Kind
from chatrec.engines.builtin.wording import spelled

_UNITS = {w: n for n, w in enumerate(
    spelled(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
    ))
}  # fmt: skip
_TENS = {w: n * 10 for n, w in enumerate(spelled("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
_FOREIGN = {
    "un": 1, "una": 1, "uno": 1, "une": 1, "ein": 1, "eine": 1, "einen": 1, "um": 1, "uma": 1, "dos": 2, "deux": 2,
    "zwei": 2, "due": 2,
    "dois": 2, "duas": 2, "tres": 3, "trois": 3, "drei": 3, "tre": 3, "cuatro": 4, "quatre": 4, "vier": 4,
    "quattro": 4, "quatro": 4,
    "cinco": 5, "cinq": 5, "funf": 5, "cinque": 5,
}  # fmt: skip
NUMBER_WORDS = {
    **_UNITS,
    **_TENS,
    **_FOREIGN,
    **{f"{t} {u}": a + b for t, a in _TENS.items() for u, b in list(_UNITS.items())[1:10]},
}
NUMBER_WORD = "|".join(sorted((w.replace(" ", "[ -]") for w in NUMBER_WORDS), key=len, reverse=True))
NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d)?|(?:{NUMBER_WORD})\b|a hundred(?: and (?:{NUMBER_WORD}))?|an?\b)"
_HOURS = r"(?:hours?|hrs?|h|stunden?|heures?|horas?|ore|ora)\b"
_MINUTES = r"(?:minutes?|mins?|m|minuten|minutos?|minuti|')(?!\w)"

_DURATION = re.compile(
    rf"(?<![\w.,$])(?:(?P<compact>\d)\s?h\s?(?P<rest>[0-5]\d)(?:\s?m(?:in)?)?\b"
    rf"|(?P<hours>{NUMBER})(?P<mixed>(?: and a)? half)?[ -]?(?:{_HOURS})(?P<half> and a half)?(?:,? (?:and "
    rf")?(?P<minutes>\d{{1,2}})\s?{_MINUTES})?"
    rf"|half an hour|(?P<only>{NUMBER})[ -]?{_MINUTES})"
)
_BETWEEN = re.compile(rf"(?:between |from )?(?P<low>\d{{2,3}}) ?(?:[-–]|and|to|y|et|und|e) ?(?P<high>\d{{2,3}}) ?{_MINUTES}")
_BEFORE = 48
_REFUSING = (
    r"(?:(?P<refused>\b(?:no|not|nothing|never|none|isn't|aren't|don't go|isn't much|"
    r"anything but)\b(?: (?:films?|movies?|anything|much|any|more|titles?))?"
    r"(?: that(?: is|\'s|\'re| are))? (?:too |much |any )?)?)"
)
_MOST = (
    r"(?:under|below|beneath|less than|lesser than|shorter than|fewer than|at most|at the most|max(?:imum)?(?: of)?|"
    r"up to|within|<=?|inside|"
    r"not exceeding|menos de|moins de|unter|weniger als|nicht (?:langer|mehr) als|pas plus de|"
    r"non piu (?:lung[oa] )?di|non oltre(?: i)?|no mas de|que no dure mas de|nao mais de|no maximo|"
    r"meno di|maximo|maximal|hochstens|au plus|i have(?: only)?|"
    r"i've(?: only)? got(?: exactly| just| only)?|i only have|we have|"
    r"we've got|only have|only got|quicker than|just have|have about|have around)"
)
_LEAST = (
    r"(?:over|above|more than|longer than|at least|min(?:imum)?(?: of)?|>=?|exceeding|beyond|mas de|plus de|"
    r"uber|mehr als|piu di|mais de|past)"
)
_ABOUT = r"(?:about|around|roughly|approximately|circa|some|approx|like)"
_BEFORE_DURATION = re.compile(
    rf"{_REFUSING}(?:\b|(?=[<>]))(?:(?P<most>{_MOST})|(?P<least>{_LEAST})|(?P<about>{_ABOUT}))(?: (?:about|around|a|"
    rf"an|than))? ?$"
)
_AFTER_DURATION = re.compile(
    r" ?(?:(?P<most>or (?:less|shorter|under|so max)|max(?:imum)?\b|tops\b|at (?:the )?most|and under|o menos|"
    r"ou moins|oder weniger|o meno|ou menos)"
    r"|(?P<least>or (?:more|longer|over)|at least|minimum|and over|plus\b|\+))"
)

_NOUNS = (
    r"(?:films?|movies?|flicks?|titles?|recommendations?|recs?|suggestions?|options?|picks?|ideas?|ones|choices|"
    r"alternatives|peliculas?|filmes?|filme|"
    r"documentar(?:y|ies)|comed(?:y|ies)|dramas?|thrillers?|westerns?|musicals?|books?|articles?|products?|items?|"
    r"examples?|things?|results?)"
)
_COUNT_WORD = rf"(?P<{{}}>\d{{{{1,3}}}}|(?:{NUMBER_WORD})\b|a couple(?: of)?|a few|a dozen|a single|single)"
_COUNTS = (
    re.compile(rf"\b(?:give|show|recommend|suggest|name|list|find|get|tell|bring|send|need|want|pick|dame|"
               rf"donne(?:z)?[ -]moi|gib|recomiendame|consigliami|hit)(?: me| us| mir| with)*(?: just| only| the|"
               rf" with| about| like| up to| your| my)* (?:top |best )?{_COUNT_WORD.format('n')}(?! ?(?:hours?|min|"
               rf"year|th\b|h\b|night|%|s\b|a\b|is\b|day))"),
    re.compile(rf"\b(?:top|best|just|only|another|maximum of|exactly|at most|"
               rf"up to) {_COUNT_WORD.format('n')}(?! ?(?:hours?|h\b|m\b|min|year|night|of (?:them|those|these)|day|"
               rf"time|person))(?=\s*(?:[.,!?]|$|more|other|please|{_NOUNS}|\w+ {_NOUNS}|of\b|good|great|that|from|"
               rf"for|in|with|to\b))"),
    re.compile(rf"(?<![\w.-]){_COUNT_WORD.format('n')} (?:(?:more|other|different|good|great|short|new|of your|"
               rf"of the|best|nice|similar|random|really|very|solid|excellent|funny|scary|old|recent|classic|korean|"
               rf"french|japanese|horror|sci-fi|crime|action|romantic|animated) ){{0,3}}{_NOUNS}\b"),
    re.compile(rf"^(?:(?:ok(?:ay)?|no|but|and|sorry|just|only|make (?:it|that))[, ]+)*{_COUNT_WORD.format('n')} please\W*$"),
    re.compile(rf"\bmake (?:it|that) {_COUNT_WORD.format('n')}(?=\W*$)"),
    re.compile(rf"(?<![\w.-]){_COUNT_WORD.format('n')} (?:more|others?|mas|de plus|weitere|mehr)\b(?! than| years|"
               rf" minutes| hours)"),
)  # fmt: skip


_ARTICLES = frozenset({"un", "una", "uno", "une", "ein", "eine", "einen", "um", "uma"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its meaning at `start`:`end`."""

    start: int
    end: int
    concept: Concept


def number(text: str) -> float | None:
    """`90`, `1.5`, `ninety`, `a hundred and twenty`, `an` -> the number."""
    text = text.strip().replace("-", " ")
    if text in ("a", "an"):
        return 1
    if text.startswith("a hundred"):
        return 100 + (number(text[14:]) or 0)
    if text in NUMBER_WORDS:
        return NUMBER_WORDS[text]
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return {"a couple": 2, "a couple of": 2, "couple": 2, "couple of": 2, "a few": 3, "few": 3, "a dozen": 10}.get(
            text
        ) or (1 if "single" in text else None)


_OF_OTHER_THINGS = re.compile(
    r"[ -](?:\w+ )?(?:(?:shifts?|days?|weeks?|work\w*|meetings?|exams?|commute|walk|run|hike|nap|sleep|drive home|ago|later)\b|"
    r"(?:before|early|late)\b(?! (?:the )?(?:\d|nineteen|twent|thirt|fort|fift|sixt|sevent|eight|ninet)))"
)


def durations(text: str) -> Iterator[Amount]:
    """Running times in folded text, as runtime concepts in minutes."""
    for match in _BETWEEN.finditer(text):
        yield Amount(*match.span(), amount("runtime", match.group(), float(match["low"]), float(match["high"])))
    for match in _DURATION.finditer(text):
        minutes = _minutes(match)
        if not minutes or not 20 <= minutes <= 900 or _OF_OTHER_THINGS.match(text, match.end()):
            continue
        offset = max(0, match.start() - _BEFORE)
        before = _BEFORE_DURATION.search(text[offset : match.start()])
        after = _AFTER_DURATION.match(text, match.end())
        start, end = (before.start() + offset if before else match.start()), (after.end() if after else match.end())
        least, most = _limits(minutes, before, after)
        if least is None and most is None:
            continue
        if least is not None and text[:start].endswith("make it "):  # as offered, the bound itself fits
            least = minutes
        if before and before["refused"]:
            least, most = turned_round(least, most)
        yield Amount(start, end, amount("runtime", text[start:end], least, most))


def _limits(minutes: float, before: re.Match[str] | None, after: re.Match[str] | None) -> tuple[float | None, float | None]:
    """The bounds that the words around a running time make of it; without any, it is a limit with some leeway."""
    if after and after["most"]:
        return None, minutes
    if after and after["least"]:
        return minutes, None
    if before and before["most"]:
        return None, minutes
    if before and before["least"]:
        return minutes + (0 if re.search(r"at least|min", before["least"]) else 1), None
    if before and before["about"]:
        return minutes - 15, minutes + 15
    if minutes >= 60:
        return None, minutes + 10 if minutes % 60 else minutes
    return None, None


def _minutes(match: re.Match[str]) -> float | None:
    if match["compact"]:
        return int(match["compact"]) * 60 + int(match["rest"])
    if match["hours"]:
        hours = number(match["hours"])
        if hours is None:
            return None
        return (
            hours * 60
            + (30 if match["half"] or match["mixed"] else 0)
            + (number(match["minutes"]) or 0 if match["minutes"] else 0)
        )
    return number(match["only"]) if match["only"] else None


def turned_round(least: float | None, most: float | None) -> tuple[float | None, float | None]:
    """The other side of a bound; a range has none and stays."""
    if least is not None and most is None:
        return None, least - 1
    if most is not None and least is None:
        return most + 1, None
    return least, most


def turned(concept: Concept) -> Concept:
    """A number concept refused: over becomes at most, before becomes since."""
    least, most = turned_round(concept.at_least, concept.at_most)
    return Concept(concept.kind, concept.name, at_least=least, at_most=most)


def amount(kind: Kind, words: str, least: float | None, most: float | None) -> Concept:
    """A number concept named by the person's wording."""
    return Concept(kind, " ".join(words.split()).strip(" ,'"), at_least=least, at_most=most)


def count(text: str) -> tuple[tuple[int, int], int] | None:
    """How many items are asked for, 1 to 10, and where the text says so."""
    for pattern in _COUNTS:
        for match in pattern.finditer(text):
            value = number(match["n"])
            if value is not None and value >= 1 and match["n"] not in _ARTICLES:
                return match.span("n"), max(1, min(10, int(value)))
    return None
