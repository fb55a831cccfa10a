"""`chatrec prompts`: check the text files a model is given, show what would be sent, and compare two packs."""

from __future__ import annotations

import contextlib
import difflib
import secrets
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated

import typer

from chatrec.errors import PromptError
from chatrec.settings import DEFAULT_MODEL, Settings, read_settings, shipped

if TYPE_CHECKING:
    from chatrec.assemble import Parts
    from chatrec.engines.calls import Prompt
    from chatrec.engines.model import ModelEngine
    from chatrec.engines.protocol import Engine
    from chatrec.language.tokens import Count
    from chatrec.records import Turn

prompts = typer.Typer(name="prompts", help="The prompt files a model is given.", no_args_is_help=True)

_NARROWEST = 36
_WIDEST = 200

Messages = Annotated[list[str], typer.Option("--message", "-m", help="What is said; again for the next turn.", metavar="TEXT")]


@prompts.command("check")
def prompts_check(
    pack: Annotated[str | None, typer.Argument(help="Pack name or folder; default: all packs.")] = None,
) -> None:
    """Check every file of a prompt pack: its blanks, and that none is missing."""
    settings: Settings = read_settings()
    from chatrec.language.prompts import DEFAULT, find_pack, pack_names, read_pack

    root, wrong = shipped("prompts"), 0
    for name in [pack] if pack else dict.fromkeys((settings.prompts, DEFAULT, *pack_names(root))):
        templates, errors = read_pack(root, find_pack(root, name))
        for error in errors:
            print(f"chatrec: {error}", file=sys.stderr)
        wrong += len(errors)
        if not errors:
            own = [f"{stage}.md" for stage, template in templates.items() if template.file.parent.name != DEFAULT]
            rest = f" ({', '.join(own)}; the rest is default's)" if 0 < len(own) < len(templates) else ""
            print(f"Prompt pack {name}: all files are in order{rest}")
    if wrong:
        raise typer.Exit(2)


@prompts.command("show")
def prompts_show(
    stage: Annotated[str, typer.Argument(help="profile (READ), recommend or answer.")],
    message: Messages,
    pack: Annotated[str | None, typer.Option(help="Pack name or folder; default: the one set.")] = None,
) -> None:
    """Print the exact text a model would be sent for a message, and how many tokens it is. Nothing is sent."""
    from chatrec.language.stages import STAGES
    from chatrec.language.tokens import TokenCounter

    if stage not in STAGES:
        raise PromptError(f"There is no prompt {stage}; there are {', '.join(STAGES)}.")
    with _bench(pack) as bench:
        turn, written = bench.rehearse(bench.engine, message)
        if stage not in written:
            raise _not_sent(stage, turn, written)
        prompt = written[stage]
        counter = TokenCounter.for_model(bench.engine.name)
        counter.wait()
        print(f"=== {stage}.md of the pack {bench.pack}, as {bench.engine.name} would be sent it")
        if not bench.configured:
            print("=== (no model is configured; one with a small window is sent less)")
        for role, text in prompt.messages:
            print(f"=== {role}: {_in_words(counter.count(text))}\n\n{text}\n")
        print(f"=== in all: {_in_words(counter.count_messages(text for _, text in prompt.messages))}")
        for flag in prompt.flags:
            print(f"=== {flag}")


@prompts.command("diff")
def prompts_diff(
    first: Annotated[str, typer.Argument(metavar="A", help="Pack name or folder.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Pack name or folder.")],
    message: Messages,
) -> None:
    """Put two packs' answers to a message side by side; without a model, the difference between their prompts."""
    from chatrec.language.shelf import PromptShelf

    shelves = [PromptShelf(shipped("prompts"), name) for name in (first, second)]
    with _bench(first) as bench:
        engines = [bench.engine.but(prompts=shelf) for shelf in shelves]
        if bench.configured:
            left_name, right_name = (shelf.host for shelf in shelves)
            print(f"Answers of {bench.engine.name}: {left_name} on the left, {right_name} on the right.\n")
            left, right = (bench.converse(engine, message) for engine in engines)
            for pair in zip(left, right, strict=True):
                print(f"> {pair[0].message}\n")
                print("\n".join(side_by_side(*(_told(turn) for turn in pair), width=_width())) + "\n")
            return
        print("No model is configured: this is the difference between the prompts, not between the answers.\n")
        turn, written = bench.rehearse(engines[0], message)
        _, other = bench.rehearse(engines[1], message)
        if not written:
            raise _not_sent("", turn, written)
        for stage in written:
            one, two = ("\n\n".join(text for _, text in found[stage].messages).splitlines() for found in (written, other))
            lines = list(difflib.unified_diff(one, two, f"{first}: {stage}.md", f"{second}: {stage}.md", lineterm="", n=1))
            print("\n".join(lines or [f"{stage}.md: no difference"]) + "\n")


