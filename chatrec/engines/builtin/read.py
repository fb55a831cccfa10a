"""A situation -> the request and the rewritten profile, by rules alone: who said what, wants what, and refuses what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chatrec.catalog.plain_words import PRONOUNS
from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.constraints import outlived
from chatrec.engines.builtin.credits import credits_of
from chatrec.engines.builtin.earlier import earlier, plain, said
from chatrec.engines.builtin.foreign import InEnglish, Interpreter
from chatrec.engines.builtin.hearsay import hearsay
from chatrec.engines.builtin.intents import Decision, agrees, decide, is_plain_yes, shown_before
from chatrec.engines.builtin.languages import language_of
from chatrec.engines.builtin.lexicon import Lexicon
from chatrec.engines.builtin.meaning import Meaning, understand
from chatrec.engines.builtin.parse import Parser
from chatrec.engines.builtin.parsed import Named, Parsed, Standing
from chatrec.engines.builtin.profile import ProfileWriter
from chatrec.engines.builtin.references import focus, last_list, references
from chatrec.engines.builtin.refinements import words_of
from chatrec.engines.builtin.understood import understood
from chatrec.engines.builtin.viewers import grown_up
from chatrec.engines.builtin.wording import clean, fold, spelled, tokens
from chatrec.records import (
    Constraint,
    Item,
    Mention,
    Preference,
    Profile,
    Reading,
    Request,
    Sentence,
    SentenceKind,
    Sentiment,
    Situation,
)

DEFAULT_COUNT = 5
_ASKED = re.compile(r"(?i)(?:what(?:'s| is| was)|tell me (?:more )?about) (\S.{0,60}?)(?: about)?[?.! ]*$")
_FEELING = frozenset(
    spelled("love loved loves like liked likes seen watched saw except than hated enjoyed adores adored adore")
)
_BESIDE = frozenset(spelled("or and vs versus &"))
_LISTS = frozenset({"recommend", "more"})
_LONGEST_SEARCH = 60
_MOST_ANCHORS = 12


class Reader:
    """Reads messages against one catalog. Holds nothing between calls; one reader serves every visitor."""

    def __init__(self, catalog: Catalog, linker: TitleLinker) -> None:
        self._catalog = catalog
        self._linker = linker
        self._lexicon = Lexicon(catalog)
        self._parser = Parser(self._lexicon)
        self._writer = ProfileWriter(catalog)
        self._interpreter = Interpreter(catalog, linker, self._lexicon)

    def read(self, situation: Situation) -> Reading:
        """What the message asks, and the profile rewritten. Never raises for anything a person can type."""
        offers = situation.history[-1].suggestions if situation.history else ()
        text, language, heard = self._in_english(clean(situation.message), _spoken_before(situation), offers)
        answer = agrees(fold(text))
        offered = situation.history[-1].suggestions if situation.history else ()
        if answer and offered and (is_plain_yes(fold(text)) or not situation.history[-1].picks):
            text = clean(offered[0])
        named = self._named(text, situation, None if text is not heard.text else heard.named)
        spans = [(n.start, n.end, n.item_ids[0]) for n in named]
        people = list(credits_of(fold(text), spans, focus(situation), self._catalog))
        standing = _standing(situation)
        parsed = self._parser.parse(text, named, people, self._stands(situation, standing))
        picks = self._picks(situation)
        others = list(hearsay(parsed.folded, [fold(turn.message) for turn in situation.history]))
        meaning = understand(parsed, self._lexicon, self._catalog.items, picks, others)
        given_up = [i for i in (standing.anchors if standing else ()) if self._catalog[i].title in meaning.dropped]
        meaning = replace(meaning, dropped=(*meaning.dropped, *given_up))
        decision = decide(parsed, meaning, situation, standing)
        if answer is False and offered:
            decision = Decision("feedback")
        unlinked: tuple[str, ...] = ()
        if decision.intent in ("recommend", "question", "compare", "feedback"):
            unlinked = self._linker.unlinked_titles(text) if heard.unlinked is None else heard.unlinked
        meaning = _heard(decision, meaning)
        profile = self._profile(situation, decision, meaning)
        request = self._request(situation, language, parsed, decision, meaning, profile, standing, unlinked)
        return Reading(request, profile)

    def interpret(self, sentence: Sentence) -> Sentence:
        """A sentence as a person wrote it, with the meaning that code acts on worked out afresh.

        Id, text, source, scope and switch stay as they are.
        """
        text, _, heard = self._in_english(clean(sentence.text), "en", ())
        situation = Situation(text, 0)
        parsed = self._parser.parse(text, self._named(text, situation, heard.named))
        meaning = understand(parsed, self._lexicon, self._catalog.items, (), list(hearsay(parsed.folded)))
        sayings = self._writer.sayings(meaning)
        kinds: list[SentenceKind] = [s.kind for s in sayings]
        return replace(
            sentence,
            kind=kinds[0] if kinds else "fact",
            preferences=tuple(dict.fromkeys(p for s in sayings for p in s.preferences)),
            constraints=tuple(dict.fromkeys(c for s in sayings for c in s.constraints)),
            seen=tuple(dict.fromkeys(i for s in sayings for i in s.seen)),
        )

    # ----------------------------------------------------------------- what is named

    def _in_english(self, text: str, before: str, offered: Sequence[str]) -> tuple[str, str, InEnglish]:
        """The message in English words, its language, and what it names; messages that were offered are English."""
        titles = self._titled(text)
        language = "en" if text in offered else language_of(_without(text, titles), before)
        foreign = self._interpreter.english(text, language) if language != "en" else None
        heard = foreign or InEnglish(text, tuple(titles), None)
        return heard.text, language, heard

    def _titled(self, text: str) -> list[Named]:
        viewers = [(start, end) for start, end in grown_up(fold(text)) if text[start:end].islower()]
        return [
            Named(span.start, span.end, (span.item_id,), span.surface, span.alternatives)
            for span in self._linker.link(text)
            if 0 <= span.start < span.end <= len(text)
            and span.item_id in self._catalog
            and not any(
                start <= span.start and span.end <= end and end - start > span.end - span.start for start, end in viewers
            )
        ]

    def _named(self, text: str, situation: Situation, titles: Sequence[Named] | None = None) -> list[Named]:
        """Titles (when not given) and references to the last list, in order, none over another."""
        named = self._titled(text) if titles is None else list(titles)
        for found in sorted(references(fold(text), situation), key=lambda found: found.single):
            before = [n for n in named if n.end <= found.start and not (n.referred and len(n.item_ids) > 1)]
            before.sort(key=lambda n: n.start)
            nearest = before[-1].item_ids if found.single and before else found.item_ids
            ids = tuple(i for i in nearest if i in self._catalog)
            if ids and all(found.end <= n.start or n.end <= found.start for n in named):
                named.append(Named(found.start, found.end, ids, text[found.start : found.end], referred=True))
        if not named:
            named += self._asked_about(text)
        named += [
            n for n in self._by_one_word(text, beside=bool(named)) if all(n.end <= o.start or o.end <= n.start for o in named)
        ]
        return sorted(named, key=lambda n: n.start)

    def _by_one_word(self, text: str, *, beside: bool) -> list[Named]:
        """Titles meant by their one telling word after a feeling or `beside` another title: "seen lebowski", "Up or Totoro"."""
        found, before = [], ""
        for token in tokens(text):
            telling = before in _FEELING or (beside and before in _BESIDE)
            item_id = self._lexicon.titled(token.norm) if telling else ""
            if item_id:
                found.append(Named(token.start, token.end, (item_id,), token.text))
            before = token.norm
        return found

    def _asked_about(self, text: str) -> list[Named]:
        """The title in "what is Coraline about?", where the whole gap must be one."""
        match = _ASKED.match(text)
        if match is None or fold(match[1]) in PRONOUNS:
            return []
        said = fold(match[1]).removeprefix("the ")
        ids = [i for i in self._linker.find(match[1]) if fold(self._catalog[i].title).removeprefix("the ") == said]
        return [Named(match.start(1), match.end(1), (ids[0],), match[1], tuple(ids[1:]))] if ids else []

    def _stands(self, situation: Situation, standing: Request | None) -> Standing:
        """The names of what is wanted and refused so far in this conversation, titles as the catalog gives them."""
        conditions = situation.profile.constraints
        wanted = [v for c in conditions for v in c.any_of]
        wanted += [p.value for p in situation.profile.preferences if p.weight > 0 and p.target != "item"]
        wanted += [self._catalog[i].title for i in (standing.anchors if standing else ())]
        return Standing(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(v for c in conditions for v in c.none_of)))

    def _picks(self, situation: Situation) -> list[Item]:
        turn = last_list(situation.history)
        return [item for p in turn.picks if (item := self._catalog.get(p.item_id)) is not None] if turn else []

    # ----------------------------------------------------------------- the profile

    def _profile(self, situation: Situation, decision: Decision, meaning: Meaning) -> Profile:
        if decision.intent == "reset":
            return self._writer.rewrite(situation.profile, Meaning(), situation.turn, fresh="forget")
        adding = bool(meaning.wishes) and fold(situation.message).lstrip().startswith(("and ", "also ", "plus ", "or "))
        return self._writer.rewrite(situation.profile, meaning, situation.turn, fresh=decision.fresh, adding=adding)

    # ----------------------------------------------------------------- the request

    def _request(
        self,
        situation: Situation,
        language: str,
        parsed: Parsed,
        decision: Decision,
        meaning: Meaning,
        profile: Profile,
        standing: Request | None,
        unlinked: tuple[str, ...],
    ) -> Request:
        listing_wanted = decision.intent in _LISTS
        kept = standing if standing is not None and decision.fresh == "keep" else None
        constraints = _effective(profile, meaning, f"turn {situation.turn}")
        disliked = {p.value for p in profile.preferences if p.target == "item" and p.weight < 0}
        disliked |= {item for item, said in situation.feedback.items() if said == "dislike"}
        inactive = {p.value for s in profile.sentences if not s.on for p in s.preferences if p.target == "item"}
        since = _since(situation, decision, meaning)
        spoken_of = earlier(situation, profile, since)
        anchors: tuple[str, ...] = ()
        search = ""
        if listing_wanted:
            liked = [m.item_id for m in reversed(spoken_of) if kept and m.sentiment == "like" and m.turn >= kept.turn]
            older = tuple(a for a in (*kept.anchors, *liked) if a not in inactive) if kept else ()
            gone = _named_before(situation) - {m.item_id for m in spoken_of}
            older = tuple(a for a in older if a not in meaning.dropped and a not in gone)
            own = meaning.anchors
            if kept and any(n.referred for n in parsed.named) and own:
                older = ()
            anchors = tuple(i for i in dict.fromkeys((*own, *older)) if i not in disliked and i not in meaning.avoided)[
                :_MOST_ANCHORS
            ]
            search = _search(meaning, kept, profile, constraints)
            if not (anchors or search) and meaning.seen and not meaning.wishes:
                anchors = tuple(i for i in meaning.seen if i not in disliked)
            if not (anchors or search):
                search = " ".join(v for c in constraints for v in c.any_of[:3] if c.field in ("topic", "genre"))
        avoided = tuple(dict.fromkeys((*meaning.avoided, *(kept.avoided if kept else ()), *sorted(disliked))))
        avoided = tuple(i for i in avoided if i not in anchors)
        mentions = self._mentions(parsed, meaning, situation.turn)
        words = plain(parsed.text, (m.surface for m in mentions))
        request = Request(
            intent=decision.intent,
            message=situation.message,
            language=language,
            search_text=search,
            mentions=mentions,
            constraints=constraints,
            preferences=_distinct(profile.preferences),
            anchors=anchors,
            avoided=avoided,
            excluded=self._excluded(situation, profile, parsed, meaning, kept),
            unlinked=unlinked,
            count=parsed.count or (kept.count if kept else DEFAULT_COUNT),
            about=tuple(i for i in decision.about if i in self._catalog),
            aspect=decision.aspect,
            earlier=tuple(m for m in spoken_of if m.item_id not in {now.item_id for now in mentions}),
            said=(*said(situation, profile, since), words),
            turn=situation.turn,
            since=since,
        )
        return replace(
            request,
            question=self._ask(request, profile, situation.turn),
            understood=understood(request, profile, meaning, self._catalog),
        )

    def _mentions(self, parsed: Parsed, meaning: Meaning, turn: int) -> tuple[Mention, ...]:
        feelings: dict[str, Sentiment] = {}
        feelings |= dict.fromkeys(meaning.seen, "seen")
        feelings |= dict.fromkeys(meaning.disliked, "dislike")
        feelings |= dict.fromkeys(meaning.liked, "like")
        found: dict[str, Mention] = {}
        for named in parsed.named:
            for item_id in named.item_ids:
                mention = Mention(item_id, self._catalog[item_id].title, named.surface, feelings.get(item_id, "neutral"), turn)
                found.setdefault(item_id, mention)
        return tuple(found.values())

    def _excluded(
        self, situation: Situation, profile: Profile, parsed: Parsed, meaning: Meaning, kept: Request | None
    ) -> tuple[str, ...]:
        """Everything that must not be shown: named here or before, seen, judged, shown already, or barred."""
        ids: list[str] = []
        for named in parsed.named:
            ids += named.item_ids
            ids += self._namesakes(named)
        for turn in situation.history:
            if turn.request is not None:
                ids += [m.item_id for m in turn.request.mentions]
                ids += turn.request.about
        ids += kept.excluded if kept is not None else ()
        ids += meaning.barred
        ids += shown_before(situation)
        ids += profile.seen
        ids += [p.value for p in profile.preferences if p.target == "item"]
        ids += situation.feedback
        return tuple(i for i in dict.fromkeys(ids) if i in self._catalog)

    def _namesakes(self, named: Named) -> list[str]:
        """Other items of the very same title, which the person may have meant."""
        titles = {fold(self._catalog[i].title) for i in named.item_ids}
        return [i for i in named.alternatives if i in self._catalog and fold(self._catalog[i].title) in titles]

    def _ask(self, request: Request, profile: Profile, turn: int) -> str:
        telling = any(self._lexicon.knows(word) for word in request.search_text.split())
        known = telling or request.anchors or request.constraints or profile.active
        if request.intent != "recommend" or known:
            return ""
        noun = self._catalog.noun
        questions = (
            "What are you in the mood for: something light, something tense, something moving?",
            f"Which {noun} did you love lately? I can start from there.",
            "Who is it for tonight: just you, or company, or children?",
        )
        return questions[(turn - 1) % len(questions)]


def _heard(decision: Decision, meaning: Meaning) -> Meaning:
    """What of a message counts: a question's "scary" is no wish, and small talk is none either."""
    if decision.intent in ("question", "compare"):
        return Meaning(
            liked=meaning.liked, disliked=meaning.disliked, seen=meaning.seen, neutral=meaning.neutral, hearsay=meaning.hearsay
        )
    if decision.intent in ("recommend", "more", "feedback"):
        return replace(meaning, anchors=()) if decision.intent == "feedback" else meaning
    return Meaning(neutral=meaning.mentioned)


