"""Full ranking: what may be in a list, and that a peer of anybody's own can take part."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chatrec.errors import SettingsError
from chatrec.evaluation import full_ranking
from chatrec.evaluation.full_ranking import COLUMNS, Held, figures, ranked, run
from chatrec.evaluation.lists import diversity, gini, miscalibration
from chatrec.evaluation.lists import run as look_at_lists
from chatrec.evaluation.metrics import Numbers
from chatrec.evaluation.peers import Fold, Grid
from chatrec.evaluation.ranking_peers import ByItems, Factors, ItemModel, OurBlend, Popularity, contenders
from chatrec.evaluation.splits import Ratings, Rows, random_split
from chatrec.retrieval.blend import BlendRecipe
from chatrec.retrieval.collaborative import Recipe
from tests.evaluation.crowd import crowd

DATA = crowd()
FEW = (
    Grid("EASE", ByItems, [{"ridge": 1.0}, {"ridge": 10.0}]),
    Grid("popularity", Popularity),
    OurBlend(BlendRecipe(liked_ridge=5.0, together_ridge=5.0)),
)


class Parity:
    """A peer of one's own: knows the secret of the crowd."""

    def fit(self, train: Ratings) -> None:
        """Nothing to learn."""

    def score(self, user: int, items: Rows) -> Numbers:
        """1 for what has the user's parity."""
        return ((user + items) % 2 == 0).astype(np.float64)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_ranking, "contenders", lambda catalog: FEW)


def held() -> Held:
    split = random_split(len(DATA.ratings), 0.2)
    return Held.of(DATA.ratings.take(split.train), DATA.ratings.take(split.test), (1.0, 5.0))


def test_nothing_seen_is_ever_ranked_and_only_likes_are_wanted() -> None:
    found = held()
    lists = ranked(Parity(), found, 24, depth=10)
    for user, rows in lists.items():
        assert not set(rows) & set(found.seen[user])
        assert len(rows) == 10
        assert all((user + item) % 2 == 0 for item in found.wanted[user])


def test_who_knows_the_secret_finds_nearly_everything() -> None:
    found = held()
    values = figures(ranked(Parity(), found, 24, depth=10), found)
    assert np.mean(values["recall@10"]) > 0.95


@pytest.mark.parametrize(
    "peer",
    [
        ByItems(ridge=5.0),
        ByItems(kept=10, shrink=1.0),
        ItemModel(recipe=Recipe(ridge=5.0)),
        ItemModel(4.0, Recipe(ridge=5.0)),
        Factors("ials", factors=4),
    ],
    ids=["EASE", "item-kNN", "item model", "newest first", "iALS"],
)
def test_every_peer_learns_who_likes_what(peer: object) -> None:
    if isinstance(peer, Factors):
        pytest.importorskip("implicit")
    split = random_split(len(DATA.ratings), 0.2)
    peer.fit(DATA.ratings.take(split.train))  # type: ignore[attr-defined]
    found = held()
    popular = Popularity()
    popular.fit(DATA.ratings.take(split.train))
    ours, theirs = (np.mean(figures(ranked(p, found, 24, 10), found)["NDCG@10"]) for p in (peer, popular))
    assert ours > theirs + 0.1


def test_a_run_reports_every_peer_and_the_goal(tmp_path: Path) -> None:
    report = run(DATA, tmp_path, others=[Grid("parity", Parity)])
    for table in report.tables:
        assert set(table.rows) == {"EASE", "popularity", "chatrec", "parity"}
        assert any("times EASE" in note for note in table.notes)
        assert table.rows["chatrec"]["NDCG@10"][0] > table.rows["popularity"]["NDCG@10"][0] + 0.1
    assert report.settings["temporal"]["42"]["options"]["EASE"]["ridge"] in (1.0, 10.0)
    assert len(list((tmp_path / "splits").iterdir())) == 2


