"""What a reason says about the person (`you loved X`, `you asked for Y`) held against profile and request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatrec.evidence.facts import Knowledge
from chatrec.evidence.passage import Named, Passage, Wish
from chatrec.evidence.tokens import holds, keys_of, tokens_of
from chatrec.evidence.traits import held
from chatrec.evidence.vocabulary import Match, Term
from chatrec.records import Item, Sentence

_LIKE = r"loved?|liked?|enjoy(?:ed)?|adored?|praised?|prefer(?:red)?|admired?|fell for|care about|cared about"
_DISLIKE = (
    r"hated?|disliked?|avoid(?:ed)?|(?:don['’]t|didn['’]t|did not|do not|never) (?:like|want|enjoy|love)(?:d|ed)?|"
    r"can['’]t stand|ruled out"
)
_ASK = (
    r"asked(?: me)?(?: for)?|want(?:ed)?|wished for|mention(?:ed)?|named|brought up|requested|need(?:ed)?|said|set|"
    r"(?:are|were|['’]re) (?:after|looking for|in the mood for)"
)
_SEEN = r"(?:saw|watched|seen|read|know)"
_ADVERBS = r"(?:\s+(?:also|already|really|clearly|once|just|both|recently|so|especially|said you|told me you))*"
_VERB = re.compile(
    rf"\byou(?:['’]ve|\s+have|\s+had|['’]d)?{_ADVERBS}\s*(?:(?P<dislike>{_DISLIKE})|(?P<like>{_LIKE})|(?P<asked>{_ASK})|(?P<seen>{_SEEN}))\b",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\byour\s+(?:(?P<like>(?:love|fondness|taste|liking|affection|soft spot|weakness|admiration)\s+(?:of|for)|favou?rites?)"
    r"|(?P<dislike>dislike\s+(?:of|for))|(?P<asked>(?:request|wish|call|search|limit)(?:\s+(?:of|for))?|(?=\S+(?:\s\S+){0,2}\s(?:limit|rule|cap|window))))",
    re.IGNORECASE,
)
_END = re.compile(
    r"[.;:!?()—–]|,\s|\sand\s(?:this|it|here|the)\b|\s(?:so|but|because|which|who|whose|where|while|though|this|it|here|"
    r"has|is|are|was|should|will|leads?|fits|speaks|brings|points|holds|keeps|comes?|with its)\b"
)
_OPEN = re.compile(r"\b(?:if|whether|do|does|did|would|could|can|will|should|might|may)\s+$", re.IGNORECASE)
_LIKED_WORDS = frozenset(keys_of("love loved like liked likes enjoy enjoyed enjoys adore adored favourite favorite great"))
_EMPTY = frozenset(
    keys_of(
        "a an the it this that those these some something anything one ones film films movie movies book books title titles "
        "more most much very and or of for to in with as like so too also about from on at by kind sort for but not no nothing "
        "length limit year date runtime time country language condition rating age me my i you your want wanted asked ask "
        "loved "
        "liked was were is are be all any other another such what when"
    )
)


def wishes_in(text: str, named: list[Named]) -> Iterator[Wish]:
    """The stretches of a text that speak about the person; `named` are the titles in it, which may form a list."""
    starts = frozenset(n.start for n in named)
    for pattern in (_VERB, _NOUN):
        for found in pattern.finditer(text):
            tone = str(found.lastgroup)
            yield Wish(
                found.start(),
                found.end(),
                _object_end(text, found.end(), starts),
                tone,
                not _OPEN.search(text[: found.start()]),
            )


def _object_end(text: str, start: int, titles: frozenset[int]) -> int:
    position = start
    while True:
        found = _END.search(text, position)
        if found is None:
            return len(text)
        following = re.match(r"(?:and\s+|or\s+)?[“\"*_]?", text[found.end() :])
        if found.group().startswith(",") and following and found.end() + following.end() in titles:
            position = found.end()
            continue
        if found.group() == "(" and re.match(r"\d{4}\)", text[found.end() :]):
            position = found.end() + 5
            continue
        return found.start()


def check_person(passage: Passage) -> None:
    """Add a finding for everything the reason says that the person said."""
    for wish in passage.wishes:
        start = wish.start
        before = len(passage.findings)
        own = passage.known.item.id
        inside = [
            n
            for n in passage.named
            if wish.said <= n.start and n.end <= wish.end and (n.item.id != own or n.start < wish.said + 3)
        ]
        for named in inside:
            source, fact = _said_of(named, wish, passage.known)
            passage.add(start, named.end, source, fact, bool(source))
            start = named.end
        matches = list(_traits(passage, wish, inside))
        for match in matches:
            source, fact = asked(match.terms, passage.text[match.start : match.end], passage.known, wish.tone)
            if not source:
                source, fact = _of_named(match, inside)
            if source or wish.sure:
                passage.add(start if start == wish.start else match.start, match.end, source, fact, bool(source))
                start = match.end
        if not inside and not matches and wish.sure and len(passage.findings) == before:
            _check_words(passage, wish)


def _traits(passage: Passage, wish: Wish, inside: list[Named]) -> Iterator[Match]:
    for match in passage.vocabulary.traits_in(passage.layout.tokens):
        within = wish.said <= match.start and match.end <= wish.end
        if within and not any(n.start < match.end and match.start < n.end for n in inside):
            yield match


def _of_named(match: Match, inside: list[Named]) -> tuple[str, str]:
    """`you loved X and its witches`: the witches are a fact about X."""
    for named in inside:
        for term in match.terms:
            fact = held(term, named.item) if named.end < match.start else None
            if fact:
                return f"{fact[0]}@{named.item.id}", fact[1]
    return "", ""


def _check_words(passage: Passage, wish: Wish) -> None:
    """An object without known names: at least half of its content words must be the person's own."""
    words = [t for t in tokens_of(passage.text[wish.said : wish.end]) if t.key not in _EMPTY and len(t.key) > 2]
    if not words:
        return
    for source, text in _texts(passage.known):
        own = frozenset(keys_of(text))
        if sum(1 for word in words if word.key in own) * 2 >= len(words):
            passage.add(wish.start, wish.end, source, text, True)
            return
    passage.add(wish.start, wish.end, "", "", False)


