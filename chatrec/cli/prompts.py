"""`chatrec prompts`: the text files a model is given."""

from __future__ import annotations

from typing import Annotated

import typer

from chatrec.settings import Settings, read_settings

prompts = typer.Typer(name="prompts", help="The prompt files a model is given.", no_args_is_help=True)


@prompts.command("check")
def prompts_check(
    pack: Annotated[str | None, typer.Argument(help="Pack name or folder; default: the one set.")] = None,
) -> None:
    """Check every file of a prompt pack: its blanks, and that none is missing."""
    settings: Settings = read_settings()
    from chatrec.language.prompts import PromptPack
    from chatrec.settings import shipped

    checked = PromptPack.load(shipped("prompts"), pack or settings.prompts)
    checked.check()
    print(f"Prompt pack {pack or settings.prompts}: all files are in order")
