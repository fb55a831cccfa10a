"""Choosing twice: a second pass over a shuffled order, merged with the first; and what is flagged or refused on the way."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import langchain_openai  # noqa: F401  (its import takes longer than some time-outs below)
import pytest

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.read import Reader
from chatrec.engines.calls import STOPPED, Estimate
from chatrec.engines.choice import SHUFFLED, as_short
from chatrec.engines.model import ModelEngine
from chatrec.engines.protocol import Dropped, Flagged, Output
from chatrec.errors import CeilingReached, ModelError
from chatrec.language.prices import Price
from chatrec.language.providers import Limits, open_model
from chatrec.language.shelf import PromptShelf
from chatrec.records import (
    Candidate,
    Evidence,
    Mention,
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
from tests.scripted_server import Reply, ScriptedServer, failure

PROMPTS = Path(__file__).parents[2] / "prompts"
MESSAGE = "something magical"


class Meter:
    """Remembers what it was asked; refuses after `calls` calls."""

    def __init__(self, calls: int = 99) -> None:
        self.left = calls
        self.estimates: list[Estimate] = []
        self.charged: list[ModelCall] = []

    async def reserve(self, estimate: Estimate) -> None:
        if not self.left:
            raise CeilingReached("Enough for today")
        self.left -= 1
        self.estimates.append(estimate)

    def charge(self, call: ModelCall) -> None:
        self.charged.append(call)


def engine(films: Catalog, server: ScriptedServer, passes: int = 2, total: float = 8.0, **more: Any) -> ModelEngine:
    linker = TitleLinker(films)
    handle = open_model("tiny", base_url=server.url, limits=Limits(total, 0.5, 4.0, 0.01, retries=0))
    return ModelEngine(
        handle,
        PromptShelf(PROMPTS),
        films,
        linker,
        Reader(films, linker),
        today=lambda: date(2026, 11, 20),
        passes=passes,
        **more,
    )


def shortlist(films: Catalog, count: int = 20) -> Shortlist:
    return Shortlist(tuple(Candidate(item.id, 1.0 - n / 100) for n, item in enumerate(list(films)[:count])))


def numbers(request: dict[str, Any]) -> dict[str, int]:
    """Label -> number, as a request lists the candidates."""
    told = request["messages"][1]["content"].partition("<candidates>\n")[2].partition("\n</candidates>")[0]
    return {label: int(number) for number, label in re.findall(r"^(\d+)\. (.*?) \| ", told, re.MULTILINE)}


def choosing(
    films: Catalog,
    places: dict[bool, list[int]],
    wrap: Callable[[str, bool], Reply | str] = lambda text, straight: text,
) -> Callable[[dict[str, Any]], Reply | str]:
    """A model that picks places of the shortlist: one list where the order is the shortlist's, one where it is not."""
    labels = [item.label for item in films]

    def answer(request: dict[str, Any]) -> Reply | str:
        known = numbers(request)
        straight = list(known) == labels[: len(known)]
        picks = [
            {"number": known[labels[p - 1]], "reason": f"A reason for {p} given {'first' if straight else 'second'}."}
            for p in places[straight]
        ]
        text = json.dumps({"intro": f"{'First' if straight else 'Second'} says.", "picks": picks, "outro": "More?"})
        return wrap(text, straight)

    return answer


async def outputs_of(
    chooser: ModelEngine, found: Shortlist, count: int = 3, profile: Profile | None = None, **more: Any
) -> tuple[list[Output], ModelError | None]:
    reading = Reading(Request("recommend", MESSAGE, search_text=MESSAGE, count=count, **more), profile or Profile())
    outputs: list[Output] = []
    try:
        async for output in chooser.recommend(Situation(MESSAGE, 3), reading, found):
            outputs.append(output)  # noqa: PERF401 (what came before an error is kept)
    except ModelError as error:
        return outputs, error
    return outputs, None


def places(outputs: list[Output], films: Catalog) -> list[int]:
    order = [item.id for item in films]
    return [order.index(o.item_id) + 1 for o in outputs if isinstance(o, Pick)]


def of(kind: type[Any], outputs: list[Output]) -> list[Any]:
    return [output for output in outputs if isinstance(output, kind)]


# --------------------------------------------------------------------------- the second pass


async def test_two_passes_are_merged_by_borda_count(films: Catalog, server: ScriptedServer) -> None:
    server.answer = choosing(films, {True: [1, 9, 2], False: [9, 5, 7]})
    outputs, error = await outputs_of(engine(films, server), shortlist(films))
    assert error is None
    assert places(outputs, films) == [9, 1, 5]
    assert [pick.reason for pick in of(Pick, outputs)] == [
        "A reason for 9 given first.",
        "A reason for 1 given first.",
        "A reason for 5 given second.",
    ]
    assert [pick.rank for pick in of(Pick, outputs)] == [1, 2, 3]
    assert "".join(said.text for said in of(Said, outputs)) == "First says.\n\nMore?"
    assert sorted(call.stage for call in of(ModelCall, outputs)) == ["recommend", SHUFFLED]


