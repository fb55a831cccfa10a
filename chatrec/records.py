"""The nouns that stages hand to each other: frozen, typed, without behaviour beyond describing themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

_NOTHING: Mapping[str, Any] = MappingProxyType({})

# --------------------------------------------------------------------------- catalog and history


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be recommended. Only `id` and `title` are sure; the rest is what the catalog knows.

    `runtime` is in minutes. `popularity` and `acclaim` are on a 0 to 100 scale. `content` maps a kind of content
    (violence, fear, sex, language, drugs) to 0 (none) .. 3 (strong).
    """

    id: str
    title: str
    year: int | None = None
    description: str = ""
    genres: tuple[str, ...] = ()
    people: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    runtime: int | None = None
    keywords: tuple[str, ...] = ()
    certificate: str = ""
    popularity: float | None = None
    acclaim: float | None = None
    original_title: str = ""
    content: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    series: str = ""
    position: int | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    @property
    def label(self) -> str:
        """`Title (year)`, or the title alone when the year is unknown."""
        return f"{self.title} ({self.year})" if self.year else self.title

    def named(self, role: str) -> tuple[str, ...]:
        """The people in one role (`director`, `cast`, `author` ...), in the catalog's order."""
        return self.people.get(role, ())


@dataclass(frozen=True, slots=True)
class Interaction:
    """What somebody did with an item; `value` is the rating or count where the action has one."""

    user: str
    item: str
    action: str
    value: float | None = None
    at: datetime | None = None


# --------------------------------------------------------------------------- what was said

Sentiment = Literal["like", "dislike", "seen", "neutral"]


@dataclass(frozen=True, slots=True)
class Mention:
    """An item named in the conversation, and what was said of it. `surface` is the person's own wording."""

    item_id: str
    title: str
    surface: str
    sentiment: Sentiment
    turn: int


@dataclass(frozen=True, slots=True)
class Constraint:
    """One hard condition on an item, applied by code and never by a model.

    `field` is one of genre, year, runtime, language, country, person, topic, audience, popularity, acclaim,
    or content.KIND (content.violence, content.fear ...). Text fields use `any_of` / `none_of` with the catalog's own
    spelling (topics: lower-case words looked for in keywords, genres, title and description; language and country: the
    leading one); number fields use
    `at_least` / `at_most`, both inclusive: year in years, runtime in minutes, audience the viewer's age in years
    (`at_most=9`: suitable for a nine-year-old), content 0 to 3. `role` narrows a person (director, cast).
    `words` is what the person said, for showing it back.
    """

    field: str
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    role: str = ""
    words: str = ""


Target = Literal["item", "genre", "person", "topic", "country", "language", "mood"]


@dataclass(frozen=True, slots=True)
class Preference:
    """A soft like (`weight` > 0) or dislike (`weight` < 0), -1 to 1. `value` is an item id for items, else a name."""

    target: Target
    value: str
    weight: float


