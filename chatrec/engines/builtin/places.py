"""How people name languages, countries and parts of the world -> the names catalogs use for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One adjective with the countries and languages it can mean; `speech` is True where it names a language alone.

    `search` is what the words say beyond the place.
    """

    words: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...] = ()
    speech: bool = False
    search: str = ""


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _speech(words: str, countries: str, languages: str) -> Place:
    return Place(_split(words), _split(countries), _split(languages), speech=True)


def _country(words: str, countries: str, languages: str = "") -> Place:
    return Place(_split(words), _split(countries), _split(languages))


_NORDIC = "Sweden, Denmark, Norway, Finland, Iceland"
_LATIN = "Mexico, Argentina, Brazil, Chile, Colombia, Peru, Uruguay, Cuba, Venezuela, Bolivia, Ecuador, Guatemala"
_EUROPE = (
    "France, Germany, Italy, Spain, United Kingdom, Ireland, Portugal, Austria, Switzerland, Belgium, Netherlands, Poland, "
    "Czechia, Czech Republic, Czechoslovakia, Slovakia, Hungary, Romania, Bulgaria, Greece, Serbia, Croatia, Slovenia, "
    "Bosnia and Herzegovina, Yugoslavia, Ukraine, Estonia, Latvia, Lithuania, West Germany, Luxembourg, Georgia, "
) + _NORDIC
_ASIA = (
    "Japan, South Korea, China, Hong Kong, Taiwan, India, Thailand, Vietnam, Indonesia, Philippines, Malaysia, Singapore, "
    "Cambodia, Bhutan, Mongolia, Nepal, Pakistan, Bangladesh, Sri Lanka"
)
_AFRICA = (
    "Nigeria, Senegal, South Africa, Kenya, Egypt, Morocco, Algeria, Tunisia, Mali, Ethiopia, Ghana, Mauritania, Burkina Faso, "
    "Cameroon, Chad, Democratic Republic of the Congo, Lesotho, Zambia, Rwanda, Sudan, Ivory Coast"
)

