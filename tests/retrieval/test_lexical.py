import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.lexical import LexicalIndex


@pytest.fixture(scope="module")
def lexical(films):
    return LexicalIndex(films)


def found(lexical, films, text, k=3, allowed=None):
    return [films.items[row].id for row in lexical.search(text, k, allowed)[0]]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Tilda Swinton", {"orlando-1992", "only-lovers-left-alive-2013"}),
        ("bong joon-ho", {"parasite-2019", "memories-of-murder-2003"}),
        ("Amelie", {"amelie-2001"}),
        ("spirited away", {"spirited-away-2001"}),
        ("dinosaurs", {"jurassic-park-1993"}),
        ("superheroes", {"the-dark-knight-2008", "black-panther-2018"}),
        ("vienna", {"before-sunrise-1995"}),
    ],
)
def test_names_titles_and_themes_are_found(lexical, films, text, first):
    assert found(lexical, films, text, 1)[0] in first


def test_a_whole_name_beats_its_parts():
    catalog = Catalog(
        [
            Item("both", "A", people={"cast": ("Emma Brown", "Kate Stone")}),
            Item("one", "B", people={"cast": ("Emma Stone", "Kate Brown")}),
        ]
    )
    rows, scores = LexicalIndex(catalog).search("emma stone", 2)
    assert [catalog.items[row].id for row in rows] == ["one", "both"]
    assert scores[0] > scores[1]


def test_only_allowed_rows_are_found(lexical, films):
    allowed = np.array([films.row("aliens-1986"), films.row("her-2013")])
    assert found(lexical, films, "aliens in space", 5, allowed) == ["aliens-1986"]
    assert found(lexical, films, "aliens", 5, np.array([], dtype=np.int64)) == []


def test_rows_that_share_no_word_are_not_found(lexical, films):
    rows, scores = lexical.search("dinosaurs", 100)
    assert 0 < len(rows) < len(films)
    assert (scores > 0).all()


@pytest.mark.parametrize("text", ["", "the a of", "xyzzy qwerty", "!!!", "I want to watch a film"])
def test_a_text_without_a_telling_word_finds_nothing(lexical, text):
    assert len(lexical.search(text, 10)[0]) == 0
    assert not lexical.scores(text).any()


def test_scores_are_shares_of_the_best_thinkable(lexical):
    for text in ("space", "a melancholy vampire love story in Detroit", "word " * 5000):
        scores = lexical.scores(text)
        assert scores.min() >= 0
        assert scores.max() <= 1 + 1e-6


def test_one_matching_word_of_many_scores_low(lexical):
    assert lexical.scores("dinosaurs").max() > 0.9
    assert lexical.scores("dinosaurs dancing ballet under vienna in winter").max() < 0.6


def test_a_catalog_without_a_word_finds_nothing():
    assert len(LexicalIndex(Catalog([Item("a", "!"), Item("b", "?")])).search("anything", 3)[0]) == 0
