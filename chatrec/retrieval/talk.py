"""The utterances of a conversation and the items named in it -> a Talk: what a ranker may know of what was said so far."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_DISLIKED = re.compile(
    r"\b(?:hate[ds]?|dislike[ds]?|boring|terrible|awful|worst|bad|(?:do|did)n['’]?t (?:really )?(?:like|enjoy|care)"
    r"|not (?:a |really )?(?:fan|into|my|good|great)|wasn['’]?t (?:good|great|impressed))\b",
    re.IGNORECASE,
)
_LIKED = re.compile(r"\b(?:love[ds]?|like[ds]?|enjoy(?:ed)?|favou?rites?|great|awesome|amazing|good|fan|best)\b", re.IGNORECASE)
_YEAR = re.compile(r"\s*\(\d{4}\)$")
_RECENT = 3  # utterances
_LONGEST = 2000  # characters of one utterance looked at


@dataclass(frozen=True, slots=True)
class Named:
    """An item somebody named: its catalog row, how many utterances ago it was last spoken of (0: in the last one), whether
    the seeker named it first, and the feeling of the words around it (below 0 dislike, above 0 like)."""

    row: int
    back: int = 0
    by_seeker: bool = True
    feeling: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation before the recommender's next turn. `last` is the last utterance, `recent` the last three, `seeker`
    everything the seeker said, `whole` everything; the names of linked items are left out of the first three and of `whole`.
    `raw` is the last four utterances with the names in place. `named` is in the order of first mention."""

    last: str = ""
    recent: str = ""
    seeker: str = ""
    whole: str = ""
    raw: str = ""
    named: tuple[Named, ...] = ()
    turns: int = 1

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """The texts to embed, in the order `TalkFeatures.of` takes their vectors."""
        return self.last, self.recent, self.seeker, self.raw


def hear(utterances: Sequence[str], named: Mapping[str, int]) -> Talk:
    """The Talk of alternating utterances, the seeker's last; `named` maps each name, as it stands in them, to a catalog row.

    A name `Title (year)` may stand there without its year; one that stands in no utterance counts as said in the last.
    """
    spoken = [utterance[:_LONGEST] for utterance in utterances] or [""]
    names = sorted(named, key=len, reverse=True)
    plain = [_without(utterance, names) for utterance in spoken]
    final = len(spoken) - 1
    folded = [utterance.casefold() for utterance in spoken]
    found = []
    for name, row in named.items():
        places = [place for place, utterance in enumerate(spoken) if name in utterance]
        if not places:
            title = _YEAR.sub("", name).casefold()
            places = [place for place, utterance in enumerate(folded) if title in utterance] or [final]
        around = plain[places[-1] : places[-1] + 2]  # the answer often tells what was thought of it
        found.append(Named(row, final - places[-1], (final - places[0]) % 2 == 0, sum(map(_feeling, around))))
    return Talk(
        last=plain[-1],
        recent=_joined(plain[-_RECENT:]),
        seeker=_joined(plain[::-1][::2][::-1]),
        whole=_joined(plain),
        raw=_joined(spoken[-_RECENT - 1 :]),
        named=tuple(found),
        turns=len(spoken),
    )


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, " ")
    return _joined([text])


def _joined(texts: Sequence[str]) -> str:
    return " ".join(" ".join(texts).split())


def _feeling(text: str) -> int:
    if _DISLIKED.search(text):
        return -1
    return 1 if _LIKED.search(text) else 0
