"""One turn, start to end: an Ask in, typed events out. READ -> RETRIEVE -> RECOMMEND or ANSWER -> CHECK -> REMEMBER.

The fallback lives here and nowhere else: where the model engine fails, the built-in engine goes on from exactly there.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Protocol

import anyio.to_thread

from chatrec.catalog.table import Catalog
from chatrec.chat.draft import Draft
from chatrec.chat.meter import TurnMeter
from chatrec.engines.builtin.nothing import unrecorded
from chatrec.engines.calls import Metered
from chatrec.engines.choice import as_short, unwanted
from chatrec.engines.protocol import Engine
from chatrec.errors import ModelError, PromptError, StoreError
from chatrec.memory.spending import Ceilings
from chatrec.memory.store import Store
from chatrec.records import (
    Constraint,
    Event,
    Finished,
    Noticed,
    Pick,
    Profile,
    Reading,
    Request,
    Said,
    Shortlist,
    Shortlisted,
    Situation,
    Turn,
    Understood,
)

logger = logging.getLogger(__name__)

LONGEST_MESSAGE = 4000
"""Characters of a message that are read; the rest is stored but not interpreted."""

LISTING = ("recommend", "more")
"""Intents that lead to a list of picks; all others are answered in words."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A message of one person in one conversation. With `retry`, the turn of that number is done again. `pack` names the
    prompt pack a model is given; empty: the host's."""

    message: str
    user: str
    conversation: str
    retry: int | None = None
    pack: str = ""


class Searcher(Protocol):
    """What RETRIEVE needs: `chatrec.retrieval.retriever.Retriever` is one."""

    def search(self, request: Request, profile: Profile, limit: int = 30) -> Shortlist:
        """Candidates that satisfy every constraint, best first."""
        ...


