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
    ("target", "value", "shares"),
    [
        ("genre", "comedy", [1, 1, 0]),
        ("genre", "Horror", [0, 0.75, 1]),
        ("person", "bo li", [1, 0, 0]),
        ("country", "France", [0, 1, 0]),
        ("language", "French", [0, 0, 1]),
        ("mood", "witty", [1, 0.2, 0]),
        ("topic", "crow", [0, 0.5, 1]),
        ("genre", "Western", [0, 0, 0]),
    ],
)
def test_an_item_has_of_a_label_what_its_facts_give_it(tastes, target, value, shares):
    np.testing.assert_allclose(tastes.share(Preference(target, value, 1.0)), shares)


def test_a_refused_mood_is_what_is_plainly_labelled_with_it(tastes):
    np.testing.assert_allclose(tastes.share(Preference("mood", "witty", -1.0)), [1, 0, 0])


def test_a_wish_is_the_share_of_it_that_an_item_has(tastes):
    np.testing.assert_allclose(tastes.wishes((Preference("genre", "Comedy", 0.8),)), [1, 1, 0])
    both = tastes.wishes((Preference("genre", "Comedy", 0.8), Preference("person", "Bo Li", 0.8)))
    assert both[0] == pytest.approx(1)
    assert 0 < both[1] < 1
    assert both[2] == 0


def test_a_label_that_nothing_has_takes_nothing_away(tastes):
    np.testing.assert_allclose(
        tastes.wishes((Preference("genre", "Comedy", 1.0), Preference("topic", "opera", 1.0))), [1, 1, 0]
    )


def test_one_of_several_people_is_enough(tastes):
    people = (Preference("person", "Bo Li", 1.0), Preference("person", "Nobody", 1.0))
    np.testing.assert_allclose(tastes.wishes(people), [1, 0, 0])


def test_what_was_refused_counts_against_an_item(tastes):
    both = tastes.wishes((Preference("genre", "Comedy", 0.8), Preference("genre", "Horror", -0.8)))
    assert both[0] == pytest.approx(1)
    assert both[1] < both[0]
    assert both[2] < 0


def test_a_lasting_like_adds_to_a_wish_and_takes_nothing_from_it(tastes):
    comedy, li = Preference("genre", "Comedy", 0.8), Preference("person", "Bo Li", 0.8)
    with_li = tastes.wishes((comedy, li), lasting=(li,))
    assert with_li[0] > 1
    assert with_li[1] == pytest.approx(1)


def test_a_genre_set_as_a_condition_favours_what_it_leads(tastes):
    wished = tastes.wishes((), genres=[("Horror",)])
    assert wished[2] > wished[1] > wished[0] == 0


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
