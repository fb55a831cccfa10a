"""A parsed message -> what it comes to: conditions, tastes, items and search words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chatrec.engines.builtin.amounts import turned
from chatrec.engines.builtin.constraints import merged
from chatrec.engines.builtin.grouping import coloured, groups, loose, only_style, tentative, wording_of
from chatrec.engines.builtin.hearsay import Hearsay
from chatrec.engines.builtin.lexicon import Concept, Lexicon
from chatrec.engines.builtin.negation import Stance
from chatrec.engines.builtin.parsed import Parsed
from chatrec.engines.builtin.phrasing import tidy
from chatrec.engines.builtin.places import COUNTRY_NAMES, REGIONS
from chatrec.engines.builtin.refinements import Refined, less, mood, refine
from chatrec.engines.builtin.search_words import gather
from chatrec.records import Constraint, Item, Preference, Target

_REFUSING = frozenset({Stance.NOT, Stance.UNLIKE})
_WISHING = frozenset({Stance.PLAIN, Stance.WANT, Stance.ANCHOR, Stance.NOT})
_IGNORED = frozenset({Stance.SEEN, Stance.UNSEEN, Stance.MILD})
_GOING_ON = frozenset({"but", "and", ",", "also", "really"})
_MOST_HOPES = 5
_SOME = 2.0  # of 3: what somebody lets in who does not mind some violence
_TARGETS: Mapping[str, Target] = {"genre": "genre", "language": "language", "country": "country", "person": "person"}
_GENRES_OF_MOOD = {"funny": "Comedy", "romantic": "Romance", "scary": "Horror"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one message comes to, before anything said earlier is joined to it.

    `wishes` hold for this conversation; `aversions` are lasting dislikes with the condition that comes with each. `tastes`
    are lasting, `moods` belong to the wish; `themes` are (mood, the person's word for it). The item tuples hold ids. `barred`
    are items refused by a condition that no constraint can state. `hearsay` is what others thought: (`Your dad loved`, the
    item ids). `lifted` are fields that no longer matter, `allowed` values that are no longer refused, `dropped` values no
    longer wanted. `relative` says that the last list was meant.
    """

    wishes: tuple[Constraint, ...] = ()
    aversions: tuple[tuple[Preference, Constraint | None], ...] = ()
    tastes: tuple[Preference, ...] = ()
    moods: tuple[Preference, ...] = ()
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    hearsay: tuple[tuple[str, tuple[str, ...]], ...] = ()
    anchors: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    search: str = ""
    themes: tuple[tuple[str, str], ...] = ()
    lifted: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    relative: bool = False
    genres_wanted: bool = False

    @property
    def is_bare(self) -> bool:
        """Nothing was wished, liked, refused or named."""
        said = self.wishes or self.aversions or self.tastes or self.moods or self.search or self.mentioned
        return not (said or self.lifts)

    @property
    def lifts(self) -> bool:
        """Whether a condition was taken back."""
        return bool(self.lifted or self.allowed or self.dropped)

    @property
    def wanted_moods(self) -> tuple[Preference, ...]:
        """The moods and topics of the wish that are wanted rather than refused."""
        return tuple(p for p in self.moods if p.weight > 0)

    @property
    def mentioned(self) -> tuple[str, ...]:
        """Every item named, each once."""
        return tuple(dict.fromkeys((*self.liked, *self.disliked, *self.seen, *self.neutral)))


