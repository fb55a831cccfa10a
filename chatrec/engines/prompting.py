"""A situation and a prompt pack -> the messages of a stage, cut to the model's window where they must be.

What gives way first is what is told elsewhere or matters least: turns long past, which the profile sums up; long lists of the
catalog's words; the wording of what was shown. Then notes and message are shortened, the candidates last: first their
descriptions, then the tail of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chatrec.catalog.table import Catalog
from chatrec.engines.briefing import (
    MOST_CANDIDATES,
    candidates_section,
    conversation_section,
    facts_section,
    list_section,
    message_section,
    noted,
    profile_section,
    request_section,
    shown_section,
)
from chatrec.engines.calls import Prompt
from chatrec.language.prompts import PromptPack
from chatrec.language.windows import Window
from chatrec.records import Item, Reading, Situation

_NO_TONGUE = ("No dialogue",)


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of everything is told; the defaults are what a model with a large window gets.

    `whole` and `lines` are turns, `message`, `turn`, `sentence`, `reason` and `line` characters, `notes`, `conditions`,
    `values` and `candidates` how many of them, `words` those of the descriptions (of the likeliest, of the others), `facts`
    those of the items a question is about (None: all that is known).
    """

    whole: int = 2
    lines: int = 2
    turn: int = 1_500
    values: int = 60
    reason: int = 300
    notes: int | None = None
    sentence: int = 400
    conditions: int = 40
    message: int = 4_000
    facts: int | None = None
    words: tuple[int, int] = (60, 30)
    line: int = 1_200
    candidates: int = MOST_CANDIDATES


Steps = Sequence[tuple[str, Mapping[str, Any]]]
"""What is cut, in words for the trace, and to how much; each step keeps what the ones before it did."""

STEPS: Mapping[str, Steps] = {
    "profile": (
        ("older turns", {"whole": 1}),
        ("older turns", {"lines": 0}),
        ("genres, countries and languages", {"values": 24}),
        ("the last turn", {"turn": 600}),
        ("notes", {"notes": 24, "sentence": 160}),
        ("the last list", {"reason": 0}),
        ("the message", {"message": 1_600}),
        ("genres, countries and languages", {"values": 10}),
        ("notes", {"notes": 10, "sentence": 100}),
        ("the last turn", {"turn": 240}),
        ("the message", {"message": 700}),
        ("the last turn", {"whole": 0}),
        ("genres, countries and languages", {"values": 0}),
        ("notes", {"notes": 4}),
        ("the message", {"message": 300}),
        ("the last list", {"line": 30}),
        ("notes", {"notes": 1, "sentence": 60}),
        ("the message", {"message": 120}),
    ),
    "recommend": (
        ("notes", {"notes": 24, "sentence": 160}),
        ("the message", {"message": 1_600}),
        ("notes", {"notes": 10, "sentence": 100, "conditions": 12}),
        ("descriptions", {"words": (40, 15)}),
        ("the message", {"message": 700}),
        ("descriptions", {"words": (20, 0)}),
        ("descriptions", {"words": (0, 0), "line": 400}),
        ("candidates", {"candidates": 20}),
        ("candidates", {"candidates": 12, "line": 240}),
        ("notes", {"notes": 4, "conditions": 6}),
        ("the message", {"message": 300}),
        ("candidates", {"candidates": 8}),
        ("candidates", {"candidates": 5, "line": 120}),
        ("the message", {"message": 120}),
    ),
    "answer": (
        ("older turns", {"whole": 1}),
        ("older turns", {"lines": 0}),
        ("notes", {"notes": 24, "sentence": 160}),
        ("the last turn", {"turn": 600}),
        ("the last list", {"reason": 120}),
        ("the message", {"message": 1_600}),
        ("facts", {"facts": 60}),
        ("notes", {"notes": 8, "sentence": 100}),
        ("the last list", {"reason": 60}),
        ("the message", {"message": 700}),
        ("facts", {"facts": 20, "line": 400}),
        ("the last turn", {"turn": 240}),
        ("the last turn", {"whole": 0}),
        ("the message", {"message": 300}),
        ("facts", {"facts": 0, "line": 160}),
        ("notes", {"notes": 2, "sentence": 60}),
        ("the message", {"message": 120}),
    ),
}


REFILLS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "recommend": (
        {"words": (40, 15), "line": 700},
        {"words": (30, 0), "line": 600},
        {"words": (15, 0), "line": 500},
    )
}
"""What may come back, the most first, where the last cut left room: without descriptions reasons are thin."""


