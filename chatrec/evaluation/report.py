"""Figures by method -> JSON, Markdown and a plot; finished parts are kept, so a run that was cut goes on."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chatrec.errors import SettingsError

Figure = tuple[float, float]
"""A mean and its standard error (NaN where there is none)."""


@dataclass(frozen=True)
class Table:
    """One table: `rows` are methods with a figure by column; `notes` stand under it, `quoted` rows are others' figures.

    `not_run` tells of each method that could not take part why not, and how to mend it.
    """

    title: str
    columns: tuple[str, ...]
    rows: Mapping[str, Mapping[str, Figure]]
    quoted: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    not_run: Mapping[str, str] = field(default_factory=dict)

    def markdown(self) -> str:
        """The table as Markdown; the best measured figure of each column in bold, `±` its standard error."""
        lines = [f"### {self.title}", "", f"| | {' | '.join(self.columns)} |", f"|---|{'---|' * len(self.columns)}"]
        best = {
            c: max((r[c][0] for r in self.rows.values() if c in r and not math.isnan(r[c][0])), default=None)
            for c in self.columns
        }
        for name, row in self.rows.items():
            lines.append(f"| {name} | {' | '.join(_cell(row.get(c), best[c]) for c in self.columns)} |")
        for name, reason in self.not_run.items():
            lines.append(f"| {name} | not run: {_in_a_cell(reason)} |{' |' * (len(self.columns) - 1)}")
        for name, values in self.quoted.items():
            lines.append(f"| *{name}* | {' | '.join(f'*{values[c]:.3f}*' if c in values else '' for c in self.columns)} |")
        return "\n".join([*lines, "", *(f"{note}\n" for note in self.notes)])


@dataclass(frozen=True)
class Report:
    """What a protocol found: its tables and everything needed to run it again."""

    protocol: str
    settings: Mapping[str, Any]
    tables: tuple[Table, ...]
    details: Mapping[str, Any] = field(default_factory=dict)

    def write(self, folder: Path, name: str = "report") -> list[Path]:
        """Write name.json, name.md and name.png, and give the paths; the plot is left out without matplotlib."""
        folder.mkdir(parents=True, exist_ok=True)
        whole = {
            "protocol": self.protocol,
            "settings": self.settings,
            "tables": [
                {"title": t.title, "rows": t.rows, "not run": t.not_run, "quoted": t.quoted, "notes": t.notes}
                for t in self.tables
            ],
            "details": self.details,
        }
        files = [folder / f"{name}.json", folder / f"{name}.md"]
        files[0].write_text(json.dumps(_plain(whole), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        files[1].write_text(self.markdown(), encoding="utf-8")
        plot = folder / f"{name}.png"
        return [*files, plot] if _draw(self.tables, plot) else files

    def markdown(self) -> str:
        """All tables under one heading."""
        return "\n".join([f"## {self.protocol}", "", *(table.markdown() for table in self.tables)])

    @property
    def not_run(self) -> dict[str, str]:
        """Why a method did not take part, by method."""
        return {name: reason for table in self.tables for name, reason in table.not_run.items()}


def ready(out: Path) -> Path:
    """The folder, made and tried before hours go into what is to be written there. SettingsError: it cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        trial = out / f".trial-{os.getpid()}"
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise SettingsError(f"{out} cannot be written ({error.strerror}); name another folder with --out.") from None
    return out


class Kept:
    """The finished parts of a run, a JSON file each in `folder`/parts, found again while data and settings are the same."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self._folder = folder / "parts"
        self._settings = _plain(settings)

    def part(self, name: str, make: Callable[[], Any], **settings: Any) -> Any:
        """What an earlier run kept under this name with these settings, else what `make` gives (plain JSON values)."""
        key = json.dumps([name, self._settings, _plain(settings)], sort_keys=True)
        file = self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            if kept["key"] == key:
                return kept["value"]
        except (OSError, ValueError, KeyError, TypeError):
            pass  # not there, or cut while it was written: made again
        value = _plain(make())
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished = file.with_suffix(f".{os.getpid()}")
            unfinished.write_text(json.dumps({"key": key, "value": value}), encoding="utf-8")
            unfinished.replace(file)
        except OSError as error:
            raise SettingsError(
                f"{self._folder} cannot be written ({error.strerror}); name another folder with --out."
            ) from None
        return value


def _in_a_cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _cell(figure: Figure | None, best: float | None) -> str:
    if figure is None or math.isnan(figure[0]):
        return ""
    text = f"{figure[0]:.4f}"
    text = f"**{text}**" if figure[0] == best else text
    return text if math.isnan(figure[1]) else f"{text} ± {figure[1]:.4f}"


def _plain(value: Any) -> Any:
    """Nested values as JSON knows them; NaN as null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _draw(tables: Sequence[Table], file: Path) -> bool:
    """Bars with standard errors, a panel a table and column; False without matplotlib."""
    try:
        from matplotlib.figure import Figure as Canvas
    except ImportError:
        return False
    across = max(len(table.columns) for table in tables)
    canvas = Canvas(figsize=(3.4 * across, sum(0.6 + 0.3 * len(t.rows) for t in tables) + 0.6), layout="constrained")
    grid = canvas.subplots(len(tables), across, squeeze=False)
    for panels, table in zip(grid, tables, strict=True):
        for panel in panels[len(table.columns) :]:
            panel.set_axis_off()
        for panel, column in zip(panels, table.columns, strict=False):
            rows = [(name, row[column]) for name, row in table.rows.items() if column in row][::-1]
            errors = [0.0 if error is None or math.isnan(error) else error for _, (_, error) in rows]
            panel.barh([name for name, _ in rows], [mean for _, (mean, _) in rows], xerr=errors, color="#7a8b6f")
            panel.set_title(f"{table.title}: {column}" if column == table.columns[0] else column, fontsize=8, loc="left")
            panel.tick_params(labelsize=7)
    canvas.savefig(file, dpi=110)
    return True
