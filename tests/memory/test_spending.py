"""Ceilings hold against turns at the same time, outlast a restart, and start afresh each day."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from chatrec.errors import CeilingReached, SettingsError
from chatrec.memory.spending import Amount, Ceiling, Ceilings
from chatrec.memory.store import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(params=["file", "memory"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite3'}" if request.param == "file" else "sqlite://"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with closing(Store(url)) as opened:
        yield opened


def day(tokens: int | None = None, dollars: float | None = None) -> Ceilings:
    return Ceilings(day=Ceiling(tokens, dollars))


# --------------------------------------------------------------------------- what a host writes


@pytest.mark.parametrize(
    ("text", "ceiling"),
    [
        ("", Ceiling()),
        ("2 dollars", Ceiling(dollars=2.0)),
        ("$0.50", Ceiling(dollars=0.5)),
        ("0.5$", Ceiling(dollars=0.5)),
        ("1 USD", Ceiling(dollars=1.0)),
        ("300000 tokens", Ceiling(tokens=300_000)),
        ("300_000 tokens", Ceiling(tokens=300_000)),
        ("300k tokens", Ceiling(tokens=300_000)),
        ("1.5M tokens", Ceiling(tokens=1_500_000)),
        ("0 tokens", Ceiling(tokens=0)),
        (" $2 , 1 million tokens ", Ceiling(1_000_000, 2.0)),
    ],
)
def test_ceilings_are_read_as_people_write_them(text: str, ceiling: Ceiling) -> None:
    assert Ceiling.parse(text, "X") == ceiling


@pytest.mark.parametrize("text", ["5", "many tokens", "-2 dollars", "2 euros", "$2 dollars", "1,5 dollars", "1e3 tokens"])
def test_what_cannot_be_read_names_the_setting(text: str) -> None:
    with pytest.raises(SettingsError, match="CHATREC_DAYCEILING="):
        Ceiling.parse(text, "CHATREC_DAYCEILING")


# --------------------------------------------------------------------------- reserving and settling


def test_a_reservation_gives_way_to_what_was_spent(store: Store) -> None:
    talk, other = store.start_conversation("ann"), store.start_conversation("bob")
    spending = store.spending(day(10_000, 1.0))
    held = spending.reserve(talk, Amount(6_000, 0.5))
    assert (spending.today(), spending.of_conversation(talk)) == (Amount(6_000, 0.5), Amount(6_000, 0.5))
    spending.settle(held, Amount(4_000, 0.25))
    spending.reserve(other, Amount(5_000, 0.5))
    assert spending.today() == Amount(9_000, 0.75)
    assert (spending.of_conversation(talk), spending.of_conversation(other)) == (Amount(4_000, 0.25), Amount(5_000, 0.5))


@pytest.mark.parametrize("ceilings", [day(tokens=10_000), day(dollars=1.0)])
def test_a_ceiling_of_the_day_is_everybodys(store: Store, ceilings: Ceilings) -> None:
    spending = store.spending(ceilings)
    spending.reserve(store.start_conversation("ann"), Amount(6_000, 0.6))
    with pytest.raises(CeilingReached, match=r"Today's budget .* midnight UTC"):
        spending.reserve(store.start_conversation("bob"), Amount(6_000, 0.6))
    assert spending.today() == Amount(6_000, 0.6)


def test_a_ceiling_of_a_conversation_is_its_own(store: Store) -> None:
    spending = store.spending(Ceilings(day(50_000).day, Ceiling(tokens=10_000)))
    talk = store.start_conversation("ann")
    spending.reserve(talk, Amount(6_000))
    with pytest.raises(CeilingReached, match="This conversation has used up"):
        spending.reserve(talk, Amount(6_000))
    # What was refused is not set aside for the day either.
    assert spending.today().tokens == 6_000
    spending.reserve(store.start_conversation("ann"), Amount(6_000))


def test_a_ceiling_is_reached_at_its_last_token(store: Store) -> None:
    spending, talk = store.spending(day(10_000)), store.start_conversation("ann")
    spending.reserve(talk, Amount(10_000))
    with pytest.raises(CeilingReached):
        spending.reserve(talk, Amount(1))


def test_an_unknown_price_passes_no_ceiling_in_dollars(store: Store) -> None:
    talk = store.start_conversation("ann")
    with pytest.raises(CeilingReached):
        store.spending(day(dollars=1.0)).reserve(talk, Amount(10, None))
    store.spending(day(tokens=100)).reserve(talk, Amount(10, None))


def test_the_next_day_goes_on(store: Store) -> None:
    clock = [NOON]
    spending, talk = store.spending(day(10_000), lambda: clock[0]), store.start_conversation("ann")
    late = spending.reserve(talk, Amount(10_000))
    with pytest.raises(CeilingReached):
        spending.reserve(talk, Amount(1))
    # A quarter past midnight in UTC, whatever the clock on the host's wall says.
    clock[0] = (NOON + timedelta(hours=12, minutes=15)).astimezone(timezone(timedelta(hours=-8)))
    spending.reserve(talk, Amount(9_000))
    spending.settle(late, Amount(2_000))
    assert spending.today().tokens == 9_000
    assert spending.of_conversation(talk).tokens == 11_000


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    with closing(Store(url)) as store:
        talk = store.start_conversation("ann")
        store.spending(day(10_000)).reserve(talk, Amount(8_000))  # and dies before it settles
    with closing(Store(url)) as store, pytest.raises(CeilingReached):
        store.spending(day(10_000)).reserve(talk, Amount(3_000))


def test_turns_at_the_same_time_cannot_pass_a_ceiling_together(url: str, store: Store) -> None:
    spending = [store.spending(day(10_000)) for _ in range(4)]
    talks = [store.start_conversation(f"u{n}") for n in range(24)]

    def reserve(n: int) -> bool:
        try:
            spending[n % 4].reserve(talks[n], Amount(3_000, 0.1))
        except CeilingReached:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(reserve, range(24))) == 3
    assert spending[0].today().tokens == 9_000


def test_the_sum_of_the_day_outlasts_the_conversations_but_theirs_go_with_them(store: Store) -> None:
    spending, talk = store.spending(day(10_000)), store.start_conversation("ann")
    spending.reserve(talk, Amount(8_000))
    store.forget_user("ann")
    assert spending.today().tokens == 8_000
    assert spending.of_conversation(talk) == Amount()
    with pytest.raises(CeilingReached):
        spending.reserve(store.start_conversation("ann"), Amount(8_000))


# --------------------------------------------------------------------------- recording


def test_what_was_not_set_aside_is_recorded_and_counts(store: Store) -> None:
    spending, talk = store.spending(Ceilings()), store.start_conversation("ann")
    for _ in range(2):
        spending.record(talk, Amount(3_000, 0.25))
    spending.record(store.start_conversation("bob"), Amount(1_000, None))
    assert spending.today() == Amount(7_000, 0.5)
    assert spending.of_conversation(talk) == Amount(6_000, 0.5)
    with pytest.raises(CeilingReached):
        store.spending(day(10_000)).reserve(talk, Amount(4_000))


def test_of_a_conversation_that_was_deleted_the_day_still_counts(store: Store) -> None:
    talk = store.start_conversation("ann")
    store.forget_user("ann")
    store.spending(Ceilings()).record(talk, Amount(3_000, 0.25))
    assert store.spending(Ceilings()).today() == Amount(3_000, 0.25)


def test_records_at_the_same_time_add_up(url: str, store: Store) -> None:
    talks = [store.start_conversation(f"u{n}") for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda talk: store.spending(Ceilings()).record(talk, Amount(1_000, 0.25)), talks))
    assert store.spending(Ceilings()).today() == Amount(24_000, 6.0)
