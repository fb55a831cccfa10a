import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Item, Preference
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.filters import Filters
from chatrec.retrieval.taste import Tastes, merged

CATALOG = Catalog(
    [
        Item("a", "A", genres=("Comedy",), people={"cast": ("Bo Li",)}, keywords=("witty",)),
        Item("b", "B", genres=("Comedy", "Horror"), countries=("France",), description="A witty crow robs a bank."),
        Item("c", "C", genres=("Horror",), languages=("French",), keywords=("crows",)),
    ]
)
VECTORS = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
ROWS = np.array([0, 1, 2])


@pytest.fixture(scope="module")
def tastes():
    return Tastes(CATALOG, DenseIndex.build(["a", "b", "c"], VECTORS), Filters(CATALOG))


def scores(tastes, *preferences):
    return tastes.scores(ROWS, preferences)


@pytest.mark.parametrize(
    ("target", "value", "labels"),
    [
        ("genre", "comedy", [1, 1, 0]),
        ("person", "bo li", [1, 0, 0]),
        ("country", "France", [0, 1, 0]),
        ("language", "French", [0, 0, 1]),
        ("mood", "witty", [1, 0, 0]),
        ("topic", "crow", [0, 0.5, 1]),
        ("genre", "Western", [0, 0, 0]),
    ],
)
def test_an_item_has_the_labels_its_facts_give_it(tastes, target, value, labels):
    np.testing.assert_allclose(tastes.labels((Preference(target, value, 1.0),)), labels)
    np.testing.assert_allclose(tastes.labels((Preference(target, value, -0.5),)), -0.5 * np.array(labels))


def test_labels_liked_and_disliked_add_up(tastes):
    both = tastes.labels((Preference("genre", "Comedy", 0.8), Preference("genre", "Horror", -0.8)))
    np.testing.assert_allclose(both, [0.8, 0, -0.8])


def test_what_resembles_a_liked_item_is_liked(tastes):
    liked = scores(tastes, Preference("item", "a", 1.0))
    assert liked[0] > liked[1] > liked[2] == 0
    disliked = scores(tastes, Preference("item", "a", -1.0))
    assert disliked[0] < disliked[1] < disliked[2] == 0


def test_several_liked_items_count_by_the_nearest(tastes):
    both = scores(tastes, Preference("item", "a", 1.0), Preference("item", "c", 1.0))
    assert both[0] == pytest.approx(both[2])


def test_an_example_named_in_the_wish_does_not_count_twice(tastes):
    np.testing.assert_allclose(tastes.scores(ROWS, (Preference("item", "a", 1.0),), besides=[0]), 0)


def test_unknown_items_and_no_preferences_say_nothing(tastes):
    np.testing.assert_allclose(scores(tastes, Preference("item", "zzz", 1.0)), 0)
    np.testing.assert_allclose(scores(tastes), 0)


def test_this_turn_overrules_the_profile():
    now = Preference("genre", "horror", -1.0)
    other = Preference("genre", "Comedy", 0.5)
    assert merged((now,), (Preference("genre", "Horror", 0.8), other)) == (now, other)
