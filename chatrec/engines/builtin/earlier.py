"""Earlier turns and the profile as it stands -> what of them still counts: the items spoken of, and the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from chatrec.records import Mention, Profile, Sentence, Sentiment, Situation, Turn

_LISTS = frozenset({"recommend", "more"})
_WORDLESS = frozenset({"greeting", "thanks", "off_topic", "empty", "profile", "reset"})
_MOST_SAID, _LONGEST = 8, 500  # messages, and characters of one


def earlier(situation: Situation, profile: Profile, since: int) -> tuple[Mention, ...]:
    """The items spoken of in the turns from `since` on, each with the newest opinion of it, oldest first.

    An opinion given with a button counts as one that was said. What the profile no longer says does not count: a sentence that
    was switched off, reworded or taken out, or a wish that another has replaced.
    """
    found: dict[str, Mention] = {}
    for turn in situation.history:
        if turn.number < since or turn.request is None:
            continue
        for mention in _of_turn(turn):
            before = found.pop(mention.item_id, None)
            opinion = before.sentiment if before is not None and mention.sentiment == "neutral" else mention.sentiment
            if _stands(mention.item_id, turn.profile, profile):
                found[mention.item_id] = replace(mention, sentiment=opinion)
        for pick in turn.picks:
            said = situation.feedback.get(pick.item_id)
            if said in ("like", "dislike", "seen") and _holds(pick.item_id, profile):
                found[pick.item_id] = Mention(pick.item_id, pick.title, "", _SENTIMENTS[said], turn.number)
    return tuple(_judged(mention, situation, profile) for mention in found.values())


def said(situation: Situation, profile: Profile, since: int) -> tuple[str, ...]:
    """The person's messages in the turns from `since` on, oldest first, as READ kept them.

    A message counts as long as everything that was noted from it still stands.
    """
    kept = [
        turn.request.said[-1]
        for turn in situation.history
        if turn.number >= since
        and turn.request is not None
        and turn.request.said
        and turn.request.intent not in _WORDLESS
        and all(_unchanged(s, profile) for s in turn.profile.sentences if s.source == f"turn {turn.number}")
    ]
    return tuple(text for text in kept[-_MOST_SAID:] if text)


def plain(text: str, surfaces: Iterable[str]) -> str:
    """A message without the titles in it, cut to what is worth keeping."""
    for surface in sorted(surfaces, key=len, reverse=True):
        text = text.replace(surface, " ")
    return " ".join(text.split())[:_LONGEST]


_SENTIMENTS: dict[str, Sentiment] = {"like": "like", "dislike": "dislike", "seen": "seen"}


def _of_turn(turn: Turn) -> Iterator[Mention]:
    """What was named in a turn; in a wish only what it took for an example, or what was judged."""
    request = turn.request
    assert request is not None
    for mention in request.mentions:
        if mention.item_id in request.avoided:
            yield replace(mention, sentiment="dislike", turn=turn.number)
        elif mention.sentiment != "neutral" or request.intent not in _LISTS or mention.item_id in request.anchors:
            yield replace(mention, turn=turn.number)


def _judged(mention: Mention, situation: Situation, profile: Profile) -> Mention:
    """With the opinion that holds now: that of a button, else that of the profile."""
    pressed = situation.feedback.get(mention.item_id) if _holds(mention.item_id, profile) else None
    weight = next((p.weight for p in profile.preferences if p.target == "item" and p.value == mention.item_id), 0.0)
    if pressed == "dislike" or weight < 0:
        return replace(mention, sentiment="dislike")
    return replace(mention, sentiment="like") if pressed == "like" else mention


def _stands(item_id: str, then: Profile, now: Profile) -> bool:
    """Whether the profile says of an item now what it said then; what it never spoke of stands."""
    if _holds(item_id, now):
        return True
    return not any(item_id in _items(sentence) for sentence in (*then.active, *now.sentences))


def _holds(item_id: str, profile: Profile) -> bool:
    return any(item_id in _items(sentence) for sentence in profile.active)


def _items(sentence: Sentence) -> set[str]:
    return {*sentence.seen, *(p.value for p in sentence.preferences if p.target == "item")}


def _unchanged(sentence: Sentence, profile: Profile) -> bool:
    return not sentence.on or any(
        s.on and s.source == sentence.source and (s.id == sentence.id or s.text == sentence.text) for s in profile.sentences
    )