class Exchange:
    """Runs turns over one catalog, store, retriever and pair of engines; holds nothing of any visitor."""

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        retriever: Searcher,
        built_in: Engine,
        model: Engine | None,
        pack: str = "",
        ceilings: Ceilings | None = None,
    ) -> None:
        self.catalog = catalog
        self.store = store
        self.retriever = retriever
        self.built_in = built_in
        self.model = model
        self.pack = pack
        self.spending = store.spending(ceilings or Ceilings())

    async def events(self, ask: Ask) -> AsyncIterator[Event]:
        """Every event of one turn; however it ends, what had arrived is stored first."""
        draft = await anyio.to_thread.run_sync(self._open, ask)
        meter = TurnMeter(self.spending, ask.conversation)
        model = self.model.metered(meter) if isinstance(self.model, Metered) else self.model
        try:
            situation = await anyio.to_thread.run_sync(self._situation, ask, draft)
            mark = time.perf_counter()
            reading, failures = await self._read(model, situation, draft)
            for failure in failures:
                yield failure
            draft.reading, draft.profile = reading, reading.profile
            mark = draft.clock("read", mark)
            yield Understood(reading.request, reading.profile)
            if reading.request.intent in LISTING:
                draft.shortlist = await anyio.to_thread.run_sync(self.retriever.search, reading.request, reading.profile)
                mark = draft.clock("retrieve", mark)
                reading = _checkable(reading, draft.shortlist.unrecorded)
                for notice in (*unrecorded(draft.shortlist.unrecorded, self.catalog), *draft.shortlist.notices):
                    draft.notices.append(notice)
                    yield Noticed(notice)
                yield Shortlisted(draft.shortlist)
                events = self._recommend(model, situation, reading, draft)
            else:
                events = self._answer(model, situation, reading, draft)
            async for event in events:
                if "first_output" not in draft.timings:
                    draft.timings["first_output"] = round(time.perf_counter() - draft.began, 6)
                yield event
            draft.clock("speak", mark)
        except BaseException:
            # The visitor pressed stop, or something broke: what was said and picked so far is kept.
            draft.calls.extend(meter.stopped)
            meter.settle()
            self._remember(ask, draft.turn("stopped"))
            raise
        if meter.is_open:
            await anyio.to_thread.run_sync(meter.settle)
        turn = draft.turn("finished")
        if not await anyio.to_thread.run_sync(self._remember, ask, turn):
            lost = "This turn could not be saved; it will be missing after a reload."
            turn = replace(turn, notices=(*turn.notices, lost))
            yield Noticed(lost)
        yield Finished(turn)

    def _open(self, ask: Ask) -> Draft:
        if ask.retry is not None:
            message = self.store.reopen_turn(ask.user, ask.conversation, ask.retry)
            return Draft(ask.retry, message, self.catalog)
        return Draft(self.store.begin_turn(ask.user, ask.conversation, ask.message), ask.message, self.catalog)

    def _situation(self, ask: Ask, draft: Draft) -> Situation:
        history = [t for t in self.store.history(ask.user, ask.conversation) if t.number < draft.number and t.status != "open"]
        resets = [i for i, t in enumerate(history) if t.request is not None and t.request.intent == "reset"]
        profile = self.store.profile(ask.user, ask.conversation)
        draft.profile, draft.pack = profile, ask.pack or self.pack
        return Situation(
            message=draft.message[:LONGEST_MESSAGE],
            turn=draft.number,
            profile=profile,
            history=tuple(history[resets[-1] + 1 :] if resets else history),
            feedback=self.store.feedback(ask.user),
            pack=draft.pack,
        )

    def _remember(self, ask: Ask, turn: Turn) -> bool:
        try:
            self.store.finish_turn(ask.user, ask.conversation, turn)
        except StoreError as error:
            logger.warning("turn %s of a conversation was not saved: %s", turn.number, error)
            return False
        return True

    async def _read(self, model: Engine | None, situation: Situation, draft: Draft) -> tuple[Reading, list[Noticed]]:
        if model is not None:
            try:
                reading = await model.read(situation)
            except (ModelError, PromptError) as error:
                notice = draft.failed(error)
                return await self.built_in.read(situation), [notice]
            draft.calls.extend(reading.calls)
            draft.dropped.update(reading.dropped)
            draft.flags.extend(reading.flags)
            return reading, []
        return await self.built_in.read(situation), []

    async def _recommend(
        self, model: Engine | None, situation: Situation, reading: Reading, draft: Draft
    ) -> AsyncIterator[Event]:
        wanted = reading.request.count
        model = _willing(model, draft)
        if model is not None and draft.shortlist.candidates:
            try:
                async for output in model.recommend(situation, reading, draft.shortlist):
                    event = draft.take(output, model.name)
                    if event is not None:
                        yield event
            except (ModelError, PromptError) as error:
                yield draft.failed(error)
            if len(draft.picks) >= wanted or len(draft.picks) >= len(draft.shortlist.candidates):
                return
            draft.dropped["filled"] += min(wanted, len(draft.shortlist.candidates)) - len(draft.picks)
        given = {pick.item_id for pick in draft.picks}
        left = (c for c in draft.shortlist.candidates if c.item_id not in given and not unwanted(c.item_id, reading))
        rest = replace(draft.shortlist, candidates=tuple(left))
        shorter = replace(reading, request=replace(reading.request, count=wanted - len(given)))
        spoken, beside = bool(draft.said), tuple(draft.picks)
        async for output in self.built_in.recommend(situation, shorter, rest):
            if spoken and isinstance(output, Said):
                continue
            if isinstance(output, Pick):
                output = as_short(output, beside)
            event = draft.take(output, self.built_in.name)
            if event is not None:
                yield event

    async def _answer(self, model: Engine | None, situation: Situation, reading: Reading, draft: Draft) -> AsyncIterator[Event]:
        model = _willing(model, draft)
        if model is not None:
            try:
                async for output in model.answer(situation, reading):
                    event = draft.take(output, model.name)
                    if event is not None:
                        yield event
            except (ModelError, PromptError) as error:
                yield draft.failed(error)
                if draft.said:
                    draft.said.append("\n\n")
                    yield Said("\n\n")
            else:
                if draft.said:
                    return
        async for output in self.built_in.answer(situation, reading):
            event = draft.take(output, self.built_in.name)
            if event is not None:
                yield event


def _checkable(reading: Reading, unrecorded: tuple[Constraint, ...]) -> Reading:
    """The reading as a list is told by it: nothing may be claimed of conditions that nothing was checked against."""
    kept = tuple(c for c in reading.request.constraints if c not in unrecorded)
    return replace(reading, request=replace(reading.request, constraints=kept)) if unrecorded else reading


def _willing(model: Engine | None, draft: Draft) -> Engine | None:
    """The model engine, unless it failed in this turn already: the person has waited once."""
    return None if draft.errors else model
