"""A keyword of the catalog -> wording that fits a sentence: as an adjective, after `about`, after `with`, or as a place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chatrec.evidence.wordforms import COUNTRY_FORMS, GENRE_FORMS, THEME_FORMS, TONE_FORMS
from chatrec.records import Item

_PLACES: Mapping[str, str] = {
    "space": "in space", "sea": "at sea", "desert": "in the desert", "forest": "in the forest", "island": "on an island",
    "mountains": "in the mountains", "small town": "in a small town", "big city": "in a big city", "train": "on a train",
    "prison": "in prison", "school": "at school", "high school": "in high school", "courtroom": "in a courtroom",
    "theatre": "in the theatre", "new york": "in New York", "los angeles": "in Los Angeles", "paris": "in Paris",
    "london": "in London", "vienna": "in Vienna", "tokyo": "in Tokyo", "hollywood": "in Hollywood", "chicago": "in Chicago",
    "rome": "in Rome", "berlin": "in Berlin", "africa": "in Africa", "antarctica": "in Antarctica",
    "hong kong": "in Hong Kong",
    "scotland": "in Scotland", "ireland": "in Ireland", "india": "in India", "suburbia": "in suburbia", "farm": "on a farm",
    "hotel": "in a hotel", "ship": "on a ship", "submarine": "in a submarine", "countryside": "in the countryside",
    "world war ii": "during World War II", "cold war": "during the Cold War", "christmas": "at Christmas",
    "summer": "over a summer", "one night": "over one night", "one day": "over one day", "airport": "at an airport",
}  # fmt: skip
"""Settings, as what follows `set`."""

_MADE: Mapping[str, str] = {
    "based on a true story": "based on a true story", "based on a novel": "based on a novel", "hand-drawn": "hand-drawn",
    "based on a book": "based on a book", "based on a play": "based on a play", "based on a comic": "based on a comic",
    "stop-motion": "made in stop-motion", "black and white": "shot in black and white", "silent": "silent",
    "nonlinear": "told out of order", "found footage": "told as found footage", "directed by a woman": "directed by a woman",
    "female director": "directed by a woman", "single location": "confined to a single place",
}  # fmt: skip
"""How a thing was made, as what follows `it is`."""

_UNFIT = frozenset(("sequel", "remake", "cult classic", "anime", "ensemble", "class", "studio ghibli", "pixar", "disney"))
"""Keywords that do not follow `with` or `about` as they stand."""

_ABOUT = frozenset((
    "family bonds", "fathers and sons", "mothers and daughters", "fathers and daughters", "friendship", "first love", "grief",
    "revenge", "racism", "religion", "memory", "dreams", "identity", "old age", "childhood", "motherhood", "immigration",
    "coming of age", "loneliness", "obsession", "jealousy", "guilt", "art", "politics", "war", "music", "dance",
    "food", "survival",
    "love", "loss", "faith", "ageing", "addiction", "betrayal", "redemption", "rivalry", "sacrifice", "injustice", "fame",
    "journalism", "science", "money", "power", "work", "marriage", "divorce", "colonialism", "slavery", "gender", "sexuality",
    "lost love", "missed chances", "second chances", "growing old", "dystopia", "artificial intelligence", "time travel",
    "mythology", "disability", "poverty", "masculinity", "consumerism", "sports", "theatre",
))  # fmt: skip
_MASS = re.compile(r"(?:[^s]s|ing|ness|ity|ism|tion|sion|ment|ship|hood|cy|ence|ance|ery|dom)$")
_NEVER_MASS = re.compile(r"(?:us|is|ess|king|ring|thing|news)$")

_GENRE_NOUNS: Mapping[str, str] = {
    "action": "action {noun}", "adventure": "adventure {noun}", "animation": "animated {noun}",
    "biography": "biographical {noun}",
    "comedy": "comedy", "crime": "crime {noun}", "documentary": "documentary", "drama": "drama", "family": "family {noun}",
    "fantasy": "fantasy", "film noir": "film noir", "history": "historical {noun}", "horror": "horror {noun}",
    "music": "music {noun}",
    "musical": "musical", "mystery": "mystery", "romance": "romance", "science fiction": "science fiction {noun}",
    "sport": "sports {noun}", "thriller": "thriller", "war": "war {noun}", "western": "western",
}  # fmt: skip
_GENRE_WORDS: Mapping[str, str] = {
    "animation": "animated", "biography": "biographical", "history": "historical", "crime": "crime", "war": "war",
    "family": "family",
    "science fiction": "science fiction", "horror": "horror", "romance": "romantic", "action": "action",
    "adventure": "adventure",
}  # fmt: skip


def is_tone(keyword: str) -> bool:
    """Whether a keyword says how an item feels; all of these are adjectives."""
    return keyword in TONE_FORMS


def made(keyword: str) -> str:
    """What to say after `it is` for a keyword on how it was made; empty for others."""
    return _MADE.get(keyword, "")


def place(keyword: str) -> str:
    """What to say after `set` for a keyword that is a place or a time; empty for others."""
    if re.fullmatch(r"(?:1[89]|20)\d0s", keyword):
        return f"in the {keyword}"
    if re.fullmatch(r"\d{2}th century", keyword):
        return f"in the {keyword}"
    return _PLACES.get(keyword, "")


def thing(keyword: str) -> str:
    """The keyword as a noun phrase that stands after `with` or `has`; empty when that would not be English."""
    if is_tone(keyword) or keyword in _MADE or keyword in _UNFIT or place(keyword):
        return ""
    forms = THEME_FORMS.get(keyword, ())
    if forms and (forms[0].startswith(("a ", "an ", "the ")) or keyword in ("coming of age", "superhero", "lgbtq")):
        return forms[0]
    if keyword in THEME_FORMS or keyword in _ABOUT:
        return keyword
    return keyword if _MASS.search(keyword) and not _NEVER_MASS.search(keyword) else ""


def subject(keyword: str) -> str:
    """The keyword as what an item can be `about`; empty when that would not be English."""
    return thing(keyword) if keyword in _ABOUT else ""


def tag(keyword: str) -> str:
    """The keyword as it stands in a bare list after a colon; empty for tones, which are no nouns."""
    if is_tone(keyword) or keyword in _MADE:
        return ""
    where = place(keyword)
    return thing(keyword) or (where.split(" ", 1)[1] if where and where != "at sea" else keyword)


def shared_tag(keyword: str) -> bool:
    """Whether a keyword can stand in a bare list of what two items have in common: a subject, not a make or a form."""
    return bool(tag(keyword)) and keyword not in _UNFIT


def genre_noun(genre: str, noun: str) -> str:
    """`thriller`, `animated film`, `science fiction book`; an unknown genre becomes `GENRE noun`."""
    known = _GENRE_NOUNS.get(genre.lower())
    return known.format(noun=noun) if known else f"{genre} {noun}"


def genre_pair(first: str, second: str, noun: str) -> str:
    """Two genres as one noun phrase (`animated fantasy`, `crime thriller`), or the first alone where they do not combine."""
    one, two = first.lower(), second.lower()
    if one == two:
        return genre_noun(first, noun)
    for before, after in ((one, two), (two, one)):
        if before in _GENRE_WORDS and after in (
            "comedy",
            "drama",
            "thriller",
            "fantasy",
            "western",
            "musical",
            "mystery",
            "romance",
        ):
            return f"{_GENRE_WORDS[before]} {after}"
    if "animation" in (one, two) and {one, two} <= set(_GENRE_WORDS):
        other = two if one == "animation" else one
        return f"animated {genre_noun(other, noun)}"
    return genre_noun(first, noun)


def implied(genre: str) -> tuple[str, ...]:
    """Tones that go without saying in a genre."""
    return {"romance": ("romantic",), "horror": ("scary",)}.get(genre.lower(), ())


def known_genre(genre: str) -> bool:
    """Whether a genre is one this English knows how to use."""
    return genre.lower() in GENRE_FORMS


def origin(item: Item) -> str:
    """The adjective of the leading country (`South Korean`), empty when it has none or is unknown."""
    if not item.countries:
        return ""
    country = item.countries[0].lower()
    if country not in COUNTRY_FORMS or country == "hong kong":
        return item.countries[0] if country == "hong kong" else ""
    adjective = {"south korea": "Korean", "hong kong": "Hong Kong", "new zealand": "New Zealand"}.get(country)
    return adjective or COUNTRY_FORMS[country][0].title()
