"""A parsed message and what went before -> what is wanted: a list, an answer, a comparison, a fresh start ..."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chatrec.engines.builtin.constraints import goes_with
from chatrec.engines.builtin.meaning import Meaning
from chatrec.engines.builtin.negation import Stance
from chatrec.engines.builtin.parsed import Parsed
from chatrec.engines.builtin.question_phrases import (
    ADDING,
    ARGUING,
    ASPECTS,
    BARE,
    CHOSEN,
    COMPARED_BY,
    COMPARING,
    DIFFERENT,
    ENTIRELY,
    LOOKS_GOOD,
    MORE,
    MORE_LIKE,
    MOST_OF_LIST,
    NAMING,
    OF_LIST,
    ORDERING,
    PRONOUN,
    SELF,
    SHAPED,
    STRONG_HEAD,
    SUPERLATIVE,
    WEAK_HEAD,
    WISH_WORDS,
    WISHING,
)
from chatrec.engines.builtin.references import focus, last_list
from chatrec.engines.builtin.small_talk import (
    ANYTHING,
    FILMY,
    FORGET,
    GREETING,
    INJECTION,
    NO,
    NOTED,
    OFF_TOPIC,
    PROFILE,
    RESET,
    SWITCH,
    TAKEN_BACK,
    THANKS,
    WORDLESS,
    YES,
)
from chatrec.records import Intent, Request, Situation

Fresh = Literal["keep", "new", "forget"]


_ORIGIN = ("year", "country", "language", "person")
"""Conditions that describe a kind of film, rather than the evening it is for."""
_KINDS = ("genre", "person", "topic", "country", "language")
"""Conditions that name a kind of film when they are wanted."""
_HEADED = re.compile(r"^(?:… ?)+[,:–—-] ?")
_SMALL_TALK = 80
_DECISIVE = 1500
"""Characters: the longest message that can be small talk alone, and how much of one tells what is wanted."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is wanted; `fresh` says whether the standing wish is kept, replaced, or forgotten with everything around it."""

    intent: Intent
    about: tuple[str, ...] = ()
    aspect: str = ""
    fresh: Fresh = "keep"


def decide(parsed: Parsed, meaning: Meaning, situation: Situation, standing: Request | None) -> Decision:
    """What the message wants. `standing` is the request of the wish that stands, if any."""
    text = parsed.folded.strip()
    if not WORDLESS.sub("", text) and not any(part.concept for part in parsed.parts):
        return Decision("thanks") if 0 < len(text) <= _SMALL_TALK and THANKS.fullmatch(text) else Decision("empty")
    wish = not (meaning.is_bare or text == "")
    if RESET.search(text) and not INJECTION.search(text):
        return Decision("recommend", fresh="forget") if wish and _has_wish(meaning) else Decision("reset", fresh="forget")
    if len(text) <= _SMALL_TALK and GREETING.fullmatch(text):
        return Decision("greeting")
    if len(text) <= _SMALL_TALK and THANKS.fullmatch(text) and not meaning.mentioned:
        return Decision("thanks")
    if PROFILE.search(text):
        return Decision("profile")
    plain = _masked(parsed).lstrip("¿¡ ")[:_DECISIVE]
    if INJECTION.search(plain) or (OFF_TOPIC.search(plain) and not meaning.mentioned and not FILMY.search(plain)):
        return Decision("off_topic")
    return (
        _compare(parsed, plain, situation)
        or _question(parsed, plain, situation)
        or _list(parsed, meaning, plain, situation, standing)
    )


def _has_wish(meaning: Meaning) -> bool:
    return bool(meaning.wishes or meaning.wanted_moods or meaning.anchors)


def agrees(text: str) -> bool | None:
    """Whether a folded message is nothing but a yes (True) or a no (False)."""
    if len(text) > _SMALL_TALK:
        return None
    if not WORDLESS.sub("", text) and not any(sign in text for sign in "👍👎✅"):
        return None
    return True if YES.fullmatch(text) else False if NO.fullmatch(text) else None


def is_plain_yes(text: str) -> bool:
    """Whether a folded yes is more than an "ok", which may just take note of a list."""
    return not NOTED.fullmatch(text)


