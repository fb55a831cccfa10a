"""A message in another language -> its English words, and the items it names with their places in those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from chatrec.catalog.table import Catalog
from chatrec.catalog.titles import TitleLinker
from chatrec.engines.builtin.gloss import Held, Translator
from chatrec.engines.builtin.glossary import read_glossary
from chatrec.engines.builtin.lexicon import Lexicon
from chatrec.engines.builtin.parsed import Named
from chatrec.engines.builtin.wording import fold
from chatrec.records import Item

_BRACKETED = re.compile(r"《([^《》\n]{1,80})》|「([^「」\n]{1,80})」|『([^『』\n]{1,80})』|【([^【】\n]{1,80})】")
_LATIN_RUN = re.compile(r"[A-Za-z\u00c0-\u024f][\w'’:.&,-]*(?: [\w'’:.&,-]+)*", re.ASCII)
_OPENING = re.compile(r"(?:(?<=[.!?…] )|(?<=[¿¡])|^)[A-Z\u00c0-\u00de][^.!?\n]{0,80}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OWN_LETTERS = re.compile(r"[^\x00-\u024f]")


def _names_of(item: Item) -> frozenset[str]:
    """The folded titles of an item, also without their article."""
    titles = [fold(title) for title in (item.title, item.original_title) if title]
    return frozenset((*titles, *(title.removeprefix("the ") for title in titles)))


@dataclass(frozen=True, slots=True)
class InEnglish:
    """English `text` with the items `named` in it. `unlinked`: titles named that the catalog lacks; None: not looked for."""

    text: str
    named: tuple[Named, ...]
    unlinked: tuple[str, ...] | None


class Interpreter:
    """Puts messages into English words for one catalog. A language is read from its file when it is first met."""

    def __init__(self, catalog: Catalog, linker: TitleLinker, lexicon: Lexicon) -> None:
        self._catalog = catalog
        self._linker = linker
        self._lexicon = lexicon

    def english(self, text: str, language: str) -> InEnglish | None:
        """The message in English words; None where there is no glossary of its language."""
        glossary = read_glossary(language)
        if glossary is None:
            return None
        translator = Translator(glossary, self._lexicon)
        found: list[Named] = []
        unlinked: list[str] = []
        taken: list[tuple[int, int]] = []
        for start, end, name, ids in self._titles(text, translator, spaced=glossary.spaced):
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            if ids:
                found.append(Named(start, end, ids[:1], text[start:end], ids[1:]))
            else:
                unlinked.append(name)
        found.sort(key=lambda one: one.start)
        glossed = translator.gloss(text, [Held(one.start, one.end, one.surface) for one in found])
        placed = zip(found, glossed.places, strict=True)
        named = [Named(*place, one.item_ids, one.surface, one.alternatives) for one, place in placed if place != (0, 0)]
        return InEnglish(glossed.text, tuple(named), tuple(dict.fromkeys(unlinked)))

    def _titles(self, text: str, translator: Translator, *, spaced: bool) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
        """What may be titles, the surest first: place, name, and the items that go by it (none: the catalog lacks it)."""
        for match in _BRACKETED.finditer(text):
            group = next(n for n in range(1, 5) if match[n] is not None)
            inside = match[group]
            known = next((title for start, end, title in translator.titles(inside) if end - start == len(inside)), inside)
            yield *match.span(), known, self._ids(known)
        for start, end, title in translator.titles(text):
            yield start, end, title, self._ids(title)
        if not spaced:
            yield from self._in_running_text(text)
        yield from self._standing_out(text, translator)
        for span in self._linker.link(text):
            ordinary = " " not in span.surface and translator.knows(span.surface)
            if not ordinary and 0 <= span.start < span.end <= len(text) and span.item_id in self._catalog:
                yield span.start, span.end, span.surface, (span.item_id, *span.alternatives)

    def _standing_out(self, text: str, translator: Translator) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
        """Whole titles in Latin letters that stand among others, or begin a sentence with a capital."""
        latin = sum("a" <= character.lower() <= "z" for character in text)
        among_others = latin * 2 < sum(map(str.isalpha, text)) or not latin
        for match in (_LATIN_RUN if among_others else _OPENING).finditer(text):
            words = list(_WORD.finditer(match.group()))
            for size in range(min(len(words), 8), 0, -1):
                surface = match.group()[: words[size - 1].end()]
                named = {fold(surface), fold(surface).removeprefix("the ")}
                ids = [i for i in self._ids(surface) if named & _names_of(self._catalog[i])]
                if ids and not (size == 1 and translator.knows(surface)):
                    yield match.start(), match.start() + len(surface), surface, tuple(ids)
                    break

    def _ids(self, title: str) -> tuple[str, ...]:
        return tuple(i for i in self._linker.find(title) if i in self._catalog)

    def _in_running_text(self, text: str) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
        place = 0
        while place < len(text):
            longest = self._written.get(text[place : place + 2], 0)
            for length in range(min(longest, len(text) - place), 1, -1):
                ids = self._own_titles.get(fold(text[place : place + length]))
                if ids:
                    yield place, place + length, text[place : place + length], ids
                    place += length - 1
                    break
            place += 1

    @cached_property
    def _own_titles(self) -> Mapping[str, tuple[str, ...]]:
        """Original titles in letters of their own, of two letters or more, with the items that have them."""
        titles: dict[str, tuple[str, ...]] = {}
        for item in self._catalog:
            own = item.original_title
            if len(own) > 1 and _OWN_LETTERS.match(own):
                titles[fold(own)] = (*titles.get(fold(own), ()), item.id)
        return titles

    @cached_property
    def _written(self) -> Mapping[str, int]:
        """The two letters that such a title begins with -> the length of the longest that does."""
        lengths: dict[str, int] = {}
        for title in self._own_titles:
            lengths[title[:2]] = max(lengths.get(title[:2], 0), len(title))
        return lengths
