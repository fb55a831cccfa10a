"""People and other proper names in a reason, held against the item, the items named beside it, and the profile."""

from __future__ import annotations

import re

from chatrec.evidence.facts import facts_of, words_of
from chatrec.evidence.passage import Passage
from chatrec.evidence.position import a_people
from chatrec.evidence.stems import of_place
from chatrec.evidence.tokens import Token, holds, keys_of, words
from chatrec.evidence.vocabulary import Match
from chatrec.records import Item

_DIRECTS = re.compile(
    r"(?:(?:directed|helmed|made|filmed|shot)(?:\sand\s\w+)?\sby|\bdirectors?|filmmakers?|film-makers?)\s$",
    re.IGNORECASE,
)
_DIRECTED = re.compile(
    r"^(?:['’]s?\s(?:direction|directing|camera)|\s(?:directs|directed|films|shoots|is behind the camera|made (?:it|"
    r"this)))\b",
    re.IGNORECASE,
)
_STARS = re.compile(
    r"(?:starring|stars|opposite|alongside|played by|voiced by|acted by|led by|performance by|performances from)\s$",
    re.IGNORECASE,
)
_STARRED = re.compile(
    r"^(?:['’]s?\s(?:performance|acting|turn)|\s(?:stars|plays(?!\s(?:it|this|for|with|up|down)\b)|leads|acts|voices|co-stars))\b",
    re.IGNORECASE,
)
_LIKENED = re.compile(r"\b(?:than|like|unlike|as|beyond)\s(?:in\s)?$", re.IGNORECASE)
_PARTICLES = words("de del della di da van von der den la le el al bin ibn of the")
_MYSELF = words("I I'm I'd I've I'll")
_ORDINARY = words(
    "i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december christmas halloween hollywood god english tv fbi cia"
)
_STARTERS = words(
    "a an the this that these those it its he she they we you your his her their here there with without for from in "
    "on at by of "
    "to as if and but or so when where while because since like unlike both another one two three four five not no "
    "yes now then "
    "after before at think expect set made shot told written directed starring same also still just even only more "
    "less what who "
    "everybody everyone everything somebody someone nobody anybody anyone nothing something "
    "how why much many most every each all some any part once again later director actor "
    "writer author filmmaker star under over behind through during against among near next put think meet try"
)
_COLLECTIVE = words("brothers bros sisters siblings twins family clan duo trio")
_SEVERAL = words("two three four five six seven both all these those")


def check_people(passage: Passage) -> None:
    """Add a finding for every name of a person the catalog knows."""
    tokens = passage.layout.tokens
    for match in passage.vocabulary.names.along(tokens):
        first = tokens[match.first]
        inside_title = passage.in_title(match.start, match.end)
        if inside_title or not first.capitalised or not passage.free(match.start, match.end):
            continue
        if match.first == match.last and first.word.lower() in _STARTERS:
            continue
        if match.terms[0].kind == "person":
            _person(passage, match, tuple(t.value for t in match.terms if t.kind == "person"))
        elif match.first == match.last:
            _surname(passage, match, match.terms[0].value)


def _person(passage: Passage, match: Match, spellings: tuple[str, ...]) -> None:
    role = _claimed_role(passage.text, match.start, match.end)
    item = passage.known.item
    for each in (item, *passage.others(*passage.layout.sentence(match.start))):
        name = next((s for s in spellings if s in (facts_of(each, "people") or ())), spellings[0])
        roles = [r for r, names in each.people.items() if name in names]
        if roles and (not role or role in roles or role not in each.people):
            at = "" if each is item else f"@{each.id}"
            passage.add(match.start, match.end, f"item.{role if role in roles else roles[0]}{at}", name, True)
            return
    wish, name = passage.wish_at(match.start), spellings[0]
    if _said(passage, keys_of(name), wish is not None):
        return
    if holds(words_of(item), keys_of(name)):
        passage.add(match.start, match.end, "item.description", name, True)
        return
    field = role or "people"
    passage.add(match.start, match.end, f"item.{field}", ", ".join(facts_of(item, field) or ()), False)


