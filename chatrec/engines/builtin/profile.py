"""A profile and what a message comes to -> the profile rewritten: new sentences with their source, contradicted ones gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.constraints import outlived
from chatrec.engines.builtin.intents import Fresh
from chatrec.engines.builtin.meaning import Meaning
from chatrec.engines.builtin.phrasing import age, describe, for_families, plural, tidy
from chatrec.engines.builtin.wording import join
from chatrec.records import Constraint, Preference, Profile, Scope, Sentence, SentenceKind

MOST_PER_TURN = 24
_MADE = {
    "female director": "by a female director",
    "female lead": "with a female lead",
    "based on a true story": "based on a true story",
    "based on a novel": "based on a novel",
    "new wave": "of the new wave",
    "cult classic": "with a cult following",
}
_NUMBERED = re.compile(r"s(\d+)")
_LASTS = frozenset({"audience", "runtime"})


@dataclass(frozen=True, slots=True)
class Saying:
    """A new sentence before it has an id and a source."""

    text: str
    kind: SentenceKind
    scope: Scope = "person"
    preferences: tuple[Preference, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    seen: tuple[str, ...] = ()

    @property
    def meaning(self) -> tuple[object, ...]:
        """What makes two sentences the same, whatever their wording."""
        return (self.preferences, tuple(replace(c, words="") for c in self.constraints), self.seen)


class ProfileWriter:
    """Writes sentences in the second person from what was said; holds nothing of any person."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def rewrite(self, profile: Profile, meaning: Meaning, turn: int, *, fresh: Fresh = "keep", adding: bool = False) -> Profile:
        """The profile after a message.

        `fresh` drops the wishes of this conversation that a new wish replaces (new), or all of them (forget).
        """
        sentences = [s for s in profile.sentences if not _lapses(s, fresh)]
        conditions = [*meaning.wishes, *(c for _, c in meaning.aversions if c is not None)]
        sayings = self.sayings(meaning)[:MOST_PER_TURN]
        tastes = [p for saying in sayings for p in saying.preferences]
        kept = [s for s in (self._revised(s, meaning, conditions, tastes, adding) for s in sentences) if s is not None]
        return Profile(tuple(_joined(kept, sayings, f"turn {turn}")))

    # ----------------------------------------------------------------- new sentences

    def sayings(self, meaning: Meaning) -> list[Saying]:
        """The sentences a message adds, lasting ones first."""
        found: list[Saying] = []
        if meaning.liked:
            found.append(self._items("You loved", meaning.liked, 1.0))
        if meaning.disliked:
            found.append(self._items("You disliked", meaning.disliked, -1.0))
        if meaning.seen:
            found.append(Saying(f"You have seen {self._titles(meaning.seen)}.", "fact", seen=meaning.seen))
        found += [Saying(f"{told} {self._titles(items)}.", "fact") for told, items in meaning.hearsay]
        found += [
            Saying(f"You like {join([_taste(p) for p in group])}.", "like", preferences=tuple(group))
            for group in _by_target(meaning.tastes)
        ]
        found += [
            Saying(f"You dislike {_taste(p, c)}.", "dislike", preferences=(p,), constraints=(c,) if c else ())
            for p, c in meaning.aversions
        ]
        found += [self._condition(c) for c in meaning.wishes]
        near = tuple(i for i in meaning.anchors if i not in meaning.liked)
        if near:
            preferences = tuple(Preference("item", i, 0.6) for i in near)
            found.append(Saying(f"For now: in the spirit of {self._titles(near)}.", "constraint", "conversation", preferences))
        wanted = tuple(p for p in meaning.moods if p.weight > 0)
        if wanted:
            found.append(Saying(f"For now: {_wish(wanted)}.", "constraint", "conversation", preferences=wanted))
        return found

    def _items(self, verb: str, items: tuple[str, ...], weight: float) -> Saying:
        preferences = tuple(Preference("item", i, weight) for i in items)
        return Saying(f"{verb} {self._titles(items)}.", "like" if weight > 0 else "dislike", preferences=preferences)

    def _titles(self, items: Iterable[str]) -> str:
        return join([item.title for i in items if (item := self._catalog.get(i)) is not None])

    def _condition(self, constraint: Constraint) -> Saying:
        if constraint.field == "audience" and constraint.at_most is not None and not for_families(constraint):
            text = f"You are watching with {age(int(constraint.at_most))}."
            return Saying(text, "fact", "conversation", constraints=(constraint,))
        return Saying(f"For now: {self._told(constraint)}.", "constraint", "conversation", constraints=(constraint,))

    def _told(self, constraint: Constraint) -> str:
        """A condition as the end of a sentence: `films from the 1990s`, `no horror`."""
        told = tidy(describe(constraint))
        if told.startswith(("from ", "in ", "for ", "with ", "by ", "directed by ", "not ")):
            return f"{self._catalog.plural} {told}"
        return f"{told} {self._catalog.plural}" if told in ("acclaimed", "well known", "less well known") else told

    # ----------------------------------------------------------------- old sentences

    def _revised(
        self, sentence: Sentence, meaning: Meaning, new: Sequence[Constraint], tastes: Sequence[Preference], adding: bool
    ) -> Sentence | None:
        """An earlier sentence beside what was just said; None when nothing of it is left."""
        if sentence.source == "edit" or not sentence.on:
            return sentence
        constraints = tuple(left for c in sentence.constraints if (left := self._left(c, meaning, new, adding)) is not None)
        preferences = tuple(p for p in sentence.preferences if not _contradicted(p, tastes, meaning, new))
        if sentence.constraints and not constraints:
            preferences = tuple(p for p in preferences if p.weight > 0)
        if (constraints, preferences) == (sentence.constraints, sentence.preferences):
            return sentence
        if not (constraints or preferences or sentence.seen):
            return None
        text = self._reworded(sentence, constraints, preferences)
        return replace(sentence, text=text, constraints=constraints, preferences=preferences)

    def _left(self, old: Constraint, meaning: Meaning, new: Sequence[Constraint], adding: bool) -> Constraint | None:
        if old.field in meaning.lifted or old.field in meaning.allowed:
            return None
        if old.any_of and set(old.any_of) & set(meaning.dropped):
            rest = tuple(v for v in old.any_of if v not in meaning.dropped)
            return replace(old, any_of=rest, words="") if rest and old.field != "topic" else None
        if old.none_of and meaning.allowed and set(old.none_of) & set(meaning.allowed):
            rest = tuple(v for v in old.none_of if v not in meaning.allowed)
            return replace(old, none_of=rest) if rest and old.field != "topic" else None
        return outlived(old, new, adding=adding)

    def _reworded(self, sentence: Sentence, constraints: Sequence[Constraint], preferences: Sequence[Preference]) -> str:
        items = [p.value for p in preferences if p.target == "item"]
        if items and not constraints:
            verb = next(
                (v for v in ("You loved", "You disliked", "For now: in the spirit of") if sentence.text.startswith(v)),
                "You liked",
            )
            return f"{verb} {self._titles(items)}."
        if constraints and sentence.text.startswith("For now"):
            return f"For now: {join([self._told(c) for c in constraints])}."
        if preferences and sentence.text.startswith("For now"):
            return f"For now: {_wish(preferences)}."
        return sentence.text