def _texts(known: Knowledge) -> Iterator[tuple[str, str]]:
    for sentence in known.profile.active:
        yield f"profile.{sentence.id}", sentence.text
    yield "request.message", known.request.message
    yield "request.search_text", known.request.search_text
    yield "request.understood", known.request.understood


# --------------------------------------------------------------------------- titles


def _said_of(named: Named, wish: Wish, known: Knowledge) -> tuple[str, str]:
    """Where the person said this of the item: (source, fact), empty where they did not."""
    return said_of(named.item, wish.tone, known)


def said_of(item: Item, tone: str, known: Knowledge) -> tuple[str, str]:
    """Where the person said they like, dislike, asked for or have seen an item: (source, fact), or two empty texts."""
    for sentence in known.profile.active:
        if _sentence_says(sentence, item, tone):
            return f"profile.{sentence.id}", sentence.text
    for mention in known.request.mentions:
        if mention.item_id == item.id and _fits(mention.sentiment, tone):
            return "request.mentions", mention.title
    if item.id in known.request.anchors and tone == "asked":
        return "request.anchors", item.title
    models = {p for s in known.profile.active if s.kind == "constraint" for p in s.preferences} if tone != "asked" else set()
    tastes = [p for p in known.request.preferences if p not in models]
    weights = [p.weight for p in tastes if p.target == "item" and p.value == item.id]
    wanted = any(w < 0 for w in weights) if tone == "dislike" else any(w > 0 for w in weights) and tone != "seen"
    if wanted:
        return "request.preferences", item.title
    if tone == "asked" and holds(keys_of(known.request.message), keys_of(item.title)):
        return "request.message", known.request.message
    return "", ""


def _fits(sentiment: str, tone: str) -> bool:
    if tone == "asked":
        return True
    return sentiment == tone or (tone == "seen" and sentiment in ("like", "dislike"))


def _sentence_says(sentence: Sentence, item: Item, tone: str) -> bool:
    weights = [p.weight for p in sentence.preferences if p.target == "item" and p.value == item.id]
    named = bool(weights) or item.id in sentence.seen or holds(keys_of(sentence.text), keys_of(item.title))
    if not named:
        return False
    if tone == "asked":
        return True
    if sentence.kind == "constraint" and item.id not in sentence.seen:
        return False  # "In the spirit of X" says what is wanted, not that X was seen, let alone liked.
    if tone == "seen":
        return True
    if weights:
        return any(w > 0 for w in weights) if tone == "like" else any(w < 0 for w in weights)
    return sentence.kind == tone or (
        tone == "like" and sentence.kind == "fact" and bool(_LIKED_WORDS & set(keys_of(sentence.text)))
    )


# --------------------------------------------------------------------------- traits


def asked(terms: tuple[Term, ...], words: str, known: Knowledge, tone: str = "asked") -> tuple[str, str]:
    """Where the person spoke of a genre, theme, tone, place or person: (source, fact), or two empty texts."""
    values = {words.casefold(), *(t.value.casefold() for t in terms)}
    spoken = {keys_of(words), *(keys_of(t.value) for t in terms)}
    for sentence in known.profile.active:
        weights = [p.weight for p in sentence.preferences if p.value.casefold() in values]
        wanted = [v for c in sentence.constraints for v in c.any_of if v.casefold() in values]
        refused = [v for c in sentence.constraints for v in c.none_of if v.casefold() in values]
        clear = bool(weights or wanted or refused)
        if tone == "like" and clear and not (wanted or any(w > 0 for w in weights)):
            continue
        if tone == "dislike" and clear and not (refused or any(w < 0 for w in weights)):
            continue
        own = keys_of(sentence.text)
        if clear or (_kind_fits(sentence, tone) and any(holds(own, s) for s in spoken)):
            return f"profile.{sentence.id}", sentence.text
    request = known.request
    for field, text in (("message", request.message), ("search_text", request.search_text)):
        whole = keys_of(text)
        if any(holds(whole, s) for s in spoken):
            return f"request.{field}", text
    for constraint in request.constraints:
        if {v.casefold() for v in (*constraint.any_of, *constraint.none_of)} & values:
            return "request.constraints", constraint.words or ", ".join((*constraint.any_of, *constraint.none_of))
    for preference in request.preferences:
        if preference.value.casefold() in values and (preference.weight < 0) == (tone == "dislike"):
            return "request.preferences", preference.value
    return "", ""


def _kind_fits(sentence: Sentence, tone: str) -> bool:
    if tone == "like":
        return sentence.kind != "dislike"
    return tone != "dislike" or sentence.kind in ("dislike", "constraint")
