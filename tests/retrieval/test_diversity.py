import numpy as np

from chatrec.records import Item
from chatrec.retrieval.diversity import series_apart, spread, varied

TWINS = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)


def test_the_best_comes_first_and_a_twin_comes_later():
    assert varied(np.array([1.0, 0.95, 0.9]), TWINS, 3, relevance=0.5) == [0, 2, 1]


def test_relevance_alone_keeps_the_order_of_scores():
    assert varied(np.array([0.2, 0.9, 0.5]), TWINS, 3, relevance=1.0) == [1, 2, 0]


def test_no_item_comes_twice_and_no_more_than_there_are():
    assert sorted(varied(np.array([3.0, 2.0, 1.0]), TWINS, 50)) == [0, 1, 2]
    assert varied(np.array([]), np.empty((0, 2), dtype=np.float32), 5) == []


def item(number, genre, year, country):
    return Item(str(number), str(number), year, genres=(genre,), countries=(country,))


FILMS = [
    item(0, "Drama", 1990, "France"),
    item(1, "Drama", 1991, "France"),
    item(2, "Comedy", 1950, "India"),
    item(3, "War", 2020, "Chad"),
]


def test_a_spread_shows_other_genres_decades_and_countries_first():
    assert spread(np.array([1.0, 0.9, 0.7, 0.0]), np.eye(4, dtype=np.float32), FILMS, 4) == [0, 2, 1, 3]
    assert spread(np.array([1.0, 0.9, 0.2, 0.0]), np.eye(4, dtype=np.float32), FILMS, 4) == [0, 1, 2, 3]


def test_what_is_wanted_may_repeat():
    scores = np.array([1.0, 0.9, 0.7, 0.0])
    assert spread(scores, np.eye(4, dtype=np.float32), FILMS, 2, wanted={"drama", "france"}) == [0, 1]


def test_a_spread_takes_items_without_facts():
    assert sorted(spread(np.array([1.0, 0.5]), np.eye(2, dtype=np.float32), [Item("a", "A"), Item("b", "B")], 5)) == [0, 1]


def test_one_item_stands_for_its_series_unless_it_is_asked_for():
    items = [Item(str(n), str(n), series=series) for n, series in enumerate(("Rocket", "Rocket", "", "", "Rocket"))]
    assert series_apart(items, set()) == ([0, 2, 3], [1, 4])
    assert series_apart(items, {"Rocket"}) == ([0, 1, 2, 3, 4], [])
