"""A turn in another language -> one honest sentence: some of its words are understood, the answer is in English."""

from __future__ import annotations

from collections.abc import Iterator

from chatrec.engines.builtin.glossary import read_glossary
from chatrec.records import Reading, Said, Situation

_WITHOUT_GLOSSARY = {
    "el": "Greek",
    "fa": "Persian",
    "he": "Hebrew",
    "ko": "Korean",
    "nl": "Dutch",
    "sv": "Swedish",
    "th": "Thai",
    "uk": "Ukrainian",
}


def language_note(situation: Situation, reading: Reading) -> Iterator[Said]:
    """The sentence, in the person's language where there is a glossary of it; nothing for English, or when said just before."""
    language = reading.request.language
    before = next((turn.request.language for turn in reversed(situation.history) if turn.request is not None), "en")
    if language in ("en", before):
        return
    glossary = read_glossary(language)
    name = _WITHOUT_GLOSSARY.get(language, "of your language")
    said = glossary.note if glossary else f"I read hardly any {name}, so I went by what I recognised, and I answer in English."
    yield Said(f"{said} ")
