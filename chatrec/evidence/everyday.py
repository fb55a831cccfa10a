"""Everyday words: terms of a catalog that a sentence uses without claiming anything about the item."""

from __future__ import annotations

from chatrec.evidence.tokens import keys_of, words

WEAK_GENRES = frozenset(("action", "adventure", "crime", "drama", "family", "history", "music", "mystery", "sport", "war"))
"""Genre names that are everyday nouns too: a claim only where they stand like a genre (`a crime film`, `this drama`)."""

WEAK_WORDS = words(
    "art action animals books chance childhood class conversation death disaster dreams faith family food forest friendship "
    "grief guilt history home hope identity island kindness life loss lost love magic memory money moving music mystery "
    "nature old parents past patience police politics power prison reality religion rivalry sacrifice school science sea "
    "sequel shadow silence silent space sports summer survival television theatre time train travel war water wedding "
    "winter women work world epic dark dance intimate playful desert mountains dogs actors angry hopeful moving tender "
    "writer writing youth future friends men woman man city town ship bus farm light color colour romance drama short "
    "independent dream star party game escape trust truth lie fight hero road river night day journey sport chase "
    "rescue"
)
"""Single words too ordinary to count as a false claim about an item unless they stand where a theme stands."""

WEAK_PHRASES = frozenset(("one day", "one night", "second chances", "big city", "small town"))
"""Phrases as ordinary as the weak words."""

TRIVIAL = frozenset(
    keys_of(
        "bar birthday body book boy brother car child children drag dying driving ex family father fight friend game girl hand "
        "home house land letter lie life loss lost love man men money mother night old parents party picture rain rose running "
        "season second secret sister soul sound stage stranger sun team time tree waiting water woman women word work youth"
    )
)
"""Comparison keys of words that stand in nearly every plot: never a false claim, and a true one only as the theme."""
