"""Predicted ratings over a crowd whose tastes are known, with the evidence they rest on."""

from __future__ import annotations

import pytest

from chatrec.catalog.table import Catalog
from chatrec.history.interactions import Interactions
from chatrec.history.persona import Personas
from chatrec.history.rating_forecasts import Forecasts
from chatrec.history.ratings import RatingModel
from chatrec.records import Preference, Profile, Sentence
from tests.history.crowd import FRIGHT, ROMANCE, crowd, did, rows

LEFT_OUT = FRIGHT[0]  # the film of their own kind that persons f0 and r0 did not rate


@pytest.fixture(scope="module")
def model(films: Catalog) -> RatingModel:
    fitted = RatingModel.fit(crowd(), films)
    assert fitted is not None
    return fitted


@pytest.mark.parametrize(("user", "least", "most"), [("f0", 4.0, 5.0), ("r0", 1.0, 2.0)])
def test_a_film_is_rated_by_the_taste_it_belongs_to(
    films: Catalog, model: RatingModel, user: str, least: float, most: float
) -> None:
    profile = Profile(Personas(films, crowd()).sentences(user))
    found = model.forecast(LEFT_OUT, profile)
    assert least <= found.rating <= most
    assert found.usual == pytest.approx(3.0, abs=0.3)
    assert found.known == 10


def test_neighbours_say_what_speaks_for_and_against(films: Catalog, model: RatingModel) -> None:
    ratings = {FRIGHT[1]: 5.0, FRIGHT[2]: 1.0, ROMANCE[1]: 3.0}
    found = model.predict(LEFT_OUT, ratings)
    pulls = {n.item_id: n for n in found.neighbours}
    assert pulls[FRIGHT[1]].pull > 0 > pulls[FRIGHT[2]].pull
    assert (pulls[FRIGHT[1]].rating, pulls[FRIGHT[1]].shared) == (5.0, sum(n % 6 > 1 for n in range(40)) * 2)


def test_the_item_itself_is_not_looked_at(model: RatingModel) -> None:
    others = {FRIGHT[1]: 5.0, FRIGHT[2]: 4.0}
    assert model.predict(LEFT_OUT, others) == model.predict(LEFT_OUT, {**others, LEFT_OUT: 1.0})


def test_likes_and_dislikes_said_in_words_count_too(model: RatingModel) -> None:
    def says(weight: float) -> Profile:
        return Profile((Sentence("s1", "", "like", "turn 1", preferences=(Preference("item", FRIGHT[1], weight),)),))

    liked, disliked = model.forecast(LEFT_OUT, says(1.0)), model.forecast(LEFT_OUT, says(-1.0))
    assert liked.rating > disliked.rating
    assert (liked.known, liked.usual, liked.neighbours[0].rating) == (1, None, None)


def test_switched_off_the_past_no_longer_counts(films: Catalog, model: RatingModel) -> None:
    from dataclasses import replace

    sentences = Personas(films, crowd()).sentences("f0")
    off = Profile(tuple(replace(s, on=False) for s in sentences))
    assert model.forecast(LEFT_OUT, off).known == 0


def test_an_item_nobody_rated_is_judged_by_its_labels(films: Catalog, model: RatingModel) -> None:
    ratings = {**dict.fromkeys(FRIGHT, 5.0), **dict.fromkeys(ROMANCE, 1.0)}
    other, wanted = model.predict("portrait-of-a-lady-on-fire-2019", ratings), model.predict("jurassic-park-1993", ratings)
    assert (wanted.others, wanted.raters, wanted.sureness) == (None, 0, "a guess")
    assert wanted.rating > other.rating
    assert any(label.label == "Science Fiction" and label.pull > 0 for label in wanted.labels)


def test_of_somebody_unknown_no_more_is_said_than_of_anybody(model: RatingModel) -> None:
    found = model.predict(LEFT_OUT, {})
    assert found.others == pytest.approx(found.rating, abs=0.3)
    assert (found.neighbours, found.labels, found.known) == ((), (), 0)


def test_a_forecast_stays_on_the_scale_and_converts_to_stars(model: RatingModel) -> None:
    best = model.predict(LEFT_OUT, dict.fromkeys(FRIGHT[1:], 5.0) | dict.fromkeys(ROMANCE, 1.0))
    assert 1.0 <= best.rating <= 5.0
    assert best.stars == round(0.5 + 4.5 * (best.rating - 1) / 4, 1)


def test_the_newest_of_several_ratings_counts(films: Catalog) -> None:
    again = [*rows(), *(did(f"f{n}", FRIGHT[1], value=1, day=100) for n in range(40) if n % 6 != 1)]
    model = RatingModel.fit(Interactions.of(again), films)
    assert model is not None
    assert model.predict(FRIGHT[1], {}).rating < 2.5


def test_many_ratings_are_learned_from_a_part_and_counted_in_whole(films: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatrec.history.ratings._MOST_RATINGS", 400)
    model = RatingModel.fit(crowd(), films)
    assert model is not None
    assert 300 < model.there.nnz <= 400
    whole = RatingModel.predict(model, LEFT_OUT, {})
    assert whole.raters == sum(row.item == LEFT_OUT for row in rows())


def test_without_ratings_there_is_no_forecast(films: Catalog) -> None:
    assert RatingModel.fit(Interactions.of([did("a", FRIGHT[0], "watch")]), films) is None
    assert RatingModel.fit(Interactions.of([did("a", "unheard of", value=3)]), films) is None
    assert Forecasts(Interactions.of([]), films).forecast(FRIGHT[0], Profile()) is None


def test_an_item_the_catalog_does_not_hold_is_an_error(model: RatingModel) -> None:
    with pytest.raises(KeyError):
        model.predict("unheard of", {})
