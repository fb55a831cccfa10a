import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Constraint, Item
from chatrec.retrieval.filters import Filters

CATALOG = Catalog(
    [
        Item("dark", "Dark Room", 1994, "A dark tale.", ("Thriller",), {"director": ("Ana Ruíz",), "cast": ("Bo Li",)},
             ("Spain",), ("Spanish", "English"), 90, ("dark", "twist ending"), "16+", 50.0, 80.0, content={"violence": 2}),
        Item("light", "Sunny Side", 2000, "Two friends clean a dark room in a zombie-free town.", ("Comedy", "Family"),
             {"director": ("Bo Li",), "cast": ("Ana Ruiz", "Cy Young")}, ("France", "Spain"), ("French",), 104,
             ("light-hearted", "super-hero"), "7+", 60.0, 70.0, content={"violence": 0, "fear": 0}),
        Item("bare", "Zombies!"),
        Item("hero", "Cape Town", 2010, "Superheroes argue about rent.", ("Action",), countries=("South Korea",),
             languages=("Korean",), runtime=130, keywords=("world war ii",), certificate="PG-13"),
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def filters():
    return Filters(CATALOG)


def ids(filters, **constraint):
    return {CATALOG.items[row].id for row in np.flatnonzero(filters.mask(Constraint(**constraint)))}


@pytest.mark.parametrize(
    ("constraint", "passing"),
    [
        ({"field": "genre", "any_of": ("comedy", "THRILLER")}, {"dark", "light"}),
        ({"field": "genre", "none_of": ("Thriller",)}, {"light", "bare", "hero"}),
        ({"field": "genre", "any_of": ("Comedy",), "none_of": ("Family",)}, set()),
        ({"field": "genre", "any_of": ("Western",)}, set()),
        ({"field": "language", "any_of": ("spanish",)}, {"dark"}),
        ({"field": "language", "any_of": ("English",)}, set()),
        ({"field": "language", "none_of": ("Spanish",)}, {"light", "bare", "hero"}),
        ({"field": "language", "none_of": ("English",)}, {"dark", "light", "bare", "hero"}),
        ({"field": "country", "any_of": ("south korea", "France")}, {"light", "hero"}),
        ({"field": "country", "any_of": ("Spain",)}, {"dark"}),
        ({"field": "country", "none_of": ("Spain",)}, {"bare", "hero"}),
        ({"field": "person", "any_of": ("ana ruiz",)}, {"dark", "light"}),
        ({"field": "person", "any_of": ("Ana Ruiz",), "role": "director"}, {"dark"}),
        ({"field": "person", "any_of": ("Ana Ruiz",), "role": "cast"}, {"light"}),
        ({"field": "person", "any_of": ("Ana Ruiz",), "role": "composer"}, set()),
        ({"field": "person", "none_of": ("Bo Li",)}, {"bare", "hero"}),
        ({"field": "person", "any_of": ("Ana",)}, set()),
        ({"field": "year"}, {"dark", "light", "bare", "hero"}),
        ({"field": "year", "at_least": 2000}, {"light", "hero"}),
        ({"field": "year", "at_most": 2000}, {"dark", "light"}),
        ({"field": "year", "at_least": 1990, "at_most": 1999}, {"dark"}),
        ({"field": "runtime", "at_most": 104}, {"dark", "light"}),
        ({"field": "popularity", "at_least": 55}, {"light"}),
        ({"field": "acclaim", "at_least": 80}, {"dark"}),
        ({"field": "audience", "at_most": 9}, {"light"}),
        ({"field": "audience", "at_most": 13}, {"light", "hero"}),
        ({"field": "audience", "at_least": 13}, {"dark", "hero"}),
        ({"field": "content.violence", "at_most": 1}, {"light"}),
        ({"field": "content.violence", "at_least": 2}, {"dark", "hero"}),
        ({"field": "content.fear", "at_most": 1}, {"light", "hero"}),
    ],
)  # fmt: skip
def test_a_constraint_means_what_its_record_says(filters, constraint, passing):
    assert ids(filters, **constraint) == passing


@pytest.mark.parametrize(
    ("topics", "passing"),
    [
        (("zombie",), {"light", "bare"}), (("superhero",), {"hero"}), (("super hero",), {"light", "hero"}),
        (("World War II",), {"hero"}), (("war",), {"hero"}), (("room dark",), set()), (("dark room",), {"dark", "light"}),
        (("comedies",), {"light"}),
        (("tal",), set()), (("tales",), {"dark"}), (("twist", "rent"), {"dark", "hero"}), (("",), set()),
    ],
)  # fmt: skip
def test_topics_are_looked_for_as_whole_words_everywhere(filters, topics, passing):
    assert ids(filters, field="topic", any_of=topics) == passing


def test_a_form_that_is_asked_for_is_looked_for_among_labels_alone():
    catalog = Catalog([Item("a", "A", keywords=("silent",)), Item("b", "B", description="A silent butler.")])
    mask = Filters(catalog).mask(Constraint("topic", any_of=("silent",)))
    assert mask.tolist() == [True, False]


def test_a_refused_theme_counts_wherever_it_is_told(filters):
    assert ids(filters, field="topic", none_of=("zombies",)) == {"dark", "hero"}
    assert ids(filters, field="topic", none_of=("superhero",)) == {"dark", "light", "bare"}


def test_a_refused_colour_counts_among_the_labels_only(filters):
    assert ids(filters, field="topic", none_of=("dark",)) == {"light", "bare", "hero"}


@pytest.mark.parametrize("field", ["genre", "language", "country", "person"])
def test_an_unknown_fact_satisfies_no_wish_and_every_refusal(filters, field):
    assert "bare" not in ids(filters, field=field, any_of=("Comedy", "English", "Spain", "Bo Li"))
    assert "bare" in ids(filters, field=field, none_of=("Comedy", "English", "Spain", "Bo Li"))


@pytest.mark.parametrize("field", ["year", "runtime", "audience", "popularity", "acclaim", "content.sex"])
def test_an_unknown_number_satisfies_no_bound(filters, field):
    assert "bare" not in ids(filters, field=field, at_least=-1)
    assert "bare" not in ids(filters, field=field, at_most=9999)


def test_constraints_hold_together(filters):
    both = (Constraint("year", at_least=1990), Constraint("person", any_of=("Bo Li",)))
    assert filters.allowed(both).tolist() == [True, True, False, False]
    assert filters.allowed(()).all()


@pytest.mark.parametrize(
    "constraint",
    [
        Constraint("colour", any_of=("red",)),
        Constraint("content.boredom", at_most=1),
        Constraint("content", at_most=1),
        Constraint("year", any_of=("1990",)),
        Constraint("genre", at_least=1),
    ],
)
def test_a_constraint_that_makes_no_sense_is_a_mistake_of_the_program(filters, constraint):
    with pytest.raises(ValueError, match=constraint.field):
        filters.mask(constraint)


def test_a_mask_may_be_changed_without_changing_the_next_one(filters):
    constraint = Constraint("topic", any_of=("dark",))
    filters.mask(constraint)[:] = False
    assert ids(filters, field="topic", any_of=("dark",)) == {"dark", "light"}


def test_the_shared_films_keep_their_promises(films):
    filters = Filters(films)
    for row in np.flatnonzero(filters.mask(Constraint("audience", at_most=9))):
        assert films.items[row].certificate in ("all", "7+")
    for row in np.flatnonzero(filters.mask(Constraint("content.fear", at_most=1))):
        assert films.items[row].content["fear"] <= 1
