"""The page's handlers over one chat: a click or a message in, what the panels show out."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any, get_args

import anyio.to_thread
import gradio as gr

from chatrec.assemble import Parts
from chatrec.chat import LONGEST_MESSAGE, Ask
from chatrec.errors import ChatrecError, PromptError, UnknownConversation
from chatrec.history.persona import UnknownPersona
from chatrec.memory.store import Action
from chatrec.records import Event, Finished, Noticed, Picked, Said, Shortlisted, Turn, Understood
from chatrec.ui.starters import Starters
from chatrec.ui.texts import TEXTS
from chatrec.ui.view import conversations_view, persona_view, profile_view, tuner_view, turn_view

logger = logging.getLogger(__name__)

Session = dict[str, str]
"""What `gr.State` holds for one tab: the ids `user` and `conversation`, the prompt `pack` where one was chosen, and `chosen`,
when that was by the browser's clock: a view drawn from an older session must not undo the choice on the page."""


class Desk:
    """The page's handlers over one chat; holds no visitor's state."""

    def __init__(self, parts: Parts) -> None:
        self.chat = parts.chat
        self.store = parts.store
        self.catalog = parts.catalog
        self.shelf = parts.shelf
        self.starters = Starters(parts.catalog)
        self.films = parts.catalog.noun == "film"

    # ------------------------------------------------------------------ views

    def empty_view(self, conversation: str) -> dict[str, Any]:
        """The chat panel with nothing said yet."""
        built_in = self.chat.model is None
        return {
            "conversation": conversation,
            "turns": [],
            "engine": TEXTS["built_in"] if built_in else self.chat.engine_name,
            "engine_hint": TEXTS["built_in_hint" if built_in else "model_hint"],
            "welcome": TEXTS["welcome" if self.films else "welcome_other"],
            "examples": self.starters.offer(conversation),
        }

    def chat_view(self, session: Session) -> dict[str, Any]:
        """The chat panel as the store has it."""
        feedback = self.store.feedback(session["user"])
        turns = self.store.history(session["user"], session["conversation"])
        views = [turn_view(self._traced(session, turn), self.catalog, feedback) for turn in turns]
        return {**self.empty_view(session["conversation"]), "turns": views}

    def _traced(self, session: Session, turn: Turn) -> Turn:
        """The turn with its trace where a model may have had a part in it, for the line that tells what it took."""
        if self.chat.model is None and turn.engine in ("", self.chat.built_in.name):
            return turn
        return replace(turn, trace=self.store.trace(session["user"], session["conversation"], turn.number))

    def left_view(self, session: Session) -> dict[str, Any]:
        """The list of conversations, and the picker of prompt packs."""
        at = _now()
        talks = conversations_view(self.store.conversations(session["user"]), session["conversation"])
        return {"at": at, "talks": talks, "tuner": tuner_view(self.shelf, session.get("pack", ""), session.get("chosen", ""))}

    def right_view(self, session: Session, search: str | None = None) -> dict[str, Any]:
        """The profile panel; with a `search`, the people of the data who can be chosen."""
        at = _now()
        profile, personas = self.store.profile(session["user"], session["conversation"]), self.chat.corrections.personas
        persona = None if personas is None else persona_view(personas, profile, search)
        return {"at": at, **profile_view(profile), "persona": persona}

    def everything(self, session: Session) -> tuple[Any, ...]:
        """All that depends on who is here: session, browser token, and the three panels."""
        token = json.dumps(session)
        return session, token, self.left_view(session), self.chat_view(session), self.right_view(session)

    # ------------------------------------------------------------------ coming and going

    def arrive(self, token: str | None) -> tuple[Any, ...]:
        """A page was opened: find the visitor by the browser's token, or make a new one."""
        return (*self.everything(self._session(token)), gr.update(interactive=True))

    def _session(self, token: str | None) -> Session:
        try:
            known = json.loads(token or "{}")
            user, conversation = str(known["user"]), str(known["conversation"])
            self.store.history(user, conversation)
        except (ValueError, KeyError, TypeError):
            user = secrets.token_urlsafe(24)
        except UnknownConversation:
            pass
        else:
            return {"user": user, "conversation": conversation, **self._chosen(str(known.get("pack", ""))), **_moment(known)}
        self.store.ensure_user(user)
        return {"user": user, "conversation": self.store.start_conversation(user)}

    def _chosen(self, pack: str) -> Session:
        """The choice of a pack as the session holds it: nothing where it is the host's, or is there no more."""
        try:
            known = self.shelf is not None and bool(pack) and self.shelf.pack(pack).name != self.shelf.host
        except PromptError:
            known = False
        return {"pack": pack} if known else {}

    def conversations(self, session: Session, token: str, event: gr.EventData) -> tuple[Any, ...]:
        """A click in the left panel: open, start or delete a conversation."""
        session = session or self._session(token)
        act, chosen = event._data.get("act"), str(event._data.get("id", ""))
        user = session["user"]
        try:
            if act == "open":
                self.store.history(user, chosen)
                session = {**session, "conversation": chosen}
            elif act == "delete":
                self.store.delete_conversation(user, chosen)
            if act == "new" or (act == "delete" and chosen == session["conversation"]):
                session = {**session, "conversation": self.store.start_conversation(user)}
        except UnknownConversation:
            gr.Info(TEXTS["gone"])
            session = {**session, "conversation": self.store.start_conversation(user)}
        return self.everything(session)

    def tune(self, session: Session, token: str, event: gr.EventData) -> tuple[Any, ...]:
        """A prompt pack was chosen."""
        session = session or self._session(token)
        session = {key: value for key, value in session.items() if key != "pack"}
        session.update(self._chosen(str(event._data.get("id", ""))) | _moment({"chosen": event._data.get("at")}))
        return session, json.dumps(session), self.left_view(session)

    # ------------------------------------------------------------------ a turn

    async def respond(self, message: str, session: Session) -> AsyncIterator[tuple[Any, ...]]:
        """A message was typed."""
        async for outputs in self._respond(message, session):
            yield outputs

    async def respond_to_chip(self, session: Session, event: gr.EventData) -> AsyncIterator[tuple[Any, ...]]:
        """An example or a suggestion was clicked."""
        async for outputs in self._respond(str(event._data.get("text", "")), session):
            yield outputs

    async def again(self, session: Session, event: gr.EventData) -> AsyncIterator[tuple[Any, ...]]:
        """The last turn is wanted again."""
        async for outputs in self._respond("", session, retry=int(event._data["turn"])):
            yield outputs

    async def _respond(self, message: str, session: Session, retry: int | None = None) -> AsyncIterator[tuple[Any, ...]]:
        if not session:
            gr.Info(TEXTS["gone"])
            return
        view = await anyio.to_thread.run_sync(self.chat_view, session)
        feedback = await anyio.to_thread.run_sync(self.store.feedback, session["user"])
        turns = view["turns"]
        if retry is not None:
            message = next((t["message"] for t in turns if t["number"] == retry), "")
            turns = [t for t in turns if t["number"] < retry]
        number = retry or (turns[-1]["number"] + 1 if turns else 1)
        live = Live(Turn(number, message, status="open"), TEXTS["thinking"])
        clear = gr.update(value="", submit_btn=False, stop_btn=True)

        def shown() -> dict[str, Any]:
            return {**view, "turns": [*turns, turn_view(live.turn, self.catalog, feedback, stage=live.stage)]}

        yield clear, shown(), gr.skip(), gr.skip()
        if len(message) > LONGEST_MESSAGE:
            live.take(Noticed(TEXTS["too_long"].format(limit=LONGEST_MESSAGE)))
        pack = self._chosen(session.get("pack", "")).get("pack", "")
        ask = Ask(message, session["user"], session["conversation"], retry, pack)
        try:
            async for event in self.chat.astream(ask):
                live.take(event)
                yield gr.skip(), shown(), gr.skip(), gr.skip()
        except Exception as error:
            known = isinstance(error, ChatrecError)
            if not known:
                logger.exception("a turn failed")
            live.take(Noticed(str(error) if known else TEXTS["broken"]))
            live.end()
        ready = gr.update(submit_btn=True, stop_btn=False)
        left = await anyio.to_thread.run_sync(self.left_view, session)
        right = await anyio.to_thread.run_sync(self.right_view, session)
        yield ready, shown(), left, right

    def refresh(self, session: Session) -> tuple[Any, ...]:
        """A turn was stopped: draw what the store kept."""
        ready = gr.update(submit_btn=True, stop_btn=False)
        return ready, self.chat_view(session), self.left_view(session), self.right_view(session)

    # ------------------------------------------------------------------ feedback and profile

    def mark(self, session: Session, event: gr.EventData) -> tuple[Any, ...]:
        """Like, seen or dislike on a card."""
        item, action = str(event._data.get("id", "")), event._data.get("action")
        if item in self.catalog and action in get_args(Action):
            self.chat.corrections.feedback(session["user"], session["conversation"], item, action)
        return self.chat_view(session), self.right_view(session)

    def people(self, session: Session, event: gr.EventData) -> dict[str, Any]:
        """The chooser of "who I am" was opened, or searched."""
        return self.right_view(session, str(event._data.get("text", ""))[:200])

    def be(self, session: Session, token: str, event: gr.EventData) -> tuple[Any, ...]:
        """Somebody of the data was chosen to be, or the choice taken back."""
        session = session or self._session(token)
        user, conversation = session["user"], session["conversation"]
        match event._data.get("act"):
            case "be":
                try:
                    self.chat.corrections.adopt(user, conversation, str(event._data.get("id", "")))
                except UnknownPersona as error:
                    gr.Info(str(error))
            case "self":
                self.chat.corrections.disown(user, conversation)
        return session, json.dumps(session), self.right_view(session)

    def edit_profile(self, session: Session, token: str, event: gr.EventData) -> tuple[Any, ...]:
        """A click in the right panel: switch, edit, remove or add a line; export or erase everything."""
        session = session or self._session(token)
        user, conversation = session["user"], session["conversation"]
        given = event._data
        match given.get("act"):
            case "switch":
                self.store.switch_sentence(user, conversation, str(given["id"]), bool(given["on"]))
            case "remove":
                self.store.remove_sentence(user, conversation, str(given["id"]))
            case "edit":
                self.chat.corrections.edit_sentence(user, conversation, str(given["id"]), str(given["text"]))
            case "add":
                self.chat.corrections.add_sentence(user, conversation, str(given["text"]))
            case "export":
                download = json.dumps(self.store.export_user(user), ensure_ascii=False, indent=1)
                return (*self.everything(session)[:4], {**self.right_view(session), "download": download})
            case "forget":
                self.store.forget_user(user)
                session = self._session(None) | _moment(session)
        return self.everything(session)


