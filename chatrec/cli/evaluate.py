"""`chatrec eval`: protocols anyone can rerun."""

from __future__ import annotations

import typer

from chatrec.cli import evaluate_rankings, evaluate_talks

evaluate = typer.Typer(name="eval", help="Measure how well it recommends, by protocols anyone can rerun.", no_args_is_help=True)
evaluate_rankings.register(evaluate)
evaluate_talks.register(evaluate)
