"""Likeness in facts: shared rare facts count most, whatever the descriptions say."""

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.kinship import Kinship

ITEMS = [
    Item("a", "A", genres=("Drama",), keywords=("ghosts",), people={"director": ("Ann Lee",)}),
    Item("b", "B", genres=("Drama",), keywords=("ghosts",), people={"director": ("Ann Lee",)}),
    Item("c", "C", genres=("Drama",), keywords=("ghosts",), people={"director": ("Bo Li",)}),
    Item("d", "D", genres=("Drama",), keywords=("trains",), people={"director": ("Cy Ro",)}),
    Item("e", "E"),
]


def test_an_item_is_most_like_itself_and_its_nearest_kin():
    likeness = Kinship(Catalog(ITEMS)).to([0])
    np.testing.assert_allclose(likeness[:2], [1, 1])
    assert 1 > likeness[2] > likeness[3] > likeness[4] == 0


def test_what_everything_has_says_nothing():
    everyone = [Item(str(n), str(n), genres=("Drama",), keywords=(f"word {n}",)) for n in range(4)]
    np.testing.assert_allclose(Kinship(Catalog(everyone)).to([0]), [1, 0, 0, 0])


def test_several_examples_count_by_the_nearest_and_the_average():
    kinship = Kinship(Catalog(ITEMS))
    one, other = kinship.to([0]), kinship.to([3])
    np.testing.assert_allclose(kinship.to([0, 3]), 0.5 * np.maximum(one, other) + 0.25 * (one + other))


def test_items_that_count_less_draw_less(films: Catalog) -> None:
    kinship = Kinship(films)
    one, other = films.row("heat-1995"), films.row("alien-1979")
    level, faded = kinship.to([one, other]), kinship.to([one, other], np.array([1.0, 0.2]))
    assert faded[other] < level[other]
    assert faded[one] > level[one]
    assert np.allclose(kinship.to([one, other], np.ones(2)), level)
