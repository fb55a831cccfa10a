"""A request and a profile -> a shortlist: constraints by code, then dense, lexical, likeness and taste fused and varied."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any, Protocol

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from chatrec.catalog.table import Catalog, as_record
from chatrec.errors import EmbedderError
from chatrec.records import Candidate, Preference, Profile, Request, Shortlist
from chatrec.retrieval.collaborative import CollaborativeModel
from chatrec.retrieval.dense import DenseIndex, Rows, likeness
from chatrec.retrieval.diversity import series_apart, spread, varied
from chatrec.retrieval.embedding import Embedder, Vectors
from chatrec.retrieval.filters import Filters, Mask
from chatrec.retrieval.fold_in import ages, fold_in
from chatrec.retrieval.fusion import Numbers, Weights, calibrated, fuse, prior, scaled, to_all, total
from chatrec.retrieval.index import build_index, open_index
from chatrec.retrieval.kinship import Kinship
from chatrec.retrieval.learned import Learned
from chatrec.retrieval.lexical import LexicalIndex
from chatrec.retrieval.moods import topical
from chatrec.retrieval.ranker import Blend
from chatrec.retrieval.relaxation import relaxations
from chatrec.retrieval.talk_words import CHATTER
from chatrec.retrieval.taste import Tastes, merged
from chatrec.retrieval.words import ASKING, essence, fold, phrase

__all__ = ["CatalogRetriever", "Retriever", "build_index", "open_index"]

_DEPTH = 200  # items each source may bring into the pool
_DEEP = 4  # from this many parts on, how many came before no longer matters
_EXAMPLES = 8  # anchors, avoided items, liked and disliked items looked at
_BESIDE_WORDS = 0.25  # what people who liked the same like, beside a wish in words
_TOLD_BESIDE_WORDS = 0.5  # what people bring up in such conversations, beside a wish in words
_BESIDES = 0.15  # what usually comes next, beside a wish
_FELT = 0.4  # what text likeness to a wish made of nothing but moods still counts
_KINDS, _WISHED = ("genre", "year"), ("mood", "topic", "person")
_FOR_CHILDREN, _GROWN = ("Family", "Animation"), 13
_VARIED = 100  # best items among which the shortlist is varied


class Onward(Protocol):
    """Tells what tends to come next after a history: `chatrec.history.next_item.Successors` is one."""

    def scores(self, history: Mapping[str, float]) -> Numbers:
        """How much each item of the catalog follows, (items,) from 0 to 1; `history` is item id -> weight, oldest first."""
        ...


class Retriever:
    """Finds candidates in one catalog; holds nothing of any visitor, safe to share between threads.

    ValueError when the index holds other items than the catalog.
    """

    def __init__(
        self,
        catalog: Catalog,
        embeddings: Embedder,
        dense: DenseIndex,
        lexical: LexicalIndex,
        weights: Weights | None = None,
        onward: Onward | None = None,
        collaborative: CollaborativeModel | None = None,
        learned: Learned | None = None,
    ) -> None:
        if dense.ids != tuple(item.id for item in catalog):
            raise ValueError("the index does not hold this catalog's items in this order")
        self.catalog = catalog
        self.filters = Filters(catalog)
        self._embeddings = embeddings
        self._dense = dense
        self._lexical = lexical
        self._weights = weights or Weights()
        self._onward = onward
        self._collaborative = collaborative
        self._learned = learned
        self._kinship = Kinship(catalog)
        self._series = np.array([item.series for item in catalog])
        self._depth = np.array([min((item.position or 1) - 1, _DEEP) / _DEEP for item in catalog])
        self._tastes = Tastes(catalog, dense, self.filters)
        self._priors = {name: prior(self.filters.numbers(name)) for name in ("acclaim", "popularity")}

    def weighing(self, blend: Blend) -> Retriever:
        """The same retriever in which the conversation is weighed by another blend; itself where it has no ranker."""
        other = copy(self)
        other._learned = None if self._learned is None else self._learned.weighing(blend)
        return other

    def search(self, request: Request, profile: Profile | None = None, limit: int = 30) -> Shortlist:
        """At most `limit` candidates, best first; every one satisfies every constraint and is neither excluded nor an anchor.

        Constraints on facts of which the catalog holds none are set aside, and told as `unrecorded`.

        Candidate.scores tells what each source added to the score; the order may differ from the score's where variety asks
        for it. An embedder that cannot be asked is done without, and `notices` says so. Without candidates, `relaxations` says
        which constraints could give way; when there are none either, everything that fits has been excluded.
        """
        shown = self._open(request)
        checked = tuple(c for c in request.constraints if self.filters.records(c))
        unrecorded = tuple(c for c in request.constraints if c not in checked)
        rows = np.flatnonzero(shown & self.filters.allowed(checked))
        if rows.size == 0:
            return Shortlist(relaxations=relaxations(self.catalog, self.filters, checked, shown), unrecorded=unrecorded)
        preferences = merged(request.preferences, profile.preferences if profile else ())
        notices: list[str] = []
        ahead = self._ahead(request, profile)
        pool, scores = self._score(
            request,
            preferences,
            self._lasting(request, profile),
            rows,
            notices,
            ahead,
            self._together(request, preferences, profile),
        )
        parts = fuse(scores, self._weights)
        whole = total(parts, len(pool))
        best = np.argsort(-whole, kind="stable")[: max(_VARIED, limit)]
        order = self._order(request, preferences, pool[best], whole[best], limit)
        candidates = tuple(
            Candidate(
                item_id=self.catalog.items[pool[position]].id,
                score=round(float(whole[position]), 6),
                scores={name: round(float(part[position]), 6) for name, part in parts.items()},
            )
            for position in best[order]
        )
        return Shortlist(candidates=candidates, considered=int(rows.size), notices=tuple(notices), unrecorded=unrecorded)

    def _open(self, request: Request) -> Mask:
        """Which items may be shown at all: an example resembles itself most and is never what is wished for."""
        mask = np.ones(len(self.catalog), dtype=bool)
        mask[self._rows((*request.excluded, *request.anchors, *request.avoided))] = False
        return mask

    def _lasting(self, request: Request, profile: Profile | None) -> frozenset[Preference]:
        """Likes from before this wish, which it does not name again; none where there is no wish beside them."""
        if not (request.search_text.strip() or request.anchors):
            return frozenset()
        now = phrase(f"{request.message} {request.search_text}")
        known = [s for s in (profile.active if profile else ()) if s.scope == "person" and s.kind != "constraint"]
        return frozenset(p for s in known for p in s.preferences if p.weight > 0 and phrase(p.value) not in now)

    def _ahead(self, request: Request, profile: Profile | None) -> Numbers | None:
        """How much each item follows from what an import tells the person did, (n,); None where nothing is told."""
        if self._onward is None or profile is None or not profile.history:
            return None
        wished = request.search_text.strip() or request.anchors
        return self._onward.scores(profile.history) * (_BESIDES if wished else 1.0)

    def _together(self, request: Request, preferences: tuple[Preference, ...], profile: Profile | None) -> Numbers | None:
        """How much people who cared for the same items cared for each, (n,) from 0 to 1; None where that tells nothing."""
        if self._collaborative is None:
            return None
        told = fold_in(self.catalog, request, preferences, profile)
        found = self._collaborative.scores(list(told), list(told.values()))
        beside = _BESIDE_WORDS if request.search_text.strip() else 1.0
        return beside * calibrated(found, found) if found.any() else None

    def _told(self, request: Request) -> Numbers | None:
        """How much the ranker makes of the conversation, (n,); None where it is not in use or nothing was said."""
        if self._learned is None or not (request.anchors or request.earlier or request.said):
            return None
        judged = any(m.sentiment != "neutral" for m in (*request.earlier, *request.mentions))
        if not (judged or request.anchors or request.earlier or _says_little(request)):
            return None
        beside = _TOLD_BESIDE_WORDS if judged or request.earlier else _BESIDE_WORDS
        return self._learned.scores(request) * (beside if _words_beside(request) else 1.0)

    def _rows(self, ids: tuple[str, ...]) -> list[int]:
        return [self.catalog.row(item_id) for item_id in dict.fromkeys(ids) if item_id in self.catalog]

    def _score(
        self,
        request: Request,
        preferences: tuple[Preference, ...],
        lasting: frozenset[Preference],
        rows: Rows,
        notices: list[str],
        ahead: Numbers | None,
        together: Numbers | None = None,
    ) -> tuple[Rows, Mapping[str, Numbers]]:
        """The pool (m,) of rows that any source brings, and the score (m,) by source of each of them."""
        # An unfiltered search needs no selector.
        among = None if rows.size == len(self.catalog) else rows
        genres = [c.any_of for c in request.constraints if c.field == "genre" and c.any_of]
        if any(c.field == "audience" and (c.at_most or _GROWN) < _GROWN for c in request.constraints):
            genres.append(_FOR_CHILDREN)  # what a child may see is not yet what a child likes
        labels = self._tastes.wishes(preferences, lasting, genres)
        anchors = self._rows(request.anchors)[:_EXAMPLES]
        liked = [row for row, _ in self._tastes.items(preferences, 1)[:_EXAMPLES]]
        known = self._priors["acclaim"] + self._priors["popularity"] + labels
        brought = [rows[np.argsort(-known[rows], kind="stable")[:_DEPTH]]]
        brought += [self._dense.search(self._dense.vectors[row], _DEPTH, among)[0] for row in dict.fromkeys(anchors + liked)]
        query = None
        words = np.zeros(len(self.catalog), dtype=np.float32)
        if request.search_text.strip():
            query = self._query_vector(request.search_text, notices)
            words = self._lexical.scores(request.search_text)
            if query is not None:
                brought.append(self._dense.search(query, _DEPTH, among)[0])
            brought.append(rows[np.argsort(-words[rows], kind="stable")[:_DEPTH]])
        if ahead is not None:
            brought.append(rows[np.argsort(-ahead[rows], kind="stable")[:_DEPTH]])
        if together is not None:
            brought.append(rows[np.argsort(-together[rows], kind="stable")[:_DEPTH]])
        learned = self._told(request)
        if learned is not None:
            brought.append(rows[np.argsort(-learned[rows], kind="stable")[:_DEPTH]])
        pool = np.unique(np.concatenate(brought))
        vectors = self._dense.vectors[pool]

        scores: dict[str, Numbers] = {}
        # Moods are labels here and answered by them; their words in a description are chance.
        counts = _FELT + (1.0 - _FELT) * topical(request.search_text)
        if query is not None:
            whole = likeness(self._dense.vectors, query)
            scores["dense"] = counts * calibrated(whole[pool], whole)
        if request.search_text.strip():
            scores["lexical"] = counts * words[pool].astype(np.float64)
        if anchors:
            counts_of = ages(request)
            shares = np.array([counts_of[self.catalog.items[row].id] for row in anchors])
            near = to_all(self._nearness(self._dense.vectors, anchors), shares)
            scores["similar"] = calibrated(near[pool], np.delete(near, anchors))
            kin = self._kinship.to(anchors, shares)
            scores["kin"] = calibrated(kin[pool], np.delete(kin, anchors))
        avoided = self._rows(request.avoided)[:_EXAMPLES]
        if avoided:
            scores["avoided"] = scaled(self._nearness(vectors, avoided).max(axis=0))
        if preferences or genres:
            scores["wish"] = labels[pool]
        if preferences:
            scores["taste"] = self._tastes.scores(pool, preferences, besides=anchors)
        if ahead is not None:
            scores["next"] = ahead[pool]
        if together is not None:
            scores["collaborative"] = together[pool]
        if learned is not None:
            scores["learned"] = learned[pool]
        scores.update({name: values[pool] for name, values in self._priors.items()})
        scores["sequel"] = self._depth[pool] * ~np.isin(
            self._series[pool], list({self._series[row] for row in anchors + liked})
        )
        return pool, scores

    def _query_vector(self, text: str, notices: list[str]) -> Vectors | None:
        """The vector to search with; None, and a notice, where the embedder cannot give one now."""
        try:
            query = self._embeddings.encode_query(essence(text))
        except EmbedderError as error:
            notices.append(f"{str(error).rstrip('.')}. This search went by words and facts alone.")
            return None
        if query.shape != (self._dense.dimension,):
            notices.append(
                f"The embedder {self._embeddings.identity} no longer makes the vectors the index was made with; run "
                "`chatrec index --force`. This search went by words and facts alone."
            )
            return None
        return query

    def _order(
        self, request: Request, preferences: tuple[Preference, ...], rows: Rows, scores: Numbers, limit: int
    ) -> list[int]:
        """Positions in `rows` (best first already) in the order to show them, at most `limit`."""
        items = [self.catalog.items[row] for row in rows]
        wished = phrase(request.search_text)
        wanted = {fold(preference.value) for preference in preferences if preference.weight > 0}
        asked = {item.series for item in items if item.series and phrase(item.series) in wished}
        order: list[int] = []
        for part in series_apart(items, asked):
            left = max(limit - len(order), 0)
            vectors = self._dense.vectors[rows[part]]
            if wished or request.anchors:
                found = varied(scores[part], vectors, left)
            else:
                found = spread(scores[part], vectors, [items[position] for position in part], left, wanted)
            order += [part[position] for position in found]
        return order

    def _nearness(self, vectors: Vectors, rows: list[int]) -> Numbers:
        """The likeness of each of `rows` to each vector, (len(rows), len(vectors))."""
        return np.stack([likeness(vectors, self._dense.vectors[row]) for row in rows])


def _says_little(request: Request) -> bool:
    """Whether nothing was said but genres and years: what people usually bring up then tells more."""
    if any(c.field not in _KINDS for c in request.constraints) or any(p.target in _WISHED for p in request.preferences):
        return False
    return not set(fold(" ".join(request.said)).split()) - _conditions(request) - ASKING - CHATTER


def _words_beside(request: Request) -> bool:
    """Whether the wish has words beside those its conditions answer."""
    return bool(set(fold(request.search_text).split()) - _conditions(request))


def _conditions(request: Request) -> set[str]:
    return {word for c in request.constraints for word in fold(f"{c.words} {' '.join(c.any_of)}").split()}


class CatalogRetriever(BaseRetriever):
    """The retriever as LangChain knows one: text in, the `k` best items out as Documents.

    `page_content` is the description (the title where there is none), `metadata` the item's other facts as plain values, with
    `score` and `scores`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        shortlist = self.retriever.search(Request(intent="recommend", message=query, search_text=query), limit=self.k)
        return [self._document(candidate) for candidate in shortlist.candidates]

    def _document(self, candidate: Candidate) -> Document:
        item = self.retriever.catalog[candidate.item_id]
        facts: dict[str, Any] = {key: value for key, value in as_record(item).items() if key != "description"}
        facts.update(score=candidate.score, scores=dict(candidate.scores))
        return Document(id=item.id, page_content=item.description or item.title, metadata=facts)
