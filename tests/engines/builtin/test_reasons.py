"""Reasons: every claim backed, no two alike in a list, correct English, honest about weak matches."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from chatrec.catalog.table import Catalog, read_catalog
from chatrec.engines.builtin.english import article
from chatrec.engines.builtin.phrases import HOOKS, LEADS
from chatrec.engines.builtin.reasons import Writer
from chatrec.evidence import check
from chatrec.records import Constraint, Evidence, Item, Pick, Preference, Profile, Reading, Request, Sentence
from tests.engines.builtin.people import reading_of

SHIPPED = Path(__file__).parents[3] / "data" / "movies"
MOODS = ("magical", "dark", "funny", "tense", "romantic", "scary", "witty", "melancholy", "uplifting", "eerie")
TOPICS = ("heist", "grief", "space", "family bonds", "serial killer", "vampires", "music", "war", "detective")
GENRES = ("Comedy", "Animation", "Thriller", "Science Fiction", "Drama", "Horror", "Western", "Documentary")
CONDITIONS = (
    Constraint("runtime", at_most=130, words="under 130 minutes"),
    Constraint("year", at_least=1990, words="from the nineties on"),
    Constraint("content.violence", at_most=1, words="nothing violent"),
    Constraint("country", any_of=("Japan", "South Korea", "France"), words="not American"),
    Constraint("audience", at_most=9, words="for a nine-year-old"),
)


def random_reading(catalog: Catalog, dice: random.Random) -> Reading:
    some = [i.id for i in dice.sample(catalog.items, 4)]
    return reading_of(
        catalog,
        f"wish {dice.random()}",
        liked=some[: dice.randint(0, 2)],
        disliked=some[2 : 2 + dice.randint(0, 1)],
        moods=dice.sample(MOODS, dice.randint(0, 2)),
        topics=dice.sample(TOPICS, dice.randint(0, 1)),
        genres=dice.sample(GENRES, dice.randint(0, 1)),
        unwanted=[("mood", dice.choice(MOODS))] if dice.random() < 0.3 else (),
        constraints=dice.sample(CONDITIONS, dice.randint(0, 2)),
    )


def written(catalog: Catalog, reading: Reading, items: list[Item], seed: str) -> list[Pick]:
    writer = Writer(catalog, reading, seed)
    picks = []
    for rank, item in enumerate(items, 1):
        reason, evidence = writer.reason(item)
        picks.append(Pick(item.id, item.title, item.year, rank, reason, evidence))
    return picks


def skeleton(pick: Pick) -> str:
    """The reason with its claims blotted out."""
    text = pick.reason
    for claim in sorted({e.claim for e in pick.evidence}, key=len, reverse=True):
        text = text.replace(claim, "_")
    return text


def unsupported(catalog: Catalog, reading: Reading, pick: Pick) -> list[Evidence]:
    checked = check(pick, catalog[pick.item_id], reading.profile, reading.request, catalog)
    return [e for e in checked.evidence if not e.supported]


def lists(catalog: Catalog, number: int) -> list[tuple[Reading, list[Pick]]]:
    dice = random.Random(20)
    found = []
    for n in range(number):
        reading = random_reading(catalog, dice)
        found.append((reading, written(catalog, reading, dice.sample(catalog.items, 5), f"{n}")))
    return found


@pytest.fixture(scope="module")
def written_lists(films: Catalog) -> list[tuple[Reading, list[Pick]]]:
    return lists(films, 200)


def test_every_claim_of_every_reason_is_supported(films: Catalog, written_lists: list[tuple[Reading, list[Pick]]]) -> None:
    wrong = [(p.reason, e) for reading, picks in written_lists for p in picks for e in unsupported(films, reading, p)]
    assert not wrong[:5]


def test_every_claim_is_a_part_of_its_reason(written_lists: list[tuple[Reading, list[Pick]]]) -> None:
    for _, picks in written_lists:
        for pick in picks:
            assert all(e.claim and e.claim in pick.reason for e in pick.evidence)


def test_nearly_every_reason_cites_evidence(written_lists: list[tuple[Reading, list[Pick]]]) -> None:
    picks = [p for _, picks in written_lists for p in picks]
    assert all(p.evidence for p in picks)


def test_no_two_reasons_of_a_list_begin_alike_or_share_a_skeleton(written_lists: list[tuple[Reading, list[Pick]]]) -> None:
    for _, picks in written_lists:
        openings = [tuple(p.reason.lower().split()[:3]) for p in picks]
        assert len(set(openings)) == len(picks), openings
        assert len({skeleton(p) for p in picks}) == len(picks)


def test_articles_are_right_everywhere(written_lists: list[tuple[Reading, list[Pick]]]) -> None:
    for _, picks in written_lists:
        for pick in picks:
            own = re.sub(r"“[^”]*”", "", pick.reason)
            for found in re.finditer(r"\b(an?) (\S+)", own, re.IGNORECASE):
                assert found.group(1).lower() == article(found.group(2)), pick.reason


def test_reasons_are_one_or_two_tidy_sentences(films: Catalog, written_lists: list[tuple[Reading, list[Pick]]]) -> None:
    for _, picks in written_lists:
        for pick in picks:
            assert 20 <= len(pick.reason) <= 360, pick.reason
            assert pick.reason[0].isupper() or pick.reason[0] in "“0123456789", pick.reason
            assert pick.reason.endswith((".", "”", "!", "?")), pick.reason
            assert not re.search(r"a\(n\)|\{|\}|  |\.\.| ,| \.|[\ue000-\uf8ff]|\b(\w+) \1\b", pick.reason), pick.reason


def test_the_same_turn_reads_the_same(films: Catalog) -> None:
    reading = reading_of(films, "magic", liked=["spirited-away-2001"], moods=["magical"])
    items = [films["coraline-2009"], films["amelie-2001"]]
    assert written(films, reading, items, "7") == written(films, reading, items, "7")


def test_another_turn_reads_differently(films: Catalog) -> None:
    reading = reading_of(films, "magic", liked=["spirited-away-2001"], moods=["magical"])
    told = {written(films, reading, [films["coraline-2009"]], f"{n}")[0].reason for n in range(12)}
    assert len(told) > 5


def test_a_shared_director_is_said_with_both_facts(films: Catalog) -> None:
    reading = reading_of(films, "more like that", liked=["parasite-2019"])
    (pick,) = written(films, reading, [films["memories-of-murder-2003"]], "1")
    sources = {(e.source, e.fact) for e in pick.evidence}
    assert {("item.director", "Bong Joon-ho"), ("item.director@parasite-2019", "Bong Joon-ho")} <= sources
    assert "Parasite" in pick.reason


def test_a_person_asked_for_is_named(films: Catalog) -> None:
    wanted = Constraint("person", any_of=("Tilda Swinton",), words="with Tilda Swinton")
    reading = reading_of(films, "with Tilda Swinton", constraints=[wanted])
    for pick in written(films, reading, [films["orlando-1992"], films["only-lovers-left-alive-2013"]], "1"):
        assert "Tilda Swinton" in pick.reason


def test_what_the_person_dislikes_is_admitted(films: Catalog) -> None:
    reading = reading_of(films, "a classic", unwanted=[("genre", "Musical")])
    (pick,) = written(films, reading, [films["singin-in-the-rain-1952"]], "3")
    assert "musical" in pick.reason.lower()


def test_a_tone_asked_for_and_missing_is_never_claimed(films: Catalog) -> None:
    reading = reading_of(films, "something magical", moods=["magical"])
    for n in range(20):
        (pick,) = written(films, reading, [films["heat-1995"]], f"{n}")
        assert not unsupported(films, reading, pick)
        if "magical" in pick.reason:
            assert re.search(r"not magical|n't magical", pick.reason), pick.reason


def test_a_setting_or_make_asked_for_is_said(films: Catalog) -> None:
    reading = reading_of(films, "in black and white", topics=["black and white"])
    for film in [i for i in films if "black and white" in i.keywords][:3]:
        (pick,) = written(films, reading, [film], "1")
        assert "in black and white" in pick.reason


def test_what_half_the_catalog_has_is_no_reason() -> None:
    items = [Item(f"f{n}", f"F {n}", 1950 + n, genres=("Drama",), keywords=("female lead", "friendship")) for n in range(40)]
    catalog = Catalog(items, noun="film", plural="films")
    reading = reading_of(catalog, "like F 1", liked=["f1"])
    for pick in written(catalog, reading, items[5:15], "1"):
        assert "woman in the lead" not in pick.reason
        assert "friendship" not in pick.reason


def test_a_quotation_is_the_opening_or_the_feeling_and_never_half_a_thought() -> None:
    story = "Ivo mends clocks in a town that has stopped caring about the hour. He owes money. Warm as bread, and as plain."
    catalog = Catalog([Item("i", "Ivo", 2000, story, ("Drama",))], noun="film", plural="films")
    reading = Reading(Request("recommend", "x"), Profile())
    said = " ".join(written(catalog, reading, [catalog["i"]], f"{n}")[0].reason for n in range(20))
    assert "“Warm as bread, and as plain.”" in said
    assert "He owes money" not in said


def test_a_mention_is_not_called_love(films: Catalog) -> None:
    near = Sentence(
        "s1",
        "For now: in the spirit of Alien.",
        "constraint",
        "turn 1",
        "conversation",
        preferences=(Preference("item", "alien-1979", 0.6),),
    )
    request = Request("recommend", "something like Alien", anchors=("alien-1979",))
    reading = Reading(request, Profile((near,)))
    for n in range(10):
        (pick,) = written(films, reading, [films["aliens-1986"]], f"{n}")
        assert "loved" not in pick.reason


def test_the_language_is_large_enough() -> None:
    assert sum(map(len, LEADS.values())) >= 60
    assert sum(map(len, HOOKS.values())) >= 60


def test_a_list_longer_than_the_language_still_gets_its_reasons(films: Catalog) -> None:
    reading = reading_of(films, "anything")
    assert all(p.reason for p in written(films, reading, list(films.items), "1"))


def test_titles_and_descriptions_alone_are_enough() -> None:
    items = [
        Item(f"k{n}", f"Kettle {n}", description=f"A kettle that whistles {n} notes and never spills a drop.") for n in range(8)
    ]
    catalog = Catalog(items, noun="product", plural="products")
    reading = Reading(Request("recommend", "a kettle", search_text="kettle"), Profile())
    picks = written(catalog, reading, items[:6], "1")
    assert len({tuple(p.reason.lower().split()[:3]) for p in picks}) == 6
    assert all("film" not in p.reason for p in picks)
    assert not [e for p in picks for e in unsupported(catalog, reading, p)]


def test_items_with_nothing_but_a_title_are_named() -> None:
    catalog = Catalog([Item("a", "Alpha"), Item("b", "Beta")], noun="article", plural="articles")
    reading = Reading(Request("recommend", "x"), Profile())
    assert all(p.reason for p in written(catalog, reading, list(catalog.items), "1"))


def test_books_are_spoken_of_as_books() -> None:
    books = [
        Item(
            "dune",
            "Dune",
            1965,
            "Desert planet, giant worms, a boy who sees too far.",
            ("Science Fiction",),
            {"author": ("Frank Herbert",)},
        ),
        Item(
            "emma",
            "Emma",
            1815,
            "A clever young woman arranges everybody's life but her own.",
            ("Romance", "Comedy"),
            {"author": ("Jane Austen",)},
        ),
    ]
    catalog = Catalog(books, noun="book", plural="books")
    reading = Reading(Request("recommend", "a book"), Profile())
    text = " ".join(p.reason for n in range(10) for p in written(catalog, reading, books, f"{n}"))
    assert "film" not in text
    assert "directed" not in text
    assert "Frank Herbert" in text


def test_markup_and_marks_in_a_description_are_never_quoted() -> None:
    nasty = "<img src=x onerror=alert(1)> Click [here](http://evil.example) \ue000\ue100now\ue001 for a prize today."
    catalog = Catalog([Item("n", "Nasty", 2000, nasty, ("Drama",), keywords=("dark",))], noun="film")
    reading = Reading(Request("recommend", "x"), Profile())
    for n in range(20):
        (pick,) = written(catalog, reading, [catalog["n"]], f"{n}")
        assert "<" not in pick.reason
        assert "http" not in pick.reason


@pytest.mark.skipif(not SHIPPED.exists(), reason="the shipped catalog is not here")
def test_every_claim_about_the_shipped_films_is_supported() -> None:
    catalog, _ = read_catalog(SHIPPED)
    for reading, picks in lists(catalog, 60):
        for pick in picks:
            assert not unsupported(catalog, reading, pick), pick.reason
