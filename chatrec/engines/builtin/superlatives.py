"""Items and a question for the least or the most of something -> the items in that order, from the notes, numbers and tones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chatrec.engines.builtin.english import listed
from chatrec.engines.builtin.measures import FAME, LENGTH, STANDING, YEAR, Measure, of_content
from chatrec.engines.builtin.mood_words import MOODS
from chatrec.engines.builtin.phrasing import tidy
from chatrec.engines.builtin.wording import fold, stem, words
from chatrec.records import Item

_ASKED = re.compile(
    r"\bthe (?P<end>least|most|fewest|lowest|highest|smallest|biggest) (?:amount of |number of )?"
    r"(?P<what>[\w'-]+(?: [\w'-]+){0,2})"
)
_LEAST = frozenset({"least", "fewest", "lowest", "smallest"})
_ENDS = {
    "shortest": "least runtime", "longest": "most runtime", "oldest": "least recent", "earliest": "least recent",
    "newest": "most recent", "latest": "most recent", "scariest": "most scary", "goriest": "most gory",
    "funniest": "most funny", "saddest": "most sad", "darkest": "most dark", "weirdest": "most weird", "silliest": "most silly",
    "gentlest": "least violent", "mildest": "least violent", "best known": "most known", "best rated": "most acclaimed",
    "highest rated": "most acclaimed", "lowest rated": "least acclaimed", "worst rated": "least acclaimed",
}  # fmt: skip
_ENDING = re.compile(rf"\b(?:the|is|are) (?P<most>{'|'.join(_ENDS)})\b")
_MEASURES: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    (of_content("violence", "least violent", "most violent"), re.compile(r"blood|gor[ey]|viol|brutal|kill|fight|gruesome")),
    (of_content("fear", "least scary", "scariest"), re.compile(r"scar[ey]|fright|creep|jump|terrif|fear|disturb")),
    (of_content("sex", "least sex", "most sex"), re.compile(r"\bsex|nud[ei]|naked|skin\b")),
    (of_content("language", "least swearing", "most swearing"), re.compile(r"swear|curs|profan|bad language")),
    (of_content("drugs", "least drug use", "most drug use"), re.compile(r"\bdrugs?\b")),
    (LENGTH, re.compile(r"runtime|running|long|length|time|minutes")),
    (YEAR, re.compile(r"recent|modern|contemporary|up to date|year")),
    (STANDING, re.compile(r"acclaim|admired|rat(?:ed|ing)|loved|praised|regarded|standing")),
    (FAME, re.compile(r"popular|famous|known|mainstream|fame")),
)


def superlative(items: Sequence[Item], message: str) -> Iterator[str]:
    """The answer in one or two sentences; nothing where the message asks for no least or most."""
    match = _ASKED.search(_ENDING.sub(lambda m: f"the {_ENDS[m['most']]}", fold(message)))
    if match is None:
        return
    least, what = match["end"] in _LEAST, match["what"]
    measure = next((measure for measure, pattern in _MEASURES if pattern.search(what)), None)
    yield from _toned(items, what) if measure is None else _ordered(items, measure, least=least)


def _ordered(items: Sequence[Item], measure: Measure, *, least: bool) -> Iterator[str]:
    known = measure.ordered(items, falling=not least)
    if not known:
        yield "What it would take to tell, the catalog does not say of any of them."
        return
    label = measure.least if least else measure.most
    first = [item for item in known if measure.value(item) == measure.value(known[0])]
    top = listed([measure.told(item) for item in first])
    if len(first) == len(known) > 1:
        yield f"None is the {label}; they are level: {top}."
    else:
        rest = [measure.told(item) for item in known[len(first) :]]
        yield f"The {label}: {top}{f'; after that {listed(rest)}' if rest else ''}."
    if missing := measure.unknown(items):
        yield missing


def _toned(items: Sequence[Item], what: str) -> Iterator[str]:
    """Of tones the catalog knows which items have them, and not how much."""
    asked = {stem(word) for word in words(what)}
    mood = next((m for m in MOODS if any({stem(w) for w in words(phrase)} <= asked for phrase in m.words)), None)
    if mood is None:
        yield f"Which has the most or the least {tidy(what)}, the catalog does not say."
        return
    marked = [i.title for i in items if {mood.name, *mood.keywords} & set(i.keywords)]
    if marked:
        yield f"Marked {mood.name} in the catalog: {listed(marked)}. How much of it each has, it does not say."
    else:
        yield f"None of them is marked {mood.name} in the catalog, and how much of it each has, it does not say."