SentenceKind = Literal["like", "dislike", "constraint", "fact"]
Scope = Literal["person", "conversation"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the profile: what people read and edit, and the meaning that code acts on.

    `source` is `turn N`, `feedback`, `edit` or `import`. Sentences of scope `person` hold in every conversation of
    that person, those of scope `conversation` in one alone. Switched off (`on=False`), a sentence is shown but unused.
    `seen` lists item ids the sentence says were already seen. `id` is stable and unique within a person's profile.

    A sentence of an import may carry what it was written from, oldest deed first: `history` maps item ids to how much the
    person cared for them, -1 to 1, and `ratings` to the rating given, as a share of its scale (0 the worst, 1 the best).
    Retrieval and prediction read both; no prompt and no page shows them.
    """

    id: str
    text: str
    kind: SentenceKind
    source: str
    scope: Scope = "person"
    on: bool = True
    preferences: tuple[Preference, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    seen: tuple[str, ...] = ()
    history: Mapping[str, float] = field(default_factory=lambda: _NOTHING, hash=False)
    ratings: Mapping[str, float] = field(default_factory=lambda: _NOTHING, hash=False)


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the person is and what they want, as sentences with sources."""

    sentences: tuple[Sentence, ...] = ()

    @property
    def active(self) -> tuple[Sentence, ...]:
        """The sentences that are switched on."""
        return tuple(s for s in self.sentences if s.on)

    @property
    def text(self) -> str:
        """The profile as one paragraph of natural language, active sentences only."""
        return " ".join(s.text for s in self.active)

    @property
    def preferences(self) -> tuple[Preference, ...]:
        """Every soft preference of the active sentences, in order."""
        return tuple(p for s in self.active for p in s.preferences)

    @property
    def constraints(self) -> tuple[Constraint, ...]:
        """Every hard constraint of the active sentences, in order."""
        return tuple(c for s in self.active for c in s.constraints)

    @property
    def seen(self) -> tuple[str, ...]:
        """Ids of items known to have been seen."""
        return tuple(i for s in self.active for i in s.seen)

    @property
    def history(self) -> Mapping[str, float]:
        """Item id -> how much the person cared for it, -1 to 1, from the imports that are switched on, oldest deed first."""
        return {item: weight for s in self.active for item, weight in s.history.items()}

    @property
    def ratings(self) -> Mapping[str, float]:
        """Item id -> the rating the person gave, as a share of its scale, from the imports that are switched on."""
        return {item: share for s in self.active for item, share in s.ratings.items()}


Intent = Literal[
    "recommend",  # a first wish, a new wish, or a refinement: a list follows
    "more",  # the same wish again, other items
    "question",  # about one or more items, answered from facts
    "compare",  # A or B?
    "profile",  # what do you know about me?
    "reset",  # forget this conversation's wishes
    "greeting",
    "thanks",
    "feedback",  # tells what they thought of an item, wants nothing yet
    "off_topic",
    "empty",
]


@dataclass(frozen=True, slots=True)
class Request:
    """What READ made of a message, in the form RETRIEVE, RECOMMEND and ANSWER work on.

    `constraints` is the whole effective set (profile and this turn). `search_text` is English text for dense and
    lexical search, with negated parts left out. `anchors` are item ids the results should resemble, `avoided` ids whose
    likeness counts against. `excluded` are ids never to be shown (named, seen, disliked, already shown). `preferences`
    are soft tastes of this turn and the profile. `about` are the items a question or comparison is about, `aspect` what it
    asks (director, cast, year, runtime, plot, why, genre, country, language, rating, age, content, series, other).
    `question` is one clarifying question worth asking, empty when enough is known. `understood` is the line shown to the
    person. `unlinked` are titles the person named that the catalog does not hold.

    What was said before comes along as far as it still counts: `earlier` are the items spoken of in earlier turns with the
    newest opinion of each, oldest first; `said` the person's messages in English words, without titles, this one last. `turn`
    is the number of this turn, `since` that of the turn before which nothing counts any more: a new topic began there.
    """

    intent: Intent
    message: str
    language: str = "en"
    search_text: str = ""
    mentions: tuple[Mention, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    preferences: tuple[Preference, ...] = ()
    anchors: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    count: int = 5
    about: tuple[str, ...] = ()
    aspect: str = ""
    question: str = ""
    understood: str = ""
    earlier: tuple[Mention, ...] = ()
    said: tuple[str, ...] = ()
    turn: int = 0
    since: int = 0


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One call to a language model, for the trace. `seconds` is wall time; token counts are the server's, or
    approximate (`counted` is False) where it gives none. `cost` is in US dollars, None where no price is known.
    `reply_format` is how the reply was asked for: schema, object or text."""

    stage: str
    model: str
    messages: tuple[tuple[str, str], ...]
    reply: str
    seconds: float
    first_token_seconds: float | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    counted: bool = True
    error: str = ""
    cost: float | None = None
    reply_format: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of READ: the request, the rewritten profile, the model calls it took, and what code refused of them. `flags`
    are sentences for the trace."""

    request: Request
    profile: Profile
    calls: tuple[ModelCall, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    flags: tuple[str, ...] = ()


# --------------------------------------------------------------------------- candidates and picks


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that passed the constraints. `scores` holds the score per source (dense, lexical, taste, acclaim ...)."""

    item_id: str
    score: float
    scores: Mapping[str, float] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A constraint that could give way: what it would become (None: dropped), and how many items would then fit.

    `also` are constraints that must be dropped with it, where no single one helps.
    """

    constraint: Constraint
    becomes: Constraint | None
    count: int
    examples: tuple[str, ...] = ()
    also: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What RETRIEVE found, best first. With no candidates, `relaxations` (nearest first) says what emptied the list. `notices`
    are lines for the person: a source of the search that could not be asked. `unrecorded` are constraints on facts that the
    catalog holds of no item at all: nothing was checked against them."""

    candidates: tuple[Candidate, ...] = ()
    considered: int = 0
    relaxations: tuple[Relaxation, ...] = ()
    notices: tuple[str, ...] = ()
    unrecorded: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim of a reason and what backs it.

    `claim` is the wording inside the reason; `source` says where the fact is: `item.FIELD` (of the pick), `item.FIELD@ID` (of
    another item), `profile.SENTENCE_ID`, or `request.FIELD` for what was said this turn alone (message, constraints, mentions
    ...); `fact` is the fact's own text. Both are empty for a claim that CHECK found and of which no fact speaks. `supported`
    is CHECK's verdict.
    """

    claim: str
    source: str
    fact: str
    supported: bool = True


@dataclass(frozen=True, slots=True)
class Pick:
    """A recommended item with its reason; `rank` starts at 1."""

    item_id: str
    title: str
    year: int | None
    rank: int
    reason: str
    evidence: tuple[Evidence, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything a reviewer needs to see how a turn came about. `dropped` counts what code refused of a model's reply;
    `flags` are sentences on what deserves a second look (a pick far from its place in the shortlist, a prompt cut to fit);
    `pack` is the prompt pack the model was given."""

    calls: tuple[ModelCall, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    considered: int = 0
    dropped: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    errors: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange. `timings` are seconds per stage; `status` is open until the turn finished.

    `engine` is `built-in`, the model's name, or `model + built-in` when one took over for the other. `notices` are lines for
    the person (a model failed, a title is not in the catalog). `suggestions` are messages the person may send with one click.
    """

    number: int
    message: str
    reply: str = ""
    picks: tuple[Pick, ...] = ()
    request: Request | None = None
    profile: Profile = field(default_factory=Profile)
    engine: str = ""
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    timings: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    trace: Trace = field(default_factory=Trace)
    status: Literal["open", "finished", "stopped", "interrupted"] = "finished"


@dataclass(frozen=True, slots=True)
class Situation:
    """What READ and the other stages may know: the new message and everything before it, of this person alone.

    `history` holds the earlier finished turns of the conversation, oldest first; `profile` the person's as it stands.
    `feedback` maps item ids to like, dislike or seen. `pack` names the prompt pack; empty: the host's.
    """

    message: str
    turn: int
    profile: Profile = field(default_factory=Profile)
    history: tuple[Turn, ...] = ()
    feedback: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    pack: str = ""


# --------------------------------------------------------------------------- events of a turn


@dataclass(frozen=True, slots=True)
class Understood:
    """READ is done."""

    request: Request
    profile: Profile


@dataclass(frozen=True, slots=True)
class Shortlisted:
    """RETRIEVE is done."""

    shortlist: Shortlist


@dataclass(frozen=True, slots=True)
class Picked:
    """One pick, checked, in order of rank."""

    pick: Pick


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of the reply's text; pieces are joined as they come."""

    text: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """One line the person should know, outside the reply: a model failed, a limit was met."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The turn is stored."""

    turn: Turn


Event = Understood | Shortlisted | Picked | Said | Noticed | Finished
