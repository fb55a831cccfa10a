"""The engine that asks a language model: READ with one call, RECOMMEND or ANSWER with one streamed call.

The model speaks in numbers it was given; titles, constraints and sentences it reports are checked by code. What it leaves
open chat fills from the built-in engine.
"""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import date

from chatrec.catalog.table import Catalog
from chatrec.engines.briefing import MOST_CANDIDATES, last_list
from chatrec.engines.builtin.engine import MessageReader, read_aside
from chatrec.engines.builtin.predicted import Forecaster
from chatrec.engines.builtin.suggestions import next_messages
from chatrec.engines.builtin.verdicts import known_of
from chatrec.engines.calls import Calls, Meter, Unmetered
from chatrec.engines.choice import Chooser, Picks
from chatrec.engines.prompting import Prompter
from chatrec.engines.protocol import Flagged, Output, Suggested
from chatrec.engines.understanding import Linker, Understanding
from chatrec.errors import ModelReplyError
from chatrec.language.formats import reading_shape
from chatrec.language.handle import ChatHandle
from chatrec.language.prices import Price
from chatrec.language.prompts import PromptPack
from chatrec.language.replies import MarkupFilter, ThoughtFilter, read_object
from chatrec.language.shelf import PromptShelf
from chatrec.language.windows import Window
from chatrec.records import Item, ModelCall, Reading, Request, Said, Shortlist, Situation

_QUICK = ("greeting", "thanks", "reset", "empty")
_NO_ITEMS = ("greeting", "thanks", "profile", "off_topic")
_LONGEST_ANSWER = 4_000
_MOST_ABOUT = 4


class ModelEngine:
    """An engine over any chat model. All three stages raise ModelUnavailable or ModelReplyError, with the call.

    `recommend` yields nothing for an empty shortlist, and fewer picks than asked for when the model names fewer usable ones;
    `answer` yields nothing where the built-in reader alone recognised a greeting, thanks, a reset or an empty message, none of
    which is worth a call. The prompts are those of the situation's pack as its files stand now; PromptError when there is none.

    `window` overrides how many tokens the model is known to hold, `price` is what they cost. With `passes=2`, RECOMMEND asks
    twice at once, the second time with the candidates in another order, and merges both answers: the order then counts for
    less, and the first pick comes when both are there.
    """

    def __init__(
        self,
        handle: ChatHandle,
        prompts: PromptShelf,
        catalog: Catalog,
        linker: Linker,
        built_in_reader: MessageReader,
        *,
        today: Callable[[], date] = date.today,
        window: int | None = None,
        price: Price | None = None,
        passes: int = 1,
        forecaster: Forecaster | None = None,
    ) -> None:
        self._handle = handle
        self._prompts = prompts
        self._catalog = catalog
        self._linker = linker
        self._built_in = built_in_reader
        self._understanding = Understanding(catalog, linker)
        self._prompter = Prompter(catalog, Window(handle, window), today)
        self._price = price
        self._passes = passes
        self._forecaster = forecaster
        self._calls = Calls(handle, price, Unmetered())
        self._taken: dict[str, PromptPack] | None = None

    def but(self, *, prompts: PromptShelf | None = None, calls: Calls | None = None) -> ModelEngine:
        """This engine with other prompts, or with its calls made in another way."""
        engine = copy.copy(self)
        engine._prompts, engine._calls = prompts or self._prompts, calls or self._calls
        return engine

    def metered(self, meter: Meter) -> ModelEngine:
        """This engine for one turn, whose calls are reserved and charged on a meter; they raise CeilingReached, too."""
        engine = copy.copy(self)
        engine._calls = Calls(self._handle, self._price, meter)
        engine._taken = {}
        return engine

    @property
    def name(self) -> str:
        """The model's name, without its provider."""
        return self._handle.label

    async def read(self, situation: Situation) -> Reading:
        """The built-in reading, completed and corrected by the model's."""
        built_in = await read_aside(self._built_in, situation)
        if built_in.request.intent in _QUICK:
            return built_in
        prompt = self._prompter.read(self._pack(situation), situation, built_in)
        text, call = await self._calls.complete("profile", prompt, shape=reading_shape())
        try:
            reply = read_object(text)
        except ModelReplyError as error:
            raise _with_call(error, call) from None
        merged = self._understanding.merge(reply, situation, built_in)
        return replace(merged, calls=(*built_in.calls, call), flags=prompt.flags)

    async def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
        """Picks in the model's order, each the moment it is complete; then the call."""
        request = reading.request
        found = [
            (c, item) for c in shortlist.candidates[:MOST_CANDIDATES] if (item := self._catalog.get(c.item_id)) is not None
        ]
        if not found:
            return
        items = [item for _, item in found]
        picks = Picks(found, reading, self._linker)
        chooser = Chooser(self._calls, self._prompter, self._pack(situation), situation, reading, items)
        async with aclosing(chooser.twice() if self._passes > 1 else chooser.once()) as parts:
            async for part in parts:
                if isinstance(part, (ModelCall, Flagged)):
                    yield part
                else:
                    for output in picks.take(part):
                        yield output
        if picks.given and request.language == "en":
            yield Suggested(next_messages(picks.given, request, situation))

    async def answer(self, situation: Situation, reading: Reading) -> AsyncIterator[Output]:
        """The reply in plain words as they come; then the call."""
        request = reading.request
        if request.intent in _QUICK and not reading.calls:
            return
        items = self._in_question(situation, request)
        besides = known_of(items, reading, self._catalog, self._forecaster)
        prompt = self._prompter.answer(self._pack(situation), situation, reading, items, besides)
        for flag in prompt.flags:
            yield Flagged(flag)
        thoughts, markup, said = ThoughtFilter(), MarkupFilter(), 0
        async with aclosing(self._calls.stream("answer", prompt)) as pieces:
            async for piece in pieces:
                if isinstance(piece, ModelCall):
                    text = markup.feed(thoughts.finish()) + markup.finish()
                else:
                    text = markup.feed(thoughts.feed(piece))
                text = (text if said else text.lstrip())[: _LONGEST_ANSWER - said]
                said += len(text)
                if text:
                    yield Said(text)
                if isinstance(piece, ModelCall):
                    if not said:
                        raise _with_call(ModelReplyError(f"The reply of {self.name} was empty; try again"), piece)
                    yield piece

    def _pack(self, situation: Situation) -> PromptPack:
        """The pack of the situation; within a turn the one its first call was made with, whatever is edited meanwhile."""
        if self._taken is None:
            return self._prompts.pack(situation.pack)
        if situation.pack not in self._taken:
            self._taken[situation.pack] = self._prompts.pack(situation.pack)
        return self._taken[situation.pack]

    def _in_question(self, situation: Situation, request: Request) -> list[Item]:
        """The items asked about or named; without any, those of the last list, unless nothing was asked about it."""
        ids = [*request.about, *(mention.item_id for mention in request.mentions)]
        turn = last_list(situation.history)
        if not ids and turn is not None and request.intent not in _NO_ITEMS:
            ids = [pick.item_id for pick in turn.picks]
        items = [self._catalog.get(item_id) for item_id in dict.fromkeys(ids)]
        return [item for item in items if item is not None][: max(_MOST_ABOUT, len(request.about))]


def _with_call(error: ModelReplyError, call: ModelCall) -> ModelReplyError:
    error.call = replace(call, error=str(error))
    return error
