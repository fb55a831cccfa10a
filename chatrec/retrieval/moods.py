"""A mood somebody asks for -> how much of it each item has, from the tones, themes and genres that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.retrieval.fusion import Numbers
from chatrec.retrieval.words import fold

_PLACES = (1.0, 0.75, 0.5)
"""How much of a genre an item has whose genres name it first, second, or later."""
_CLEAR = 0.5
"""The weight from which a label alone makes an item one of a mood, so that it counts where the mood is refused."""

_FAMILIES: Mapping[str, str] = {
    "funny": "Comedy .6, silly .6, witty .45, slapstick .5, parody .5, absurd .4, deadpan .35, playful .25, light-hearted .3, "
    "satirical .25, mockumentary .5, black comedy .3; heartbreaking .5, disturbing .5, grief .3, melancholy .3, violent .2, "
    "gritty .3, dark .2, moving .15, tense .3, War .3, Drama .2, Thriller .3, Animation .15",
    "witty": "witty .85, deadpan .3, satirical .25, playful .2, Comedy .2; silly .1, disturbing .2, gritty .2",
    "silly": "silly .8, absurd .5, slapstick .5, parody .5, playful .3, light-hearted .2, Comedy .3; moving .2, dark .3, "
    "melancholy .4, heartbreaking .5, gritty .4",
    "scary": "scary .75, Horror .6, eerie .4, disturbing .3, haunted house .3, ghosts .15, tense .15, serial killer .1; "
    "silly .5, light-hearted .5, feel-good .5, heartwarming .6, witty .3, playful .3, Comedy .5, Family .5",
    "violent": "violent .8, gritty .3, War .1, gangsters .1, Action .15; heartwarming .5, cosy .6, Family .5",
    "sensual": "sensual .85, romantic .2, intimate .15; Family .6",
    "sad": "heartbreaking .75, moving .35, melancholy .35, grief .3, bittersweet .3, tender .15, illness .15, Drama .2; "
    "silly .6, feel-good .5, light-hearted .5, witty .2, Comedy .4, Horror .5, Action .4, eerie .4, Thriller .3, scary .5",
    "dark": "dark .75, disturbing .4, gritty .4, violent .15, Film Noir .2; light-hearted .5, feel-good .5, heartwarming .5, "
    "cosy .5, Family .5",
    "light-hearted": "light-hearted .7, feel-good .45, playful .35, silly .25, witty .2, whimsical .2, Comedy .3; dark .5, "
    "disturbing .6, heartbreaking .5, gritty .5, violent .4, melancholy .3, tense .3",
    "uplifting": "uplifting .6, feel-good .6, hopeful .45, heartwarming .35, underdog .2, light-hearted .15; disturbing .6, "
    "dark .4, heartbreaking .3, melancholy .2, gritty .3, violent .3",
    "heartwarming": "heartwarming .65, cosy .6, tender .3, feel-good .35, light-hearted .25, hopeful .15, whimsical .15, "
    "friendship .1, Family .15; violent .6, disturbing .7, scary .6, eerie .4, heartbreaking .4, dark .5, gritty .5, tense .4, "
    "suspenseful .3, grief .2",
    "magical": "magical .7, whimsical .35, fairy tale .35, Fantasy .35, dreamlike .2, witches .2, Animation .1; gritty .5, "
    "violent .3, disturbing .5, scary .3, dark .2",
    "dreamlike": "dreamlike .75, surreal .35, meditative .25, visually striking .2, dreams .2, magical .15; fast-paced .4, "
    "silly .3",
    "tense": "tense .65, suspenseful .55, Thriller .3, fast-paced .15, single location .1; light-hearted .5, cosy .5, "
    "silly .5, Comedy .3, meditative .3, Family .4",
    "weird": "surreal .55, quirky .45, absurd .45, dreamlike .2, whimsical .15, deadpan .2, cult classic .2; epic .2",
    "quirky": "quirky .75, deadpan .35, whimsical .25, witty .2, absurd .2, playful .15, Comedy .15; epic .4, Action .4, "
    "War .4, scary .4",
    "mind-bending": "mind-bending .8, surreal .25, nonlinear .25, twist ending .25, time travel .15, dreams .15, "
    "thought-provoking .15; light-hearted .3, silly .3",
    "thought-provoking": "thought-provoking .75, meditative .2, politics .1, satirical .15; silly .5",
    "slow-burn": "slow-burn .55, meditative .6, intimate .2, dreamlike .15, atmospheric .15; fast-paced .6, silly .4, "
    "violent .2, Action .5",
    "fast-paced": "fast-paced .75, Action .3, chase .2, Thriller .1; slow-burn .7, meditative .7",
    "romantic": "romantic .6, Romance .6, first love .2, tender .15, love story .2, wedding .1; disturbing .5, violent .4, "
    "Horror .5, War .2, gritty .3, Action .3",
    "epic": "epic .85, visually striking .15, War .1; intimate .3",
    "stylish": "stylish .85, visually striking .2",
    "visually striking": "visually striking .8, dreamlike .2, epic .1, stylish .2, hand-drawn .1",
    "nostalgic": "nostalgic .85, childhood .15, summer .15, bittersweet .1",
    "melancholy": "melancholy .65, bittersweet .5, tender .1; silly .5, feel-good .4, violent .2",
    "bittersweet": "bittersweet .75, melancholy .35, tender .1; silly .4, violent .3",
    "atmospheric": "atmospheric .75, eerie .25, dreamlike .2, slow-burn .15; silly .3",
    "satirical": "satirical .7, black comedy .5, deadpan .3, absurd .2, dark .1, Comedy .15; heartwarming .4",
    "moving": "moving .65, tender .3, heartbreaking .3, bittersweet .15, uplifting .1; silly .5",
    "cheesy": "sentimental .8, cheesy .8",
    "twisty": "twist ending .8, mind-bending .3, suspenseful .15, detective .1",
    "intimate": "intimate .8, tender .2, slow-burn .1; epic .4, Action .4",
    "angry": "angry .85",
    "eerie": "eerie .75, atmospheric .25, scary .25, dreamlike .1, ghosts .1; silly .5, Comedy .4",
    "gritty": "gritty .8, violent .2, dark .15; whimsical .5, light-hearted .5",
}
"""Mood -> what speaks for it; after a semicolon what speaks against it. Genres have a capital."""


_FEELING = frozenset(
    fold(" ".join(_FAMILIES)).split()
    + fold(
        "feel good cosy tender hopeful suspenseful deadpan absurd playful whimsical meditative disturbing striking beautiful "
        "comedy fun quiet gentle strange happy cry make me love twist ending intelligent philosophical poetic thrilling"
    ).split()
)


def topical(text: str) -> float:
    """The share of a text's words that say what a thing is about rather than how it feels, 0 to 1; 1 for an empty text."""
    words = fold(text).split()
    return sum(word not in _FEELING for word in words) / len(words) if words else 1.0


