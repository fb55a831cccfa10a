"""The profile under rewriting."""

from __future__ import annotations

from chatrec.engines.notes import Notes
from chatrec.records import Constraint, Profile, Sentence

NO_HORROR = Constraint("genre", none_of=("Horror",))
SHORT = Constraint("runtime", at_most=100)


def sentence(sentence_id: str, *constraints: Constraint, scope: str = "conversation", seen: tuple[str, ...] = ()) -> Sentence:
    return Sentence(
        sentence_id,
        f"Text {sentence_id}.",
        "constraint",
        "turn 1",
        scope,
        constraints=constraints,
        seen=seen,  # type: ignore[arg-type]
    )


def test_new_sentences_get_ids_of_their_own_and_say_their_turn() -> None:
    notes = Notes(Profile((sentence("t3m1"),)), turn=3)
    notes.add("Loves moss.", "like")
    notes.add("Hates fog.", "dislike")
    assert [(s.id, s.source) for s in notes.profile.sentences[1:]] == [("t3m2", "turn 3"), ("t3m3", "turn 3")]


def test_sentence_is_noted_once() -> None:
    notes = Notes(Profile(), turn=1)
    notes.add("Loves moss.", "like")
    notes.add("loves moss.", "like")
    assert len(notes.profile.sentences) == 1


def test_constraint_that_gave_way_leaves_its_sentence() -> None:
    both, only, seen = sentence("a", NO_HORROR, SHORT), sentence("b", SHORT), sentence("c", SHORT, seen=("x",))
    lasting = sentence("d", SHORT, scope="person")
    notes = Notes(Profile((both, only, seen, lasting)), turn=2)
    notes.relieve({SHORT})
    assert [(s.id, s.constraints) for s in notes.profile.sentences] == [("a", (NO_HORROR,)), ("c", ()), ("d", (SHORT,))]


def test_removing_what_is_gone_says_so() -> None:
    one = sentence("a")
    notes = Notes(Profile((one,)), turn=2)
    assert notes.remove(one)
    assert not notes.remove(one)
    assert notes.profile == Profile()
