"""A request -> the line that tells the person what was understood."""

from __future__ import annotations

from collections.abc import Sequence

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.meaning import Meaning
from chatrec.engines.builtin.phrasing import capital, describe, listing
from chatrec.engines.builtin.profile import hoped
from chatrec.engines.builtin.wording import join
from chatrec.records import Mention, Profile, Request

_OF_ONESELF = frozenset({"me", "my", "us", "i", "i'm", "feeling", "day", "up", "background", "asleep", "sick"})
_LISTS = frozenset({"recommend", "more"})


def understood(request: Request, profile: Profile, meaning: Meaning, catalog: Catalog) -> str:
    """One short line, empty for small talk."""
    if request.intent in ("question", "compare"):
        titles = [catalog[i].title for i in request.about[:3]]
        if len(request.about) > len(titles):
            titles = [*titles[:2], f"{len(request.about) - 2} more"]
        return f"{'Comparing' if request.intent == 'compare' else 'A question about'} {join(titles)}" if titles else ""
    if request.intent == "feedback":
        return listing(_feelings(request.mentions))
    if request.intent not in _LISTS:
        return ""
    passing = [s for s in profile.active if s.scope == "conversation"]
    moods = [p.value for s in passing for p in s.preferences if p.target in ("mood", "topic") and p.weight > 0]
    english = request.language == "en"
    spoken = {
        name: words for name, words in meaning.themes if english and words.isascii() and not _OF_ONESELF & set(words.split())
    }
    said = list(dict.fromkeys(spoken.get(m, m) for m in moods))[:5]
    hopes = [hoped(p) for s in passing for p in s.preferences if p.target in ("country", "language", "genre") and p.weight > 0]
    if hopes:
        said.append(f"if possible {join(list(dict.fromkeys(hopes))[:3], 'or')}")
    adults = any(c.field == "audience" and c.at_least is not None for c in request.constraints)
    if adults:
        said.append("for adults")
    if request.anchors:
        said.append(f"in the spirit of {join([catalog[i].title for i in request.anchors[:4]])}")
    if not said and request.search_text and not request.constraints:
        said.append(request.search_text)
    rest = [describe(c) for c in request.constraints if not (c.field == "audience" and c.at_least is not None)]
    unseen = [catalog[m.item_id].title for m in request.mentions if m.sentiment == "dislike"]
    if unseen:
        rest.append(f"nothing like {join(unseen, 'or')}")
    return capital(listing([", ".join(said), *dict.fromkeys(rest)]))


def _feelings(mentions: Sequence[Mention]) -> list[str]:
    words = {"like": "you liked", "dislike": "you disliked", "seen": "seen"}
    return [
        f"{capital(words[kind])}: {join([m.title for m in mentions if m.sentiment == kind])}"
        for kind in ("like", "dislike", "seen")
        if any(m.sentiment == kind for m in mentions)
    ]
