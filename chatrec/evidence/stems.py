"""Two words -> whether one is made from the other: gang and gangster, music and musician, Belarus and Belarusian."""

from __future__ import annotations

from functools import lru_cache

from chatrec.evidence.tokens import words

_ENDINGS = ("ster", "ation", "ment", "ery", "ian", "ing", "ism", "ist", "er", "or")
_OF_PLACE = ("n", "an", "ian", "ean", "ese", "ish")
_WHOLE = words("brother corner counter letter master matter minister mother number summer winter")
_SHORTEST = 4


@lru_cache(maxsize=20_000)
def stem_of(key: str) -> str:
    """The stem of a comparison key: without the ending that names the doer or the doing, at least four letters long."""
    for ending in _ENDINGS:
        if key not in _WHOLE and key.endswith(ending) and len(key) - len(ending) >= _SHORTEST:
            return key[: -len(ending)]
    return key


def kin(one: str, other: str) -> bool:
    """Whether two comparison keys share a stem; a dropped final e is the same stem (`dance`, `dancer`)."""
    first, second = stem_of(one), stem_of(other)
    return first == second or (first != one and f"{first}e" == second) or (second != other and f"{second}e" == first)


def of_place(adjective: str, place: str) -> bool:
    """Whether one key is the other's adjective by its form: `belarusian` of `belarus`, `bosnian` of `bosnia`."""
    root = place.rstrip("aeoy")
    return len(root) >= _SHORTEST and adjective in {f"{start}{end}" for start in (root, place) for end in _OF_PLACE}
