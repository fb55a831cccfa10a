"""Tokens of one conversation of five turns with a language model, call by call: a table, and a row for the documentation.

The replies are scripted (of the length real ones have), so that nothing is asked of any server; the prompts are those that
would be sent. Counts are those of the model's own vocabulary where it can be had, else approximate, and say so.

usage: python benchmarks/tokens.py [--pack NAME] [--model PROVIDER:NAME] [--window TOKENS]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from chatrec.assemble import assemble
from chatrec.catalog.titles import TitleLinker
from chatrec.chat import Ask, Chat
from chatrec.engines.builtin.engine import BuiltInEngine
from chatrec.engines.builtin.read import Reader
from chatrec.engines.model import ModelEngine
from chatrec.language.handle import ChatHandle
from chatrec.language.prices import Prices
from chatrec.language.providers import open_model
from chatrec.language.shelf import PromptShelf
from chatrec.language.spent import in_words, spent
from chatrec.records import Turn
from chatrec.settings import read_settings, shipped

MESSAGES = (
    "I loved Spirited Away and Pan's Labyrinth, something magical but for adults",
    "newer, and nothing too violent",
    "why the first one?",
    "more like the second, but under two hours",
    "which of these would my sister like, who hates sad endings?",
)
READINGS: Sequence[dict[str, Any]] = (
    {
        "intent": "recommend",
        "language": "en",
        "wish": "magical dark fantasy for adults with fairy-tale creatures",
        "named": [{"title": "Spirited Away", "said": "like"}, {"title": "Pan's Labyrinth", "said": "like"}],
        "learned": [
            {
                "kind": "like",
                "text": "You like magic that is meant for grown-ups.",
                "tags": ["fantasy"],
                "quote": "magical but for adults",
            }
        ],
    },
    {
        "intent": "recommend",
        "wish": "magical dark fantasy for adults, recent and gentle",
        "must": [
            {"field": "year", "from": 2007, "quote": "newer"},
            {"field": "violence", "to": 1, "quote": "nothing too violent"},
        ],
    },
    {"intent": "question", "about": [1], "aspect": "why"},
    {
        "intent": "recommend",
        "wish": "magical fantasy for adults with a slow, dreamlike mood",
        "similar_to": [2],
        "must": [{"field": "runtime", "to": 120, "quote": "under two hours"}],
    },
    {"intent": "question", "about": [1, 2, 3, 4, 5], "aspect": "other"},
)
REASON = (
    "You liked a girl who must find her own way through a house of spirits; here a boy follows a grey heron into a tower "
    "where the dead and the living share one roof."
)
ANSWER = (
    "It comes first because you asked for magic that is meant for adults: an orphan crosses into another world and has to "
    "bargain with what lives there. Like Spirited Away it keeps its rules to itself and lets you work them out, and it is "
    "newer than both films you named. It is sad in places, though never cruel."
)


class Scripted(BaseChatModel):
    """Answers READ with the next reading, RECOMMEND with the first five candidates, ANSWER with a few sentences."""

    turn: int = 0

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _reply(self, messages: list[BaseMessage]) -> str:
        told = str(messages[-1].content)
        if "<candidates>" in told:
            picks = [{"number": number, "reason": REASON} for number in range(1, 6)]
            return json.dumps({"intro": "Doors into other worlds, none of them for children.", "picks": picks, "outro": ""})
        if "<facts>" in told:
            return ANSWER
        self.turn += 1
        return json.dumps(READINGS[self.turn - 1])

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        message = AIMessage(self._reply(messages), response_metadata={"finish_reason": "stop"})
        return ChatResult(generations=[ChatGeneration(message=message)])

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        for piece in re.findall(r".{1,40}", self._reply(messages), re.DOTALL):
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        yield ChatGenerationChunk(message=AIMessageChunk(content="", response_metadata={"finish_reason": "stop"}))


def converse(handle: ChatHandle, pack: str, window: int | None) -> list[Turn]:
    """The five turns over the shipped catalog."""
    parts = assemble(read_settings({"CHATREC_MODEL": "none"}), database_url="sqlite://")
    scripted = Scripted()

    async def model() -> BaseChatModel:
        return scripted

    handle.model = model  # type: ignore[method-assign]
    handle.unavailable = ""
    linker = TitleLinker(parts.catalog)
    reader = Reader(parts.catalog, linker)
    shelf = PromptShelf(shipped("prompts"), pack)
    price = Prices.load().of(handle)
    engine = ModelEngine(handle, shelf, parts.catalog, linker, reader, window=window, price=price)
    chat = Chat(parts.catalog, parts.store, parts.retriever, reader, BuiltInEngine(parts.catalog, reader), engine)
    conversation = parts.store.start_conversation("bench")

    async def talk() -> list[Turn]:
        return [await chat.ainvoke(Ask(message, "bench", conversation)) for message in MESSAGES]

    return asyncio.run(talk())


def main() -> None:
    """Print the table and the row."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pack", default="default")
    parser.add_argument("--model", default="openai:gpt-5-mini")
    parser.add_argument("--window", type=int)
    given = parser.parse_args()
    handle = open_model(given.model, api_key="none")
    exact = handle.counter.wait()
    turns = converse(handle, given.pack, given.window)
    for turn in turns:
        print(f"turn {turn.number}: {turn.message}")
        for call in turn.trace.calls:
            print(f"  {call.stage:10} {call.tokens_in:6,} in {call.tokens_out:5,} out")
        for flag in turn.trace.flags:
            print(f"  ! {flag}")
        if any(not call.model or call.error for call in turn.trace.calls) or turn.notices:
            sys.exit(f"  a call failed: {turn.notices}")
        print(f"  together   {in_words(spent(turn.trace))}")
    totals = [spent(turn.trace) for turn in turns]
    about = "" if exact else "about "
    cost = "unknown" if any(t.cost is None for t in totals) else f"{about}${sum(t.cost or 0.0 for t in totals):.4f}"
    calls, tokens_in, tokens_out = (sum(getattr(t, name) for t in totals) for name in ("calls", "tokens_in", "tokens_out"))
    print("\n| pack | model | calls | tokens in | tokens out | tokens a turn | cost of the conversation |")
    print("|---|---|---|---|---|---|---|")
    print(
        f"| {Path(given.pack).name} | {given.model} | {calls} | {about}{tokens_in:,} | {about}{tokens_out:,} "
        f"| {about}{(tokens_in + tokens_out) // len(totals):,} | {cost} |"
    )


if __name__ == "__main__":
    main()
