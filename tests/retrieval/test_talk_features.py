"""Each feature says of the right item what its name says, means the same in any catalog, and is there for an empty talk."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.collaborative import CollaborativeModel
from chatrec.retrieval.renown import renown
from chatrec.retrieval.talk import Named, Talk, hear
from chatrec.retrieval.talk_features import (
    RATING_FEATURES,
    Ratings,
    TalkFeatures,
    facts_text,
    plot_text,
    series_stem,
    weights_of,
)
from chatrec.retrieval.talk_statistics import STATISTICS, PastTurn, TalkStatistics
from tests.retrieval.embedders import WordEmbeddings

FILMS = Catalog(
    [
        Item("0", "Alien", 1979, "a crew meets a monster in space", ("horror", "sci-fi"), {"director": ("Ridley Scott",)}),
        Item(
            "1", "Alien: Resurrection", 1997, "the monster returns in space", ("Science Fiction",), {"cast": ("Winona Ryder",)}
        ),
        Item("2", "Notting Hill", 1999, "a bookseller loves an actress", ("romance", "comedy"), {"cast": ("Hugh Grant",)}),
        Item(
            "3",
            "Love Actually",
            2003,
            "many couples at christmas",
            ("romance", "comedy"),
            {"cast": ("Hugh Grant",)},
            popularity=90,
        ),
        Item("4", "Gladiator", None, "a general fights in rome", ("action",), {"director": ("Ridley Scott",)}),
    ]
)
EMBEDDER = WordEmbeddings()


def made(ratings: Ratings | None = None) -> TalkFeatures:
    plots, facts = (EMBEDDER.encode([text(item) for item in FILMS]) for text in (plot_text, facts_text))
    return TalkFeatures(FILMS, plots, facts, renown(FILMS), ratings)


def features(talk: Talk, ratings: Ratings | None = None) -> dict[str, np.ndarray]:
    return dict(made(ratings).of(talk, EMBEDDER.encode(list(talk.texts))))


def test_what_was_named_lifts_its_series_cast_director_and_genre() -> None:
    found = features(hear(["I like Alien (1979)"], {"Alien (1979)": 0}))
    assert found["series_of_named_best"].tolist() == [1, 1, 0, 0, 0]
    assert found["director_of_named_best"].tolist() == [1, 0, 0, 0, 1]
    assert found["genres_like_named_best"][1] > found["genres_like_named_best"][2] == 0
    assert found["title_of_named_best"].argmax() == 0
    assert found["title_of_named_best"][1] > 0 == found["title_of_named_best"][2]
    assert features(hear(["Notting Hill"], {"Notting Hill": 2}))["cast_of_named_total"].tolist() == [0, 0, 1, 1, 0]


def test_years_are_counted_from_the_films_named() -> None:
    found = features(hear(["Notting Hill"], {"Notting Hill": 2}))
    assert found["years_from_named_last"][:4].tolist() == [20, 2, 0, 4]
    assert found["years_after_named_mean"][3] == pytest.approx(4)
    assert found["undated"].tolist() == [0, 0, 0, 0, 1]


def test_genre_words_find_genres_under_any_spelling() -> None:
    found = features(hear(["hi", "hello", "any scifi for me? something funny"], {}))
    assert found["genre_asked_last"].tolist() == [0.5, 0.5, 0.5, 0.5, 0]
    assert found["genre_words"].tolist() == [2] * 5


def test_names_and_words_of_the_plot_are_found_and_chatter_is_not() -> None:
    found = features(hear(["a film with Hugh Grant about christmas"], {}))
    assert (found["people_words_last"] > 0).tolist() == [False, False, True, True, False]
    assert found["plot_words_last"].argmax() == 3
    assert not features(hear(["I really like good movies"], {}))["plot_words_last"].any()


def test_a_talk_without_mentions_has_every_feature_too() -> None:
    empty, named = features(Talk()), features(hear(["Notting Hill"], {"Notting Hill": 2}))
    assert set(empty) == set(named)
    for name, column in (*empty.items(), *named.items()):
        assert column.shape == (5,), name
        assert column.dtype == np.float32, name
        assert np.isfinite(column).all(), name


def test_ratings_add_their_features_and_nothing_else() -> None:
    together = csr_array(np.array([[1, 0, 0, 0, 1]] * 9 + [[0, 0, 1, 1, 0]] * 9, dtype=np.float32))
    column = np.linspace(0, 1, 5, dtype=np.float32)
    ratings = Ratings(CollaborativeModel.fit(together), column, column, column)
    found = features(hear(["Alien"], {"Alien": 0}), ratings)
    assert set(found) - set(features(Talk())) == set(RATING_FEATURES)
    assert found["rated_together"].argmax() == 4


def test_late_and_own_mentions_count_for_more_and_disliked_ones_for_less() -> None:
    late, early = weights_of([Named(0, back=0), Named(1, back=2)])
    assert late > early
    own, offered = weights_of([Named(0, by_seeker=True), Named(1, by_seeker=False)])
    assert own > offered
    loved, hated = weights_of([Named(0, feeling=1), Named(1, feeling=-1)])
    assert loved == 2 * hated
    assert loved + hated == pytest.approx(1)


def test_a_series_is_known_by_its_title_without_number_and_subtitle() -> None:
    assert series_stem("The Alien 3") == series_stem("Alien: Resurrection") == "alien"


def past(dialogue: str, named: tuple[int, ...], brought: tuple[int, ...], said: str) -> PastTurn:
    talk = Talk(last=said, recent=said, seeker=said, whole=said, raw=said, named=tuple(Named(row) for row in named))
    return PastTurn(dialogue, talk, EMBEDDER.encode(list(talk.texts)), brought)


def test_statistics_count_what_is_named_beside_what_and_after_which_words() -> None:
    turns = [past("a", (0,), (1,), "scary horror"), past("b", (0,), (1,), "more horror"), past("c", (2,), (3,), "romantic")]
    statistics = TalkStatistics(made(), turns)
    talk = hear(["horror like Alien"], {"Alien": 0})
    found = statistics.of(talk, EMBEDDER.encode(list(talk.texts)))
    assert set(found) == set(STATISTICS)
    assert np.exp(found["named_before"]).tolist() == pytest.approx([3, 3, 2, 2, 1])
    for name in ("named_together", "named_together_total", "brought_after", "named_like_users", "genre_asked_before"):
        assert found[name].argmax() == 1, name
    assert found["series_named"].tolist() == pytest.approx([np.log(3), np.log(3), 0, 0, 0])
    assert found["cast_named"].tolist() == pytest.approx([0, 0, np.log(2), np.log(2), 0])


def test_statistics_of_nothing_say_nothing_and_do_not_fail() -> None:
    found = TalkStatistics(made(), []).of(Talk(), EMBEDDER.encode([""] * 4))
    for name, column in found.items():
        assert np.isfinite(column).all(), name
        assert len(set(column.tolist())) == 1, name
