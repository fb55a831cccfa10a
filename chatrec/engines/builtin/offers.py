"""An item, the person's taste and their conditions -> what a reason could begin with, each with a strength and its pieces."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.cited import Fact
from chatrec.engines.builtin.english import in_words, listed, several
from chatrec.engines.builtin.slots import Pieces
from chatrec.engines.builtin.taste import Liked, Taste, Wish
from chatrec.engines.builtin.themes import (
    genre_noun,
    genre_pair,
    implied,
    is_tone,
    known_genre,
    made,
    place,
    shared_tag,
    subject,
    tag,
    thing,
)
from chatrec.evidence.traits import held
from chatrec.evidence.vocabulary import Term
from chatrec.evidence.wordforms import GENRE_FORMS
from chatrec.records import Constraint, Item

_LATER = {"aside": "a step to the side", "wider": "to widen the list", "also": "you could also go for"}
_GOOD = 0.9
"""A link of at least this strength makes the plain introduction needless."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing a reason could say: the shapes of `kind`, filled with `slots`.

    `family` is what it appeals to (liked, wish, person, item), `about` the liked item's id or the wish, so that a list
    does not lean on the same one each time; `used` are the keywords it speaks of.
    """

    kind: str
    family: str
    strength: float
    slots: Mapping[str, str]
    about: str = ""
    used: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Offering:
    """Finds the offers for one item."""

    pieces: Pieces
    taste: Taste
    catalog: Catalog
    constraints: tuple[Constraint, ...]
    first: bool = False

    @property
    def item(self) -> Item:
        """The item the reason is for."""
        return self.pieces.item

    def leads(self) -> Iterator[Offer]:
        """Every link to the person, and the plain introductions, which are for items without a good link."""
        links = [offer for liked in self.taste.liked if liked.item.id != self.item.id for offer in self._liked(liked)]
        links += [offer for wish in self.taste.wishes for offer in self._wish(wish)]
        yield from links
        yield from self._conditions()
        linked = any(offer.strength > _GOOD for offer in links)
        asked = [w for w in self.taste.wishes if w.asked and w.kind in ("tone", "theme")]
        unmet = not any(set(w.values) & set(self.item.keywords) for w in asked) and bool(asked or self.taste.liked)
        plain = "starter"
        if self.taste.wishes or self.taste.liked or self.constraints:
            plain = "aside" if unmet and not links and not self.first else "plain"
        later = {} if self.first else _LATER
        yield Offer(plain, "item", -5.0 if linked else 0.45, {**self._common(frozenset()), **later})
        yield Offer("bare", "item", -9.0, {"title": self.item.title, "noun": self.pieces.noun})

    # ------------------------------------------------------------------ links to a liked item

    def _liked(self, liked: Liked) -> Iterator[Offer]:
        other = liked.item
        common = [k for k in self.item.keywords if k in other.keywords]
        base = {
            "liked": self._title(other, liked.fact),
            "you_said": self._you_said(liked),
            "liked_which": f"{self._title(other, liked.fact)}, which {self._verb(liked)}",
        }
        yield from self._shared_people(liked, base)
        plain = {tone for genre in self.item.genres for tone in implied(genre)}
        tones = [k for k in common if is_tone(k) and k not in plain][:2]
        telling = [k for k in common if k not in self.pieces.everyday]
        things = sorted((k for k in telling if thing(k)), key=self._rarity, reverse=True)[:2]
        if tones:
            both = {"shared": self._shared(tones, other), "shared_attr": self._shared(tones, other, attribute=True)}
            slots = {**self._common(frozenset(tones)), **base, **both}
            strength = 0.2 + 0.9 * self._weight(tones)
            yield Offer("tone", "liked", strength, slots, other.id, frozenset(tones))
            if things:
                extra = {"shared_things": self._shared(things, other)}
                strength = min(2.8, 0.2 + 0.9 * self._weight((*tones, *things)))
                used = frozenset((*tones, *things))
                slots = {**self._common(used), **base, **both, **extra}
                yield Offer("tone and theme", "liked", strength, slots, other.id, used)
        if things:
            slots = {**self._common(frozenset(things)), **base, "shared": self._shared(things, other)}
            strength = min(2.4, 1.1 * self._weight(things) - 0.2)
            yield Offer("theme", "liked", strength, slots, other.id, frozenset(things))
        subjects = [k for k in telling if subject(k)][:2]
        if subjects:
            slots = {**self._common(frozenset(subjects)), **base, "shared": self._shared(subjects, other)}
            strength = min(2.6, 0.4 + 1.1 * self._weight(subjects))
            yield Offer("about", "liked", strength, slots, other.id, frozenset(subjects))
        yield from self._shared_rest(liked, base, telling)

    def _shared_people(self, liked: Liked, base: Mapping[str, str]) -> Iterator[Offer]:
        other, cited = liked.item, self.pieces.cited
        role = self.pieces.maker_role()
        makers = [n for n in self.item.named(role) if n in other.named(role)] if role else []
        if makers:
            facts = ((f"item.{role}", makers[0]), (f"item.{role}@{other.id}", makers[0]))
            slots = {**self._common(frozenset()), **base, "person": cited.mark(makers[0], *facts), "gap": self._gap(other)}
            yield Offer("maker", "liked", 3.0, slots, other.id)
        actors = [n for n in self.item.named("cast") if n in other.named("cast")]
        if actors:
            facts = (("item.cast", actors[0]), (f"item.cast@{other.id}", actors[0]))
            slots = {**self._common(frozenset()), **base, "actor": cited.mark(actors[0], *facts)}
            yield Offer("actor", "liked", 1.5, slots, other.id)

    def _shared_rest(self, liked: Liked, base: Mapping[str, str], common: Sequence[str]) -> Iterator[Offer]:
        other = liked.item
        places = [k for k in common if place(k)][:1]
        if places:
            slots = {**self._common(frozenset(places)), **base, "shared": self._both(places[0], place(places[0]), other)}
            yield Offer("place", "liked", 1.1 + 0.2 * self._rarity(places[0]), slots, other.id, frozenset(places))
        rest = [k for k in common if shared_tag(k) and not thing(k) and not place(k)][:3]
        if rest:
            shared = listed([self._both(k, tag(k), other) for k in rest])
            slots = {**self._common(frozenset(rest)), **base, "shared": shared}
            strength = min(0.8, 0.2 + 0.5 * self._weight(rest))
            yield Offer("tags", "liked", strength, slots, other.id, frozenset(rest))
        genres = [g for g in self.item.genres if g in other.genres][:2]
        if genres and (len(genres) > 1 or genres[0] != "Drama"):
            facts = tuple(f for g in genres for f in (("item.genres", g), (f"item.genres@{other.id}", g)))
            noun = genre_pair(genres[0], genres[-1], self.pieces.noun)
            shared = f"a(n) {self.pieces.cited.mark(noun, *facts)}"
            slots = {**self._common(frozenset()), **base, "shared": shared}
            yield Offer("kin", "liked", 0.7 + 0.1 * len(genres), slots, other.id)

    def _title(self, other: Item, fact: Fact) -> str:
        return self.pieces.cited.mark(other.title, fact)

    def _you_said(self, liked: Liked) -> str:
        return self.pieces.cited.mark(f"you {liked.verb} {liked.item.title}", liked.fact)

    def _verb(self, liked: Liked) -> str:
        return f"you {liked.verb}"

    def _gap(self, other: Item) -> str:
        if not self.item.year or not other.year:
            return ""
        years = self.item.year - other.year
        if not years:
            return self.pieces.cited.mark("in the same year as", ("item.year", str(self.item.year)))
        text = f"{in_words(abs(years))} year{'s' if abs(years) > 1 else ''} {'after' if years > 0 else 'before'}"
        facts = (("item.year", str(self.item.year)), (f"item.year@{other.id}", str(other.year)))
        return self.pieces.cited.mark(text, *facts)

    def _both(self, keyword: str, text: str, other: Item) -> str:
        return self.pieces.keyword(keyword, text, (f"item.keywords@{other.id}", keyword))

    def _shared(self, keywords: Sequence[str], other: Item, *, attribute: bool = False) -> str:
        marked = [self._both(k, thing(k) or k, other) for k in keywords]
        return ", ".join(marked) if attribute else listed(marked)

    def _weight(self, keywords: Sequence[str]) -> float:
        return sum(map(self._rarity, keywords))

    def _rarity(self, keyword: str) -> float:
        """0 for a keyword of every item, about 1 for one in ten, 2 for one in a hundred."""
        count = self.catalog.vocabulary("keywords").get(keyword, 1)
        return math.log10(max(len(self.catalog), 10) / count)

    # ------------------------------------------------------------------ links to a wish

    def _wish(self, wish: Wish) -> Iterator[Offer]:
        if wish.kind in ("person", "country", "language"):
            yield from self._wanted_name(wish)
            return
        yield from self._setting_or_make(wish)
        backing = self._backing(wish)
        if not backing:
            return
        texts, facts = zip(*backing, strict=True)
        used = frozenset(texts)
        common = self._common(used)
        marked = [self.pieces.cited.mark(t, f) for t, f in zip(texts, facts, strict=True)]
        if not wish.asked:
            yield Offer("taste", "wish", 1.3, {**common, **self._taste_slots(wish)}, wish.words, used)
            return
        slots = {**common, **self._asked_slots(wish)}
        if wish.kind == "genre":
            short = self._with_genre(facts[0][1], used)
            many = self.pieces.cited.mark(several(genre_noun(facts[0][1], self.pieces.noun)), facts[0])
            yield Offer("wish genre", "wish", 1.8, {**slots, "wished_short": short, "wished_many": many}, wish.words, used)
        elif wish.kind == "tone":
            slots |= {"wished": listed(marked), "wished_attr": ", ".join(marked)}
            besides = [self.pieces.keyword(k, k) for k in self.pieces.tones(used, 3 - len(texts))]
            slots["wished_all"] = listed([*marked, *besides]) if besides else ""
            granted = [f"something {t}" for t in texts if t == wish.words][:1]
            for text in granted:
                slots["granted"] = self.pieces.cited.mark(f"{text}, as you asked", facts[0], wish.fact)
            tones = [t for t in texts if t in self.item.keywords][:1]
            if tones:
                slots["wished_short"] = self.pieces.short(used, tones)
            slots["short_wished"] = slots.get("wished_short", "")
            slots["short_plain"] = self.pieces.short(used, ())
            yield Offer("wish tone", "wish", 2.2 + 0.2 * len(texts), slots, wish.words, used)
        else:
            kind = "wish about" if all(subject(t) for t in used_keywords(facts)) else "wish theme"
            yield Offer(kind, "wish", 2.5, {**slots, "wished": listed(marked)}, wish.words, used)

    def _setting_or_make(self, wish: Wish) -> Iterator[Offer]:
        """Where or how it was to be: at Christmas, in black and white, after a true story."""
        for value in wish.values if wish.kind == "theme" and wish.asked else ():
            text = place(value) or made(value)
            if text and value in self.item.keywords:
                common = self._common(frozenset((value,)))
                slots = {**common, **self._asked_slots(wish), "wished": self.pieces.keyword(value, text)}
                kind = "wish place" if place(value) else "wish made"
                yield Offer(kind, "wish", 2.3, slots, wish.words, frozenset((value,)))
                return

    def _backing(self, wish: Wish) -> list[tuple[str, Fact]]:
        """(wording, fact) for what of a wish the item's facts hold; the wish's own word first."""
        found: dict[str, Fact] = {}
        for value in wish.values:
            term = Term("genre" if wish.kind == "genre" else "keyword", value)
            fact = held(term, self.item)
            if fact is None or not fact[0].startswith(("item.keywords", "item.genres")):
                continue
            exact = fact[1].casefold() == value.casefold()
            text = value if wish.kind == "genre" else _wording(value, wish.kind)
            if text and exact:
                found.setdefault(text, fact)
        if not found and wish.kind == "tone":
            genres = [g for g in self.item.genres if wish.words in GENRE_FORMS.get(g.lower(), ())]
            found.update((wish.words, ("item.genres", g)) for g in genres[:1])
        return list(found.items())[:2]

    def _asked_slots(self, wish: Wish) -> dict[str, str]:
        phrase = _wish_phrase(wish, self.pieces.noun)
        if not phrase:
            return {}
        cited = self.pieces.cited
        return {
            "you_asked": cited.mark(f"you asked for {phrase}", wish.fact),
            "your_wish": cited.mark(f"your wish for {phrase}", wish.fact),
        }

    def _taste_slots(self, wish: Wish) -> dict[str, str]:
        if wish.kind == "genre" and known_genre(wish.words):
            named = several(genre_noun(wish.words, self.pieces.noun))
        elif wish.kind == "theme" and thing(wish.words):
            named = thing(wish.words)
        else:
            return {}
        cited = self.pieces.cited
        slots = {"you_like": cited.mark(f"you like {named}", wish.fact), "taste": cited.mark(named, wish.fact)}
        slots["short_taste"] = self._with_genre(wish.values[0], frozenset()) if wish.kind == "genre" else ""
        return slots

    def _with_genre(self, genre: str, used: frozenset[str]) -> str:
        """`a(n) witty Korean comedy`, with this genre as its noun."""
        words = [self.pieces.attribute(self.pieces.tones(used, 1)), self.pieces.origin()]
        if words[1] and "American" in words[1]:
            words[1] = ""
        fact = held(Term("genre", genre), self.item) or ("item.genres", genre)
        noun = self.pieces.cited.mark(genre_noun(genre, self.pieces.noun), fact)
        return f"a(n) {' '.join(w for w in (*words, noun) if w)}"

    def _wanted_name(self, wish: Wish) -> Iterator[Offer]:
        common = self._common(frozenset())
        if wish.kind == "person":
            for role, names in self.item.people.items():
                name = next((n for n in names if n in wish.values), None)
                if name:
                    plays = {"director": "directed", "cast": "is in", "author": "wrote"}.get(role, "worked on")
                    person = self.pieces.cited.mark(name, (f"item.{role}", name), wish.fact)
                    kind = "wanted person" if wish.asked else "liked person"
                    slots = {"person": person, "plays": plays, "with_person": f"{'with' if role == 'cast' else 'by'} {person}"}
                    yield Offer(kind, "wish", 2.8, {**common, **slots}, wish.words)
                    return
        elif wish.kind == "country" and self.item.countries and self.item.countries[0] in wish.values:
            slots = {**common, "country": self.pieces.country()}
            yield Offer("wanted place", "wish", 0.4, slots, wish.words)

    def _conditions(self) -> Iterator[Offer]:
        fields = {c.field for c in self.constraints}
        common = self._common(frozenset())
        if "year" in fields and self.item.year:
            yield Offer("wanted time", "wish", 0.2, common, "year")
        if "runtime" in fields and self.item.runtime:
            yield Offer("wanted length", "wish", 0.2, common, "runtime")

    # ------------------------------------------------------------------ pieces every shape may use

    def _common(self, used: frozenset[str]) -> dict[str, str]:
        pieces = self.pieces
        tones = pieces.tones(used)
        further = pieces.tones({*used, *tones[:1]})
        return {
            "title": self.item.title,
            "noun": pieces.noun,
            "kind": pieces.kind(),
            "short": pieces.short(used),
            "tones": pieces.predicate(tones),
            "tones_attr": pieces.attribute(tones),
            "tones_one": f"a(n) {pieces.attribute(tones)} one" if tones else "",
            "tones_also": f"which is {pieces.predicate(further)}" if further else "",
            "themes": pieces.things(used),
            "maker": pieces.maker(),
            "maker_own": pieces.maker_own(),
            "place": pieces.setting(used),
            "cast": pieces.cast(),
            "year": pieces.year(),
            "duration": pieces.duration(),
            "standing": pieces.standing(),
        }


def used_keywords(facts: Sequence[Fact]) -> list[str]:
    """The keywords among facts."""
    return [fact for source, fact in facts if source.startswith("item.keywords")]


def _wording(value: str, kind: str) -> str:
    if kind == "tone":
        return value if is_tone(value) else ""
    return thing(value) or (value if is_tone(value) else "")


def _wish_phrase(wish: Wish, noun: str) -> str:
    """What follows `you asked for`: `something magical`, `a comedy`, `grief`."""
    if wish.kind == "tone":
        return f"something {wish.words}"
    if wish.kind == "genre":
        return f"a(n) {genre_noun(wish.words, noun)}" if known_genre(wish.words) else ""
    if subject(wish.words):
        return f"something about {thing(wish.words)}"
    return thing(wish.words)