def test_a_second_run_learns_nothing_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(DATA, tmp_path, ["random"])
    monkeypatch.setattr(ByItems, "fit", lambda self, train: pytest.fail("it was kept"))
    assert run(DATA, tmp_path, ["random"]).tables == first.tables


def test_several_seeds_are_averaged_and_each_is_told(tmp_path: Path) -> None:
    one, other = (run(DATA, tmp_path, ["random"], seeds=[seed]).tables[0].rows["EASE"] for seed in (1, 2))
    both = run(DATA, tmp_path, ["random"], seeds=[1, 2]).tables[0]
    for column in COLUMNS:
        assert both.rows["EASE"][column][0] == pytest.approx((one[column][0] + other[column][0]) / 2)
    (goal,) = (note for note in both.notes if "times EASE" in note)
    assert "by seed" in goal


def test_some_peers_can_be_run_alone_beside_ease(tmp_path: Path) -> None:
    assert set(run(DATA, tmp_path, ["random"], only=["popularity"]).tables[0].rows) == {"EASE", "popularity"}
    with pytest.raises(SettingsError, match="no peer 'eese' in full-ranking; there are EASE, popularity, chatrec"):
        run(DATA, tmp_path, ["random"], only=["eese"])


def test_every_peer_is_tuned_on_the_same_folds() -> None:
    class Noted(Popularity):
        """Adds what it was given to learn from to a list that outlives it."""

        def __init__(self, given: list[int], add: int) -> None:
            self.given, self.add = given, add

        def fit(self, train: Ratings) -> None:
            self.given.append(len(train))

    given: list[int] = []
    folds = [Fold(DATA.ratings.take(np.arange(n)), DATA.ratings, lambda peer: float(peer.add)) for n in (10, 20)]  # type: ignore[attr-defined]
    chosen = Grid("noted", Noted, [{"given": given, "add": add} for add in (0, 2, 1)]).tune(folds)
    assert chosen["add"] == 2
    assert given == [10, 20] * 3


def test_ours_knows_genres_and_years_of_the_catalog() -> None:
    (ours,) = (peer for peer in contenders(DATA.catalog) if isinstance(peer, OurBlend))
    assert ours.kinds is not None
    assert len(ours.kinds) == len(DATA.catalog)


def test_lists_are_looked_at_with_groups_of_users(tmp_path: Path) -> None:
    report = look_at_lists(DATA, tmp_path)
    figures_of = report.tables[0].rows
    assert figures_of["popularity"]["coverage"][0] <= figures_of["chatrec"]["coverage"][0]
    assert [table.title.split(" (")[0] for table in report.tables[1:]] == ["NDCG@10 by gender", "NDCG@10 by age"]
    wanted = held_of_the_lists().wanted
    counts = [sum(1 for user, rows in enumerate(wanted) if rows.size and user % 2 == odd) for odd in (0, 1)]
    assert set(report.tables[1].columns) == {f"F ({counts[0]})", f"M ({counts[1]})"}


def held_of_the_lists() -> Held:
    split = full_ranking.split_of("random", DATA.ratings)
    known = np.sort(np.concatenate([split.train, split.validation]))
    return Held.of(DATA.ratings.take(known), DATA.ratings.take(split.test), (1.0, 5.0))


def test_figures_of_lists_by_hand() -> None:
    assert gini(np.array([1.0, 1.0, 1.0])) == pytest.approx(0.0)
    assert gini(np.array([0.0, 0.0, 0.0, 4.0])) == pytest.approx(0.75)
    comedy, drama = [1.0, 0.0], [0.0, 1.0]
    assert diversity(np.array([comedy, comedy])) == pytest.approx(0.0)
    assert diversity(np.array([comedy, drama])) == pytest.approx(1.0)
    assert miscalibration(np.array([comedy, drama]), np.array([drama, comedy])) == pytest.approx(0.0)
    one_sided = miscalibration(np.array([comedy, drama]), np.array([comedy, comedy]))
    assert one_sided == pytest.approx(0.5 * np.log2(0.5 / 0.995) + 0.5 * np.log2(0.5 / 0.005))
