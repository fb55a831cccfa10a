"""A Talk -> what speaks for each item of a catalog, as numbers that mean the same in any catalog: what a ranker weighs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.collaborative import CollaborativeModel
from chatrec.retrieval.embedding import Vectors
from chatrec.retrieval.renown import Renown
from chatrec.retrieval.talk import Named, Talk
from chatrec.retrieval.talk_words import CHATTER, CHILD, GENRES, NEW, OLD, GenreWords, genre_table
from chatrec.retrieval.words import ASKING, fold

Column = NDArray[np.float32]

_PLAIN = "the a an of and in to for on at is it part ii iii iv i 2 3 4 vs with from movie film"
_PLAIN_WORDS = frozenset(_PLAIN.split())
_NUMBERING = re.compile(r"\d|ii|iii|iv|v|vi|part|chapter|episode|the|a")
_SUBTITLE = re.compile(r"[:–—]| - ")
_FADING, _OFFERED, _UNLOVED = 0.75, 0.8, 0.5  # a mention's weight: per utterance ago, when not the seeker's, when disliked
_TEXTS = ("last", "recent", "seeker", "raw")
FACTS_PREFIX = "facts_like"
"""Begins the names of the features that need the second vector, which a catalog in use does not have."""

RATING_FEATURES = ("rated", "rated_lately", "rating", "rated_together", "rated_together_total", "rated_from_named")
_NAMED = 8  # mentions looked at, the latest


@dataclass(frozen=True, slots=True)
class Ratings:
    """What ratings say of a catalog: an item model, and by row, 0 to 1, how many rated each item, how many did so in the last
    years of the data (both logarithms, as shares of the greatest), and the mean rating."""

    model: CollaborativeModel
    count: Column
    lately: Column
    mean: Column


def plot_text(item: Item) -> str:
    """What an item is about, for its first vector."""
    return ". ".join(part for part in (", ".join((*item.keywords, *item.genres)), item.description) if part) or item.title


def facts_text(item: Item) -> str:
    """Name, genres and people, for its second vector: what a conversation says of an item is more often these than its plot."""
    directors, cast = ", ".join(item.named("director")), ", ".join(item.named("cast")[:3])
    return f"{item.label}. {', '.join(item.genres)}. Directed by {directors}. Starring {cast}"


class TalkFeatures:
    """The features of every item of one catalog, given a Talk; holds nothing of any visitor.

    `genres` (n, len(GENRES)), `years` (n,) and the sets of people and series are there for others to count with.

    `plots` and `facts` are the vectors (n, dimension) of `plot_text` and `facts_text`; without the second, the features that
    begin with `facts_like` are left out. Every feature is a float32 column (n,).
    """

    def __init__(
        self, catalog: Catalog, plots: Vectors, facts: Vectors | None, known: Renown, ratings: Ratings | None = None
    ) -> None:
        self.count = len(catalog)
        self._vectors = {"plot": _centred(plots)}
        if facts is not None:
            self._vectors["facts"] = _centred(facts)
        self._known, self._ratings = known, ratings
        items = list(catalog)
        self.genres = genre_table(item.genres for item in items)
        rarity = np.sqrt(np.log(self.count / np.maximum(self.genres.sum(axis=0), 1.0)))
        self._genres_unit = _unit(self.genres * rarity.astype(np.float32))
        self.cast = Shared([{fold(name) for name in item.named("cast")[:3]} for item in items])
        self.directors = Shared([{fold(name) for name in item.named("director")} for item in items])
        self._titles = Shared([set(fold(item.title).split()) for item in items], _title_rarity)
        self.series = Shared([{stem} if (stem := series_stem(item.title)) else set() for item in items])
        years = np.array([item.year or np.nan for item in items], dtype=np.float64)
        middle, latest = (np.nanmedian(years), np.nanmax(years)) if not np.isnan(years).all() else (0.0, 0.0)
        self.years = np.where(np.isnan(years), middle, years).astype(np.float32)
        self._words = GenreWords()
        self._bm25 = {
            "title": _Words([item.title for item in items]),
            "plot": _Words([f"{item.description} {' '.join(item.genres)}" for item in items]),
            "people": _Words([" ".join((*item.named("cast")[:3], *item.named("director"))) for item in items]),
        }
        self._fixed: dict[str, Column] = {
            "popularity": known.popularity.astype(np.float32),
            "known": known.known.astype(np.float32),
            "acclaim": known.acclaim.astype(np.float32),
            "stars": np.log1p(self.cast.spread()),
            "director_output": np.log1p(self.directors.spread()),
            "series_length": np.log1p(self.series.spread()),
            "age": np.asarray(latest - self.years, dtype=np.float32),
            "undated": np.isnan(years).astype(np.float32),
            "description_words": np.array([len(item.description.split()) for item in items], dtype=np.float32).clip(0, 60),
        }
        self._fixed.update({f"is_{genre}": self.genres[:, column] for column, genre in enumerate(GENRES)})
        if ratings is not None:
            self._fixed.update(rated=ratings.count, rated_lately=ratings.lately, rating=ratings.mean)

    def of(self, talk: Talk, vectors: Vectors) -> Mapping[str, Column]:
        """Every feature by name; `vectors` (4, dimension) are those of `talk.texts`."""
        named = talk.named[-_NAMED:]
        rows = np.array([name.row for name in named], dtype=np.int64)
        found = dict(self._fixed)
        for name, whole in self._vectors.items():
            near = whole @ np.concatenate([vectors, whole[rows]]).T
            found.update({f"{name}_like_{text}": near[:, place] for place, text in enumerate(_TEXTS)})
            found.update(_summary(f"{name}_like_named", near[:, len(_TEXTS) :], named))
        self._said(talk, found)
        self._likeness(named, rows, found)
        if self._ratings is not None:
            self._rated(named, rows, found)
        return found

    def genres_asked(self, text: str) -> Column:
        """1 for each genre that a word of the text asks for, (genres,)."""
        return self._words.asked(text)

    def _said(self, talk: Talk, found: dict[str, Column]) -> None:
        for text, words in (("last", talk.last), ("seeker", talk.seeker)):
            found.update({f"{field}_words_{text}": index.scores(words) for field, index in self._bm25.items()})
        found["title_words_raw"] = self._bm25["title"].scores(talk.raw)
        for text, words in (("last", talk.last), ("seeker", talk.seeker), ("whole", talk.whole)):
            asked = self._words.asked(words)
            found[f"genre_asked_{text}"] = self.genres @ (asked / max(float(asked.sum()), 1.0))
        found["genre_words"] = self._all(float(self._words.asked(talk.last).sum()))
        found["named"] = self._all(len(talk.named))
        found["turns"] = self._all(talk.turns)
        found["asks_new"] = self._all(bool(NEW.search(talk.last)))
        found["asks_old"] = self._all(bool(OLD.search(talk.seeker)))
        found["asks_child"] = self._all(bool(CHILD.search(talk.seeker)))

    def _likeness(self, named: Sequence[Named], rows: NDArray[np.int64], found: dict[str, Column]) -> None:
        found.update(_summary("genres_like_named", self._genres_unit @ self._genres_unit[rows].T, named))
        found.update(_summary("cast_of_named", self.cast.with_each(rows), named, ("total", "last")))
        found.update(_summary("director_of_named", self.directors.with_each(rows), named, ("best",)))
        found.update(_summary("title_of_named", self._titles.with_each(rows), named, ("best", "last")))
        found.update(_summary("series_of_named", self.series.with_each(rows), named, ("best",)))
        apart = self.years[:, None] - self.years[rows]
        found.update(_summary("years_from_named", np.abs(apart), named, ("mean", "last", "least")))
        found.update(_summary("years_after_named", apart, named, ("mean",)))
        found.update(self._beside("popularity", named, rows))

    def _beside(self, fact: str, named: Sequence[Named], rows: NDArray[np.int64]) -> Mapping[str, Column]:
        """How far a fact of each item is from that of the items named: who names the obscure wants the obscure."""
        values = self._fixed[fact]
        apart = np.abs(values - float(values[rows] @ weights_of(named))) if named else self._all(0)
        return {f"{fact}_from_named": apart}

    def _rated(self, named: Sequence[Named], rows: NDArray[np.int64], found: dict[str, Column]) -> None:
        assert self._ratings is not None
        weights = weights_of(named)
        found["rated_together"] = self._ratings.model.scores(rows.tolist(), weights.tolist()).astype(np.float32)
        found["rated_together_total"] = found["rated_together"] * max(len(named), 1)
        found.update(self._beside("rated", named, rows))

    def _all(self, value: float) -> Column:
        return np.full(self.count, value, dtype=np.float32)


def weights_of(named: Sequence[Named]) -> Column:
    """How much each mention counts, adding up to 1: the latest, the seeker's own and what was not disliked count for more."""
    weights = np.array(
        [
            _FADING**name.back * (1.0 if name.by_seeker else _OFFERED) * (_UNLOVED if name.feeling < 0 else 1.0)
            for name in named
        ],
        dtype=np.float32,
    )
    return weights / max(float(weights.sum()), 1e-9)


