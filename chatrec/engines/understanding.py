"""The model's account of a message and the built-in reading -> one reading, the safe side first.

The built-in reading is the ground: its exclusions and its hard constraints stay. The model adds what rules cannot see: other
languages, allusions, tastes in the person's own words. Whatever it reports must rest on words of the person's own message.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, cast, get_args

from chatrec.catalog.table import Catalog
from chatrec.engines.briefing import last_list, noted
from chatrec.engines.builtin.languages import language_of
from chatrec.engines.builtin.wording import join as spoken
from chatrec.engines.conditions import Condition, Vocabulary, in_words, is_limit, join, read_condition
from chatrec.engines.notes import Notes
from chatrec.engines.wish import genres_in, without_refusals
from chatrec.records import (
    Constraint,
    Intent,
    Mention,
    Preference,
    Reading,
    Request,
    SentenceKind,
    Sentiment,
    Situation,
    Target,
)

LISTING = ("recommend", "more")
ASPECTS = (
    *("director", "cast", "year", "runtime", "plot", "why", "genre"),
    *("country", "language", "rating", "age", "content", "series", "other"),
)
_CODE_ONLY = ("reset", "empty")
_TASTE = 0.6
_ASKED_FOR = 0.8
_UNSAID_COUNT = 5
_MOST_LEARNED, _MOST_NAMED, _MOST_CONDITIONS, _MOST_FORGOTTEN = 3, 12, 10, 5
_LONGEST_SENTENCE = 160
_KINDS: Mapping[str, SentenceKind] = {"like": "like", "dislike": "dislike", "fact": "fact"}
_VERBS: Mapping[Sentiment, tuple[SentenceKind, str]] = {
    "like": ("like", "You liked"),
    "dislike": ("dislike", "You did not like"),
    "seen": ("fact", "You have seen"),
}


class Linker(Protocol):
    """What is needed to link titles: `chatrec.catalog.titles.TitleLinker` is one."""

    def find(self, name: str, year: int | None = None) -> tuple[str, ...]:
        """The ids of items that go by a name, best first."""
        ...


@dataclass(slots=True)
class _Draft:
    """The reading in the making."""

    request: Request
    notes: Notes
    dropped: Counter[str]
    heard: Intent
    """What code took the message for."""


class Understanding:
    """Merges the model's object with the built-in reading of the same situation; holds nothing between calls."""

    def __init__(self, catalog: Catalog, linker: Linker) -> None:
        self._catalog = catalog
        self._linker = linker
        self._vocabulary = Vocabulary(catalog)

    def merge(self, reply: Mapping[str, Any], situation: Situation, built_in: Reading) -> Reading:
        """The joint reading; `dropped` counts what was refused, by reason. Never raises on bad values."""
        draft = _Draft(built_in.request, Notes(built_in.profile, situation.turn), Counter(), built_in.request.intent)
        self._intent(reply, situation, draft)
        self._forget(reply, situation, built_in, draft)
        self._named(reply, situation, draft)
        self._similar(reply, situation, draft)
        self._conditions(reply, situation, draft)
        self._learned(reply, situation, draft)
        self._about(reply, situation, draft)
        self._wish(reply, draft)
        dropped = {reason: count for reason, count in draft.dropped.items() if count}
        return Reading(draft.request, draft.notes.profile, dropped=dropped)

    # ------------------------------------------------------------------ intent, wish, count

    def _intent(self, reply: Mapping[str, Any], situation: Situation, draft: _Draft) -> None:
        request = draft.request
        intent = str(reply.get("intent", "")).strip().lower()
        if intent in get_args(Intent) and intent not in _CODE_ONLY:
            draft.request = replace(request, intent=cast("Intent", intent))
        elif intent:
            draft.dropped["unknown_intent"] += 1
        language = re.fullmatch(r"([a-z]{2,3})(?:[-_]\w+)*", str(reply.get("language", "")).strip().lower())
        if language is not None:
            draft.request = replace(draft.request, language=language[1])
        before = last_list(situation.history)
        if draft.request.intent == "more" and request.intent != "more" and before is not None and before.request is not None:
            wish = before.request
            shown = tuple(pick.item_id for turn in situation.history for pick in turn.picks)
            draft.request = replace(
                draft.request,
                search_text=wish.search_text,
                preferences=_joined(draft.request.preferences, wish.preferences),
                anchors=_joined(draft.request.anchors, wish.anchors),
                avoided=_joined(draft.request.avoided, wish.avoided),
                excluded=_joined(draft.request.excluded, shown),
            )

    def _wish(self, reply: Mapping[str, Any], draft: _Draft) -> None:
        request = draft.request
        wish = without_refusals(_text(reply.get("wish"), 300))
        if wish and request.intent in LISTING:
            # Search is in English: where the model kept the person's language, the words code has translated serve better.
            foreign = language_of(wish) != "en"
            draft.dropped["foreign_wish"] += foreign
            wish = request.search_text if foreign and request.search_text else wish
            known = {
                *(p.value for p in request.preferences),
                *(v for c in request.constraints for v in (*c.any_of, *c.none_of)),
            }
            # Where a title says what it should be like, it says so better than the name of a genre.
            named = [] if request.anchors else genres_in(wish, self._catalog.vocabulary("genres"))
            asked = tuple(Preference("genre", genre, _ASKED_FOR) for genre in named if genre not in known)
            request = replace(request, search_text=wish, question="", preferences=(*request.preferences, *asked))
        count = _whole(reply.get("count"))
        if count is not None and 1 <= count <= 10 and request.count == _UNSAID_COUNT:
            request = replace(request, count=count)
        if request.intent in LISTING:
            request = replace(request, understood=self._understood(request))
        elif request.about and request.intent in ("question", "compare"):
            request = replace(request, understood=self._asked(request))
        elif request.intent != draft.heard:
            request = replace(request, understood="")
        draft.request = request

    def _asked(self, request: Request) -> str:
        """The line for a question: about which titles."""
        titles = [item.title for item in map(self._catalog.get, request.about) if item is not None]
        titles = [*titles[:3], *(["others"] if len(titles) > 3 else [])]
        return f"{'Comparing' if request.intent == 'compare' else 'A question about'} {spoken(titles)}"

    def _understood(self, request: Request) -> str:
        """The line shown to the person, from what code will act on."""
        parts = [request.search_text[:1].upper() + request.search_text[1:]] if request.search_text else []
        for words, ids in (("in the spirit of", request.anchors), ("not like", request.avoided)):
            titles = [item.title for item in map(self._catalog.get, ids) if item is not None]
            parts += [f"{words} {', '.join(titles[:4])}"] if titles else []
        parts += [in_words(constraint) for constraint in request.constraints]
        return " · ".join(dict.fromkeys(parts))

    # ------------------------------------------------------------------ titles

    def _named(self, reply: Mapping[str, Any], situation: Situation, draft: _Draft) -> None:
        for entry in _entries(reply.get("named"))[:_MOST_NAMED]:
            given = entry.get("title", entry.get("number"))
            said = str(entry.get("said", "")).strip().lower()
            sentiment = cast("Sentiment", said if said in get_args(Sentiment) else "neutral")
            ids = self._ids(given, situation, _whole(entry.get("year")))
            if ids:
                self._mention(ids, str(given), sentiment, situation, draft)
            else:
                self._unlinked(given, situation, draft)

    def _similar(self, reply: Mapping[str, Any], situation: Situation, draft: _Draft) -> None:
        """Titles the results should resemble, whatever was said of them."""
        given = reply.get("similar_to")
        for one in _listed(given)[:_MOST_NAMED]:
            ids = self._ids(one, situation)
            if not ids:
                self._unlinked(one, situation, draft)
                continue
            request = draft.request
            draft.request = replace(
                request,
                anchors=_joined(request.anchors, () if ids[0] in request.avoided else ids[:1]),
                excluded=_joined(request.excluded, ids),
            )

    def _ids(self, given: Any, situation: Situation, year: int | None = None) -> tuple[str, ...]:
        """The items a title or a number of the last list stands for, likeliest first."""
        number = _whole(given)
        turn = last_list(situation.history)
        shown = [pick.item_id for pick in turn.picks if pick.rank == number] if turn and number is not None else []
        if shown:
            return tuple(item_id for item_id in shown if item_id in self._catalog)
        title = _text(given, 200)
        return self._linker.find(title, year) if title else ()

    def _unlinked(self, given: Any, situation: Situation, draft: _Draft) -> None:
        title = _text(given, 200)
        if not title or not grounded(title, situation.message):
            draft.dropped["unknown_title"] += 1
        elif title.casefold() not in {name.casefold() for name in draft.request.unlinked}:
            draft.request = replace(draft.request, unlinked=(*draft.request.unlinked, title))

    def _mention(self, ids: tuple[str, ...], title: str, sentiment: Sentiment, situation: Situation, draft: _Draft) -> None:
        request = draft.request
        known = {mention.item_id: mention for mention in request.mentions}
        item_id = next((i for i in ids if i in known), ids[0])
        before = known.get(item_id)
        if before is not None and (sentiment == "neutral" or sentiment == before.sentiment):
            return
        if before is not None and before.sentiment not in ("neutral", "seen"):
            draft.dropped["contradicting_opinion"] += 1
            return
        if before is not None and before.sentiment == "seen":
            draft.notes.forget_seen(item_id)
        item = self._catalog[item_id]
        mention = Mention(item_id, item.title, before.surface if before else title, sentiment, situation.turn)
        others = tuple(m for m in request.mentions if m.item_id != item_id)
        listing = request.intent in LISTING
        anchor = sentiment == "like" or (sentiment == "neutral" and listing)
        draft.request = replace(
            request,
            mentions=(*others, mention),
            anchors=_joined(_without(request.anchors, item_id), (item_id,) if anchor else ()),
            avoided=_joined(_without(request.avoided, item_id), (item_id,) if sentiment == "dislike" else ()),
            excluded=_joined(request.excluded, ids),
        )
        if sentiment in _VERBS:
            kind, verb = _VERBS[sentiment]
            weight = {"like": (1.0,), "dislike": (-1.0,)}.get(kind, ())
            tastes = tuple(Preference("item", item_id, w) for w in weight)
            draft.notes.add(f"{verb} {item.label}.", kind, preferences=tastes, seen=(item_id,))

    # ------------------------------------------------------------------ conditions

    def _conditions(self, reply: Mapping[str, Any], situation: Situation, draft: _Draft) -> None:
        wanted: list[Condition] = []
        for entry in _entries(reply.get("must"))[:_MOST_CONDITIONS]:
            if not grounded(_text(entry.get("quote"), 400), situation.message):
                draft.dropped["ungrounded"] += 1
                continue
            if draft.request.language == "en":
                # In English code says what it will act on itself; the model's wording may promise more.
                entry = {**entry, "text": ""}
            condition = read_condition(entry, self._vocabulary, draft.dropped)
            wanted += [condition] if condition is not None else []
        standing = set(situation.profile.constraints)
        found = [c for c in draft.request.constraints if c not in standing]
        earlier = [c for c in draft.request.constraints if c in standing]
        joined = join(wanted, found, earlier, draft.dropped, doubtful=draft.request.language != "en")
        kept = tuple(c for c in draft.request.constraints if c not in joined.replaced)
        draft.request = replace(draft.request, constraints=(*kept, *(condition.constraint for condition in joined.taken)))
        draft.notes.relieve(joined.replaced)
        for condition in joined.taken:
            draft.notes.add(condition.text, "constraint", constraints=(condition.constraint,), scope="conversation")

    # ------------------------------------------------------------------ the profile

    def _learned(self, reply: Mapping[str, Any], situation: Situation, draft: _Draft) -> None:
        for entry in _entries(reply.get("learned"))[:_MOST_LEARNED]:
            kind = _KINDS.get(str(entry.get("kind", "")).strip().lower())
            text = _text(entry.get("text"), _LONGEST_SENTENCE)
            if kind is None or not text:
                draft.dropped["malformed_sentence"] += 1
            elif not grounded(_text(entry.get("quote"), 400), situation.message):
                draft.dropped["ungrounded"] += 1
            else:
                tastes = self._tastes(entry.get("tags"), kind)
                known = {(p.target, p.value): p for p in draft.notes.supersede(tastes, kind)}
                tastes = tuple(known.get((p.target, p.value), p) for p in tastes)
                draft.notes.add(text, kind, preferences=tastes)
                said = {(p.target, p.value) for p in draft.request.preferences}
                new = tuple(p for p in tastes if (p.target, p.value) not in said)
                draft.request = replace(draft.request, preferences=_joined(draft.request.preferences, new))

    def _tastes(self, tags: Any, kind: SentenceKind) -> tuple[Preference, ...]:
        weight = {"like": _TASTE, "dislike": -_TASTE}.get(kind)
        if weight is None:
            return ()
        words = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
        found = [self._vocabulary.find(tag) for tag in words[:8]]
        return tuple(Preference(cast("Target", one[0]), one[1], weight) for one in dict.fromkeys(found) if one is not None)

    def _forget(self, reply: Mapping[str, Any], situation: Situation, built_in: Reading, draft: _Draft) -> None:
        numbered = noted(built_in.profile)
        source = f"turn {situation.turn}"
        for entry in _entries(reply.get("forget"))[:_MOST_FORGOTTEN]:
            number = _whole(entry.get("number"))
            if number is None or not 1 <= number <= len(numbered):
                draft.dropped["unknown_sentence"] += 1
                continue
            sentence = numbered[number - 1]
            quote = _text(entry.get("quote"), 400)
            if not grounded(quote, situation.message):
                draft.dropped["ungrounded"] += 1
            elif sentence.source == source and not all(_may_go(c, quote, reply, draft) for c in sentence.constraints):
                draft.dropped["contradicting_condition"] += 1
            elif draft.notes.remove(sentence):
                left = draft.notes.profile
                gone = {*sentence.seen, *(p.value for p in sentence.preferences if p.target == "item")}
                wrong = gone if sentence.source == source else set()
                draft.request = replace(
                    draft.request,
                    earlier=tuple(m for m in draft.request.earlier if m.item_id not in gone),
                    mentions=tuple(m for m in draft.request.mentions if m.item_id not in wrong),
                    anchors=tuple(i for i in draft.request.anchors if i not in wrong),
                    avoided=tuple(i for i in draft.request.avoided if i not in wrong),
                    constraints=tuple(
                        c for c in draft.request.constraints if c not in sentence.constraints or c in left.constraints
                    ),
                    preferences=tuple(
                        p for p in draft.request.preferences if p not in sentence.preferences or p in left.preferences
                    ),
                )

    # ------------------------------------------------------------------ questions

    def _about(self, reply: Mapping[str, Any], situation: Situation, draft: _Draft) -> None:
        given = reply.get("about")
        ids: list[str] = []
        for one in _listed(given)[:6]:
            found = self._ids(one, situation)
            ids += found[:1]
            draft.dropped["unknown_title"] += not found
        if ids:
            draft.request = replace(draft.request, about=tuple(dict.fromkeys(ids)))
        aspect = str(reply.get("aspect", "")).strip().lower()
        if aspect in ASPECTS and draft.request.intent not in LISTING:
            draft.request = replace(draft.request, aspect=aspect)


