"""Turns, profiles and conversations -> the plain JSON the page draws. Everything here is text; the page never gets markup."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from chatrec.catalog.table import Catalog
from chatrec.history.persona import Personas, adopted
from chatrec.language.shelf import PromptShelf
from chatrec.language.spent import spent
from chatrec.memory.store import ConversationSummary
from chatrec.records import Evidence, Item, Pick, Profile, Sentence, Turn
from chatrec.ui.texts import TEXTS

MOST_PERSONAS = 8
"""How many people the chooser shows at once."""

PALETTES = 12
"""How many colour pairs the page's cards have; see `.tile[data-palette]` in page.css."""


def turn_view(turn: Turn, catalog: Catalog, feedback: Mapping[str, str], *, stage: str = "") -> dict[str, Any]:
    """One exchange as the page draws it; `stage` is the line shown while it is still running."""
    opening, _, closing = turn.reply.partition("\n\n") if turn.picks else (turn.reply, "", "")
    return {
        "number": turn.number,
        "message": turn.message,
        "understood": turn.request.understood if turn.request else "",
        "notices": [*turn.notices, *([TEXTS[turn.status]] if turn.status in ("stopped", "interrupted") else [])],
        "opening": opening,
        "closing": closing,
        "picks": [pick_view(pick, catalog, turn.profile, feedback) for pick in turn.picks],
        "suggestions": list(turn.suggestions),
        "about": about_line(turn),
        "stage": stage,
        "status": turn.status,
    }


def about_line(turn: Turn) -> str:
    """How a turn came about, in one small line: engine, prompt pack, tokens, seconds, dollars, as far as they are known."""
    total, seconds = spent(turn.trace), turn.timings.get("total", 0.0)
    about = "≈ " if total.approximate else ""
    parts = (
        turn.engine,
        f"{TEXTS['pack']} {turn.trace.pack}" if total.calls and turn.trace.pack else "",
        f"{about}{total.tokens:,} tokens" if total.tokens else "",
        _duration(seconds),
        f"{about}{dollars(total.cost)}" if total.calls and total.cost is not None else "",
    )
    return " · ".join(part for part in parts if part)


def _duration(seconds: float) -> str:
    """0 means unknown."""
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return "" if not seconds else f"{seconds:.2g} s" if seconds >= 0.01 else "under 0.01 s"


def dollars(cost: float) -> str:
    """An amount of US dollars with two figures that tell: `$0.0042`, `$1.20`."""
    if cost == 0 or cost >= 1:
        return f"${cost:.2f}" if cost else "$0"
    return f"${cost:.2g}" if cost >= 0.0001 else "< $0.0001"


def tuner_view(shelf: PromptShelf | None, chosen: str, at: str = "") -> dict[str, Any]:
    """The picker of prompt packs: those there are now, the one in use, when it was chosen, and what is wrong with its files."""
    if shelf is None:
        return {"needs": TEXTS["tuner_needs"], "packs": [], "current": "", "chosen": "", "problems": []}
    current = chosen or shelf.host
    names = dict.fromkeys((*shelf.names(), current))
    packs = [{"name": name, "about": shelf.about(name)} for name in names]
    return {"needs": "", "packs": packs, "current": current, "chosen": at, "problems": list(shelf.problems(current))}


def pick_view(pick: Pick, catalog: Catalog, profile: Profile, feedback: Mapping[str, str]) -> dict[str, Any]:
    """A card: facts in one line, the reason, and the evidence behind each claim."""
    item = catalog.get(pick.item_id) or Item(pick.item_id, pick.title, pick.year)
    return {
        "id": pick.item_id,
        "rank": pick.rank,
        "title": pick.title,
        "original": item.original_title if item.original_title != item.title else "",
        "year": pick.year,
        "facts": facts(item),
        "credits": credits_line(item),
        "description": item.description,
        "reason": pick.reason,
        "evidence": [evidence_view(e, catalog, profile) for e in pick.evidence],
        "feedback": feedback.get(pick.item_id, ""),
        "palette": zlib.crc32((item.genres[0] if item.genres else item.id).encode()) % PALETTES,
        "genre": item.genres[0] if item.genres else "",
    }


def facts(item: Item) -> list[str]:
    """Year, runtime, genres, country and certificate, as far as they are known."""
    parts = [str(item.year) if item.year else "", runtime(item.runtime), ", ".join(item.genres[:3])]
    parts += [", ".join(item.countries[:2]), item.certificate]
    return [part for part in parts if part]


def runtime(minutes: int | None) -> str:
    """`1 h 58 min`, or nothing when unknown."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def credits_line(item: Item) -> str:
    """Who made it and who is in it: the first role's names, then up to three of the second's."""
    lines = []
    for role, limit in (("director", 2), ("author", 2), ("cast", 3)):
        names = item.named(role)[:limit]
        if names:
            verb = {"director": "Directed by", "author": "By", "cast": "With"}[role]
            lines.append(f"{verb} {', '.join(names)}")
    return " · ".join(lines)


def evidence_view(evidence: Evidence, catalog: Catalog, profile: Profile) -> dict[str, Any]:
    """A claim, the fact behind it, and where the fact comes from in words."""
    return {
        "claim": evidence.claim,
        "fact": evidence.fact,
        "source": source_in_words(evidence.source, catalog, profile),
        "supported": evidence.supported,
    }


def source_in_words(source: str, catalog: Catalog, profile: Profile) -> str:
    """`item.director` -> `Catalog: director`; `profile.s2` -> `Your profile (turn 1)`."""
    kind, _, rest = source.partition(".")
    if kind == "profile":
        origin = next((s.source for s in profile.sentences if s.id == rest), "")
        return f"Your profile ({origin})" if origin else "Your profile"
    if kind == "request":
        return "Your message"
    field, _, other = rest.partition("@")
    field = field.replace("content.", "content note: ").replace("_", " ")
    if other:
        item = catalog.get(other)
        return f"Catalog: {field} of {item.title if item else other}"
    return f"Catalog: {field}" if field else ""


def persona_view(personas: Personas, profile: Profile, search: str | None = None) -> dict[str, Any]:
    """The chooser of "who I am": who is chosen, and, when asked with a `search` (empty: everybody), who could be."""
    found = None if search is None else [{"id": p.id, "label": p.label} for p in personas.list(MOST_PERSONAS, search)]
    return {"now": adopted(profile), "found": found}


def profile_view(profile: Profile) -> dict[str, Any]:
    """The profile's sentences in their two groups."""
    return {
        "person": [sentence_view(s) for s in profile.sentences if s.scope == "person"],
        "conversation": [sentence_view(s) for s in profile.sentences if s.scope == "conversation"],
    }


def sentence_view(sentence: Sentence) -> dict[str, Any]:
    """One line of the profile panel."""
    origin = {"edit": "you wrote this", "feedback": "from a card", "import": "imported"}.get(sentence.source, sentence.source)
    return {"id": sentence.id, "text": sentence.text, "kind": sentence.kind, "source": origin, "on": sentence.on}


def conversations_view(summaries: Iterable[ConversationSummary], current: str) -> list[dict[str, Any]]:
    """The list on the left, newest first."""
    return [{"id": s.id, "title": s.title, "turns": s.turns, "current": s.id == current} for s in summaries]
