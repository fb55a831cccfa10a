"""Folded text -> where the person has had what everybody knows: "I've seen all the famous ones" asks for what is less known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatrec.engines.builtin.amounts import Amount, amount

MOST = 60
"""Of 100: how well known a film may be for somebody who has seen the well-known ones."""

_KNOWN = re.compile(
    r"\b(?:seen|watched|know|saw|through)(?: already| probably| basically| pretty much| more or less| just about)* "
    r"(?P<what>(?:(?:nearly |almost )?all |most |every one |plenty |lots )?(?:of )?the (?:really |more |most )?"
    r"(?:big(?! lebowski| short| sick| fish| sleep| heat| chill| country| combo| red)|famous|well[ -]known|popular|obvious|"
    r"usual|major|mainstream|best[ -]known|biggest|blockbusters?|classics?|hits)"
    r"(?: (?:ones?|names|hits|titles|suspects|blockbusters|classics))?)(?!\w)"
)


def known_already(text: str) -> Iterator[Amount]:
    """What was seen of the well-known ones, as a popularity concept."""
    for match in _KNOWN.finditer(text):
        yield Amount(*match.span("what"), amount("popularity", match["what"], None, MOST))
