"""Interactions over a catalog -> the people in them, to choose "who I am" from, and the profile each of them comes with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.errors import UserMistake
from chatrec.history.actions import Rules, Scale, past_of, rules_for
from chatrec.history.interactions import Interactions
from chatrec.history.portrait import portrait
from chatrec.records import Profile, Sentence

_MARK = "who"
_LONGEST = 150  # characters of a user's id inside a sentence's id
_TOLD = ("age", "gender", "occupation", "country")


class UnknownPersona(UserMistake):
    """Nobody of that id is in the interactions."""


@dataclass(frozen=True, slots=True)
class Persona:
    """One line of the chooser: `count` is how many deeds are known, `label` what people read."""

    id: str
    count: int
    label: str


class Personas:
    """The people of some interactions, and the sentences each of them comes with. Holds nothing of any visitor."""

    def __init__(self, catalog: Catalog, interactions: Interactions, rules: Rules | None = None) -> None:
        self.catalog = catalog
        self.interactions = interactions
        self.rules = rules or Rules()

    @classmethod
    def open(cls, catalog: Catalog, folder: Path) -> Personas:
        """Those of a folder of interactions, weighed by the rules of `rules_for`. CatalogError: what cannot be read."""
        return cls(catalog, Interactions.open(folder), rules_for(folder))

    @cached_property
    def scale(self) -> Scale | None:
        """The scale of the ratings; None where nobody rated anything."""
        return Scale.of(self.interactions, self.rules)

    def list(self, limit: int = 50, search: str = "") -> tuple[Persona, ...]:
        """The people with the most deeds first; with `search`, those whose id or label holds it (upper case or lower)."""
        counts = np.bincount(self.interactions.user, minlength=len(self.interactions.users))
        wanted = search.strip().casefold()
        found: list[Persona] = []
        for code in np.argsort(-counts, kind="stable"):
            if len(found) >= limit or counts[code] == 0:
                break
            user = self.interactions.users[code]
            persona = Persona(
                user, int(counts[code]), label_of(user, int(counts[code]), self.interactions.people.get(user, {}))
            )
            if wanted in persona.id.casefold() or wanted in persona.label.casefold():
                found.append(persona)
        # Somebody asked for by their very id comes first, however little they did.
        return tuple(sorted(found, key=lambda persona: persona.id.casefold() != wanted))

    def sentences(self, persona_id: str) -> tuple[Sentence, ...]:
        """The profile of one of them, every sentence with source `import`. UnknownPersona when there is nobody of that id."""
        past = past_of(self.interactions, persona_id, self.rules, self.scale)
        if not (past.weights or past.seen):
            some = ", ".join(persona.id[:60] for persona in self.list(3))
            hint = f"; there are, for example, {some}." if some else "."
            raise UnknownPersona(f"There is nobody called {persona_id[:60]!r} in these interactions{hint}")
        person = self.interactions.people.get(persona_id, {})
        return portrait(past, self.catalog, scale=self.scale, person=person, prefix=f"{_MARK}:{_short(persona_id)}")


def label_of(user: str, count: int, person: Mapping[str, Any]) -> str:
    """`42 · 24 · male · technician · 214 deeds`: what is known, in one line."""
    known = [" ".join(str(person[name]).split())[:40] for name in _TOLD if person.get(name) not in (None, "")]
    return " · ".join((user[:40], *known, f"{count:,} {'entry' if count == 1 else 'entries'}"))


def adopted(profile: Profile) -> str:
    """The id of whom the visitor is at the moment (cut where it is very long); empty when they are themselves."""
    found = (s.id for s in profile.sentences if is_adopted(s))
    return next((sentence_id.partition(":")[2].rpartition(":")[0] for sentence_id in found), "")


def is_adopted(sentence: Sentence) -> bool:
    """Whether a sentence came with a persona and is still as it came."""
    return sentence.source == "import" and sentence.id.startswith(f"{_MARK}:")


def _short(user: str) -> str:
    """The user's id, or the beginning of a long one with its sha256, so that sentence ids stay short and distinct."""
    if len(user) <= _LONGEST:
        return user
    return f"{user[: _LONGEST - 17]}…{hashlib.sha256(user.encode()).hexdigest()[:16]}"
