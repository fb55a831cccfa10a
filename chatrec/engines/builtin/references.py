"""Folded text and the last list -> what "the second one", "number 3" and "all of them" stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatrec.engines.builtin.wording import spelled
from chatrec.records import Situation, Turn

_ORDINALS = {
    **{w: n for n, w in enumerate(spelled("first second third fourth fifth sixth seventh eighth ninth tenth"))},
    **{w: n for n, w in enumerate(spelled("1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th"))},
    **{w: n for n, w in enumerate(spelled("primera segunda tercera cuarta quinta"))},
    **{w: n for n, w in enumerate(spelled("primero segundo tercero cuarto quinto"))},
    **{w: n for n, w in enumerate(spelled("premier deuxieme troisieme quatrieme cinquieme"))},
    **{w: n for n, w in enumerate(spelled("erste zweite dritte vierte funfte"))},
    **{w: n for n, w in enumerate(spelled("ersten zweiten dritten vierten funften"))},
    **{w: n for n, w in enumerate(spelled("prima seconda terza quarta quinta"))},
    "premiere": 0, "primeiro": 0, "primeira": 0, "terceiro": 2, "terceira": 2, "primo": 0, "terzo": 2, "last": -1,
    "final": -1, "top": 0, "bottom": -1,
    "ultima": -1, "ultimo": -1, "dernier": -1, "derniere": -1, "letzte": -1, "letzten": -1,
}  # fmt: skip
_NUMBERS = {w: n for n, w in enumerate(spelled("zero one two three four five six seven eight nine ten"))}
_NOUN = (
    r"(?:ones?|films?|movies?|picks?|suggestions?|titles?|recommendations?|options?|choices?|items?|books?|entry|"
    r"pelicula|filme|de la lista|on (?:the|your) list)"
)
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_DETERMINER = r"(?:the |your |that |this |my |la |le |el |los |der |die |das |den |il |o |a )"
_FOLLOWING = (
    r"(?=\s*(?:$|[.,;:!?)&/]|\b(?:and|or|but|is|was|has|looks|sounds|seems|about|please|again|too|also|though|"
    r"instead|already|if|because|suitable|ok|okay|good|scary|"
    r"violent|to|for|with|than|tonight|tomorrow|then|thanks|it|y|o|et|ou|und|oder|e|ist|es|est|in|on|isn't|wasn't|vs|versus|directed|made)\b))"
)
_FEW = re.compile(
    rf"\b(?:the )?(?P<end>first|last|top) (?P<n>two|three|four|2|3|4|couple)\b(?: {_NOUN}| of (?:them|those|"
    rf"these))?{_FOLLOWING}"
)
_ONE = re.compile(rf"(?:\b(?P<det>{_DETERMINER}))?\b(?P<ord>{_ORDINAL})\b(?P<noun> {_NOUN}\b)?(?P<on>{_FOLLOWING})?")
_ASKED_OF = re.compile(r"\b(?:is|was|about|directed|like|why|in)\s*$")
_NUMBERED = re.compile(
    r"(?:\b(?:number|nr|nummer|numero|option|pick|film|movie) ?|#)(?P<n>\d{1,2}|one|two|three|four|five|six|seven|"
    r"eight|nine|ten)\b"
)
_ALL = re.compile(
    r"\b(?:all (?:of )?(?:them|these|those|five|four|three)|(?:any|each|every one) of (?:them|these|those)|"
    r"(?<=none of )(?:them|these|those)(?! (?:about|with|set|too|should|may|that|to be)\b)|"
    r"(?<=neither of )(?:them|these|those)|both(?: of (?:them|these|those))?)\b"
)
_THAT = re.compile(r"\b(?:that|this) (?:one|film|movie|title|book|pick)\b|\besa\b|\bese\b|\bcelui-la\b|\bder da\b")
_IT = re.compile(
    r"\b(?:seen|saw|watched|know|loved|liked|love|enjoyed|adored|hated|hate|disliked|like|dislike|finished|more like|"
    r"rewatched) (?P<it>it|that|this|them|those|these)\b"
    r"(?! (?:one|film|movie|when|if|if|is|was|are|dark|kind|sort|type|genre|actor|director|guy|world))"
)


_TAKEN = re.compile(
    r"\b(?:i|we)(?:'?ll| will) (?:take|pick|choose|go (?:with|for)) (?P<it>it|that|this)\b(?! (?:one|film|movie|if|when))"
)


_OF_A_KIND = re.compile(
    r"(?:\b(?:no|not|nothing|without|enough|skip|avoid|except|forget)(?: more| the| any| by| from| with| another)*"
    r" (?!(?:these|those|them|this|that|thanks?|thank|good|more|way|luck|idea|need|please|again|really|one|ones)\b)\w[\w' -]*"
    r"|\b(?!(?:these|those|your|the|such|other|all|good|great|nice|of)\b)\w+ (?:films|movies|ones))"
    r"(?:[,;:.(–—-]+ ?| )(?:(?:because|cause|cos|since|as|but|and|for) )?(?:[\w' ]{1,30} )?$"
)
"""What "them" stands for when a kind of film was named just before it: "no Disney, they have seen them all"."""


_NEAR = 120
"""Characters before a reference that may explain it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the text that stands for items of the last list; `single`: "it", which a title said before explains better."""

    start: int
    end: int
    item_ids: tuple[str, ...]
    single: bool = False


def last_list(history: Sequence[Turn]) -> Turn | None:
    """The newest turn that showed picks."""
    return next((turn for turn in reversed(history) if turn.picks), None)


def focus(situation: Situation) -> tuple[str, ...]:
    """The item talked about last: of the last question or remark, else the first pick of the last list."""
    for turn in reversed(situation.history):
        if turn.picks:
            return (turn.picks[0].item_id,)
        if turn.request is not None:
            if turn.request.about:
                return (_foremost(turn, situation),)
            if turn.request.intent == "feedback" and turn.request.mentions:
                return (turn.request.mentions[-1].item_id,)
    return ()


def _foremost(turn: Turn, situation: Situation) -> str:
    """Of the items a turn was about, the one that its reply names first: "which is the shortest?" leaves us with that one."""
    about = turn.request.about if turn.request is not None else ()
    titles = {pick.item_id: pick.title for earlier in situation.history for pick in earlier.picks if pick.item_id in about}
    titles |= {m.item_id: m.title for m in (turn.request.mentions if turn.request is not None else ()) if m.item_id in about}
    places = {item: place for item, title in titles.items() if (place := turn.reply.find(title)) >= 0}
    return min(places, key=lambda item: places[item]) if len(about) > 2 and places else about[0]


def references(text: str, situation: Situation) -> Iterator[Reference]:
    """Every reference in folded text to picks of the last list, longest forms first."""
    turn = last_list(situation.history)
    shown = tuple(pick.item_id for pick in turn.picks) if turn else ()
    about = focus(situation)
    for match in _THAT.finditer(text):
        yield Reference(*match.span(), about, single=True)
    for match in _IT.finditer(text):
        many = match["it"] in ("them", "those", "these")
        if many and _OF_A_KIND.search(text[max(0, match.start() - _NEAR) : match.start()]):
            continue
        yield Reference(*match.span("it"), shown if many else about, single=not many)
    for match in _TAKEN.finditer(text):
        yield Reference(*match.span("it"), about, single=True)
    if not shown and not about:
        return
    for match in _FEW.finditer(text):
        n = {"couple": 2}.get(match["n"]) or _NUMBERS.get(match["n"]) or int(match["n"])
        yield Reference(*match.span(), shown[-n:] if match["end"] == "last" else shown[:n])
    for match in _ALL.finditer(text):
        if match.group().endswith("them") and _OF_A_KIND.search(text[max(0, match.start() - _NEAR) : match.start()]):
            continue
        if match.group().startswith("both"):
            if len(shown) == 2:
                yield Reference(*match.span(), shown)
        else:
            yield Reference(*match.span(), shown)
    for match in _NUMBERED.finditer(text):
        n = _NUMBERS.get(match["n"]) or int(match["n"])
        if 1 <= n <= len(shown):
            yield Reference(*match.span(), (shown[n - 1],))
    for match in _ONE.finditer(text):
        place = _ORDINALS[match["ord"]]
        meant = (
            match["noun"]
            or (match["on"] is not None and _ASKED_OF.search(text[max(0, match.start() - _NEAR) : match.start()]))
            or (match["det"] and match["on"] is not None)
            or match.span("ord") == (0, len(text.rstrip(" ?!.")))
        )
        if match["ord"] in ("top", "bottom", "final") and not match["noun"]:
            continue
        if re.match(r" (?:that )?(?:i|we|you|he|she|in the|of the) ", text[match.end() : match.end() + 8] + " "):
            continue
        if meant and shown and -1 <= place < len(shown):
            yield Reference(*match.span(), (shown[place],))
