"""Folded text -> the people meant by "the director of Parasite", "the guy who made Heat" or "the same director"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.lexicon import Concept

_OF_TITLE = re.compile(
    r"(?:\bby |\bfrom |\bof )?(?:\bthe )?(?:\bsame )?"
    r"(?:\b(?:directors?|filmmakers?) (?:of|behind|as(?: in)?|from|(?:who|that) (?:made|directed|did))"
    r"|\b(?:guys?|man|men|woman|women|person|people|team|ones?|brothers) "
    r"(?:behind|(?:who|that) (?:made|directed|did|brought us|gave us)))"
    r" (?:the (?:film|movie) )?$"
)
_SAME = re.compile(
    r"\b(?:by|from|with) (?:the |this |that )?(?:same|this|that) (?P<role>director|filmmaker|actor|actress|cast|lead)\b"
    r"|\b(?:by|from) (?:him|her)\b|\b(?:his|her) other (?:films|movies)\b"
    r"|\bwhat else (?:did|has|have) (?:he|she|they) (?:direct(?:ed)?|made|make|done|do)\b"
)


def credits_of(
    text: str, named: Sequence[tuple[int, int, str]], focus: Sequence[str], catalog: Catalog
) -> Iterator[tuple[int, int, Concept]]:
    """Places in the text that stand for people.

    `named` are (start, end, item id) of the titles in it, `focus` is the item talked about last.
    """
    for start, end, item_id in named:
        match = _OF_TITLE.search(text[max(0, start - 60) : start])
        directors = catalog[item_id].named("director")
        if match is not None and directors:
            yield (
                start - (min(start, 60) - match.start()),
                end,
                Concept("person", " and ".join(directors), directors, role="director"),
            )
    for match in _SAME.finditer(text):
        item = catalog.get(focus[0]) if focus else None
        acting = match["role"] in ("actor", "actress", "cast", "lead")
        people = () if item is None else item.named("cast")[:1] if acting else item.named("director")
        if people:
            yield *match.span(), Concept("person", " and ".join(people), people, role="cast" if acting else "director")