def _standing(situation: Situation) -> Request | None:
    """The request of the wish that stands: the newest list's, unless the person started over since."""
    for turn in reversed(situation.history):
        if turn.request is None:
            continue
        if turn.request.intent == "reset":
            return None
        if turn.request.intent in _LISTS:
            return turn.request
    return None


def _since(situation: Situation, decision: Decision, meaning: Meaning) -> int:
    """The turn before which nothing that was said counts: this one where it forgets, or begins anew with other examples or with
    no wish at all."""
    wished = meaning.wishes or meaning.moods or meaning.search or meaning.tastes
    if decision.fresh == "forget" or (decision.fresh == "new" and (meaning.anchors or not wished)):
        return situation.turn
    return next((turn.request.since for turn in reversed(situation.history) if turn.request is not None), 0)


def _named_before(situation: Situation) -> set[str]:
    return {mention.item_id for turn in situation.history if turn.request is not None for mention in turn.request.mentions}


def _effective(profile: Profile, meaning: Meaning, source: str) -> tuple[Constraint, ...]:
    """Every constraint of the active sentences, those of this turn prevailing over older and edited ones."""
    new = [*meaning.wishes, *(c for _, c in meaning.aversions if c is not None)]
    found: list[Constraint] = []
    for sentence in profile.active:
        for constraint in sentence.constraints:
            if constraint.field in meaning.lifted:
                continue
            left = constraint if sentence.source == source or constraint in new else outlived(constraint, new)
            if left is not None:
                found.append(left)
    return tuple(dict.fromkeys(found))


