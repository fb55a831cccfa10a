from dataclasses import replace

import numpy as np
import pytest

from chatrec.catalog.table import Catalog
from chatrec.records import Constraint, Item
from chatrec.retrieval.filters import Filters
from chatrec.retrieval.relaxation import relaxations

KOREAN = Constraint("language", any_of=("Korean",), words="Korean")
SHORT = Constraint("runtime", at_most=90, words="under 90 minutes")
CATALOG = Catalog(
    [
        Item("k1", "K1", 2003, languages=("Korean",), runtime=120, acclaim=90.0),
        Item("k2", "K2", 2005, languages=("Korean",), runtime=100, acclaim=70.0),
        Item("k3", "K3", 2010, languages=("Korean",), runtime=104, acclaim=80.0),
        Item("k4", "K4", 2019, languages=("Korean",), runtime=132, acclaim=95.0),
        Item("k5", "K5", 2019, languages=("Korean",)),
        Item("e1", "E1", 1999, languages=("English",), runtime=80, certificate="18+", genres=("Horror",)),
        Item("e2", "E2", 1950, languages=("English",), runtime=85, certificate="all", genres=("Family",)),
    ]
)
FILTERS = Filters(CATALOG)
ALL = np.ones(len(CATALOG), dtype=bool)


def relax(*constraints, open_rows=ALL):
    return relaxations(CATALOG, FILTERS, constraints, open_rows)


def test_a_number_moves_to_the_nearest_value_that_lets_in_three():
    nearest, dropped = relax(KOREAN, SHORT)
    assert nearest.constraint == SHORT
    assert nearest.becomes == Constraint("runtime", at_most=120)
    assert (nearest.count, nearest.examples) == (3, ("k1", "k3", "k2"))
    assert (dropped.constraint, dropped.becomes, dropped.count) == (KOREAN, None, 2)


def test_every_promise_holds_when_it_is_tried():
    constraints = (KOREAN, SHORT)
    for relaxation in relax(*constraints):
        others = [c for c in constraints if c != relaxation.constraint and c not in relaxation.also]
        tried = FILTERS.allowed([*others, *((relaxation.becomes,) if relaxation.becomes else ())])
        assert tried.sum() == relaxation.count
        assert all(tried[CATALOG.row(item_id)] for item_id in relaxation.examples)


def test_a_range_widens_only_on_the_side_where_things_are():
    (relaxation,) = relax(Constraint("year", at_least=1920, at_most=1930))
    assert relaxation.becomes == Constraint("year", at_least=1920, at_most=2003)


def test_with_fewer_than_three_all_there_are_come_in():
    seventies = Constraint("year", at_least=1970, at_most=1979)
    relaxation = relax(seventies, Constraint("genre", any_of=("Horror", "Family")))[0]
    assert relaxation.becomes == Constraint("year", at_least=1950, at_most=1999)
    assert relaxation.count == 2


def test_what_protects_somebody_gives_way_last():
    child = Constraint("audience", at_most=9)
    found = relax(child, Constraint("genre", any_of=("Horror",)))
    assert [r.constraint.field for r in found] == ["genre", "audience"]


def test_where_no_single_one_helps_pairs_are_tried():
    western = Constraint("genre", any_of=("Western",))
    silent = Constraint("topic", any_of=("silent",))
    (relaxation,) = relax(western, silent)
    assert {relaxation.constraint, *relaxation.also} == {western, silent}
    assert relaxation.count == len(CATALOG)


def test_many_hopeless_constraints_are_dropped_together():
    hopeless = [Constraint("topic", any_of=(word,)) for word in ("lava", "yodel", "moss", "opal", "flax")]
    (relaxation,) = relax(*hopeless)
    assert len(relaxation.also) == 4
    assert relaxation.count == len(CATALOG)


def test_excluded_items_are_never_promised():
    shown = ALL.copy()
    shown[CATALOG.row("k1")] = False
    for relaxation in relax(KOREAN, SHORT, open_rows=shown):
        assert "k1" not in relaxation.examples
    assert relax(KOREAN, SHORT, open_rows=shown)[0].becomes == Constraint("runtime", at_most=132)


def test_where_everything_is_excluded_no_constraint_is_to_blame():
    assert relax(KOREAN, open_rows=~ALL) == ()


@pytest.mark.parametrize("field", ["popularity", "content.sex"])
def test_a_number_nobody_knows_can_only_be_dropped(field):
    (relaxation,) = [r for r in relax(Constraint(field, at_most=1), KOREAN) if r.constraint.field == field]
    assert relaxation.becomes is None
    assert relaxation.count == 5


def test_the_wording_of_the_person_does_not_stick_to_the_loosened_constraint():
    loosened = relax(KOREAN, SHORT)[0].becomes
    assert loosened is not None
    assert loosened == replace(loosened, words="")
