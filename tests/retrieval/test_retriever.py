import json
import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Constraint, Item, Preference, Profile, Request, Sentence
from chatrec.retrieval.dense import DenseIndex
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.retriever import CatalogRetriever, Retriever
from tests.retrieval.embedders import WordEmbeddings


def wish(text="", **more):
    return Request(intent="recommend", message=text, search_text=text, **more)


def ids(shortlist):
    return [candidate.item_id for candidate in shortlist.candidates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lonely vampires who love music", "only-lovers-left-alive-2013"),
        ("dinosaurs escape from a theme park", "jurassic-park-1993"),
        ("a man lives the same day again and again", "groundhog-day-1993"),
        ("falling in love with a voice in a computer", "her-2013"),
        ("climbing a cliff without a rope", "free-solo-2018"),
        ("a painter falls in love with the bride on an island", "portrait-of-a-lady-on-fire-2019"),
        ("I want to watch a film about a detective and a rich family with a murder", "knives-out-2019"),
    ],
)
def test_a_wish_in_words_brings_the_film_meant(searcher, text, expected):
    assert expected in ids(searcher.search(wish(text), Profile()))[:2]


@pytest.mark.parametrize("text", ["", "space", "xyzzy", "🎬", "<b>war</b>", "love " * 3000])
def test_constraints_and_exclusions_hold_whatever_is_asked(searcher, films, text):
    constraints = (
        Constraint("year", at_least=1990),
        Constraint("genre", none_of=("Horror",)),
        Constraint("content.violence", at_most=2),
        Constraint("runtime", at_most=130),
    )
    excluded = ("her-2013", "up-2009", "no-such-film")
    shortlist = searcher.search(wish(text, constraints=constraints, excluded=excluded), Profile(), 100)
    fitting = {
        item.id
        for item in films
        if item.year >= 1990 and "Horror" not in item.genres and item.content["violence"] <= 2 and item.runtime <= 130
    } - set(excluded)
    assert set(ids(shortlist)) == fitting
    assert len(ids(shortlist)) == shortlist.considered == len(fitting)


def test_the_limit_is_kept(searcher, films):
    assert len(searcher.search(wish("love"), Profile(), 3).candidates) == 3
    assert len(searcher.search(wish("love"), Profile()).candidates) == 30
    assert len(searcher.search(wish("love"), Profile(), 1000).candidates) == len(films)
    assert searcher.search(wish("love"), Profile(), 0).candidates == ()


def test_what_resembles_the_examples_comes_first_and_they_do_not(searcher):
    shortlist = searcher.search(wish(anchors=("alien-1979",)), Profile(), 5)
    assert ids(shortlist)[0] in {"aliens-1986", "the-thing-1982"}
    assert "alien-1979" not in ids(shortlist)


def test_what_resembles_the_avoided_is_pushed_down(searcher):
    plain = {c.item_id: c.score for c in searcher.search(wish("space"), Profile(), 40).candidates}
    shy = {c.item_id: c.score for c in searcher.search(wish("space", avoided=("alien-1979",)), Profile(), 40).candidates}
    assert set(plain) - set(shy) == {"alien-1979"}
    loss = {item_id: plain[item_id] - score for item_id, score in shy.items()}
    assert max(loss, key=loss.__getitem__) == "aliens-1986"
    assert loss["aliens-1986"] > loss["casablanca-1942"]


def test_a_score_is_the_sum_of_what_each_source_added(searcher):
    request = wish(
        "magic", anchors=("coraline-2009",), avoided=("it-2017",), preferences=(Preference("genre", "Fantasy", 0.5),)
    )
    for candidate in searcher.search(request, Profile()).candidates:
        names = {"dense", "lexical", "wish", "similar", "kin", "avoided", "taste", "acclaim", "popularity", "sequel"}
        assert set(candidate.scores) == names
        assert candidate.score == pytest.approx(sum(candidate.scores.values()), abs=1e-4)


def test_taste_of_turn_and_profile_moves_the_list(searcher, films):
    like = Preference("genre", "Horror", 1.0)
    profile = Profile((Sentence("1", "Loves horror.", "like", "turn 1", preferences=(like,)),))
    for shortlist in (
        searcher.search(wish(), profile, 4),
        searcher.search(wish(preferences=(like,)), Profile(), 4),
    ):
        assert sum("Horror" in films[item_id].genres for item_id in ids(shortlist)) >= 3
    no_horror = searcher.search(wish(preferences=(replace(like, weight=-1.0),)), profile, 10)
    assert not any("Horror" in films[item_id].genres for item_id in ids(no_horror))


