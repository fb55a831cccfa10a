"""Folders of ratings, as downloaded and as imported, and the commands over them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.cli import main
from chatrec.datasets.choosing import Wish, reader_for
from chatrec.datasets.importing import write_catalog
from chatrec.errors import DatasetError
from chatrec.evaluation.lists import genre_table
from chatrec.evaluation.rated_data import RatedData, open_rated
from chatrec.evaluation.rating_peers import likeness_of


def movielens(folder: Path) -> Path:
    """A few rows in the form of MovieLens latest-small."""
    folder.mkdir()
    (folder / "movies.csv").write_text("movieId,title,genres\n1,Heat (1995),Crime\n2,Alien (1979),Horror|Sci-Fi\n")
    rows = [f"{user},{1 + user % 2},{3 + user % 3}.0,{1000 + user}" for user in range(1, 9)]
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + "\n".join(rows) + "\n")
    (folder / "links.csv").write_text("movieId,imdbId,tmdbId\n1,1,1\n2,2,2\n")
    (folder / "tags.csv").write_text("userId,movieId,tag,timestamp\n")
    return folder


def test_a_downloaded_folder_is_imported_once_and_keeps_the_order_of_its_rows(tmp_path: Path) -> None:
    folder = movielens(tmp_path / "ml")
    first = open_rated(folder, tmp_path / "out")
    assert [item.title for item in first.catalog] == ["Heat", "Alien"]
    assert first.ratings.value.tolist() == [4.0, 5.0, 3.0, 4.0, 5.0, 3.0, 4.0, 5.0]
    titles = [first.catalog.items[row].title for row in first.ratings.item]
    assert titles == ["Alien", "Heat"] * 4
    again = open_rated(tmp_path / "out" / "imported" / "ml", tmp_path / "elsewhere")
    assert again.ratings.digest == first.ratings.digest
    assert not (tmp_path / "elsewhere").exists()
    np.testing.assert_array_equal(first.ratings.at, np.arange(1001, 1009))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="There is no folder"):
        open_rated(tmp_path / "nowhere", tmp_path)


def test_the_commands_say_what_is_wrong_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("implicit")
    assert main(["eval", "lists", "--data", str(tmp_path / "nowhere")]) == 2
    assert "There is no folder" in capsys.readouterr().err
    assert main(["eval", "full-ranking", "--data", str(tmp_path), "--split", "odd"]) == 2
    assert "use temporal, random or both" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["rated-items", "full-ranking", "lists"])
def test_what_is_no_folder_of_ratings_is_named_in_one_line(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(data: Path) -> str:
        assert main(["eval", command, "--data", str(data), "--out", str(tmp_path / "out")]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith("chatrec: ")
        assert told.err.count("\n") == 1
        return told.err

    assert "There is no folder" in said(tmp_path / "nowhere")
    file = tmp_path / "notes.txt"
    file.write_text("Heat")
    assert str(file) in said(file)
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    (catalog / "items.jsonl").write_text('{"id": "heat", "title": "Heat"}\n')
    assert "holds no ratings" in said(catalog)


def test_what_an_import_counted_over_all_ratings_tells_a_protocol_nothing(tmp_path: Path) -> None:
    found = open_rated(movielens(tmp_path / "ml"), tmp_path / "out")
    told = [item for item in found.catalog if item.popularity is not None or item.acclaim is not None]
    assert told  # an import writes them from every rating, held out or not
    blank = Catalog([replace(item, popularity=None, acclaim=None) for item in found.catalog], name="blank")
    np.testing.assert_array_equal(likeness_of(found.catalog), likeness_of(blank))
    np.testing.assert_array_equal(genre_table(found.catalog), genre_table(blank))


def interactions(folder: Path, rows: list[str]) -> Path:
    """An imported catalog of books with these rows of `user,item,value,at`."""
    (folder / "books.csv").write_text("id,title\na,Salt\nb,Tin\nc,Oak\n")
    (folder / "acts.csv").write_text("user,item,value,at\n" + "\n".join(rows) + "\n")
    wish = Wish(source=str(folder / "books.csv"), interactions=folder / "acts.csv")
    with reader_for(wish, folder) as (name, read):
        write_catalog(read, folder / "catalog", dataset=name)
    return folder / "catalog"


def rated(folder: Path, values: list[str]) -> RatedData:
    rows = [f"u{place},{'abc'[place % 3]},{value},{place}" for place, value in enumerate(values)]
    return open_rated(interactions(folder, rows), folder / "out")


@pytest.mark.parametrize(
    ("values", "stars", "told"),
    [
        (["1", "2", "5", "0.5"], [1, 2, 5, 0.5], ()),
        (["0", "1", "2", "4"], [0, 1, 2, 4], ()),
        (["2", "4", "10", "6"], [1, 2, 5, 3], ("Ratings from 0 to 10 were turned into stars up to five.",)),
        (["20%", "40%", "100%", "60%"], [1, 2, 5, 3], ("Ratings from 0 to 100 were turned into stars up to five.",)),
        (["0.2", "0.4", "1", "0.6"], [1, 2, 5, 3], ("Ratings from 0 to 1 were turned into stars up to five.",)),
        (["-1", "0", "1", "0"], [0, 2.5, 5, 2.5], ("Ratings from -1 to 1 were turned into stars up to five.",)),
    ],
)
def test_ratings_on_any_scale_become_stars(tmp_path: Path, values: list[str], stars: list[float], told: tuple[str]) -> None:
    data = rated(tmp_path, values * 3)
    np.testing.assert_allclose(data.ratings.value, stars * 3, rtol=1e-6)
    assert data.notes == told


def test_of_several_ratings_of_one_item_by_one_person_the_last_counts(tmp_path: Path) -> None:
    rows = [f"u{place},a,{1 + place % 5},5" for place in range(10)]
    data = open_rated(interactions(tmp_path, ["u0,b,1,20", "u0,b,4,30", "u0,b,2,10", *rows]), tmp_path / "out")
    assert len(data.ratings) == 11
    assert data.ratings.value[0] == 4
    assert data.notes == ("2 ratings of what somebody had rated before were left out; the last counts.",)


def test_too_few_ratings_or_all_the_same_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"holds 3 ratings of its items; this protocol needs 8 and more"):
        rated(tmp_path, ["1", "2", "3"])
    with pytest.raises(DatasetError, match=r"All ratings in .* are the same \(4\)"):
        rated(tmp_path, ["4"] * 9)


def test_another_folder_of_the_same_name_or_a_changed_one_is_imported_anew(tmp_path: Path) -> None:
    first, second = movielens(tmp_path / "ml"), tmp_path / "other"
    second.mkdir()
    second = movielens(second / "ml")
    text = (second / "ratings.csv").read_text()
    (second / "ratings.csv").write_text(text + "9,1,1.0,5\n")
    assert len(open_rated(first, tmp_path / "out").ratings) == 8
    assert len(open_rated(second, tmp_path / "out").ratings) == 9
    (second / "ratings.csv").write_text(text + "9,1,1.0,5\n9,2,1.0,5\n")
    assert len(open_rated(second, tmp_path / "out").ratings) == 10
