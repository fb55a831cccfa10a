"""A title as film lists write it, `Matrix, The (a.k.a. ...) (1999)` -> title, year, original title, other names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatrec.catalog.words import fold

_YEAR = re.compile(r"\s*\((\d{4})(?:\s*[-–]\s*(?:\d{4})?)?\s*\)\s*$")
_MEDIUM = re.compile(r"\s*\((?:V|TV|VG|TV[ -](?:Mini[ -])?(?:Series|Movie))\)\s*$", re.IGNORECASE)
_ASIDE = re.compile(r"\s+\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_KNOWN_AS = re.compile(r"^a\.?\s?k\.?\s?a\.?\s+", re.IGNORECASE)
_ENGLISH = "The|A|An"
_ROMANCE = "La|Le|Les|L'|Il|Lo|Gli|I|El|Los|Las|Un|Une|Una|O|Os"
_GERMANIC = "Der|Die|Das|Den|Det|De|Het|Een|Ein|Eine"
_MOVED = re.compile(rf"^(?P<rest>.+?),\s*(?P<article>{_ENGLISH}|{_ROMANCE}|{_GERMANIC})(?P<tail>\s*(?::.*)?)$", re.IGNORECASE)
# `Boot, Das (Boat, The)` and its like are known by the German name; the French and Italian ones by the English.
_FOREIGN_FIRST = re.compile(rf"^.+,\s*(?:{_ROMANCE})$", re.IGNORECASE)
_ENGLISH_MOVED = re.compile(rf"^(?:.+,\s*(?:{_ENGLISH})|(?:{_ENGLISH})\s.+)$")
_ENGLISH_WORDS = frozenset(("the", "of", "and", "from", "with", "part"))


@dataclass(frozen=True, slots=True)
class WrittenTitle:
    """What a written title says. `original` is empty when the title is the original; `also` are further names."""

    title: str
    year: int | None = None
    original: str = ""
    also: tuple[str, ...] = ()


def read_title(text: str) -> WrittenTitle:
    """Take a written title apart.

    >>> read_title("City of Lost Children, The (Cité des enfants perdus, La) (1995)")
    WrittenTitle(title='The City of Lost Children', year=1995, original='La Cité des enfants perdus', also=())
    """
    rest, year = without_year(" ".join(text.split()))
    asides: list[str] = []
    while (found := _ASIDE.search(rest)) and found.start() > 0:
        asides.insert(0, found[1].strip())
        rest = rest[: found.start()]
    also: list[str] = []
    others: list[str] = []
    for aside in filter(None, asides):
        if _KNOWN_AS.match(aside):
            also.append(in_order(_KNOWN_AS.sub("", aside)))
        else:
            others.append(aside)
    title = in_order(rest)
    if len(others) == 1 and _FOREIGN_FIRST.match(rest) and _ENGLISH_MOVED.match(others[0]):
        return WrittenTitle(in_order(others[0]), year, title, tuple(also))
    originals = [aside for aside in others if not _english(aside) and not _same(aside, title)]
    original = originals[-1] if originals else ""
    also += [in_order(aside) for aside in others if aside != original]
    return WrittenTitle(title, year, in_order(original), tuple(name for name in dict.fromkeys(also) if name != title))


def without_year(text: str) -> tuple[str, int | None]:
    """The text without a year in brackets at its end, and that year; of a span of years the first.

    >>> without_year("The Land Before Time III (1995) (V)")
    ('The Land Before Time III', 1995)
    """
    bare = _MEDIUM.sub("", text)
    found = _YEAR.search(bare)
    if not found or not bare[: found.start()].strip():
        return text.strip(), None
    return _MEDIUM.sub("", bare[: found.start()]).strip(), int(found[1])


def in_order(title: str) -> str:
    """The title with its article in front: `Crow, The: Wicked Prayer` -> `The Crow: Wicked Prayer`."""
    title = title.strip()
    moved = _MOVED.match(title)
    if not moved or not moved["article"][0].isupper():
        return title.replace("L' ", "L'")
    rest, article, tail = moved["rest"].strip(), moved["article"], moved["tail"].rstrip()
    if article == "I" and " " not in rest:
        return title
    if article in _ENGLISH.split("|") and rest.startswith("Les "):
        return rest + tail
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{rest}{tail}"


def _english(aside: str) -> bool:
    words = set(re.findall(r"[a-z]+", aside.lower()))
    return aside.isascii() and ("'s " in aside or bool(_ENGLISH_WORDS & words))


def _same(aside: str, title: str) -> bool:
    one, other = (re.sub(r"[^\w]", "", fold(text.replace("&", "and"))) for text in (in_order(aside), title))
    return one == other
