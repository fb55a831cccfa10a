"""An item's facts -> marked pieces of sentence (`a dark Korean thriller`, `Tilda Swinton and John Hurt`, `98 minutes`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chatrec.engines.builtin.cited import Cited, Fact, bare, plain
from chatrec.engines.builtin.english import duration, in_words, listed, possessive, the_country
from chatrec.engines.builtin.themes import genre_noun, genre_pair, implied, is_tone, made, origin, place, subject, tag, thing
from chatrec.evidence.praise import youngest
from chatrec.evidence.tokens import keys_of
from chatrec.records import Item

MAKERS = ("director", "author", "creator", "writer", "artist", "developer", "designer", "composer")
_AWKWARD_TONES = frozenset(("feel-good", "slow-burn"))
_UNSAFE = re.compile(r"[<>{}\[\]*_`#|\\~^]|https?:|www\.|\n")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'])")
_DANGLING = re.compile(r"(?:He|She|They|His|Her|Their|Then|But|And|So|Nor|Or|Below|Meanwhile|Instead)\b")
_BREAK = re.compile(r"[;:—–]\s|,\s(?=(?:and|but|so|while|until|which)\s)")
LONGEST_QUOTE = 150
"""Characters of a description that a reason may quote."""
SHORTEST_OPENING, SHORTEST_FEEL = 40, 28
"""Below these a sentence says too little on its own: `County Durham, 1984.`"""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Makes marked pieces about one item; `noun` is what the catalog calls an item.

    `everyday` are keywords that so many items have that they tell nothing; no theme is made of them.
    """

    item: Item
    noun: str
    cited: Cited
    everyday: frozenset[str] = frozenset()

    # ------------------------------------------------------------------ lists of keywords

    def keyword(self, keyword: str, text: str, *more: Fact) -> str:
        """One keyword in the wording given, backed by the item's keywords (and by `more`)."""
        return self.cited.mark(text, ("item.keywords", keyword), *more)

    def tones(self, without: Iterable[str], most: int = 2) -> tuple[str, ...]:
        """The item's tone words, the ones already said left out."""
        said = {*without, *(tone for genre in self.item.genres for tone in implied(genre))}
        return tuple(k for k in self.item.keywords if is_tone(k) and k not in said)[:most]

    def predicate(self, tones: Sequence[str]) -> str:
        """`eerie and tense`."""
        return listed([self.keyword(k, k) for k in tones])

    def attribute(self, tones: Sequence[str]) -> str:
        """`eerie, tense`."""
        return ", ".join(self.keyword(k, k) for k in tones)

    def things(self, without: Iterable[str], most: int = 2) -> str:
        """Themes as noun phrases for `with ...`: `a heist and family bonds`."""
        said = {*without, *self.everyday}
        found = [(k, thing(k)) for k in self.item.keywords if k not in said and thing(k)]
        return listed([self.keyword(k, text) for k, text in found[:most]])

    def subjects(self, without: Iterable[str], most: int = 2) -> str:
        """Themes for `about ...`: `grief and old age`."""
        said = {*without, *self.everyday}
        found = [(k, subject(k)) for k in self.item.keywords if k not in said and subject(k)]
        return listed([self.keyword(k, text) for k, text in found[:most]])

    def tags(self, keywords: Sequence[str]) -> str:
        """Keywords for a bare list after a colon."""
        return listed([self.keyword(k, tag(k)) for k in keywords])

    def setting(self, without: Iterable[str] = ()) -> str:
        """`on an island`, or empty."""
        said = set(without)
        return next((self.keyword(k, place(k)) for k in self.item.keywords if place(k) and k not in said), "")

    def made(self) -> str:
        """`hand-drawn`, or empty."""
        return next((self.keyword(k, made(k)) for k in self.item.keywords if made(k)), "")

    # ------------------------------------------------------------------ noun phrases

    def kind(self) -> str:
        """The item's genre as a noun without article (`animated film`), or the catalog's noun."""
        if not self.item.genres:
            return self.noun
        genre = self.item.genres[0]
        return self.cited.mark(genre_noun(genre, self.noun), ("item.genres", genre))

    def short(self, without: Iterable[str] = (), tones: Sequence[str] | None = None) -> str:
        """`a(n) dark Korean thriller`: one tone, the origin, up to two genres; empty when nothing of it is known."""
        noun = self._genres()
        if tones is None:
            tones = [t for t in self.tones(without, 4) if t not in _AWKWARD_TONES]
        tones = [t for t in tones if t not in bare(noun)][:1]
        adjectives = [self.attribute(tones)] if tones else []
        where = origin(self.item)
        if where and where != "American":
            adjectives.append(self.cited.mark(where, ("item.countries", self.item.countries[0])))
        if not adjectives and not self.item.genres:
            return ""
        return f"a(n) {' '.join((*adjectives, noun))}"

    def _genres(self) -> str:
        genres = self.item.genres
        if not genres:
            return self.noun
        text = genre_pair(genres[0], genres[1], self.noun) if len(genres) > 1 else genre_noun(genres[0], self.noun)
        used = [g for g in genres[:2] if text != genre_noun(genres[0], self.noun) or g == genres[0]]
        return self.cited.mark(text, *(("item.genres", g) for g in used))

    # ------------------------------------------------------------------ people, place, time

    def maker_role(self) -> str:
        """The role of whoever made it: director, author, or another known making role; empty when nobody is."""
        return next((role for role in MAKERS if self.item.named(role)), "")

    def maker(self, most: int = 2) -> str:
        """Who made it, up to two names."""
        role = self.maker_role()
        return self.names(role, self.item.named(role)[:most]) if role else ""

    def maker_own(self) -> str:
        """`Bong Joon-ho's`; empty when nobody or several made it."""
        names = self.item.named(self.maker_role()) if self.maker_role() else ()
        return self.cited.mark(possessive(names[0]), (f"item.{self.maker_role()}", names[0])) if len(names) == 1 else ""

    def cast(self, most: int = 2, without: Iterable[str] = ()) -> str:
        """The leading players: `Tilda Swinton and John Hurt`; empty for fewer than two and for voices of a foreign original."""
        if not self.camera() and self.item.languages[:1] != ("English",):
            return ""
        said = {*without, *self.item.named(self.maker_role() or "director")}
        names = [n for n in self.item.named("cast") if n not in said][:most]
        return self.names("cast", names) if len(names) > 1 else ""

    def names(self, role: str, names: Sequence[str]) -> str:
        """Names of one role as a list."""
        return listed([self.cited.mark(plain(name), (f"item.{role}", name)) for name in names])

    def camera(self) -> str:
        """`camera`, for items that need one: not for animation."""
        return "" if any(g.lower() == "animation" for g in self.item.genres) else "camera"

    def year(self) -> str:
        """`1997`."""
        return self.cited.mark(str(self.item.year), ("item.year", str(self.item.year))) if self.item.year else ""

    def country(self) -> str:
        """The leading country: `South Korea`, `the United States`."""
        if not self.item.countries:
            return ""
        name = self.item.countries[0]
        the = the_country(name).removesuffix(name)
        return the + self.cited.mark(name, ("item.countries", name))

    def origin(self) -> str:
        """`Korean`."""
        where = origin(self.item)
        return self.cited.mark(where, ("item.countries", self.item.countries[0])) if where else ""

    def duration(self) -> str:
        """`98 minutes`, `just over two hours`."""
        minutes = self.item.runtime
        return self.cited.mark(duration(minutes), ("item.runtime", f"{minutes} minutes")) if minutes else ""

    def standing(self) -> str:
        """`widely admired`, where the catalog says so."""
        acclaim = self.item.acclaim
        if acclaim is None or acclaim < 82:
            return ""
        return self.cited.mark("widely admired", ("item.acclaim", f"{acclaim:g} of 100"))

    def for_age(self, age: int) -> str:
        """`suitable for a nine-year-old`, where the certificate allows it."""
        allowed = youngest(self.item)
        if allowed is None or allowed > age or age < 3:
            return ""
        text = f"suitable for a(n) {in_words(age)}-year-old"
        return self.cited.mark(text, ("item.certificate", self.item.certificate))

    # ------------------------------------------------------------------ the item's own words

    def opening(self) -> str:
        """The first sentence of the description in quotation marks, if it says enough and fits."""
        sentences = self._sentences()
        return self._quoted(sentences[0]) if sentences and len(sentences[0]) >= SHORTEST_OPENING else ""

    def feel(self) -> str:
        """Its last sentence, which by the catalog's style says how it feels; empty when it leans on the one before."""
        sentences = self._sentences()
        if len(sentences) < 3 or _DANGLING.match(sentences[-1]) or len(sentences[-1]) < SHORTEST_FEEL:
            return ""
        return self._quoted(sentences[-1])

    def passage(self, wanted: Iterable[str]) -> str:
        """The sentence of the description that has most of the wanted words; empty when none has any."""
        keys = {k for words in wanted for k in keys_of(words)}
        known = [(len(keys & set(keys_of(s))), s) for s in self._sentences() if not _DANGLING.match(s)]
        best = max(known, key=lambda pair: pair[0], default=(0, ""))
        return self._quoted(best[1]) if best[0] else ""

    def _sentences(self) -> list[str]:
        return [s.strip() for s in _SENTENCES.split(plain(self.item.description)) if s.strip()]

    def _quoted(self, sentence: str) -> str:
        fitted = _fitted(sentence)
        return "" if not fitted or _UNSAFE.search(fitted) else self.cited.mark(f"“{fitted}”", ("item.description", fitted))


def _fitted(sentence: str) -> str:
    """The sentence if short enough, else its beginning up to a comma or colon; empty when that is no usable piece."""
    sentence = sentence.strip()
    if sentence.count("“") != sentence.count("”") or sentence.count("(") != sentence.count(")") or '"' in sentence:
        return ""
    if 20 <= len(sentence) <= LONGEST_QUOTE:
        return sentence.replace("“", "‘").replace("”", "’") if "“" in sentence else sentence
    breaks = [m.start() for m in _BREAK.finditer(sentence) if 35 <= m.start() <= LONGEST_QUOTE]
    return f"{sentence[: breaks[-1]]} …" if breaks and "“" not in sentence else ""
