"""Actions weigh what they should, ratings count against the person's own mean, and both roads to a weight agree."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from chatrec.errors import CatalogError
from chatrec.history.actions import WEIGHTS, Rules, Scale, matrix, past_of, preference, read_rules, rules_for
from chatrec.history.interactions import Interactions
from chatrec.records import Interaction
from tests.history.crowd import FRIGHT, crowd, did


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Bought", "purchase"), ("watched", "watch"), ("add-to-cart", "save"), ("Thumbs up", "like"), ("rating", "rate")],
)
def test_other_names_of_an_action_mean_the_same(said: str, meant: str) -> None:
    assert Rules().canonical(said) == meant


def test_buying_says_more_than_glancing_and_skipping_speaks_against() -> None:
    order = sorted(WEIGHTS, key=lambda action: -WEIGHTS[action])
    assert order == ["like", "purchase", "watch", "save", "click", "view", "seen", "skip", "dislike"]
    assert Rules().weight("teleport") == 0


def test_a_rating_counts_against_the_mean_of_the_person() -> None:
    scale = Scale(1, 5, 3.5)
    generous, strict = preference(np.array([4.0]), 4.5, scale)[0], preference(np.array([4.0]), 2.5, scale)[0]
    assert generous == pytest.approx(-0.5 / 3.5)
    assert strict == pytest.approx(1.5 / 2.5)
    assert preference(np.array([1.0, 5.0]), 3.0, scale).tolist() == [-1.0, 1.0]


def test_one_person_who_gives_nothing_but_the_best_likes_it_all() -> None:
    past = past_of(Interactions.of([did("a", x, value=5) for x in "xyz"] + [did("b", "x", value=1)]), "a")
    assert set(past.liked) == {"x", "y", "z"}
    assert past.ratings == {"x": 1.0, "y": 1.0, "z": 1.0}


def test_what_was_done_is_told_oldest_first_with_what_is_known_already() -> None:
    deeds = [did("a", "late", "like", day=9), did("a", "early", "watch", day=1), did("a", "wanted", "save", day=5)]
    past = past_of(Interactions.of(deeds), "a")
    assert list(past.weights) == ["early", "wanted", "late"]
    assert past.seen == ("early", "late")


def test_the_last_judgement_alone_counts() -> None:
    deeds = [did("a", "x", "like", day=1), did("a", "x", "purchase", day=2), did("a", "x", "dislike", day=3)]
    assert past_of(Interactions.of(deeds), "a").weights == {"x": -1.0}


def test_hints_add_up_without_reaching_a_judgement() -> None:
    once = past_of(Interactions.of([did("a", "x", "click")]), "a").weights["x"]
    thrice = past_of(Interactions.of([did("a", "x", "click", value=3)]), "a").weights["x"]
    both = past_of(Interactions.of([did("a", "x", "click"), did("a", "x", "skip")]), "a").weights["x"]
    assert (once, thrice, both) == (0.2, pytest.approx(1 - 0.8**3), pytest.approx(0.2 - 0.3))


def test_a_deed_fades_by_half_in_each_half_life() -> None:
    deeds = Interactions.of([did("a", "old", "like", day=0), did("a", "new", "like", day=20)])
    assert past_of(deeds, "a", Rules(half_life=10)).weights == {"old": 0.25, "new": 1.0}
    assert past_of(deeds, "a").weights == {"old": 1.0, "new": 1.0}


def test_deeds_without_a_time_do_not_fade() -> None:
    deeds = Interactions.of([Interaction("a", "x", "like"), Interaction("a", "y", "like", at=datetime(2020, 1, 1, tzinfo=UTC))])
    assert past_of(deeds, "a", Rules(half_life=1)).weights == {"x": 1.0, "y": 1.0}


def test_the_matrix_holds_what_each_persons_past_says() -> None:
    people, rules = crowd(), Rules(half_life=3)
    scale = Scale.of(people, rules)
    whole = matrix(people, rules=rules).toarray()
    for code, user in enumerate(people.users):
        own = past_of(people, user, rules, scale).weights
        found = {item: w for item, w in zip(people.items, whole[code].round(4).tolist(), strict=True) if w}
        assert found == pytest.approx(own, abs=1e-3)


def test_the_matrix_follows_the_columns_it_is_given() -> None:
    people = crowd()
    items = ["not there", *reversed(people.items), "neither"]
    whole = matrix(people, items).toarray()
    assert whole.shape == (len(people.users), len(items))
    assert not whole[:, 0].any()
    assert whole[:, 1:-1].tolist() == matrix(people).toarray()[:, ::-1].tolist()


def test_nobody_did_anything() -> None:
    nothing = Interactions.of([])
    assert matrix(nothing).shape == (0, 0)
    assert past_of(nothing, "a").weights == {}
    assert Scale.of(nothing) is None


def test_weights_aliases_and_half_life_can_be_set(tmp_path: Path) -> None:
    file = tmp_path / "actions.toml"
    file.write_text('half_life_days = 30\n[weights]\nbuy = 1\n[aliases]\nstreamed = "watch"\n')
    rules = read_rules(file)
    assert (rules.weight("purchase"), rules.weight("streamed"), rules.half_life) == (1.0, WEIGHTS["watch"], 30)
    assert rules.weight("skip") == WEIGHTS["skip"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("weights = 3", r"\[weights\]"),
        ("[weights]\nlike = 7", "-1 to 1"),
        ("[weights]\nlike = true", "-1 to 1"),
        ("half_life_days = 0", "above 0"),
        ("halflife = 3", "'halflife'"),
        ("[aliases]\nx = 3", r"\[aliases\]"),
        ("what is this", "TOML"),
    ],
)
def test_a_mistake_in_the_rules_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "actions.toml"
    file.write_text(text)
    with pytest.raises(CatalogError, match=complaint):
        read_rules(file)


def test_rules_lie_in_the_folder_of_interactions_or_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "interactions"
    folder.mkdir()
    assert rules_for(folder) == Rules()
    (tmp_path / "actions.toml").write_text("half_life_days = 1")
    assert rules_for(folder).half_life == 1
    (folder / "actions.toml").write_text("half_life_days = 2")
    assert rules_for(folder).half_life == 2


def test_a_scale_turns_ratings_into_shares_and_back() -> None:
    scale = Scale.of(crowd())
    assert scale is not None
    assert (scale.least, scale.greatest, scale.share(3), scale.rating(0.25)) == (1, 5, 0.5, 2)
    assert set(past_of(crowd(), "f0").liked) == set(FRIGHT[1:])
