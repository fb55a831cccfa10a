"""A clean message and the items it names -> its parts in order, each concept with the person's stance to it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from chatrec.engines.builtin.amounts import Amount, count, durations
from chatrec.engines.builtin.cues import CUES, HARMLESS, LONGEST_CUE, LONGEST_HARMLESS, NO_NOUNS, Cue
from chatrec.engines.builtin.fame import known_already
from chatrec.engines.builtin.hearsay import wondered
from chatrec.engines.builtin.lexicon import Concept, Lexicon
from chatrec.engines.builtin.lifts import allowed, dropped, easings, lifts, provisos
from chatrec.engines.builtin.loose_periods import loose_periods
from chatrec.engines.builtin.mood_words import EMOJI
from chatrec.engines.builtin.negation import PROVISO, Part, Stance, is_liking, stances
from chatrec.engines.builtin.parsed import Named, Parsed, Standing
from chatrec.engines.builtin.people import People
from chatrec.engines.builtin.periods import periods
from chatrec.engines.builtin.refinements import COMPARATIVES, MILDER, refinements
from chatrec.engines.builtin.signs import signs
from chatrec.engines.builtin.viewers import ages, company, states
from chatrec.engines.builtin.wording import Token, fold, spelled, stem, tokens

_AFTER_PLACE = frozenset(
    spelled(
        "war revolution food cuisine culture history restaurant family village girl boy woman man couple soldier "
        "soldiers army politics mafia"
    )
)
_TOPICAL_GENRES = frozenset(
    {
        "war",
        "crime",
        "music",
        "sport",
        "sports",
        "history",
        "family",
        "mystery",
        "western",
        "action",
        "romance",
        "adventure",
        "military",
    }
)


_NOTHING_STANDS = Standing()

_WHO_LOVES = frozenset(
    spelled("i we you they really also always just absolutely generally usually still do who both all kids d'")
)
_WHAT_FOLLOWS = frozenset(spelled("like with that where about in by"))
"""Beside these, "love films" says what somebody does, not what kind they are."""


class Parser:
    """Knows one catalog's lexicon; holds nothing of any message."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._people = People(lexicon)

    def parse(
        self,
        text: str,
        named: Sequence[Named],
        people: Sequence[tuple[int, int, Concept]] = (),
        standing: Standing = _NOTHING_STANDS,
    ) -> Parsed:
        """The parts of a clean text and what was said of each. Linear in the length of the text.

        `people` are places that stand for people without naming them; they cover the titles inside them, and so does what is
        said of the conditions that stand.
        """
        folded = fold(text)
        masked = _masked(folded, ((n.start, n.end) for n in named))
        lifted: list[str] = []
        given_up = list(dropped(folded, standing.wanted))
        let_in = list(allowed(folded, standing.refused))
        taken = [*people, *((start, end, Concept("lift", value)) for start, end, value in (*given_up, *let_in))]
        blocks = [(n.start, n.end, Concept("item", n.surface, n.item_ids)) for n in named]
        blocks = [b for b in blocks if not any(start <= b[0] and b[1] <= end for start, end, _ in taken)]
        blocks += taken
        masked = _masked(masked, ((start, end) for start, end, _ in taken))
        eased = [(start, end, Concept("lift", f"some {kind}", content=kind)) for start, end, kind in easings(masked)]
        blocks += eased
        masked = _masked(masked, ((start, end) for start, end, _ in eased))
        for start, end, field in lifts(masked):
            lifted.append(field)
            blocks.append((start, end, Concept("lift", field)))
        blocks += [(start, end, Concept("lift", "")) for start, end in (*company(masked), *wondered(masked))]
        for start, end, word in states(masked):
            feeling = self._lexicon.theme([word], 0)
            if feeling is not None:
                blocks.append((start, end, replace(feeling[1], search=f"{word} {feeling[1].search}")))
        for start, end, phrase in signs(masked):
            theme = self._lexicon.theme([stem(w) for w in phrase.split()], 0)
            if theme is not None:
                blocks.append((start, end, theme[1]))
        for start, end in provisos(masked):
            blocks.append((start, end, Concept("lift", PROVISO)))
        for amount in self._amounts(masked):
            if all(amount.end <= start or end <= amount.start for start, end, _ in blocks):
                blocks.append((amount.start, amount.end, amount.concept))
        unread = _masked(masked, ((start, end) for start, end, _ in blocks))
        asked = count(unread)
        parts = self._parts(text, tokens(text), sorted(blocks, key=lambda b: b[0]), asked[0] if asked else None)
        stood = stances(parts)
        return Parsed(
            text,
            folded,
            tuple(parts),
            tuple(stood),
            tuple(named),
            asked[1] if asked else 0,
            tuple(dict.fromkeys(lifted)),
            _free_refused(parts, stood),
            tuple(value for _, _, value in given_up),
            tuple(value for _, _, value in let_in),
        )

    def _amounts(self, text: str) -> Iterator[Amount]:
        yield from known_already(text)
        yield from durations(text)
        yield from ages(text)
        yield from periods(text, self._lexicon.newest_year)
        yield from refinements(text)
        yield from loose_periods(text, self._lexicon.newest_year)

    # ----------------------------------------------------------------- words, cues and themes

    def _parts(
        self, text: str, found: Sequence[Token], blocks: Sequence[tuple[int, int, Concept]], counted: tuple[int, int] | None
    ) -> list[Part]:
        norms = [t.norm for t in found]
        stems = [stem(n) for n in norms]
        free = _free(found, blocks)
        parts: list[Part] = []
        waiting = list(blocks)
        place = 0
        while place < len(found):
            token = found[place]
            if waiting and token.end > waiting[0][0]:
                start, end, concept = waiting.pop(0)
                parts.append(Part("…item" if concept.kind == "item" else concept.name or concept.kind, start, end, concept))
                while place < len(found) and found[place].start < end:
                    place += 1
                continue
            limit = free[place]
            if counted and counted[0] <= token.start < counted[1]:
                place += 1
                continue
            step = self._one(text, found, norms, stems, place, limit, parts)
            place += step
        parts += [Part("…item", start, end, concept) for start, end, concept in waiting]
        return parts

    def _one(
        self,
        text: str,
        found: Sequence[Token],
        norms: Sequence[str],
        stems: Sequence[str],
        place: int,
        limit: int,
        parts: list[Part],
    ) -> int:
        """Append the part that begins at a word; how many words it takes."""
        token = found[place]
        if not token.is_word:
            said = EMOJI.get(token.text)
            concept = self._lexicon.theme([stem(w) for w in said.split()], 0) if said else None
            parts.append(Part(token.norm, token.start, token.end, concept[1] if concept else None))
            return 1
        best, meant, cue = self._longest(found, norms, stems, place, limit, parts)
        if best == 0:
            if _phrase_at(norms, place, limit, HARMLESS, LONGEST_HARMLESS):
                best = _phrase_at(norms, place, limit, HARMLESS, LONGEST_HARMLESS)
                parts.append(
                    Part(" ".join(norms[place : place + best]), token.start, found[place + best - 1].end, harmless=True)
                )
                return best
            person = self._people.unknown(text, found, norms, place, limit)
            if person is not None:
                best, meant = person
        if best == 0:
            parts.append(Part(token.norm, token.start, token.end))
            return 1
        end = found[place + best - 1].end
        parts.append(Part(" ".join(norms[place : place + best]), token.start, end, meant, cue))
        return best

    def _longest(
        self, found: Sequence[Token], norms: Sequence[str], stems: Sequence[str], place: int, limit: int, parts: Sequence[Part]
    ) -> tuple[int, Concept | None, Cue | None]:
        harmless = _phrase_at(norms, place, limit, HARMLESS, LONGEST_HARMLESS)
        cue_length = _phrase_at(norms, place, limit, CUES, LONGEST_CUE)
        cue: Cue | None = CUES[tuple(norms[place : place + cue_length])] if cue_length else None
        if norms[place] == "like" and cue_length <= 1:
            cue_length, cue = 1, "like" if is_liking(norms[max(0, place - 2) : place]) else "anchor"
        person = self._lexicon.person(norms[:limit], place)
        if person is not None and person[0] >= max(cue_length, 2):
            return person[0], replace(person[1], role=self._people.role(norms, place, person[1].values)), None
        theme = self._theme(found, norms, stems, place, limit)
        if harmless > max(cue_length, theme[0] if theme else 0):
            return 0, None, None
        if theme is not None and theme[0] >= cue_length:
            return theme[0], theme[1], None
        if cue_length:
            return cue_length, None, cue
        surname = self._people.by_surname(found, norms, place, limit)
        return (surname[0], surname[1], None) if surname else (0, None, None)

    def _theme(
        self, found: Sequence[Token], norms: Sequence[str], stems: Sequence[str], place: int, limit: int
    ) -> tuple[int, Concept] | None:
        word = norms[place]
        if word in COMPARATIVES:
            return 1, Concept("refine", "more", (COMPARATIVES[word],), search=word)
        if word in MILDER:
            return 1, Concept("refine", "less", MILDER[word], search=word)
        if (
            word in ("less", "more", "menos", "moins", "weniger", "meno", "mas", "plus", "mehr", "piu", "mais", "too")
            and place + 1 < limit
        ):
            following = self._lexicon.theme(stems[:limit], place + 1)
            if following is not None and following[1].kind == "mood":
                if word == "too":
                    judged = place == 0 or norms[place - 1] not in _TOO_AFTER
                    return (
                        (following[0] + 1, Concept("refine", "less", (following[1].name,), following[1].search))
                        if judged
                        else None
                    )
                name = "less" if word in _LESS else "more"
                return following[0] + 1, Concept("refine", name, (following[1].name,), following[1].search)
            if (
                following is not None
                and following[1].kind == "genre"
                and word in _MORE
                and norms[place + following[0]] == stems[place + following[0]]
            ):
                if {"not", "no"} & set(norms[:place]):
                    return following[0] + 1, following[1]
                soft = following[1].search
                return following[0] + 1, Concept("topic", soft, (soft,), soft)
        if word in ("not", "isn't") and place + 2 < limit and norms[place + 1] in ("so", "as"):
            following = self._lexicon.theme(stems[:limit], place + 2)
            if following is not None and following[1].kind == "mood":
                return following[0] + 2, Concept("refine", "less", (following[1].name,), following[1].search)
        theme = self._lexicon.theme(stems[:limit], place)
        if theme is None and len(word) > 5 and word.endswith(("en", "er", "es", "em")):  # German endings: lustigen, lustiger
            theme = self._lexicon.theme([word[:-2]], 0)
        if theme is None and word.endswith(("filme", "filmen")):
            theme = self._lexicon.theme([word[: word.rindex("film") + 4]], 0)
        if theme is None:
            return None
        length, concept = theme
        before = norms[place - 1] if place else ""
        earlier = norms[place - 2] if place > 1 else ""
        after = norms[place + length] if place + length < limit else ""
        if word == "us" and length == 1 and found[place].text != "US":
            return None
        if word == "love" and length > 1 and (before in _WHO_LOVES or (not before and after in _WHAT_FOLLOWS)):
            return None
        if concept.kind in ("country", "language") and after in _AFTER_PLACE:
            return length + 1, Concept("topic", f"{word} {after}", (f"{word} {after}",), f"{concept.search} {after}")
        if concept.kind == "country" and _is_setting(before, earlier, concept, stems[place]):
            return length, Concept("topic", concept.name, (concept.name.lower(),), concept.name)
        if concept.kind == "genre" and not concept.both and _about(norms, place) and concept.search in _TOPICAL_GENRES:
            return length, Concept("topic", concept.search, (concept.search,), concept.search)
        return length, concept


