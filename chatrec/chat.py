"""One turn, start to end: a message in, typed events out (understood, shortlisted, picked, said, noticed, finished).

READ -> RETRIEVE -> RECOMMEND or ANSWER -> CHECK -> REMEMBER. The page, the command line, the evaluation and the tests
all consume this one stream.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
import weakref
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import anyio.to_thread
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import (
    ensure_config,
    get_async_callback_manager_for_config,
    patch_config,
    set_config_context,
)

from chatrec import evidence
from chatrec.catalog.table import Catalog
from chatrec.engines.protocol import Dropped, Engine, Output, Suggested
from chatrec.errors import ModelError, PromptError, StoreError
from chatrec.memory.store import Action, Store
from chatrec.records import (
    Event,
    Finished,
    ModelCall,
    Noticed,
    Pick,
    Picked,
    Preference,
    Profile,
    Reading,
    Request,
    Said,
    Sentence,
    SentenceKind,
    Shortlist,
    Shortlisted,
    Situation,
    Trace,
    Turn,
    Understood,
)

logger = logging.getLogger(__name__)

LONGEST_MESSAGE = 4000
"""Characters of a message that are read; the rest is stored but not interpreted."""

LONGEST_SENTENCE = 300
"""Characters of a profile line somebody writes themselves."""

LISTING = ("recommend", "more")
"""Intents that lead to a list of picks; all others are answered in words."""


class Searcher(Protocol):
    """What RETRIEVE needs: `chatrec.retrieval.retriever.Retriever` is one."""

    def search(self, request: Request, profile: Profile, limit: int = 30) -> Shortlist:
        """Candidates that satisfy every constraint, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """A message of one person in one conversation. With `retry`, the turn of that number is done again."""

    message: str
    user: str
    conversation: str
    retry: int | None = None


class Interpreter(Protocol):
    """What an edited profile line needs: `chatrec.engines.builtin.read.Reader` is one."""

    def interpret(self, sentence: Sentence) -> Sentence:
        """The sentence with kind, preferences, constraints and seen items read from its text."""
        ...


@dataclass(slots=True)
class _Draft:
    """A turn in the making; becomes a Turn at the end, however it ends."""

    number: int
    message: str
    began: float = field(default_factory=time.perf_counter)
    said: list[str] = field(default_factory=list)
    picks: list[Pick] = field(default_factory=list)
    closing: bool = False
    notices: list[str] = field(default_factory=list)
    suggestions: tuple[str, ...] = ()
    calls: list[ModelCall] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    engines: list[str] = field(default_factory=list)
    reading: Reading | None = None
    profile: Profile = field(default_factory=Profile)
    shortlist: Shortlist = field(default_factory=Shortlist)

    def clock(self, stage: str, since: float) -> float:
        now = time.perf_counter()
        self.timings[stage] = round(self.timings.get(stage, 0.0) + now - since, 6)
        return now

    def turn(self, status: str) -> Turn:
        self.timings["total"] = round(time.perf_counter() - self.began, 6)
        return Turn(
            number=self.number,
            message=self.message,
            reply="".join(self.said).strip(),
            picks=tuple(self.picks),
            request=self.reading.request if self.reading else None,
            profile=self.profile,
            engine=" + ".join(dict.fromkeys(self.engines)),
            notices=tuple(self.notices),
            suggestions=self.suggestions,
            timings=dict(self.timings),
            trace=Trace(
                calls=tuple(self.calls),
                candidates=self.shortlist.candidates,
                considered=self.shortlist.considered,
                dropped=dict(self.dropped),
                errors=tuple(self.errors),
            ),
            status=status,  # type: ignore[arg-type]
        )


