"""Built-in turns, timed end to end (read, retrieve, recommend, check, remember): prints median and p95 in milliseconds.

usage: python benchmarks/turns.py [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import time

from chatrec.assemble import assemble
from chatrec.chat import Ask
from chatrec.settings import read_settings

CONVERSATIONS = (
    (
        "I loved Spirited Away and Pan's Labyrinth, something magical but for adults",
        "newer, and nothing too violent",
        "why the first one?",
    ),
    ("a Korean thriller after 2000, I've already seen Parasite and Oldboy", "less dark", "who directed the second?"),
    ("something funny under 100 minutes, nothing scary", "older", "more"),
    ("films with Tilda Swinton", "shorter", "the first or the second?"),
    ("for a nine-year-old who loves dragons", "no musicals", "thanks!"),
    ("90s sci-fi, but not another superhero film", "more like the first", "what is the third about?"),
)


def main() -> None:
    """Warm up with one round, then time ROUNDS rounds of every conversation."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    began = time.perf_counter()
    parts = assemble(read_settings({}), database_url="sqlite://")
    print(f"{len(parts.catalog):,} {parts.catalog.plural}, ready after {time.perf_counter() - began:.2f} s")
    totals: list[float] = []
    stages: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for messages in CONVERSATIONS:
            conversation = parts.store.start_conversation(f"bench-{number}")
            for message in messages:
                start = time.perf_counter()
                turn = parts.chat.invoke(Ask(message, f"bench-{number}", conversation))
                if number:
                    totals.append((time.perf_counter() - start) * 1000)
                    for stage, seconds in turn.timings.items():
                        stages.setdefault(stage, []).append(seconds * 1000)
    print(
        f"{len(totals):,} turns: median {statistics.median(totals):.1f} ms, p95 {_p95(totals):.1f} ms (as the caller sees it)"
    )
    for stage, values in stages.items():
        print(f"  {stage:12} median {statistics.median(values):6.1f} ms, p95 {_p95(values):6.1f} ms, n {len(values)}")


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
