"""What comes next after a history in which the order is known."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.history.interactions import Interactions
from chatrec.history.next_item import NextItems
from chatrec.records import Interaction, Item
from tests.history.crowd import did

SHELF = Catalog([Item(letter, letter.upper()) for letter in "abcdxyz"])


@pytest.fixture(scope="module")
def model() -> NextItems:
    """Twenty people go a, b, c, d; twenty more x, y, z; dislikes lead nowhere."""
    one = [did(f"p{n}", item, "watch", day=day) for n in range(20) for day, item in enumerate("abcd")]
    other = [did(f"q{n}", item, "watch", day=day) for n in range(20) for day, item in enumerate("xyz")]
    against = [did(f"q{n}", "d", "dislike", day=4) for n in range(20)]
    fitted = NextItems.fit(Interactions.of([*one, *other, *against]), SHELF)
    assert fitted is not None
    return fitted


def test_the_nearest_step_comes_first(model: NextItems) -> None:
    assert [(n.item_id, n.after) for n in model.after({"a": 1.0})] == [("b", "a"), ("c", "a"), ("d", "a")]


def test_the_order_has_a_direction(model: NextItems) -> None:
    assert [n.item_id for n in model.after({"c": 1.0})] == ["d"]
    assert model.after({"d": 1.0}) == ()


def test_the_latest_deed_counts_most(model: NextItems) -> None:
    assert model.after({"x": 1.0, "a": 1.0})[0].item_id == "b"
    assert model.after({"a": 1.0, "x": 1.0})[0].item_id == "y"


def test_nothing_known_is_named_and_nothing_disliked_leads_on(model: NextItems) -> None:
    assert [n.item_id for n in model.after({"a": 1.0}, known=["b"])] == ["c", "d"]
    assert model.after({"a": -1.0}) == ()
    assert model.after({"unheard of": 1.0}) == ()


def test_scores_are_from_nought_to_one(model: NextItems) -> None:
    scores = model.scores({"a": 0.5})
    assert (scores.max(), scores.min()) == (1.0, 0.0)
    assert not model.scores({}).any()


def test_deeds_without_a_time_have_no_order() -> None:
    assert NextItems.fit(Interactions.of([Interaction("p", "a", "watch"), Interaction("p", "b", "watch")]), SHELF) is None
