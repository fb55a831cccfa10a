"""The parts of a message, in order -> how the person stands to each of them: how far a "no", a "loved" or a "seen" reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from chatrec.engines.builtin.cues import BEFORE_LIKING, JOINS, NO_NOUNS, PREPOSITIONS, STARTS, TURNS, Cue
from chatrec.engines.builtin.lexicon import Concept


class Stance(Enum):
    """How somebody stands to something they named."""

    PLAIN = "plain"
    WANT = "want"
    NOT = "not"
    LIKE = "like"
    DISLIKE = "dislike"
    SEEN = "seen"
    UNSEEN = "unseen"
    MILD = "mild"
    ANCHOR = "anchor"
    UNLIKE = "unlike"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Part:
    """A word, a mark, a cue or a concept at `start`:`end` of the clean text. `norm` is the folded wording."""

    norm: str
    start: int
    end: int
    concept: Concept | None = None
    cue: Cue | None = None
    harmless: bool = False

    @property
    def is_word(self) -> bool:
        """A word without a meaning of its own."""
        return self.concept is None and self.cue is None and self.norm[0].isalnum()


_STOPS = frozenset(".!?;\n…")
_HALTS = frozenset({",", ":", "(", ")", "—", "–", "-"})
_LASTING = frozenset(
    {Stance.LIKE, Stance.DISLIKE, Stance.SEEN, Stance.UNSEEN, Stance.MILD, Stance.ANCHOR, Stance.UNLIKE, Stance.LESS}
)
_TOLD = frozenset({Stance.LIKE, Stance.DISLIKE, Stance.SEEN, Stance.UNSEEN, Stance.MILD})
_REACH = 5
_SHORT_WORD = 3
PROVISO = "only if good"
"""The name of the part that lets in, without asking for it, what stands before it."""
_MORE = ("more ", "mas ", "plus ", "mehr ", "piu ", "mais ")


class _Walk:
    """The state of one pass over the parts of a message."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.stances = [Stance.PLAIN] * len(parts)
        self.stance = Stance.PLAIN
        self.refused_at = -1
        self.governed = 0
        self.halted = False
        self.joined = False
        self.copula = -1
        self.clause: list[int] = []

    def run(self) -> list[Stance]:
        for place, part in enumerate(self.parts):
            self._step(place, part)
        return self.stances

    def _step(self, place: int, part: Part) -> None:
        if part.concept is None and part.cue is None and part.norm in _STOPS:
            if not (part.norm == "?" and self.clause and self._no_thanks(place)):
                self._turn(Stance.PLAIN)
                self.clause = []
            return
        if part.norm in TURNS and part.concept is None and part.cue is None:
            self._turn(Stance.PLAIN)
            return
        if part.norm in _HALTS and part.concept is None:
            self.halted = True
            self.governed += self.stance is Stance.NOT and not self.governed and self._refuses_unknown(place)
            return
        if part.norm in JOINS and part.concept is None:
            self.joined = True
            return
        if part.cue is not None:
            self._cue(place, part.cue)
        elif part.concept is not None:
            self._concept(place, part)
        else:
            self._word(part)
        self.stances[place] = self.stance if part.cue is None else Stance.PLAIN

    def _refuses_unknown(self, place: int) -> bool:
        """Whether a refusal has met its object, though the lexicon lacks it: "not too ponderous, a comedy"."""
        since = self.parts[self.refused_at + 1 : place] if self.refused_at >= 0 else ()
        return any(part.is_word and len(part.norm) > _SHORT_WORD and part.norm not in NO_NOUNS for part in since)

    def _no_thanks(self, place: int) -> bool:
        following = self.parts[place + 1 : place + 2]
        return bool(following) and following[0].cue in ("bad_verb", "not", "bad", "dislike")

    def _turn(self, stance: Stance) -> None:
        self.stance = stance
        self.governed = 0
        self.refused_at = -1
        self.halted = self.joined = False
        self.copula = -1

    def _cue(self, place: int, cue: Cue) -> None:
        refused = self.refused_at >= 0 and self.governed == 0 and place - self.refused_at <= _REACH
        if cue == "not":
            self._turn(Stance.NOT)
            self.refused_at = place
        elif cue == "only":
            self._turn(Stance.WANT)
        elif cue == "want":
            self._turn(Stance.NOT if refused else Stance.WANT)
            self.refused_at = place if refused else -1
        elif cue == "anew":
            if (self.stance is Stance.NOT and self.governed and (self.halted or self.joined)) or (
                self.stance in _LASTING and self.governed and self.halted
            ):
                self._turn(Stance.WANT)
        elif cue == "mild":
            self._turn(Stance.MILD)
        elif cue == "mine":
            if self._waiting(Stance.PLAIN, Stance.WANT) and self._said_of(self.clause):
                self._judge("good_verb", refused)
            else:
                self._turn(Stance.DISLIKE if refused else Stance.LIKE)
        elif cue == "like":
            self._turn(Stance.DISLIKE if refused else Stance.LIKE)
        elif cue == "dislike":
            self._turn(Stance.MILD if refused else Stance.DISLIKE)
        elif cue == "seen":
            self._seen(place, refused)
        elif cue == "unlike":
            self._turn(Stance.UNLIKE)
        elif cue == "less":
            self._turn(Stance.LESS)
        elif cue == "anchor":
            self._turn(Stance.UNLIKE if refused else Stance.ANCHOR)
        elif cue == "copula":
            self.copula = place
        elif cue in ("good", "good_verb", "bad", "bad_verb"):
            self._judge(cue, refused)

    def _said_of(self, places: Sequence[int]) -> bool:
        """Whether a verb stands between these and what follows: "Alien was good", not "was Alien good?"."""
        return self.copula > places[-1]

    def _waiting(self, *held: Stance) -> list[int]:
        return [i for i in self.clause if self.stances[i] in held]

    def _seen(self, place: int, refused: bool) -> None:
        waiting = self._waiting(Stance.PLAIN, Stance.NOT)
        self._turn(Stance.UNSEEN if refused else Stance.SEEN)
        last = place + 1 == len(self.parts) or self.parts[place + 1].norm in _STOPS | _HALTS | TURNS
        if last and waiting and not refused:
            for i in waiting:
                self.stances[i] = Stance.SEEN

    def _judge(self, cue: Cue, refused: bool) -> None:
        waiting = self._waiting(Stance.PLAIN, Stance.WANT, Stance.SEEN)
        verdict = Stance.LIKE if (cue in ("good", "good_verb")) != refused else Stance.DISLIKE
        if waiting and (self._said_of(waiting) or cue in ("good_verb", "bad_verb") or refused):
            for i in waiting:
                self.stances[i] = verdict
            self._turn(Stance.PLAIN)
            self.clause = []
        elif refused:
            self._turn(Stance.NOT)

    def _concept(self, place: int, part: Part) -> None:
        if part.concept is not None and part.concept.kind == "lift" and part.concept.name == PROVISO:
            for before in self.clause[-1:]:
                self.stances[before] = Stance.MILD
            self._turn(Stance.PLAIN)
            return
        if part.norm.startswith(_MORE) and self.stance is not Stance.NOT:
            self._turn(Stance.PLAIN)
        if self.stance is Stance.NOT and self.governed and self._measured(part) and not self._refused_again(place):
            self._turn(Stance.PLAIN)
        if self.stance is Stance.NOT and self.governed and (self.halted or self.joined):
            lasts = self._listed(place) if self.halted else True
            if not lasts:
                self._turn(Stance.PLAIN)
        elif (
            self.stance in _LASTING
            and self.governed
            and self.halted
            and (self._measured(part) or self._of_another_kind(place) or self._asked_for(place))
        ):
            self._turn(Stance.PLAIN)
        self.halted = self.joined = False
        self.governed += 1
        self.clause.append(place)
        self.stances[place] = self.stance

    def _measured(self, part: Part) -> bool:
        return part.concept is not None and part.concept.kind in ("year", "runtime", "audience", "refine")

    def _of_another_kind(self, place: int) -> bool:
        """Whether a list of titles ends here: "I've seen Heat, a western please"."""
        kinds = [concept.kind for i in (self.clause[-1], place) if (concept := self.parts[i].concept) is not None]
        return "item" in kinds and len(set(kinds)) > 1

    def _asked_for(self, place: int) -> bool:
        """Whether a wish begins after what was told: "I don't mind horror, a thriller please"."""
        return self.stance in _TOLD and self.parts[place - 1].norm in ("a", "an")

    def _refused_again(self, place: int) -> bool:
        """Whether "or" carries a refusal on to a number: "nothing violent or over two hours"."""
        return self.parts[place - 1].norm in ("or", "nor")

    def _listed(self, place: int) -> bool:
        """Whether the concept after a comma goes on with a refused list: "no horror, gore or zombies"."""
        concept = self.parts[place].concept
        if self.parts[place - 1].norm in ("or", "nor"):
            return True
        if concept is not None and concept.kind == "mood" and concept.content:
            return True
        for part in self.parts[place + 1 : place + 12]:
            if part.norm in ("or", "nor", "ni", "oder", "ou", "o"):
                return True
            if part.concept is None and part.norm not in _HALTS and part.norm not in ("any", "a", "the", "films", "movies"):
                return False
        return False

    def _word(self, part: Part) -> None:
        if self.stance is Stance.NOT and self.governed:
            if (part.norm in PREPOSITIONS and not self.joined) or (part.norm in STARTS and (self.halted or self.joined)):
                self._turn(Stance.PLAIN)
        elif self.stance in _LASTING and self.governed and part.norm in STARTS and (self.halted or self.joined):
            self._turn(Stance.PLAIN)


def stances(parts: Sequence[Part]) -> list[Stance]:
    """One stance for every part, in order. Takes one pass."""
    return _Walk(parts).run()


def is_liking(previous: Sequence[str]) -> bool:
    """Whether "like" after these words is the verb ("I like") rather than a comparison ("something like")."""
    if not previous or previous[-1] not in BEFORE_LIKING | {"not"}:
        return False
    if previous[-1] == "not":
        return len(previous) > 1 and previous[-2] in ("do", "did", "does", "i")
    return True
