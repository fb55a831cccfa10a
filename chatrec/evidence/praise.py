"""Prizes, ratings, standing, fame, audience and place in a series in a reason, held against the item."""

from __future__ import annotations

import re

from chatrec.evidence.facts import words_of
from chatrec.evidence.numbers import number
from chatrec.evidence.passage import Passage
from chatrec.evidence.tokens import holds, keys_of
from chatrec.records import Item

_PRIZE = re.compile(
    r"\b(?:(?:won|winning|winner of|wins|nominated for|earned|took)\s(?:\S+\s){0,4}?)?"
    r"(?:oscars?|academy awards?|palme d['’]or|golden (?:globe|lion|bear|palm)s?|baftas?|c[eé]sars?|emmys?|grammys?|"
    r"booker(?: prize)?|"
    r"pulitzer(?: prize)?|nobel(?: prize)?|grand prix|award[- ]winning|prize[- ]winning|awards?|cannes|berlinale|"
    r"sundance|hugo award|nebula)\b"
    r"(?:[- ](?:winning|winner|nominated|nominee))?",
    re.IGNORECASE,
)
_RATING = re.compile(
    r"\b\d+(?:\.\d+)?\s?(?:%|percent\b|/\s?10\b|out of (?:10|ten|5|five)\b|stars?\b)|\b(?:five|four)[- ]stars?\b|"
    r"\b(?:rotten tomatoes|imdb|metacritic|letterboxd)\b|"
    r"\btop[- ](?:10|20|50|100|250)\b|\bbox[- ]office\b|\b(?:highest|top)[- ]grossing\b|\bbest-?selling\b|\bbestseller\b",
    re.IGNORECASE,
)
_ACCLAIM = (
    (
        re.compile(r"\b(?:masterpiece|one of the (?:best|greatest|finest)|all-time great|canonical|canon)\b", re.IGNORECASE),
        88,
        100,
    ),
    (re.compile(r"\b(?:divisive|divided (?:critics|opinion|people)|splits? opinion)\b", re.IGNORECASE), 35, 66),
    (
        re.compile(
            r"\b(?:(?:critically |widely |highly )?acclaimed|(?:widely|much|highly|well)[- ](?:admired|praised|loved|"
            r"regarded|liked)|beloved|"
            r"celebrated|admired|(?:an? |true |modern |undisputed )classic)\b",
            re.IGNORECASE,
        ),
        75,
        100,
    ),
)
_FAME = (
    (
        re.compile(
            r"\b(?:little[- ]known|lesser[- ]known|less(?:er)?[- ]seen|under[- ]?seen|overlooked|hidden gem|obscure|"
            r"under the radar|"
            r"not widely known|few people (?:know|have seen)(?: it)?)\b",
            re.IGNORECASE,
        ),
        0,
        60,
    ),
    (
        re.compile(
            r"\b(?:well[- ]known|widely known|household name|blockbuster|hugely popular|(?:most )?famous (?:film|"
            r"movie|book|title|one)|most people know(?: it)?)\b",
            re.IGNORECASE,
        ),
        70,
        100,
    ),
)
_FOR_AGE = re.compile(
    r"\b(?P<not>not\s)?(?:suitable|fine|okay|ok|good|safe|right|fit|cleared|all right)\sfor\s(?:an?\s|your\s)?"
    r"(?P<n>\d{1,2}|[a-z]+)[- ]year[- ]olds?\b|\b(?:ages?|from)\s(?P<up>\d{1,2})\s(?:and\s)?up(?:wards)?\b|"
    r"\b(?P<plus>\d{1,2})\+",
    re.IGNORECASE,
)
_FOR_ALL = re.compile(
    r"\b(?P<not>not\s)?(?:(?:suitable|fine|okay|good|safe)\s)?for\s(?:all ages|the whole family|everyone|"
    r"small children|kids|children)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?P<n>first|second|third|fourth|fifth|sixth|seventh|eighth|\d+(?:st|nd|rd|th))\s(?:\w+\s)?(?:in|of)\sthe\s"
    r"(?P<name>(?:[A-Z0-9][\w'’.-]*\s?|of\s|the\s|and\s|de\s)+?)\s*(?:series|trilogy|saga|franchise|cycle|films|books)\b"
)
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
AGES = {
    "all": 0, "u": 0, "g": 0, "tv-g": 0, "tv-y": 0, "tv-y7": 7, "pg": 8, "tv-pg": 8, "12": 12, "12a": 12, "pg-13": 13,
    "tv-14": 14, "r": 17, "tv-ma": 17, "nc-17": 18,
}  # fmt: skip
"""Certificates -> the youngest age (years); numbers with a plus sign speak for themselves."""


