"""Peers that predict ratings, and the decision which part of a list to stand behind."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pytest

from chatrec.evaluation import rating_peers
from chatrec.evaluation.peers import Fold, Peer
from chatrec.evaluation.rating_peers import (
    Decided,
    GaussianRatings,
    LightFMRatings,
    Surprise,
    likeness_of,
    stood_behind,
)
from chatrec.evaluation.splits import Ratings, random_split
from chatrec.history.rating_gaussian import GaussianRecipe
from tests.evaluation.crowd import crowd

QUICK = GaussianRecipe(passes=4)


@pytest.mark.parametrize(
    ("package", "make"),
    [
        ("chatrec", lambda: GaussianRatings(lambda rows: likeness_of(crowd().catalog, rows=rows), QUICK)),
        ("surprise", lambda: Surprise("item-knn")),
        ("surprise", lambda: Surprise("svd")),
        ("lightfm", lambda: LightFMRatings(4, 40)),
    ],
)
def test_peers_rate_what_somebody_likes_higher(package: str, make: Callable[[], Peer]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip(package, exc_type=ImportError)
    data = crowd()
    split = random_split(len(data.ratings), 0.2)
    train, test = data.ratings.take(split.train), data.ratings.take(split.test)
    peer = make()
    peer.fit(train)
    predicted = np.array([peer.score(u, np.array([i]))[0] for u, i in zip(test.user, test.item, strict=True)])
    assert predicted.min() >= 1.0
    assert predicted.max() <= 5.0
    assert predicted[test.value >= 4].mean() > predicted[test.value < 3].mean() + 0.2


def test_the_decision_keeps_the_order_and_parts_it_at_the_threshold() -> None:
    expected, variance = np.array([3.2, 3.9, 2.0, 3.4, 4.5]), np.full(5, 0.8)
    for caution in (0.1, 0.4, 1.0, 3.0):
        moved = stood_behind(expected, variance, caution)
        assert (np.argsort(-moved) == np.argsort(-expected)).all()
        assert 1 <= np.sum(moved >= 3.5) <= 5


def test_more_caution_is_a_longer_part() -> None:
    expected, variance = np.linspace(4.5, 2.0, 12), np.full(12, 0.8)
    parts = [int(np.sum(stood_behind(expected, variance, caution) >= 3.5)) for caution in (0.0, 0.3, 1.0, 9.0)]
    assert parts == sorted(parts)
    assert parts[0] == 1
    assert parts[-1] == 10


def test_even_a_hopeless_list_has_one_that_is_stood_behind() -> None:
    moved = stood_behind(np.array([1.5, 2.0]), np.full(2, 0.5), 0.3)
    assert moved[1] >= 3.5
    assert moved[1] > moved[0]


def test_the_caution_is_chosen_on_the_validation_rows_alone() -> None:
    pytest.importorskip("surprise")
    ratings = crowd().ratings
    split = random_split(len(ratings), 0.2)
    contender = Decided("ours", lambda: GaussianRatings(None, QUICK), knows_variance=True)
    options = contender.tune((Fold(ratings.take(split.train), ratings.take(split.test), lambda peer: 0.0),))
    assert 0.2 <= options["caution"] <= 0.5
    peer = contender.make(options)
    peer.fit(ratings)
    assert peer.score(0, np.array([0, 1])).shape == (2,)


def test_genres_and_years_make_items_alike() -> None:
    likeness = likeness_of(crowd().catalog)
    assert likeness[0, 2] > likeness[0, 1]
    assert likeness[0, 2] > likeness[0, 20]
    assert np.linalg.eigvalsh(likeness.astype(np.float64)).min() > -1e-4


def test_items_beyond_the_bound_are_expected_by_mean_and_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rating_peers, "MOST_ITEMS", 2)
    kind, harsh = np.repeat(np.arange(40), 3), np.arange(40) % 2 == 1
    item = np.tile([0, 1, 2], 40)
    value = np.where(harsh[kind], 2.0, 4.0) + (item == 2) * 0.5
    keep = ~((item == 2) & (kind < 4))  # item 2 is rated least, and not by the first four
    train = Ratings(
        kind[keep], item[keep], value[keep], np.zeros(keep.sum(), dtype=np.int64), tuple(map(str, range(40))), ("a", "b", "c")
    )
    ours = GaussianRatings(None, QUICK)
    ours.fit(train)
    expected, variance = ours.expect(0, np.array([2, 0]))
    assert ours.score(1, np.array([2]))[0] < expected[0] - 0.5
    assert (variance > 0).all()
    assert expected[1] == pytest.approx(ours.score(0, np.array([0]))[0])
