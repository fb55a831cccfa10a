"""A message -> the language it is written in, by script and by the small words that give a language away."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chatrec.engines.builtin.wording import fold

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30fa]")
_SMALL_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the a an of and or to in i is it with for that this something anything but not no my me you are was "
        "want like movie movies about please show give who what",
        "es": "el los las una unos que con sin para por quiero algo pelicula peliculas me gusta gustan encanta como "
        "pero mas muy busco y del es una ver recomienda noche anos",
        "fr": "le les une des que qui avec sans pour je veux quelque chose mais plus tres cherche et du est j aime "
        "un film comme pas ne moi dans sur ce soir annees voudrais",
        "de": "der die das ein eine einen und oder mit ohne fur ich will etwas aber nicht kein keine mag suche ist "
        "wie mochte bitte einer gerne mir was aus den",
        "it": "il lo gli una che con senza per vorrei qualcosa ma piu molto cerco mi piace piacciono e di un della "
        "non sono come film stasera anni consigliami italiano divertente bello qualche commedia",
        "pt": "um uma os que com sem para eu quero algo filme filmes mas mais muito procuro gosto do da nao e como "
        "voce favor anos queria",
        "nl": "de het een en of met zonder voor ik wil iets maar niet geen zoek van is zoals graag leuke",
        "sv": "en ett och eller med utan jag vill nagot men inte ingen som ar att bra filmer",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+")
_READ = 400


def language_of(text: str) -> str:
    """The ISO 639-1 code, `en` where nothing speaks for another language. Reads the first 400 words."""
    if len(_KANA.findall(text)) > 1:
        return "ja"
    letters = sum(map(str.isalpha, text)) or 1
    for code, script in _SCRIPTS:
        if len(script.findall(text)) * 3 > letters:
            return code
    words = [m.group() for _, m in zip(range(_READ), _WORD.finditer(fold(text)), strict=False)]
    scores = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items()}
    code = max(scores, key=lambda c: (scores[c], c == "en"))
    sure = scores[code] >= 2 or (scores[code] == 1 and len(words) <= 3)
    return code if sure and scores[code] > scores["en"] else "en"