def _contradicted(old: Preference, tastes: Sequence[Preference], meaning: Meaning, new: Sequence[Constraint]) -> bool:
    if old.weight > 0 and old.value in meaning.dropped:
        return True
    if any(p.target == old.target and p.value == old.value and p.weight * old.weight < 0 for p in (*tastes, *meaning.moods)):
        return True
    if old.weight < 0 and old.value in meaning.allowed:
        return True
    if old.target == "item" and old.weight < 0:
        return old.value in meaning.liked
    wanted = {v for c in new for v in (c.any_of if old.weight < 0 else c.none_of)}
    return old.target != "item" and old.value in wanted


def _lapses(sentence: Sentence, fresh: Fresh) -> bool:
    """Whether a sentence of this conversation ends with its wish.

    Who watches, how much time there is and what is refused outlive it, unless everything is to be forgotten.
    """
    if sentence.scope == "person" or fresh == "keep":
        return False
    if fresh == "forget":
        return True
    return not any(c.field in _LASTS or c.field.startswith("content.") or c.none_of for c in sentence.constraints)


def _joined(kept: list[Sentence], sayings: Sequence[Saying], source: str) -> list[Sentence]:
    taken = [int(m[1]) for s in kept if (m := _NUMBERED.fullmatch(s.id))]
    number = max(taken, default=0)
    for saying in sayings:
        same = next((n for n, s in enumerate(kept) if _same(s, saying)), None)
        if same is not None:
            if not kept[same].on:
                kept[same] = replace(kept[same], on=True, source=source)
            continue
        saying_left = _news(saying, kept)
        if saying_left is None:
            continue
        number += 1
        kept.append(
            Sentence(
                f"s{number}", saying_left.text, saying_left.kind, source, saying_left.scope, True, saying_left.preferences,
                saying_left.constraints, saying_left.seen,
            )
        )  # fmt: skip
    return kept


