"""Items and a question for the least or the most of something -> the items in that order, from the notes, numbers and tones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from chatrec.engines.builtin.english import listed
from chatrec.engines.builtin.mood_words import MOODS
from chatrec.engines.builtin.phrasing import tidy
from chatrec.engines.builtin.wording import fold, stem, words
from chatrec.evidence.wordforms import LEVELS
from chatrec.records import Item

_ASKED = re.compile(
    r"\bthe (?P<end>least|most|fewest|lowest|highest|smallest|biggest) (?:amount of |number of )?"
    r"(?P<what>[\w'-]+(?: [\w'-]+){0,2})"
)
_LEAST = frozenset({"least", "fewest", "lowest", "smallest"})
_CONTENT = (
    ("violence", ("least violent", "most violent"), re.compile(r"blood|gor[ey]|viol|brutal|kill|fight|gruesome")),
    ("fear", ("least scary", "scariest"), re.compile(r"scar[ey]|fright|creep|jump|terrif|fear|disturb")),
    ("sex", ("least sex", "most sex"), re.compile(r"\bsex|nud[ei]|naked|skin\b")),
    ("language", ("least swearing", "most swearing"), re.compile(r"swear|curs|profan|bad language")),
    ("drugs", ("least drug use", "most drug use"), re.compile(r"\bdrugs?\b")),
)
_NUMBERS: tuple[tuple[tuple[str, str], Callable[[Item], float | None], Callable[[Item], str], re.Pattern[str]], ...] = (
    (
        ("shortest", "longest"), lambda i: i.runtime, lambda i: f"{i.runtime} minutes",
        re.compile(r"runtime|running|long|length|time|minutes"),
    ),
    (("oldest", "newest"), lambda i: i.year, lambda i: f"{i.year}", re.compile(r"recent|modern|contemporary|up to date|year")),
    (
        ("least admired", "most admired"), lambda i: i.acclaim, lambda i: f"{i.acclaim:g} of 100",
        re.compile(r"acclaim|admired|rat(?:ed|ing)|loved|praised|regarded|standing"),
    ),
    (
        ("least known", "best known"), lambda i: i.popularity, lambda i: f"{i.popularity:g} of 100",
        re.compile(r"popular|famous|known|mainstream|fame"),
    ),
)  # fmt: skip


def superlative(items: Sequence[Item], message: str) -> Iterator[str]:
    """The answer in one or two sentences; nothing where the message asks for no least or most."""
    match = _ASKED.search(fold(message))
    if match is None:
        return
    least, what = match["end"] in _LEAST, match["what"]
    for kind, ends, pattern in _CONTENT:
        if pattern.search(what):
            yield from _ordered(items, *_of_level(kind), ends[not least], least=least)
            return
    for ends, value, shown, pattern in _NUMBERS:
        if pattern.search(what):
            yield from _ordered(items, value, shown, ends[not least], least=least)
            return
    yield from _toned(items, what)


def _of_level(kind: str) -> tuple[Callable[[Item], float | None], Callable[[Item], str]]:
    """How much of one kind of content an item has, as a number and in words."""
    return lambda i: i.content.get(kind), lambda i: LEVELS[i.content[kind]]


def _ordered(
    items: Sequence[Item], value: Callable[[Item], float | None], shown: Callable[[Item], str], label: str, *, least: bool
) -> Iterator[str]:
    known = [(number, item) for item in items if (number := value(item)) is not None]
    if not known:
        yield "What it would take to tell, the catalog does not say of any of them."
        return
    known.sort(key=lambda pair: pair[0] if least else -pair[0])
    first = [item for number, item in known if number == known[0][0]]
    if len(first) == len(known) > 1:
        yield f"None is the {label}; they are level: {listed([f'{item.title} ({shown(item)})' for item in first])}."
    else:
        rest = [f"{item.title} ({shown(item)})" for _, item in known[len(first) :]]
        top = listed([f"{item.title} ({shown(item)})" for item in first])
        yield f"The {label}: {top}{f'; after that {listed(rest)}' if rest else ''}."
    missing = [item.title for item in items if value(item) is None]
    if missing:
        yield f"For {listed(missing)} the catalog does not say."


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
