"""Clean text, folding and words."""

from __future__ import annotations

import pytest

from chatrec.engines.builtin.wording import LONGEST, clean, fold, join, stem, tokens


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a <b>comedy</b>", "a comedy"),
        ("see https://example.org/x?y=1 now", "see now"),
        ("it’s “good”", 'it\'s "good"'),
        ("a\x00b\x1b\u200bc", "a b c"),
        ("one\r\n\n  two", "one\ntwo"),
        ("<script>alert(1)</script> a comedy", "alert(1) a comedy"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_long_message_keeps_its_beginning_and_end() -> None:
    text = clean("start " + "x " * 20_000 + "finish")
    assert len(text) <= LONGEST
    assert text.startswith("start")
    assert text.endswith("finish")


@pytest.mark.parametrize("text", ["Amélie", "ΑΒΓ", "Żółć", "무서운", "ガメラ", "İstanbul", "ß", "ﬁn", "plain"])
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_takes_accents_off_letters_but_leaves_other_scripts() -> None:
    assert fold("Amélie Żółć") == "amelie zołc"
    assert fold("무서운 ガメラ") == "무서운 ガメラ"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("comedy", "comedies"),
        ("movie", "movies"),
        ("zombie", "zombies"),
        ("witch", "witches"),
        ("hero", "heroes"),
        ("film", "films"),
    ],
)
def test_a_word_and_its_plural_have_one_stem(one: str, many: str) -> None:
    assert stem(one) == stem(many)


def test_tokens_know_their_places() -> None:
    text = "Children's sci-fi, d'horreur & more"
    assert [t.norm for t in tokens(text)] == ["children", "sci", "fi", ",", "d", "horreur", "and", "more"]
    assert all(text[t.start : t.end] == t.text for t in tokens(text))


@pytest.mark.parametrize(("parts", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_join(parts: list[str], text: str) -> None:
    assert join(parts) == text
