import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Item
from chatrec.retrieval.moods import Moods, topical

CATALOG = Catalog(
    [
        Item("airplane", "Airplane!", genres=("Comedy",), keywords=("silly", "absurd", "parody")),
        Item("graduate", "The Graduate", genres=("Comedy", "Drama"), keywords=("witty", "melancholy")),
        Item("parasite", "Parasite", genres=("Thriller", "Drama", "Comedy"), keywords=("satirical", "dark", "tense")),
        Item("shoah", "Shoah", genres=("Documentary",), keywords=("meditative", "world war ii")),
        Item("pan", "Pan's Labyrinth", genres=("Fantasy", "War"), keywords=("magical", "dark", "violent", "gritty")),
        Item("totoro", "Totoro", genres=("Animation", "Fantasy"), keywords=("magical", "cosy", "whimsical")),
    ]
)
MOODS = Moods(CATALOG)


def ranked(mood):
    strength = MOODS.strength(mood)
    return [item.id for _, item in sorted(zip(-strength, CATALOG, strict=True), key=lambda pair: pair[0])]


def test_a_comedy_is_funnier_than_a_thriller_with_jokes_and_a_record_of_horrors_is_not_funny():
    assert ranked("funny")[:3] == ["airplane", "graduate", "parasite"]
    assert MOODS.strength("funny")[3] == 0


def test_what_speaks_against_a_mood_takes_a_share_away():
    assert ranked("magical")[:2] == ["totoro", "pan"]


def test_strengths_stay_between_zero_and_one():
    for mood in ("funny", "magical", "sad", "scary", "heartwarming", "nobody's mood"):
        assert 0 <= MOODS.strength(mood).min() <= MOODS.strength(mood).max() <= 1


def test_a_mood_without_a_family_is_a_keyword():
    assert MOODS.strength("world war ii").tolist() == [0, 0, 0, 1, 0, 0]


def test_a_refused_mood_is_what_is_plainly_labelled():
    assert MOODS.clear("dark").tolist() == [0, 0, 1, 0, 1, 0]


def test_the_leading_genre_counts_in_full_and_later_ones_less():
    assert MOODS.genre("comedy").tolist() == [1, 1, 0.5, 0, 0, 0]


@pytest.mark.parametrize(("text", "share"), [("funny witty comedy", 0), ("heist", 1), ("funny heist", 0.5), ("", 1)])
def test_the_topical_share_of_a_wish_leaves_feelings_out(text, share):
    assert topical(text) == share