def youngest(item: Item) -> int | None:
    """The youngest age, in years, an item's certificate allows; None where it has none that is understood."""
    certificate = item.certificate.strip().lower()
    if certificate in AGES:
        return AGES[certificate]
    digits = re.fullmatch(r"(?:fsk\s?)?(\d{1,2})\+?", certificate)
    return int(digits.group(1)) if digits else None


def check_praise(passage: Passage) -> None:
    """Add a finding for every prize, rating, judgement of standing, age advice and place in a series."""
    item = passage.known.item
    names = [(m.start, m.end) for m in passage.vocabulary.names.along(passage.layout.tokens) if m.last > m.first]
    for pattern in (_PRIZE, _RATING):
        for found in pattern.finditer(passage.text):
            if passage.in_title(found.start(), found.end()) or any(a <= found.start() < b for a, b in names):
                continue
            told = holds(words_of(item), keys_of(found.group())) or any(
                keys_of(found.group()) == keys_of(k) for k in item.keywords
            )
            passage.add(found.start(), found.end(), "item.description" if told else "", found.group() if told else "", told)
    for field, scales in (("acclaim", _ACCLAIM), ("popularity", _FAME)):
        value: float | None = getattr(item, field)
        for scale, low, high in scales:
            for found in scale.finditer(passage.text):
                cult = passage.text[max(0, found.start() - 5) : found.end()].lower().startswith("cult")
                if cult or passage.in_title(found.start(), found.end()):
                    continue
                fact = "" if value is None else f"{value:g} of 100"
                negated = bool(re.search(r"\b(?:not|isn['’]t|less)\s(?:\w+\s)?$", passage.text[: found.start()]))
                fits = value is not None and (low <= value <= high) != negated
                passage.add(found.start(), found.end(), f"item.{field}" if fact else "", fact, fits)
    _check_audience(passage, item)
    _check_series(passage, item)


def _check_audience(passage: Passage, item: Item) -> None:
    age = youngest(item)
    source = "item.certificate" if item.certificate else ""
    for found in _FOR_AGE.finditer(passage.text):
        viewer = number((found.group("n") or found.group("up") or found.group("plus")).lower())
        if not viewer:
            continue
        fits = age is not None and (age <= viewer if found.group("n") else age == viewer)
        passage.add(
            found.start(), found.end(), source, item.certificate, bool(fits != bool(found.group("not"))) and age is not None
        )
    for found in _FOR_ALL.finditer(passage.text):
        highest = 0 if found.group().lower().endswith(("all ages", "everyone", "small children")) else 7
        fits = age is not None and (age <= highest) != bool(found.group("not"))
        passage.add(found.start(), found.end(), source, item.certificate, fits)


def _check_series(passage: Passage, item: Item) -> None:
    for found in _PLACE.finditer(passage.text):
        words = found.group("n").lower()
        place = int(re.sub(r"\D", "", words)) if words[0].isdigit() else _ORDINALS.index(words)
        fits = item.position == place and holds(keys_of(item.series), keys_of(found.group("name")))
        fact = f"{item.series} {item.position or ''}".strip()
        passage.add(found.start(), found.end(), "item.series" if fact else "", item.series, fits)