def series_stem(title: str) -> str:
    """The title without subtitle and numbering, by which the films of a series know each other."""
    words = fold(_SUBTITLE.split(title)[0]).split()
    return " ".join(word for word in words if not _NUMBERING.fullmatch(word))


def _summary(
    name: str, near: Column, named: Sequence[Named], kinds: Iterable[str] = ("best", "mean", "last", "least")
) -> Mapping[str, Column]:
    """`near` (n, mentions) in one column a kind; all 0 where nothing was named."""
    ways: Mapping[str, Callable[[], Column]] = {
        "best": lambda: near.max(axis=1),
        "least": lambda: near.min(axis=1),
        "mean": lambda: near @ weights_of(named),
        "total": lambda: near.sum(axis=1),
        "last": lambda: near[:, -1],
    }
    nothing = np.zeros(len(near), dtype=np.float32)
    return {f"{name}_{kind}": ways[kind]().astype(np.float32) if named else nothing for kind in kinds}


class Shared:
    """Items as sets of labels: how much each has in common with some of them (cosine when labels are weighed)."""

    def __init__(self, bags: Sequence[set[str]], weigh: Callable[[str, int, int], float] | None = None) -> None:
        holders = Counter(label for bag in bags for label in bag)
        place = {label: column for column, label in enumerate(holders)}
        lengths = np.fromiter((len(bag) for bag in bags), dtype=np.int64, count=len(bags))
        columns = np.array([place[label] for bag in bags for label in sorted(bag)], dtype=np.int64)
        values = np.ones(len(columns), dtype=np.float32)
        rows = np.repeat(np.arange(len(bags)), lengths)
        if weigh is not None:
            weights = np.array([weigh(label, number, len(bags)) for label, number in holders.items()], dtype=np.float32)
            values = weights[columns]
            long = np.sqrt(np.bincount(rows, weights=values**2, minlength=len(bags)))
            values = (values / np.maximum(long[rows], 1e-9)).astype(np.float32)
        self._bags = csr_array((values, (rows, columns)), shape=(len(bags), max(len(place), 1)))
        self._turned = csr_array(self._bags.T)

    def with_each(self, rows: NDArray[np.int64]) -> Column:
        """What every item shares with each item at `rows`, (n, len(rows))."""
        shared = np.zeros((self._bags.shape[0], len(rows)), dtype=np.float32)
        for place, row in enumerate(rows):
            start, end = self._bags.indptr[row], self._bags.indptr[row + 1]
            for label, weight in zip(self._bags.indices[start:end], self._bags.data[start:end], strict=True):
                first, after = self._turned.indptr[label], self._turned.indptr[label + 1]
                shared[self._turned.indices[first:after], place] += weight * self._turned.data[first:after]
        return shared

    def from_others(self, values: Column) -> Column:
        """The values (n,) of all other items that share a label with each, added up by label, (n,)."""
        whole = self._bags @ (self._turned @ values) - values * np.diff(self._bags.indptr)
        return np.asarray(whole, dtype=np.float32).clip(0.0)

    def spread(self) -> Column:
        """How many other items share a label with each, counted by label, (n,)."""
        holders = np.diff(self._turned.indptr)
        each = np.diff(self._bags.indptr)
        return np.asarray(np.asarray((self._bags != 0) @ holders) - each, dtype=np.float32)