ADJECTIVES: tuple[Place, ...] = (
    _speech("english, ingles, anglais, englisch, inglese", "United Kingdom, United States", "English"),
    _country("french, frances, francesa, francais, francaise, franzosisch, franzosische, francese", "France", "French"),
    _country(
        "german, aleman, alemana, allemand, allemande, deutsch, deutsche, deutscher, tedesco, tedesca, alemao",
        "Germany",
        "German",
    ),
    _country("italian, italiano, italiana, italien, italienne, italienisch, italienische", "Italy", "Italian"),
    _country(
        "spanish, espanol, espanola, espagnol, espagnole, spanisch, spanische, spagnolo, spagnola, espanhol", "Spain", "Spanish"
    ),
    _country("portuguese, portugues, portugais, portugiesisch, portoghese", "Portugal", "Portuguese"),
    _country("japanese, japones, japonesa, japonais, japonaise, japanisch, japanische, giapponese", "Japan", "Japanese"),
    _country(
        "korean, south korean, k drama, coreano, coreana, coreen, coreenne, koreanisch, koreanische", "South Korea", "Korean"
    ),
    _speech("mandarin", "China, Taiwan", "Mandarin, Chinese"),
    _speech("cantonese", "Hong Kong", "Cantonese"),
    _country(
        "chinese, chino, china film, chinois, chinoise, chinesisch, chinesische, cinese",
        "China, Hong Kong, Taiwan",
        "Mandarin, Cantonese, Chinese",
    ),
    _speech("hindi", "India", "Hindi"),
    _speech("tamil", "India", "Tamil"),
    _speech("telugu", "India", "Telugu"),
    _speech("bengali", "India, Bangladesh", "Bengali"),
    _speech("urdu", "Pakistan, India", "Urdu"),
    _country("russian, ruso, rusa, russe, russisch, russische, russo", "Russia, Soviet Union", "Russian"),
    _country("swedish, schwedisch, schwedische, suedois, sueco", "Sweden", "Swedish"),
    _country("danish, danisch, danois, danes", "Denmark", "Danish"),
    _country("norwegian, norwegisch, norvegien", "Norway", "Norwegian"),
    _country("finnish, finnisch", "Finland", "Finnish"),
    _country("icelandic", "Iceland", "Icelandic"),
    _country("polish, polnisch, polonais, polaco", "Poland", "Polish"),
    _country("czech, tschechisch", "Czechia, Czech Republic, Czechoslovakia", "Czech"),
    _country("hungarian, ungarisch", "Hungary", "Hungarian"),
    _country("romanian, rumanisch", "Romania", "Romanian"),
    _country("greek, griechisch", "Greece", "Greek"),
    _country("turkish, turkisch", "Turkey", "Turkish"),
    _speech("persian, farsi", "Iran", "Persian, Farsi"),
    _speech("arabic", "Egypt, Lebanon, Morocco, Tunisia, Algeria, Jordan, Palestine, Saudi Arabia", "Arabic"),
    _speech("hebrew", "Israel", "Hebrew"),
    _country("thai", "Thailand", "Thai"),
    _country("vietnamese", "Vietnam", "Vietnamese"),
    _country("indonesian", "Indonesia", "Indonesian"),
    _country("dutch, hollandisch", "Netherlands", "Dutch"),
    _country("ukrainian", "Ukraine", "Ukrainian"),
    _country("iranian, iranisch, iranien, irani", "Iran", "Persian, Farsi"),
    _country(
        "american, hollywood, us american, americano, americana, amerikanisch, amerikanische, americain, americaine",
        "United States",
        "English",
    ),
    _country("british, english made, britisch, britisches, britannique, britanico", "United Kingdom", "English"),
    _country("scottish, welsh", "United Kingdom", "English"),
    _country("irish", "Ireland", "English"),
    _country("australian", "Australia", "English"),
    _country("canadian", "Canada", "English"),
    _country("new zealand, kiwi", "New Zealand", "English"),
    _country("mexican, mexicano, mexicana", "Mexico", "Spanish"),
    _country("brazilian, brasileiro, brasileira, brasileno", "Brazil", "Portuguese"),
    _country("argentinian, argentine, argentinean, argentino, argentina film", "Argentina", "Spanish"),
    _country("chilean", "Chile", "Spanish"),
    _country("colombian", "Colombia", "Spanish"),
    _country("austrian", "Austria", "German"),
    _country("swiss", "Switzerland"),
    _country("belgian", "Belgium"),
    _country("israeli", "Israel", "Hebrew"),
    _country("indian, indio, indien film, indisch, indische", "India", "Hindi"),
    _country("bollywood", "India", "Hindi"),
    _country("nollywood, nigerian", "Nigeria"),
    _country("taiwanese", "Taiwan", "Mandarin"),
    _country("hong kong", "Hong Kong", "Cantonese"),
    _country("south african", "South Africa"),
    _country("egyptian", "Egypt", "Arabic"),
    _country("lebanese", "Lebanon", "Arabic"),
    _country("senegalese", "Senegal"),
    _country("filipino, philippine", "Philippines"),
    Place(_split("scandinavian noir, nordic noir, scandi noir"), _split(_NORDIC), search="crime thriller detective"),
    _country("scandinavian, nordic, skandinavisch, scandinave", _NORDIC),
    _country("european, continental european, europeo, europeen, europaisch", _EUROPE),
    _country("latin american, south american, latino, latinoamericano, latinoamericana", _LATIN),
    _country("asian, east asian, asiatico, asiatique, asiatisch", _ASIA),
    _country("african, africano, africain", _AFRICA),
    _country("middle eastern", "Iran, Israel, Lebanon, Egypt, Turkey, Jordan, Saudi Arabia, Palestine, Syria, Iraq"),
)

# How an adjective is made to name a language.
SPOKEN = (
    "in {}", "{} language", "in the {} language", "{} speaking", "spoken in {}", "in spoken {}", "en {}", "auf {}", "em {}",
)  # fmt: skip