def _now() -> int:
    """Microseconds, taken before the store is read: of two answers on their way the page keeps the one that read last."""
    return time.time_ns() // 1000


def _moment(known: Mapping[str, object]) -> Session:
    """When a pack was chosen, as the session holds it: digits, or nothing."""
    moment = str(known.get("chosen", ""))[:20]
    return {"chosen": moment} if moment.isdecimal() else {}


class Live:
    """A turn while it happens: events in, the Turn as it stands and the line that says what is going on."""

    def __init__(self, turn: Turn, stage: str) -> None:
        self.turn = turn
        self.stage = stage

    def take(self, event: Event) -> None:
        """Fold one event into the turn."""
        turn = self.turn
        match event:
            case Understood(request, profile):
                self.turn, self.stage = replace(turn, request=request, profile=profile), TEXTS["searching"]
            case Shortlisted():
                self.stage = TEXTS["searching"]
            case Said(text):
                self.turn = replace(turn, reply=turn.reply + text)
            case Picked(pick):
                self.turn = replace(turn, picks=(*turn.picks, pick))
            case Noticed(text):
                self.turn = replace(turn, notices=(*turn.notices, text))
            case Finished(done):
                notices = tuple(dict.fromkeys((*turn.notices, *done.notices)))
                self.turn, self.stage = replace(done, notices=notices), ""

    def end(self) -> None:
        """Nothing more comes: show what there is."""
        self.turn, self.stage = replace(self.turn, status="finished"), ""
