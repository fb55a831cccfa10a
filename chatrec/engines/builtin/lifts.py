"""Folded text -> the conditions that no longer matter: "any language is fine", "drop the genre Western", "clowns are fine"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chatrec.engines.builtin.wording import fold

_FINE = r"(?:is|are) (?:also |totally |perfectly )?(?:fine|ok|okay|allowed|alright|all right)\b"
_DROPPING = r"(?:drop|forget(?: about)?|never ?mind|nvm|scrap|remove|lift|relax)"
_WITHOUT = r"(?:without|skip|lose|ignore|no need for|no)"
_THE = r"(?:the |any |that |my |about the )?"
_SOME = r"(?:don't|do not) mind (?:the |any )?"
_A_LITTLE = r"(?:some|a bit of|a little|a little bit of|a touch of|mild|a few)"
_LIMIT = r"(?:limits?|conditions?|restrictions?|requirements?|filters?|bit|part|thing)"
_IN_BED = r"(?:asleep|sleeping|in bed|gone to bed|to bed|to sleep)(?: now)?"
_AWAY = rf"(?:{_IN_BED}|away|out|gone)(?: now)?"
_CHILD = r"(?:the |my |our )?(?:kids?|children|child|little ones?|sons?|daughters?|boys?|girls?|baby|toddler)"
_IS = r"(?:'s|'re|'ve| is| are| has| have| will be| go(?:es)?)"
_PARTNER = r"(?:husband|wife|partner|boyfriend|girlfriend)"
_LIKING = r"(?:like|liked|love|loved|enjoy|enjoyed|want|wanted|am into)"
_HATING = r"(?:hate|hated|dislike|disliked|don't like|didn't like|can't stand)"
_TOLD = r"(?:that )?(?:i|we) (?:(?:ever|really|also) )*(?:said i )?"
_END = r"(?=\s*(?:$|[.,;!?]|\b(?:and|but)\b))"

_LIFTS = (
    ("language", r"\bany language\b|\blanguage (?:doesn't|does not|isn't|is not|no longer) (?:matter|important|"
                 r"a problem)\b|\b(?:don't|do not) care (?:about|which) (?:the )?language\b|"
     r"\bin any language\b|\bsubtitles are (?:fine|ok|okay|good)\b|\b(?:don't|do not) mind subtitles\b"),
    ("country", r"\bany country\b(?! but| except)|\bcountry (?:doesn't|does not) matter\b|\bfrom anywhere\b(?! but| except)"),
    ("runtime", r"\bany (?:length|runtime|duration)\b|\b(?:length|runtime|duration|running time) (?:doesn't|does not|"
                r"isn't|is not) (?:matter|important|an issue)\b|"
     r"\b(?:don't|do not) (?:care|mind) (?:about|how long|the length)(?: the (?:length|runtime))?\b|\bhowever long\b|"
     r"\blonger is (?:fine|ok|okay)\b|\bcan be (?:any length|long)\b"),
    ("year", r"\bany (?:year|decade|era|age|period)\b(?! is fine)|\bany (?:year|decade|era|period) is fine\b|"
             r"\b(?:year|decade|era) (?:doesn't|does not) matter\b|\b(?:old|"
             r"older) (?:ones |films |movies )?(?:is|are) (?:fine|ok|okay)(?: too)?\b|\bold or new\b"),
    ("genre", r"\bany genre\b|\bgenre (?:doesn't|does not) matter\b|\b(?:don't|do not) care (?:about|which|"
              r"what) (?:the )?genre\b"),
    ("content.violence", rf"\b(?:violence|violent|gore|blood) {_FINE}|\b{_SOME}(?:violence|gore|blood)\b"),
    ("content.fear", rf"\b(?:scary|scares|fear) {_FINE}|\b{_SOME}(?:scares|scary|fear|being scared)\b|\bcan be scary\b"),
    ("content.sex", rf"\b(?:sex|nudity|sex scenes) {_FINE}|\b{_SOME}(?:sex|nudity)\b"),
    ("content.language", rf"\b(?:swearing|cursing|strong language|bad language) {_FINE}|\b{_SOME}(?:swearing|cursing|"
     rf"language)\b"),
    ("content.drugs", rf"\b(?:drugs|drug use) {_FINE}|\b{_SOME}(?:drugs|drug use)\b"),
    ("audience", rf"\b{_CHILD}{_IS}? (?:finally |all |already |now )?{_AWAY}\b|"
                 rf"\b(?:after|once|when|now|as soon as) (?:he|she|they){_IS}? {_IN_BED}\b|"
                 rf"\b(?:put|putting) (?:{_CHILD}|him|her|them) to bed\b|\bno kids (?:tonight|now|this time|around)\b|"
                 rf"\b(?:for|with) (?:me and )?my {_PARTNER}(?: and me)? (?:alone|later|afterwards|after that)\b|"
                 rf"\b(?:for me and my {_PARTNER}|(?:just )?(?:for )?the two of us)\b(?! (?:and|with))|"
                 r"\bwithout the kids\b|\bany age is fine\b"),
    ("popularity", r"\b(?:popularity|fame) (?:doesn't|does not) matter\b"),
    ("acclaim", r"\bany rating\b|\bratings? (?:doesn't|don't|does not|do not) matter\b"),
)  # fmt: skip

_PROVISO = re.compile(
    r"\b(?:but )?(?:only|just) if (?:(?:it|that|they)(?:'s|'re| is| are|s|re)?|"
    r"(?:the|those|these) (?:films?|movies?|ones?) (?:is|are)) "
    r"(?:(?:really|very|truly|actually|so|that|absolutely|extremely|damn|exceptionally|any|a|an|the) )*"
    r"(?:good|great|excellent|brilliant|outstanding|exceptional|fantastic|amazing|masterpieces?|worth it|the best|superb)\b"
)

_KINDS = {
    "violence": "violence|gore|blood", "fear": "scares|fear", "sex": "sex|nudity|sex scenes",
    "language": "swearing|cursing|strong language|bad language", "drugs": "drugs|drug use",
}  # fmt: skip
_EASINGS = tuple(
    (kind, re.compile(rf"\b(?:don't|do not) mind {_A_LITTLE} (?:{names})\b|\b{_A_LITTLE} (?:{names}) (?:{_FINE}|at most\b)"))
    for kind, names in _KINDS.items()
)

# Fields by the names people give them, for "drop the runtime limit"; "drop the violence" would refuse it.
_FIELDS = (
    ("language", "languages?"),
    ("country", "country|countries"),
    ("runtime", "runtime|length|duration|running time"),
    ("year", "years?|decades?|era|dates?|period"),
    ("genre", "genres?"),
    ("audience", "age|ages"),
    ("popularity", "popularity|fame"),
    ("acclaim", "ratings?|acclaim"),
)
_LIFT_PATTERNS = (
    *((field, re.compile(pattern)) for field, pattern in _LIFTS),
    *((field, re.compile(rf"\b{_DROPPING} {_THE}(?:{names})(?: {_LIMIT})?{_END}")) for field, names in _FIELDS),
    *(
        (field, re.compile(rf"\b(?:no|without(?: any| a)?) (?:upper |time )?limits? (?:on|to|for|in|of) {_THE}(?:{names})\b"))
        for field, names in _FIELDS
    ),
    *(
        (field, re.compile(rf"\b(?:{_DROPPING}|{_WITHOUT}) {_THE}(?:{names}) {_LIMIT}{_END}"))
        for field, names in (*_FIELDS, ("content.violence", "violence"), ("runtime", "time"))
    ),
)


def lifts(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a field is lifted, and which; no place twice."""
    taken: list[tuple[int, int]] = []
    for field, pattern in _LIFT_PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
                yield *match.span(), field


