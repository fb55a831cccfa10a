"""One turn's spending: reserved before each model call where there is a ceiling, in the store when the turn has ended."""

from __future__ import annotations

import logging

import anyio.to_thread

from chatrec.engines.calls import STOPPED, Estimate
from chatrec.errors import ModelUnavailable, StoreError
from chatrec.memory.spending import Amount, Reservation, Spending
from chatrec.records import ModelCall

logger = logging.getLogger(__name__)


class TurnMeter:
    """What the model calls of one turn spend. Failed, repeated and stopped calls count as well."""

    def __init__(self, spending: Spending, conversation: str) -> None:
        self._spending = spending
        self._conversation = conversation
        self._reserved: list[Reservation] = []
        self._charged: list[ModelCall] = []
        self._settled = False

    @property
    def stopped(self) -> tuple[ModelCall, ...]:
        """The calls that were cancelled; no engine can hand those out itself."""
        return tuple(call for call in self._charged if call.error == STOPPED)

    @property
    def is_open(self) -> bool:
        """Whether anything is set aside, or was spent, that `settle` has to account for."""
        return bool(self._reserved or self._charged)

    async def reserve(self, estimate: Estimate) -> None:
        """Set so much aside. Raises CeilingReached when it is no longer there, ModelUnavailable when the store cannot tell."""
        if not self._spending.ceilings.are_set:
            return
        amount = Amount(estimate.tokens, estimate.dollars)
        try:
            held = await anyio.to_thread.run_sync(self._spending.reserve, self._conversation, amount)
        except StoreError as error:
            logger.warning("the budget could not be checked: %s", error)
            raise ModelUnavailable("The budget for the language model could not be checked; try again") from error
        self._reserved.append(held)

    def charge(self, call: ModelCall) -> None:
        """A call has ended."""
        self._charged.append(call)

    def settle(self) -> None:
        """Put what the calls really took in the place of what was set aside, once. Blocks; never raises."""
        held, self._reserved = self._reserved, []
        costs = [call.cost for call in self._charged if call.cost is not None]
        total = Amount(sum(call.tokens_in + call.tokens_out for call in self._charged), sum(costs))
        try:
            for reservation in held[1:]:
                self._spending.settle(reservation, Amount())
            if held:
                self._spending.settle(held[0], total)
            elif total != Amount() and not self._settled:
                self._spending.record(self._conversation, total)
        except StoreError as error:
            # What was set aside stays as spent: the sum errs on the safe side.
            logger.warning("the spending of a turn was not settled: %s", error)
        self._settled = True
