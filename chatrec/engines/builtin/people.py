"""Words of a message -> the people they name: by surname, with a slip of the pen, or unknown to the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chatrec.catalog.plain_words import GIVEN_NAMES, ORDINARY
from chatrec.engines.builtin.cues import NO_NOUNS
from chatrec.engines.builtin.lexicon import Concept, Lexicon
from chatrec.engines.builtin.wording import Token, fold, spelled

_PERSON_CUES = frozenset(
    {"by", "starring", "featuring", "with", "actor", "actress", "director", "directed", "von", "star", "stars", "par"}
)
_DIRECTING = frozenset({"directed", "director", "by", "filmmaker", "von", "par", "realise", "regie", "dirigida", "directors"})
_ACTING = frozenset({"with", "starring", "featuring", "actor", "actress", "stars", "star", "con", "avec", "mit"})

_MOST_NAMESAKES = 4
_TITLES_OF_ADDRESS = frozenset(spelled("mr mrs ms miss dr doctor professor captain colonel"))
_MADE = frozenset(spelled("style film films movie movies vibe vibes ish esque flick flicks type"))
_COMPARED = frozenset({",", "film", "films", "movie", "movies", "something", "anything", "stuff", "things"})
MANNERS = ("esque", "ian")
"""Endings that make a name a manner: Hitchcockian, Tarantinoesque."""


class People:
    """Finds the people of one catalog in a list of words.

    `place` is where a name may begin, `limit` the place that it must end before.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def role(self, norms: Sequence[str], place: int, people: Iterable[str]) -> str:
        before = set(norms[max(0, place - 2) : place])
        role = "director" if before & _DIRECTING else "cast" if before & _ACTING else ""
        return self._lexicon.role(tuple(people), role)

    def by_surname(self, found: Sequence[Token], norms: Sequence[str], place: int, limit: int) -> tuple[int, Concept] | None:
        token = found[place]
        manner = next((m for m in MANNERS if norms[place].endswith(m)), "")
        if manner and (people := self._lexicon.surname(norms[place].removesuffix(manner), "director")):
            people = self._lexicon.foremost(people)[:1]
            return 1, Concept("person", people[0], people, people[0], role="director")
        plural = norms[place].endswith("s") and not self._lexicon.surname(norms[place])
        word = norms[place][:-1] if plural else norms[place]
        after = norms[place + 1] if place + 1 < limit else ""
        compared = place > 1 and norms[place - 1] == "like" and norms[place - 2] in _COMPARED
        if compared and norms[place] == fold(token.text) and not self._lexicon.surname(word, "director"):
            return None  # "slow films, like Paterson": a title rather than one of a cast
        siblings = after in ("brothers", "sisters", "bros", "siblings")
        before = norms[place - 1] if place else ""
        if before in _TITLES_OF_ADDRESS:  # "Mr Bean" is somebody a story is about
            return None
        if self._lexicon.is_title(word) and before not in _PERSON_CUES:  # a sequel to Coco has nothing to do with James Coco
            return None
        cued = before in _PERSON_CUES or (place > 1 and norms[place - 2] in ("directed", "director"))
        capital = token.text[:1].isupper() and place > 0
        made = after in _MADE or (len(norms) == 1 and not plural)
        begins = place == 0 and token.text[:1].isupper() and limit > 1 and not plural and not _titled(found, place)
        made = made or (begins and word not in GIVEN_NAMES and bool(self._lexicon.surname(word, "director")))
        made = made and len(word) > 4 and word not in ORDINARY
        if len(word) < 3 or not (cued or capital or siblings or made):
            return None
        role = "director" if before in _DIRECTING or (made and self._lexicon.surname(word, "director")) else ""
        people = self._lexicon.surname(word, role) or (self._lexicon.surname(word) if before in _PERSON_CUES else ())
        named_on = plural and place > 0 and found[place - 1].text[:1].isupper() and place > 1
        if not people or named_on:  # the Rolling Stones are no family of directors
            return None
        if not siblings and not plural:
            people = self._lexicon.foremost(people)
            people = self._lexicon.busiest(people) if made and not cued else people
        if siblings or (plural and len(people) > 1):
            return (2 if siblings else 1), Concept("person", f"the {token.text}", people, token.text)
        if cued and not plural and 1 < len(people) <= _MOST_NAMESAKES:  # "by Coppola": by any of them
            return 1, Concept("person", token.text, people, token.text, role=self.role(norms, place, people))
        if len(people) > 1 or plural:
            return None
        if not cued and not made and (len(word) < 4 or _titled(found, place)):
            return None
        return 1, Concept("person", people[0], people, people[0], role=self.role(norms, place, people))

    def unknown(
        self, text: str, found: Sequence[Token], norms: Sequence[str], place: int, limit: int
    ) -> tuple[int, Concept] | None:
        before = norms[place - 1] if place else ""
        directed = (
            before == "by"
            and place > 1
            and norms[place - 2] in ("directed", "made", "film", "films", "movie", "movies", "anything", "something")
        )
        if before not in _PERSON_CUES and not (found[place].text[:1].isupper() and place > 0):
            return None
        run = place
        while run < limit and run < place + 4 and found[run].is_word and found[run].text[:1].isupper():
            run += 1
        length = run - place
        if length == 0 and before in _PERSON_CUES and place + 1 < limit:
            length = 2 if found[place + 1].is_word and norms[place + 1] not in NO_NOUNS else 1
            name = self._lexicon.like_name(" ".join(norms[place : place + length]))
            if name:
                return length, Concept("person", name, (name,), name, role=self.role(norms, place, (name,)))
            if (before == "starring" or (directed and place > 1 and norms[place - 2] == "directed")) and norms[
                place
            ] not in NO_NOUNS:
                said = text[found[place].start : found[place + length - 1].end]
                return length, Concept("person", said, (said,), said, role="director" if directed else "")
            return None
        if length == 0:
            return None
        for size in range(min(length, 3), 1, -1):
            name = self._lexicon.like_name(" ".join(norms[place : place + size]))
            if name:
                return size, Concept("person", name, (name,), name, role=self.role(norms, place, (name,)))
        said = text[found[place].start : found[run - 1].end]
        if (length >= 2 and before in _PERSON_CUES) or (
            length == 1 and (directed or before in ("starring", "director", "directed"))
        ):
            if _titled(found, place) or norms[place] in NO_NOUNS:
                return None
            return length, Concept("person", said, (said,), said, role="director" if before in _DIRECTING else "")
        return None


def _titled(found: Sequence[Token], place: int) -> bool:
    """Whether every longer word of the message is capitalised, so that capitals tell nothing."""
    long = [t for t in found if t.is_word and len(t.norm) > 3]
    return sum(t.text[:1].isupper() for t in long) > 0.7 * len(long) and len(long) > 3
