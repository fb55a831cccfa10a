"""The shipped catalog -> docs/catalog-coverage.svg: films by decade, and every coverage figure beside its goal.

usage: python scripts/plot_catalog.py [--catalog data/movies] [--to docs/catalog-coverage.svg]
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

from chatrec.catalog.coverage import Goal, goals, not_in_english
from chatrec.catalog.table import Catalog, read_catalog

ROOT = Path(__file__).parent.parent
WIDTH = 860
INK, PALE, ENGLISH, OTHER, ENOUGH, SHORT = "#222", "#777", "#c9b79c", "#8a4b2a", "#5b7f5b", "#b3402a"
_TOP, _COLUMNS_HEIGHT, _COLUMN, _GAP = 64, 190, 46, 26
_BAR, _LABELS = 24, 210


def draw(catalog: Catalog) -> str:
    """The picture as SVG text; the same catalog gives the same text."""
    reached = goals(catalog)
    height = _TOP + _COLUMNS_HEIGHT + 70 + _BAR * len(reached) + 24
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="sans-serif" font-size="13" role="img">',
        f"<title>What the {len(catalog):,} films cover</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        *_decades(catalog),
        *_goals(reached, _TOP + _COLUMNS_HEIGHT + 70),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _decades(catalog: Catalog) -> Iterator[str]:
    every = Counter(item.year // 10 * 10 for item in catalog if item.year is not None)
    others = Counter(item.year // 10 * 10 for item in catalog if item.year is not None and not_in_english(item))
    tallest = max(every.values(), default=1)
    yield _text(20, 26, f"{len(catalog):,} films by decade", size=16)
    yield f'<rect x="{WIDTH - 250}" y="14" width="12" height="12" fill="{OTHER}"/>' + _text(WIDTH - 232, 25, "not in English")
    yield f'<rect x="{WIDTH - 120}" y="14" width="12" height="12" fill="{ENGLISH}"/>' + _text(WIDTH - 102, 25, "in English")
    floor = _TOP + _COLUMNS_HEIGHT
    for number, decade in enumerate(sorted(every)):
        x = 40 + number * (_COLUMN + _GAP)
        whole = round(every[decade] / tallest * _COLUMNS_HEIGHT)
        part = round(others[decade] / tallest * _COLUMNS_HEIGHT)
        yield f'<rect x="{x}" y="{floor - whole}" width="{_COLUMN}" height="{whole - part}" fill="{ENGLISH}"/>'
        yield f'<rect x="{x}" y="{floor - part}" width="{_COLUMN}" height="{part}" fill="{OTHER}"/>'
        yield _text(x + _COLUMN // 2, floor - whole - 6, f"{every[decade]}", anchor="middle")
        yield _text(x + _COLUMN // 2, floor + 18, f"{decade}s", anchor="middle", fill=PALE)


def _goals(reached: tuple[Goal, ...], top: int) -> Iterator[str]:
    yield _text(20, top - 16, "Coverage beside its goal (line)", size=16)
    room = WIDTH - _LABELS - 130
    scale = room / 2.5  # a goal's length: bars run to two and a half times the goal, longer ones are cut
    for number, goal in enumerate(reached):
        y = top + number * _BAR
        yield _text(_LABELS - 10, y + 14, goal.name, anchor="end")
        if not goal.wanted:
            yield _text(_LABELS, y + 14, f"{goal.have:,}")
            continue
        length = round(min(goal.have / goal.wanted, 2.5) * scale)
        colour = ENOUGH if goal.reached else SHORT
        yield f'<rect x="{_LABELS}" y="{y + 2}" width="{length}" height="{_BAR - 8}" fill="{colour}"/>'
        line = round(_LABELS + scale)
        yield f'<line x1="{line}" y1="{y}" x2="{line}" y2="{y + _BAR - 4}" stroke="{INK}" stroke-width="2"/>'
        yield _text(max(_LABELS + length, line) + 8, y + 14, f"{goal.have:,} of {goal.wanted:,}")


def _text(x: int, y: int, text: str, *, anchor: str = "start", fill: str = INK, size: int = 13) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{fill}" font-size="{size}">{escape(text)}</text>'


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--catalog", type=Path, default=ROOT / "data" / "movies")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "catalog-coverage.svg")
    arguments = parser.parse_args()
    catalog, _ = read_catalog(arguments.catalog)
    arguments.to.write_text(draw(catalog), encoding="utf-8")
    print(f"Wrote {arguments.to}")


if __name__ == "__main__":
    main()