def _about(norms: Sequence[str], place: int) -> bool:
    """Whether the words before a place are "about" or "about a", but not "how about a"."""
    near = [i for i in (place - 1, place - 2) if i >= 0 and norms[i] == "about"]
    return bool(near) and (near[0] == 0 or norms[near[0] - 1] not in ("how", "what"))


_MORE = frozenset({"more", "mas", "plus", "mehr", "piu", "mais"})
_LESS = frozenset({"less", "menos", "moins", "weniger", "meno"})
_TOO_AFTER = frozenset(spelled("nothing not isn't aren't no anything never don't isnt without wasn't that's")) - {"that's"}


def _is_setting(before: str, earlier: str, concept: Concept, stemmed: str) -> bool:
    """Whether a country is where a story plays rather than where the film was made: "set in Japan", "about India"."""
    named = stemmed in {stem(w) for w in concept.name.lower().split()} or before in ("in", "about")
    return (
        named
        and before in ("in", "about", "through", "across", "around", "to")
        and earlier not in ("made", "produced", "shot", "filmed", "from")
    )


def _masked(text: str, places: Iterable[tuple[int, int]]) -> str:
    pieces, last = [], 0
    for start, end in sorted(places):
        if start >= last:
            pieces += [text[last:start], "\x01" * (end - start)]
            last = end
    return "".join(pieces) + text[last:]


