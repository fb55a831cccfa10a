"""A person's message -> clean text, folded text of the same length, and words with their places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 6000
_UNACCENTED = 0x0590
"""From here on marks are no accents: taken off, they would make another letter of a Japanese or Korean one."""

_TAG = re.compile(r"<[^<>\n]{1,200}>")
_ADDRESS = re.compile(r"\bhttps?://\S{1,500}|\bwww\.\S{1,500}")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[\n ]*")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"'})
_TOKEN = re.compile(r"(?:\b(?:[djlnsc]|qu)'(?=[^\W_]))|[^\W_]+(?:'[^\W_]+)*|[.!?;\n,:()/&+…—–\"-]|[^\w\s]")
_ELISION = frozenset({"d'", "j'", "l'", "n'", "s'", "c'", "qu'"})
_SPOKEN = {
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't",
    "werent": "weren't", "wont": "won't", "cant": "can't", "cannot": "can't", "couldnt": "couldn't", "wouldnt": "wouldn't",
    "havent": "haven't", "hasnt": "hasn't", "ive": "i've", "im": "i'm", "whats": "what", "whos": "who", "thats": "that",
    "nothin": "nothing", "somethin": "something", "smth": "something", "sth": "something", "luv": "love", "luved": "loved",
    "pls": "please", "plz": "please", "thx": "thanks", "rec": "recommend", "recs": "recommend", "reccomend": "recommend",
    "recomend": "recommend", "wanna": "want", "gimme": "give", "ppl": "people", "u": "you", "comdy": "comedy",
    "commedy": "comedy", "horor": "horror", "horrer": "horror", "triller": "thriller", "documentry": "documentary",
    "gud": "good", "sumthing": "something", "sumthin": "something", "sumfin": "something", "supernaturel": "supernatural",
    "moovie": "movie", "moovies": "movies", "movi": "movie", "flim": "film", "flims": "films", "romatic": "romantic",
    "thriler": "thriller", "misterious": "mysterious", "mistery": "mystery",
    "animtion": "animation", "wierd": "weird", "vilent": "violent", "hilarous": "hilarious", "excelent": "excellent",
    "favrite": "favorite", "favrit": "favorite", "favourit": "favourite", "smthing": "something", "sometin": "something",
    "suspensful": "suspenseful", "funy": "funny", "hes": "he", "shes": "she", "theyre": "they're",
    "scarry": "scary", "romcoms": "romcom",
}  # fmt: skip


def clean(text: str) -> str:
    """The message without control characters, markup and addresses, quotes made plain, at most LONGEST characters.

    Of a longer message the beginning and the end are kept, since the wish stands in one of the two.
    """
    if len(text) > LONGEST:
        text = text[: LONGEST - 1500].rsplit(" ", 1)[0] + "\n" + text[-1499:].split(" ", 1)[-1]
    text = unicodedata.normalize("NFC", text.replace("\r", "\n")).translate(_QUOTES)
    text = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in text)
    text = _ADDRESS.sub(" ", _TAG.sub(" ", text))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if ord(character) >= _UNACCENTED:
        return character
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def fold(text: str) -> str:
    """Lower case without accents, character for character, so that places in it are places in the text."""
    return text.lower() if text.isascii() else "".join(map(_folded, text))


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark: `norm` is folded, without a possessive ending, chat spelling mended."""

    text: str
    norm: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether this is a word rather than a mark."""
        return self.norm[0].isalnum()


def tokens(text: str) -> list[Token]:
    """The words and marks of a text, in order; a hyphen inside a word only parts it."""
    folded = fold(text)
    found = []
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        norm = match.group()
        if norm == "-" and not (folded[start - 1 : start].isspace() and folded[end : end + 1].isspace()):
            continue
        if norm in _ELISION:
            norm = norm[:-1]
        elif norm.endswith("'s") and len(norm) > 2:
            norm = norm[:-2]
        norm = "and" if norm == "&" else norm
        found.append(Token(text[start:end], _SPOKEN.get(norm, norm), start, end))
    return found


def words(text: str) -> tuple[str, ...]:
    """The norms of the words alone, as a phrase to look up."""
    return tuple(t.norm for t in tokens(text) if t.is_word)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The singular of an English noun, roughly; the same for a word and its plural is all that matters."""
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("ie"):
        return word[:-2] + "y"
    if len(word) > 4 and word.endswith(("xes", "zes", "ches", "shes", "sses", "oes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def spelled(text: str) -> list[str]:
    """The words of a table written as one text, blanks between them."""
    return text.split()


def phrases(text: str) -> list[tuple[str, ...]]:
    """The phrases of a table written as one text, `|` between them, each as its words."""
    return [tuple(phrase.split()) for phrase in text.split("|")]


def join(parts: list[str], last: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""
