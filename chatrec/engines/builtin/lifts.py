"""Folded text -> the conditions that no longer matter: "any language is fine", "length doesn't matter"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LIFTS = (
    ("language", r"\bany language\b|\blanguage (?:doesn't|does not|isn't|is not|no longer) (?:matter|important|"
                 r"a problem)\b|\b(?:don't|do not) care (?:about|which) (?:the )?language\b|"
     r"\bin any language\b|\bsubtitles are (?:fine|ok|okay|good)\b|\b(?:don't|do not) mind subtitles\b"),
    ("country", r"\bany country\b(?! but| except)|\bcountry (?:doesn't|does not) matter\b|\bfrom anywhere\b(?! but| except)"),
    ("runtime", r"\bany (?:length|runtime|duration)\b|\b(?:length|runtime|duration|running time) (?:doesn't|does not|"
                r"isn't|is not) (?:matter|important|an issue)\b|"
     r"\b(?:don't|do not) (?:care|mind) (?:about|how long|the length)(?: the (?:length|runtime))?\b|\bhowever long\b|"
     r"\blonger is (?:fine|ok|okay)\b|\bcan be (?:any length|long)\b"),
    ("year", r"\bany (?:year|decade|era|age|period)\b|\b(?:year|decade|era) (?:doesn't|does not) matter\b|\b(?:old|"
             r"older) (?:ones |films |movies )?(?:is|are) (?:fine|ok|okay)(?: too)?\b|\bold or new\b"),
    ("genre", r"\bany genre\b|\bgenre (?:doesn't|does not) matter\b|\b(?:don't|do not) care (?:about|which|"
              r"what) (?:the )?genre\b"),
    ("content.violence", r"\bviolence is (?:fine|ok|okay)\b|\b(?:don't|do not) mind (?:the |some |"
                         r"a bit of )?(?:violence|gore|blood)\b|\bviolent is (?:fine|ok|okay)\b"),
    ("content.fear", r"\bscary is (?:fine|ok|okay)\b|\b(?:don't|do not) mind (?:some |a bit of )?(?:scares|scary|"
                     r"being scared)\b|\bcan be scary\b"),
    ("audience", r"\b(?:the )?kids are (?:asleep|in bed|away|out|gone)(?: now)?\b|\bno kids (?:tonight|now|this time|"
                 r"around)\b|\bwithout the kids\b"),
    ("popularity", r"\b(?:popularity|fame) (?:doesn't|does not) matter\b"),
)  # fmt: skip
_LIFT_PATTERNS = tuple((field, re.compile(pattern)) for field, pattern in _LIFTS)


def lifts(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a field is lifted, and which."""
    for field, pattern in _LIFT_PATTERNS:
        for match in pattern.finditer(text):
            yield *match.span(), field
