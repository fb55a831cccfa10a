"""A pick -> the same pick with every claim of its reason as Evidence, each with a verdict and the fact behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chatrec.catalog.table import Catalog
from chatrec.evidence.facts import Knowledge, recorded, resolve
from chatrec.evidence.names import check_people, check_proper_names
from chatrec.evidence.numbers import check_numbers
from chatrec.evidence.passage import Finding, Layout, Passage, quoted_from
from chatrec.evidence.person import check_person, wishes_in
from chatrec.evidence.praise import check_praise
from chatrec.evidence.relations import check_relations, check_titles
from chatrec.evidence.titles import titles_in
from chatrec.evidence.tokens import keys_of
from chatrec.evidence.traits import check_content, check_traits
from chatrec.evidence.vocabulary import vocabulary_of
from chatrec.records import Evidence, Item, Pick, Profile, Request


def check(pick: Pick, item: Item, profile: Profile, request: Request, catalog: Catalog) -> Pick:
    """Verify every claim of a reason; the returned pick carries them all, in the order they stand in the text.

    Evidence the engine cited is supported when its claim is in the reason, its source exists, the fact is recorded there,
    and nothing found in the claim's words contradicts the facts. Claims the engine did not cite are found in the text:
    years, running times, people, titles, genres, places, themes, prizes, and what the person is said to like or want.
    """
    known = Knowledge(item, profile, request, catalog)
    findings = find_claims(pick.reason, known)
    cited: list[tuple[int, Evidence]] = []
    covered: list[tuple[int, int]] = []
    for evidence in pick.evidence:
        start = pick.reason.find(evidence.claim) if evidence.claim else -1
        span = (start, start + len(evidence.claim))
        inside = [f for f in findings if start >= 0 and f.start < span[1] and span[0] < f.end]
        cited.append((max(start, 0), replace(evidence, supported=start >= 0 and _backed(evidence, inside, known))))
        if start >= 0:
            covered.append(span)
    found = [
        (f.start, Evidence(pick.reason[f.start : f.end], f.source, f.fact, f.supported))
        for f in findings
        if not f.supported or not any(start <= f.start and f.end <= end for start, end in covered)
    ]
    fresh = [pair for pair in found if not any(pair[1].claim in e.claim and not e.supported for _, e in cited)]
    return replace(pick, evidence=tuple(e for _, e in sorted((*cited, *fresh), key=lambda pair: pair[0])))


def find_claims(reason: str, known: Knowledge) -> list[Finding]:
    """Every claim the code can find in a reason, in order, each with its verdict."""
    layout = Layout(reason)
    vocabulary = vocabulary_of(known.catalog)
    passage = Passage(layout, known, vocabulary)
    passage.named.extend(titles_in(layout, known, vocabulary, _familiar(known)))
    passage.wishes.extend(wishes_in(reason, [n for n in passage.named if n.item.id != known.item.id]))
    for start, end in layout.quotes():
        if quoted_from(known.item, reason[start:end]):
            passage.add(start, end, "item.description", reason[start:end], True)
    check_numbers(passage)
    check_person(passage)
    check_praise(passage)
    check_relations(passage)
    check_people(passage)
    check_content(passage)
    check_titles(passage)
    check_traits(passage)
    check_proper_names(passage)
    return sorted(passage.findings, key=lambda f: f.start)


def claims_summary(picks: Iterable[Pick]) -> tuple[int, int]:
    """How many claims of these picks are supported, and how many are not."""
    verdicts = [evidence.supported for pick in picks for evidence in pick.evidence]
    return sum(verdicts), len(verdicts) - sum(verdicts)


def _familiar(known: Knowledge) -> frozenset[str]:
    liked = {p.value for p in (*known.profile.preferences, *known.request.preferences) if p.target == "item"}
    named = {m.item_id for m in known.request.mentions}
    return frozenset(liked | named | set(known.request.anchors) | set(known.profile.seen))


def _backed(evidence: Evidence, inside: list[Finding], known: Knowledge) -> bool:
    values = resolve(evidence.source, known)
    if not values or not recorded(evidence.fact, values):
        return False
    if any(not finding.supported for finding in inside):
        return False
    return bool(inside) or _speaks_of(evidence)


def _speaks_of(evidence: Evidence) -> bool:
    """A claim in which the code found nothing to check must at least share a content word with its fact."""
    words = {w for w in keys_of(evidence.claim) if len(w) > 2}
    return bool(words & set(keys_of(evidence.fact))) or evidence.source.startswith(("request.", "profile."))