def provisos(text: str) -> Iterator[tuple[int, int]]:
    """Where something is let in rather than asked for: "black and white only if it is really good"."""
    for match in _PROVISO.finditer(text):
        yield match.span()


def easings(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a little of some kind of content is let in ("I don't mind some violence"), and of which kind."""
    for kind, pattern in _EASINGS:
        for match in pattern.finditer(text):
            yield *match.span(), kind


def dropped(text: str, wanted: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Where something that is wanted so far is given up ("drop the genre Western", "forget Tilda Swinton"), and which of it."""
    about = rf"(?:{_TOLD}{_LIKING} )?(?:the |any |all )?(?:genre |person |topic |part about )?"
    yield from _named(text, wanted, rf"\b{_DROPPING} {about}(?:“|\")?{{0}}")


def allowed(text: str, refused: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Where something that is refused so far is let in again ("clowns are fine", "western is ok"), and which of it."""
    fine = rf"(?<!\w){{0}}(?:,? (?:they|those|these|that|it))? {_FINE}"
    yield from _named(text, refused, rf"{fine}|\b{_DROPPING} {_TOLD}{_HATING} (?:the |any )?{{0}}")


def _named(text: str, values: Iterable[str], pattern: str) -> Iterator[tuple[int, int, str]]:
    for value in values:
        name = re.escape(fold(value))
        plural = rf"{name[:-1]}ies" if name.endswith("y") else rf"{name}s"
        whole = pattern.format(rf"(?:{plural}|{name})(?: (?:films?|movies?|one|bit|part|thing))?(?!\w)")
        for match in re.finditer(whole, text):
            yield *match.span(), value
