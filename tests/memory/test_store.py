"""What is stored lasts, belongs to one person alone, and comes back as it went in."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chatrec.errors import StoreError, UnknownConversation
from chatrec.memory.opener import LONGEST_TURN, Opener
from chatrec.memory.store import LONGEST_TITLE, Store
from chatrec.records import (
    Candidate,
    Constraint,
    Evidence,
    ModelCall,
    Pick,
    Preference,
    Profile,
    Request,
    Sentence,
    Trace,
    Turn,
)

LIKES = Sentence("t1m1", "You love Coco.", "like", "turn 1", preferences=(Preference("item", "coco-2017", 1.0),))
SHORT = Sentence(
    "t1m2", "Under two hours.", "constraint", "turn 1", "conversation", constraints=(Constraint("runtime", at_most=120),)
)


@pytest.fixture(params=["file", "memory"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite3'}" if request.param == "file" else "sqlite://"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.close()


def turn(number: int = 1, *sentences: Sentence, message: str = "something magical", **changes: Any) -> Turn:
    picks = tuple(
        Pick(f"film-{n}", f"Film {n}", 1990 + n, n, "A reason.", (Evidence("a", "item.year", "1991"),), 0.5) for n in (1, 2)
    )
    finished = Turn(
        number,
        message,
        "Here are two.",
        picks,
        Request("recommend", message, constraints=(Constraint("year", at_least=1990),)),
        Profile(sentences),
        "built-in",
        timings={"total": 0.02},
        trace=Trace(
            (ModelCall("profile", "m", (("user", "hi"),), "{}", 0.1),), (Candidate("film-1", 0.9, {"dense": 0.8}),), 30
        ),
    )
    return replace(finished, **changes)


def talk(store: Store, *sentences: Sentence, user: str = "ann") -> str:
    """A conversation with one finished turn."""
    conversation = store.start_conversation(user)
    number = store.begin_turn(user, conversation, "something magical")
    store.finish_turn(user, conversation, turn(number, *sentences))
    return conversation


# ------------------------------------------------------------------------- turns


def test_a_turn_comes_back_as_it_was_stored(store: Store) -> None:
    conversation = talk(store, LIKES)
    (stored,) = store.history("ann", conversation)
    assert stored == replace(turn(1, LIKES), trace=Trace())
    assert store.trace("ann", conversation, 1) == turn(1, LIKES).trace


def test_a_message_is_stored_before_any_work_is_done_on_it(store: Store) -> None:
    conversation = store.start_conversation("ann")
    assert store.begin_turn("ann", conversation, "hello") == 1
    assert store.history("ann", conversation) == (Turn(1, "hello", status="open"),)
    assert store.trace("ann", conversation, 1) == Trace()


def test_turns_are_numbered_and_ordered(store: Store) -> None:
    conversation = talk(store)
    numbers = [store.begin_turn("ann", conversation, f"message {n}") for n in range(2, 12)]
    assert numbers == list(range(2, 12))
    assert [t.number for t in store.history("ann", conversation)] == list(range(1, 12))


def test_a_stopped_turn_stays_stopped(store: Store) -> None:
    conversation = store.start_conversation("ann")
    store.finish_turn("ann", conversation, turn(store.begin_turn("ann", conversation, "x"), status="stopped"))
    assert store.history("ann", conversation)[0].status == "stopped"


def test_a_turn_that_never_began_cannot_end(store: Store) -> None:
    with pytest.raises(UnknownConversation, match="turn 7"):
        store.finish_turn("ann", talk(store), turn(7))


@pytest.mark.parametrize(
    "message", ["a\0b", "half \ud800 a character", "😀 千と千尋", "'; DROP TABLE users; --", "", "x" * 10_000]
)
def test_any_message_can_be_stored(store: Store, message: str) -> None:
    conversation = store.start_conversation("ann")
    number = store.begin_turn("ann", conversation, message)
    assert store.history("ann", conversation)[0].status == "open"
    store.finish_turn("ann", conversation, turn(number, message=message))
    assert store.history("ann", conversation)[0].message == message
    assert store.conversations("ann")[0].turns == 1


def test_finishing_twice_keeps_the_last(store: Store) -> None:
    conversation = talk(store)
    store.finish_turn("ann", conversation, turn(1, reply="Again."))
    assert [t.reply for t in store.history("ann", conversation)] == ["Again."]
    assert store.export_user("ann")["conversations"][0]["turns"][0]["shown"] == ["film-1", "film-2"]


# ------------------------------------------------------------------------- retry


def test_a_reopened_turn_gives_its_message_and_takes_back_what_it_did(store: Store) -> None:
    before = Sentence("old", "You like jazz.", "like", "import")
    changed = Sentence("kept", "You are patient.", "fact", "import")
    conversation = store.start_conversation("ann")
    store.save_profile("ann", conversation, Profile((before, changed)))
    number = store.begin_turn("ann", conversation, "something magical")
    store.finish_turn("ann", conversation, turn(number, replace(changed, text="You are hasty."), LIKES))
    assert [s.text for s in store.profile("ann", conversation).sentences] == ["You are hasty.", "You love Coco."]

    assert store.reopen_turn("ann", conversation, number) == "something magical"
    assert store.profile("ann", conversation) == Profile((before, changed))
    assert store.history("ann", conversation) == (Turn(1, "something magical", status="open"),)
    assert store.trace("ann", conversation, 1) == Trace()
    assert store.export_user("ann")["conversations"][0]["turns"][0]["shown"] == []

    store.finish_turn("ann", conversation, turn(number, before, changed, SHORT))
    assert store.profile("ann", conversation) == Profile((before, changed, SHORT))


def test_what_the_person_edited_since_survives_a_retry(store: Store) -> None:
    conversation = talk(store, LIKES)
    edited = replace(LIKES, text="I adore Coco.", source="edit")
    store.replace_sentence("ann", conversation, edited)
    store.reopen_turn("ann", conversation, 1)
    assert store.profile("ann", conversation) == Profile((edited,))


# ------------------------------------------------------------------------- profile


def test_sentences_of_the_person_hold_everywhere_and_others_in_their_conversation(store: Store) -> None:
    first = talk(store, LIKES, SHORT)
    second = store.start_conversation("ann")
    assert store.profile("ann", first) == Profile((LIKES, SHORT))
    assert store.profile("ann", second) == Profile((LIKES,))


def test_saving_replaces_what_the_conversation_sees_and_nothing_else(store: Store) -> None:
    first, second = talk(store, LIKES, SHORT), store.start_conversation("ann")
    store.save_profile("ann", second, Profile())
    assert store.profile("ann", first) == Profile((SHORT,))
    ordered = Profile((SHORT, LIKES, Sentence("s3", "You hate rain.", "dislike", "edit")))
    store.save_profile("ann", first, ordered)
    assert store.profile("ann", first) == ordered


def test_one_sentence_is_replaced_switched_and_removed(store: Store) -> None:
    conversation = talk(store, LIKES, SHORT)
    store.replace_sentence("ann", conversation, replace(LIKES, text="You adore Coco."))
    store.switch_sentence("ann", conversation, "t1m2", False)
    assert store.profile("ann", conversation).sentences == (replace(LIKES, text="You adore Coco."), replace(SHORT, on=False))
    store.remove_sentence("ann", conversation, "t1m1")
    store.remove_sentence("ann", conversation, "t1m1")
    store.switch_sentence("ann", conversation, "gone", True)
    new = Sentence("s9", "You like trains.", "like", "edit")
    store.replace_sentence("ann", conversation, new)
    assert store.profile("ann", conversation).sentences == (replace(SHORT, on=False), new)


def test_a_sentence_can_move_from_the_conversation_to_the_person(store: Store) -> None:
    conversation = talk(store, SHORT)
    store.replace_sentence("ann", conversation, replace(SHORT, scope="person"))
    assert store.profile("ann", store.start_conversation("ann")) == Profile((replace(SHORT, scope="person"),))
    assert len(store.profile("ann", conversation).sentences) == 1


def test_what_the_person_does_during_a_turn_wins_over_the_turn(store: Store) -> None:
    conversation = talk(store, LIKES, SHORT)
    number = store.begin_turn("ann", conversation, "newer")
    store.switch_sentence("ann", conversation, "t1m1", False)
    store.remove_sentence("ann", conversation, "t1m2")
    mine = Sentence("s1", "I wrote this.", "fact", "edit")
    store.replace_sentence("ann", conversation, mine)
    new = Sentence("t2m1", "Newer than 2000.", "constraint", "turn 2")
    store.finish_turn("ann", conversation, turn(number, replace(LIKES, text="You love Coco a lot."), SHORT, new))
    assert set(store.profile("ann", conversation).sentences) == {replace(LIKES, on=False), mine, new}


def test_a_turn_whose_message_was_never_read_leaves_the_profile_alone(store: Store) -> None:
    conversation = talk(store, LIKES)
    number = store.begin_turn("ann", conversation, "x")
    store.finish_turn("ann", conversation, Turn(number, "x", status="stopped"))
    assert store.profile("ann", conversation) == Profile((LIKES,))


def test_conversations_that_chose_the_same_id_do_not_overwrite_each_other(store: Store) -> None:
    hidden = replace(SHORT, id="t1m1")
    first = talk(store, hidden)
    second = talk(store, LIKES)
    assert store.profile("ann", second) == Profile((LIKES,))
    seen = store.profile("ann", first).sentences
    assert {s.text for s in seen} == {hidden.text, LIKES.text}
    assert len({s.id for s in seen}) == 2


# ------------------------------------------------------------------------- conversations


def test_conversations_are_listed_newest_first_once_they_have_a_turn(store: Store) -> None:
    first, second, empty = talk(store), talk(store), store.start_conversation("ann")
    assert [s.id for s in store.conversations("ann")] == [second, first]
    store.begin_turn("ann", first, "more")
    listed = store.conversations("ann")
    assert [(s.id, s.turns) for s in listed] == [(first, 2), (second, 1)]
    assert empty not in {s.id for s in listed}
    assert listed[0].started <= listed[0].updated
    assert [s.id for s in store.conversations("ann", limit=1)] == [first]
    assert store.conversations("nobody") == ()


def test_a_title_is_the_first_message_cut_at_a_word(store: Store) -> None:
    conversation = store.start_conversation("ann")
    store.begin_turn("ann", conversation, "  something\nmagical and strange " + "for grown-up people " * 9)
    (summary,) = store.conversations("ann")
    assert summary.title == "something magical and strange for grown-up people for…"
    assert len(summary.title) <= LONGEST_TITLE
    store.begin_turn("ann", conversation, "newer")
    assert store.conversations("ann")[0].title == summary.title


def test_a_title_without_words_to_cut_at_is_cut_anyway(store: Store) -> None:
    store.begin_turn("ann", store.start_conversation("ann"), "x" * 200)
    assert store.conversations("ann")[0].title == "x" * (LONGEST_TITLE - 1) + "…"


def test_a_conversation_is_renamed_and_an_empty_name_brings_the_first_message_back(store: Store) -> None:
    conversation = talk(store)
    store.rename_conversation("ann", conversation, "Sunday")
    assert store.conversations("ann")[0].title == "Sunday"
    store.rename_conversation("ann", conversation, " ")
    assert store.conversations("ann")[0].title == "something magical"


def test_a_deleted_conversation_takes_its_own_sentences_along(store: Store) -> None:
    conversation = talk(store, LIKES, SHORT)
    store.delete_conversation("ann", conversation)
    assert store.conversations("ann") == ()
    with pytest.raises(UnknownConversation):
        store.history("ann", conversation)
    assert [line["id"] for line in store.export_user("ann")["profile"]] == ["t1m1"]


# ------------------------------------------------------------------------- people


def test_nobody_reaches_into_somebody_elses_conversation(store: Store) -> None:
    conversation = talk(store, LIKES)
    store.ensure_user("eve")
    attempts = [
        lambda user, c: store.begin_turn(user, c, "hi"),
        lambda user, c: store.finish_turn(user, c, turn()),
        lambda user, c: store.reopen_turn(user, c, 1),
        lambda user, c: store.history(user, c),
        lambda user, c: store.trace(user, c, 1),
        lambda user, c: store.profile(user, c),
        lambda user, c: store.save_profile(user, c, Profile()),
        lambda user, c: store.replace_sentence(user, c, LIKES),
        lambda user, c: store.remove_sentence(user, c, "t1m1"),
        lambda user, c: store.switch_sentence(user, c, "t1m1", False),
        lambda user, c: store.rename_conversation(user, c, "mine"),
        lambda user, c: store.delete_conversation(user, c),
        lambda user, c: store.record_feedback(user, "x", "like", c),
    ]
    for attempt in attempts:
        for user, place in (("eve", conversation), ("nobody", conversation), ("ann", "0" * 32)):
            with pytest.raises(UnknownConversation):
                attempt(user, place)
    assert store.profile("ann", conversation) == Profile((LIKES,))
    assert len(store.history("ann", conversation)) == 1
    assert store.feedback("eve") == {}


def test_sentences_and_feedback_of_one_person_are_hidden_from_others(store: Store) -> None:
    talk(store, LIKES)
    store.record_feedback("ann", "coco-2017", "like")
    other = talk(store, replace(LIKES, text="You love Up."), user="bob")
    assert store.profile("bob", other) == Profile((replace(LIKES, text="You love Up."),))
    assert store.feedback("bob") == {}
    assert "Coco" not in json.dumps(store.export_user("bob")["profile"])


def test_the_last_feedback_on_an_item_counts_and_none_takes_it_back(store: Store) -> None:
    conversation = store.start_conversation("ann")
    store.record_feedback("ann", "a", "like", conversation)
    store.record_feedback("ann", "b", "seen")
    store.record_feedback("ann", "a", "dislike", conversation)
    assert store.feedback("ann") == {"b": "seen", "a": "dislike"}
    store.record_feedback("ann", "a", "none", conversation)
    store.record_feedback("ann", "never", "none")
    assert store.feedback("ann") == {"b": "seen"}
    with pytest.raises(StoreError, match="adore"):
        store.record_feedback("ann", "a", "adore")  # type: ignore[arg-type]


def test_an_export_holds_everything_and_is_json(store: Store) -> None:
    conversation = talk(store, LIKES, SHORT)
    store.begin_turn("ann", conversation, "and now?")
    store.record_feedback("ann", "coco-2017", "like", conversation)
    export = json.loads(json.dumps(store.export_user("ann"), allow_nan=False))
    (told,) = export["conversations"]
    assert [t["message"] for t in told["turns"]] == ["something magical", "and now?"]
    assert told["turns"][0]["turn"]["picks"][0]["item_id"] == "film-1"
    assert told["turns"][0]["trace"]["calls"][0]["model"] == "m"
    assert told["turns"][0]["shown"] == ["film-1", "film-2"]
    assert [(line["id"], line["conversation"]) for line in export["profile"]] == [("t1m1", None), ("t1m2", conversation)]
    assert [(f["item"], f["action"]) for f in export["feedback"]] == [("coco-2017", "like")]
    assert store.export_user("nobody") == {
        "user": "nobody",
        "created": None,
        "conversations": [],
        "profile": [],
        "feedback": [],
    }


def test_a_forgotten_person_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite3"
    store = Store(f"sqlite:///{file}")
    conversation = talk(store, replace(LIKES, text="You love zebrafish."))
    store.finish_turn("ann", conversation, turn(store.begin_turn("ann", conversation, "zebrafish please"), LIKES))
    store.record_feedback("ann", "zebrafish-2000", "like")
    kept = talk(store, SHORT, user="bob")
    store.forget_user("ann")
    assert store.export_user("ann")["created"] is None
    with pytest.raises(UnknownConversation):
        store.history("ann", conversation)
    with sqlite3.connect(file) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            assert "zebrafish" not in repr(raw.execute(f"SELECT * FROM {name}").fetchall()), name
    raw.close()
    assert all(b"zebrafish" not in part.read_bytes() for part in tmp_path.iterdir())
    assert store.profile("bob", kept) == Profile((SHORT,))
    store.close()


# ------------------------------------------------------------------------- the database


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    first = Store(url)
    conversation = talk(first, LIKES)
    first.close()
    again = Store(url)
    assert again.history("ann", conversation)[0].reply == "Here are two."
    assert again.profile("ann", conversation) == Profile((LIKES,))
    again.close()


_DIES = """
import os, signal, sys
from chatrec.memory.store import Store
store = Store(sys.argv[1])
conversation = store.start_conversation("ann")
store.begin_turn("ann", conversation, "keep this")
print(conversation, flush=True)
if sys.argv[2] == "die":
    os.kill(os.getpid(), signal.SIGKILL)
