"""A turn in the making: outputs of the engines in, events for the person out, and at the end the Turn to remember."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Literal

from chatrec import evidence
from chatrec.catalog.table import Catalog
from chatrec.engines.choice import unwanted
from chatrec.engines.protocol import Dropped, Flagged, Output, Suggested
from chatrec.errors import ModelError, PromptError
from chatrec.records import Event, ModelCall, Noticed, Pick, Picked, Profile, Reading, Said, Shortlist, Trace, Turn


@dataclass(slots=True)
class Draft:
    """A turn in the making; becomes a Turn at the end, however it ends."""

    number: int
    message: str
    catalog: Catalog
    began: float = field(default_factory=time.perf_counter)
    said: list[str] = field(default_factory=list)
    picks: list[Pick] = field(default_factory=list)
    closing: bool = False
    notices: list[str] = field(default_factory=list)
    suggestions: tuple[str, ...] = ()
    calls: list[ModelCall] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    engines: list[str] = field(default_factory=list)
    pack: str = ""
    reading: Reading | None = None
    profile: Profile = field(default_factory=Profile)
    shortlist: Shortlist = field(default_factory=Shortlist)

    def clock(self, stage: str, since: float) -> float:
        """Add the seconds since a mark to a stage; gives the new mark."""
        now = time.perf_counter()
        self.timings[stage] = round(self.timings.get(stage, 0.0) + now - since, 6)
        return now

    def turn(self, status: Literal["finished", "stopped"]) -> Turn:
        """The turn as it stands, ended in this way."""
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
                flags=tuple(self.flags),
                pack=self.pack if self.calls else "",
            ),
            status=status,
        )

    @property
    def known(self) -> Reading:
        """What READ made of the message; only after READ."""
        if self.reading is None:
            raise RuntimeError("READ has not run yet")
        return self.reading

    def failed(self, error: ModelError | PromptError) -> Noticed:
        """A model failed: noted for the trace, and put in one line for the person."""
        if isinstance(error, ModelError) and error.call is not None:
            self.calls.append(error.call)
        self.errors.append(str(error))
        notice = f"{str(error).rstrip('.')}. The built-in engine took over for this turn."
        self.notices.append(notice)
        return Noticed(notice)

    def take(self, output: Output, engine: str) -> Event | None:
        """One output of an engine -> the event it becomes, or None where it is for the trace or refused."""
        match output:
            case Said(text):
                self.engines.append(engine)
                if self.picks and not self.closing:
                    self.closing = True
                    text = f"\n\n{text.lstrip()}"
                self.said.append(text)
                return Said(text)
            case Suggested(messages):
                self.suggestions = messages
            case Dropped(reason, count):
                self.dropped[reason] += count
            case Flagged(text):
                self.flags.append(text)
            case ModelCall():
                self.calls.append(output)
            case Pick():
                return self._checked(output, engine)
        return None

    def _checked(self, pick: Pick, engine: str) -> Event | None:
        reading = self.known
        allowed = {c.item_id: c.score for c in self.shortlist.candidates}
        refusal = ""
        if pick.item_id not in allowed:
            refusal = unwanted(pick.item_id, reading) or "off_list"
        elif any(pick.item_id == earlier.item_id for earlier in self.picks):
            refusal = "repeated"
        elif len(self.picks) >= reading.request.count:
            refusal = "surplus"
        else:
            refusal = unwanted(pick.item_id, reading)
        if refusal:
            self.dropped[refusal] += 1
            return None
        item = self.catalog[pick.item_id]
        pick = replace(pick, rank=len(self.picks) + 1, score=allowed[pick.item_id])
        pick = evidence.check(pick, item, reading.profile, reading.request, self.catalog)
        self.engines.append(engine)
        self.picks.append(pick)
        return Picked(pick)
