"""The commands at the top, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatrec import __version__
from chatrec.cli.data import data
from chatrec.cli.evaluate import evaluate
from chatrec.cli.models import models
from chatrec.cli.prompts import prompts
from chatrec.errors import UserMistake
from chatrec.settings import read_settings

if TYPE_CHECKING:
    from chatrec.records import Turn

_USAGE: Any = typer.BadParameter.__mro__[1]  # UsageError, of click or of the copy newer Typers carry

app = typer.Typer(
    name="chatrec",
    help="A conversational recommender: you talk, it finds, ranks and explains, with evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group in (data, prompts, models, evaluate):
    app.add_typer(group)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code; no traceback ever reaches the person."""
    try:
        result = app(args=list(sys.argv[1:] if arguments is None else arguments), standalone_mode=False)
    except UserMistake as error:
        return _fail(str(error))
    except _USAGE as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.ctx.get_help())
            return 0
        return _fail(error.format_message())
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        return _fail(f"chatrec met a fault of its own ({type(error).__name__}: {error}).{_keep_traceback()}", code=1)
    return result if isinstance(result, int) else 0


def _fail(message: str, code: int = 2) -> int:
    print(f"chatrec: {' '.join(message.split())}", file=sys.stderr)
    return code


def _keep_traceback() -> str:
    """Write the traceback where a developer finds it, and say where."""
    with contextlib.suppress(Exception):
        file = read_settings({}).cache / "fault.log"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(traceback.format_exc(), encoding="utf-8")
        return f" The details are in {file}; please report them."
    return " Please report it."


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        print(f"chatrec {__version__}")
        raise typer.Exit


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; default 127.0.0.1, or GRADIO_SERVER_NAME.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; default the first free from 7860, or GRADIO_SERVER_PORT.")] = None,
) -> None:
    """Start the page."""
    settings = read_settings()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("chatrec.ui").setLevel(logging.INFO)
    from chatrec.assemble import assemble
    from chatrec.ui.page import launch

    parts = assemble(settings, progress=True)
    for problem in parts.problems[:10]:
        print(f"chatrec: left out {problem}", file=sys.stderr)
    if len(parts.problems) > 10:
        print(f"chatrec: and {len(parts.problems) - 10} more problems; see chatrec data check", file=sys.stderr)
    print(f"chatrec: {len(parts.catalog):,} {parts.catalog.plural}, engine: {parts.chat.engine_name}", file=sys.stderr)
    launch(parts, settings, host=host, port=port)


@app.command()
def ask(
    messages: Annotated[list[str], typer.Argument(help="One message per turn of one conversation.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per turn.")] = False,
    persona: Annotated[str, typer.Option("--as", help="Be this user of the imported interactions.", metavar="USER")] = "",
) -> None:
    """Hold one conversation, one turn per message, and print what was said."""
    settings = read_settings()
    from chatrec.assemble import assemble
    from chatrec.chat import Ask

    parts = assemble(settings, database_url=None if settings.database else "sqlite://", progress=sys.stderr.isatty())
    for problem in parts.problems[:10]:
        print(f"chatrec: left out {problem}", file=sys.stderr)
    user = "command-line"
    with contextlib.closing(parts.store):
        conversation = parts.store.start_conversation(user)
        # With a database of one's own, whom one was in an earlier run is not whom one is in this.
        parts.chat.corrections.disown(user, conversation)
        if persona:
            parts.chat.corrections.adopt(user, conversation, persona)
        for message in messages:
            turn = parts.chat.invoke(Ask(message, user, conversation))
            if as_json:
                for notice in turn.notices:
                    print(f"chatrec: {notice}", file=sys.stderr)
                print(json.dumps(turn_as_json(turn), ensure_ascii=False))
            else:
                print(_turn_as_text(turn))


def turn_as_json(turn: Turn) -> dict[str, Any]:
    """The object `ask --json` prints for a turn."""
    from chatrec.memory.codec import encode

    return {
        "reply": turn.reply,
        "picks": [
            {"id": p.item_id, "title": p.title, "year": p.year, "reason": p.reason, "evidence": [encode(e) for e in p.evidence]}
            for p in turn.picks
        ],
        "profile": {"text": turn.profile.text, "sentences": [_without_past(s) for s in encode(turn.profile)["sentences"]]},
        "request": encode(turn.request),
        "engine": turn.engine,
        "timings": dict(turn.timings),
    }


def _without_past(sentence: dict[str, Any]) -> dict[str, Any]:
    """A profile sentence without the hundreds of deeds it may have been written from."""
    return {key: value for key, value in sentence.items() if key not in ("history", "ratings")}


def _turn_as_text(turn: Turn) -> str:
    lines = [f"> {turn.message}", ""]
    if turn.request is not None and turn.request.understood:
        lines += [f"  ({turn.request.understood})", ""]
    lines += [f"  ! {notice}" for notice in turn.notices]
    if turn.reply:
        lines += [turn.reply, ""]
    for pick in turn.picks:
        year = f" ({pick.year})" if pick.year else ""
        lines += [f"  {pick.rank}. {pick.title}{year}", f"     {pick.reason}"]
    return "\n".join(lines) + "\n"


@app.command()
def index(
    force: Annotated[bool, typer.Option("--force", help="Embed everything again, ignoring the cache.")] = False,
) -> None:
    """Build the vector index of the catalog, where only what changed is embedded, and learn from ratings beside it."""
    settings = read_settings()
    from chatrec.assemble import index_folder, learn_ratings, make_index
    from chatrec.catalog.table import read_catalog

    catalog, problems = read_catalog(settings.catalog)
    for problem in problems[:10]:
        print(f"chatrec: left out {problem}", file=sys.stderr)
    if force:
        (settings.cache / "vectors.sqlite3").unlink(missing_ok=True)
    make_index(settings, catalog, progress=True)
    print(f"Indexed {len(catalog):,} {catalog.plural} in {index_folder(settings, catalog)}")
    if learn_ratings(settings, catalog, progress=True):
        print("Learned how people's ratings go together")
