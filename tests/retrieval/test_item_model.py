"""From interactions to a source of the retriever: what is learned, kept and folded in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.history.interactions import Interactions
from chatrec.records import Constraint, Interaction, Mention, Preference, Profile, Request, Sentence
from chatrec.retrieval.collaborative import CollaborativeModel, Recipe
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.fold_in import fold_in
from chatrec.retrieval.index import document_text
from chatrec.retrieval.item_model import RECIPE, learning_table, open_item_model
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.retriever import Retriever
from tests.retrieval.embedders import WordEmbeddings

HEAT, ALIEN, CLIMB = "heat-1995", "alien-1979", "free-solo-2018"


def interactions(films: Catalog) -> Interactions:
    """Whoever loves Heat loves the climb, which no text or fact says; the others love Alien and hate Heat."""
    ids = [item.id for item in films]
    rows = []
    for user in range(60):
        loved, hated = ((HEAT, CLIMB), ALIEN) if user % 2 else ((ALIEN, ids[user % len(ids)]), HEAT)
        rows += [Interaction(f"u{user}", item, "rate", 5.0) for item in dict.fromkeys(loved) if item != hated]
        rows.append(Interaction(f"u{user}", hated, "rate", 1.0))
    return Interactions.of(rows)


@pytest.fixture(scope="module")
def deeds(films: Catalog) -> Interactions:
    return interactions(films)


@pytest.fixture(scope="module")
def together(films: Catalog, deeds: Interactions) -> Retriever:
    embedder = WordEmbeddings()
    vectors = embedder.encode([document_text(item) for item in films])
    dense = DenseIndex.build([item.id for item in films], vectors)
    model = CollaborativeModel.fit(learning_table(deeds, films), Recipe(ridge=5.0))
    return Retriever(films, embedder, dense, LexicalIndex(films), collaborative=model)


def found(retriever: Retriever, request: Request, profile: Profile | None = None) -> Sequence[str]:
    return [candidate.item_id for candidate in retriever.search(request, profile).candidates]


def test_what_was_disliked_is_not_learned_from_and_the_usual_counts_half(films: Catalog) -> None:
    rows = [Interaction("a", HEAT, "rate", 5.0), Interaction("a", ALIEN, "rate", 1.0), Interaction("b", CLIMB, "seen")]
    table = learning_table(Interactions.of(rows), films).toarray()
    assert table[0, films.row(HEAT)] == 1.0
    assert table[0, films.row(ALIEN)] == 0.0


def test_an_example_brings_what_its_lovers_love(together: Retriever) -> None:
    shortlist = together.search(Request("recommend", "like Heat", anchors=(HEAT,)))
    climb = next(candidate for candidate in shortlist.candidates if candidate.item_id == CLIMB)
    assert climb.scores["collaborative"] == max(c.scores["collaborative"] for c in shortlist.candidates) > 0


def test_conditions_hold_for_it_too(together: Retriever) -> None:
    request = Request("recommend", "", anchors=(HEAT,), constraints=(Constraint("year", at_most=2000),))
    assert CLIMB not in found(together, request)


def test_nothing_named_is_no_source(together: Retriever) -> None:
    shortlist = together.search(Request("recommend", "something good"))
    assert all("collaborative" not in candidate.scores for candidate in shortlist.candidates)


def test_without_a_model_everything_is_as_before(films: Catalog, together: Retriever) -> None:
    embedder = WordEmbeddings()
    dense = DenseIndex.build([i.id for i in films], embedder.encode([document_text(i) for i in films]))
    plain = Retriever(films, embedder, dense, LexicalIndex(films))
    request = Request("recommend", "dinosaurs", search_text="dinosaurs on an island")
    assert found(plain, request) == found(together, request)


def test_the_conversation_is_folded_in_with_signs(films: Catalog) -> None:
    request = Request(
        "recommend",
        "",
        mentions=(Mention(CLIMB, "", "", "neutral", 1), Mention(HEAT, "", "", "neutral", 1)),
        avoided=(ALIEN,),
    )
    liked = (Preference("item", "her-2013", 0.8), Preference("genre", "Drama", 1.0), Preference("item", "unknown", 1.0))
    told = fold_in(films, request, liked)
    expected = {CLIMB: 0.5, HEAT: 0.5, ALIEN: -1.0, "her-2013": 0.8}
    assert told == {films.row(item): weight for item, weight in expected.items()}


def test_an_example_is_not_drowned_by_what_was_liked_before(films: Catalog) -> None:
    liked = tuple(Preference("item", item, 1.0) for item in (CLIMB, ALIEN, "her-2013"))
    told = fold_in(films, Request("recommend", "", anchors=(HEAT,)), liked)
    assert told[films.row(HEAT)] == 1.0
    assert sum(told.values()) == pytest.approx(1.3)


def test_what_earlier_turns_named_counts_less_once_there_is_something_newer(films: Catalog) -> None:
    earlier = (Mention(HEAT, "", "", "like", 1), Mention(CLIMB, "", "", "neutral", 2))
    alone = fold_in(films, Request("recommend", "", anchors=(HEAT,), earlier=earlier[:1], turn=4), ())
    assert alone == {films.row(HEAT): 1.0}
    now = (Mention(ALIEN, "", "", "like", 3),)
    both = fold_in(films, Request("recommend", "", mentions=now, anchors=(ALIEN, HEAT), earlier=earlier, turn=3), ())
    assert (both[films.row(ALIEN)], both[films.row(HEAT)]) == (1.0, 0.75**2)
    assert 0 < both[films.row(CLIMB)] < 0.5


def test_what_an_import_tells_fades_and_steps_back(films: Catalog) -> None:
    past = Profile((Sentence("p", "", "fact", "import", history={HEAT: 1.0, ALIEN: 1.0}),))
    alone = fold_in(films, Request("recommend", ""), (), past)
    assert alone[films.row(ALIEN)] == 1.0
    assert alone[films.row(HEAT)] == pytest.approx(0.5 ** (1 / 12))
    beside = fold_in(films, Request("recommend", "", anchors=(CLIMB,)), (), past)
    assert beside[films.row(ALIEN)] + beside[films.row(HEAT)] == pytest.approx(0.3)


def test_a_model_is_learned_once_and_kept(
    films: Catalog, deeds: Interactions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_item_model(deeds, films, None, tmp_path)
    monkeypatch.setattr(CollaborativeModel, "fit", lambda *_: pytest.fail("it was kept"))
    again = open_item_model(deeds, films, None, tmp_path)
    assert first is not None
    assert again is not None
    np.testing.assert_array_equal(first.scores([1], [1.0]), again.scores([1], [1.0]))


def test_it_is_learned_by_the_recipe_of_the_chat_or_the_one_given(films: Catalog, deeds: Interactions, tmp_path: Path) -> None:
    for recipe, given in ((RECIPE, None), (Recipe(ridge=5.0), Recipe(ridge=5.0))):
        model = open_item_model(deeds, films, None, tmp_path, recipe=given)
        assert model is not None
        expected = CollaborativeModel.fit(learning_table(deeds, films), recipe)
        np.testing.assert_allclose(model.scores([1], [1.0]), expected.scores([1], [1.0]))


def test_other_interactions_are_learned_anew(films: Catalog, deeds: Interactions, tmp_path: Path) -> None:
    open_item_model(deeds, films, None, tmp_path)
    more = Interactions.of([Interaction("new", HEAT, "like"), Interaction("new", ALIEN, "like")])
    model = open_item_model(more, films, None, tmp_path)
    assert model is not None
    assert model.popularity[films.row(CLIMB)] == 0.0


def test_a_damaged_model_is_learned_anew(films: Catalog, deeds: Interactions, tmp_path: Path) -> None:
    first = open_item_model(deeds, films, None, tmp_path)
    folder = next((tmp_path / "collaborative").iterdir())
    (folder / "warm.npy").write_bytes(b"cut")
    again = open_item_model(deeds, films, None, tmp_path)
    assert first is not None
    assert again is not None
    np.testing.assert_array_equal(first.scores([1], [1.0]), again.scores([1], [1.0]))


def test_interactions_with_nothing_of_the_catalog_give_no_model(films: Catalog, tmp_path: Path) -> None:
    assert open_item_model(Interactions.of([Interaction("a", "elsewhere", "like")]), films, None, tmp_path) is None


def test_a_cache_that_cannot_be_written_costs_only_time(films: Catalog, deeds: Interactions, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert open_item_model(deeds, films, None, tmp_path / "file") is not None
