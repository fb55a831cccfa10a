"""A message -> the language it is written in, by script and by the small words that give a language away."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chatrec.engines.builtin.wording import fold

_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_WITHIN_SCRIPT = (
    ("zh", "ja", re.compile(r"[\u3041-\u309f\u30a1-\u30fa]")),
    ("ru", "uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ar", "ur", re.compile(r"[ٹڈڑںےہھ]|\bفلم")),
    ("ar", "fa", re.compile(r"[پچژگ]|\b(?:است|برای|فیلم|می|که|را)\b")),
)
"""Languages that share a script: the letters and words that only the second one has."""
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30fa]")
_SMALL_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the a an of and or to in i is it with for that this something anything but not no my me you are was want "
        "like movie movies about please show give who what film films from more without under some any nothing "
        "it's i'm don't i've can could would should have has less too by on at old new good around die will men "
        "come do he be minutes hours year years comedy comedies funny scary sad short long best great love loved "
        "liked watch watched seen saw recommend tonight so if than then there they we our us your her his him she "
        "when where why how which one two three thanks hello yes feel mood looking need find set war story "
        "stories suggest only just maybe violence violent romantic black white",
        "es": "en espanol quien dirigio trata dura cuanto mis el los las una unos que con sin para por quiero algo "
        "pelicula peliculas me gusta gustan encanta como pero mas muy busco y del es ver recomienda noche anos "
        "recomiendame algun alguna nada tipo parecida parecido comedia accion quisiera hola gracias si otra otro "
        "vi he visto mejor menos romantica divertida ciencia ficcion dirigida coreana japonesa francesa minutos "
        "horas de dos tres la lo ninos infantil pelis peli suspense larga corta nueva antigua japones coreano",
        "fr": "qui realise parle combien aimerais donne le les une des que avec sans pour je veux quelque chose mais "
        "plus tres cherche et du est j aime un film comme pas ne moi dans sur ce soir annees voudrais comedie "
        "drole horreur bonjour merci oui autre deja vu propose conseille francais coreen japonais heures moins de "
        "rien la enfants court",
        "de": "habe geliebt hat gesehen wer regie worum handelt lange gehts fuhrte einem keinen ahnliches der die das "
        "ein eine einen und oder mit ohne fur ich will etwas aber nicht kein keine mag suche ist wie mochte bitte "
        "einer gerne mir was aus den dem von uber unter wir ja nein danke hallo komodie filme lustig lustige "
        "lustiger lustigen spannend jahre jahren empfiehl ahnlich horrorfilm liebesfilm stunden schon eher "
        "weniger mehr zwei noch kinder spannender film kurzer",
        "it": "chi diretto parla dura sotto due tre sul nel il lo gli una che con senza per vorrei qualcosa ma piu "
        "molto cerco mi piace piacciono e di un della non sono come film stasera anni consigliami italiano "
        "divertente bello qualche commedia degli dei del ciao grazie simile visto ore meno niente paura coreano "
        "giapponese francese romantica bambini",
        "pt": "ate quem dirigiu trata quanto vi voces um uma os que com sem para eu quero algo filme filmes mas mais muito "
        "procuro gosto do da nao e como voce favor anos queria dos das de comedia obrigado obrigada ola sim outro "
        "outra assistir gostei parecido engracado engracada coreano japones frances menos horas recomenda "
        "recomende tipo acao",
        "id": "saya aku mau ingin film yang dengan tanpa untuk dan atau tidak jangan bukan seperti lucu horor komedi "
        "tahun dari tolong rekomendasi rekomendasikan cari carikan tentang kurang lebih jam menit suka mirip "
        "bagus sedih romantis jepang halo terima kasih oleh",
        "hi": "mujhe koi achi achhi acchi wali wala chahiye dikhao batao nahi nahin mein hai ki ka ke aur bina jaisi "
        "jaise hindi filme dekhni sujhao karo kuch se pehle baad",
        "nl": "de het een en of met zonder voor ik wil iets maar niet geen zoek van is zoals graag leuke",
        "sv": "en ett och eller med utan jag vill nagot men inte ingen som ar att bra filmer",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+")
_READ = 400


def language_of(text: str, before: str = "en") -> str:
    """The ISO 639-1 code; `before` is the language spoken until now, which stays where nothing speaks for any.

    Reads the first 400 words. English is what a message is taken for unless something speaks for another language.
    """
    words = [m.group() for _, m in zip(range(_READ), _WORD.finditer(fold(text)), strict=False)]
    scores = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items()}
    script = _script(text, strictly=scores["en"] > 0)
    if script:
        return script
    code = max(scores, key=lambda c: (scores[c], c == before, c == "en"))
    sure = scores[code] >= 2 or (scores[code] == 1 and len(words) <= 3)
    if sure and (scores[code] > scores["en"] or code == before):
        return code
    return before if not scores["en"] and words else "en"


def _script(text: str, *, strictly: bool) -> str:
    """The language that a script of its own speaks for; strictly: with a third of the letters."""
    letters = sum(map(str.isalpha, text)) or 1
    kana = len(_KANA.findall(text))
    for code, script in (("ja", _KANA), *_SCRIPTS):
        found = len(script.findall(text))
        enough = found * 3 > letters if strictly else found > 1
        if code == "ja" and kana > 1 and enough:
            return code
        if code != "ja" and enough:
            return next((other for one, other, own in _WITHIN_SCRIPT if one == code and own.search(text)), code)
    return ""
