"""Wishes in fourteen languages over the shipped films: what must be in the request, and that the list keeps to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from chatrec.assemble import Parts, assemble
from chatrec.chat import Ask
from chatrec.engines.builtin.glossary import known_languages, read_glossary
from chatrec.records import Request
from chatrec.retrieval.filters import Filters
from chatrec.settings import read_settings
from tests.engines.builtin.talking import shapes

EIGHTIES, NINETIES = "year>=1980<=1989", "year>=1990<=1999"
COMEDY, HORROR, THRILLER = "genre=Comedy", "genre=Horror", "genre=Thriller"
NO_HORROR, CALM, SHORT = "genre!Horror", "content.violence<=0", "runtime<=120"
KOREAN, FRENCH = "country=South Korea", "country=France"
LIKE, SEARCH = "like ", "search "

WISHES: dict[str, list[tuple[str, set[str]]]] = {
    "es": [
        ("Quiero una comedia de los años 80", {COMEDY, EIGHTIES}),
        ("busco algo parecido a Amélie", {LIKE + "amelie-2001"}),
        ("algo como La vita è bella", {LIKE + "life-is-beautiful-1997"}),
        ("me encantó El padrino", {LIKE + "the-godfather-1972"}),
        ("películas de Almodóvar", {"person(director)=Pedro Almodóvar"}),
        ("un thriller de menos de 2 horas", {THRILLER, SHORT}),
        ("una película de animación sin violencia", {"genre=Animation", CALM}),
        ("algo triste, nada de terror", {NO_HORROR, SEARCH + "sad"}),
        ("película coreana posterior a 2010", {KOREAN, "year>=2011"}),
    ],
    "fr": [
        ("je cherche une comédie des années 80", {COMEDY, EIGHTIES}),
        ("quelque chose comme Le Parrain", {LIKE + "the-godfather-1972"}),
        ("un film avec Juliette Binoche", {"person(cast)=Juliette Binoche"}),
        ("un thriller coréen de moins de deux heures", {THRILLER, KOREAN, SHORT}),
        ("un film triste, pas d'horreur", {NO_HORROR, SEARCH + "sad"}),
        ("quelque chose de drôle sans violence", {CALM, SEARCH + "funny"}),
        ("un film de science-fiction d'après 2010", {"genre=Science Fiction", "year>=2011"}),
    ],
    "de": [
        ("Ich suche eine Komödie aus den 90ern", {COMEDY, NINETIES}),
        ("etwas wie Der Pate", {LIKE + "the-godfather-1972"}),
        ("ein Film mit Tilda Swinton", {"person(cast)=Tilda Swinton"}),
        ("unter zwei Stunden, spannend, kein Horror", {SHORT, NO_HORROR, SEARCH + "tense"}),
        ("keine Zeichentrickfilme, ein französischer Film bitte", {"genre!Animation", FRENCH}),
        ("ein trauriger Liebesfilm aus den achtziger Jahren", {"genre=Romance", EIGHTIES, SEARCH + "sad"}),
        ("ein Film über Zeitreisen ohne Gewalt", {CALM, SEARCH + "travel"}),
    ],
    "pt": [
        ("quero uma comédia dos anos 90", {COMEDY, NINETIES}),
        ("algo parecido com O Poderoso Chefão", {LIKE + "the-godfather-1972"}),
        ("um filme com Fernanda Montenegro", {"person(cast)=Fernanda Montenegro"}),
        ("um suspense coreano com menos de duas horas", {THRILLER, KOREAN, SHORT}),
        ("um filme triste, sem violência", {CALM, SEARCH + "sad"}),
        ("nada de terror, quero algo leve e engraçado", {NO_HORROR, SEARCH + "funny"}),
    ],
    "it": [
        ("vorrei una commedia italiana degli anni sessanta", {COMEDY, "country=Italy", "year>=1960<=1969"}),
        ("qualcosa come Nuovo Cinema Paradiso", {LIKE + "cinema-paradiso-1988"}),
        ("film di Federico Fellini", {"person(director)=Federico Fellini"}),
        ("un thriller sotto le due ore", {THRILLER, SHORT}),
        ("qualcosa di triste ma niente horror", {NO_HORROR, SEARCH + "sad"}),
        ("un film divertente senza violenza", {CALM, SEARCH + "funny"}),
    ],
    "id": [
        ("saya mau film komedi tahun 90-an", {COMEDY, NINETIES}),
        ("film seperti Parasite", {LIKE + "parasite-2019"}),
        ("film dengan Tom Hanks", {"person(cast)=Tom Hanks"}),
        ("film horor Jepang di bawah 2 jam", {HORROR, "country=Japan", SHORT}),
        ("film lucu tanpa kekerasan", {CALM, SEARCH + "funny"}),
        ("film sedih, jangan horor", {NO_HORROR, SEARCH + "sad"}),
    ],
    "ru": [
        ("Хочу комедию 80-х", {COMEDY, EIGHTIES}),
        ("что-нибудь похожее на Амели", {LIKE + "amelie-2001"}),
        ("мне понравился Сталкер", {LIKE + "stalker-1979"}),
        ("фильм Тарковского", {"person(director)=Andrei Tarkovsky"}),
        ("корейский триллер до двух часов", {KOREAN, THRILLER, SHORT}),
        ("что-нибудь грустное, но без насилия", {CALM, SEARCH + "sad"}),
        ("не люблю ужасы, хочу что-нибудь смешное", {NO_HORROR, SEARCH + "funny"}),
        ("фантастика до 1990 года", {"genre=Science Fiction", "year<=1989"}),
    ],
    "hi": [
        ("80 के दशक की कॉमेडी फिल्म चाहिए", {COMEDY, EIGHTIES}),
        ("९० के दशक की थ्रिलर", {THRILLER, NINETIES}),
        ("पैरासाइट जैसी कोई फिल्म", {LIKE + "parasite-2019"}),
        ("Parasite जैसी फिल्म", {LIKE + "parasite-2019"}),
        ("शाहरुख खान की फिल्म", {"person=Shah Rukh Khan"}),
        ("दो घंटे से कम की थ्रिलर", {THRILLER, SHORT}),
        ("हिंसा के बिना कोई मज़ेदार फिल्म", {CALM, SEARCH + "funny"}),
        ("मुझे हॉरर पसंद नहीं, कुछ दुखद दिखाओ", {NO_HORROR, SEARCH + "sad"}),
        ("mujhe 90s ki comedy film chahiye", {COMEDY, NINETIES}),
    ],
    "ur": [
        ("80 کی دہائی کی مزاحیہ فلم", {COMEDY, EIGHTIES}),
        ("۱۹۹۰ کی دہائی کی تھرلر فلم چاہیے", {THRILLER, NINETIES}),
        ("Parasite جیسی فلم", {LIKE + "parasite-2019"}),
        ("عامر خان کی فلم", {"person=Aamir Khan"}),
        ("دو گھنٹے سے کم کی تھرلر فلم", {THRILLER, SHORT}),
        ("کوئی اداس فلم لیکن ہارر نہیں", {NO_HORROR, SEARCH + "sad"}),
        ("تشدد کے بغیر مزے دار فلم", {CALM, SEARCH + "funny"}),
    ],
    "bn": [
        ("আশির দশকের কমেডি সিনেমা চাই", {COMEDY, EIGHTIES}),
        ("১৯৯০-এর দশকের থ্রিলার", {THRILLER, NINETIES}),
        ("সত্যজিৎ রায়ের সিনেমা", {"person(director)=Satyajit Ray"}),
        ("পথের পাঁচালীর মতো ছবি", {LIKE + "pather-panchali-1955"}),
        ("দুই ঘণ্টার কম হরর সিনেমা", {HORROR, SHORT}),
        ("সহিংসতা ছাড়া মজার ছবি", {CALM, SEARCH + "funny"}),
        ("ভূতের ছবি চাই না, দুঃখের কিছু চাই", {NO_HORROR, SEARCH + "sad"}),
    ],
    "ar": [
        ("أريد فيلم كوميدي من الثمانينات", {COMEDY, EIGHTIES}),
        ("فيلم مثل العراب", {LIKE + "the-godfather-1972"}),
        ("فيلم لنادين لبكي", {"person=Nadine Labaki"}),
        ("فيلم من بطولة توم هانكس", {"person(cast)=Tom Hanks"}),
        ("فيلم إثارة أقل من ساعتين", {THRILLER, SHORT}),
        ("فيلم حزين بدون عنف", {CALM, SEARCH + "sad"}),
        ("لا أريد أفلام الرعب، أريد شيئا مضحكا", {NO_HORROR, SEARCH + "funny"}),
        ("فيلم كوري بعد عام ٢٠١٠", {KOREAN, "year>=2011"}),
    ],
    "zh": [
        ("推荐一部80年代的喜剧片", {COMEDY, EIGHTIES}),
        ("九十年代的香港动作片", {NINETIES, "country=Hong Kong", "genre=Action"}),
        ("类似《寄生虫》的电影", {LIKE + "parasite-2019"}),
        ("像千与千寻那样的动画片", {LIKE + "spirited-away-2001", "genre=Animation"}),
        ("王家卫导演的电影", {"person(director)=Wong Kar-wai"}),
        ("两小时以内的科幻片，不要恐怖片", {SHORT, "genre=Science Fiction", NO_HORROR}),
        ("推薦兩小時以內的韓國驚悚片", {SHORT, KOREAN, THRILLER}),
        ("没有暴力的温馨电影", {CALM, SEARCH + "heartwarming"}),
        ("2010年以后的法国电影", {"year>=2011", FRENCH}),
    ],
    "ja": [
        ("90年代のコメディ映画", {COMEDY, NINETIES}),
        ("千と千尋の神隠しみたいな映画", {LIKE + "spirited-away-2001"}),
        ("「七人の侍」のような映画", {LIKE + "seven-samurai-1954"}),
        ("宮崎駿監督の映画", {"person(director)=Hayao Miyazaki"}),
        ("2時間以内のSF映画", {SHORT, "genre=Science Fiction"}),
        ("暴力のない泣ける映画", {CALM, SEARCH + "sad"}),
        ("ホラー以外の笑える映画", {NO_HORROR, SEARCH + "funny"}),
    ],
}  # fmt: skip
EACH = [(language, message, read) for language, wishes in WISHES.items() for message, read in wishes]


@pytest.fixture(scope="module")
def parts() -> Iterator[Parts]:
    assembled = assemble(read_settings({}), database_url="sqlite://")
    with closing(assembled.store):
        yield assembled


@pytest.fixture(scope="module")
def filters(parts: Parts) -> Filters:
    return Filters(parts.catalog)


def read_of(request: Request) -> set[str]:
    """Every condition, example and search word of a request as short text."""
    return shapes(request) | {LIKE + i for i in request.anchors} | {SEARCH + w for w in request.search_text.split()}


@pytest.mark.parametrize(("language", "message", "read"), EACH, ids=[message for _, message, _ in EACH])
def test_a_wish_is_read_and_the_list_keeps_to_it(
    parts: Parts, filters: Filters, language: str, message: str, read: set[str]
) -> None:
    turn = parts.chat.invoke(Ask(message, message, parts.store.start_conversation(message)))
    assert turn.request is not None
    assert turn.request.language == language
    assert read <= read_of(turn.request)
    assert turn.request.search_text.isascii()
    kept = filters.allowed(turn.request.constraints)
    assert turn.picks
    assert [p.title for p in turn.picks if not kept[parts.catalog.row(p.item_id)]] == []
    assert all(e.supported for p in turn.picks for e in p.evidence)
    glossary = read_glossary(language)
    assert glossary is not None
    assert turn.reply.startswith(glossary.note)
    assert turn.request.understood


def test_every_language_with_a_glossary_has_its_wishes() -> None:
    assert set(WISHES) == known_languages()
    assert all(len(wishes) >= 6 for wishes in WISHES.values())


def test_the_note_is_said_once_a_conversation_and_follow_ups_stay_in_the_language(parts: Parts) -> None:
    conversation = parts.store.start_conversation("follow")
    turns = [parts.chat.invoke(Ask(text, "follow", conversation)) for text in ("quiero una comedia", "sin violencia", "más")]
    note = "Entiendo algunas palabras en español"
    assert [turn.reply.count(note) for turn in turns] == [1, 0, 0]
    requests = [turn.request for turn in turns if turn.request is not None]
    assert [request.language for request in requests] == ["es", "es", "es"]
    assert {COMEDY, CALM} <= shapes(requests[-1])
    assert not {p.item_id for p in turns[1].picks} & {p.item_id for p in turns[2].picks}
