"""An item and the person's conditions -> what a reason could end with: a quotation, who made it, how it keeps a condition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chatrec.engines.builtin.offers import Offer, Offering
from chatrec.engines.builtin.taste import Wish
from chatrec.engines.builtin.themes import genre_noun, is_tone, thing
from chatrec.evidence.traits import held, supported_by
from chatrec.evidence.vocabulary import Match, Term
from chatrec.evidence.wordforms import CONTENT_FORMS
from chatrec.records import Constraint

_MILD = {
    "violence": ("there is no violence in it", "there is only mild violence"),
    "fear": ("it is not scary", "it is hardly scary"),
    "sex": ("there is no sex in it", "there is little sex in it"),
    "language": ("there is no swearing in it", "there is little swearing in it"),
    "drugs": ("there is no drug use in it", "there is little drug use in it"),
}
_LEVELS = ("none", "mild")


@dataclass(frozen=True, slots=True)
class Hooks:
    """Finds second sentences for one item, given what the first has said already."""

    offering: Offering

    def after(self, used: frozenset[str], lead_text: str) -> Iterator[Offer]:
        """Every hook that does not repeat the keywords or names of the first sentence."""
        yield from self._quotes()
        yield from self._people(lead_text)
        yield from self._traits(used)
        yield from self._plain(lead_text)
        for constraint in self.offering.constraints:
            yield from self._kept(constraint, lead_text)
        yield from self._caveats(used)

    def _quotes(self) -> Iterator[Offer]:
        pieces = self.offering.pieces
        asked = [w for w in self.offering.taste.wishes if w.asked and w.kind in ("theme", "tone")]
        passage = pieces.passage([v for w in asked for v in (w.words, *w.values)])
        opening, feel = pieces.opening(), pieces.feel()
        if feel:
            yield Offer("feel", "item", 1.5, {"quote": feel})
        if opening:
            yield Offer("opening", "item", 1.35, {"quote": opening})
        if passage and passage not in (opening, feel):
            yield Offer("passage", "item", 1.3, {"quote": passage})

    def _people(self, lead: str) -> Iterator[Offer]:
        pieces, item = self.offering.pieces, self.offering.item
        role = pieces.maker_role()
        fresh = bool(role) and not any(name in lead for name in item.named(role))
        cast = "" if any(name in lead for name in item.named("cast")) else pieces.cast()
        seen = {"camera": pieces.camera(), "see": "see" if pieces.camera() else "hear"}
        if fresh and role == "director":
            slots = {"maker": pieces.maker(), "maker_own": pieces.maker_own(), "cast": cast, **seen}
            yield Offer("maker", "item", 1.0, slots, "people")
        elif fresh:
            yield Offer("author", "item", 0.9, {"author": pieces.maker()}, "people")
        elif cast:
            yield Offer("cast", "item", 0.8, {"cast": cast, **seen}, "people")

    def _traits(self, used: frozenset[str]) -> Iterator[Offer]:
        pieces = self.offering.pieces
        tones = pieces.tones(used)
        if tones:
            yield Offer("tones", "item", 0.55, {"tones": pieces.predicate(tones)}, used=frozenset(tones))
        themes = pieces.things(used)
        if themes:
            yield Offer("themes", "item", 0.5, {"themes": themes})
        subjects = pieces.subjects(used)
        if subjects:
            yield Offer("about", "item", 0.8, {"subjects": subjects})
        made = pieces.made()
        if made:
            yield Offer("made", "item", 0.7, {"made": made})
        setting = pieces.setting()
        if setting:
            yield Offer("setting", "item", 0.7, {"setting": setting})

    def _plain(self, lead: str) -> Iterator[Offer]:
        pieces, item = self.offering.pieces, self.offering.item
        if item.year and str(item.year) not in lead:
            slots = {"year": pieces.year(), "country": pieces.country(), "origin": pieces.origin()}
            yield Offer("origin", "item", 0.45, slots)
        if item.runtime:
            yield Offer("length", "item", 0.4, {"duration": pieces.duration()})
        if pieces.standing() and "admired" not in lead:
            yield Offer("admired", "item", 0.5, {"admired": pieces.standing(), "noun": pieces.noun})
        if item.popularity is not None and item.popularity <= 50:
            fact = ("item.popularity", f"{item.popularity:g} of 100")
            yield Offer("unknown", "item", 0.6, {"unknown": pieces.cited.mark("little known", fact)})

    # ------------------------------------------------------------------ conditions

    def _kept(self, constraint: Constraint, lead: str) -> Iterator[Offer]:
        pieces, item, name = self.offering.pieces, self.offering.item, constraint.field
        if name == "runtime" and item.runtime and "minute" not in lead and "hour" not in lead:
            yield Offer("fit length", "wish", 0.95, {"duration": pieces.duration()}, "runtime")
        elif name == "year" and item.year and str(item.year) not in lead:
            yield Offer("fit years", "wish", 0.4, {"year": pieces.year()}, "year")
        elif name == "country" and item.countries and item.countries[0] in constraint.any_of:
            slots = {"country": pieces.country(), "origin": pieces.origin()}
            yield Offer("fit origin", "wish", 0.4, slots, "country")
        elif name == "audience" and constraint.at_most is not None:
            yield Offer("fit age", "wish", 1.2, {"for_age": pieces.for_age(int(constraint.at_most))}, "audience")
        elif name.startswith("content."):
            kind = name.partition(".")[2]
            level = item.content.get(kind)
            if kind in _MILD and level is not None and level <= 1:
                fact = (f"item.content.{kind}", f"{level} of 3 ({_LEVELS[level]})")
                yield Offer("fit content", "wish", 1.2, {"mild": pieces.cited.mark(_MILD[kind][level], fact)}, name)

    # ------------------------------------------------------------------ honesty

    def _caveats(self, used: frozenset[str]) -> Iterator[Offer]:
        pieces, item = self.offering.pieces, self.offering.item
        for wish in self.offering.taste.unwanted:
            term = Term("genre" if wish.kind == "genre" else "keyword", wish.values[0])
            fact = held(term, item)
            if fact and fact[0] in ("item.keywords", "item.genres") and fact[1].casefold() == wish.values[0].casefold():
                warning = self._warning(wish)
                if warning:
                    marked = pieces.cited.mark(warning, fact)
                    yield Offer("caveat", "person", 2.6, {"warning": marked}, wish.words)
        missing = self._missing()
        if missing:
            yield Offer("short of the wish", "person", 0.9, {"missing": missing}, "missing")

    def _warning(self, wish: Wish) -> str:
        if wish.kind == "genre":
            return f"it is also a(n) {genre_noun(wish.values[0], self.offering.pieces.noun)}"
        if is_tone(wish.values[0]):
            return f"it is {wish.values[0]}"
        return f"it has {thing(wish.values[0])}" if thing(wish.values[0]) else ""

    def _missing(self) -> str:
        """A tone asked for that the item's keywords do not have, in no form, where they have none of those asked for."""
        item = self.offering.item
        tones = [w for w in self.offering.taste.wishes if w.kind == "tone" and w.asked]
        if not item.keywords or any(set(w.values) & set(item.keywords) for w in tones):
            return ""
        for wish in tones:
            if not is_tone(wish.words):
                continue
            terms = tuple(Term("keyword", value) for value in wish.values)
            noted = any(item.content.get(kind, 0) > 1 for kind, forms in CONTENT_FORMS.items() if wish.words in forms)
            if not noted and supported_by(Match(0, 0, 0, 0, terms), wish.words, item) is None:
                fact = ("item.keywords", ", ".join(item.keywords))
                return self.offering.pieces.cited.mark(f"not {wish.words}", fact)
        return ""
