"""Marked text turns into sentences and evidence whose claims are exact parts of them."""

from __future__ import annotations

from chatrec.engines.builtin.cited import Cited, bare, claimed


def test_marks_become_evidence_in_order_of_the_text() -> None:
    cited = Cited()
    year = cited.mark("1997", ("item.year", "1997"))
    tone = cited.mark("eerie", ("item.keywords", "eerie"), ("item.keywords@x", "eerie"))
    text, evidence = cited.finish([f"a(n) {tone} film from {year}", "it is short"])
    assert text == "An eerie film from 1997. It is short."
    assert [(e.claim, e.source) for e in evidence] == [
        ("eerie", "item.keywords"),
        ("eerie", "item.keywords@x"),
        ("1997", "item.year"),
    ]
    assert all(e.claim in text and e.supported for e in evidence)


def test_marks_may_nest() -> None:
    cited = Cited()
    inner = cited.mark("grief", ("item.keywords", "grief"))
    text, evidence = cited.finish([cited.mark(f"about {inner}", ("profile.s1", "Something about grief."))])
    assert text == "About grief."
    assert {e.claim for e in evidence} == {"About grief", "grief"}


def test_a_quotation_keeps_its_own_full_stop() -> None:
    cited = Cited()
    text, _ = cited.finish([f"the premise: {cited.mark('“Rain falls.”', ('item.description', 'Rain falls.'))}"])
    assert text == "The premise: “Rain falls.”"


def test_unmarked_text_has_no_evidence_and_loses_private_characters() -> None:
    cited = Cited()
    assert cited.mark("") == ""
    assert cited.mark("a\ue000b") == "ab"
    assert cited.finish([cited.mark("plain")]) == ("Plain.", ())


def test_claimed_words_are_counted_once_per_outermost_mark() -> None:
    cited = Cited()
    inner = cited.mark("comedy", ("item.genres", "Comedy"))
    whole = f"{cited.mark(f'a dark {inner}', ('x.y', 'z'))} of {cited.mark('comedy', ('item.genres', 'Comedy'))} kind"
    assert sorted(claimed(whole)) == ["comedy", "comedy", "dark"]
    assert bare(whole) == "a dark comedy of comedy kind"