async def test_both_passes_list_the_same_candidates_and_the_order_is_the_turns_own(
    films: Catalog, server: ScriptedServer
) -> None:
    server.answer = choosing(films, {True: [1, 2, 3], False: [1, 2, 3]})
    for _ in range(2):
        await outputs_of(engine(films, server), shortlist(films))
    orders = {tuple(numbers(request)) for request in server.requests}
    assert len(server.requests) == 4
    assert len(orders) == 2
    assert len({frozenset(order) for order in orders}) == 1


async def test_passes_run_at_the_same_time(films: Catalog, server: ScriptedServer) -> None:
    both = threading.Barrier(2)

    def together(text: str, straight: bool) -> str:
        both.wait(5)  # breaks where one pass waits for the other
        return text

    server.answer = choosing(films, {True: [1, 2, 3], False: [1, 2, 3]}, wrap=together)
    outputs, error = await outputs_of(engine(films, server), shortlist(films))
    assert (places(outputs, films), error) == ([1, 2, 3], None)


async def test_one_pass_is_the_rule(films: Catalog, server: ScriptedServer) -> None:
    server.answer = choosing(films, {True: [4, 2, 3]})
    outputs, _ = await outputs_of(engine(films, server, passes=1), shortlist(films))
    assert places(outputs, films) == [4, 2, 3]
    assert len(server.requests) == 1


@pytest.mark.parametrize(("broken", "expected"), [(True, [9, 5, 7]), (False, [1, 9, 2])])
async def test_a_pass_that_fails_leaves_the_other(
    films: Catalog, server: ScriptedServer, broken: bool, expected: list[int]
) -> None:
    server.answer = choosing(
        films, {True: [1, 9, 2], False: [9, 5, 7]}, wrap=lambda text, straight: failure(500) if straight is broken else text
    )
    outputs, error = await outputs_of(engine(films, server), shortlist(films))
    assert (places(outputs, films), error) == (expected, None)
    (flag,) = of(Flagged, outputs)
    assert "failed" in flag.text
    assert len(of(ModelCall, outputs)) == 2
    assert sum(bool(call.error) for call in of(ModelCall, outputs)) == 1


async def test_two_broken_passes_give_what_they_had_and_then_the_error(films: Catalog, server: ScriptedServer) -> None:
    def cut(text: str, straight: bool) -> Reply:
        return Reply([text[: text.index("}, {")], "}"] if straight else [""], cut=straight)

    server.answer = choosing(films, {True: [4, 2, 3], False: [9, 5, 7]}, wrap=cut)
    outputs, error = await outputs_of(engine(films, server), shortlist(films))
    assert places(outputs, films) == [4]
    assert error is not None
    calls = [*of(ModelCall, outputs), error.call]
    assert sorted(call.stage for call in calls) == ["recommend", SHUFFLED]


async def test_stopping_ends_both_passes_and_charges_both(films: Catalog, server: ScriptedServer) -> None:
    server.answer = lambda request: Reply(['{"intro": "Wait', 20.0])
    meter = Meter()
    price = Price(1.0, 2.0)
    chooser = engine(films, server, price=price).metered(meter)
    task = asyncio.create_task(outputs_of(chooser, shortlist(films)))
    while len(server.requests) < 2 or not server.requests:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [call.error for call in meter.charged] == [STOPPED, STOPPED]
    for call, estimate in zip(meter.charged, meter.estimates, strict=True):
        assert 500 < call.tokens_in < estimate.tokens
        assert call.cost == price.cost(call.tokens_in, call.tokens_out)
        assert not call.counted


# --------------------------------------------------------------------------- what is flagged and refused


async def test_large_jumps_are_flagged_with_pick_rank_and_place(films: Catalog, server: ScriptedServer) -> None:
    server.answer = choosing(films, {True: [18, 2, 12]})
    outputs, _ = await outputs_of(engine(films, server, passes=1), shortlist(films))
    labels = [item.label for item in films]
    assert [flag.text for flag in of(Flagged, outputs)] == [f"Pick 1, {labels[17]}, stood at 18 of 20 in the shortlist."]