def _masked(parsed: Parsed) -> str:
    pieces, last = [], 0
    for named in sorted(parsed.named, key=lambda n: n.start):
        pieces += [parsed.folded[last : named.start], " … "]
        last = named.end
    return " ".join(("".join(pieces) + parsed.folded[last:]).split())


def _asked(parsed: Parsed) -> list[str]:
    """The items a question can be about: named without a feeling."""
    return [
        item
        for _, concept, stance in parsed.concepts()
        if concept.kind == "item" and stance in (Stance.PLAIN, Stance.WANT)
        for item in concept.values
    ]


def _compare(parsed: Parsed, text: str, situation: Situation) -> Decision | None:
    items = list(dict.fromkeys(_asked(parsed)))
    if len(items) >= 2 and COMPARING.search(text):
        only = not re.sub(r"…|\bor\b|\bvs\.?\b|\bversus\b|\boder\b|\bthe\b|\bou\b|\bo\b|[^\w]", "", text)
        if "?" in text or only or re.search(r"\b(?:vs|versus|which|better|compare|difference|should i)\b", text):
            return Decision("compare", tuple(items[:5]), _compared_by(text))
    turn = last_list(situation.history) or (situation.history[-1] if _compared(situation) else None)
    if turn is not None and MOST_OF_LIST.search(text):
        about = tuple(items) if len(items) > 1 else _compared(situation) or tuple(pick.item_id for pick in turn.picks)
        if len(about) > 1:
            return Decision("compare", about[:10], _compared_by(text))
    if (
        turn is not None
        and (OF_LIST.search(text) or (_compared(situation) and SUPERLATIVE.match(text)))
        and not WISHING.search(text)
        and len(items) != 1
    ):
        about = tuple(items) or _compared(situation) or tuple(pick.item_id for pick in turn.picks)
        if len(about) > 1 and re.search(r"\b(?:which|compare|of (?:them|these|those)|the \w+est|the best)\b", text):
            return Decision("compare", about[:10], _compared_by(text))
    return None


def _compared(situation: Situation) -> tuple[str, ...]:
    """The items compared just before, which "which is scarier?" goes on about."""
    request = situation.history[-1].request if situation.history else None
    return request.about if request is not None and request.intent == "compare" else ()


def _compared_by(text: str) -> str:
    return next((aspect for aspect, pattern in COMPARED_BY if pattern.search(text)), "other")


def _question(parsed: Parsed, text: str, situation: Situation) -> Decision | None:
    text = _HEADED.sub("", text) or text  # "the second one, what's it about"
    arguing = bool(ARGUING.match(text))
    shaped = bool(SHAPED.match(text)) or text.endswith("?") or arguing
    if not shaped and not BARE.match(text):
        return None
    items = tuple(dict.fromkeys(_asked(parsed)))
    if arguing and not items:
        items = tuple(dict.fromkeys(i for _, c, _ in parsed.concepts() if c.kind == "item" for i in c.values))
    if not items and WISHING.search(text):
        return None
    if items and re.search(r"\b(?:recommend|suggest|something|anything|similar|looking for|give me|show me)\b", text):
        return None
    pronoun = bool(PRONOUN.search(text) or BARE.match(text))
    if not items and any(c.kind == "item" for _, c, _ in parsed.concepts()):
        return None
    about = items or (focus(situation) if pronoun else ())
    if arguing and about:
        return Decision("question", about, "why")
    aspect = next((name for name, pattern in ASPECTS if pattern.search(text)), "")
    if not items and not (pronoun and aspect):
        return Decision("question", (), aspect) if aspect and _names_something(parsed, text) else None
    if not aspect and not SHAPED.match(text):
        return None
    if not aspect and re.match(r"(?:how|what) about", text):
        return Decision("question", about, "plot")
    return Decision("question", about, aspect or "other")


def _names_something(parsed: Parsed, text: str) -> bool:
    """A question about a title that the catalog may not hold: "who directed Barbie?"."""
    return bool(NAMING.match(text)) and not WISHING.search(text)


