"""The page's handlers without a browser: packs and people are chosen per visitor, and refused when unknown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from chatrec.assemble import Parts
from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.chat import Chat
from chatrec.engines.builtin.read import Reader
from chatrec.history.interactions import Interactions
from chatrec.history.persona import Personas
from chatrec.language.shelf import PromptShelf
from chatrec.memory.store import Store
from chatrec.records import Interaction, ModelCall
from chatrec.ui.desk import Desk
from tests.chat.players import Engine, Searcher

SHIPPED = Path(__file__).parents[2] / "prompts"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "prompts")
    return tmp_path / "prompts"


@pytest.fixture
def personas(films: Catalog) -> Personas:
    """Two people: one who loves the first ten films, one who loves the next ten."""
    items = [item.id for item in films][:20]
    deeds = [Interaction("ann" if n < 10 else "bob", item, "rate", 5.0) for n, item in enumerate(items)]
    return Personas(films, Interactions.of(deeds, {"ann": {"age": 31}}))


def desk_over(films: Catalog, store: Store, shelf: PromptShelf | None = None, personas: Personas | None = None) -> Desk:
    model, searcher = Engine("tiny") if shelf else None, Searcher(films)
    chat = Chat(films, store, searcher, Reader(films, TitleLinker(films)), Engine("built-in"), model, personas=personas)
    return Desk(Parts(chat, films, store, searcher, (), shelf))  # type: ignore[arg-type]


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store("sqlite://")) as opened:
        yield opened


def event(**data: object) -> gr.EventData:
    return gr.EventData(None, data)


def arrive(desk: Desk, token: str = "") -> dict[str, str]:
    session: dict[str, str] = desk.arrive(token)[0]
    return session


def packs(left: dict[str, Any]) -> list[str]:
    return [pack["name"] for pack in left["tuner"]["packs"]]


def test_pack_is_chosen_for_one_visitor_and_kept_by_their_token(films: Catalog, store: Store, root: Path) -> None:
    desk = desk_over(films, store, PromptShelf(root))
    ann, bob = arrive(desk), arrive(desk)
    session, token, left = desk.tune(ann, "", event(act="pack", id="critic"))
    assert left["tuner"]["current"] == "critic"
    assert packs(left) == ["default", "concise", "critic", "discovery", "family"]
    assert desk.left_view(bob)["tuner"]["current"] == "default"
    assert arrive(desk, token) == session
    moved = desk.conversations(session, token, event(act="new"))[0]
    assert moved["pack"] == "critic"
    assert moved["conversation"] != session["conversation"]
    back, _, left = desk.tune(moved, token, event(act="pack", id="default"))
    assert "pack" not in back
    assert left["tuner"]["current"] == "default"


def test_moment_of_a_choice_stays_with_the_visitor(films: Catalog, store: Store, root: Path) -> None:
    """The page leaves out a view older than its last choice, so no later view may lack the moment."""
    desk = desk_over(films, store, PromptShelf(root))
    session, token, left = desk.tune(arrive(desk), "", event(act="pack", id="critic", at="1700000000000"))
    assert left["tuner"]["chosen"] == "1700000000000"
    assert desk.left_view(arrive(desk, token))["tuner"]["chosen"] == "1700000000000"
    assert desk.conversations(session, token, event(act="new"))[2]["tuner"]["chosen"] == "1700000000000"
    forgotten = desk.edit_profile(session, token, event(act="forget"))[2]["tuner"]
    assert (forgotten["current"], forgotten["chosen"]) == ("default", "1700000000000")
    assert desk.tune(arrive(desk), "", event(act="pack", id="critic", at="<b>"))[2]["tuner"]["chosen"] == ""


def test_views_of_the_store_tell_when_it_was_read(films: Catalog, store: Store) -> None:
    desk = desk_over(films, store)
    session = arrive(desk)
    before = desk.left_view(session)["at"], desk.right_view(session)["at"]
    after = desk.left_view(session)["at"], desk.right_view(session)["at"]
    assert after > before


async def test_chosen_pack_goes_with_every_message(films: Catalog, store: Store, root: Path) -> None:
    desk = desk_over(films, store, PromptShelf(root))
    session, *_ = desk.tune(arrive(desk), "", event(act="pack", id="concise"))
    async for _ in desk.respond("something magical", session):
        pass
    engine = desk.chat.model
    assert isinstance(engine, Engine)
    assert [situation.pack for situation in engine.seen] == ["concise"]


async def test_what_a_turn_took_is_told_again_after_a_reload(films: Catalog, store: Store, root: Path) -> None:
    desk = desk_over(films, store, PromptShelf(root))
    engine = desk.chat.model
    assert isinstance(engine, Engine)
    engine.extra = [ModelCall("recommend", "tiny", (), "", 0.5, tokens_in=900, tokens_out=100, cost=0.25)]
    session, *_ = desk.tune(arrive(desk), "", event(act="pack", id="concise"))
    shown: list[Any] = [outputs[1] async for outputs in desk.respond("something magical", session)]
    live, stored = shown[-1]["turns"][0]["about"], desk.chat_view(session)["turns"][0]["about"]
    assert live == stored
    assert live.startswith("tiny · pack concise · 1,000 tokens · ")
    assert live.endswith(" · $0.25")


@pytest.mark.parametrize("name", ["nope", "../default", "", "/etc"])
def test_pack_that_is_none_leaves_the_host_s(films: Catalog, store: Store, root: Path, name: str) -> None:
    desk = desk_over(films, store, PromptShelf(root, "family"))
    session, token, left = desk.tune(arrive(desk), "", event(act="pack", id=name))
    assert left["tuner"]["current"] == "family"
    assert "pack" not in session
    forged = json.dumps({**json.loads(token), "pack": name})
    assert "pack" not in arrive(desk, forged)


def test_pack_added_meanwhile_appears_and_a_broken_one_says_where(films: Catalog, store: Store, root: Path) -> None:
    desk = desk_over(films, store, PromptShelf(root))
    session = arrive(desk)
    shutil.copytree(root / "concise", root / "brief")
    left = desk.left_view(session)
    assert "brief" in packs(left)
    session, _, left = desk.tune(session, "", event(act="pack", id="brief"))
    assert left["tuner"]["problems"] == []
    (root / "brief" / "answer.md").write_text("---\n{{facts}}\n{{mesage}}", encoding="utf-8")
    (problem,) = desk.left_view(session)["tuner"]["problems"]
    assert problem.startswith("brief/answer.md, line 3: there is no blank {{mesage}}")
    assert desk.left_view(arrive(desk))["tuner"]["problems"] == []


def test_without_a_model_the_picker_says_what_it_needs(films: Catalog, store: Store) -> None:
    desk = desk_over(films, store)
    tuner = desk.left_view(arrive(desk))["tuner"]
    assert "CHATREC_MODEL" in tuner["needs"]
    assert tuner["packs"] == []
    session, _, left = desk.tune(arrive(desk), "", event(act="pack", id="critic"))
    assert "pack" not in session
    assert left["tuner"]["needs"]


def test_starters_stay_for_a_conversation_and_change_with_the_next(films: Catalog, store: Store) -> None:
    desk = desk_over(films, store)
    session = arrive(desk)
    assert desk.chat_view(session)["examples"] == desk.chat_view(session)["examples"]
    offers = {json.dumps(desk.empty_view(f"c{n}")["examples"]) for n in range(20)}
    assert len(offers) > 5


# --------------------------------------------------------------------------- who I am


def test_nobody_is_offered_where_there_is_no_data(films: Catalog, store: Store) -> None:
    assert desk_over(films, store).right_view(arrive(desk_over(films, store)))["persona"] is None


def test_people_are_listed_only_when_asked_for(films: Catalog, store: Store, personas: Personas) -> None:
    desk = desk_over(films, store, personas=personas)
    session = arrive(desk)
    assert desk.right_view(session)["persona"] == {"now": "", "found": None}
    right = desk.people(session, event(text=""))
    assert {person["id"] for person in right["persona"]["found"]} == {"ann", "bob"}
    right = desk.people(session, event(text="ANN"))
    assert [person["id"] for person in right["persona"]["found"]] == ["ann"]
    assert "31" in right["persona"]["found"][0]["label"]


def test_being_somebody_is_shown_and_can_be_undone(films: Catalog, store: Store, personas: Personas) -> None:
    desk = desk_over(films, store, personas=personas)
    session, other = arrive(desk), arrive(desk)
    right = desk.be(session, "", event(act="be", id="ann"))[2]
    assert right["persona"]["now"] == "ann"
    assert right["person"]
    assert {line["source"] for line in right["person"]} == {"imported"}
    assert desk.right_view(other)["person"] == []
    right = desk.be(session, "", event(act="be", id="bob"))[2]
    assert right["persona"]["now"] == "bob"
    right = desk.be(session, "", event(act="self"))[2]
    assert (right["persona"]["now"], right["person"]) == ("", [])


def test_nobody_of_that_name_changes_nothing(
    films: Catalog, store: Store, personas: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(gr, "Info", told.append)
    desk = desk_over(films, store, personas=personas)
    session = arrive(desk)
    assert desk.be(session, "", event(act="be", id="zoe"))[2]["person"] == []
    assert "zoe" in told[0]