def _claimed_role(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if _DIRECTS.search(before) or _DIRECTED.match(after):
        return "director"
    if _STARS.search(before) or _STARRED.match(after):
        return "cast"
    return ""


def _surname(passage: Passage, match: Match, surname: str) -> None:
    tokens, text = passage.layout.tokens, passage.text
    if any(t.kind in ("country", "language") for m in passage.vocabulary.traits.at(tokens, match.first) for t in m.terms):
        return
    item = passage.known.item
    for each in (item, *passage.others(*passage.layout.sentence(match.start))):
        for role, names in each.people.items():
            full = next((n for n in names if keys_of(n)[-1:] == (surname,)), None)
            claimed = _claimed_role(text, match.start, match.end)
            if full and (not claimed or claimed == role or claimed not in each.people or full in each.people[claimed]):
                at = "" if each is item else f"@{each.id}"
                passage.add(match.start, _collective_end(tokens, match), f"item.{role}{at}", _of_surname(names, surname), True)
                return
    if passage.known.request.language != "en":
        return  # A capital letter makes no name there: Preis, Raum and Winter are German words.
    if match.start in passage.layout.sentence_starts or _beside_capital(tokens, match.first, text):
        return
    if not known_words(passage, (surname,)) and not _likened(passage, match.start, (surname,)):
        passage.add(match.start, match.end, "item.people", ", ".join(facts_of(item, "people") or ()), False)


def _collective_end(tokens: tuple[Token, ...], match: Match) -> int:
    """`the Marx Brothers`: the family word belongs to the name."""
    following = tokens[match.last + 1 : match.last + 2]
    if following and following[0].word.lower() in _COLLECTIVE and following[0].start == match.end + 1:
        return following[0].end
    return match.end


def _of_surname(names: tuple[str, ...], surname: str) -> str:
    return ", ".join(name for name in names if keys_of(name)[-1:] == (surname,))


def _beside_capital(tokens: tuple[Token, ...], index: int, text: str) -> bool:
    beside = [t for t in tokens[max(0, index - 1) : index + 2] if t is not tokens[index] and t.capitalised]
    return any(text[min(t.end, tokens[index].end) : max(t.start, tokens[index].start)] in (" ", "-") for t in beside)


def check_proper_names(passage: Passage) -> None:
    """Add an unsupported finding for every other proper name that no fact, title or message contains.

    In English only: German sets every noun in capitals, and other languages have their own names for places (Viena, Ginebra).
    """
    if passage.known.request.language != "en":
        return
    tokens, first = passage.layout.tokens, 0
    while first < len(tokens):
        last = None if _a_people(passage, first) else _run(tokens, first, passage)
        if last is None:
            first += 1
            continue
        _proper(passage, tokens[first : last + 1])
        first = last + 1


def _a_people(passage: Passage, index: int) -> bool:
    tokens = passage.layout.tokens
    return tokens[index].capitalised and any(a_people(m, passage.layout) for m in passage.vocabulary.traits.at(tokens, index))


def _run(tokens: tuple[Token, ...], first: int, passage: Passage) -> int | None:
    """The last token of the capitalised run that begins here, or None."""
    if not _free_capital(tokens[first], passage):
        return None
    last = first
    for index in range(first + 1, len(tokens)):
        gap = passage.text[tokens[index - 1].end : tokens[index].start]
        if gap not in (" ", "-", ". ") or (gap == ". " and len(tokens[index - 1].word) > 1):
            break
        if tokens[index - 1].word.endswith(("'s", "’s")):
            break
        if _free_capital(tokens[index], passage):
            last = index
        elif tokens[index].key not in _PARTICLES:
            break
    return last


def _free_capital(token: Token, passage: Passage) -> bool:
    return (
        token.capitalised
        and token.word not in _MYSELF
        and passage.free(token.start, token.end)
        and not any(n.start <= token.start < n.end for n in passage.named)
    )


def _proper(passage: Passage, run: tuple[Token, ...]) -> None:
    if run[0].start in passage.layout.sentence_starts and (len(run) == 1 or run[0].word.lower() in _STARTERS):
        run = run[1:]
    if not run or (len(run) == 1 and (run[0].word.lower() in _ORDINARY or len(run[0].word) < 3)):
        return
    keys = tuple(t.key for t in run)
    if not known_words(passage, keys) and not _several(passage, run) and not _likened(passage, run[0].start, keys):
        passage.add(run[0].start, run[-1].end, "", "", False)


def _likened(passage: Passage, start: int, keys: tuple[str, ...]) -> bool:
    """`stranger than Vienna`, `as sad as Leonard`: a name from a title the person wanted something like, and named as other."""
    if not _LIKENED.search(passage.text[:start]):
        return False
    anchors = (passage.known.catalog.get(item_id) for item_id in passage.known.request.anchors)
    return any(
        holds(words_of(item), keys) or any(holds(keys_of(keyword), keys) for keyword in item.keywords)
        for item in anchors
        if item is not None
    )


def _several(passage: Passage, run: tuple[Token, ...]) -> bool:
    """`the two Maries`: a plural of one name, however it is formed, of a bearer the item names."""
    before = re.search(r"(\w+)\s$", passage.text[: run[0].start])
    if len(run) > 1 or not before or before.group(1).lower() not in _SEVERAL or not run[0].word.endswith("s"):
        return False
    stem = keys_of(run[0].word)[0][:-1]
    return len(stem) > 2 and any(w.startswith(stem) and len(w) <= len(stem) + 2 for w in words_of(passage.known.item))


def _said(passage: Passage, keys: tuple[str, ...], in_wish: bool) -> bool:
    """A name the person spoke of themselves: claimed for them when the words are about them."""
    for sentence in passage.known.profile.active:
        if holds(keys_of(sentence.text), keys):
            if in_wish:
                _add_words(passage, keys, f"profile.{sentence.id}", sentence.text)
            return in_wish
    if in_wish and holds(keys_of(passage.known.request.message), keys):
        _add_words(passage, keys, "request.message", passage.known.request.message)
        return True
    return False


def _add_words(passage: Passage, keys: tuple[str, ...], source: str, fact: str) -> None:
    tokens = passage.layout.tokens
    for first in range(len(tokens) - len(keys) + 1):
        if tuple(t.key for t in tokens[first : first + len(keys)]) == keys:
            passage.add(tokens[first].start, tokens[first + len(keys) - 1].end, source, fact, True)
            return


def known_words(passage: Passage, keys: tuple[str, ...]) -> bool:
    """Whether a name stands in any fact of the item, of the items named beside it, or in what the person said."""
    known = passage.known
    items: list[Item] = [known.item, *(n.item for n in passage.named)]
    for item in items:
        lists = (*item.keywords, *item.genres, *item.countries, *item.languages, *(facts_of(item, "people") or ()))
        spoken = (word for language in item.languages for word in keys_of(language))
        themes = (word for keyword in item.keywords for word in keys_of(keyword))
        if len(keys) == 1 and any(
            of_place(word, keys[0]) or of_place(keys[0], word) for word in (*words_of(item), *spoken, *themes)
        ):
            return True
        if holds(words_of(item), keys) or any(holds(keys_of(value), keys) for value in lists):
            return True
    said = (known.profile.text, known.request.message, *known.request.unlinked)
    return any(holds(keys_of(text), keys) for text in said)