class Moods:
    """Answers for a whole catalog. A mood without a family is looked for among the keywords under its own name."""

    def __init__(self, catalog: Catalog) -> None:
        self._count = len(catalog)
        self._labels: dict[tuple[str, str], tuple[list[int], list[float]]] = {}
        for row, item in enumerate(catalog):
            for place, genre in enumerate(item.genres):
                self._note("genre", genre, row, _PLACES[min(place, len(_PLACES) - 1)])
            for keyword in item.keywords:
                self._note("keyword", keyword, row, 1.0)
        self._strength = lru_cache(maxsize=256)(self._find)

    def genre(self, name: str) -> Numbers:
        """How much of a genre each item has, (n,) float64: 1 where it is the leading one."""
        return self._has("genre", name)

    def strength(self, mood: str) -> Numbers:
        """How much of a mood each item has, (n,) float64 from 0 to 1; several labels that speak for it add up, never beyond 1.

        A label that speaks against it takes a share away. Weights are judgements, tried on wishes with known answers.
        """
        return self._strength(mood)

    def clear(self, mood: str) -> Numbers:
        """1 for an item that plainly has the mood, else 0, (n,) float64: what somebody means who refuses it."""
        pro, _ = _family(mood)
        found = np.zeros(self._count)
        for label, weight in pro.items():
            if weight >= _CLEAR and label.islower():
                found = np.maximum(found, self._has("keyword", label))
        return np.maximum(found, self._has("keyword", mood))

    def _find(self, mood: str) -> Numbers:
        pro, con = _family(mood)
        lacking = np.ones(self._count)
        for label, weight in (pro or {mood: 1.0}).items():
            lacking *= 1.0 - weight * self._has("keyword" if label.islower() else "genre", label)
        spoiled = np.ones(self._count)
        for label, weight in con.items():
            spoiled *= 1.0 - weight * self._has("keyword" if label.islower() else "genre", label)
        found = (1.0 - lacking) * spoiled
        found.flags.writeable = False  # shared by every later call
        return np.asarray(found, dtype=np.float64)

    def _note(self, kind: str, label: str, row: int, share: float) -> None:
        rows, shares = self._labels.setdefault((kind, fold(label)), ([], []))
        rows.append(row)
        shares.append(share)

    def _has(self, kind: str, label: str) -> Numbers:
        found = np.zeros(self._count)
        rows, shares = self._labels.get((kind, fold(label)), ([], []))
        np.maximum.at(found, rows, shares)
        return found


@lru_cache(maxsize=256)
def _family(mood: str) -> tuple[dict[str, float], dict[str, float]]:
    pro, _, con = _FAMILIES.get(mood, "").partition(";")
    return _weights(pro), _weights(con)


def _weights(text: str) -> dict[str, float]:
    pairs = (part.strip().rsplit(" ", 1) for part in text.split(",") if part.strip())
    return {label: float(weight) for label, weight in pairs}
