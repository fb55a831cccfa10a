"""A passage and the titles found in it -> the titles it names beyond those: quoted, dated, or capitalised after a cue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from chatrec.catalog.passage import Passage
from chatrec.catalog.plain_words import ARTICLES, FUNCTION, TOPICS, word_set
from chatrec.catalog.words import joined

_MOST = 10
_LONGEST_QUOTE = 8
_LINKING = ARTICLES | word_set("of in on at to for from with a")
_GENERAL = word_set("love like prefer enjoy hate dislike watch watching seeing including recommend likes loves adore")
_COMPARED = word_set("something anything similar movies films movie film more stuff shows one ones things")
_SOMEBODY = word_set("directors actors director actor actress actresses someone somebody people by with starring")
_NAMES_OF_OTHER_THINGS = word_set("""
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december christmas halloween easter thanksgiving valentine netflix amazon prime disney hulu hbo marvel pixar dc ghibli
hollywood bollywood imdb youtube spotify tv dvd uk us usa europe asia america africa god english
""")


def unheld_titles(
    passage: Passage,
    taken: Sequence[tuple[int, int]],
    certain: Iterable[tuple[int, int]],
    people: Collection[int],
    ignored: Collection[str],
) -> tuple[str, ...]:
    """The titles in text order, at most ten, each once.

    `taken` are places already linked, `certain` places known to be titles, `people` positions of words in people's
    names, `ignored` keys (words run together) of genres, countries and people.
    """
    quotes = (quote for quote in passage.quotes if _quote_names(passage, *quote))
    places = [*certain, *quotes, *_capital_runs(passage, people, ignored)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        if all(end <= a or b <= start for a, b in (*taken, *kept)):
            kept.append((start, end))
    names = (" ".join(passage.text[start:end].split())[:80].strip(" ,.!?") for start, end in sorted(kept))
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST]


def _quote_names(passage: Passage, start: int, end: int) -> bool:
    run = [n for n, word in enumerate(passage.words) if start <= word.start < end]
    if not 0 < len(run) <= _LONGEST_QUOTE:
        return False
    i, j = run[0], run[-1] + 1
    if passage.year(i, j) is not None or passage.noun_before(i):
        return True
    telling = [word for word in passage.words[i:j] if word.key not in FUNCTION]
    if not telling or not all(word.capital for word in telling):
        return False
    return len(run) > 1 or bool(_cue_before_quote(passage, i))


def _cue_before_quote(passage: Passage, i: int) -> bool:
    return bool(passage.cue(i)) or any(
        passage.key(k) in ("like", "loved", "seen", "watched", "film", "movie") for k in (i - 1, i - 2)
    )


def _capital_runs(passage: Passage, people: Collection[int], ignored: Collection[str]) -> list[tuple[int, int]]:
    if not passage.cased:
        return []
    found: list[tuple[int, int]] = []
    listed_after = -1
    i = 0
    while i < len(passage.words):
        j = _capital_run(passage, i)
        if j <= i:
            i += 1
            continue
        year = passage.year(i, j)
        dated = year is not None and year.firm
        announced = (
            _announced(passage, i)
            or passage.questioned(i, j) == "strong"
            or (listed_after >= 0 and passage.listed(listed_after, i))
        )
        if (dated or announced) and not _other_thing(passage, i, j, people, ignored):
            found.append((passage.words[i].start, year.end if year is not None and dated else passage.words[j - 1].end))
            listed_after = j
        i = j
    return found


def _capital_run(passage: Passage, i: int) -> int:
    """The end of a run of capitalised words from `i`, small words between them included; `i` when none starts here."""
    words = passage.words
    if not words[i].capital or (words[i].key in FUNCTION and words[i].key not in ARTICLES):
        return i
    end = j = i + 1
    while j < len(words) and j - i < 10 and words[j].gap in (" ", "-", ": ", "'", "’", " - "):
        if words[j].capital or words[j].surface.isdigit():
            end = j + 1
        elif words[j].key not in _LINKING:
            break
        j += 1
    return i if end == i + 1 and words[i].key in ARTICLES else end


def _announced(passage: Passage, i: int) -> bool:
    cue = passage.cue(i)
    before = passage.key(i - 1)
    if cue == "strong" or passage.noun_before(i):
        return True
    if before == "meets":
        return True
    if before == "like":
        return passage.key(i - 2) in _COMPARED and passage.key(i - 3) not in _SOMEBODY
    return cue == "weak" and before not in _GENERAL


def _other_thing(passage: Passage, i: int, j: int, people: Collection[int], ignored: Collection[str]) -> bool:
    words = passage.words[i:j]
    if any(k in people for k in range(i, j)) or words[-1].bare != words[-1].key:
        return True
    if joined(words) in ignored or (len(words) == 1 and words[0].key in TOPICS | _NAMES_OF_OTHER_THINGS):
        return True
    return all(word.key in FUNCTION | TOPICS | _NAMES_OF_OTHER_THINGS for word in words)
