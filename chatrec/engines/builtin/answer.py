"""Everything that is not a wish for a list -> the reply in words: questions, comparisons, profile, small talk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.compare import compare
from chatrec.engines.builtin.english import asked, choose, listed, pick_order
from chatrec.engines.builtin.opinions import WOULD_LIKE, estimate, explain, picked
from chatrec.engines.builtin.phrasing import tidy
from chatrec.engines.builtin.predicted import Forecaster
from chatrec.engines.builtin.profile import is_hearsay
from chatrec.engines.builtin.question_phrases import CHOSEN
from chatrec.engines.builtin.questions import answer_question
from chatrec.engines.builtin.small_talk import TAKEN_BACK
from chatrec.engines.builtin.verdicts import verdicts
from chatrec.engines.builtin.wording import fold
from chatrec.engines.protocol import Output, Suggested
from chatrec.records import Item, Reading, Said, Sentence, Situation

_GREETINGS = (
    "Hello! Tell me a {noun} you loved, a mood, or what you can't stand, and I will find {plural} that fit.",
    "Hi there. What are you in the mood for? A title you like, a country, a length: anything helps.",
    "Welcome! Say what you feel like, or name a {noun} or two you loved, and I will look through the catalog.",
    "Good to see you. Name a {noun} you enjoyed, or describe the one you would like to find.",
)
_THANKS = (
    "You're welcome. Tell me afterwards how you liked it, and the next list will be better.",
    "With pleasure! If one of them misses the mark, say so and I will learn from it.",
    "Any time. Come back and tell me what you made of it.",
)
_RESETS = (
    "Done: the wishes of this conversation are forgotten. Your profile of likes and dislikes stays. What would you like now?",
    "A clean slate: I have dropped what you asked for here and kept your lasting likes and dislikes. Where shall we start?",
)
_OFF_TOPIC = (
    "That is outside what I can do: I recommend {plural} from this catalog and answer questions about them. "
    "What would you like to find?",
    "I can't help with that. I know {plural}: tell me a mood or a title you love, and I will look for something that fits.",
    "I only do {plural}: finding them, comparing them, and telling you why. Shall we look for one?",
)
_EMPTY = (
    "Type something and I will look: a mood, a title you love, or a condition such as a length or a country.",
    "I'm listening. Say what you feel like, or name a {noun} you loved.",
)
_LIKED = ("Noted: you loved {titles}.", "Good to know: you loved {titles}.", "You loved {titles}: I will remember.")
_DISLIKED = ("Noted: {titles} did not work for you.", "I will keep it in mind: you disliked {titles}.")
_SEEN = ("Noted: you have seen {titles}, so I will not suggest {them}.", "You know {titles} already; I will leave {them} out.")
_CHOSEN = (
    "{titles}, then. Tell me afterwards how you liked {it}.",
    "A good evening with {titles}! Say afterwards what you made of {it}.",
)
_WHICH = (
    "Which {noun} do you mean?",
    "Which one are you asking about?",
    "Tell me which {noun} you mean, by title or by its place in the list.",
)
_FAMOUS = 88
"""Of 100, for fame and for standing: what one can expect a stranger to know and like."""
_BEGIN = ("Surprise me", "Something funny and light", "A tense thriller under two hours")
_KINDS = (
    ("like", "What you like"),
    ("dislike", "What you would rather not"),
    ("constraint", "In this conversation you asked for"),
    ("fact", "Also"),
)


def answer(situation: Situation, reading: Reading, catalog: Catalog, forecaster: Forecaster | None = None) -> Iterator[Output]:
    """The reply, sentence by sentence, with messages to send next. Text in the message is only ever material."""
    sentences, messages = _REPLIES.get(reading.request.intent, _off_topic)(situation, reading, catalog)
    sentences = verdicts(situation, reading, catalog, forecaster) or sentences
    for index, sentence in enumerate(sentences):
        yield Said(sentence if index == 0 else f" {sentence}")
    if messages:
        yield Suggested(messages)


Reply = tuple[list[str], tuple[str, ...]]


def _say(options: tuple[str, ...], situation: Situation, catalog: Catalog, **words: str) -> str:
    seed = f"{situation.turn}/{situation.message}"
    return choose(seed, options).format(noun=catalog.noun, plural=catalog.plural, **words)


# --------------------------------------------------------------------------- about items


def _question(situation: Situation, reading: Reading, catalog: Catalog) -> Reply:
    request = reading.request
    items = [catalog[i] for i in request.about if i in catalog]
    if not items:
        return _which(situation, reading, catalog)
    seed = f"{situation.turn}/{situation.message}"
    sentences: list[str] = []
    for item in items[:3]:
        if request.aspect == "why" and (WOULD_LIKE.search(request.message) or picked(item, situation) is None):
            sentences += estimate(item, reading, catalog)
        elif request.aspect == "why":
            sentences += explain(item, situation, reading, catalog)
        else:
            sentences += answer_question(item, request.aspect, request.message, catalog, seed)
    return sentences, _follow_ups(items[0], request.aspect, situation)


def _which(situation: Situation, reading: Reading, catalog: Catalog) -> Reply:
    if reading.request.unlinked:
        titles = listed([tidy(t) for t in reading.request.unlinked[:3]], "or")
        return [f"I don't have {titles} in this catalog, so I can't say anything about it."], (
            "Surprise me",
            "What do you know about me?",
        )
    last = next((turn for turn in reversed(situation.history) if turn.picks), None)
    if last is None:
        return [_say(_WHICH, situation, catalog)], ("Surprise me", "What do you know about me?")
    aspect = {"why": "Why {}", "director": "Who directed {}", "runtime": "How long is {}"}.get(
        reading.request.aspect, "What is {} about"
    )
    return [_say(_WHICH, situation, catalog)], tuple(asked(aspect.format(p.title)) for p in last.picks[:3])


def _follow_ups(item: Item, aspect: str, situation: Situation) -> tuple[str, ...]:
    shown = picked(item, situation) is not None
    options = [
        ("why", asked(f"Why {item.title}" if shown else f"Would I like {item.title}")),
        ("plot", f"What is {item.title} about?" if item.description else ""),
        ("director", asked(f"Who directed {item.title}") if item.named("director") else ""),
        ("like", f"More like {item.title}"),
        ("runtime", asked(f"How long is {item.title}") if item.runtime else ""),
    ]
    return tuple(text for name, text in options if text and name != aspect)[:3]


def _compare(situation: Situation, reading: Reading, catalog: Catalog) -> Reply:
    unique = {i: catalog[i] for i in reading.request.about if i in catalog}
    if len(unique) < 2:
        missing = listed([tidy(t) for t in reading.request.unlinked[:2]], "or")
        known = next(iter(unique.values()), None)
        if known is not None:
            lacking = f"I don't have {missing} in this catalog" if missing else "I only recognised one title"
            return [f"{lacking}, so I can only speak of {known.title}.", *estimate(known, reading, catalog)], (
                f"More like {known.title}",
                f"What is {known.title} about?",
            )
        return [f"Name the two {catalog.plural} you want compared, and I will."], ("Surprise me",)
    chosen = list(unique.values())
    seed = f"{situation.turn}/{situation.message}"
    sentences = list(compare(chosen, reading.request.aspect, reading, catalog, seed))
    return sentences, (*(f"More like {item.title}" for item in chosen[:2]), f"What is {chosen[0].title} about?")


# --------------------------------------------------------------------------- about the person


def _profile(situation: Situation, reading: Reading, catalog: Catalog) -> Reply:
    active = reading.profile.active
    if not active:
        text = f"Nothing yet. Tell me {catalog.plural} you loved, or what you never want to see, and I will remember."
        return [text], _BEGIN
    sentences = ["This is what I go by; you can edit it or switch any line off."]
    for kind, heading in _KINDS:
        lines = [_line(s) for s in active if s.kind == kind]
        if lines:
            sentences.append(f"{heading}: {'; '.join(lines)}.")
    silent = len(reading.profile.sentences) - len(active)
    if silent:
        sentences.append(f"{silent} more {'line is' if silent == 1 else 'lines are'} switched off.")
    return sentences, ("Recommend something", "Start over")


def _line(sentence: Sentence) -> str:
    text = sentence.text.strip()
    text = text.removeprefix("For now: ")
    return f"{text.rstrip('.')} ({sentence.source})"


def _feedback(situation: Situation, reading: Reading, catalog: Catalog) -> Reply:
    by_feeling: dict[str, list[str]] = {}
    for mention in reading.request.mentions:
        by_feeling.setdefault(mention.sentiment, []).append(mention.title)
    heard = [s.text for s in reading.profile.active if s.source == f"turn {situation.turn}" and is_hearsay(s)]
    sentences = [f"Noted: {text[:1].lower()}{text[1:]}" for text in heard]
    for feeling, options in (("like", _LIKED), ("dislike", _DISLIKED), ("seen", _SEEN)):
        titles = list(dict.fromkeys(by_feeling.get(feeling, ())))
        if titles:
            them = "it" if len(titles) == 1 else "them"
            sentences.append(_say(options, situation, catalog, titles=listed(titles), them=them))
    liked = list(dict.fromkeys(by_feeling.get("like", ())))
    chosen = list(dict.fromkeys(by_feeling.get("neutral", ())))
    if not sentences and chosen and CHOSEN.search(fold(situation.message)):
        sentences = [_say(_CHOSEN, situation, catalog, titles=listed(chosen), it="it" if len(chosen) == 1 else "them")]
    if not sentences and TAKEN_BACK.search(fold(situation.message)):
        sentences = ["Done: I no longer go by that."]
    if not sentences:
        sentences = ["Noted. Tell me more, or ask for other suggestions."]
    elif liked:
        sentences.append(f"Shall I look for {catalog.plural} in that direction?")
    return sentences, (f"More like {liked[0]}", "Something different") if liked else ("Something different", "Surprise me")


# --------------------------------------------------------------------------- small talk


def _greeting(situation: Situation, reading: Reading, catalog: Catalog) -> Reply:
    known = _loved(catalog, f"{situation.turn}/{situation.message}")
    if not known:
        return [_say(_GREETINGS, situation, catalog)], _BEGIN
    titles = listed([item.label for item in known], "or")
    sentences = [_say(_GREETINGS, situation, catalog), f"Or begin with one of these, if you love it: {titles}."]
    return sentences, (_BEGIN[0], _BEGIN[1], f"I loved {known[0].title}")


def _loved(catalog: Catalog, seed: str) -> list[Item]:
    """Three items that nearly everybody knows and likes, each of another leading genre; none where the catalog can't tell."""
    famous = [i for i in catalog if (i.popularity or 0) >= _FAMOUS and (i.acclaim or 0) >= _FAMOUS and i.genres]
    chosen: dict[str, Item] = {}
    for position in pick_order(seed, len(famous)):
        chosen.setdefault(famous[position].genres[0], famous[position])
    return list(chosen.values())[:3] if len(chosen) > 2 else []


def _thanks(situation: Situation, reading: Reading, catalog: Catalog) -> Reply:
    return [_say(_THANKS, situation, catalog)], ("More like these", "Something different") if situation.history else _BEGIN


def _reset(situation: Situation, reading: Reading, catalog: Catalog) -> Reply:
    return [_say(_RESETS, situation, catalog)], (*_BEGIN[:2], "What do you know about me?")


def _off_topic(situation: Situation, reading: Reading, catalog: Catalog) -> Reply:
    return [_say(_OFF_TOPIC, situation, catalog)], _BEGIN


def _empty(situation: Situation, reading: Reading, catalog: Catalog) -> Reply:
    known = next(iter(_loved(catalog, situation.message)), catalog.items[0])
    examples = f"For example: “I loved {known.title}”, “something funny and light”, “under two hours, not American”."
    return [_say(_EMPTY, situation, catalog), examples], _BEGIN


_REPLIES: Mapping[str, Callable[[Situation, Reading, Catalog], Reply]] = {
    "question": _question,
    "compare": _compare,
    "profile": _profile,
    "feedback": _feedback,
    "greeting": _greeting,
    "thanks": _thanks,
    "reset": _reset,
    "off_topic": _off_topic,
    "empty": _empty,
}
