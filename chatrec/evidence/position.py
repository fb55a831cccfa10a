"""Where a trait word stands in a reason -> whether the reason says it of the item (`a silly comedy`, not `his silly hat`)."""

from __future__ import annotations

import re

from chatrec.evidence.everyday import TRIVIAL
from chatrec.evidence.passage import Layout
from chatrec.evidence.tokens import Token, keys_of, words
from chatrec.evidence.vocabulary import Match
from chatrec.evidence.wordforms import TONE_FORMS

_ABOUT = frozenset(keys_of("about themes theme"))
_OF_WORK = frozenset(("of", "on", "with"))
_GENRE_BEFORE = frozenset(keys_of("another same pure this"))
_WORKS = frozenset(
    keys_of(
        "film movie story drama comedy thriller tale picture book novel romance adventure western musical spoof satire horror "
        "fable ride debut epic noir documentary portrait study caper tragedy masterpiece classic animation feature cartoon "
        "fantasy whodunit parable farce parody mystery heist chiller series"
    )
)
_QUALITIES = frozenset(
    keys_of(
        "feel feeling tone mood quality atmosphere touch humour humor pace script style look world twist spirit charm wit way"
    )
)
_FUNCTION = words(
    "in on at of to for with from by who which that as he she they his her their him them when while until because but my your "
    "into over under through where than if there whose our"
)
_BEING = words(
    "is it's are was were be feels feel stays stay gets get turns turn remains remain grows grow keeps keep makes make becomes "
    "become ends starts plays runs isn't"
)
_LINKS = words("and or but is was were are had have")
_PERSONS = words("he she they you i we who")
_OWNED = re.compile(r"(?:\b(?:his|her|their|my|your)|['’]s?)\s(?:[\w-]+\s)?$")
_LIKENED = re.compile(r"\b(?:like|almost|nearly)\san?\s(?:\w+\s)?$", re.IGNORECASE)
_PAIRED = re.compile(r"\s*[\w-]+\s(?:and|but|yet)\s")
_COMPARED = re.compile(r"\b(?:as|more|less)\s$")
_PARTIAL = re.compile(r"^\s(?:in (?:places|parts|spots)|at times|here and there|until|sometimes|once or twice)\b")
_TONE_NOUNS = words(
    "absurdity anger cosiness darkness eeriness grit grittiness heartbreak intimacy magic nostalgia quirk playfulness romance "
    "satire sensuality silliness surrealism suspense tenderness tension violence whimsy wit"
)


def trivial(match: Match, layout: Layout) -> bool:
    """Whether a match is one of the words of nearly every plot."""
    return match.first == match.last and layout.tokens[match.first].key in TRIVIAL


def is_claim(match: Match, layout: Layout) -> bool:
    """Whether words no fact backs are still said of the item, so that they are a claim, and a false one."""
    if _PARTIAL.match(layout.text[match.end :]) or _LIKENED.search(layout.text[: match.start]) or a_people(match, layout):
        return False
    if any(term.value in TONE_FORMS for term in match.terms):
        return _describes(match, layout)
    return not all(term.weak for term in match.terms) or as_theme(match, layout)


def a_people(match: Match, layout: Layout) -> bool:
    """`against the British`: the people of a place, which says nothing of where a film comes from."""
    if not any(term.kind in ("country", "language") for term in match.terms):
        return False
    after = next((t for t in layout.tokens[match.last + 1 :] if t.start == match.end + 1), None)
    before = layout.tokens[match.first - 1].word.lower() if match.first else ""
    return before == "the" and (after is None or after.word.lower() in _FUNCTION | _LINKS)


def as_theme(match: Match, layout: Layout) -> bool:
    """Whether a word stands where a theme or genre stands: `about X`, `a story of X`, `an X film`, `another X`."""
    tokens = layout.tokens
    place = match.first - 1
    if place > 0 and tokens[place].key in ("a", "an", "the", "it", "his", "her", "their"):
        place -= 1
    before = tokens[place].key if place >= 0 else ""
    of_work = before in _OF_WORK and place > 0 and tokens[place - 1].key in _WORKS
    genre = before in _GENRE_BEFORE and any(term.kind == "genre" for term in match.terms)
    return before in _ABOUT or of_work or genre or _before_work(tokens, match)


def _before_work(tokens: tuple[Token, ...], match: Match) -> bool:
    return any(t.key in _WORKS and t.start == match.end + 1 for t in tokens[match.last + 1 : match.last + 2])


def _describes(match: Match, layout: Layout) -> bool:
    """A tone: of the work it stands before, said with a verb of being, or standing alone between commas."""
    tokens, text = layout.tokens, layout.text
    if tokens[match.first].word.lower() in _TONE_NOUNS and match.first == match.last:
        strong = not all(term.weak for term in match.terms) or as_theme(match, layout)
        return strong and not _OWNED.search(text[: match.start])
    for token in tokens[match.last + 1 : match.last + 5]:
        if token.word.lower() in _FUNCTION or re.search(r"[.;:!?—–]", text[match.end : token.start]):
            break
        if token.key in _WORKS | _QUALITIES:
            return not _OWNED.search(text[: match.start]) or token.key in _WORKS
    return _said_with_being(match, layout) or _alone(match, layout)


def _said_with_being(match: Match, layout: Layout) -> bool:
    tokens = layout.tokens
    start, _ = layout.sentence(match.start)
    for index in range(match.first - 1, max(-1, match.first - 7), -1):
        word = tokens[index].word.lower().replace("’", "'")
        if tokens[index].start < start:
            return False
        if word in _BEING:
            return index == 0 or tokens[index - 1].word.lower() not in _PERSONS
        if word in _FUNCTION and word != "as" and word != "but":
            return False
    return False


def _alone(match: Match, layout: Layout) -> bool:
    """`..., tender and sad.`, `Tense from start to finish.`, `as tense as X`"""
    start, end = layout.clause(match.start)
    before, after = layout.text[start : match.start], layout.text[match.end : end]
    if match.start in layout.sentence_starts:
        return True
    if not before.strip():
        return not after.strip() or after.split()[0] in ("and", "but", "yet", "or")
    if _PAIRED.fullmatch(before) and not after.strip():
        return True
    return bool(_COMPARED.search(before) and re.match(r"\s(?:as|than)\b", after))
