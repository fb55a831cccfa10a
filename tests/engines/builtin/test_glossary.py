"""The data files of the languages: well formed, and their English is English that the reader knows."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from chatrec.engines.builtin import glossary as glossary_room
from chatrec.engines.builtin.glossary import Glossary, known_languages, read_glossary, words_in
from chatrec.engines.builtin.wording import fold, stem, words
from tests.engines.builtin.talking import reader

FOLDER = Path(glossary_room.__file__).parent / "glossaries"
LANGUAGES = sorted(known_languages())
OPERATORS = {"no", "similar to", "directed by", "about", "with", "before", "after", "under", "and", "or", "but", "film"}


def glossary(code: str) -> Glossary:
    found = read_glossary(code)
    assert found is not None
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_can_say_what_a_wish_needs(code: str) -> None:
    spoken = glossary(code)
    english = {said for said, _ in (*spoken.phrases.values(), *spoken.stems.values())}
    assert OPERATORS - {"with"} <= english
    assert {"comedy", "horror", "thriller", "documentary", "science fiction", "funny", "sad", "violence"} <= english
    assert {"korean", "french", "japanese"} <= english
    assert {"{n}s", "{n} hours", "{n} minutes"} <= {said for said, _ in spoken.patterns} | {"{n}s"}
    assert spoken.note.endswith((".", "。", "।", "۔"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_english_phrase_is_empty_of_meaning(code: str) -> None:
    spoken = glossary(code)
    for said, _ in (*spoken.phrases.values(), *spoken.stems.values()):
        assert said.replace(" ", "").replace("'", "").replace(".", "").isascii(), said


@pytest.mark.parametrize("code", LANGUAGES)
def test_genres_and_moods_are_phrases_the_lexicon_knows(code: str) -> None:
    lexicon = reader()._lexicon
    spoken = glossary(code)
    for said in ("comedy", "horror", "romantic comedy", "funny", "sad", "violence", "korean", "time travel"):
        assert said in {english for english, _ in (*spoken.phrases.values(), *spoken.stems.values())}
        assert lexicon.theme([stem(word) for word in words(said)], 0) is not None


def test_a_language_without_a_file_has_no_glossary() -> None:
    assert read_glossary("xx") is None
    assert read_glossary("../es") is None
    assert "en" not in LANGUAGES


@pytest.mark.parametrize(
    ("code", "text", "plain"),
    [
        ("ar", "أُريد ١٩٩٠", "ارید 1990"),
        ("hi", "फ़िल्म ९०", "फिल्म 90"),
        ("bn", "১৯৯০", "1990"),
        ("zh", "愛情片８０", "爱情片80"),
        ("es", "Película", "pelicula"),
    ],
)
def test_writing_is_made_alike_and_keeps_its_places(code: str, text: str, plain: str) -> None:
    made, places = glossary(code).plain(text)
    assert made == plain
    assert len(places) == len(made)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


def test_a_stem_stands_for_every_word_that_begins_with_it() -> None:
    russian = glossary("ru")
    assert russian.phrase(fold("комедиями")) == ("comedy", "words")
    assert russian.phrase(fold("комод")) is None


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_no_form_has_two_meanings(path: Path) -> None:
    table, spoken = tomllib.loads(path.read_text(encoding="utf-8")), glossary(path.stem)
    said: dict[str, str] = {}
    for order in ("words", "behind"):
        for english, forms in table.get(order, {}).items():
            for form in filter(None, (spoken.plain(form.strip())[0] for form in forms.split(","))):
                written = " ".join(words_in(form)) + "*" * form.endswith("*") if spoken.spaced else form
                assert said.setdefault(written, english) == english, (written, said[written], english)
