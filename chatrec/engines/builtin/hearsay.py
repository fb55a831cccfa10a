"""A folded message -> what somebody else thought of the items it names: "my dad loved it" is no word of the person's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HE = r"dad|daddy|father|husband|boyfriend|son|brother|grandpa|grandfather|grandad|uncle|nephew|grandson"
_SHE = (
    r"mum|mom|mam|mummy|mommy|mother|wife|girlfriend|daughter|sister|grandma|granny|grandmother|nan|aunt|auntie|niece|"
    r"granddaughter"
)
_MANY = r"kids?|children|parents|friends|folks|boys|girls|sons|daughters|grandparents|grandkids|roommates|siblings|family"
_ANY = r"partner|friend|kid|child|toddler|teenager|boss|roommate|flatmate|colleague|neighbou?r|cousin|mate|date|spouse|teen"
_KIN = rf"(?:{_MANY}|{_HE}|{_SHE}|{_ANY})"
_WHO = rf"\b(?:my|our|your) (?P<who>(?:(?!(?:and|or)\b)[\w-]+ (?:and )?){{0,4}}?{_KIN})\b"
_SURELY = r"(?: (?:really|absolutely|totally|just|also|both|all|even|actually|always|quite|so|simply|too))*"
_FELT = r"loved?|loves|adored?|adores|liked?|likes|enjoyed|enjoys?"
_REFUSED = (
    r"hated?|hates|disliked?|dislikes|(?:didn't|did not|doesn't|does not|don't|do not|never) (?:really )?(?:like|love|enjoy)|"
    r"couldn't stand|can't stand|couldn't finish|can't handle|couldn't handle|can't bear|can't watch|detests?|loathes?"
)
_SAID = re.compile(
    rf"(?:{_WHO}|\b(?P<pronoun>he|she|they)){_SURELY}(?: (?:(?P<felt>{_FELT})|(?P<refused>{_REFUSED}))"
    r"|(?:'s| is|'re| are|(?P<never> isn't| aren't))(?P<not> not)?(?: really| so)? (?:into|a fan of|keen on|fond of))"
    r" (?=(?P<between>(?:watching |the film |the movie )?)(?P<at>\S))"
)
_WONDERED = re.compile(r"\b(?:would|will|might|could|should|can|do|does|did) $")
_WONDERING = re.compile(
    rf"\b(?:would|will|might|could|should|can|do|does|did) (?:{_WHO}|he|she|they|everybody|everyone){_SURELY} "
    r"(?:like|love|enjoy|hate|dislike|adore)\b"
)
_NAMED_BEFORE = re.compile(_WHO)
_ALSO = re.compile(
    r"\b(?:so did (?:i|we)|as did (?:i|we)|and (?:i|we) did too|me too|(?:and )?(?:i|we) (?:loved|liked|enjoyed|hated) it too|"
    r"(?:i|we) agree\w*)\b"
)
_TURNS, _REMEMBERED = 10, 1500
"""Earlier messages, and characters of them, in which somebody may have been named."""
_SEX = {"he": re.compile(rf"(?:{_HE}|{_ANY})$"), "she": re.compile(rf"(?:{_SHE}|{_ANY})$")}


@dataclass(frozen=True, slots=True)
class Hearsay:
    """`who` (`your dad`, `he`) liked or disliked what begins at `place` of the text."""

    who: str
    liked: bool
    place: int

    @property
    def told(self) -> str:
        """The beginning of a sentence on it: `Your dad loved`."""
        return f"{self.who[:1].upper()}{self.who[1:]} {'loved' if self.liked else 'disliked'}"


def hearsay(text: str, earlier: Sequence[str] = ()) -> Iterator[Hearsay]:
    """Where the folded text tells another's liking or dislike; `earlier` are the folded messages before, the newest last."""
    if _ALSO.search(text):
        return
    before = " \n ".join(earlier[-_TURNS:])[-_REMEMBERED:]
    for match in _SAID.finditer(text):
        if _WONDERED.search(text[: match.start()]):
            continue
        who = match["who"] or _meant(
            match["pronoun"], f"{before} \n {text[max(0, match.start() - _REMEMBERED) : match.start()]}"
        )
        whole = f"your {who}" if who else match["pronoun"]
        liked = match["felt"] is not None or not (match["refused"] or match["never"] or match["not"])
        yield Hearsay(whole, liked, match.end() + len(match["between"]))


def wondered(text: str) -> Iterator[tuple[int, int]]:
    """Where the folded text asks whether somebody else likes something, which tells nothing yet: "would my wife like it?"."""
    for match in _WONDERING.finditer(text):
        yield match.span()


def _meant(pronoun: str, before: str) -> str:
    """Whom "he" means: the last one named before of whom it can be said."""
    fits = _SEX.get(pronoun)
    named = [m["who"] for m in _NAMED_BEFORE.finditer(before)]
    return next((who for who in reversed(named) if fits is None or fits.search(who)), "")
