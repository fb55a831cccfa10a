import pytest

from chatrec.retrieval.words import essence, fold, phrase, singular


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Amélie’s Café", "amelie cafe"),
        ("Pedro ALMODÓVAR", "pedro almodovar"),
        ("Samuel L. Jackson", "samuel l jackson"),
        ("Donald O'Connor", "donald oconnor"),
        ("post-apocalyptic", "post apocalyptic"),
        ("Søren Łukasz", "soren lukasz"),
        ("千と千尋", "千と千尋"),
        ("!?…", ""),
    ],
)
def test_folding_keeps_the_words_and_nothing_else(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "many"),
    [("zombie", "zombies"), ("hero", "heroes"), ("story", "stories"), ("witch", "witches"), ("child", "children"),
     ("dog", "dogs"), ("car", "cars"), ("spy", "spies"), ("tie", "ties"), ("slave", "slaves"),
     ("wolf", "wolves"), ("movie", "movies"), ("boss", "bosses")],
)  # fmt: skip
def test_singular_and_plural_meet(one, many):
    assert singular(one) == singular(many)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aliens", "alienation"),
        ("animals", "animation"),
        ("war", "warm"),
        ("bus", "bu"),
        ("class", "clas"),
        ("news", "new"),
        ("cars", "care"),
        ("planes", "plan"),
        ("stars", "stare"),
        ("70s", "70"),
    ],
)
def test_different_words_stay_apart(one, other):
    assert singular(one) != singular(other)


def test_a_phrase_is_found_as_whole_words_only():
    assert phrase("time travel") in phrase("A story of time-travels")
    assert phrase("art") not in phrase("the heart of the party")
    assert phrase("  ") == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I want to watch a film about dogs", "dogs"),
        ("Please recommend me some movies with Korean ghosts", "Korean ghosts"),
        ("a feel-good movie for a rainy Sunday", "feel-good for a rainy Sunday"),
        ("film noir", "film noir"),
        ("man with no memory", "man with no memory"),
        ("Up", "Up"),
        ("", ""),
    ],
)
def test_essence_drops_only_the_asking(text, kept):
    assert essence(text) == kept