class _Words:
    """BM25 over short texts, stemmed, for the words of a conversation that are not mere chatter."""

    def __init__(self, texts: Sequence[str]) -> None:
        import logging

        import bm25s
        from Stemmer import Stemmer

        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._stemmer = Stemmer("english")
        self._skipped = frozenset(self._stemmer.stemWords(sorted(ASKING | CHATTER)))
        self._count = len(texts)
        self._stems: dict[str, int] = {}
        documents = [
            [self._stems.setdefault(stem, len(self._stems)) for stem in self._stemmer.stemWords(fold(text).split())]
            for text in texts
        ]
        self._index = None
        if self._stems:
            self._index = bm25s.BM25(method="lucene")
            self._index.index((documents, self._stems), show_progress=False)

    def scores(self, text: str) -> Column:
        """The BM25 score of every text for the words of `text`, (n,) float32."""
        stems = dict.fromkeys(stem for stem in self._stemmer.stemWords(fold(text).split()) if len(stem) > 1)
        numbers = [self._stems[stem] for stem in stems if stem in self._stems and stem not in self._skipped]
        if self._index is None or not numbers:
            return np.zeros(self._count, dtype=np.float32)
        found: Column = self._index.get_scores_from_ids(numbers)
        return found


def _title_rarity(word: str, holders: int, items: int) -> float:
    return float(np.log(items / holders)) * (0.2 if word in _PLAIN_WORDS else 1.0)


def _centred(vectors: Vectors) -> Vectors:
    """The vectors without what all of them share, unit length again."""
    return _unit(vectors - vectors.mean(axis=0))


def _unit(vectors: Vectors) -> Vectors:
    lengths: Vectors = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-6))
    unit: Vectors = (vectors / lengths).astype(np.float32)
    return unit
