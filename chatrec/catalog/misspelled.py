"""A passage -> the names that runs of its words misspell."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from chatrec.catalog.judgement import PLAIN, Judge
from chatrec.catalog.names import Kind, NameIndex
from chatrec.catalog.passage import Passage
from chatrec.catalog.plain_words import ARTICLES, FUNCTION

# What one message may cost, whatever is in it.
_MOST_RESPELLED = 40
_MOST_COMPARED = 4_000


class Near(NamedTuple):
    """The words `i`:`j` spell the name `key` but for some slips of the pen."""

    i: int
    j: int
    key: str
    slips: int


def near_names(passage: Passage, barred: Set[int], names: NameIndex, judge: Judge | None = None) -> Iterator[Near]:
    """Every name nearly spelled by words outside the `barred` positions.

    With a judge, plain English words lead to a name only near a capital or a cue; without, every word does.
    """
    words = passage.words
    respelled = compared = 0
    for i, word in enumerate(words):
        if i in barred or word.key in ARTICLES or word.key.isdigit() or (judge and word.key in FUNCTION):
            continue
        seeds = [word.key]
        if judge is None or not judge.is_known(word):
            if respelled < _MOST_RESPELLED:
                seeds += [seed for seed in names.respelled(word.key) if seed != word.key]
                respelled += 1
        elif not (passage.capital(i, i + 1) or len(words) < 7 or any(passage.cue(k) for k in range(max(0, i - 3), i + 1))):
            continue
        for seed in seeds:
            for key, place in names.holding(seed):
                compared += 1
                if compared > _MOST_COMPARED:
                    return
                yield from _windows(passage, barred, names, key, i, i - place)


def _windows(passage: Passage, barred: Set[int], names: NameIndex, key: str, i: int, start: int) -> Iterator[Near]:
    """The words at which a name would stand, and the same with one word fewer: `JurasicPark`, `silence of lambs`."""
    words, end = passage.words, start + names.size(key)
    for a, b in ((start, end), (start, end - 1), (start + 1, end)):
        if not 0 <= a <= i < b <= len(words) or not barred.isdisjoint(range(a, b)) or passage.reach(a, b - a) < b:
            continue
        if b - a < end - start and len(key) < 8:
            continue
        if slips := names.slips([word.key for word in words[a:b]], key):
            yield Near(a, b, key, slips)


def misspelled_names(passage: Passage, barred: Set[int], names: NameIndex, judge: Judge) -> list[Near]:
    """The misspelled names that are meant as titles: for each run of words the nearest; runs may overlap."""
    best: dict[tuple[int, int], tuple[int, int, Near]] = {}
    for near in near_names(passage, barred, names, judge):
        entry = (near.slips, int(names.named(near.key)[0].kind), near)
        best[near.i, near.j] = min(best.get((near.i, near.j), entry), entry)
    return [near for _, _, near in best.values() if _is_meant(passage, near, names, judge)]


def _is_meant(passage: Passage, near: Near, names: NameIndex, judge: Judge) -> bool:
    i, j, key, slips = near
    words, named = passage.words[i:j], names.named(key)[0]
    if passage.name_after(j) or passage.number_after(j) or (j - i < 3 and passage.people_before(i)):
        return False
    pointed = bool(passage.cue(i)) or passage.noun_before(i) or passage.quoted(i, j) or passage.lone(i, j)
    capital = passage.capital(i, j)
    telling = [word for word in words if word.key not in FUNCTION]
    if all(judge.is_known(word) for word in telling):
        if words[-1].key in ("movie", "movies", "film", "films"):
            return False
        return slips == 1 and len(key) > 7 and len(telling) > 1 and (pointed or capital)
    if len(telling) == 1:
        if named.kind is not Kind.WHOLE or passage.name_before(i) or (words[0].capital and judge.follows_name(passage, i)):
            return False
        certain = len(key) > 5 and names.is_rare(key)
        alone = passage.opened(i) and passage.closed(j) and len(key) > 7
        return (pointed and passage.closed(j)) or (certain and (capital or alone))
    return pointed or capital or judge.tier(words, named) < PLAIN
