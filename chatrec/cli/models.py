"""`chatrec models`: what the configured model and its server can do."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import typer

from chatrec.errors import SettingsError
from chatrec.settings import read_settings

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from chatrec.language.capabilities import Capability
    from chatrec.language.handle import ChatHandle

models = typer.Typer(name="models", help="The language model: what its server can do.", no_args_is_help=True)


@models.callback()
def _group() -> None:
    """Keeps `check` a command of its own while it is the only one."""


@models.command()
def check() -> None:
    """Try what the configured model can do, one thing after the other, and print a table."""
    settings = read_settings()
    if not settings.model_name:
        raise SettingsError(
            "No model is configured, the built-in engine answers; set CHATREC_MODEL, for example to ollama:mistral."
        )
    from chatrec.assemble import configured_embedder, configured_model

    handle = configured_model(settings)
    embeddings = configured_embedder(settings) if settings.embedder_name else None
    print(f"{handle.name} at {handle.server}")
    failed = asyncio.run(_check(handle, embeddings))  # type: ignore[arg-type]
    if failed:
        raise SettingsError(f"The model {handle.name} cannot serve: {failed.rstrip('.')}.")


async def _check(handle: ChatHandle, embeddings: Embeddings | None) -> str:
    """Print a line for each capability; what keeps the model from serving, empty where nothing does."""
    from chatrec.language.capabilities import NEEDED, capabilities

    print(f"{'capability':26} {'works':6} {'seconds':>8} {'first token':>12}  detail")
    try:
        async for each in capabilities(handle, embeddings):
            if each.name == NEEDED and not each.works:
                return each.detail
            print(_line(each))
            sys.stdout.flush()
    finally:
        await handle.aclose()
    return ""


def _line(each: Capability) -> str:
    seconds = "" if each.seconds is None else f"{each.seconds:.2f}"
    first = "" if each.first_token_seconds is None else f"{each.first_token_seconds:.2f}"
    return f"{each.name:26} {'yes' if each.works else 'no':6} {seconds:>8} {first:>12}  {each.detail}"