class Chat(Runnable[Any, Any]):
    """The whole recommender behind one call, as a LangChain Runnable.

    `invoke` and `ainvoke` give the finished Turn, `stream` and `astream` its events, `batch` and `abatch` several turns.
    The input is an `Ask`, or a mapping with its fields, or plain text (a new conversation of a new person). The model
    engine, where there is one, may fail at any point: the built-in engine takes over for the turn and a notice says so.
    """

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        retriever: Searcher,
        reader: Interpreter,
        built_in: Engine,
        model: Engine | None = None,
    ) -> None:
        self.catalog = catalog
        self.store = store
        self.retriever = retriever
        self.reader = reader
        self.built_in = built_in
        self.model = model
        self._lock = threading.Lock()
        self._own_loop: asyncio.AbstractEventLoop | None = None

    @property
    def engine_name(self) -> str:
        """The engine that speaks first: the model's name, or `built-in`."""
        return (self.model or self.built_in).name

    # ------------------------------------------------------------------ the four ways in

    async def astream(self, input: Any, config: RunnableConfig | None = None, **_: Any) -> AsyncIterator[Event]:  # noqa: A002
        """The events of one turn, as they happen. Closing the iterator stops the turn and waits until that is stored."""
        config = ensure_config(config)
        callbacks = get_async_callback_manager_for_config(config)
        name = config.get("run_name") or self.get_name()
        run = await callbacks.on_chain_start(None, {"input": input}, name=name, run_id=config.get("run_id"))
        events: asyncio.Queue[Event | None] = asyncio.Queue()

        async def work() -> Turn | None:
            event: Event | None = None
            try:
                async for event in self._turn(await self._introduce(input)):
                    events.put_nowait(event)
            finally:
                events.put_nowait(None)
            return event.turn if isinstance(event, Finished) else None

        # The whole turn is one task: its calls to models are traced as children of this run, and stopping it is one cancel.
        with set_config_context(patch_config(config, callbacks=run.get_child())) as context:
            task = asyncio.create_task(work(), context=context)
        try:
            while (event := await events.get()) is not None:
                yield event
            turn = await task
        except BaseException as error:
            if not task.done():
                task.cancel()
                await asyncio.wait([task])
            await run.on_chain_error(error)
            raise
        await run.on_chain_end({"output": turn})

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Turn:  # noqa: A002
        """The finished turn."""
        turns = [event.turn async for event in self.astream(input, config, **kwargs) if isinstance(event, Finished)]
        return turns[0]

    def stream(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Any]:  # noqa: A002
        """The events of one turn, for callers without an event loop; closing the iterator stops the turn."""
        events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()

        async def pump() -> None:
            try:
                async for event in self.astream(input, config, **kwargs):
                    events.put(event)
            finally:
                events.put(None)

        task = asyncio.run_coroutine_threadsafe(pump(), self._loop())
        try:
            while (event := events.get()) is not None:
                yield event
            task.result()  # raises what ended the turn, if anything did
        finally:
            if not task.done():
                task.cancel()
                while events.get() is not None:  # what arrived must be stored before the caller goes on
                    pass

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Turn:  # noqa: A002
        """The finished turn."""
        turns = [event.turn for event in self.stream(input, config, **kwargs) if isinstance(event, Finished)]
        return turns[0]

    def _loop(self) -> asyncio.AbstractEventLoop:
        """The event loop of synchronous callers, in a thread of its own, started once and ended with this object."""
        with self._lock:
            if self._own_loop is None:
                self._own_loop = loop = asyncio.new_event_loop()
                threading.Thread(target=_run, args=(loop,), name="chatrec-loop", daemon=True).start()
                weakref.finalize(self, loop.call_soon_threadsafe, loop.stop)
            return self._own_loop

    async def _introduce(self, given: Ask | str | Mapping[str, Any]) -> Ask:
        if isinstance(given, Ask):
            return given
        if isinstance(given, Mapping) and {"user", "conversation"} <= set(given):
            return Ask(**given)
        message = given if isinstance(given, str) else given["message"]
        user = f"guest-{time.time_ns():x}" if isinstance(given, str) else given.get("user", f"guest-{time.time_ns():x}")
        conversation = await anyio.to_thread.run_sync(self.store.start_conversation, user)
        return Ask(message, user, conversation)

    # ------------------------------------------------------------------ between turns

    def give_feedback(self, user: str, conversation: str, item_id: str, action: Action) -> None:
        """Like, dislike or seen on one item (`none` takes it back): remembered, and said in the profile."""
        item = self.catalog[item_id]
        self.store.record_feedback(user, item_id, action, conversation)
        profile = self.store.profile(user, conversation)
        for sentence in profile.sentences:
            if sentence.source == "feedback" and item_id in sentence.seen:
                self.store.remove_sentence(user, conversation, sentence.id)
        if action == "none":
            return
        weight = {"like": 1.0, "dislike": -1.0}.get(action)
        text = {"like": f"You liked {item.title}.", "dislike": f"{item.title} is not for you."}.get(
            action, f"You have already seen {item.title}."
        )
        kinds: dict[str, SentenceKind] = {"like": "like", "dislike": "dislike"}
        sentence = Sentence(
            id=self._free_id(profile),
            text=text,
            kind=kinds.get(action, "fact"),
            source="feedback",
            preferences=() if weight is None else (Preference("item", item_id, weight),),
            seen=(item_id,),
        )
        self.store.replace_sentence(user, conversation, sentence)

    def add_sentence(self, user: str, conversation: str, text: str) -> None:
        """A line the person writes into their profile themselves; what it means is read from its words."""
        profile = self.store.profile(user, conversation)
        self._write(user, conversation, Sentence(self._free_id(profile), _tidy(text), "fact", "edit"))

    def edit_sentence(self, user: str, conversation: str, sentence_id: str, text: str) -> None:
        """A line of the profile in the person's own words; unknown ids are left alone (the line is gone)."""
        for sentence in self.store.profile(user, conversation).sentences:
            if sentence.id == sentence_id:
                self._write(user, conversation, replace(sentence, text=_tidy(text), source="edit"))

    def _write(self, user: str, conversation: str, sentence: Sentence) -> None:
        if sentence.text:
            self.store.replace_sentence(user, conversation, self.reader.interpret(sentence))

    @staticmethod
    def _free_id(profile: Profile) -> str:
        taken = [int(s.id[1:]) for s in profile.sentences if s.id[1:].isdigit()]
        return f"s{max(taken, default=0) + 1}"

    # ------------------------------------------------------------------ the turn

    async def _turn(self, ask: Ask) -> AsyncIterator[Event]:
        draft = await anyio.to_thread.run_sync(self._open, ask)
        try:
            situation = await anyio.to_thread.run_sync(self._situation, ask, draft)
            mark = time.perf_counter()
            reading, failures = await self._read(situation, draft)
            for notice in failures:
                yield notice
            draft.reading, draft.profile = reading, reading.profile
            mark = draft.clock("read", mark)
            yield Understood(reading.request, reading.profile)
            if reading.request.intent in LISTING:
                draft.shortlist = await anyio.to_thread.run_sync(self.retriever.search, reading.request, reading.profile)
                mark = draft.clock("retrieve", mark)
                yield Shortlisted(draft.shortlist)
                events = self._recommend(situation, reading, draft)
            else:
                events = self._answer(situation, reading, draft)
            async for event in events:
                if "first_output" not in draft.timings:
                    draft.timings["first_output"] = round(time.perf_counter() - draft.began, 6)
                yield event
            draft.clock("speak", mark)
        except BaseException:
            # The visitor pressed stop, or something broke: what was said and picked so far is kept.
            self._remember(ask, draft.turn("stopped"))
            raise
        turn = draft.turn("finished")
        if not await anyio.to_thread.run_sync(self._remember, ask, turn):
            lost = "This turn could not be saved; it will be missing after a reload."
            turn = replace(turn, notices=(*turn.notices, lost))
            yield Noticed(lost)
        yield Finished(turn)

    def _open(self, ask: Ask) -> _Draft:
        if ask.retry is not None:
            message = self.store.reopen_turn(ask.user, ask.conversation, ask.retry)
            return _Draft(ask.retry, message)
        return _Draft(self.store.begin_turn(ask.user, ask.conversation, ask.message), ask.message)

    def _situation(self, ask: Ask, draft: _Draft) -> Situation:
        history = [t for t in self.store.history(ask.user, ask.conversation) if t.number < draft.number and t.status != "open"]
        resets = [i for i, t in enumerate(history) if t.request is not None and t.request.intent == "reset"]
        profile = self.store.profile(ask.user, ask.conversation)
        draft.profile = profile
        return Situation(
            message=draft.message[:LONGEST_MESSAGE],
            turn=draft.number,
            profile=profile,
            history=tuple(history[resets[-1] + 1 :] if resets else history),
            feedback=self.store.feedback(ask.user),
        )

    def _remember(self, ask: Ask, turn: Turn) -> bool:
        try:
            self.store.finish_turn(ask.user, ask.conversation, turn)
        except StoreError as error:
            logger.warning("turn %s of a conversation was not saved: %s", turn.number, error)
            return False
        return True

    async def _read(self, situation: Situation, draft: _Draft) -> tuple[Reading, list[Noticed]]:
        if self.model is not None:
            try:
                reading = await self.model.read(situation)
            except (ModelError, PromptError) as error:
                notice = self._failed(error, draft)
                return await self.built_in.read(situation), [notice]
            draft.calls.extend(reading.calls)
            draft.dropped.update(reading.dropped)
            return reading, []
        return await self.built_in.read(situation), []

    async def _recommend(self, situation: Situation, reading: Reading, draft: _Draft) -> AsyncIterator[Event]:
        wanted = reading.request.count
        if self._model_is_up(draft) and draft.shortlist.candidates:
            assert self.model is not None
            try:
                async for output in self.model.recommend(situation, reading, draft.shortlist):
                    event = self._take(output, reading, draft, self.model.name)
                    if event is not None:
                        yield event
            except (ModelError, PromptError) as error:
                yield self._failed(error, draft)
            if len(draft.picks) >= wanted or len(draft.picks) >= len(draft.shortlist.candidates):
                return
            draft.dropped["filled"] += min(wanted, len(draft.shortlist.candidates)) - len(draft.picks)
        given = {pick.item_id for pick in draft.picks}
        rest = replace(draft.shortlist, candidates=tuple(c for c in draft.shortlist.candidates if c.item_id not in given))
        shorter = replace(reading, request=replace(reading.request, count=wanted - len(given)))
        spoken = bool(draft.said)
        async for output in self.built_in.recommend(situation, shorter, rest):
            if spoken and isinstance(output, Said):
                continue
            event = self._take(output, reading, draft, self.built_in.name)
            if event is not None:
                yield event

    async def _answer(self, situation: Situation, reading: Reading, draft: _Draft) -> AsyncIterator[Event]:
        if self._model_is_up(draft):
            assert self.model is not None
            try:
                async for output in self.model.answer(situation, reading):
                    event = self._take(output, reading, draft, self.model.name)
                    if event is not None:
                        yield event
            except (ModelError, PromptError) as error:
                yield self._failed(error, draft)
                if draft.said:
                    draft.said.append("\n\n")
                    yield Said("\n\n")
            else:
                if draft.said:
                    return
        async for output in self.built_in.answer(situation, reading):
            event = self._take(output, reading, draft, self.built_in.name)
            if event is not None:
                yield event

    def _model_is_up(self, draft: _Draft) -> bool:
        """A model that failed in READ is not asked again in the same turn: the person has waited once already."""
        return self.model is not None and not draft.errors

    def _failed(self, error: ModelError | PromptError, draft: _Draft) -> Noticed:
        if isinstance(error, ModelError) and error.call is not None:
            draft.calls.append(error.call)
        draft.errors.append(str(error))
        notice = f"{str(error).rstrip('.')}. The built-in engine took over for this turn."
        draft.notices.append(notice)
        return Noticed(notice)

    def _take(self, output: Output, reading: Reading, draft: _Draft, engine: str) -> Event | None:
        """One output of an engine -> the event it becomes, or None where it is for the trace or refused."""
        match output:
            case Said(text):
                draft.engines.append(engine)
                if draft.picks and not draft.closing:
                    draft.closing = True
                    text = f"\n\n{text.lstrip()}"
                draft.said.append(text)
                return Said(text)
            case Suggested(messages):
                draft.suggestions = messages
            case Dropped(reason, count):
                draft.dropped[reason] += count
            case ModelCall():
                draft.calls.append(output)
            case Pick():
                return self._checked(output, reading, draft, engine)
        return None

    def _checked(self, pick: Pick, reading: Reading, draft: _Draft, engine: str) -> Event | None:
        allowed = {c.item_id: c.score for c in draft.shortlist.candidates}
        if pick.item_id not in allowed or len(draft.picks) >= reading.request.count:
            draft.dropped["off_list"] += 1
            return None
        if any(pick.item_id == earlier.item_id for earlier in draft.picks):
            draft.dropped["repeated"] += 1
            return None
        item = self.catalog[pick.item_id]
        pick = replace(pick, rank=len(draft.picks) + 1, score=allowed[pick.item_id])
        pick = evidence.check(pick, item, reading.profile, reading.request, self.catalog)
        draft.engines.append(engine)
        draft.picks.append(pick)
        return Picked(pick)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.close()


def _tidy(text: str) -> str:
    """One line of at most 300 characters, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_SENTENCE]
