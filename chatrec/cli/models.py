"""`chatrec models`: what the configured model and its server can do."""

from __future__ import annotations

import typer

models = typer.Typer(name="models", help="The language model: what its server can do.", no_args_is_help=True)