def _list(parsed: Parsed, meaning: Meaning, text: str, situation: Situation, standing: Request | None) -> Decision:
    turn = last_list(situation.history)
    shown = {pick.item_id for earlier in situation.history for pick in earlier.picks}
    if standing is not None and not meaning.mentioned and (ANYTHING.fullmatch(text) or ENTIRELY.fullmatch(text)):
        return Decision("recommend", fresh="new")
    nothing_new = not (
        meaning.wishes or meaning.moods or meaning.search or meaning.aversions or meaning.tastes or meaning.lifts
    )
    if meaning.lifts and TAKEN_BACK.search(text) and not (meaning.wishes or meaning.moods or meaning.mentioned):
        return Decision("feedback")
    told = {item for _, items in meaning.hearsay for item in items}
    felt = {*meaning.liked, *meaning.disliked, *meaning.seen, *told}
    if turn is not None and not meaning.anchors and nothing_new:
        all_picks = {pick.item_id for pick in turn.picks}
        if DIFFERENT.fullmatch(text) and not situation.history[-1].picks:
            return Decision("recommend", fresh="new")
        if MORE.search(text) or (felt and not (meaning.liked or told) and all_picks <= felt):
            return Decision("more")
        if not felt and agrees(text) is False:
            return Decision("more")
    only_felt = felt and not (set(meaning.anchors) - felt) and not meaning.wishes and not meaning.lifts
    if only_felt and not WISH_WORDS.search(text) and felt & {*shown, *focus(situation)} and not text.endswith("?"):
        return Decision("feedback")
    if turn is not None and nothing_new and not meaning.anchors and not felt and (parsed.count or meaning.neutral):
        return Decision("more")
    chosen = set(meaning.anchors) and set(meaning.anchors) <= shown and not felt
    if (
        turn is not None
        and chosen
        and CHOSEN.search(text)
        and nothing_new
        and not (WISH_WORDS.search(text) or text.endswith("?"))
    ):
        return Decision("feedback")
    approved = LOOKS_GOOD.search(text) and not (MORE_LIKE.search(text) or meaning.wishes)
    if approved and meaning.anchors and set(meaning.anchors) <= shown:
        return Decision("feedback")
    return Decision("recommend", fresh=_fresh(parsed, meaning, text, standing))


def _fresh(parsed: Parsed, meaning: Meaning, text: str, standing: Request | None) -> Fresh:
    if standing is None:
        return "keep"
    if FORGET.search(text):
        return "forget"
    if not (_has_core(standing) or re.search(SWITCH, text)):
        return "keep"
    if meaning.wishes and ORDERING.search(text) and not (meaning.relative or ADDING.search(text) or SELF.search(text)):
        return "new"
    core = meaning.genres_wanted or bool(meaning.wanted_moods or meaning.search) or _titles_named(parsed, meaning)
    if re.search(SWITCH, text) and not meaning.relative:
        return "new" if core or "different" in text else "keep"
    if meaning.relative or not core or ADDING.search(text):
        return "keep"
    if STRONG_HEAD.search(text):
        return "new"
    if WEAK_HEAD.match(text) and (meaning.genres_wanted or _titles_named(parsed, meaning)):
        return "new"
    before = {v for c in standing.constraints if c.field == "genre" for v in c.any_of}
    wanted = {v for c in meaning.wishes if c.field == "genre" for v in c.any_of}
    if wanted and before:
        return "keep" if goes_with(before, wanted) else "new"
    return "new" if _is_whole(parsed, meaning) else "keep"


def _has_core(standing: Request) -> bool:
    """Whether the standing wish names a kind of film, rather than conditions alone: "no subtitles, under two hours"."""
    kinds = (c for c in standing.constraints if c.any_of and not c.words.lower().startswith(("no ", "not ", "nothing ")))
    return bool(standing.anchors or standing.search_text or any(c.field in _KINDS for c in kinds))


def _is_whole(parsed: Parsed, meaning: Meaning) -> bool:
    """Whether the message could have opened a conversation: a kind of film or an example, and something more about it."""
    kinds = [meaning.genres_wanted, _titles_named(parsed, meaning)]
    more = [bool(meaning.wanted_moods or meaning.search), any(c.field in _ORIGIN for c in meaning.wishes)]
    return any(kinds) and sum(kinds) + sum(more) > 1


def _titles_named(parsed: Parsed, meaning: Meaning) -> bool:
    return any(set(named.item_ids) & set(meaning.anchors) and not named.referred for named in parsed.named)


def shown_before(situation: Situation) -> Sequence[str]:
    """Ids of everything shown in this conversation, oldest first."""
    return [pick.item_id for turn in situation.history for pick in turn.picks]
