"""Questions of judgement -> sentences: would I like it, which of these shall I take, what do people say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatrec.catalog.table import Catalog
from chatrec.engines.builtin.opinions import WOULD_LIKE, picked, speak_against
from chatrec.engines.builtin.predicted import Forecaster, choice, predict, predicted
from chatrec.engines.builtin.question_phrases import AGAINST
from chatrec.engines.builtin.questions import answer_question
from chatrec.engines.builtin.reviews import told
from chatrec.engines.builtin.wording import fold
from chatrec.records import Item, Reading, Situation

_MOST = 3
_CHOOSING = re.compile(
    r"\b(?:should|shall|would|could|will) (?:i|we)\b|\bfor (?:me|us)\b|\b(?:pick|choose|decide)\b"
    r"|\bi(?:'d| would) (?:like|enjoy|love)\b"
    r"|\b(?:watch|see|read|take|try|start with|begin with|buy|get) (?:first|tonight|next|now)\b",
    re.IGNORECASE,
)


def verdicts(situation: Situation, reading: Reading, catalog: Catalog, forecaster: Forecaster | None = None) -> list[str]:
    """The answer where a judgement is asked for and there is something to judge by; empty otherwise."""
    request = reading.request
    items = [catalog[item_id] for item_id in request.about if item_id in catalog]
    sentences: list[str] = []
    if request.intent == "compare" and len(items) > 1 and _CHOOSING.search(request.message):
        return list(choice(items, reading, catalog, forecaster))
    if request.intent != "question":
        return []
    against = AGAINST.search(fold(request.message))
    for item in items[:_MOST]:
        if request.aspect == "why" and against:
            sentences += speak_against(item, reading, catalog)
        elif request.aspect == "why" and (WOULD_LIKE.search(request.message) or picked(item, situation) is None):
            sentences += predicted(item, reading, catalog, forecaster)
        elif request.aspect == "rating" and (said := told(item)):
            judged = item.acclaim is not None or item.popularity is not None
            seed = f"{situation.turn}/{situation.message}"
            sentences += [*said, *(answer_question(item, "rating", "", catalog, seed) if judged else ())]
    return sentences


def known_of(items: Sequence[Item], reading: Reading, catalog: Catalog, forecaster: Forecaster | None = None) -> list[str]:
    """What code would say of the items a judgement is asked about, a line each, as facts for a model's prompt.

    The reviews' words are strangers': whoever puts these lines into a prompt fences them off as data.
    """
    request = reading.request
    if request.intent not in ("question", "compare") or request.aspect not in ("why", "rating", "other"):
        return []
    lines = []
    for item in items[:_MOST] if request.intent == "question" else items:
        prediction = predict(item, reading, catalog, forecaster)
        if prediction is not None and request.aspect != "other":
            said = [f"Predicted for this person: {item.label} {prediction.rating}, {prediction.sure}"]
            said += [f"for it: {clause}" for clause in prediction.pros[:2]]
            said += [f"against it: {clause}" for clause in prediction.cons[:2]]
            lines.append("; ".join(said))
        if request.aspect == "rating" and (reviews := told(item)):
            lines.append(" ".join(reviews))
    return lines
