"""The engine that asks a language model: READ with one call, RECOMMEND or ANSWER with one streamed call.

The model speaks in numbers it was given; titles, constraints and sentences it reports are checked by code. What it leaves
open chat fills from the built-in engine.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import replace
from datetime import date
from typing import Protocol

from chatrec.catalog.table import Catalog
from chatrec.engines.briefing import (
    MOST_CANDIDATES,
    candidates_section,
    conversation_section,
    facts_section,
    last_list,
    list_section,
    message_section,
    noted,
    profile_section,
    request_section,
    shown_section,
)
from chatrec.engines.builtin.suggestions import next_messages
from chatrec.engines.protocol import Dropped, Output, Suggested
from chatrec.engines.understanding import Linker, Understanding
from chatrec.errors import ModelReplyError
from chatrec.language.ask import complete, stream
from chatrec.language.prompts import PromptPack
from chatrec.language.providers import ChatHandle
from chatrec.language.replies import Chosen, Found, MarkupFilter, PickReader, Refused, ThoughtFilter, Words, read_object
from chatrec.records import Candidate, Item, ModelCall, Pick, Reading, Request, Said, Shortlist, Situation

_QUICK = ("greeting", "thanks", "reset", "empty")
_NO_ITEMS = ("greeting", "thanks", "profile", "off_topic")
_NO_TONGUE = ("No dialogue",)
_MOST_VALUES = 60
_LONGEST_ANSWER = 4_000
_MOST_ABOUT = 4


class BuiltInReader(Protocol):
    """The reading without a model: `chatrec.engines.builtin.read.Reader` is one."""

    def read(self, situation: Situation) -> Reading:
        """What the message asks, and the profile rewritten."""
        ...


class ModelEngine:
    """An engine over any chat model. All three stages raise ModelUnavailable or ModelReplyError, with the call.

    `recommend` yields nothing for an empty shortlist, and fewer picks than asked for when the model names fewer usable ones;
    `answer` yields nothing where the built-in reader alone recognised a greeting, thanks, a reset or an empty message, none of
    which is worth a call. A prompt file edited meanwhile takes effect with the next turn; PromptError when it is broken.
    """

    def __init__(
        self,
        handle: ChatHandle,
        prompts: PromptPack,
        catalog: Catalog,
        linker: Linker,
        built_in_reader: BuiltInReader,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._handle = handle
        self._prompts = prompts
        self._catalog = catalog
        self._built_in = built_in_reader
        self._understanding = Understanding(catalog, linker)
        self._today = today

    @property
    def name(self) -> str:
        """The model's name, without its provider."""
        return self._handle.label

    async def read(self, situation: Situation) -> Reading:
        """The built-in reading, completed and corrected by the model's."""
        built_in = self._built_in.read(situation)
        if built_in.request.intent in _QUICK:
            return built_in
        values = {
            "message": message_section(situation.message),
            "profile": profile_section(noted(built_in.profile), situation.turn),
            "conversation": conversation_section(situation.history),
            "shown": list_section(situation, self._catalog),
            "genres": self._known("genres"),
            "countries": self._known("countries"),
            "languages": self._known("languages"),
            "year": str(self._today().year),
            **self._nouns,
        }
        messages = self._pack.render("profile", values)
        text, call = await complete(self._handle, "profile", messages, json=True)
        try:
            reply = read_object(text)
        except ModelReplyError as error:
            raise _with_call(error, call) from None
        return replace(self._understanding.merge(reply, situation, built_in), calls=(*built_in.calls, call))

    async def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
        """Picks in the model's order, each the moment it is complete; then the call."""
        request = reading.request
        found = [
            (c, item) for c in shortlist.candidates[:MOST_CANDIDATES] if (item := self._catalog.get(c.item_id)) is not None
        ]
        if not found:
            return
        candidates, items = [c for c, _ in found], [item for _, item in found]
        values = {
            "message": message_section(situation.message),
            "request": request_section(request, self._catalog),
            "candidates": candidates_section(items),
            "count": str(min(request.count, len(items))),
            "profile": profile_section(noted(reading.profile)),
            "language": request.language,
            **self._nouns,
        }
        messages = self._pack.render("recommend", values)
        reader = PickReader([(item.title, item.year) for item in items])
        picks = _Picks(candidates, items, request.count)
        try:
            async with aclosing(
                stream(self._handle, "recommend", messages, json=True, is_whole=lambda: reader.is_whole)
            ) as pieces:
                async for piece in pieces:
                    if isinstance(piece, ModelCall):
                        for output in picks.take(_ended(reader, piece)):
                            yield output
                        yield piece
                    else:
                        for output in picks.take(reader.feed(piece)):
                            yield output
        except ModelReplyError as error:
            if not picks.all_there or error.call is None:
                raise
            # Only the closing words are missing: the person has every pick they asked for.
            yield error.call
        if picks.given and request.language == "en":
            yield Suggested(next_messages(picks.given, request, situation))

    async def answer(self, situation: Situation, reading: Reading) -> AsyncIterator[Output]:
        """The reply in plain words as they come; then the call."""
        request = reading.request
        if request.intent in _QUICK and not reading.calls:
            return
        values = {
            "message": message_section(situation.message),
            "facts": facts_section(self._in_question(situation, request)),
            "profile": profile_section(noted(reading.profile)),
            "conversation": conversation_section(situation.history),
            "shown": shown_section(situation),
            "language": request.language,
            **self._nouns,
        }
        messages = self._pack.render("answer", values)
        thoughts, markup, said = ThoughtFilter(), MarkupFilter(), 0
        async with aclosing(stream(self._handle, "answer", messages)) as pieces:
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

    @property
    def _pack(self) -> PromptPack:
        self._prompts = self._prompts.current()
        return self._prompts

    @property
    def _nouns(self) -> dict[str, str]:
        return {"noun": self._catalog.noun, "plural": self._catalog.plural}

    def _known(self, name: str) -> str:
        known = [value for value in self._catalog.vocabulary(name) if value not in _NO_TONGUE]
        return ", ".join(known[:_MOST_VALUES]) or "none"

    def _in_question(self, situation: Situation, request: Request) -> list[Item]:
        """The items asked about or named; without any, those of the last list, unless nothing was asked about it."""
        ids = [*request.about, *(mention.item_id for mention in request.mentions)]
        turn = last_list(situation.history)
        if not ids and turn is not None and request.intent not in _NO_ITEMS:
            ids = [pick.item_id for pick in turn.picks]
        items = [self._catalog.get(item_id) for item_id in dict.fromkeys(ids)]
        return [item for item in items if item is not None][: max(_MOST_ABOUT, len(request.about))]


class _Picks:
    """Numbers -> picks, counted; no more than wanted."""

    def __init__(self, candidates: list[Candidate], items: list[Item], wanted: int) -> None:
        self._candidates = candidates
        self._items = items
        self._wanted = wanted
        self.given: list[Item] = []

    @property
    def all_there(self) -> bool:
        """Whether as many picks as wanted have been given."""
        return len(self.given) >= self._wanted

    def take(self, found: Iterable[Found]) -> Iterator[Output]:
        """The outputs that some parts of the reply become."""
        for part in found:
            match part:
                case Words(text):
                    yield Said(text)
                case Refused(reason):
                    yield Dropped(reason)
                case Chosen() if self.all_there:
                    yield Dropped("surplus")
                case Chosen(number, reason):
                    item, candidate = self._items[number - 1], self._candidates[number - 1]
                    self.given.append(item)
                    yield Pick(item.id, item.title, item.year, len(self.given), reason, score=candidate.score)


def _ended(reader: PickReader, call: ModelCall) -> list[Found]:
    try:
        return reader.finish()
    except ModelReplyError as error:
        raise _with_call(error, call) from None


def _with_call(error: ModelReplyError, call: ModelCall) -> ModelReplyError:
    error.call = replace(call, error=str(error))
    return error