class _Collector:
    def __init__(
        self, parsed: Parsed, lexicon: Lexicon, items: Sequence[Item], picks: Sequence[Item], others: Sequence[Hearsay]
    ) -> None:
        self.parsed, self.lexicon, self.items, self.picks = parsed, lexicon, items, picks
        self.others = {one.place: one for one in others}
        self.told = self._told_of_others()
        self.hearsay: list[tuple[str, tuple[str, ...]]] = []
        self.spurned: list[str] = []
        self.wishes: list[Constraint] = []
        self.aversions: list[tuple[Preference, Constraint | None]] = []
        self.tastes: list[Preference] = []
        self.moods: list[Preference] = []
        self.extra_search: list[str] = []
        self.themes: list[tuple[str, str]] = []
        self.allowed: list[str] = []
        self.barred: list[str] = []
        self.relative = False
        self.genres_seen: list[Concept] = []
        self.by_stance: dict[Stance, list[str]] = {}

    def _settle(self) -> None:
        """A message that refuses and wants the same ("I dislike horror but my friend wants some") wants it."""
        wanted = {(c.field, v) for c in self.wishes for v in c.any_of}
        self.aversions = [
            (p, None if c is not None and any((c.field, v) in wanted for v in c.none_of) else c) for p, c in self.aversions
        ]
        self.wishes = [c for c in self.wishes if not any((c.field, v) in wanted for v in c.none_of)]

    def collect(self) -> Meaning:
        places = [i for i, part in enumerate(self.parsed.parts) if part.concept is not None]
        for group in groups(self.parsed, places):
            self._group(group)
        for noun in self.parsed.free_refused:
            self.wishes.append(self._free(noun))
        self._settle()
        if any(c.field == "popularity" and c.at_most is not None for c in self.wishes) and not self._wants_genre():
            self._hope(self.genres_seen)
        told_off = self._refused_as_subject()
        self.moods = [p for p in self.moods if not (p.target == "topic" and p.weight > 0 and p.value in told_off)]
        of = self.by_stance.get
        liked = tuple(dict.fromkeys(of(Stance.LIKE, ())))
        disliked = tuple(dict.fromkeys(of(Stance.DISLIKE, ())))
        seen = tuple(dict.fromkeys(of(Stance.SEEN, ())))
        near = tuple(dict.fromkeys((*of(Stance.ANCHOR, ()), *of(Stance.PLAIN, ()), *of(Stance.WANT, ()))))
        neutral = (*near, *of(Stance.NOT, ()), *of(Stance.UNLIKE, ()), *of(Stance.MILD, ()), *of(Stance.UNSEEN, ()))
        spurned = (i for i in self.spurned if i not in liked)
        avoided = tuple(dict.fromkeys((*disliked, *of(Stance.UNLIKE, ()), *spurned)))
        anchors = tuple(i for i in dict.fromkeys((*liked, *near)) if i not in avoided)
        self._bar_series(of(Stance.NOT, ()))
        unsaid = {word for name in told_off for word in name.lower().split()}
        search = " ".join(w for w in gather(self.parsed, self.extra_search).split() if w.lower() not in unsaid)
        return Meaning(
            wishes=merged(self.wishes),
            aversions=tuple(self.aversions),
            tastes=tuple(dict.fromkeys(self.tastes)),
            moods=tuple(dict.fromkeys(self.moods)),
            liked=liked,
            disliked=disliked,
            seen=seen,
            neutral=tuple(i for i in dict.fromkeys(neutral) if i not in (*liked, *disliked, *seen)),
            hearsay=tuple(dict.fromkeys(self.hearsay)),
            anchors=anchors,
            avoided=avoided,
            barred=tuple(dict.fromkeys(self.barred)),
            search=search,
            themes=tuple(dict.fromkeys(self.themes)),
            lifted=self.parsed.lifted,
            allowed=(*self.allowed, *self.parsed.allowed),
            dropped=self.parsed.dropped,
            relative=self.relative,
            genres_wanted=self._wants_genre(),
        )

    def _wants_genre(self) -> bool:
        return any(c.field == "genre" and c.any_of for c in self.wishes)

    def _refused_as_subject(self) -> set[str]:
        """Topics a film must not be about, though it may be set there: "at Christmas, not about Christmas"."""
        parts = self.parsed.parts
        return {
            concept.name
            for place, (part, stance) in enumerate(zip(parts, self.parsed.stances, strict=True))
            if (concept := part.concept) is not None
            and concept.kind == "topic"
            and stance is Stance.NOT
            and place
            and parts[place - 1].norm == "about"
        }

    def _told_of_others(self) -> Mapping[int, Hearsay]:
        """Place of a concept other than an item -> who else likes or dislikes it: "my wife hates horror and gore"."""
        told: dict[int, Hearsay] = {}
        current: Hearsay | None = None
        going_on = False  # "loves trains but hates horror": only "but", "and" or a comma since what was told of somebody
        for place, part in enumerate(self.parsed.parts):
            if part.cue is not None:
                same = going_on and current is not None and part.cue in ("like", "dislike")
                current = replace(current, liked=part.cue == "like") if same and current is not None else None
            current = self.others.get(part.start, current)
            if current is not None and part.concept is not None and part.concept.kind != "item":
                told[place] = current
                going_on = True
            elif part.norm not in _GOING_ON:
                going_on = False
        return told

    # ----------------------------------------------------------------- groups

    def _group(self, group: Sequence[int]) -> None:
        first = self.parsed.parts[group[0]]
        stance = self.parsed.stances[group[0]]
        concept = first.concept
        if concept is None:
            return
        other = self.told.get(group[0])
        if other is not None and stance in (Stance.LIKE, Stance.DISLIKE):
            if other.liked and concept.kind in _TARGETS:
                self._hope([c for i in group if (c := self.parsed.parts[i].concept)])
                return
            stance = Stance.WANT if other.liked else Stance.UNLIKE  # for tonight, and no taste of the person's own
        if concept.kind == "person" and stance in (Stance.PLAIN, Stance.WANT) and only_style(self.parsed, group):
            stance = Stance.ANCHOR
        if (
            concept.kind == "genre"
            and (stance in _REFUSING or stance is Stance.DISLIKE)
            and coloured(self.parsed, group[0], stance)
        ):
            return
        if stance in (Stance.PLAIN, Stance.WANT) and tentative(self.parsed, group):
            self._hope([c for i in group if (c := self.parsed.parts[i].concept)])
            return
        if concept.kind == "topic" and len(group) > 1:
            either = tuple(dict.fromkeys(v for i in group if (c := self.parsed.parts[i].concept) for v in c.values))
            self.wishes.append(Constraint("topic", any_of=either, words=wording_of(self.parsed, group)))
            return
        if len(group) > 1 and stance not in _IGNORED and stance not in (Stance.LIKE, Stance.DISLIKE):
            if concept.kind == "year":
                self._years([c for i in group if (c := self.parsed.parts[i].concept)], stance, wording_of(self.parsed, group))
                return
            if stance in _REFUSING or loose(self.parsed, group):
                values = tuple(dict.fromkeys(v for i in group if (c := self.parsed.parts[i].concept) for v in c.values))
                roles = {c.role for i in group if (c := self.parsed.parts[i].concept)}
                role = concept.role if len(roles) == 1 else self.lexicon.role(values, concept.role)
                self._one(replace(concept, values=values, role=role), stance, wording_of(self.parsed, group))
                return
        for i in group:
            part = self.parsed.parts[i]
            other = self.others.get(part.start)
            if part.concept is not None and part.concept.kind == "item" and other is not None:
                self.hearsay.append((other.told, part.concept.values))
                self._one(part.concept, Stance.ANCHOR if other.liked else Stance.UNSEEN, "")
                self.spurned += () if other.liked else part.concept.values
            elif part.concept is not None:
                role = part.concept.role or self.lexicon.role(part.concept.values, concept.role)
                self._one(replace(part.concept, role=role), stance, wording_of(self.parsed, [i]))

    def _hope(self, concepts: Sequence[Concept]) -> None:
        """What is wanted only "maybe": it counts for an item, and refuses none."""
        for concept in concepts:
            target = _TARGETS[concept.kind]
            self.moods.extend(Preference(target, v, 0.5) for v in concept.values[:_MOST_HOPES])
            self.extra_search.append(concept.search)

    # ----------------------------------------------------------------- one concept

    def _one(self, concept: Concept, stance: Stance, words: str) -> None:
        kind = concept.kind
        if kind == "item":
            self.by_stance.setdefault(stance, []).extend(concept.values)
        elif kind == "refine":
            self._refine(concept, words)
        elif kind == "lift" and concept.content:
            self.wishes.append(Constraint(f"content.{concept.content}", at_most=_SOME, words=words))
        elif kind in ("year", "runtime", "acclaim", "popularity", "audience"):
            self._number(concept, stance, words)
        elif stance is Stance.MILD:
            self.allowed.extend(concept.values)
            if concept.content:
                self.allowed.append(f"content.{concept.content}")
        elif stance in _IGNORED or kind == "lift":
            if stance is Stance.SEEN and kind == "genre":
                self.genres_seen.append(concept)
        elif stance is Stance.LESS:
            self._less(concept)
        elif kind == "mood":
            self._mood(concept, stance, words)
        elif kind in ("topic", "form"):
            self._topic(concept, stance, words)
        else:
            self._fact(concept, stance, words)

    def _less(self, concept: Concept) -> None:
        """Less of a genre or topic: it counts against an item, but refuses none."""
        target: Target = "genre" if concept.kind == "genre" else "mood" if concept.kind == "mood" else "topic"
        if concept.kind in ("genre", "topic", "form", "mood"):
            values = concept.values if target == "genre" else (concept.name,)
            self.moods.extend(Preference(target, v, -0.5) for v in values)

    def _number(self, concept: Concept, stance: Stance, words: str) -> None:
        if concept.at_least is None and concept.at_most is None:
            return
        if stance is Stance.NOT and concept.kind != "audience":
            if concept.at_least is not None and concept.at_most is not None:
                if concept.kind == "year":
                    self._bar(concept.at_least, concept.at_most)
                return
            concept, words = turned(concept), f"not {words}"
        self.wishes.append(Constraint(concept.kind, at_least=concept.at_least, at_most=concept.at_most, words=words))

    def _bar_series(self, refused: Sequence[str]) -> None:
        """Without Mission: Impossible: without any film of that series."""
        series = {item.series for item in self.items if item.id in refused and item.series}
        self.barred.extend(item.id for item in self.items if item.series in series)

    def _bar(self, least: float, most: float) -> None:
        self.barred.extend(item.id for item in self.items if item.year and least <= item.year <= most)

    def _years(self, concepts: Sequence[Concept], stance: Stance, words: str) -> None:
        least = [c.at_least for c in concepts]
        most = [c.at_most for c in concepts]
        if stance is Stance.NOT:
            for concept in concepts:
                self._number(concept, stance, words)
            return
        low = min((n for n in least if n is not None), default=None) if None not in least else None
        high = max((n for n in most if n is not None), default=None) if None not in most else None
        if low is None and high is None:
            low, high = (
                max((n for n in least if n is not None), default=None),
                min((n for n in most if n is not None), default=None),
            )
        self.wishes.append(Constraint("year", at_least=low, at_most=high, words=words))

    def _fact(self, concept: Concept, stance: Stance, words: str) -> None:
        """Genres, languages, countries and people."""
        target = _TARGETS[concept.kind]
        if concept.foreign and stance is Stance.LIKE:  # to like what is foreign is no liking for the language it stands against
            stance = Stance.WANT
        if stance is Stance.LIKE or (stance is Stance.ANCHOR and concept.kind == "person"):
            weight = 0.8 if stance is Stance.LIKE else 0.6
            tastes = self.tastes if stance is Stance.LIKE else self.moods
            tastes.extend(
                Preference(target, v, weight) for v in (concept.values if len(concept.values) <= 3 else concept.values[:1])
            )
            self.extra_search.append(concept.search)
            return
        refused = stance in _REFUSING or stance is Stance.DISLIKE
        if concept.both and refused:
            self._refuse_together(concept, stance, words)
            return
        wanted = refused if concept.foreign else not refused
        if concept.both and wanted:
            self.wishes.extend(Constraint(concept.kind, any_of=(v,), words=words) for v in concept.values)
            return
        if concept.kind == "country" and concept.name in REGIONS and words.lower() in COUNTRY_NAMES:
            words = f"not from {words}" if refused else f"from {words}"
        said = words if not refused else words if words.lower().startswith(("no ", "not ", "non")) else f"no {words}"
        constraint = Constraint(
            concept.kind,
            any_of=concept.values if wanted else (),
            none_of=() if wanted else concept.values,
            role=concept.role if wanted else "",
            words=said,
        )
        if stance is Stance.DISLIKE and not concept.foreign:
            self.aversions += [
                (Preference(target, v, -1.0), constraint if n == 0 else None) for n, v in enumerate(concept.values[:3])
            ]
        else:
            self.wishes.append(constraint)
            if concept.kind == "country" and wanted and concept.search.islower():
                self.extra_search.append(concept.search)
            if (
                wanted
                and concept.kind == "genre"
                and "family" in concept.search
                and ("kid" in words.lower() or "child" in words.lower())
            ):
                self.wishes.append(Constraint("audience", at_most=8, words=words))

    def _refuse_together(self, concept: Concept, stance: Stance, words: str) -> None:
        """No romantic comedies: what is both is barred, not every romance and every comedy."""
        both = set(concept.values)
        self.barred.extend(item.id for item in self.items if both <= set(item.genres))
        told = Preference("topic", concept.name.lower(), -1.0)
        constraint = Constraint("topic", none_of=(words.lower(), concept.search), words=f"no {words}")
        if stance is Stance.DISLIKE:
            self.aversions.append((told, constraint))
        else:
            self.wishes.append(constraint)

    def _topic(self, concept: Concept, stance: Stance, words: str) -> None:
        if stance is Stance.DISLIKE:
            constraint = Constraint("topic", none_of=concept.values, words=f"no {words}")
            self.aversions.append((Preference("topic", concept.name, -1.0), constraint))
        elif stance in _REFUSING:
            self.wishes.append(Constraint("topic", none_of=concept.values, words=f"no {words}"))
        elif stance is Stance.LIKE:
            self.tastes.append(Preference("topic", concept.name, 0.7))
        elif concept.kind == "form":
            self.wishes.append(Constraint("topic", any_of=concept.values, words=words))
        else:
            self.moods.append(Preference("topic", concept.name, 0.6))

    def _mood(self, concept: Concept, stance: Stance, words: str) -> None:
        if stance not in _REFUSING and stance is not Stance.DISLIKE:
            (self.tastes if stance is Stance.LIKE else self.moods).append(Preference("mood", concept.name, 0.6))
            if stance is not Stance.LIKE:
                self.themes.append((concept.name, words.lower()))
                comedy = self.lexicon.genre(("Comedy",))
                if "comedy" in words.lower() and comedy:
                    self.wishes.append(Constraint("genre", any_of=(comedy,), words=words))
            return
        said = f"no {words}" if concept.bare else f"nothing {words}"
        if stance is not Stance.DISLIKE:
            self.moods.append(Preference("mood", concept.name, -0.6))
        if concept.content:
            limit = 0.0 if concept.bare and stance is Stance.NOT and not self._softened(words) else 1.0
            constraints = [Constraint(f"content.{concept.content}", at_most=limit, words=said)]
        else:
            constraints = [Constraint("topic", none_of=tuple(dict.fromkeys((*concept.values, words.lower()))), words=said)]
        genre = _GENRES_OF_MOOD.get(concept.name)
        if genre and concept.name != "scary" and (spelling := self.lexicon.genre((genre,))):
            constraints.append(Constraint("genre", none_of=(spelling,), words=said))
        if stance is Stance.DISLIKE:
            self.aversions.append((Preference("mood", concept.name, -0.8), constraints[0]))
        else:
            self.wishes.extend(constraints)

    def _softened(self, words: str) -> bool:
        place = self.parsed.folded.find(words.lower())
        before = self.parsed.folded[max(0, place - 16) : place]
        return any(
            soft in before
            for soft in ("too much ", "much ", "a lot of ", "excessive ", "too many ", "lots of ", "extreme ", "the ")
        )

    def _refine(self, concept: Concept, words: str) -> None:
        self.relative = self.relative or bool(self.picks) or concept.name in ("more", "less")
        if concept.name == "more":
            for name in concept.values:
                self.moods.append(Preference("mood", name, 0.7))
                self.extra_search.append(mood(name).search)
            return
        if concept.name == "less":
            said = f"nothing {words}" if words.lower().startswith("too ") else words
            for name in concept.values:
                self._add(less(name, said, self.picks))
                self.moods.append(Preference("mood", name, -0.6))
            return
        self._add(refine(concept.name, words, self._compared(), self.lexicon.oldest_year, self.lexicon.newest_year))

    def _compared(self) -> Sequence[Item]:
        """What "older" or "shorter" is measured against: the message's own items ("like Heat but older"), else the list."""
        named = {
            v for _, c, s in self.parsed.concepts() if c.kind == "item" and s in (Stance.ANCHOR, Stance.PLAIN) for v in c.values
        }
        own = [item for item in self.items if item.id in named]
        return own or self.picks

    def _add(self, refined: Refined) -> None:
        self.wishes.extend(refined.constraints)
        if refined.search:
            self.extra_search.append(refined.search)

    def _free(self, noun: str) -> Constraint:
        place = self.parsed.folded.find(noun)
        said = self.parsed.text[place : place + len(noun)] if place >= 0 else noun
        if " " in noun and all(word[:1].isupper() for word in said.split()):
            return Constraint("person", none_of=(said,), words=f"no {said}")
        single = noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
        return Constraint("topic", none_of=tuple(dict.fromkeys((noun, single))), words=f"no {tidy(said)}")


def understand(
    parsed: Parsed, lexicon: Lexicon, items: Sequence[Item], picks: Sequence[Item], others: Sequence[Hearsay] = ()
) -> Meaning:
    """What a parsed message comes to; `picks` are the items of the last list, which "shorter" and "newer" refer to.

    `others` says where it tells what somebody else thought of an item.
    """
    return _Collector(parsed, lexicon, items, picks, others).collect()
