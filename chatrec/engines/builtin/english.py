"""English grammar for built sentences: articles, lists, possessives, numbers in words, running times; choices that repeat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

_AN_SOUND = re.compile(r"(?:hour|honest|honour|honor|heir|x-|f\.?b\.?i|h(?=\d)|8\d?\b|80|11\b|18\b)", re.IGNORECASE)
_A_SOUND = re.compile(r"(?:uni(?!n|m)|use|usa\b|us\b|uk\b|usu|uto|eu|ewe|one\b|once\b|ukr|uru|ubi)", re.IGNORECASE)
_SPELLED = re.compile(r"[AEFHILMNORSX][A-Z]{1,4}\b")
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_WITH_ARTICLE = ("United", "Netherlands", "Philippines", "Czech Rep", "Soviet", "Dominican")


def article(following: str) -> str:
    """`a` or `an` for the words that follow, by sound: an hour, a university, an 80-minute film, an LGBTQ story."""
    word = following.lstrip("“\"'‘(")
    if _SPELLED.match(word) and not word.startswith(("US", "UK")):
        return "an"
    if _AN_SOUND.match(word):
        return "an"
    if _A_SOUND.match(word):
        return "a"
    return "an" if word[:1].lower() in "aeiouáéíóúàèìòùâêîôûäëïöü" and word[:1] else "a"


def listed(words: Sequence[str], conjunction: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; an empty list gives an empty text."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def possessive(name: str) -> str:
    """`Bong Joon-ho's`, `the Coens'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def in_words(number: int) -> str:
    """Numbers up to twelve in words, the rest in digits."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


def several(noun: str) -> str:
    """The plural of a genre's noun: comedies, crime films, films noirs."""
    if noun == "film noir":
        return "films noirs"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun if noun.endswith("s") else f"{noun}s"


def plural(number: int, one: str, many: str) -> str:
    """`1 film`, `no films`, `five films`."""
    if number == 0:
        return f"no {many}"
    return f"{in_words(number)} {one if number == 1 else many}"


def asked(question: str) -> str:
    """A question with its mark, which a title at its end may bring along: `Why Who's That Knocking?`."""
    return question if question.endswith("?") else f"{question}?"


def duration(minutes: int) -> str:
    """A running time as people say it: `98 minutes`, `two hours`, `just over two hours`, `almost three hours`."""
    hours, rest = divmod(minutes, 60)
    if minutes < 100 or 20 < rest < 45:
        return f"{minutes} minutes"
    if rest == 0:
        return f"{in_words(hours)} hours"
    if rest <= 20:
        return f"just over {in_words(hours)} hour{'s' if hours > 1 else ''}"
    return f"almost {in_words(hours + 1)} hours"


def the_country(name: str) -> str:
    """`the United States`, `Japan`."""
    return f"the {name}" if name.startswith(_WITH_ARTICLE) else name


def pick_order(seed: str, count: int) -> list[int]:
    """The numbers below `count` in an order that depends on the seed alone: variety that repeats itself exactly."""
    return sorted(range(count), key=lambda i: blake2b(f"{seed}/{i}".encode(), digest_size=8).digest())


def choose(seed: str, options: Sequence[str]) -> str:
    """One of the options, the same one for the same seed."""
    return options[pick_order(seed, len(options))[0]]