def _search(meaning: Meaning, kept: Request | None, profile: Profile, constraints: Sequence[Constraint]) -> str:
    """The search text of this turn, after that of the standing wish unless its sentence was switched off or taken out."""
    older = kept.search_text if kept else ""
    refused = {w for c in meaning.wishes for v in c.none_of for w in fold(v).split()}
    refused |= {word for p in meaning.moods if p.weight < 0 for word in words_of(p)}
    silenced = {
        word
        for s in profile.sentences
        if not s.on
        for p in s.preferences
        if p.target in ("mood", "topic")
        for word in fold(p.value).split()
    }
    refused |= {word for value in (*meaning.dropped, *meaning.allowed) for word in fold(value).split()}
    refused |= {word for value in meaning.dropped for word in words_of(Preference("mood", value, 1.0))}
    left = {v for c in constraints for v in c.any_of}
    refused |= {w for c in (kept.constraints if kept else ()) for v in c.any_of if v not in left for w in fold(v).split()}
    words = [w for w in older.split() if fold(w) not in refused and fold(w) not in silenced]
    return " ".join(list(dict.fromkeys((*meaning.search.split(), *words)))[:_LONGEST_SEARCH])


def _distinct(preferences: Iterable[Preference]) -> tuple[Preference, ...]:
    """The preferences, a later one on the same thing in the place of an earlier."""
    return tuple({(p.target, p.value): p for p in preferences}.values())


def _without(text: str, named: Sequence[Named]) -> str:
    """The text without the titles in it, which may be of any language."""
    pieces, last = [], 0
    for one in named:
        pieces.append(text[last : one.start])
        last = one.end
    return " ".join([*pieces, text[last:]])


def _spoken_before(situation: Situation) -> str:
    """The language of the newest message that was read, English where there is none."""
    return next((turn.request.language for turn in reversed(situation.history) if turn.request is not None), "en")