sys.stdin.read()
"""


def _other_process(url: str, end: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", _DIES, url, end], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system with SIGKILL")
def test_a_message_survives_kill_9_in_mid_turn_and_the_turn_is_told_as_interrupted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    with _other_process(url, "die") as process:
        assert process.stdout is not None
        conversation = process.stdout.readline().strip()
        assert process.wait() == -signal.SIGKILL
    store = Store(url)
    assert store.history("ann", conversation) == (Turn(1, "keep this", status="interrupted"),)
    assert store.reopen_turn("ann", conversation, 1) == "keep this"
    assert store.history("ann", conversation)[0].status == "open"
    store.finish_turn("ann", conversation, turn(1, message="keep this"))
    assert store.history("ann", conversation)[0].status == "finished"
    store.close()


def test_a_live_turn_of_another_process_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    store = Store(url)
    with _other_process(url, "live") as process:
        assert process.stdout is not None
        conversation = process.stdout.readline().strip()
        assert store.history("ann", conversation)[0].status == "open"
        process.communicate("")
    if sys.platform == "linux":
        assert store.history("ann", conversation)[0].status == "interrupted"
    store.close()


@pytest.mark.parametrize(
    ("changes", "age", "status"),
    [
        ({}, 0.0, "open"),
        ({}, LONGEST_TURN + 1, "interrupted"),
        ({"host": "elsewhere"}, 0.0, "open"),
        ({"host": "elsewhere"}, LONGEST_TURN + 1, "interrupted"),
        ({"boot": "an earlier one"}, 0.0, "interrupted"),
        ({"began": "earlier, under the same number"}, 0.0, "interrupted"),
    ],
)
def test_who_opened_a_turn_and_when_decides_whether_it_is_given_up(
    tmp_path: Path, changes: dict[str, str], age: float, status: str
) -> None:
    file = tmp_path / "store.sqlite3"
    store = Store(f"sqlite:///{file}")
    conversation = store.start_conversation("ann")
    store.begin_turn("ann", conversation, "x")
    opener = replace(Opener.this(), **changes).text()
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE turns SET opener = ?, opened = ?", (opener, time.time() - age))
    raw.close()
    assert store.history("ann", conversation)[0].status == status
    store.close()


def test_fifty_threads_write_their_own_conversations(store: Store) -> None:
    start = threading.Barrier(50)

    def live(n: int) -> bool:
        user = f"user-{n}"
        start.wait()
        conversation = store.start_conversation(user)
        for _ in range(3):
            number = store.begin_turn(user, conversation, f"message of {user}")
            mine = Sentence("s1", f"You are {user}.", "fact", f"turn {number}")
            store.finish_turn(user, conversation, turn(number, mine, message=f"message of {user}"))
            store.record_feedback(user, f"film-{n}", "like", conversation)
        history = store.history(user, conversation)
        return (
            [t.message for t in history] == [f"message of {user}"] * 3
            and [s.text for s in store.profile(user, conversation).sentences] == [f"You are {user}."]
            and store.feedback(user) == {f"film-{n}": "like"}
        )

    with ThreadPoolExecutor(50) as pool:
        assert all(pool.map(live, range(50)))


def test_two_stores_on_one_file_number_turns_of_one_conversation_without_a_clash(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    stores = [Store(url), Store(url)]
    conversation = stores[0].start_conversation("ann")
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: stores[n % 2].begin_turn("ann", conversation, "x"), range(40)))
    assert sorted(numbers) == list(range(1, 41))
    for store in stores:
        store.close()


def test_sqlite_runs_in_wal_mode_with_foreign_keys(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    with store._database.transaction() as connection:
        pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        assert [connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in pragmas] == ["wal", 1, 1, 20_000]
    store.close()


def test_in_memory_stores_share_nothing() -> None:
    first, second = Store("sqlite://"), Store("sqlite://")
    talk(first)
    assert second.conversations("ann") == ()
    first.close()
    second.close()


def _folder(path: Path) -> str:
    return f"sqlite:///{path}"


def _damaged(path: Path) -> str:
    (path / "bad.sqlite3").write_bytes(b"this is no database " * 500)
    return f"sqlite:///{path / 'bad.sqlite3'}"


def _newer(path: Path) -> str:
    url = f"sqlite:///{path / 'newer.sqlite3'}"
    Store(url).close()
    with sqlite3.connect(path / "newer.sqlite3") as raw:
        raw.execute("UPDATE chatrec_about SET value = '99' WHERE name = 'schema'")
    raw.close()
    return url


def _no_folder(path: Path) -> str:
    return f"sqlite:///{path / 'nowhere' / 'store.sqlite3'}"


def _under_a_file(path: Path) -> str:
    (path / "file").touch()
    return f"sqlite:///{path / 'file' / 'store.sqlite3'}"


def _unwritable(path: Path) -> str:
    locked = path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    return f"sqlite:///{locked / 'store.sqlite3'}"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (_folder, "is a folder"),
        (_no_folder, "there is no folder"),
        (_under_a_file, "there is no folder"),
        (_damaged, "damaged or no SQLite file"),
        (_newer, "newer chatrec"),
        pytest.param(
            _unwritable,
            "cannot be used",
            marks=pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"),
        ),
        (lambda path: "nonsense", "no database URL"),
        (lambda path: "mysql://someone:secret@localhost/x", "not mysql"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path, make: Any, told: str) -> None:
    with pytest.raises(StoreError, match=told) as caught:
        Store(make(tmp_path))
    message = str(caught.value)
    assert "CHATREC_DATABASE" in message
    assert "\n" not in message
    assert "secret" not in message


def test_a_database_that_breaks_later_is_a_store_error_too(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite3"
    store = Store(f"sqlite:///{file}")
    conversation = talk(store)
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE turns SET body = '{'")
        raw.execute("UPDATE traces SET body = '[]'")
    raw.close()
    with pytest.raises(StoreError, match=f"Turn 1 of conversation {conversation}"):
        store.history("ann", conversation)
    with pytest.raises(StoreError, match="Turn 1"):
        store.trace("ann", conversation, 1)
    with sqlite3.connect(file) as raw:
        raw.execute("DROP TABLE turns")
    raw.close()
    with pytest.raises(StoreError, match="no such table"):
        store.begin_turn("ann", conversation, "x")
    with pytest.raises(StoreError, match="half characters"):
        store.start_conversation("\ud800")
    store.close()


def test_a_new_sentence_has_an_id_of_its_own_in_every_conversation(store: Store) -> None:
    first = talk(store, replace(SHORT, id="s1"))
    second = store.start_conversation("ann")
    added = store.add_sentence("ann", second, replace(LIKES, id=""))
    assert [s.id for s in store.profile("ann", first).sentences] == ["s1", added.id]
    store.remove_sentence("ann", first, "s1")
    assert store.profile("ann", first).sentences == (added,)


def test_sentences_added_at_once_are_all_kept(store: Store) -> None:
    conversation = talk(store)
    with ThreadPoolExecutor(4) as pool:
        added = list(
            pool.map(lambda n: store.add_sentence("ann", conversation, replace(LIKES, text=f"You like {n}.")), range(12))
        )
    assert set(store.profile("ann", conversation).sentences) == set(added)
    assert len({s.id for s in added}) == 12
