"""The three stages a model is asked for: the blanks their prompt files may use, and the reply format code appends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blank:
    """A place in a prompt file. A `required` one must be there: without it the stage cannot work. One that holds `data`, the
    words of people or of the catalog between tags, may stand below the dividing line only."""

    name: str
    meaning: str
    example: str
    required: bool = False
    data: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """What a prompt file may say `{{so}}`, and the format of the reply, which no prompt file can change.

    `reminder` closes the request, after all data.
    """

    name: str
    blanks: tuple[Blank, ...]
    reply_format: str
    reminder: str

    @property
    def allowed(self) -> tuple[str, ...]:
        """The names of all blanks."""
        return tuple(blank.name for blank in self.blanks)

    @property
    def data(self) -> frozenset[str]:
        """The names of the blanks that hold words of people or of the catalog."""
        return frozenset(blank.name for blank in self.blanks if blank.data)


_NOUN = Blank("noun", "what one item is called", "film")
_PLURAL = Blank("plural", "what several items are called", "films")
_LANGUAGE = Blank("language", "the language of the newest message, as a two-letter code", "en")
_PROFILE = Blank(
    "profile", "what is known about the person, one numbered sentence a line", "1. You love hand-drawn animation.", data=True
)
_MESSAGE = Blank("message", "the newest message, word for word", "Something newer, please", required=True, data=True)
_CONVERSATION = Blank("conversation", "the turns before, the latest in full", "Person: ...\nShown: 1. Alien (1979)", data=True)
_SHOWN = Blank(
    "shown", "the last list the person saw, numbered, each with its reason", "1. Alien (1979): A crew of seven ...", data=True
)
_LIST = Blank(
    "shown", "the last list the person saw, numbered, with a few facts", "1. Alien (1979) | 117 minutes | ...", data=True
)
_NOTED = Blank(
    "profile",
    "what is known about the person, numbered; (new): just read from the message by rules",
    "2. For now: no horror. (new)",
    data=True,
)

_PROFILE_FORMAT = """\
Reply with one JSON object and nothing else. Its keys, each of which may be left out when it has nothing to say:

"intent": recommend (a wish, new or refined), more (the same wish, other titles), question (about titles), compare (two or
more titles), profile (what is known about me?), feedback (tells what they thought of a title, wants nothing yet), greeting,
thanks, off_topic.
"language": two-letter code of the language the newest message is written in.
"wish": English search text for what is wanted now, earlier wishes included where they still hold.
"count": how many titles are asked for, if a number is said.
"named": titles the message names or points at: [{"title": title or number of the last list, "year" if said,
"said": "like" | "dislike" | "seen" | "neutral"}].
"similar_to": titles, or numbers of the last list, that the results should resemble.
"must": hard conditions the message adds: [{"field", "in": [...], "not": [...], "from": n, "to": n, "quote"}].
Fields: genre, language, country, person (in / not); topic (not); year, runtime in minutes (from / to); age of the viewer (to;
for adults: from 13); renown (in: little known, well known); violence, fear, sex, swearing, drugs (to: 0 none, 1 mild,
2 marked). Where the message is not in English, add "text": the condition in a few words of its language.
"learned": lasting things the message tells about the person:
[{"kind": "like" | "dislike" | "fact", "text", "tags": [English words], "quote"}].
"forget": noted sentences the message takes back, and those marked (new) that got it wrong: [{"number", "quote"}].
"about": numbers of the last list, or titles, that a question, comparison or choice is about.
"aspect": director, cast, year, runtime, plot, why, genre, country, language, rating, age, content, series or other.
Every "quote" is copied letter for letter from the newest message.

Example. Message: "Adored Alien, Moon left me cold. Lonely, like Solaris, nineties or later, no horror. Three is enough."
{"intent": "recommend", "language": "en", "wish": "lonely melancholy science fiction set in space", "count": 3,
 "named": [{"title": "Alien", "said": "like"}, {"title": "Moon", "said": "dislike"}], "similar_to": ["Solaris"],
 "must": [{"field": "year", "from": 1990, "quote": "nineties or later"},
  {"field": "genre", "not": ["Horror"], "quote": "no horror"}],
 "learned": [{"kind": "like", "text": "You love lonely stories.", "tags": ["loneliness"], "quote": "Lonely"}]}"""

_RECOMMEND_FORMAT = """\
Reply with one JSON object and nothing else, its keys in this order:
{"intro": "one short sentence",
 "picks": [{"number": 7, "reason": "..."}, {"number": 2, "reason": "..."}],
 "outro": "one short sentence or question, or empty"}
"number" is the number in front of the candidate. Put the best pick first. Use no number twice and none that is not listed."""

_ANSWER_FORMAT = """\
Reply in plain sentences: no headings, no lists, no markup, no links, at most 120 words."""

STAGES: Mapping[str, Stage] = {
    stage.name: stage
    for stage in (
        Stage(
            "profile",
            (
                _MESSAGE,
                _NOTED,
                _CONVERSATION,
                _LIST,
                Blank("genres", "the catalog's genres", "Action, Comedy, Drama"),
                Blank("countries", "the catalog's countries, most frequent first", "United States, France, Japan"),
                Blank("languages", "the catalog's languages, most frequent first", "English, French, Japanese"),
                Blank("year", "the current year", "2026"),
                _NOUN,
                _PLURAL,
            ),
            _PROFILE_FORMAT,
            "Now reply with the JSON object for the newest message.",
        ),
        Stage(
            "recommend",
            (
                _MESSAGE,
                Blank(
                    "request",
                    "what is wanted, as it was understood",
                    "Looking for: ...\nMust: no horror",
                    required=True,
                    data=True,
                ),
                Blank(
                    "candidates",
                    "the numbered candidates with their facts",
                    "1. Alien (1979) | 117 minutes | ...",
                    required=True,
                    data=True,
                ),
                Blank("count", "how many picks are wanted", "5", required=True),
                _PROFILE,
                _LANGUAGE,
                _NOUN,
                _PLURAL,
            ),
            _RECOMMEND_FORMAT,
            "Now reply with the JSON object.",
        ),
        Stage(
            "answer",
            (
                _MESSAGE,
                Blank(
                    "facts",
                    "the catalog's facts about the titles in question",
                    "Alien (1979) | 117 minutes | ...",
                    required=True,
                    data=True,
                ),
                _PROFILE,
                _CONVERSATION,
                _SHOWN,
                _LANGUAGE,
                _NOUN,
                _PLURAL,
            ),
            _ANSWER_FORMAT,
            "Now answer the newest message.",
        ),
    )
}
