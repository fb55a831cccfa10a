"""On MovieLens 100k: predicted ratings beat the baseline, the next item beats popularity, profiles say what is so."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.datasets import movielens
from chatrec.datasets.importing import write_catalog
from chatrec.datasets.sources import Source
from chatrec.history.actions import past_of
from chatrec.history.interactions import FOLDER, Interactions
from chatrec.history.next_item import NextItems
from chatrec.history.persona import Personas
from chatrec.history.rating_joint import JointRatings
from chatrec.history.ratings import ERRORS, RatingModel

DATA = Path(os.environ.get("REAL_DATA") or Path(__file__).parents[3] / "shared" / "data") / "movielens-100k"

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalog, Interactions]:
    if not DATA.exists():
        pytest.skip(f"there is no {DATA}")
    folder = tmp_path_factory.mktemp("films") / "movielens"
    write_catalog(lambda problems: movielens.read(Source(DATA), problems), folder, dataset="movielens-100k")
    catalog, _ = read_catalog(folder)
    return catalog, Interactions.open(folder / FOLDER)


def part(whole: Interactions, rows: NDArray[np.bool_]) -> Interactions:
    columns = {name: np.asarray(getattr(whole, name))[rows] for name in ("user", "item", "action", "value", "at")}
    return replace(whole, **columns)


def test_predicted_ratings_of_held_out_films(imported: tuple[Catalog, Interactions]) -> None:
    catalog, whole = imported
    held = np.random.default_rng(42).random(len(whole)) < 0.2
    known = part(whole, ~held)
    model = RatingModel.fit(known, catalog)
    assert model is not None
    errors: dict[str, list[float]] = {sureness: [] for sureness in ERRORS}
    plain = []
    for row in np.flatnonzero(held)[::7]:
        own, truth = np.flatnonzero(known.user == whole.user[row]), float(whole.value[row])
        ratings = {whole.items[known.item[n]]: float(known.value[n]) for n in own}
        found = model.predict(whole.items[whole.item[row]], ratings)
        errors[found.sureness].append(found.rating - truth)
        plain.append((found.usual or model.scale.mean) + model.items[catalog.row(found.item_id)] - truth)
    everything = np.concatenate([np.array(values) for values in errors.values()])
    # What the person's and the film's own means tell alone is what there is to beat.
    assert np.sqrt(np.mean(everything**2)) < 0.98 * np.sqrt(np.mean(np.square(plain)))
    typical = [np.abs(errors[sureness]).mean() / 4.0 for sureness in ("fairly sure", "unsure")]
    assert typical[0] < typical[1]
    assert typical == pytest.approx([ERRORS["fairly sure"], ERRORS["unsure"]], abs=0.03)


def test_of_strangers_with_ten_ratings_the_joint_model_knows_more(imported: tuple[Catalog, Interactions]) -> None:
    catalog, whole = imported
    rng = np.random.default_rng(0)
    strangers = rng.random(len(whole.users)) < 0.2
    known = part(whole, ~strangers[whole.user])
    nearest, joint = RatingModel.fit(known, catalog), JointRatings.fit(known, catalog)
    assert nearest is not None
    assert joint is not None
    errors: dict[str, list[tuple[float, float]]] = {"ratings": [], "words": []}
    for user in np.flatnonzero(strangers):
        rows = rng.permutation(np.flatnonzero(whole.user == user))
        told, asked = {whole.items[whole.item[row]]: float(whole.value[row]) for row in rows[:10]}, rows[10:18]
        words = {item: 1.0 if rating >= 4 else -1.0 for item, rating in told.items() if rating != 3}
        for kind, said in (("ratings", (told, {})), ("words", ({}, words))):
            for row in asked:
                plain = nearest.predict(whole.items[whole.item[row]], *said)
                truth = float(whole.value[row])
                errors[kind].append((plain.rating - truth, joint.refine(plain, *said).rating - truth))
    for kind, most in (("ratings", 1.0), ("words", 0.98)):
        before, after = np.sqrt(np.mean(np.square(errors[kind]), axis=0))
        assert after < most * before


def test_the_next_film_is_found_more_often_than_by_popularity(imported: tuple[Catalog, Interactions]) -> None:
    catalog, whole = imported
    order = np.lexsort((whole.at, whole.user))
    last = np.zeros(len(whole), dtype=bool)
    last[order[np.append(np.diff(whole.user[order]) != 0, True)]] = True
    known = part(whole, ~last)
    model = NextItems.fit(known, catalog)
    assert model is not None
    popular = np.bincount(known.item, minlength=len(whole.items))
    hits = {"next": 0, "popular": 0}
    for row in np.flatnonzero(last)[::4]:
        user, target = whole.users[whole.user[row]], whole.items[whole.item[row]]
        past = past_of(known, user)
        hits["next"] += target in {n.item_id for n in model.after(past.weights, 10)}
        left = [whole.items[code] for code in np.argsort(-popular) if whole.items[code] not in past.weights][:10]
        hits["popular"] += target in left
    assert hits["next"] > 1.4 * hits["popular"]


def test_every_persona_has_a_profile_that_is_true(imported: tuple[Catalog, Interactions]) -> None:
    catalog, whole = imported
    personas = Personas(catalog, whole)
    assert len(personas.list(2_000)) == 943
    for persona in personas.list(40):
        sentences = personas.sentences(persona.id)
        assert 4 <= len(sentences) <= 20
        assert sentences[0].text.startswith("Age: ")
        assert len(sentences[-1].seen) == persona.count
        liked = {i for i, w in past_of(whole, persona.id, scale=personas.scale).weights.items() if w > 0.1}
        for sentence in sentences:
            for preference in sentence.preferences:
                if preference.target == "genre" and preference.weight > 0:
                    count = sum(preference.value in catalog[i].genres for i in liked)
                    assert f"{count} of the {len(liked)} films you liked" in sentence.text
