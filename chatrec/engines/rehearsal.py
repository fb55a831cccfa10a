"""A model engine -> the prompts it would send, without sending them: what `chatrec prompts show` prints."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from typing import Any

from chatrec.engines.calls import Calls, Prompt
from chatrec.engines.model import ModelEngine
from chatrec.engines.protocol import Engine, Output
from chatrec.errors import ModelUnavailable
from chatrec.records import ModelCall, Reading, Shortlist, Situation


class Rehearsal:
    """An engine that writes the prompts of every turn and lets the built-in engine do the work.

    `prompts` holds those of the newest turn by stage. They are what a model would get up to this turn's READ; where a model
    understands a message otherwise than the rules do, its later prompts differ. For one conversation at a time.
    """

    def __init__(self, engine: ModelEngine, built_in: Engine) -> None:
        self.prompts: dict[str, Prompt] = {}
        self._engine = engine.but(calls=_Kept(self.prompts))
        self._built_in = built_in

    @property
    def name(self) -> str:
        """The name of the engine that is rehearsed."""
        return self._engine.name

    async def read(self, situation: Situation) -> Reading:
        """The built-in reading."""
        self.prompts.clear()
        with suppress(_Unsent):
            return await self._engine.read(situation)
        return await self._built_in.read(situation)

    async def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
        """Nothing."""
        with suppress(_Unsent):
            async for output in self._engine.recommend(situation, reading, shortlist):
                yield output

    async def answer(self, situation: Situation, reading: Reading) -> AsyncIterator[Output]:
        """Nothing."""
        with suppress(_Unsent):
            async for output in self._engine.answer(situation, reading):
                yield output


class _Unsent(ModelUnavailable):
    """A prompt was written and not sent."""


class _Kept(Calls):
    """Keeps prompts instead of sending them."""

    def __init__(self, prompts: dict[str, Prompt]) -> None:
        self._prompts = prompts

    async def complete(self, stage: str, prompt: Prompt, **_: Any) -> tuple[str, ModelCall]:
        """Keep the prompt; never gives anything."""
        raise self._keep(stage, prompt)

    async def stream(
        self, stage: str, prompt: Prompt, *, is_whole: Callable[[], bool] | None = None, **_: Any
    ) -> AsyncGenerator[str | ModelCall, None]:
        """Keep the prompt; never gives anything."""
        raise self._keep(stage, prompt)
        yield ""

    def _keep(self, stage: str, prompt: Prompt) -> _Unsent:
        self._prompts.setdefault(stage, prompt)
        return _Unsent("The prompt was not sent")
