"""The joint distribution over a catalog: what it forecasts, that its evidence is so, its bounds, and its file."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.errors import StaleIndex
from chatrec.history import rating_joint
from chatrec.history.interactions import Interactions
from chatrec.history.rating_joint import JointRatings
from chatrec.history.ratings import Forecast, RatingModel
from tests.history.crowd import FRIGHT, ROMANCE, crowd, did, rows

LEFT_OUT = FRIGHT[0]


@pytest.fixture(scope="module")
def nearest(films: Catalog) -> RatingModel:
    fitted = RatingModel.fit(crowd(), films)
    assert fitted is not None
    return fitted


@pytest.fixture(scope="module")
def joint(films: Catalog) -> JointRatings:
    fitted = JointRatings.fit(crowd(), films)
    assert fitted is not None
    return fitted


@pytest.fixture
def forecast(nearest: RatingModel, joint: JointRatings):  # type: ignore[no-untyped-def]
    def of(ratings: dict[str, float], weights: dict[str, float] | None = None, item: str = LEFT_OUT) -> Forecast:
        return joint.refine(nearest.predict(item, ratings, weights), ratings, weights or {})

    return of


def test_a_film_is_rated_by_the_taste_it_belongs_to(forecast) -> None:  # type: ignore[no-untyped-def]
    frightful = forecast(dict.fromkeys(FRIGHT[1:], 5.0) | dict.fromkeys(ROMANCE, 1.0))
    romantic = forecast(dict.fromkeys(FRIGHT[1:], 1.0) | dict.fromkeys(ROMANCE, 5.0))
    assert frightful.model == romantic.model == "joint"
    assert frightful.rating > 4.0 > 2.0 > romantic.rating
    # What is no question of the model stays as it was.
    assert (frightful.raters, frightful.known) == (66, 11)


def test_what_a_rating_is_said_to_move_is_what_it_moves(forecast, joint: JointRatings) -> None:  # type: ignore[no-untyped-def]
    rest = {FRIGHT[2]: 4.0, ROMANCE[1]: 3.0}
    found = {n.item_id: n for n in forecast({FRIGHT[1]: 5.0, **rest}).neighbours}
    by_one_point = forecast({FRIGHT[1]: 5.0, **rest}).rating - forecast({FRIGHT[1]: 4.0, **rest}).rating
    usual = float(joint.gaussian.mean[list(joint.rows).index(joint.catalog.row(FRIGHT[1]))])
    assert found[FRIGHT[1]].pull == pytest.approx(by_one_point * (5.0 - usual), abs=1e-3)
    assert found[FRIGHT[1]].pull > 0
    assert found[FRIGHT[1]].rating == 5.0


def test_likes_and_dislikes_in_words_count_and_are_told_as_what_they_are(forecast) -> None:  # type: ignore[no-untyped-def]
    liked, disliked = forecast({}, {FRIGHT[1]: 1.0}), forecast({}, {FRIGHT[1]: -1.0})
    assert liked.rating > disliked.rating
    assert liked.neighbours[0].pull > 0 > disliked.neighbours[0].pull
    glanced_at = forecast({}, {FRIGHT[1]: 0.1})
    assert disliked.rating < glanced_at.rating < liked.rating
    assert forecast({FRIGHT[1]: 5.0}, {FRIGHT[2]: 0.0}).rating == forecast({FRIGHT[1]: 5.0}).rating


def test_a_like_that_lowers_the_number_is_not_told_as_a_dislike(joint: JointRatings, nearest: RatingModel) -> None:
    beloved = joint.gaussian.mean.copy()
    beloved[list(joint.rows).index(joint.catalog.row(FRIGHT[1]))] = 4.9
    high = replace(joint, gaussian=replace(joint.gaussian, mean=beloved))
    told = {FRIGHT[1]: 1.0}
    assert high.refine(nearest.predict(LEFT_OUT, {}, told), {}, told).neighbours == ()


def test_labels_stay_where_the_ratings_they_sum_up_moved_that_way(forecast) -> None:  # type: ignore[no-untyped-def]
    found = forecast(dict.fromkeys(FRIGHT[1:], 5.0) | dict.fromkeys(ROMANCE, 1.0))
    labels = {label.label: label.pull for label in found.labels}
    assert labels["Horror"] > 0
    assert list(map(abs, labels.values())) == sorted(map(abs, labels.values()), reverse=True)


def test_of_whom_nothing_is_known_and_of_unknown_items_the_forecast_stays_as_it_came(
    nearest: RatingModel, joint: JointRatings, films: Catalog
) -> None:
    nobody = nearest.predict(LEFT_OUT, {})
    assert joint.refine(nobody, {}, {}) is nobody
    itself = nearest.predict(LEFT_OUT, {LEFT_OUT: 5.0})
    assert joint.refine(itself, {LEFT_OUT: 5.0}, {}) is itself
    unrated = nearest.predict("jurassic-park-1993", {FRIGHT[1]: 5.0})
    assert joint.refine(unrated, {FRIGHT[1]: 5.0}, {}) is unrated


def test_more_ratings_make_it_surer(forecast) -> None:  # type: ignore[no-untyped-def]
    few, many = forecast({FRIGHT[1]: 5.0}), forecast(dict.fromkeys(FRIGHT[1:], 5.0) | dict.fromkeys(ROMANCE, 1.0))
    assert 0 < many.error < few.error


def test_the_scale_of_the_ratings_makes_no_difference(films: Catalog, joint: JointRatings, nearest: RatingModel) -> None:
    tenfold = Interactions.of([replace(row, value=10.0 * (row.value or 0.0)) for row in rows()])
    wide, wide_nearest = JointRatings.fit(tenfold, films), RatingModel.fit(tenfold, films)
    assert wide is not None
    assert wide_nearest is not None
    small = joint.refine(nearest.predict(LEFT_OUT, {FRIGHT[1]: 5.0}), {FRIGHT[1]: 5.0}, {})
    large = wide.refine(wide_nearest.predict(LEFT_OUT, {FRIGHT[1]: 50.0}), {FRIGHT[1]: 50.0}, {})
    assert large.rating == pytest.approx(10.0 * small.rating, abs=1e-3)
    assert large.neighbours[0].pull == pytest.approx(10.0 * small.neighbours[0].pull, abs=1e-3)


# --------------------------------------------------------------------------- bounds


def test_of_many_items_the_most_rated_are_learned(films: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    more = [*rows(), *(did(f"x{n}", FRIGHT[1], value=4) for n in range(20))]
    monkeypatch.setattr(rating_joint, "MOST_ITEMS", 1)
    fitted = JointRatings.fit(Interactions.of(more), films)
    assert fitted is not None
    assert fitted.rows.tolist() == [films.row(FRIGHT[1])]


def test_of_many_people_and_ratings_some_are_learned_from(films: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    plain = rating_joint.RatingGaussian.fit

    def counting(people, items, likeness=None, recipe=None, progress=False):  # type: ignore[no-untyped-def]
        seen.extend(len(rated) for rated, _ in people)
        return plain(people, items, likeness, recipe, progress)

    monkeypatch.setattr(rating_joint.RatingGaussian, "fit", counting)
    monkeypatch.setattr(rating_joint, "_MOST_PEOPLE", 60)
    monkeypatch.setattr(rating_joint, "_MOST_WORK", 60 * 4.0**3)
    assert JointRatings.fit(crowd(), films) is not None
    assert len(seen) == 60
    assert sum(count**3 for count in seen) <= 60 * 4.0**3
    assert max(seen) >= 3


def test_a_handful_of_people_is_not_enough(films: Catalog) -> None:
    assert JointRatings.fit(Interactions.of([row for row in rows() if row.user.startswith("f")]), films) is None
    assert JointRatings.fit(Interactions.of([did("a", "unheard of", value=3)]), films) is None
    assert JointRatings.fit(Interactions.of([]), films) is None


def test_the_newest_of_several_ratings_counts(films: Catalog, joint: JointRatings) -> None:
    again = [*rows(), *(did(f"f{n}", FRIGHT[1], value=1, day=100) for n in range(40) if n % 6 != 1)]
    fitted = JointRatings.fit(Interactions.of(again), films)
    assert fitted is not None
    place = list(fitted.rows).index(films.row(FRIGHT[1]))
    assert fitted.gaussian.mean[place] < joint.gaussian.mean[place] - 0.8


# --------------------------------------------------------------------------- the file


def test_what_is_kept_comes_back_as_it_was(films: Catalog, joint: JointRatings, tmp_path: Path) -> None:
    file = tmp_path / "ratings" / "model.npz"
    joint.save(file, "digest")
    found = JointRatings.load(file, "digest", films)
    np.testing.assert_array_equal(found.gaussian.covariance, joint.gaussian.covariance)
    np.testing.assert_array_equal(found.gaussian.mean, joint.gaussian.mean)
    assert (found.rows.tolist(), found.words, found.gaussian.noise) == (joint.rows.tolist(), joint.words, joint.gaussian.noise)
    assert [path.name for path in file.parent.iterdir()] == ["model.npz"]


def other_arrays(file: Path, **changed: np.ndarray) -> bytes:
    with np.load(file) as kept:
        arrays = {name: kept[name] for name in kept.files} | changed
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


def test_what_is_not_whole_or_not_ours_is_refused(films: Catalog, joint: JointRatings, tmp_path: Path) -> None:
    file = tmp_path / "model.npz"
    joint.save(file, "digest")
    whole = file.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    one_array = io.BytesIO()
    np.save(one_array, joint.gaussian.mean)
    bad_rows = np.arange(len(joint.rows))[::-1].copy()
    broken = joint.gaussian.covariance.copy()
    broken[0, 0] = np.nan
    for content in (
        b"",
        b"not an archive",
        whole[: len(whole) // 2],
        bytes(flipped),
        one_array.getvalue(),
        other_arrays(file, about=np.array(["0", "digest"])),
        other_arrays(file, rows=bad_rows),
        other_arrays(file, rows=joint.rows + len(films)),
        other_arrays(file, covariance=broken),
        other_arrays(file, covariance=joint.gaussian.covariance.astype(np.float64)),
        other_arrays(file, mean=joint.gaussian.mean[:-1]),
        other_arrays(file, mean=np.array([{"an": "object"}], dtype=object)),
    ):
        file.write_bytes(content)
        with pytest.raises(StaleIndex, match="cannot be used"):
            JointRatings.load(file, "digest", films)
    file.write_bytes(whole)
    with pytest.raises(StaleIndex, match="other ratings"):
        JointRatings.load(file, "another digest", films)
    with pytest.raises(StaleIndex):
        JointRatings.load(tmp_path / "nowhere.npz", "digest", films)


def test_where_nothing_can_be_written_that_is_said(joint: JointRatings, tmp_path: Path) -> None:
    (tmp_path / "ratings").write_text("a file where a folder should be")
    with pytest.raises(StaleIndex, match="cannot be written"):
        joint.save(tmp_path / "ratings" / "model.npz", "digest")
