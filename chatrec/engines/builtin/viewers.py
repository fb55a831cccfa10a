"""Folded text -> who is watching, by age, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatrec.engines.builtin.amounts import NUMBER_WORD, Amount, amount, number

_AGE = re.compile(
    rf"(?<!\w)(?:(?P<a>\d{{1,2}}|(?:{NUMBER_WORD}))(?:(?: ?(?:and|&|,|or|to|-) ?)(?P<b>\d{{1,2}}|(?:{NUMBER_WORD})))?[ -]?"
    r"(?:years?[ -]olds?|y(?:ears?)?[ /.-]?o\b|yrs?[ -]olds?|years? of age|anos?\b(?! \d)|ans\b|jahrige[rn]?|"
    r"jahre alt|anni\b(?! \d)|year-olds?)"
    rf"|(?:aged?|ages|i'm|i am|is only|are only|who is|who's|she's|he's|they're|are|is|under the age of|turning|just turned|"
    rf"under) (?P<c>\d{{1,2}}|(?:{NUMBER_WORD}))"
    rf"(?: ?(?:and|&|,|or|to|-) ?(?P<d>\d{{1,2}}|(?:{NUMBER_WORD})))?(?=\s*(?:[.,;!?)]|$|years?\b|and\b|so\b|but\b))"
    r"|(?:kids?|children|son|daughter|boys?|girls?|nieces?|nephews?|grandson|"
    r"granddaughter),? \(?(?:aged? )?(?P<e>\d{1,2})\b(?: ?(?:and|&|,) ?(?P<f>\d{1,2})\b)?\)?)"
)
_YOUNG = re.compile(
    r"\b(?:son|daughter|kids?|child|children|boys?|girls?|niece|nephew|grand\w+|little one|toddler|hijo|hija|fils|"
    r"fille|sohn|tochter)\b"
)
_WITH_CHILDREN = (
    (4, re.compile(r"\b(?:for|with) (?:\w+ ){0,2}?(?:toddlers?|preschoolers?|baby|babies)\b|\btoddler[ -]friendly\b")),
    (8, re.compile(
        r"\b(?:for|with) (?:(?:my|our|the|some|a|two|three|young|small|little|younger|bunch of|of) ){0,4}(?:kids?|"
        r"kiddos?|children|child|little ones?|grandkids|"
        r"grandchildren)\b|\b(?:kids?|child|children)[ -](?:friendly|safe|appropriate)\b|\b(?:kids?'?|children's|"
        r"childrens) (?:films?|movies?|night|stuff)\b|"
        r"\b(?:para|con) (?:mis |los |las )?(?:ninos|ninas|hijos|criancas)\b|\b(?:para|com) (?:as |os )?(?:criancas|filhos)\b|"
        r"\bpour (?:les |mes |des )?enfants\b|\bavec (?:les |mes )enfants\b|"
        r"\bfur (?:die |meine )?kinder\b|\bmit (?:den |meinen )?kindern\b|\bkinderfilme?\b|\bper (?:i )?bambini\b|"
        r"\bsuitable for (?:kids|children)\b")),
    (10, re.compile(
        r"\b(?:for|with) (?:the |my |our |a )?(?:whole |entire )?family\b|\bfamily[ -]friendly\b|\bfamily (?:movie |"
        r"film )?night\b|\bfamily (?:films?|movies?)\b|"
        r"\b(?:for|with) (?:my|our|his|her) (?:little |young |youngest |small )?(?:son|daughter|boy|girl|niece|"
        r"nephew|grandson|granddaughter|sons|daughters)\b|"
        r"\b(?:para toda la|en) familia\b|\ben famille\b|\bpour toute la famille\b|\bfur die (?:ganze )?familie\b|"
        r"\bper tutta la famiglia\b|\bage[ -]appropriate\b|"
        r"\ball the family\b|\bsuitable for (?:all ages|everyone|the family)\b")),
    (11, re.compile(r"\b(?:for|with) (?:\w+ ){0,2}?(?:tweens?|pre-?teens?)\b")),
    (13, re.compile(r"\badults? (?:and|with|plus) (?:a |an |one |two |\d )?teen\w*|"
                    r"\b(?:for|with) (?:\w+ ){0,2}?(?:teens?|teenagers?|teenaged? (?:son|daughter|kids?))\b")),
)  # fmt: skip
_NOT_CHILDREN = re.compile(
    r"\b(?:not|nothing|isn't|aren't|no) (?:\w+ ){0,2}?(?:for |a )?(?:kids?'?|children'?s?|family)(?: (?:stuff|films?|"
    r"movies?))?\b|\b(?:kids are (?:asleep|in bed|away)|without (?:the|my|our) kids)\b"
)
_ADULTS = re.compile(
    r"\b(?:for|aimed at|intended for|suited to) (?:\w+ ){0,2}?(?:adults?|grown[ -]?ups?)\b|"
    r"\bgrown[ -]?ups only\b|\b(?:adult|grown[ -]?up|"
    r"mature)(?: audience| viewer| film| movie|-oriented| themes)\b|\badults? only\b|"
    r"\bpara adultos\b|\bpour (?:les )?adultes\b|\bfur erwachsene\b|\bper adulti\b|\bmore adult\b|"
    r"\bnot just for (?:kids|children)\b|\bgrown[ -]?up\b"
)


_COMPANY = re.compile(
    r"\b(?:for|with|and) (?:my|our|the|his|her) (?:\d{2}[ -]?(?:years?|yrs?|yo)?[ -]?(?:old )?|elderly |old |older |dear |"
    r"lovely |best |"
    r"in |whole )*(?:mother|father|mom|mum|mam|dad|grandma|grandpa|granny|grandmother|grandfather|grandparents|nan|"
    r"parents|sister|"
    r"brother|siblings|aunt|uncle|boss|girlfriend|boyfriend|wife|husband|partner|fiancee?|friends?|mates?|roommates?|"
    r"flatmates?|buddies|"
    r"date|in-?laws|laws|colleagues|team|boys|girls|lads|guys|squad|crew)\b"
    r"|\bfor (?:a|the|my|our) (?:long |short )?(?:flight|plane ride|train ride|bus ride|journey)\b|\bmy (?:dog|cat|"
    r"hamster|horse|rabbit|pet|bunny) (?:just |has |recently )*(?:died|passed(?: away)?|is sick|is dying)\b"
    r"|\b(?:last|the other|yesterday|tomorrow|friday|saturday|sunday) (?:night|evening)\b"
    r"|\b(?:movie|film|girls'?|boys'?|lads'?|guys'?|ladies'?) night(?: in)?\b|\bnight in\b"
)
_TOLD_OF = re.compile(r"\b(?:about|of|from|follows) (?:an? |the |two |his |her )?$")


_STATE = re.compile(
    r"\b(?:(?:im|(?:i|we)(?:'m| am| are|'re| feel| felt|'ve been))|feel|feeling)(?: (?:really|very|so|a bit|kind of|kinda|"
    r"pretty|super|"
    r"quite|all|just|feeling|too))*(?P<how>(?:,? (?:and )?(?:sad|lonely|alone|down|low|blue|depressed|heartbroken|"
    r"miserable|gloomy|"
    r"homesick|anxious|stressed|nervous|overwhelmed|tired|exhausted|sick|ill|hungover))+)\b(?! (?:of|with|films?|movies?|"
    r"stuff))"
)
_COSY, _EASY = re.compile(r"sick|ill\b|hungover|homesick"), re.compile(r"stress|anxious|nervous|overwhelmed|tired|exhausted")


def states(text: str) -> Iterator[tuple[int, int, str]]:
    """How the person feels, and the mood that answers it: somebody sad wants cheering up rather than more of it."""
    for match in _STATE.finditer(text):
        how = match["how"]
        yield *match.span(), "heartwarming" if _COSY.search(how) else "easy" if _EASY.search(how) else "uplifting"


def company(text: str) -> Iterator[tuple[int, int]]:
    """Where the company is named, of which nothing follows for the choice: "for my 70 year old mother", "movie night"."""
    for match in _COMPANY.finditer(text):
        yield match.span()


def grown_up(text: str) -> Iterator[tuple[int, int]]:
    """Where the folded text says that it is for adults."""
    for match in _ADULTS.finditer(text):
        yield match.span()


def ages(text: str) -> Iterator[Amount]:
    """Who watches, as audience concepts: `at_most` the youngest viewer's age in years, `at_least=13` for adults."""
    adults = [*grown_up(text), *(m.span() for m in _NOT_CHILDREN.finditer(text))]
    for span in adults:
        yield Amount(*span, amount("audience", text[slice(*span)], 13, None))
    aged = False
    for match in _AGE.finditer(text):
        numbers = [n for n in (number(g) for g in match.groups() if g) if n is not None]
        near = text[max(0, match.start() - 60) : match.end() + 30]
        before, after = text[max(0, match.start() - 20) : match.start()], text[match.end() : match.end() + 7]
        about = _TOLD_OF.search(before) or after.startswith((" film", " movie"))
        if (
            numbers
            and not about
            and 0 < min(numbers) <= 17
            and (match["a"] or match["e"] or _YOUNG.search(near) or match.group().startswith(("i'm", "i am")))
            and "year" not in text[match.end() : match.end() + 3]
        ):
            aged = True
            yield Amount(*match.span(), amount("audience", match.group(), None, min(numbers)))
    for age, pattern in _WITH_CHILDREN:
        for match in pattern.finditer(text):
            if not any(a < match.end() and match.start() < b for a, b in adults):
                name = match.group()
                yield Amount(*match.span(), amount("audience", name, None, None if aged else age))
