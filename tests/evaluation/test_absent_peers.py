"""What a protocol compares with may not load here: the rest runs, the table says so, and the next run tries again."""

from __future__ import annotations

import builtins
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chatrec.cli import main
from chatrec.evaluation import full_ranking, rated_items
from chatrec.evaluation.peers import Grid, PeerUnavailable, loading
from chatrec.evaluation.ranking_peers import ByItems, Factors, OurBlend
from chatrec.evaluation.rating_peers import Decided, GaussianRatings, LightFMRatings, Surprise
from chatrec.evaluation.splits import Ratings, Rows
from chatrec.history.rating_gaussian import GaussianRecipe
from chatrec.retrieval.blend import BlendRecipe
from tests.evaluation.crowd import crowd

DATA = crowd()
QUICK = GaussianRecipe(passes=2)

Hide = Callable[..., None]


@pytest.fixture
def hide(monkeypatch: pytest.MonkeyPatch) -> Hide:
    """Makes packages fail to load, as one that was built for another system does."""
    real = builtins.__import__

    def hidden(*packages: str) -> None:
        for name in [name for name in sys.modules if name.split(".")[0] in packages]:
            monkeypatch.delitem(sys.modules, name)

        def importing(name: str, *args: Any, **named: Any) -> Any:
            if name.split(".")[0] in packages:
                raise ImportError(f"{name}: undefined symbol: __log_finite")
            return real(name, *args, **named)

        monkeypatch.setattr(builtins, "__import__", importing)

    return hidden


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables' own rows with little learning."""

    def ours() -> GaussianRatings:
        return GaussianRatings(None, QUICK)

    rating = (
        Grid("SVD", lambda: Surprise("svd")),
        Grid("LightFM", LightFMRatings, [{"factors": 2, "epochs": 1}]),
        Decided("SVD, with chatrec's decision", lambda: Surprise("svd")),
        Decided("chatrec", ours, knows_variance=True),
    )
    ranking = (
        Grid("EASE", ByItems, [{"ridge": 5.0}]),
        Grid("iALS", lambda: Factors("ials", factors=2)),
        Grid("BPR", lambda: Factors("bpr", factors=2)),
        OurBlend(BlendRecipe(liked_ridge=5.0, together_ridge=5.0)),
    )
    monkeypatch.setattr(rated_items, "contenders", lambda data: rating)
    monkeypatch.setattr(full_ranking, "contenders", lambda catalog: ranking)
    monkeypatch.setattr("chatrec.evaluation.rated_data.open_rated", lambda *args: DATA)


@pytest.mark.parametrize("error", [ImportError("no such module"), OSError("wrong ELF class"), ValueError("numpy.dtype size")])
def test_whatever_keeps_a_package_from_loading_has_one_name(error: Exception) -> None:
    with pytest.raises(PeerUnavailable, match=r"LightFM cannot be loaded \(.*\); build it\."), loading("LightFM", "build it"):
        raise error


def test_the_other_rated_items_rows_run_and_the_row_says_how_to_build_it(
    hide: Hide, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("surprise")
    hide("lightfm")
    assert main(["eval", "rated-items", "--data", "x", "--out", str(tmp_path)]) == 0
    told = capsys.readouterr()
    said = [line for line in told.err.splitlines() if "LightFM" in line]
    assert len(said) == 1
    assert "pip install --force-reinstall --no-deps --no-binary lightfm-next" in said[0]
    assert "| LightFM | not run: LightFM cannot be loaded" in told.out
    assert "| LightFM | not run: " in (tmp_path / "rated-items.md").read_text()
    table = json.loads((tmp_path / "rated-items.json").read_text())["tables"][0]
    assert set(table["rows"]) == {"SVD", "SVD, with chatrec's decision", "chatrec"}
    assert "__log_finite" in table["not run"]["LightFM"]


def test_a_peer_that_could_not_run_is_tried_again(hide: Hide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide("lightfm", "surprise")
    assert "LightFM" in rated_items.run(DATA, tmp_path).not_run

    class Mended:
        def __init__(self, factors: int, epochs: int) -> None:
            self.options = factors, epochs

        def fit(self, train: Ratings) -> None:
            """Nothing to learn."""

        def score(self, user: int, items: Rows) -> Any:
            return np.full(len(items), 4.0)

    mended = (Grid("LightFM", Mended, [{"factors": 2, "epochs": 1}]), rated_items.contenders(DATA)[-1])
    monkeypatch.setattr(rated_items, "contenders", lambda data: mended)
    report = rated_items.run(DATA, tmp_path)
    assert report.not_run == {}
    assert report.tables[0].rows["LightFM"]["NDCG@10"][0] > 0


def test_without_the_whole_extra_our_own_rows_still_run(hide: Hide, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hide("lightfm", "surprise", "implicit", "matplotlib")
    assert main(["eval", "rated-items", "--data", "x", "--out", str(tmp_path / "rated")]) == 0
    told = capsys.readouterr()
    assert "There is no plot: matplotlib cannot be loaded" in told.err
    assert "scikit-surprise could not be loaded: the caution" in told.out
    whole = json.loads((tmp_path / "rated" / "rated-items.json").read_text())
    assert set(whole["tables"][0]["rows"]) == {"chatrec"}
    assert whole["settings"]["options"]["chatrec"]["bar"] == "its own predictions without the decision"
    for command in ("full-ranking", "lists"):
        assert main(["eval", command, "--data", "x", "--out", str(tmp_path / "ranked")]) == 0
        told = capsys.readouterr()
        assert [line.split(" could")[0] for line in told.err.splitlines() if "implicit" in line] == ["iALS and BPR"]
        assert "| iALS | not run: implicit cannot be loaded" in told.out
        assert not list((tmp_path / "ranked").glob("*.png"))
    assert "times EASE" in (tmp_path / "ranked" / "full-ranking.md").read_text()


def test_a_decision_made_without_svd_is_not_taken_for_one_with_it(hide: Hide, tmp_path: Path) -> None:
    pytest.importorskip("surprise")
    with pytest.MonkeyPatch.context() as absent:
        absent.setattr(rated_items, "surprise_loads", lambda: False)
        absent.setattr(Surprise, "fit", lambda self, train: _unavailable())
        without = rated_items.run(DATA, tmp_path)
    assert "bar" in without.settings["options"]["chatrec"]
    assert "bar" not in rated_items.run(DATA, tmp_path).settings["options"]["chatrec"]


def _unavailable() -> None:
    raise PeerUnavailable("scikit-surprise cannot be loaded; install it.")
