"""The outcome of the dialogues protocol -> a table for the terminal, Markdown, JSON and a plot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chatrec.evaluation.dialogues import CUTS, Outcome, figures, rows_of

_COLUMNS = (*(f"recall@{k}" for k in CUTS), "ndcg@10", "mrr@10")
_DEPTHS = ((0, 0, "none"), (1, 1, "one"), (2, 2, "two"), (3, 99, "three or more"))


def markdown(outcome: Outcome, title: str) -> str:
    """The table, what it was measured on, and how recall@10 differs with the number of films named before."""
    dialogues = len({case.dialogue for case in outcome.cases})
    lines = [f"## {title}", "", f"{len(outcome.cases):,} cases in {dialogues:,} dialogues; ± is one standard error."]
    lines += [f"{note}" for note in outcome.notes]
    for setting in outcome.settings:
        lines += ["", f"### {setting.capitalize()}", "", "| method | " + " | ".join(_COLUMNS) + " |"]
        lines += ["|---|" + "---|" * len(_COLUMNS)]
        for where, method, found in rows_of(outcome):
            if where == setting:
                cells = [f"{mean:.3f} ±{error:.3f}" for mean, error in (found[name] for name in _COLUMNS)]
                lines.append(f"| {method} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "### Recall@10 by the number of films named before",
        "",
        "| method | " + " | ".join(d[2] for d in _DEPTHS) + " |",
    ]
    lines += ["|---|" + "---|" * len(_DEPTHS)]
    for _, method, _ in rows_of(outcome):
        cells = []
        for least, most, _ in _DEPTHS:
            some = [case for case in outcome.cases if least <= case.named <= most]
            cells.append(f"{figures(some, method)['recall@10'][0]:.3f} ({len(some)})" if some else "–")
        lines.append(f"| {method} | " + " | ".join(cells) + " |")
    spent = ", ".join(f"{name} {value:.1f} ms" for name, value in outcome.milliseconds.items())
    lines += ["", f"A turn takes: {spent or 'nothing was measured, every turn was done before'}."]
    return "\n".join(lines) + "\n"


def as_record(outcome: Outcome) -> dict[str, Any]:
    """The same as one JSON object."""
    return {
        "cases": len(outcome.cases),
        "dialogues": len({case.dialogue for case in outcome.cases}),
        "milliseconds": dict(outcome.milliseconds),
        "notes": list(outcome.notes),
        "results": [
            {"setting": setting, "method": method, **{n: {"mean": m, "error": e} for n, (m, e) in found.items()}}
            for setting, method, found in rows_of(outcome)
        ],
    }


def write(outcome: Outcome, title: str, out: Path) -> list[Path]:
    """Write dialogues.json, dialogues.md and, where matplotlib is installed, dialogues.svg; their paths."""
    out.mkdir(parents=True, exist_ok=True)
    files = [out / "dialogues.json", out / "dialogues.md"]
    files[0].write_text(json.dumps(as_record(outcome), indent=1) + "\n", encoding="utf-8")
    files[1].write_text(markdown(outcome, title), encoding="utf-8")
    if _plot(outcome, title, out / "dialogues.svg"):
        files.append(out / "dialogues.svg")
    return files


def _plot(outcome: Outcome, title: str, file: Path) -> bool:
    """Recall@10 by method with its standard errors; False where matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return False
    rows = [(setting, method, found["recall@10"]) for setting, method, found in rows_of(outcome)][::-1]
    figure = Figure(figsize=(7, 0.4 * len(rows) + 1.2), layout="constrained")
    axes = figure.subplots()
    colours = ["#b5651d" if "without" in setting else "#2f6f73" for setting, _, _ in rows]
    axes.barh(range(len(rows)), [f[0] for *_, f in rows], xerr=[f[1] for *_, f in rows], color=colours, ecolor="#333333")
    axes.set_yticks(range(len(rows)), [method for _, method, _ in rows])
    axes.set_xlabel("recall@10 (bar: one standard error)")
    axes.set_title(title)
    figure.savefig(file, metadata={"Date": None})
    return True