def grounded(quote: str, message: str) -> bool:
    """Whether the message holds the quoted words: letter for letter, or at least six in ten of them."""
    said, whole = _squeezed(quote), _squeezed(message)
    if len(said) < 2:
        return False
    if said in whole:
        return True
    words = re.findall(r"\w+", quote.casefold())
    there = set(re.findall(r"\w+", message.casefold()))
    return sum(word in there for word in words) >= 0.6 * len(words)


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _entries(value: Any) -> list[Mapping[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, Mapping)]


def _may_go(constraint: Constraint, quote: str, reply: Mapping[str, Any], draft: _Draft) -> bool:
    """Whether the model may take back what code has just read, wrongly, from the same words of the message.

    The safe side stays: limits always; what is kept out too, unless the message is in a language code reads badly, the model
    reports the very opposite, code itself heard the same thing wished for ("about music, not a concert film"), or a person's
    name is that of a title the model found ("like Paterson").
    """
    read_from = set(re.findall(r"\w+", constraint.words.casefold()))
    if is_limit(constraint) or (read_from and not read_from & set(re.findall(r"\w+", quote.casefold()))):
        return False
    if not constraint.none_of or draft.request.language != "en":
        return True
    wanted = {str(v).casefold() for entry in _entries(reply.get("must")) for v in _listed(entry.get("in"))}
    wanted |= {p.value.casefold() for p in draft.request.preferences if p.weight > 0}
    if all(value.casefold() in wanted for value in constraint.none_of):
        return True
    titles = [_text(one, 200) for one in _listed(reply.get("similar_to"))]
    titles += [_text(entry.get("title"), 200) for entry in _entries(reply.get("named"))]
    named = {word for title in titles for word in re.findall(r"\w+", title.casefold())}
    return constraint.field == "person" and all(named & set(re.findall(r"\w+", v.casefold())) for v in constraint.none_of)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _whole(value: Any) -> int | None:
    """A whole number, also where a model wrote it as text."""
    if isinstance(value, str) and re.fullmatch(r"\s*#?\d{1,4}\s*", value):
        return int(value.strip().lstrip("#"))
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: Any, longest: int) -> str:
    """One line, or nothing when it is no text or too long."""
    text = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", value).split()) if isinstance(value, str) else ""
    return text if len(text) <= longest else ""


def _joined(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _without(ids: tuple[str, ...], item_id: str) -> tuple[str, ...]:
    return tuple(i for i in ids if i != item_id)
