"""A small world of dialogues in which fans of horror are told of horror and fans of romance of romance."""

from __future__ import annotations

import json
from pathlib import Path

HORROR = [f"Fright {n} (19{80 + n})" for n in range(12)]
ROMANCE = [f"Kiss {n} (19{80 + n})" for n in range(12)]


def write_world(folder: Path, dialogues: int = 40) -> Path:
    """Write films.jsonl and dialogues.jsonl; every dialogue has two turns, the second with a mention."""
    folder.mkdir(parents=True, exist_ok=True)
    films = [
        {"name": name, "genres": [genre], "plot": f"{plot} {name}", "directors": [who], "cast": [], "imdb_id": f"tt{place:07}"}
        for place, (name, genre, plot, who) in enumerate(
            [(n, "horror", "a ghost haunts", "Ann Dark") for n in HORROR]
            + [(n, "romance", "two people meet", "Bo Light") for n in ROMANCE]
        )
    ]
    turns = []
    for number in range(dialogues):
        shelf, wish = (HORROR, "something scary") if number % 2 else (ROMANCE, "something romantic")
        # a few films are named by everybody
        first, second = shelf[number % 3], shelf[3 + number % 2]
        context = ["hello", "hi, what do you like?", wish]
        turns.append({"dialogue": f"d{number}", "turn": 3, "context": context, "mentioned": [], "targets": [first]})
        context = [*context, f"try {first}", "great, more please"]
        turns.append({"dialogue": f"d{number}", "turn": 5, "context": context, "mentioned": [first], "targets": [second]})
    turns.append({"dialogue": "d0", "turn": 7, "context": ["bye"], "mentioned": [], "targets": []})
    for name, records in (("films", films), ("dialogues", turns)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n", encoding="utf-8")
    return folder