# Names of countries as people write them -> the catalog's; a name not listed here is taken from the catalog itself.
COUNTRY_NAMES: Mapping[str, tuple[str, ...]] = {
    "usa": ("United States",),
    "us": ("United States",),
    "u s": ("United States",),
    "u s a": ("United States",),
    "the states": ("United States",),
    "america": ("United States",),
    "united states": ("United States",),
    "uk": ("United Kingdom",),
    "u k": ("United Kingdom",),
    "britain": ("United Kingdom",),
    "great britain": ("United Kingdom",),
    "england": ("United Kingdom",),
    "scotland": ("United Kingdom",),
    "united kingdom": ("United Kingdom",),
    "korea": ("South Korea",),
    "south korea": ("South Korea",),
    "holland": ("Netherlands",),
    "the netherlands": ("Netherlands",),
    "czechia": ("Czechia", "Czech Republic", "Czechoslovakia"),
    "czech republic": ("Czechia", "Czech Republic", "Czechoslovakia"),
    "russia": ("Russia", "Soviet Union"),
    "ussr": ("Soviet Union",),
    "europe": _split(_EUROPE),
    "scandinavia": _split(_NORDIC),
    "latin america": _split(_LATIN),
    "south america": _split(_LATIN),
    "asia": _split(_ASIA),
    "africa": _split(_AFRICA),
    **{
        name.lower(): (name,)
        for name in _split(
            "Iran, Japan, China, India, France, Germany, Italy, Spain, Mexico, Brazil, Argentina, Chile, Sweden, "
            "Denmark, Norway, "
            "Finland, Iceland, Poland, Hungary, Romania, Greece, Turkey, Israel, Egypt, Lebanon, Thailand, Vietnam, Taiwan, "
            "Hong Kong, Australia, New Zealand, Canada, Ireland, Austria, Switzerland, Belgium, Portugal, "
            "Netherlands, Nigeria, "
            "Senegal, South Africa, Indonesia, Philippines, Colombia, Peru, Cuba, Ukraine, Serbia, Croatia, Georgia, Morocco, "
            "Tunisia, Algeria, Kenya, Ethiopia, Palestine, Pakistan, Saudi Arabia, Bhutan, Cambodia, Mongolia, Soviet Union"
        )
    },
    "japon": ("Japan",),
    "corea": ("South Korea",),
    "sudkorea": ("South Korea",),
    "coree du sud": ("South Korea",),
    "corea del sur": ("South Korea",),
    "corea del sud": ("South Korea",),
    "coreia do sul": ("South Korea",),
    "danemark": ("Denmark",),
    "norwegen": ("Norway",),
    "indien": ("India",),
    "inde": ("India",),
    "brasilien": ("Brazil",),
    "mexiko": ("Mexico",),
    "mexique": ("Mexico",),
    "polen": ("Poland",),
    "ungarn": ("Hungary",),
    "osterreich": ("Austria",),
    "griechenland": ("Greece",),
    "russland": ("Russia", "Soviet Union"),
    "grossbritannien": ("United Kingdom",),
    "inglaterra": ("United Kingdom",),
    "angleterre": ("United Kingdom",),
    "inghilterra": ("United Kingdom",),
    "giappone": ("Japan",),
    "japao": ("Japan",),
    "coree": ("South Korea",),
    "espana": ("Spain",),
    "espagne": ("Spain",),
    "spanien": ("Spain",),
    "francia": ("France",),
    "frankreich": ("France",),
    "italia": ("Italy",),
    "italien": ("Italy",),
    "alemania": ("Germany",),
    "allemagne": ("Germany",),
    "deutschland": ("Germany",),
    "germania": ("Germany",),
    "schweden": ("Sweden",),
    "suecia": ("Sweden",),
    "brasil": ("Brazil",),
}

REGIONS = frozenset(
    {place.words[0].title() for place in ADJECTIVES if len(place.countries) > 4}
    | {name.title() for name, countries in COUNTRY_NAMES.items() if len(countries) > 4}
)
"""The names of parts of the world that are many countries."""

# The same country under the names different catalogs give it.
SAME_COUNTRY: tuple[tuple[str, ...], ...] = (
    ("United States", "United States of America", "USA", "US", "U.S.A."),
    ("United Kingdom", "UK", "Great Britain", "Britain", "England"),
    ("South Korea", "Korea, South", "Republic of Korea", "Korea"),
    ("Russia", "Russian Federation"),
    ("Iran", "Islamic Republic of Iran", "Iran, Islamic Republic of"),
    ("Czechia", "Czech Republic"),
    ("Taiwan", "Taiwan, Province of China"),
)