def _free(found: Sequence[Token], blocks: Sequence[tuple[int, int, Concept]]) -> list[int]:
    """For every word, the place of the first later word that belongs to a block."""
    limit, free = len(found), [0] * len(found)
    starts = [start for start, _, _ in blocks]
    for place in range(len(found) - 1, -1, -1):
        while starts and starts[-1] >= found[place].end:
            limit = place + 1
            starts.pop()
        free[place] = limit
    return free


def _phrase_at(norms: Sequence[str], place: int, limit: int, phrases: Container[tuple[str, ...]], longest: int) -> int:
    for length in range(min(longest, limit - place), 0, -1):
        if tuple(norms[place : place + length]) in phrases:
            return length
    return 0


def _free_refused(parts: Sequence[Part], stood: Sequence[Stance]) -> tuple[str, ...]:
    """Nouns right after a "no", "without" or "nothing with" that the lexicon does not know: "no clowns"."""
    refused: list[str] = []
    for place, part in enumerate(parts):
        if part.cue != "not" or part.norm not in (
            "no",
            "none",
            "not one",
            "none of",
            "without",
            "not another",
            "no more",
            "nothing",
            "avoid",
            "don't",
            "except",
            "but not",
            "anything but",
            "other than",
            "apart from",
            "except for",
        ):
            continue
        run: list[str] = []
        for following in parts[place + 1 : place + 5]:
            if following.is_word and following.norm not in NO_NOUNS and len(following.norm) > 2:
                run.append(following.norm)
            elif (
                following.is_word
                and not run
                and following.norm in ("with", "about", "any", "the", "a", "another", "more", "want")
            ):
                continue
            else:
                break
        direct = part.norm not in ("nothing", "none", "not one", "none of", "don't") or (
            place + 1 < len(parts) and parts[place + 1].norm in ("with", "about")
        )
        if run and direct and len(run) <= 2:
            refused.append(" ".join(run))
    return tuple(dict.fromkeys(refused))