class _Bench:
    """Everything assembled around a memory of its own; `engine` is over the pack, and never asked where no model is set."""

    def __init__(self, parts: Parts, engine: ModelEngine, pack: str, configured: bool) -> None:
        self.engine = engine
        self.pack = pack
        self.configured = configured
        self._parts = parts

    def converse(self, engine: Engine, messages: Sequence[str]) -> list[Turn]:
        """The turns of one conversation with nobody known before."""
        from chatrec.chat import Ask, Chat

        parts = self._parts
        reader = parts.chat.corrections.reader
        chat = Chat(parts.catalog, parts.store, parts.retriever, reader, parts.chat.built_in, engine)
        user = secrets.token_hex(8)
        conversation = parts.store.start_conversation(user)
        return [chat.invoke(Ask(message, user, conversation)) for message in messages]

    def rehearse(self, engine: ModelEngine, messages: Sequence[str]) -> tuple[Turn, Mapping[str, Prompt]]:
        """The last turn of a conversation, and by stage the prompts a model would have been sent in it."""
        from chatrec.engines.rehearsal import Rehearsal

        rehearsal = Rehearsal(engine, self._parts.chat.built_in)
        return self.converse(rehearsal, messages)[-1], rehearsal.prompts


@contextlib.contextmanager
def _bench(pack: str | None) -> Iterator[_Bench]:
    settings = read_settings()
    from chatrec.assemble import assemble
    from chatrec.engines.model import ModelEngine

    changes = {"prompts": pack or settings.prompts, "model": settings.model_name or DEFAULT_MODEL}
    parts = assemble(settings.model_copy(update=changes), database_url="sqlite://", progress=sys.stderr.isatty())
    for problem in parts.problems[:10]:
        print(f"chatrec: left out {problem}", file=sys.stderr)
    with contextlib.closing(parts.store):
        engine, shelf = parts.chat.model, parts.shelf
        if not isinstance(engine, ModelEngine) or shelf is None:
            raise TypeError("a model was set and no model engine made")
        yield _Bench(parts, engine, shelf.host, bool(settings.model_name))


def _not_sent(stage: str, turn: Turn, written: Mapping[str, Prompt]) -> PromptError:
    """Why a stage's prompt would not be sent for this message."""
    intent = turn.request.intent.replace("_", " ") if turn.request else "nothing"
    if not written:
        return PromptError(f"No model would be asked: the built-in engine alone sees to {intent!r} messages such as this one.")
    if stage == "recommend" and turn.request is not None and turn.request.intent in ("recommend", "more"):
        return PromptError("No item of the catalog fits this message, so no model would be asked to choose; say it otherwise.")
    return PromptError(f"This message reads as {intent!r}, for which {' and '.join(written)} would be sent, not {stage}.")


def _in_words(count: Count) -> str:
    return f"{count.tokens:,} tokens{' (approximate: the vocabulary of the model is not at hand)' if count.approximate else ''}"


def _told(turn: Turn) -> str:
    from chatrec.language.spent import in_words, spent

    opening, _, closing = turn.reply.partition("\n\n") if turn.picks else (turn.reply, "", "")
    picks = [f"{p.rank}. {p.title}{f' ({p.year})' if p.year else ''}\n{p.reason}" for p in turn.picks]
    notices = [f"! {notice}" for notice in turn.notices]
    parts = (*notices, opening, *picks, closing, f"[{in_words(spent(turn.trace))}]")
    # What a model writes must not steer the terminal.
    return "".join(c for c in "\n\n".join(part for part in parts if part) if c.isprintable() or c == "\n")


def _width() -> int:
    return shutil.get_terminal_size((120, 40)).columns


def side_by_side(left: str, right: str, *, width: int) -> list[str]:
    """Two texts in two columns, the lines wrapped; one after the other where the terminal is too narrow."""
    column = (min(width, _WIDEST) - 3) // 2
    if column < _NARROWEST:
        return [*left.splitlines(), "", "-" * width, "", *right.splitlines()]
    columns = [[line for raw in text.splitlines() for line in textwrap.wrap(raw, column) or [""]] for text in (left, right)]
    return [f"{a:<{column}} | {b}".rstrip() for a, b in zip_longest(*columns, fillvalue="")]
