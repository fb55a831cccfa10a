"""The films that ship agree with public tables on year, director and runtime, and every difference is explained."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chatrec.catalog.table import read_catalog
from scripts.compare_facts import Agreement, compare, read_disputes, read_references

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("REAL_DATA") or ROOT.parent / "shared" / "data")
REFERENCES = (
    "tmdb-5000/tmdb_5000_movies.csv",
    "movielens-latest-small/movies.csv",
    "netflix-titles/netflix_titles.csv",
    "redial-dev/films.jsonl",
)

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    there = [DATA / name for name in REFERENCES if (DATA / name).exists()]
    if not there:
        pytest.skip(f"no reference table in {DATA}")
    catalog, problems = read_catalog(ROOT / "data" / "movies")
    assert problems == []
    references = (reference for path in there for reference in read_references(path))
    return compare(catalog, references, read_disputes(ROOT / "docs" / "catalog.md"))


def test_enough_films_are_compared(agreement: Agreement) -> None:
    assert len(agreement.films) >= 1500


@pytest.mark.parametrize(("fact", "goal"), [("director", 0.99), ("runtime", 0.97), ("language", 0.99), ("country", 0.99)])
def test_facts_agree_even_where_the_reference_is_wrong(agreement: Agreement, fact: str, goal: float) -> None:
    assert agreement.share(fact, disputed_count=True) >= goal


@pytest.mark.parametrize(("fact", "goal"), [("year", 0.99), ("director", 0.99), ("runtime", 0.97)])
def test_facts_agree_with_disputes_settled(agreement: Agreement, fact: str, goal: float) -> None:
    assert agreement.share(fact, disputed_count=False) >= goal


def test_years_differ_only_where_a_festival_or_a_mistake_explains_it(agreement: Agreement) -> None:
    assert agreement.share("year", disputed_count=True) >= 0.98


def test_every_dispute_that_is_listed_is_still_one(agreement: Agreement) -> None:
    if any(not (DATA / name).exists() for name in REFERENCES):
        pytest.skip("needs every reference")
    listed = set(read_disputes(ROOT / "docs" / "catalog.md"))
    assert listed == {(d.item_id, d.fact) for d in agreement.differences if d.disputed}
