"""Wishes in scripts other than the Latin one."""

from __future__ import annotations

import pytest

from tests.engines.builtin.talking import asked, shapes


@pytest.mark.parametrize(
    ("message", "language", "conditions", "word"),
    [
        ("怖い映画を教えて", "ja", {"genre=Horror"}, "horror"),
        ("韓国のサスペンス映画", "ja", {"country=South Korea", "genre=Thriller"}, "thriller"),
        ("무서운 한국 영화", "ko", {"country=South Korea"}, "scary"),
        ("推荐一部科幻喜剧", "zh", {"genre=Science Fiction", "genre=Comedy"}, "comedy"),
        ("посоветуй смешную комедию", "ru", {"genre=Comedy"}, "funny"),
    ],
)
def test_themes_in_other_scripts(message: str, language: str, conditions: set[str], word: str) -> None:
    request = asked(message)
    assert request.language == language
    assert shapes(request) == conditions
    assert word in request.search_text.split()