class Prompter:
    """Writes the prompts of all stages for one catalog and one model's window. Raises ModelUnavailable where none fits."""

    def __init__(self, catalog: Catalog, window: Window, today: Callable[[], date]) -> None:
        self._catalog = catalog
        self._window = window
        self._today = today

    def read(self, pack: PromptPack, situation: Situation, built_in: Reading) -> Prompt:
        """What READ is asked."""

        def values(m: Measure) -> dict[str, str]:
            return {
                "message": message_section(situation.message, m.message),
                "profile": profile_section(noted(built_in.profile), situation.turn, m.notes, m.sentence),
                "conversation": conversation_section(situation.history, m.whole, m.lines, m.turn),
                "shown": list_section(situation, self._catalog, min(m.reason, 120), m.line),
                "genres": self._known("genres", m.values),
                "countries": self._known("countries", m.values),
                "languages": self._known("languages", m.values),
                "year": str(self._today().year),
                **self._nouns,
            }

        return self._fitted("profile", pack, values)

    def recommend(
        self,
        pack: PromptPack,
        situation: Situation,
        reading: Reading,
        items: Sequence[Item],
        order: Callable[[int], Sequence[int]] = range,
    ) -> Prompt:
        """What RECOMMEND is asked about candidates, in the order that `order` gives for so many of them.

        The prompt's `shown` says how many of the best they are.
        """
        request = reading.request
        people = {name for c in request.constraints if c.field == "person" for name in c.any_of}

        def values(m: Measure) -> dict[str, str]:
            places = order(min(m.candidates, len(items)))
            return {
                "message": message_section(situation.message, m.message),
                "request": request_section(request, self._catalog, m.conditions),
                "candidates": candidates_section([items[place] for place in places], m.words, m.line, places, people),
                "count": str(min(request.count, len(places))),
                "profile": profile_section(noted(reading.profile), most=m.notes, longest=m.sentence),
                "language": request.language,
                **self._nouns,
            }

        prompt = self._fitted("recommend", pack, values)
        return replace(prompt, shown=min(prompt.shown, len(items)))

    def answer(
        self, pack: PromptPack, situation: Situation, reading: Reading, items: Sequence[Item], besides: Sequence[str] = ()
    ) -> Prompt:
        """What ANSWER is asked, with the facts of the items in question, and what code has to say of them besides."""

        def values(m: Measure) -> dict[str, str]:
            return {
                "message": message_section(situation.message, m.message),
                "facts": facts_section(items, m.facts, None if m.facts is None else m.line, besides),
                "profile": profile_section(noted(reading.profile), most=m.notes, longest=m.sentence),
                "conversation": conversation_section(situation.history, m.whole, m.lines, m.turn),
                "shown": shown_section(situation, m.reason, m.line),
                "language": reading.request.language,
                **self._nouns,
            }

        return self._fitted("answer", pack, values)

    def _fitted(self, stage: str, pack: PromptPack, values: Callable[[Measure], Mapping[str, str]]) -> Prompt:
        """The longest version that fits."""
        room = self._window.prompt(stage)
        cut: list[str] = []
        before: Sequence[tuple[str, str]] = ()
        tokens = 0
        for what, measure in _measures(STEPS[stage]):
            messages = pack.render(stage, values(measure))
            if messages == before:
                continue
            before, tokens = messages, self._window.count(messages)
            cut += [what] if what and what not in cut else []
            if tokens <= room:
                flags = (f"The prompt of {stage}.md was cut to fit {room:,} tokens: {', '.join(cut)}.",) if cut else ()
                for more in REFILLS.get(stage, ()):
                    if more["words"] <= measure.words:
                        break
                    fuller = pack.render(stage, values(replace(measure, **more)))
                    if (count := self._window.count(fuller)) <= room:
                        messages, tokens = fuller, count
                        break
                return Prompt(messages, tokens, self._window.reply(stage), measure.candidates, flags)
        raise self._window.too_long(stage, tokens)

    @property
    def _nouns(self) -> dict[str, str]:
        return {"noun": self._catalog.noun, "plural": self._catalog.plural}

    def _known(self, name: str, most: int) -> str:
        known = [value for value in self._catalog.vocabulary(name) if value not in _NO_TONGUE]
        return ", ".join(known[:most]) or "none"


def _measures(steps: Steps) -> Iterator[tuple[str, Measure]]:
    measure = Measure()
    yield "", measure
    for what, less in steps:
        measure = replace(measure, **less)
        yield what, measure
