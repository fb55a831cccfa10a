"""Features of items, given a conversation -> one learned score an item; the weights are a JSON file that people can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatrec.errors import RankerError
from chatrec.retrieval.talk_features import Column

Floats = NDArray[np.float32]

FORMAT = 1
_WIDEST = 8.0  # standard deviations beyond which a feature says no more


@dataclass(frozen=True, slots=True)
class Blend:
    """A weighted sum of features plus `hidden` small combinations of them (one layer of tanh).

    Each of p features is brought to `(x - middle) / spread` first, cut at 8. `straight` is (p,), `crossed` (p, h), `offset` and
    `heights` (h,): score = z @ straight + tanh(z @ crossed + offset) @ heights. Only differences between items mean anything.
    """

    features: tuple[str, ...]
    middle: Floats
    spread: Floats
    straight: Floats
    crossed: Floats
    offset: Floats
    heights: Floats

    def score(self, columns: Mapping[str, Column]) -> Column:
        """The score of every item, (n,) float32. KeyError when a feature is not there."""
        return self.of_table(np.stack([columns[name] for name in self.features], axis=1))

    def of_table(self, table: Floats) -> Column:
        """The scores (n,) of a table (n, p) of raw features in the order of `features`."""
        scaled = ((table - self.middle) / self.spread).clip(-_WIDEST, _WIDEST)
        found: Column = scaled @ self.straight + np.tanh(scaled @ self.crossed + self.offset) @ self.heights
        return found


@dataclass(frozen=True, slots=True)
class Ranker:
    """The blends by what they may look at: `plain`, `ratings`, `dialogues`, `ratings+dialogues`, and `live`: plain without
    a second vector of each item. `about` says how they came about; `fitted_on` are the digests of the dialogues fitted on."""

    blends: Mapping[str, Blend]
    fitted_on: tuple[str, ...] = ()
    about: str = ""

    @classmethod
    def load(cls, file: Path) -> Ranker:
        """Read a file that `save` wrote. RankerError: missing, damaged, or of another version."""
        try:
            record = json.loads(file.read_text(encoding="utf-8"))
            if record["format"] != FORMAT:
                raise RankerError(f"The ranker in {file} was written by another version of chatrec; fit it again.")
            blends = {name: _blend(blend) for name, blend in record["blends"].items()}
            return cls(blends, tuple(record["fitted_on"]), str(record["about"]))
        except OSError as error:
            raise RankerError(f"There is no ranker at {file} ({error.strerror or error}).") from None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RankerError(f"The ranker in {file} is damaged ({error}); fetch it again or fit a new one.") from None

    def save(self, file: Path) -> None:
        """Write the weights, one feature a line."""
        lines = [
            f' "format": {FORMAT},',
            f' "about": {json.dumps(self.about)},',
            f' "fitted_on": {json.dumps(self.fitted_on)},',
        ]
        blends = [f"  {json.dumps(name)}: {_written(blend)}" for name, blend in self.blends.items()]
        file.write_text("{\n" + "\n".join(lines) + '\n "blends": {\n' + ",\n".join(blends) + "\n }\n}\n", encoding="utf-8")


def _written(blend: Blend) -> str:
    features = [
        f"    {json.dumps(name)}: "
        + json.dumps({"middle": _short(m), "spread": _short(s), "straight": _short(w), "crossed": [_short(c) for c in row]})
        for name, m, s, w, row in zip(blend.features, blend.middle, blend.spread, blend.straight, blend.crossed, strict=True)
    ]
    ends = {"offset": [_short(x) for x in blend.offset], "heights": [_short(x) for x in blend.heights]}
    inner = json.dumps(ends)[1:-1]
    return '{"features": {\n' + ",\n".join(features) + "\n   },\n   " + inner + "}"


def _blend(record: Mapping[str, Any]) -> Blend:
    features = record["features"]
    parts = {
        name: np.array([f[name] for f in features.values()], dtype=np.float32) for name in ("middle", "spread", "straight")
    }
    offset, heights = (np.array(record[name], dtype=np.float32) for name in ("offset", "heights"))
    crossed = np.array([f["crossed"] for f in features.values()], dtype=np.float32).reshape(len(features), len(heights))
    numbers = (*parts.values(), crossed, offset, heights)
    if offset.shape != heights.shape or not all(np.isfinite(part).all() for part in numbers) or (parts["spread"] <= 0).any():
        raise ValueError("its numbers do not fit together")
    return Blend(tuple(features), **parts, crossed=crossed, offset=offset, heights=heights)


def _short(value: float) -> float:
    return float(f"{value:.4g}")
