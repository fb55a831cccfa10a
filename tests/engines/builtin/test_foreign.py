"""Messages in other languages over the shared films: titles in every form, and replies that stay honest."""

from __future__ import annotations

import pytest

from chatrec.engines.builtin.language_note import language_note
from chatrec.engines.builtin.languages import language_of
from chatrec.records import Sentence, Situation
from tests.engines.builtin.talking import asked, reader, shapes, talk


@pytest.mark.parametrize(
    ("message", "item"),
    [
        ("algo como Parásitos", "parasite-2019"),
        ("quelque chose comme Le Voyage de Chihiro", "spirited-away-2001"),
        ("Parasite habe ich geliebt", "parasite-2019"),
        ("千と千尋みたいな映画", "spirited-away-2001"),
        ("类似《千与千寻》的电影", "spirited-away-2001"),
        ("Parasite জাতীয় ছবি", "parasite-2019"),
    ],
)
def test_titles_as_other_languages_know_them(message: str, item: str) -> None:
    assert item in asked(message).anchors


def test_titles_the_catalog_lacks_are_named_in_english_or_as_bracketed() -> None:
    assert asked("algo como El padrino").unlinked == ("The Godfather",)
    assert asked("类似《没有这部电影》的电影").unlinked == ("没有这部电影",)


def test_an_ordinary_word_that_is_a_title_names_no_item() -> None:
    assert asked("un film avec le feu et la glace").mentions == asked("una película de amor").mentions == ()


def test_a_conversation_goes_on_in_its_language() -> None:
    first, second = talk("quiero una comedia", "sin violencia")
    assert second.request.language == first.request.language == "es"
    assert {"genre=Comedy", "content.violence<=0"} <= shapes(second.request)


def test_a_message_that_was_offered_is_english() -> None:
    readings = talk("quiero una comedia", "make it over 150 minutes", suggestions=("make it over 150 minutes",))
    assert readings[-1].request.language == "en"
    assert "runtime>=150" in shapes(readings[-1].request)


@pytest.mark.parametrize(
    ("message", "intent"),
    [("hola", "greeting"), ("merci beaucoup", "thanks"), ("你好", "greeting"), ("धन्यवाद", "thanks"),
     ("¿quién dirigió Alien?", "question"),
     ("wer führte Regie bei Alien?", "question"), ("vergiss alles", "reset"), ("что ты знаешь обо мне", "profile")],
)  # fmt: skip
def test_what_is_not_a_wish_is_told_apart(message: str, intent: str) -> None:
    assert asked(message).intent == intent


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("فيلم حزين", "ar"), ("کوئی فلم", "ur"), ("হাসির ছবি", "bn"), ("мені потрібен фільм", "uk"), ("saya mau film", "id"),
        ("mujhe koi film dikhao", "hi"), ("a film noir", "en"), ("South Korea", "en"),
        ("around 100 minutes", "en"), ("die hard", "en"),
        ("menos de dos horas", "es"), ("meno di due ore", "it"), ("Tom Hanks की फिल्म", "hi"), ("something like 七人の侍", "en"),
    ],
)  # fmt: skip
def test_languages_of_short_messages(message: str, language: str) -> None:
    assert language_of(message) == language


def test_the_language_before_stays_where_nothing_speaks_for_one() -> None:
    assert language_of("Parasite", "fr") == "fr"
    assert language_of("more like this", "fr") == "en"
    assert language_of("", "fr") == "en"


def test_the_note_is_in_the_persons_language_and_said_once() -> None:
    def note(message: str) -> str:
        return "".join(said.text for said in language_note(Situation(message, 1), reader().read(Situation(message, 1))))

    assert note("a comedy") == ""
    assert note("eine lustige Komödie bitte").startswith("Ich verstehe ein paar Wörter Deutsch")
    assert "hardly any Korean" in note("무서운 영화 추천해줘")


def test_a_profile_sentence_in_another_language_is_understood() -> None:
    sentence = reader().interpret(Sentence("s1", "nada de terror", "fact", "edit"))
    assert [(c.field, c.none_of) for c in sentence.constraints] == [("genre", ("Horror",))]


@pytest.mark.parametrize(
    ("message", "language"),
    [("warum der zweite?", "eine Komödie"), ("¿por qué la segunda?", "una comedia"), ("pourquoi le deuxième ?", "une comédie"),
     ("perché il secondo?", "una commedia, per favore"), ("почему второй?", "комедия")],
)  # fmt: skip
def test_why_is_asked_in_other_languages(message: str, language: str) -> None:
    request = asked(language, message)
    assert (request.intent, request.aspect) == ("question", "why")


@pytest.mark.parametrize(
    "message",
    ["eine Komödie, nicht zu lang", "una comedia que no sea muy larga", "une comédie pas trop longue",
     "non troppo lunga, una commedia",
     "uma comédia não muito longa", "комедия, не слишком длинная", "komedi yang tidak terlalu panjang", "喜剧，不要太长"],
)  # fmt: skip
def test_not_too_long_in_other_languages(message: str) -> None:
    assert {"runtime<=120", "genre=Comedy"} <= shapes(asked(message))


def test_what_is_wanted_in_german_is_no_lasting_taste() -> None:
    reading = talk("ich möchte einen lustigen Film")[-1]
    assert [s.scope for s in reading.profile.sentences] == ["conversation"]


def test_a_word_of_two_languages_is_of_the_one_spoken_before() -> None:
    assert language_of("mais antigo", "pt") == "pt"
    assert language_of("pas trop long", "fr") == "fr"
    assert language_of("something long and sad", "fr") == "en"
