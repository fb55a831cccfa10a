"""One turn: events in order, fallback at every stage, nothing lost, nothing outside the shortlist."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from chatrec.catalog.table import Catalog
from chatrec.chat import LONGEST_MESSAGE, Chat
from chatrec.engines.protocol import Dropped, Flagged, Output
from chatrec.errors import StoreError, UnknownConversation
from chatrec.memory.store import Store
from chatrec.records import (
    Constraint,
    Finished,
    Mention,
    Noticed,
    Pick,
    Picked,
    Profile,
    Reading,
    Request,
    Said,
    Sentence,
    Shortlist,
    Shortlisted,
    Situation,
    Understood,
)
from tests.chat.players import CALL, Engine, Interpreter, Searcher, ask, events, make


async def test_events_come_in_the_order_of_the_stages(films: Catalog, store: Store) -> None:
    kinds = [type(event) for event in await events(make(films, store), ask(store))]
    assert kinds == [Understood, Shortlisted, Said, Picked, Picked, Picked, Said, Finished]


async def test_the_finished_turn_holds_what_the_events_said(films: Catalog, store: Store) -> None:
    question = ask(store)
    turn = (await events(make(films, store), question))[-1].turn  # type: ignore[union-attr]
    assert turn.reply == "built-in begins.\n\nbuilt-in closes."
    assert [p.rank for p in turn.picks] == [1, 2, 3]
    assert turn.suggestions == ("Newer",)
    assert turn.engine == "built-in"
    assert {"read", "retrieve", "speak", "total"} <= set(turn.timings)
    assert store.history("ann", question.conversation)[0].picks == turn.picks


async def test_a_later_turn_is_told_the_earlier_one(films: Catalog, store: Store) -> None:
    engine = Engine("built-in")
    chat, question = make(films, store, built_in=engine), ask(store)
    await events(chat, question)
    await events(chat, replace(question, message="newer"))
    assert [t.message for t in engine.seen[1].history] == ["something magical"]
    assert [s.id for s in engine.seen[1].profile.sentences] == ["s1"]


async def test_a_model_that_speaks_leaves_the_built_in_engine_silent(films: Catalog, store: Store) -> None:
    turn = (await events(make(films, store, Engine("gpt")), ask(store)))[-1].turn  # type: ignore[union-attr]
    assert turn.engine == "gpt"
    assert {p.reason for p in turn.picks} == {"A reason by gpt."}


@pytest.mark.parametrize(
    ("model", "reasons"),
    [
        (Engine("gpt", fail="read"), ["built-in"] * 3),
        (Engine("gpt", fail="recommend"), ["built-in"] * 3),
        (Engine("gpt", fail="recommend", after=2), ["gpt", "gpt", "built-in"]),
    ],
)
async def test_the_built_in_engine_takes_over_where_the_model_fails(
    films: Catalog, store: Store, model: Engine, reasons: list[str]
) -> None:
    question = ask(store)
    stream = await events(make(films, store, model), question)
    turn = stream[-1].turn  # type: ignore[union-attr]
    assert [p.reason for p in turn.picks] == [f"A reason by {who}." for who in reasons]
    assert [p.rank for p in turn.picks] == [1, 2, 3]
    assert len({p.item_id for p in turn.picks}) == 3
    assert [type(e) for e in stream].count(Noticed) == 1
    assert turn.notices[0].endswith("The built-in engine took over for this turn.")
    assert turn.trace.calls == (CALL,)
    assert "built-in" in turn.engine
    assert store.history("ann", question.conversation)[0].status == "finished"


async def test_an_answer_cut_off_is_given_again_in_full(films: Catalog, store: Store) -> None:
    model, built_in = Engine("gpt", fail="answer", intent="question"), Engine("built-in", intent="question")
    turn = (await events(make(films, store, model, built_in), ask(store)))[-1].turn  # type: ignore[union-attr]
    assert turn.reply == "gpt answers\n\nbuilt-in answers fully."
    assert len(turn.notices) == 1


async def test_picks_outside_the_shortlist_and_repeats_are_dropped_and_counted(films: Catalog, store: Store) -> None:
    model = Engine("gpt")
    first = films.items[0].id
    model.extra = [
        Pick("made-up", "Made Up", 2020, 1, "x"),
        Pick(first, first, None, 1, "A reason by gpt."),
        Dropped("malformed"),
    ]
    turn = (await events(make(films, store, model), ask(store)))[-1].turn  # type: ignore[union-attr]
    assert [p.item_id for p in turn.picks] == [item.id for item in films.items[:3]]
    assert turn.trace.dropped == {"off_list": 1, "repeated": 1, "malformed": 1}


async def test_unwanted_picks_are_dropped_by_code_and_counted_by_reason(films: Catalog, store: Store) -> None:
    unwanted = [item.id for item in films.items[:3]]

    class Heedless(Searcher):
        """Leaves in the list what must not be shown."""

        def search(self, request: Request, profile: Profile, limit: int = 30) -> Shortlist:
            return super().search(replace(request, excluded=()), profile, limit)

    class Model(Engine):
        async def read(self, situation: Situation) -> Reading:
            reading = await super().read(situation)
            mention = Mention(unwanted[0], "x", "x", "like", 1)
            seen = Sentence("seen", "You have seen it.", "fact", "turn 1", seen=(unwanted[1],))
            request = replace(reading.request, excluded=tuple(unwanted), mentions=(mention,))
            return replace(reading, request=request, profile=Profile((*reading.profile.sentences, seen)), flags=("Cut.",))

    model = Model("gpt")
    model.extra = [*(Pick(item_id, "x", None, 1, "x") for item_id in unwanted), Flagged("A jump.")]
    chat = Chat(films, store, Heedless(films), Interpreter(), Engine("built-in"), model)
    turn = (await events(chat, ask(store)))[-1].turn  # type: ignore[union-attr]
    assert {key: turn.trace.dropped[key] for key in ("named", "seen", "excluded")} == {"named": 2, "seen": 2, "excluded": 2}
    assert [p.item_id for p in turn.picks] == [item.id for item in films.items[3:6]]
    assert turn.trace.flags == ("Cut.", "A jump.")


async def test_more_picks_than_wanted_are_surplus(films: Catalog, store: Store) -> None:
    class Eager(Engine):
        async def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
            for rank, candidate in enumerate(shortlist.candidates[:5], 1):
                yield Pick(candidate.item_id, "x", None, rank, "A reason by gpt.")

    turn = (await events(make(films, store, Eager("gpt")), ask(store)))[-1].turn  # type: ignore[union-attr]
    assert len(turn.picks) == 3
    assert turn.trace.dropped == {"surplus": 2}


async def test_a_model_that_gives_too_few_is_filled_up(films: Catalog, store: Store) -> None:
    class Lazy(Engine):
        async def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
            yield Pick(shortlist.candidates[4].item_id, "x", None, 1, "A reason by gpt.")

    turn = (await events(make(films, store, Lazy("gpt")), ask(store)))[-1].turn  # type: ignore[union-attr]
    assert [p.item_id for p in turn.picks] == [films.items[4].id, films.items[0].id, films.items[1].id]
    assert turn.trace.dropped == {"filled": 2}


async def test_what_fills_up_a_list_is_told_as_briefly_as_the_rest_of_it(films: Catalog, store: Store) -> None:
    class Brief(Engine):
        async def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
            yield Pick(shortlist.candidates[4].item_id, "x", None, 1, "In a few words, by gpt.")

    class Wordy(Engine):
        async def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
            for rank, candidate in enumerate(shortlist.candidates[: reading.request.count], 1):
                yield Pick(candidate.item_id, "x", None, rank, "One sentence with all that matters. And then another one.")

    chat = make(films, store, Brief("gpt"), Wordy("built-in"))
    turn = (await events(chat, ask(store)))[-1].turn  # type: ignore[union-attr]
    assert [pick.reason for pick in turn.picks] == ["In a few words, by gpt.", *["One sentence with all that matters."] * 2]
    alone = (await events(make(films, store, None, Wordy("built-in")), ask(store)))[-1].turn  # type: ignore[union-attr]
    assert {pick.reason for pick in alone.picks} == {"One sentence with all that matters. And then another one."}


async def test_stopping_keeps_what_had_arrived(films: Catalog, store: Store) -> None:
    engine = Engine("built-in")
    engine.pause = 0.01
    question = ask(store)

    picked = asyncio.Event()

    async def consume() -> None:
        async for event in make(films, store, built_in=engine).astream(question):
            if isinstance(event, Picked):
                picked.set()

    task = asyncio.create_task(consume())
    await picked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    turn = store.history("ann", question.conversation)[0]
    assert turn.status == "stopped"
    assert len(turn.picks) == 1


async def test_a_retry_replaces_the_turn(films: Catalog, store: Store) -> None:
    chat, question = make(films, store), ask(store)
    await events(chat, question)
    await events(chat, replace(question, message="", retry=1))
    history = store.history("ann", question.conversation)
    assert [(t.number, t.message) for t in history] == [(1, "something magical")]


async def test_history_before_a_reset_is_not_told(films: Catalog, store: Store) -> None:
    engine = Engine("built-in", intent="reset")
    chat, question = make(films, store, built_in=engine), ask(store)
    await events(chat, question)
    engine.intent = "recommend"
    await events(chat, replace(question, message="a western"))
    assert engine.seen[1].history == ()


async def test_only_the_beginning_of_a_very_long_message_is_read_and_all_is_kept(films: Catalog, store: Store) -> None:
    engine = Engine("built-in")
    question = ask(store, "x" * 10_000)
    turn = (await events(make(films, store, built_in=engine), question))[-1].turn  # type: ignore[union-attr]
    assert len(engine.seen[0].message) == LONGEST_MESSAGE
    assert len(turn.message) == 10_000


async def test_a_turn_that_cannot_be_saved_is_still_shown(
    films: Catalog, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("The disk is full.")

    question = ask(store)
    monkeypatch.setattr(store, "finish_turn", refuse)
    stream = await events(make(films, store), question)
    assert isinstance(stream[-2], Noticed)
    assert "could not be saved" in stream[-2].text
    assert len(stream[-1].turn.picks) == 3  # type: ignore[union-attr]


async def test_nobody_speaks_in_somebody_elses_conversation(films: Catalog, store: Store) -> None:
    question = ask(store)
    with pytest.raises(UnknownConversation):
        await events(make(films, store), replace(question, user="eve"))


async def test_what_could_not_be_checked_is_told_and_not_claimed(films: Catalog, store: Store) -> None:
    short, by = Constraint("runtime", at_most=100), Constraint("person", any_of=("Ang Lee",), role="director")

    class Bare(Searcher):
        def search(self, request: Request, profile: Profile, limit: int = 30) -> Shortlist:
            return replace(super().search(request, profile, limit), unrecorded=(short,))

    class Reads(Engine):
        told: tuple[Constraint, ...] = ()

        async def read(self, situation: Situation) -> Reading:
            reading = await super().read(situation)
            return replace(reading, request=replace(reading.request, constraints=(short, by)))

        async def recommend(self, situation: Situation, reading: Reading, shortlist: Shortlist) -> AsyncIterator[Output]:
            self.told = reading.request.constraints
            async for output in super().recommend(situation, reading, shortlist):
                yield output

    engine = Reads("built-in")
    chat = Chat(films, store, Bare(films), Interpreter(), engine, None)
    turn = (await events(chat, ask(store)))[-1].turn  # type: ignore[union-attr]
    assert engine.told == (by,)
    assert turn.notices == (
        "This catalog does not record running times, so “nothing longer than 100 minutes” could not be checked.",
    )
    assert turn.request is not None
    assert turn.request.constraints == (short, by)  # what was asked stays asked
