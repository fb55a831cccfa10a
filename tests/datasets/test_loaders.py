"""Document loaders of langchain-community, and nothing else, can be named; their documents become items."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatrec.datasets.columns import Column, Plan, TableMap
from chatrec.datasets.lines import Problems
from chatrec.datasets.loaders import PACKAGE, open_loader, read, read_options
from chatrec.errors import DatasetError


@pytest.mark.parametrize(
    "path",
    [
        "os.system",
        "subprocess.Popen",
        "langchain_community.llms.Ollama",
        "langchain_community.document_loaders.__init__.CSVLoader",
        "langchain_community.document_loaders.csv_loader.csv.DictReader",
        "langchain_community.document_loaders..CSVLoader",
        "langchain_community.document_loaders_mine.CSVLoader",
        "xlangchain_community.document_loaders.CSVLoader",
        "langchain_community.document_loaders.csv_loader",
        "CSVLoader",
    ],
)
def test_nothing_outside_the_package_can_be_named(path: str) -> None:
    with pytest.raises(DatasetError, match="is no loader of langchain-community"):
        open_loader(path, {})


def test_options_are_json_where_they_can_be() -> None:
    assert read_options(['csv_args={"delimiter": ";"}', "file_path=books.csv", "limit=7"]) == {
        "csv_args": {"delimiter": ";"}, "file_path": "books.csv", "limit": 7,
    }  # fmt: skip
    with pytest.raises(DatasetError, match="is not NAME=VALUE"):
        read_options(["file_path"])


@pytest.fixture
def community() -> None:
    pytest.importorskip("langchain_community", reason="needs the extra `community`")


pytestmark = [
    # The package warns that it is no longer developed, and imports what warns too.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.mark.usefixtures("community")
def test_a_real_loader_gives_items(tmp_path: Path) -> None:
    (tmp_path / "books.csv").write_text("isbn,name,blurb\n11,Salt,An island.\n12,Tin,A city.\n")
    options = {"file_path": str(tmp_path / "books.csv"), "metadata_columns": ["isbn", "name"]}
    plan = Plan(items=TableMap(columns={"id": Column("isbn"), "title": Column("name")}), noun="book", plural="books")
    content = read(f"{PACKAGE}.CSVLoader", options, plan, Problems())
    assert [(item.id, item.title, item.description) for item in content.items] == [
        ("11", "Salt", "blurb: An island."),
        ("12", "Tin", "blurb: A city."),
    ]


@pytest.mark.usefixtures("community")
def test_documents_without_id_and_title_get_one_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\nThe first line\nand more\n")
    content = read(f"{PACKAGE}.text.TextLoader", {"file_path": str(tmp_path / "a.txt")}, Plan(), Problems())
    again = read(f"{PACKAGE}.text.TextLoader", {"file_path": str(tmp_path / "a.txt")}, Plan(), Problems())
    assert content.items[0].title == "The first line"
    assert content.items[0].description == "The first line and more"
    assert content.items == again.items


@pytest.mark.usefixtures("community")
@pytest.mark.parametrize(
    ("path", "options", "said"),
    [
        ("NoSuchLoader", {}, "has no loader"),
        ("CSVLoader", {}, "CSVLoader does not take these options"),
        ("CSVLoader", {"file_path": "/nowhere/x.csv"}, "CSVLoader could not load anything"),
    ],
)
def test_what_is_wrong_is_one_sentence(path: str, options: dict[str, object], said: str) -> None:
    with pytest.raises(DatasetError, match=said) as caught:
        read(f"{PACKAGE}.{path}", options, Plan(), Problems())
    assert "\n" not in str(caught.value)
    json.dumps(str(caught.value))
