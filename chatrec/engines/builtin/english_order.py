"""English words taken over one by one from another language -> the order and the small words that English has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chatrec.engines.builtin.wording import spelled

Sort = Literal["item", "name", "time", "length", "thing", "film", "join", "mark", "other", "behind", "moved"]

_LENGTH = re.compile(r"^\d+ (?:hours?|minutes?)")
_TIME = re.compile(r"(?:18|19|20)\d\d|\d{2,4}s")
_PERIOD_WORDS = frozenset(spelled("from in of before after since until between and to around under over most least"))
_THINGS = frozenset({"item", "time", "length", "thing"})
_FILMS = frozenset({"film", "films", "movie", "movies"})
_JOINS = frozenset({"and", "or"})
_GRAMMAR = frozenset(
    spelled(
        "a the of from in with without no not by but about like want please more less too something anything some under over "
        "before after since until at is was i me maybe only just"
    )
)
_BESIDE = {
    ("about", "length"): "over", ("under", "time"): "before", ("over", "time"): "after", ("at most", "time"): "until",
    ("at least", "time"): "since",
}  # fmt: skip
"""Words with another English before a length or a time: "до двух часов", "до 1990 года"."""
_REFUSALS = frozenset({"no", "not", "except", "I don't like", "I hate"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Some English words; `held` is the number of the item they name, -1 for none."""

    text: str
    sort: Sort
    held: int = -1


def sort_of(english: str) -> Sort:
    """What kind of piece an English phrase is."""
    if english in _FILMS:
        return "film"
    if english in _JOINS:
        return "join"
    if _LENGTH.search(english):
        return "length"
    if _TIME.fullmatch(english):
        return "time"
    return "other" if english.isdecimal() or _GRAMMAR & set(english.lower().split()) else "thing"


def ordered(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with what stands behind the thing it governs put before that thing, and before all things joined to it."""
    ordered: list[Piece] = []
    for piece in pieces:
        if piece.sort != "behind":
            ordered.append(piece)
            continue
        place = _unit(ordered, len(ordered))
        while place > 1 and ordered[place - 1].sort == "join" and _unit(ordered, place - 1) < place - 1:
            place = _unit(ordered, place - 1)
        while place > 0 and place < len(ordered) and ordered[place - 1].sort == "moved":
            place -= 1
        ordered.insert(place, Piece(piece.text, "moved"))
    return ordered


def refusals_ended(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with a comma after the thing that is refused, so that what follows it is not refused too."""
    ended: list[Piece] = []
    refusing = refused = False
    for place, piece in enumerate(pieces):
        if piece.text in _REFUSALS:
            refusing, refused = True, False
        elif piece.sort == "mark":
            refusing = False
        elif refusing and piece.sort in _THINGS:
            if refused and pieces[place - 1].sort != "join":
                ended.append(Piece(",", "mark"))
                refusing = False
            refused = True
        ended.append(piece)
    return ended


def _unit(pieces: Sequence[Piece], end: int) -> int:
    """Where the thing that ends before `end` begins; `end` itself when nothing of the kind stands there."""
    place = end
    while place > 0 and pieces[place - 1].sort == "film":
        place -= 1
    if place > 0 and pieces[place - 1].sort == "name":
        while place > 0 and pieces[place - 1].sort == "name":
            place -= 1
    elif place > 0 and pieces[place - 1].sort in _THINGS:
        place -= 1
    return place


def written(place: int, pieces: Sequence[Piece]) -> str:
    """A piece as it is said in English beside its neighbours."""
    piece = pieces[place]
    following = pieces[place + 1].sort if place + 1 < len(pieces) else ""
    before = pieces[place - 1].text if place else ""
    if piece.text == "of":
        return {"name": "by", "time": "from"}.get(following, "")
    said = _BESIDE.get((piece.text, following))
    if said:
        return said
    if piece.sort == "time" and piece.text.isdecimal() and before.split(" ")[-1] not in _PERIOD_WORDS:
        return f"from {piece.text}"
    return piece.text