def test_starters_are_known_loved_and_unlike_each_other(searcher, films):
    starters = [films[item_id] for item_id in ids(searcher.search(wish(), Profile(), 6))]
    assert len({item.genres[0] for item in starters}) >= 4
    assert len({item.year // 10 for item in starters}) >= 4
    assert np.mean([item.acclaim for item in starters]) > np.mean([item.acclaim for item in films])


def test_one_film_of_a_series_unless_the_series_is_asked_for(retriever_over):
    parts = [Item(f"rocket-{n}", f"Rocket {n}", keywords=("space", "rocket"), series="Rocket", position=n) for n in range(3)]
    others = [Item(f"other-{n}", f"Other {n}", keywords=("space", "moon"), description="A quiet moon.") for n in range(5)]
    retriever = retriever_over(Catalog([*parts, *others]))
    top = ids(retriever.search(wish("space"), Profile(), 6))
    assert sum(item_id.startswith("rocket") for item_id in top) == 1
    assert sum(item_id.startswith("rocket") for item_id in ids(retriever.search(wish("rocket"), Profile(), 4))) >= 2


def test_a_late_part_of_a_series_gives_way_unless_the_series_is_known(retriever_over):
    late = Item("late", "Rocket 5", keywords=("space",), description="A rocket.", series="Rocket", position=5)
    first = Item("first", "Moon", keywords=("space",), description="A rocket.", series="Moon", position=1)
    known = Item("known", "Rocket", keywords=("sea",), description="A boat.", series="Rocket", position=1)
    retriever = retriever_over(Catalog([late, first, known]))
    assert ids(retriever.search(wish("space"), Profile()))[0] == "first"
    scores = {c.item_id: c.scores for c in retriever.search(wish("rocket in space", anchors=("known",)), Profile()).candidates}
    assert scores["late"]["sequel"] == 0


def test_when_the_constraints_leave_nothing_it_says_which_could_give_way(searcher):
    korean, short = Constraint("language", any_of=("Korean",)), Constraint("runtime", at_most=60)
    shortlist = searcher.search(wish("revenge", constraints=(korean, short)), Profile())
    assert (shortlist.candidates, shortlist.considered) == ((), 0)
    assert shortlist.relaxations[0].constraint == short
    assert shortlist.relaxations[0].count >= 3


def test_when_exclusions_leave_nothing_no_constraint_is_blamed(searcher, films):
    everything = tuple(item.id for item in films)
    shortlist = searcher.search(wish("love", excluded=everything), Profile())
    assert (shortlist.candidates, shortlist.relaxations) == ((), ())


def test_an_item_with_only_a_title_can_be_found(retriever_over):
    retriever = retriever_over(Catalog([Item("hose", "Garden Hose"), Item("mug", "Coffee Mug"), Item("!", "!")]))
    assert ids(retriever.search(wish("hose for my garden"), Profile()))[0] == "hose"


def test_the_same_request_gives_the_same_list(searcher):
    request = wish("bittersweet love", anchors=("amelie-2001",))
    assert searcher.search(request, Profile()) == searcher.search(request, Profile())


def test_threads_do_not_disturb_each_other(searcher):
    years = {"love": 0, "space": 1990, "ghosts": 2000, "music": 2010}
    requests = [wish(text, constraints=(Constraint("year", at_least=year),)) for text, year in years.items()]
    expected = [searcher.search(request, Profile()) for request in requests]
    wrong = []

    def work(number):
        wrong.extend(number for _ in range(10) if searcher.search(requests[number], Profile()) != expected[number])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_index_of_other_items_is_a_mistake_of_the_program(films):
    embedder = WordEmbeddings()
    dense = DenseIndex.build(["x"], embedder.encode(["x"]))
    with pytest.raises(ValueError, match="does not hold this catalog"):
        Retriever(films, embedder, dense, LexicalIndex(films))


async def test_langchain_can_call_it(searcher, films):
    retriever = CatalogRetriever(retriever=searcher, k=4)
    documents = retriever.invoke("dinosaurs")
    assert len(documents) == 4
    assert documents[0].id == "jurassic-park-1993"
    assert documents[0].page_content == films["jurassic-park-1993"].description
    assert documents[0].metadata["title"] == "Jurassic Park"
    assert documents[0].metadata["people"]["director"] == ["Steven Spielberg"]
    assert set(documents[0].metadata["scores"]) >= {"dense", "lexical"}
    json.dumps(documents[0].metadata)
    assert [d.id for d in await retriever.ainvoke("dinosaurs")] == [d.id for d in documents]


def test_conditions_on_facts_the_catalog_does_not_hold_are_set_aside(retriever_over: Callable[[Catalog], Retriever]) -> None:
    bare = Catalog([Item(str(n), f"Tale {n}", 1990 + n, genres=("Comedy" if n % 2 else "Drama",)) for n in range(6)])
    short, comedy = Constraint("runtime", at_most=100), Constraint("genre", any_of=("Comedy",))
    by, recent = Constraint("person", any_of=("Ang Lee",), role="director"), Constraint("year", at_least=1993)
    found = retriever_over(bare).search(Request("recommend", "something", constraints=(short, comedy, by, recent)))
    assert found.unrecorded == (short, by)
    assert {c.item_id for c in found.candidates} == {"3", "5"}


def test_one_item_with_the_fact_makes_its_condition_count(retriever_over: Callable[[Catalog], Retriever]) -> None:
    timed = Catalog([Item("a", "Tale", runtime=150), Item("b", "Story")])
    found = retriever_over(timed).search(Request("recommend", "something", constraints=(Constraint("runtime", at_most=100),)))
    assert (found.unrecorded, found.candidates) == ((), ())
    assert found.relaxations
