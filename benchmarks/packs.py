"""Holds the conversations of conversations.jsonl with the configured model and counts, pack by pack, what went wrong.

A format failure is a call whose reply could not be used; broken rules are what code refused (off the list, repeated, seen
before ...); a claim is unsupported when CHECK found no fact for it. Every turn goes to OUT as JSON, for reading.

usage: python benchmarks/packs.py OUT [--only ID ...] [--at-once N]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from chatrec.assemble import Parts, assemble
from chatrec.chat import Ask
from chatrec.language.spent import spent
from chatrec.memory.codec import encode
from chatrec.records import Trace, Turn
from chatrec.settings import read_settings

CONVERSATIONS = Path(__file__).parent / "conversations.jsonl"
COUNTED = ("off_list", "repeated", "named", "seen", "excluded", "surplus", "malformed", "filled")


def main(arguments: Sequence[str]) -> None:
    """Hold the conversations, write every turn, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--at-once", type=int, default=4)
    given = parser.parse_args(arguments)
    conversations = [json.loads(line) for line in CONVERSATIONS.read_text(encoding="utf-8").splitlines()]
    if given.only:
        conversations = [c for c in conversations if c["id"] in given.only]
    parts = assemble(read_settings(), database_url="sqlite://")
    if parts.chat.model is None:
        sys.exit("No model is configured: set CHATREC_MODEL (and OPENAI_BASE_URL for a server of your own).")
    parts.warm()
    given.out.mkdir(parents=True, exist_ok=True)
    asyncio.run(_hold(parts, conversations, given.out, given.at_once))
    print(table(json.loads(file.read_text(encoding="utf-8")) for file in sorted(given.out.glob("*.json"))))


async def _hold(parts: Parts, conversations: Sequence[Mapping[str, Any]], out: Path, at_once: int) -> None:
    gate = asyncio.Semaphore(at_once)

    async def hold(conversation: Mapping[str, Any]) -> None:
        async with gate:
            user = f"bench-{conversation['id']}"
            key = parts.store.start_conversation(user)
            turns = []
            for message in conversation["messages"]:
                turn = await parts.chat.ainvoke(Ask(message, user, key, pack=conversation["pack"]))
                turns.append(_told(turn, parts.store.trace(user, key, turn.number)))
                whole = {"id": conversation["id"], "pack": conversation["pack"], "turns": turns}
                (out / f"{conversation['id']}.json").write_text(
                    json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8"
                )

    await asyncio.gather(*(hold(conversation) for conversation in conversations))


def _told(turn: Turn, trace: Trace) -> dict[str, Any]:
    total = spent(trace)
    return {
        "message": turn.message,
        "understood": turn.request.understood if turn.request else "",
        "language": turn.request.language if turn.request else "",
        "intent": turn.request.intent if turn.request else "",
        "wanted": turn.request.count if turn.request else 0,
        "engine": turn.engine,
        "reply": turn.reply,
        "picks": [encode(pick) for pick in turn.picks],
        "profile": turn.profile.text,
        "notices": list(turn.notices),
        "dropped": dict(trace.dropped),
        "flags": list(trace.flags),
        "calls": [
            {"stage": c.stage, "error": c.error, "format": c.reply_format, "tokens_in": c.tokens_in} for c in trace.calls
        ],
        "tokens": total.tokens,
    }


def table(conversations: Iterable[Mapping[str, Any]]) -> str:
    """A Markdown table, one row a pack."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for conversation in conversations:
        count = sums[conversation["pack"]]
        count["conversations"] += 1
        for turn in conversation["turns"]:
            count["turns"] += 1
            count["calls"] += len(turn["calls"])
            count["format failures"] += sum(bool(call["error"]) for call in turn["calls"])
            count.update({key: turn["dropped"].get(key, 0) for key in COUNTED})
            count["picks"] += len(turn["picks"])
            claims = [claim for pick in turn["picks"] for claim in pick["evidence"]]
            count["claims"] += len(claims)
            count["unsupported"] += sum(not claim["supported"] for claim in claims)
            count["words"] += sum(len(pick["reason"].split()) for pick in turn["picks"])
            count["tokens"] += turn["tokens"]
    columns = ("conversations", "turns", "calls", "format failures", *COUNTED, "picks", "claims", "unsupported")
    lines = ["| pack | " + " | ".join(columns) + " | words a reason | tokens a turn |"]
    lines.append("|---" * (len(columns) + 3) + "|")
    for pack, count in sums.items():
        cells = [str(count[column]) for column in columns]
        cells += [f"{count['words'] / max(count['picks'], 1):.0f}", f"{count['tokens'] / max(count['turns'], 1):,.0f}"]
        lines.append(f"| {pack} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
