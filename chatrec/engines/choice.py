"""What a model chose from the numbered candidates -> picks in rank order; asked once, or twice with the order changed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from chatrec.engines.calls import Calls
from chatrec.engines.prompting import Prompter
from chatrec.engines.protocol import Dropped, Flagged, Output
from chatrec.engines.ranking import jumped, merged, shuffled
from chatrec.engines.understanding import Linker
from chatrec.errors import ModelError, ModelReplyError
from chatrec.language.formats import picks_shape
from chatrec.language.prompts import PromptPack
from chatrec.language.replies import Chosen, Found, PickReader, Refused, Words
from chatrec.records import Candidate, Item, ModelCall, Pick, Reading, Said, Situation

SHUFFLED = "recommend, shuffled"
"""The stage of the second pass in the trace."""

Part = Found | Flagged | ModelCall

_SENTENCE_END = re.compile(r"[.!?][\"”]?(?=\s+[\"“]?[A-Z])")
_SHORTEST = 5  # words of a sentence that stands alone


@dataclass(slots=True)
class _Look:
    """What one pass brought. Numbers are places in the shortlist, from 1."""

    chosen: list[Chosen] = field(default_factory=list)
    intro: list[Words] = field(default_factory=list)
    outro: list[Words] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[Flagged | ModelCall] = field(default_factory=list)
    error: ModelError | None = None

    @property
    def numbers(self) -> list[int]:
        return [choice.number for choice in self.chosen]


class Chooser:
    """Asks the model of one turn for its choice. `items` are the shortlist, the best first."""

    def __init__(
        self,
        calls: Calls,
        prompter: Prompter,
        pack: PromptPack,
        situation: Situation,
        reading: Reading,
        items: Sequence[Item],
    ) -> None:
        self._calls = calls
        self._prompter = prompter
        self._pack = pack
        self._situation = situation
        self._reading = reading
        self._items = items

    async def once(self, stage: str = "recommend", order: Callable[[int], Sequence[int]] = range) -> AsyncGenerator[Part, None]:
        """The reply's parts as they come; a `Chosen` has its place in the shortlist as its number, from 1.

        A reply that breaks off after the last pick wanted is no failure. Raises ModelError as `Calls.stream` does.
        """
        prompt = self._prompter.recommend(self._pack, self._situation, self._reading, self._items, order)
        for flag in prompt.flags:
            yield Flagged(flag)
        places = order(prompt.shown)
        reader = PickReader([(self._items[place].title, self._items[place].year) for place in places])
        chosen = 0
        try:
            pieces = self._calls.stream(stage, prompt, shape=picks_shape(len(places)), is_whole=lambda: reader.is_whole)
            async with aclosing(pieces):
                async for piece in pieces:
                    for part in _ended(reader, piece) if isinstance(piece, ModelCall) else reader.feed(piece):
                        if isinstance(part, Chosen):
                            chosen += 1
                            yield Chosen(places[part.number - 1] + 1, part.reason)
                        else:
                            yield part
                    if isinstance(piece, ModelCall):
                        yield piece
        except ModelReplyError as error:
            if chosen < self._reading.request.count or error.call is None:
                raise
            # Only the closing words are missing: the person has every pick they asked for.
            yield error.call

    async def twice(self) -> AsyncGenerator[Part, None]:
        """As `once`, from two passes at the same time, the second over a shuffled order; nothing comes before both are there.

        The rankings are merged by Borda count; a reason is the first pass's where it gave one. If one pass fails, the other
        counts alone; if both fail, what they brought before comes first, and then the first one's error.
        """
        seed = f"{self._situation.turn}: {self._situation.message}"
        first, second = await asyncio.gather(
            _collected(self.once()), _collected(self.once(SHUFFLED, lambda count: shuffled(count, seed)))
        )
        for look in (first, second):
            for note in look.notes:
                yield note
        for look, name in ((first, "pass in the order of the shortlist"), (second, "pass over the shuffled order")):
            if look.error is not None:
                yield Flagged(f"The {name} failed: {str(look.error).rstrip('.')}.")
                if look.error.call is not None and (look is second or second.error is None):
                    yield look.error.call
            for refusal in look.refused:
                yield refusal
        reasons = {choice.number: choice.reason for choice in (*second.chosen, *first.chosen)}
        words = first if first.chosen else second
        for part in words.intro:
            yield part
        for number in merged(first.numbers, second.numbers, self._reading.request.count):
            yield Chosen(number, reasons[number])
        if first.error is not None and second.error is not None:
            raise first.error
        for part in words.outro:
            yield part


class Picks:
    """The parts of a reply -> outputs, counted: no more picks than wanted, what is refused by its reason."""

    def __init__(self, shortlist: Sequence[tuple[Candidate, Item]], reading: Reading, linker: Linker) -> None:
        self._shortlist = shortlist
        self._reading = reading
        self._linker = linker
        self.given: list[Item] = []

    def take(self, part: Found) -> Iterator[Output]:
        """The outputs that one part becomes."""
        match part:
            case Words(text):
                yield Said(text)
            case Refused():
                yield Dropped(self._why(part))
            case Chosen() if len(self.given) >= self._reading.request.count:
                yield Dropped("surplus")
            case Chosen(number, reason):
                candidate, item = self._shortlist[number - 1]
                self.given.append(item)
                rank = len(self.given)
                if jumped(rank, number):
                    yield Flagged(f"Pick {rank}, {item.label}, stood at {number} of {len(self._shortlist)} in the shortlist.")
                yield Pick(item.id, item.title, item.year, rank, reason, score=candidate.score)

    def _why(self, refused: Refused) -> str:
        """A title off the list that the person has named or seen is told from one that is merely not on it."""
        if refused.reason != "off_list" or not refused.given or refused.given.strip().isdigit():
            return refused.reason
        return next(
            filter(None, (unwanted(item_id, self._reading) for item_id in self._linker.find(refused.given))), "off_list"
        )


def unwanted(item_id: str, reading: Reading) -> str:
    """Why an item must not be picked: seen, named, excluded (shown before, disliked); empty where it may be."""
    if item_id not in reading.request.excluded:
        return ""
    named = {mention.item_id: mention.sentiment for mention in reading.request.mentions}
    if item_id in reading.profile.seen or named.get(item_id) == "seen":
        return "seen"
    return "named" if item_id in named else "excluded"


def as_short(pick: Pick, beside: Sequence[Pick]) -> Pick:
    """A pick that fills up a list, told in one sentence where all those beside it are shorter than it: whoever asked for short
    reasons, by a prompt pack or in words, gets no long one because the model named too few."""
    if not beside or len(pick.reason) <= max(len(other.reason) for other in beside):
        return pick
    claims = [(at, at + len(e.claim)) for e in pick.evidence if e.claim and (at := pick.reason.find(e.claim)) >= 0]
    for end in (match.end() for match in _SENTENCE_END.finditer(pick.reason)):
        # A full stop inside a claim is that of "Dr." or "Vol. 2".
        if len(pick.reason[:end].split()) >= _SHORTEST and not any(start < end < stop for start, stop in claims):
            first = pick.reason[:end]
            return replace(pick, reason=first, evidence=tuple(e for e in pick.evidence if e.claim in first))
    return pick


async def _collected(parts: AsyncIterator[Part]) -> _Look:
    look = _Look()
    try:
        async for part in parts:
            match part:
                case Chosen():
                    look.chosen.append(part)
                case Words():
                    (look.outro if look.chosen else look.intro).append(part)
                case Refused():
                    look.refused.append(part)
                case _:
                    look.notes.append(part)
    except ModelError as error:
        look.error = error
    return look


def _ended(reader: PickReader, call: ModelCall) -> list[Found]:
    try:
        return reader.finish()
    except ModelReplyError as error:
        error.call = replace(call, error=str(error))
        raise
