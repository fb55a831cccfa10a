"""Interactions -> forecasts of ratings: at once by the nearest items, and by the joint distribution as soon as it is learned.

On people held out whole, the joint distribution is the better one from the first rating they tell (docs/evaluation.md).
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from dataclasses import asdict
from functools import cached_property
from pathlib import Path

import numpy as np

from chatrec.catalog.table import Catalog
from chatrec.errors import StaleIndex
from chatrec.history.actions import Rules
from chatrec.history.interactions import Interactions
from chatrec.history.rating_gaussian import GaussianRecipe
from chatrec.history.rating_joint import FORMAT, JointRatings
from chatrec.history.ratings import Forecast, RatingModel, stated
from chatrec.records import Profile

_log = logging.getLogger(__name__)


class Forecasts:
    """Forecasts from interactions; the model of the nearest items is learned when the first one is asked for (a second for a
    million ratings), the joint one by `learn`, or found in `cache` where an earlier `learn` left it.

    Any thread may call any method; a forecast never waits for `learn`.
    """

    def __init__(
        self, interactions: Interactions, catalog: Catalog, rules: Rules | None = None, cache: Path | None = None
    ) -> None:
        self._interactions = interactions
        self._catalog = catalog
        self._rules = rules or Rules()
        self._cache = cache
        self._joint: JointRatings | None = None
        self._looked = self._learned = False
        self._learning = threading.Lock()

    @cached_property
    def model(self) -> RatingModel | None:
        """The model of the nearest items; None where nobody rated anything the catalog holds."""
        return RatingModel.fit(self._interactions, self._catalog, self._rules)

    @property
    def joint(self) -> JointRatings | None:
        """The joint model, once there is one."""
        return self._joint

    def forecast(self, item_id: str, profile: Profile) -> Forecast | None:
        """What the person of a profile would give an item of the catalog; None without any ratings.

        `Forecast.model` tells by which of the two models.
        """
        if self.model is None:
            return None
        said = stated(profile, self.model.scale)
        found = self.model.predict(item_id, *said)
        joint = self._ready()
        return joint.refine(found, *said) if joint is not None else found

    def learn(self, progress: bool = False) -> None:
        """Learn the joint model and keep it in the cache, where it is not there yet. Blocks for seconds; never raises for a
        cache that cannot be read or written."""
        with self._learning:
            if self._learned or self.model is None:
                return
            self._learned = True
            if self._joint is None:
                self._look()
            if self._joint is not None:
                return
            try:
                self._joint = JointRatings.fit(self._interactions, self._catalog, self._rules, progress)
            except (MemoryError, ValueError) as error:
                _log.warning("The rating model could not be learned (%s); forecasts go on with the nearest items.", error)
            if self._joint is not None and self._file is not None:
                try:
                    self._joint.save(self._file, self._digest)
                except StaleIndex as error:
                    _log.warning("%s", error)

    def learn_aside(self) -> threading.Thread:
        """`learn` in a thread of its own, which the end of the process does not wait for."""
        thread = threading.Thread(target=self.learn, name="ratings", daemon=True)
        thread.start()
        return thread

    def _ready(self) -> JointRatings | None:
        """The joint model where it is learned, or where the cache holds it; not waited for while it is being learned."""
        if self._joint is None and not self._looked and self._learning.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._learning.release()
        return self._joint

    def _look(self) -> None:
        """Take the joint model from the cache, once."""
        if self._looked or self._file is None:
            return
        self._looked = True
        if self._file.exists():
            try:
                self._joint = JointRatings.load(self._file, self._digest, self._catalog)
            except StaleIndex as error:
                _log.warning("%s It is learned anew.", error)

    @cached_property
    def _file(self) -> Path | None:
        return self._cache / "ratings" / f"{self._digest[:16]}.npz" if self._cache is not None else None

    @cached_property
    def _digest(self) -> str:
        """What the joint model depends on."""
        columns = self._interactions
        settings = [FORMAT, asdict(GaussianRecipe()), sorted(self._rules.aliases.items()), columns.actions]
        whole = hashlib.sha256(json.dumps([*settings, self._catalog.digest]).encode())
        whole.update("\n".join(columns.items).encode())
        for column in (columns.user, columns.item, columns.action, columns.value, columns.at):
            whole.update(np.ascontiguousarray(column).tobytes())
        return whole.hexdigest()
