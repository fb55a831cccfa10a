"""Messages in other languages, word for word in English."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatrec.engines.builtin.gloss import Glossed, Held, Translator
from chatrec.engines.builtin.glossary import known_languages, read_glossary
from tests.engines.builtin.talking import reader


def translator(code: str) -> Translator:
    glossary = read_glossary(code)
    assert glossary is not None
    return Translator(glossary, reader()._lexicon)


def gloss(code: str, text: str, *titles: str) -> Glossed:
    held = [Held(text.index(title), text.index(title) + len(title), title) for title in titles]
    return translator(code).gloss(text, held)


@pytest.mark.parametrize(
    ("code", "text", "english"),
    [
        ("es", "quiero una comedia de los años ochenta", "want comedy from 80s"),
        ("es", "que no sea muy violenta", "not too violent"),
        ("es", "de menos de hora y media", "under 1 hour and a half"),
        ("fr", "pas d'horreur", "no horror"),
        ("fr", "un film d'avant 1970", "film before 1970"),
        ("de", "über Zeitreisen, über zwei Stunden", "about time travel, over 2 hours"),
        ("de", "aus den Neunzigern", "from 90s"),
        ("pt", "até 2 horas", "at most 2 hours"),
        ("ru", "до 1990 года", "before 1990"),
        ("ru", "до двух часов", "under 2 hours"),
        ("hi", "२ घंटे से कम", "under 2 hours"),
        ("hi", "२००० से पहले", "before 2000"),
        ("ar", "بعد عام ٢٠١٠", "after 2010"),
        ("zh", "一九九〇年以前", "before 1990"),
        ("zh", "九十年代", "90s"),
        ("zh", "一百二十分钟以内", "at most 120 minutes"),
        ("zh", "推荐一部喜剧", "recommend comedy"),
        ("ja", "九十分以内", "at most 90 minutes"),
    ],
)
def test_words_and_numbers(code: str, text: str, english: str) -> None:
    assert gloss(code, text).text == english


@pytest.mark.parametrize(
    ("code", "text", "titles", "english"),
    [
        ("es", "algo como Alien pero sin violencia", ["Alien"], "something similar to Alien but no violence"),
        ("hi", "Alien और Heat जैसी फिल्म", ["Alien", "Heat"], "similar to Alien and Heat film"),
        ("hi", "Alien जैसी नहीं", ["Alien"], "no similar to Alien"),
        ("bn", "Alien এর মতো মজার ছবি", ["Alien"], "similar to Alien funny film"),
        ("ja", "Alienみたいな映画", ["Alien"], "similar to Alien film"),
    ],
)
def test_items_keep_their_names_and_places(code: str, text: str, titles: list[str], english: str) -> None:
    found = gloss(code, text, *titles)
    assert found.text == english
    assert [found.text[start:end] for start, end in found.places] == titles


@pytest.mark.parametrize(
    ("code", "text", "english"),
    [
        ("hi", "हिंसा के बिना मज़ेदार फिल्म", "no violence, funny film"),
        ("hi", "हिंसा और सेक्स के बिना", "no violence and sex"),
        ("hi", "हॉरर फिल्म नहीं", "no horror film"),
        ("ur", "تشدد کے بغیر بچوں کی فلم", "no violence, for kids film"),
        ("zh", "没有暴力的温馨电影", "no violence, heartwarming film"),
        ("ja", "暴力のない泣ける映画", "no violence, sad film"),
    ],
)
def test_a_refusal_said_behind_its_thing_reaches_that_thing_alone(code: str, text: str, english: str) -> None:
    assert gloss(code, text).text == english


def test_people_stay_and_words_without_english_go() -> None:
    assert gloss("es", "una película con Tilda Swinton y unas castañuelas").text == "film with Tilda Swinton and"
    assert gloss("ru", "фильм Тарковского").text == "film Andrei Tarkovsky"
    assert gloss("ar", "فيلم لنادين لبكي").text == "film Nadine Labaki"
    assert gloss("zh", "宫崎骏导演的").text == "directed by Hayao Miyazaki"


@given(st.sampled_from(sorted(known_languages())), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_glossed(code: str, text: str) -> None:
    half = len(text) // 2
    held = [Held(0, half, "Alien")] if half else []
    found = translator(code).gloss(text, held)
    assert len(found.places) == len(held)
    assert all(0 <= start <= end <= len(found.text) for start, end in found.places)
