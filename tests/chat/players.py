"""Engines, a searcher and an interpreter that follow a script, for the tests of the turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

from chatrec.catalog.table import Catalog
from chatrec.chat import Ask, Chat
from chatrec.engines.protocol import Output, Suggested
from chatrec.errors import ModelReplyError, ModelUnavailable
from chatrec.memory.store import Store
from chatrec.records import (
    Candidate,
    Event,
    ModelCall,
    Pick,
    Profile,
    Reading,
    Request,
    Said,
    Sentence,
    Shortlist,
    Situation,
)

CALL = ModelCall("profile", "fake", (("user", "x"),), "", 0.1, error="boom")


class Engine:
    """An engine that follows a script: it fails where it is told to, and remembers what it was given."""

    def __init__(self, name: str, *, intent: str = "recommend", fail: str = "", after: int = 0, count: int = 3) -> None:
        self.name = name
        self.intent = intent
        self.fail = fail
        self.after = after
        self.count = count
        self.seen: list[Situation] = []
        self.extra: list[Output] = []
        self.pause = 0.0

    async def read(self, situation: Situation) -> Reading:
        self.seen.append(situation)
        if self.fail == "read":
            raise ModelUnavailable("The model did not answer within 60 s.", CALL)
        sentence = Sentence(f"s{situation.turn}", f"You said: {situation.message[:20]}", "fact", f"turn {situation.turn}")
        request = Request(self.intent, situation.message, count=self.count, understood=f"{self.name} understood")  # type: ignore[arg-type]
        return Reading(request, Profile((*situation.profile.sentences, sentence)))

    async def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
        yield Said(f"{self.name} begins.")
        for output in self.extra:
            yield output
        for rank, candidate in enumerate(shortlist.candidates[: reading.request.count], 1):
            if self.fail == "recommend" and rank > self.after:
                raise ModelReplyError("The reply was cut short.", CALL)
            await asyncio.sleep(self.pause)
            yield Pick(candidate.item_id, candidate.item_id, None, rank, f"A reason by {self.name}.")
        yield Said(f"{self.name} closes.")
        yield Suggested(("Newer",))

    async def answer(self, situation: Situation, reading: Reading) -> AsyncIterator[Output]:
        yield Said(f"{self.name} answers")
        if self.fail == "answer":
            raise ModelReplyError("The reply was cut short.", CALL)
        yield Said(" fully.")


class Searcher:
    """Gives the first items of the catalog that are not excluded."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def search(self, request: Request, profile: Profile, limit: int = 30) -> Shortlist:
        found = [item.id for item in self.catalog if item.id not in request.excluded]
        return Shortlist(tuple(Candidate(i, 1.0) for i in found[:10]), considered=len(found))


class Interpreter:
    def interpret(self, sentence: Sentence) -> Sentence:
        return replace(sentence, kind="dislike" if "no " in sentence.text.lower() else "fact")


def make(films: Catalog, store: Store, model: Engine | None = None, built_in: Engine | None = None) -> Chat:
    return Chat(films, store, Searcher(films), Interpreter(), built_in or Engine("built-in"), model)


def ask(store: Store, message: str = "something magical") -> Ask:
    return Ask(message, "ann", store.start_conversation("ann"))


async def events(chat: Chat, question: Ask) -> list[Event]:
    return [event async for event in chat.astream(question)]