async def test_titles_off_the_list_are_counted_by_why_they_are_not_on_it(films: Catalog, server: ScriptedServer) -> None:
    picks = [
        {"title": title, "reason": "It is a good one for you."}
        for title in ("Coraline", "Up", "Alien", "Gorblax Rising", "Casablanca")
    ]
    server.say(json.dumps({"picks": [*picks, {"number": 77, "reason": "It is a good one for you."}]}))
    seen = Sentence("s", "You have seen Up.", "fact", "turn 1", seen=("up-2009",))
    outputs, _ = await outputs_of(
        engine(films, server, passes=1),
        Shortlist((Candidate("casablanca-1942", 1.0),)),
        profile=Profile((seen,)),
        excluded=("coraline-2009", "up-2009", "alien-1979"),
        mentions=(Mention("coraline-2009", "Coraline", "Coraline", "like", 3),),
    )
    assert [drop.reason for drop in of(Dropped, outputs)] == ["named", "seen", "excluded", "off_list", "off_list"]
    assert [pick.item_id for pick in of(Pick, outputs)] == ["casablanca-1942"]


# --------------------------------------------------------------------------- the meter


async def test_every_call_is_reserved_first_and_charged_once(films: Catalog, server: ScriptedServer) -> None:
    meter = Meter()
    chooser = engine(films, server, passes=1, price=Price(1.0, 2.0)).metered(meter)
    server.say(json.dumps({"intent": "recommend", "wish": "magic"}))
    await chooser.read(Situation(MESSAGE, 1))
    server.answer = choosing(films, {True: [1, 2, 3]})
    outputs, _ = await outputs_of(chooser, shortlist(films))
    assert [call.stage for call in meter.charged] == ["profile", "recommend"]
    assert meter.charged[1] == of(ModelCall, outputs)[0]
    assert meter.charged[1].cost == pytest.approx((120 * 1.0 + 40 * 2.0) / 1e6)
    assert all(estimate.tokens > 1_000 and estimate.dollars is not None for estimate in meter.estimates)


@pytest.mark.parametrize(
    ("reply", "free"),
    [
        (failure(401), True),
        (failure(429), True),
        (failure(500), True),
        (Reply([20.0, "late"]), False),
        (Reply(['{"picks": ['], cut=True), False),
        (Reply(["no list at all"], usage=None), False),
    ],
)
async def test_a_failed_call_costs_what_a_model_may_have_worked(
    films: Catalog, server: ScriptedServer, reply: Reply, free: bool
) -> None:
    meter = Meter()
    server.say(reply)
    total = 1.2 if 20.0 in reply.pieces else 8.0
    chooser = engine(films, server, passes=1, total=total, price=Price(1.0, 2.0)).metered(meter)
    _, error = await outputs_of(chooser, shortlist(films))
    assert error is not None
    (call,) = meter.charged
    assert error.call is not None
    assert error.call.cost == call.cost
    assert (call.cost == 0) is free


async def test_an_unknown_price_is_none_and_never_nothing(films: Catalog, server: ScriptedServer) -> None:
    server.answer = choosing(films, {True: [1, 2, 3]})
    outputs, _ = await outputs_of(engine(films, server, passes=1), shortlist(films))
    assert [call.cost for call in of(ModelCall, outputs)] == [None]


async def test_a_reached_ceiling_asks_nothing_of_the_server(films: Catalog, server: ScriptedServer) -> None:
    outputs, error = await outputs_of(engine(films, server, passes=1).metered(Meter(0)), shortlist(films))
    assert (outputs, server.requests) == ([], [])
    assert isinstance(error, CeilingReached)


async def test_the_engine_itself_stays_unmetered(films: Catalog, server: ScriptedServer) -> None:
    whole = engine(films, server, passes=1)
    whole.metered(Meter(0))
    server.answer = choosing(films, {True: [1, 2, 3]})
    _, error = await outputs_of(whole, shortlist(films))
    assert error is None


FILLING = Pick(
    "f1",
    "Up",
    2009,
    3,
    'Like "Dr. Strangelove", which you named, it mocks the great. Its hero is an old man who leaves with his house.',
    (Evidence("Dr. Strangelove", "request.mentions", "m"), Evidence("an old man", "item.description", "An old man")),
)


def test_a_pick_that_fills_up_a_list_of_short_ones_is_told_in_one_sentence() -> None:
    short = as_short(FILLING, [Pick("f2", "Coraline", 2009, 1, "A door, and behind it another mother.")])
    assert short.reason == 'Like "Dr. Strangelove", which you named, it mocks the great.'
    assert [evidence.claim for evidence in short.evidence] == ["Dr. Strangelove"]


@pytest.mark.parametrize("beside", [(), (Pick("f2", "Coraline", 2009, 1, "word " * 40),)])
def test_a_pick_that_fills_up_a_list_is_left_alone_where_nothing_beside_it_is_shorter(beside: tuple[Pick, ...]) -> None:
    assert as_short(FILLING, beside) == FILLING