def _same(sentence: Sentence, saying: Saying) -> bool:
    own = Saying("", sentence.kind, sentence.scope, sentence.preferences, sentence.constraints, sentence.seen)
    return own.meaning == saying.meaning and any(saying.meaning)


def _news(saying: Saying, kept: Sequence[Sentence]) -> Saying | None:
    """The saying, unless every part of it stands in active sentences already."""
    known = {(p.target, p.value, p.weight > 0) for s in kept if s.on for p in s.preferences}
    seen = {i for s in kept if s.on for i in s.seen}
    if saying.constraints:
        return saying
    if not any(saying.meaning) and any(s.text == saying.text for s in kept):
        return None
    if saying.preferences and all((p.target, p.value, p.weight > 0) in known for p in saying.preferences):
        return None
    if saying.seen and not saying.preferences and set(saying.seen) <= seen:
        return None
    return saying


def is_hearsay(sentence: Sentence) -> bool:
    """Whether a sentence only tells what somebody else thought of an item: nothing of it bears on the person."""
    return sentence.kind == "fact" and not (sentence.preferences or sentence.constraints or sentence.seen)


def _by_target(preferences: Sequence[Preference]) -> list[list[Preference]]:
    groups: dict[str, list[Preference]] = {}
    for preference in preferences:
        groups.setdefault(preference.target, []).append(preference)
    return list(groups.values())


def _wish(preferences: Sequence[Preference]) -> str:
    """Moods and topics as one wish: `something funny and tense about space, in the style of Jim Jarmusch`."""
    moods = list(dict.fromkeys(p.value for p in preferences if p.target == "mood"))
    topics = list(dict.fromkeys(tidy(p.value) for p in preferences if p.target == "topic"))
    people = list(dict.fromkeys(p.value for p in preferences if p.target == "person"))
    subjects = [t for t in topics if t not in _MADE]
    made = [_MADE[t] for t in topics if t in _MADE]
    said = " ".join(["something", *([join(moods)] if moods else []), *([f"about {join(subjects)}"] if subjects else []), *made])
    hopes = [hoped(p) for p in preferences if p.target in ("country", "language", "genre")]
    if hopes:
        said = ", ".join(filter(None, (said if moods or topics else "", f"if possible {join(hopes, 'or')}")))
    style = f"in the style of {join(people)}" if people else ""
    return style if style and not (moods or topics) else f"{said}, {style}" if style else said


def hoped(preference: Preference) -> str:
    """A place, language or genre that is wanted only "maybe", as the end of "if possible ..."."""
    if preference.target == "genre":
        return plural(tidy(preference.value))
    return f"{'in' if preference.target == 'language' else 'from'} {tidy(preference.value)}"


def _taste(preference: Preference, constraint: Constraint | None = None) -> str:
    value = tidy(preference.value)
    if constraint is not None and preference.target == "topic":
        said = tidy(constraint.words).removeprefix("no ")
        return said if said.endswith("s") else f"{value} films"
    if preference.target == "person":
        return value
    if preference.target == "genre":
        return plural(value)
    if preference.target in ("language", "country"):
        return f"films in {value}" if preference.target == "language" else f"films from {value}"
    return f"films {value}" if value.startswith("based on") else f"{value} films"
