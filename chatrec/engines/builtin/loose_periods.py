"""Folded text -> "old", "recent", "classic", "short" and their like, where they are said of films."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatrec.engines.builtin.amounts import Amount
from chatrec.engines.builtin.lexicon import Concept

_FILM = r"(?:films?|movies?|ones?|flicks?|cinema|pictures?|titles?|releases?|stuff|hollywood)"
_AGE_WORD = re.compile(
    rf"\b(?P<word>(?:really |very |pretty |quite )?old|old[ -]school|old[ -]fashioned|vintage|oldies|classics?|golden age|"
    rf"(?:brand )?new|newly released|latest|recent(?:ly released)?|modern|contemporary|short|"
    rf"long|cort[oa]s?|courtes?|(?<=film )court|(?<=films )courts|kurze[rns]?|cort[ie]|curt[oa]s?|antiguas?|antiguos?|"
    rf"recientes?|clasic[oa]s?|ancien(?:ne)?s?|recente?s?|neue[rns]?|alte[rns]?|vecchi[oa]?|"
    rf"classique|klassiker)\b(?P<noun> {_FILM}\b)?"
    r"(?P<on>(?=\s*(?:$|[.,;:!?)/&-]|\b(?:and|or|but|please|with|about|from|by|that|which|for|set|in|starring|horror|"
    r"comed\w+|thrillers?|drama\w*|western\w*|sci|science|romance\w*|romantic|"
    r"musicals?|action|crime|noir|documentar\w+|animat\w+|korean|french|japanese|italian|german|spanish|british|"
    r"american|indian|black|disney|war|mystery|mysteries|fantasy|adventure\w*|"
    r"peliculas?|filme?s?)\b)))?"
)


_MOVEMENTS = {"new hollywood": (1967, 1980), "pre code": (1930, 1934), "old hollywood": (1920, 1960)}
_MOVEMENT = re.compile(r"\b(?:new hollywood|pre[ -]code|old hollywood)\b")
_PRAISE = re.compile(
    r"(?<!\w that )(?<!\w which )\b(?:is|was|are|were|(?:it|that|they|those)(?:'?s|'?re)|such|what|called|considered)"
    r"(?: (?:a|an|all|such|truly|really|real|total|true|absolute|time|one of the|some))*[ -]$"
)
"""Before "classic": what is said of a film just named, not wished for."""
_SHORT = ("short", "cort", "court", "kurz", "curt")


def loose_periods(text: str, newest: int) -> Iterator[Amount]:
    """Old, new, classic, short, long: said of films rather than of people and places; and movements by their years."""
    for match in _MOVEMENT.finditer(text):
        least, most = _MOVEMENTS[match.group().replace("-", " ")]
        yield Amount(*match.span(), Concept("year", match.group(), at_least=least, at_most=most))
    text = _MOVEMENT.sub(lambda match: " " * len(match.group()), text)
    for match in _AGE_WORD.finditer(text):
        word = match["word"].split()[-1] if " " in match["word"] and "age" not in match["word"] else match["word"]
        before = text[max(0, match.start() - 8) : match.start()]
        if not (match["noun"] or match["on"] is not None) or re.search(
            r"(?:years?|months?|days?|yr|as|how|so|that|my|too)[ -]?$", before
        ):
            continue
        if not match["noun"] and re.search(r"\b(?:cult|the|his|her)[ -]$", before):
            continue
        if word.startswith("classic") and not match["noun"] and _PRAISE.search(text[: match.start()]):
            continue
        start, end = match.span("word")
        if word.startswith(_SHORT) or word == "long":
            short = word != "long"
            concept = Concept("runtime", match["word"], at_most=95 if short else None, at_least=None if short else 150)
        elif word.startswith(("new", "latest", "neue", "recent", "recient", "released")):
            concept = Concept("year", match["word"], at_least=newest - (3 if "new" in word or "latest" in word else 5))
        elif word.startswith(("modern", "contemporary")):
            concept = Concept("year", match["word"], at_least=2000)
        elif word == "golden age":
            concept = Concept("year", match["word"], at_most=1960)
        else:
            concept = Concept("year", match["word"], at_most=1979)
        yield Amount(start, end, concept)
