"""Forecasts never wait for the joint model, find it in the cache, and go on without it."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

import pytest

from chatrec.catalog.table import Catalog
from chatrec.history.interactions import Interactions
from chatrec.history.persona import Personas
from chatrec.history.rating_forecasts import Forecasts
from chatrec.history.rating_joint import JointRatings
from chatrec.history.ratings import Forecast
from chatrec.records import Profile
from tests.history.crowd import FRIGHT, crowd, did, rows

LEFT_OUT = FRIGHT[0]


@pytest.fixture
def profile(films: Catalog) -> Profile:
    return Profile(Personas(films, crowd()).sentences("f0"))


def forecast(forecasts: Forecasts, profile: Profile) -> Forecast:
    found = forecasts.forecast(LEFT_OUT, profile)
    assert found is not None
    return found


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    def fit(*arguments: Any) -> None:
        raise AssertionError("nothing was to be learned")

    monkeypatch.setattr(JointRatings, "fit", fit)


def test_the_nearest_items_answer_until_the_joint_model_is_learned(films: Catalog, profile: Profile) -> None:
    forecasts = Forecasts(crowd(), films)
    before = forecast(forecasts, profile)
    forecasts.learn()
    after = forecast(forecasts, profile)
    assert (before.model, after.model) == ("neighbours", "joint")
    assert before.rating != after.rating


def test_a_forecast_does_not_wait_while_it_is_learned(
    films: Catalog, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    plain = JointRatings.fit

    def slow(*arguments: Any) -> JointRatings | None:
        begun.set()
        assert go_on.wait(30)
        return plain(*arguments)

    monkeypatch.setattr(JointRatings, "fit", slow)
    forecasts = Forecasts(crowd(), films, cache=tmp_path)
    thread = forecasts.learn_aside()
    assert thread.daemon
    assert begun.wait(30)
    assert forecast(forecasts, profile).model == "neighbours"
    go_on.set()
    thread.join(30)
    assert forecast(forecasts, profile).model == "joint"


def test_it_is_learned_once(films: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    forecasts = Forecasts(crowd(), films)
    forecasts.learn()
    forbid(monkeypatch)
    forecasts.learn()


def test_what_was_learned_is_found_by_the_next_process(
    films: Catalog, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Forecasts(crowd(), films, cache=tmp_path)
    first.learn()
    forbid(monkeypatch)
    for learns in (False, True):
        second = Forecasts(crowd(), films, cache=tmp_path)
        if learns:
            second.learn()
        assert forecast(second, profile) == forecast(first, profile)


def test_other_ratings_have_a_model_of_their_own(films: Catalog, profile: Profile, tmp_path: Path) -> None:
    Forecasts(crowd(), films, cache=tmp_path).learn()
    changed = Forecasts(Interactions.of([*rows(), did("new", FRIGHT[1], value=2)]), films, cache=tmp_path)
    assert forecast(changed, profile).model == "neighbours"
    changed.learn()
    assert len(list((tmp_path / "ratings").iterdir())) == 2


def test_a_broken_file_is_told_once_and_learned_anew(
    films: Catalog, profile: Profile, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Forecasts(crowd(), films, cache=tmp_path).learn()
    (file,) = (tmp_path / "ratings").iterdir()
    file.write_bytes(file.read_bytes()[:100])
    forecasts = Forecasts(crowd(), films, cache=tmp_path)
    with caplog.at_level(logging.WARNING):
        assert [forecast(forecasts, profile).model for _ in range(2)] == ["neighbours", "neighbours"]
        forecasts.learn()
    assert [record.getMessage().endswith("It is learned anew.") for record in caplog.records] == [True]
    assert forecast(forecasts, profile).model == "joint"
    assert forecast(Forecasts(crowd(), films, cache=tmp_path), profile).model == "joint"


def test_a_cache_that_cannot_be_written_costs_only_the_next_start(
    films: Catalog, profile: Profile, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "ratings").write_text("a file where a folder should be")
    forecasts = Forecasts(crowd(), films, cache=tmp_path)
    forecasts.learn()
    assert forecast(forecasts, profile).model == "joint"
    assert "cannot be written" in caplog.text


def test_without_the_memory_to_learn_it_the_nearest_items_go_on(
    films: Catalog, profile: Profile, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fit(*arguments: Any) -> None:
        raise MemoryError("Unable to allocate 24 MiB")

    monkeypatch.setattr(JointRatings, "fit", fit)
    forecasts = Forecasts(crowd(), films)
    forecasts.learn()
    assert forecast(forecasts, profile).model == "neighbours"
    assert "Unable to allocate" in caplog.text


def test_without_ratings_there_is_nothing_to_learn(films: Catalog, tmp_path: Path) -> None:
    forecasts = Forecasts(Interactions.of([]), films, cache=tmp_path)
    forecasts.learn()
    assert forecasts.forecast(LEFT_OUT, Profile()) is None
    assert forecasts.joint is None
    assert not (tmp_path / "ratings").exists()
