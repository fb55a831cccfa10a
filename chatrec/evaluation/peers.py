"""What can be measured: a Peer learns from ratings and scores items for a user; a Contender chooses its peer's options."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from chatrec.errors import SettingsError
from chatrec.evaluation.metrics import Numbers
from chatrec.evaluation.splits import Ratings, Rows

Options = Mapping[str, Any]
Judge = Callable[["Peer"], float]
"""Fitted peer -> how well it does on the validation rows, higher is better."""


class Peer(Protocol):
    """Anything that recommends. It sees the ratings it is given in `fit` and nothing else."""

    def fit(self, train: Ratings) -> None:
        """Learn. Called once; randomness must come from a fixed seed."""

    def score(self, user: int, items: Rows) -> Numbers:
        """A score for each of `items` for one user of the training data, (m,), higher is better.

        Where ratings are predicted the score is one on the scale of the data.
        """


@dataclass(frozen=True)
class Fold:
    """One split of what may be known: what to learn from, what to be judged on, and the judge."""

    train: Ratings
    validation: Ratings
    judge: Judge


class Contender(Protocol):
    """A peer to be tuned: validation rows choose the options, never test rows."""

    @property
    def name(self) -> str:
        """As it stands in the table."""

    def tune(self, folds: Sequence[Fold]) -> Options:
        """The options that do best on the validation rows, learned from the training rows; the first is the split's own."""

    def make(self, options: Options) -> Peer:
        """A fresh peer with these options."""


@dataclass(frozen=True)
class Grid:
    """A contender tuned by trying every one of `choices` on every fold; the best on average wins, the first of equals."""

    name: str
    build: Callable[..., Peer]
    choices: Sequence[Options] = ({},)

    def tune(self, folds: Sequence[Fold]) -> Options:
        """The best of the choices; no peer is fitted where there is one alone."""
        if len(self.choices) == 1:
            return self.choices[0]

        def result(options: Options) -> float:
            found = 0.0
            for fold in folds:
                peer = self.build(**options)
                peer.fit(fold.train)
                found += fold.judge(peer)
            return found

        return max(self.choices, key=result)

    def make(self, options: Options) -> Peer:
        """A peer with these options."""
        return self.build(**options)


class PeerUnavailable(SettingsError):
    """The package of a peer cannot be loaded here; the other peers of the protocol run without it."""


EXTRA = "pip install 'chatrec[eval]'"
"""What brings the packages that the protocols compare with."""


@contextmanager
def loading(package: str, mend: str = f"install it: {EXTRA}") -> Iterator[None]:
    """Import a package inside: what keeps it from loading becomes PeerUnavailable, its warnings are dropped.

    A package that was built for another system fails with ImportError or OSError, for another numpy with ValueError.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (ImportError, OSError, ValueError) as error:
            raise PeerUnavailable(f"{package} cannot be loaded ({error}); {mend}.") from None
