"""Many films -> what recurs in too many of them (phrases, openings, endings), and words and names spelled two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from chatrec.catalog.words import fold
from chatrec.records import Item

MOST_FILMS = {4: 14, 5: 7, 6: 4}
"""Words of a phrase -> how many descriptions may have it. Idioms (`the size of a`) recur in a few; a habit in more."""
MOST_OPENINGS = 4
"""How many descriptions may begin with the same three words."""
MOST_ENDINGS = 4
"""How many descriptions may end with the same three words."""
APART = frozenset(("sweets", "sweet", "bank", "banks"))
"""Keywords that only look like two spellings of one word."""

_EDGE = 3  # words of an opening or ending
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_IRREGULAR = {
    "mice": "mouse",
    "thieves": "thief",
    "wolves": "wolf",
    "werewolves": "werewolf",
    "women": "woman",
    "men": "man",
    "news": "news",
}


def repeats(items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
    """Every phrase, opening or ending that too many descriptions share, told once, at the last item that has it."""
    items = tuple(items)
    words = {item.id: [word.lower() for word in _WORD.findall(item.description)] for item in items}
    for length, most in sorted(MOST_FILMS.items(), reverse=True):
        yield from _shared(items, {i: _runs(w, length) for i, w in words.items()}, most, "has a phrase")
    yield from _shared(items, {i: [_run(w[:_EDGE])] for i, w in words.items()}, MOST_OPENINGS, "opens with words")
    yield from _shared(items, {i: [_run(w[-_EDGE:])] for i, w in words.items()}, MOST_ENDINGS, "ends with words")


def spelled_apart(items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
    """Every keyword or name spelled otherwise than elsewhere in the catalog.

    A keyword may differ in number, accents, hyphens or spaces, a name in accents, dots, hyphens or spaces.
    """
    items = tuple(items)
    keywords = {item.id: [keyword for keyword in item.keywords if keyword not in APART] for item in items}
    names = {item.id: [name for named in item.people.values() for name in named] for item in items}
    yield from _apart(items, keywords, "keywords", _common_form)
    yield from _apart(items, names, "people", _letters)


def _shared(items: Sequence[Item], runs: Mapping[str, Iterable[str]], most: int, what: str) -> Iterator[tuple[Item, str]]:
    having: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for run in dict.fromkeys(runs[item.id]):
            having[run].append(item)
    for run, some in having.items():
        if run and len(some) > most:
            others = ", ".join(item.id for item in some[:3])
            yield some[-1], f"`description` {what} that {len(some)} have, {most} at most ({run}; {others} ...)"


def _apart(
    items: Sequence[Item], values: Mapping[str, Sequence[str]], what: str, form: Callable[[str], str]
) -> Iterator[tuple[Item, str]]:
    """Of the spellings that come to one form the most frequent is the right one."""
    counts = Counter(value for item in items for value in dict.fromkeys(values[item.id]))
    forms: dict[str, list[str]] = defaultdict(list)
    for value in sorted(counts, key=lambda value: (-counts[value], value)):
        forms[form(value)].append(value)
    better = {worse: same[0] for same in forms.values() for worse in same[1:]}
    for item in items:
        for value in dict.fromkeys(values[item.id]):
            if value in better:
                yield item, f"`{what}` has {value}, which is {better[value]} in {counts[better[value]]} others"


def _letters(name: str) -> str:
    return "".join(letter for letter in fold(name) if letter.isalnum())


def _runs(words: Sequence[str], length: int) -> list[str]:
    return [_run(words[start : start + length]) for start in range(len(words) - length + 1)]


def _run(words: Sequence[str]) -> str:
    return " ".join(words)


def _common_form(keyword: str) -> str:
    return "".join(_singular(word) for word in _WORD.findall(fold(keyword).replace("-", " ")))


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
