"""The reviews an item carries -> what people praise and what they complain of, each with a short quote and the review's id.

A catalog keeps reviews under the item's extra key `reviews`: a list of objects with `id`, `text`, and where known `rating` and
`author`. They are strangers' words: quoted, counted, never obeyed, and never part of a profile.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chatrec.engines.builtin.english import listed
from chatrec.engines.builtin.review_words import ASPECTS, BAD, GOOD, NEGATING, OVERALL, SOFTENING, TURNING
from chatrec.engines.builtin.small_talk import INJECTION
from chatrec.engines.builtin.wording import Token, fold, tokens
from chatrec.records import Item

MOST_REVIEWS = 2_000
MOST_POINTS = 3
LONGEST_QUOTE = 160
"""Characters of a quote; longer clauses are counted but not quoted."""

_LONGEST_REVIEW = 20_000
_SHORTEST_QUOTE = 2  # words
_REACH = 3  # words between a negation and what it turns round
_SENTENCE = re.compile(r"(?<=[.!?])\s+|[\n;]+")
_ADDRESSED = re.compile(
    r"https?:|www\.|[<>{}\[\]|`]|\bassistant\b|\bchatbot\b|\blanguage model\b|\bai\b|\binstructions?:|\byou must\b|\bsystem:"
    r"|\brecommend(?:er|ation) (?:system|engine)\b|\buser:"
)


@dataclass(frozen=True, slots=True)
class Review:
    """One review, as the catalog has it; `rating` on whatever scale its source uses."""

    id: str
    text: str
    rating: float | None = None
    author: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The very words of a review."""

    review_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """An aspect and the ids of the reviews that praise it (or complain of it), with at most two quotes."""

    aspect: str
    reviews: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What the reviews of an item come to; the most shared opinions first."""

    item_id: str
    count: int
    mean: float | None
    pros: tuple[Opinion, ...]
    cons: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    review: str
    text: str
    aspect: str
    score: int


def reviews_of(item: Item) -> tuple[Review, ...]:
    """The usable reviews of an item, the first 2,000; entries without a text are left out, missing ids become r1, r2 ..."""
    given = item.extra.get("reviews")
    found: dict[str, Review] = {}
    for number, entry in enumerate(given[:MOST_REVIEWS] if isinstance(given, (list, tuple)) else (), 1):
        text = entry.get("text") if isinstance(entry, Mapping) else entry
        if not isinstance(text, str) or not text.strip():
            continue
        about = entry if isinstance(entry, Mapping) else {}
        name, rating = about.get("id"), about.get("rating")
        rated = isinstance(rating, (int, float)) and not isinstance(rating, bool) and math.isfinite(rating)
        review_id = _line(str(name))[:40] if isinstance(name, (str, int)) and str(name).strip() else f"r{number}"
        author = about.get("author")
        review = Review(
            review_id,
            text[:_LONGEST_REVIEW],
            float(rating or 0.0) if rated else None,
            author if isinstance(author, str) else "",
        )
        found.setdefault(review_id, review)
    return tuple(found.values())


def summarise(item: Item) -> Digest | None:
    """The pros and cons that the reviews of an item speak of; None where it carries no reviews."""
    reviews = reviews_of(item)
    if not reviews:
        return None
    clauses = [clause for review in reviews for clause in _clauses(review)]
    ratings = [review.rating for review in reviews if review.rating is not None]
    mean = sum(ratings) / len(ratings) if ratings else None
    return Digest(item.id, len(reviews), mean, tuple(_opinions(clauses, 1)), tuple(_opinions(clauses, -1)))


def told(item: Item) -> list[str]:
    """The digest in sentences; empty where the item carries no reviews."""
    digest = summarise(item)
    if digest is None:
        return []
    one = digest.count == 1
    average = f", {digest.mean:.1f} on average" if digest.mean is not None else ""
    sentences = [f"The catalog holds {digest.count} review{'' if one else 's'} of {item.title}{average}."]
    for heading, opinions in (("What people praise", digest.pros), ("What they complain of", digest.cons)):
        if opinions:
            sentences.append(f"{heading}: {'; '.join(_in_words(opinion, digest.count) for opinion in opinions)}.")
    if not (digest.pros or digest.cons):
        sentences.append("I find neither clear praise nor clear complaint in them.")
    return [*sentences, "The quotes are theirs, by review; I have not checked what they say."]


def _in_words(opinion: Opinion, count: int) -> str:
    quotes = listed([f"“{quote.text}” ({quote.review_id})" for quote in opinion.quotes])
    return f"{opinion.aspect} ({len(opinion.reviews)} of {count}){': ' if quotes else ''}{quotes}"


# --------------------------------------------------------------------------- one review


def _clauses(review: Review) -> Iterator[_Clause]:
    for sentence in _SENTENCE.split(review.text):
        if _is_order(sentence):
            continue
        for part in _parted(sentence):
            words = [token for token in tokens(part) if token.is_word]
            score = _score([token.norm for token in words])
            if score:
                yield _Clause(review.id, _line(part), _aspect(words), score)


def _is_order(sentence: str) -> bool:
    """Whether a sentence talks to a machine rather than of the item: left out altogether."""
    plain = fold(sentence)
    return bool(INJECTION.search(plain) or _ADDRESSED.search(plain))


def _parted(sentence: str) -> Iterator[str]:
    """A sentence cut before each `but` and its like."""
    start = 0
    for token in tokens(sentence):
        if token.norm in TURNING and token.start > start:
            yield sentence[start : token.start].strip(" ,:-–—")
            start = token.end
    yield sentence[start:].strip(" ,:-–—")


def _score(words: list[str]) -> int:
    """Praise less complaint: a negation turns round what stands within three words after it, `too` makes a fault."""
    score = 0
    for place, word in enumerate(words):
        worth = GOOD.get(word, 0) - BAD.get(word, 0)
        if not worth:
            continue
        before = words[max(0, place - _REACH) : place]
        if before and before[-1] in SOFTENING:
            worth = -abs(worth)
        score += -worth if any(earlier in NEGATING for earlier in before) else worth
    return score


def _aspect(words: list[Token]) -> str:
    counts = {aspect: sum(token.norm in names for token in words) for aspect, names in ASPECTS.items()}
    best = max(counts, key=lambda aspect: counts[aspect])
    return best if counts[best] else OVERALL


# --------------------------------------------------------------------------- all of them


def _opinions(clauses: list[_Clause], sign: int) -> list[Opinion]:
    by_aspect: dict[str, list[_Clause]] = defaultdict(list)
    for clause in clauses:
        if clause.score * sign > 0:
            by_aspect[clause.aspect].append(clause)
    found = []
    for aspect, own in by_aspect.items():
        reviews = tuple(dict.fromkeys(clause.review for clause in own))
        quotable = [c for c in own if len(c.text) <= LONGEST_QUOTE and len(c.text.split()) >= _SHORTEST_QUOTE]
        quotes: dict[str, Quote] = {}
        for clause in sorted(quotable, key=lambda c: (-abs(c.score), len(c.text))):
            quotes.setdefault(clause.review, Quote(clause.review, clause.text.rstrip(".!,;: ")))
        if quotes:
            found.append(Opinion(aspect, reviews, tuple(quotes.values())[:2]))
    return sorted(found, key=lambda opinion: (-len(opinion.reviews), opinion.aspect == OVERALL))[:MOST_POINTS]


def _line(text: str) -> str:
    """One line, without control characters and quotation marks that would end a quote early."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(plain.split()).replace("“", "'").replace("”", "'")
