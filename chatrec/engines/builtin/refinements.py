"""Wishes relative to the last list ("shorter", "less dark", "more obscure") -> constraints worked out from its picks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from chatrec.engines.builtin.amounts import Amount
from chatrec.engines.builtin.lexicon import Concept
from chatrec.engines.builtin.mood_words import MOODS, Mood
from chatrec.engines.builtin.wording import fold
from chatrec.records import Constraint, Item, Preference

_PHRASES: Mapping[str, str] = {
    "bearable": r"(?:nothing|not|isn't|aren't|don't want anything|never) (?:too|very|overly|super|that|crazy|"
    r"insanely) long\b|not (?:a )?(?:super )?long\b(?! (?:ago|as))",
    "not old": r"\b(?:nothing|not|isn't|aren't) (?:too|very|that|super|really) old\b",
    "shorter": r"\bshorter\b(?! than)|\b(?:not (?:so|as) long|less long|(?:a bit |way |far |all )?too long|"
    r"briefer)\b|\bmas cortas?\b|\bplus courte?s?\b|\bkurzere?[rs]?\b|"
    r"\bpiu cort[oiae]\b|\bmais curt[oa]s?\b",
    "longer": r"(?<!no )(?<!not )(?<!any )(?<!nothing )(?<!much )\blonger\b(?! than)|\btoo short\b|\bmas largas?\b|"
    r"\bplus longs?\b|\blanger\b",
    "newer": r"\b(?:newer|more recent|more modern|more contemporary|more current|less old|not (?:so|as) old|"
    r"(?:a bit |way )?too old|more up to date)\b(?! than)|\bmas (?:nuev|recient|modern)\w+\b|"
    r"\bplus recente?s?\b|\bneuere?[rs]?\b|\bpiu recent[ei]\b|\bmais recentes?\b",
    "older": r"(?<!no )(?<!not )\bolder\b(?! than| (?:brother|sister|man|men|wom|kid|child|son|daughter|people|"
    r"person|audience|viewer|couple|siblings))|"
    r"\b(?:less recent|less modern|not (?:so|as) new|too new|too recent|more classic)\b|\bmas antigu\w+\b|"
    r"\bplus ancien\w*\b|\baltere?[rs]?\b|\bpiu vecch\w+\b",
    "obscure": r"\b(?:more (?:obscure|niche|unknown|underground|off the beaten (?:path|track))|"
    r"less (?:well[ -])?(?:known|popular|mainstream|famous|obvious|hollywood)|not (?:so|as) (?:well[ -])?"
    r"(?:known|popular|mainstream|famous|obvious)|too (?:mainstream|obvious|popular|famous|well[ -]known))\b",
    "popular": r"\b(?:more (?:popular|mainstream|famous|well[ -]known|accessible)|better[ -]known|less (?:obscure|"
    r"niche)|too (?:obscure|niche)|not (?:so|as) obscure)\b",
    "better": r"\b(?:better[ -](?:rated|reviewed)|more acclaimed|higher[ -]rated|better ones)\b",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _PHRASES.items()}

COMPARATIVES: Mapping[str, str] = {
    "funnier": "funny", "scarier": "scary", "creepier": "scary", "spookier": "scary", "lighter": "light-hearted",
    "darker": "dark", "grittier": "dark", "bleaker": "dark", "sadder": "sad", "happier": "uplifting",
    "weirder": "weird",
    "stranger": "weird", "odder": "weird", "quirkier": "weird", "slower": "slow-burn", "calmer": "slow-burn",
    "quieter": "slow-burn",
    "faster": "fast-paced", "smarter": "thought-provoking", "cleverer": "thought-provoking",
    "deeper": "thought-provoking",
    "sillier": "silly", "dumber": "silly", "cosier": "heartwarming", "cozier": "heartwarming",
    "warmer": "heartwarming",
    "sweeter": "heartwarming", "kinder": "heartwarming", "cuter": "heartwarming", "gentler": "heartwarming",
    "softer": "heartwarming", "sexier": "sensual", "bloodier": "violent", "gorier": "violent", "tenser": "tense",
    "wittier": "witty",
    "easier": "light-hearted", "edgier": "dark", "crazier": "weird", "wilder": "weird", "cheesier": "cheesy",
    "moodier": "atmospheric",
}  # fmt: skip
MILDER: Mapping[str, tuple[str, ...]] = {"milder": ("violent",), "tamer": ("violent", "scary"), "safer": ("violent", "scary")}

# The pole that less of a mood leads to, for the search text.
OPPOSITES: Mapping[str, str] = {
    "dark": "light-hearted hopeful", "sad": "uplifting hopeful", "scary": "gentle", "violent": "gentle",
    "slow-burn": "fast-paced",
    "fast-paced": "slow-burn quiet", "weird": "warm straightforward", "silly": "intelligent witty",
    "light-hearted": "dark serious", "tense": "gentle cosy",
    "cheesy": "witty deadpan", "thought-provoking": "light-hearted fun", "funny": "serious drama",
    "melancholy": "uplifting",
    "uplifting": "melancholy", "heartwarming": "dark",
}  # fmt: skip
_BY_NAME: Mapping[str, Mood] = {mood.name: mood for mood in MOODS}


def refinements(text: str) -> Iterator[Amount]:
    """The numeric refinements in folded text, as refine concepts named shorter, longer, newer, older, obscure ..."""
    for name, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            yield Amount(*match.span(), Concept("refine", name, search=match.group().strip()))


def mood(name: str) -> Mood:
    """The mood of that name."""
    return _BY_NAME[name]


def words_of(preference: Preference) -> set[str]:
    """The words that stand for a mood (or other taste) in a search text, folded."""
    known = _BY_NAME.get(preference.value) if preference.target == "mood" else None
    texts = (preference.value, known.search, *known.words) if known else (preference.value,)
    return {word for text in texts for word in fold(text).split()}


@dataclass(frozen=True, slots=True)
class Refined:
    """What a refinement comes to: conditions, and words to add to the search."""

    constraints: tuple[Constraint, ...] = ()
    search: str = ""


def refine(name: str, words: str, picks: Sequence[Item], oldest: int, newest: int) -> Refined:
    """One numeric refinement against the items of the last list (none: a plain wish for short, recent ... items).

    Newer, older, shorter and longer pass the list's second newest (oldest ...) item, the extreme one where fewer than three are
    known, within reason for the catalog, whose years run from `oldest` to `newest`; they always pass the list's median.
    """
    years = sorted(item.year for item in picks if item.year)
    minutes = sorted(item.runtime for item in picks if item.runtime)
    fame = sorted(item.popularity for item in picks if item.popularity is not None)
    worth = sorted(item.acclaim for item in picks if item.acclaim is not None)
    field, least, most = "", None, None
    if name == "bearable":
        field, most = "runtime", 120.0
    elif name == "not old":
        field, least = "year", 1980.0
    elif name == "shorter":
        field, most = "runtime", _below(minutes, _SHORT) if minutes else 100.0
    elif name == "longer":
        field, least = "runtime", _above(minutes, _LONG) if minutes else 130.0
    elif name == "newer":
        field, least = "year", min(_above(years, newest - _WITHIN), newest) if years else newest - _WITHIN
    elif name == "older":
        field, most = "year", max(_below(years, oldest + _WITHIN), oldest) if years else 1989.0
    elif name == "obscure":
        field, most = "popularity", float(min(median(fame) - 1, 60)) if fame else 50.0
    elif name == "popular":
        field, least = "popularity", float(max(median(fame) + 1, 70)) if fame else 75.0
    elif name == "better":
        field, least = "acclaim", float(min(max(median(worth) + 1, 80), 92)) if worth else 85.0
    if not field:
        return Refined()
    least = None if least is None else float(int(least))
    most = None if most is None else float(int(most))
    return Refined((Constraint(field, at_least=least, at_most=most, words=words),))


_SHORT, _LONG, _WITHIN = 80, 160, 8
"""Minutes that shorter and longer ask for at most, and years from the catalog's end that newer and older leave open."""


def _above(values: Sequence[int], cap: float) -> float:
    """A lower bound over the second largest of sorted values, not beyond `cap`, but over the median."""
    return max(median(values) + 1, min(values[-2 if len(values) > 2 else -1] + 1, cap))


def _below(values: Sequence[int], cap: float) -> float:
    """An upper bound under the second smallest of sorted values, not beyond `cap`, but under the median."""
    return min(median(values) - 1, max(values[1 if len(values) > 2 else 0] - 1, cap))


def less(name: str, words: str, picks: Iterable[Item]) -> Refined:
    """Less of a mood: its keywords are refused, or its content kept under the highest level of the last list (none: mild)."""
    wanted = _BY_NAME[name]
    constraints = []
    if wanted.content:
        levels = [item.content[wanted.content] for item in picks if wanted.content in item.content]
        most = max(max(levels, default=2) - 1, 0)
        constraints.append(Constraint(f"content.{wanted.content}", at_most=float(most), words=words))
    else:
        constraints.append(Constraint("topic", none_of=wanted.keywords, words=words))
    return Refined(tuple(constraints), OPPOSITES.get(name, ""))
