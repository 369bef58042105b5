"""A use asked for before it is made and written down with its effects; the one way anything is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from application.quotas.ports import Billed, MeteredWork, Quotas
from application.shared.ports import Clock
from domain.billing.cycle import day_of
from domain.billing.money import specks
from domain.quotas.allowance import Use
from domain.quotas.standing import Gate, Standing
from domain.shared.errors import Refused
from domain.shared.ids import TenantId


class OutOfQuota(Refused):
    """The company has used up what it bought, has not paid for it, or rests; `gate` says which."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(f"the plan is {gate}")
        self.gate = gate


@dataclass(frozen=True, slots=True)
class Meter:
    """`rate` is ten-thousandths of a real per dollar, as they are when something is used."""

    quotas: Quotas
    rate: int
    clock: Clock

    async def standing(self, tenant: TenantId) -> Standing:
        return await self.quotas.standing(tenant)

    async def open_for(self, tenant: TenantId) -> Standing:
        """For what a person at the panel asks of the model. Raises OutOfQuota before anything was spent."""
        standing = await self.quotas.standing(tenant)
        if not standing.open:
            raise OutOfQuota(standing.gate)
        return standing

    def price(self, calls: Sequence[Billed]) -> int:
        """In specks."""
        return specks(sum(call.cost_micros for call in calls), self.rate)

    async def count(self, work: MeteredWork, standing: Standing, *, messages: int, calls: Sequence[Billed]) -> None:
        use = Use(
            messages=messages,
            calls=len(calls),
            input_tokens=sum(call.input_tokens for call in calls),
            output_tokens=sum(call.output_tokens for call in calls),
            cost=self.price(calls),
        )
        if use:
            await work.counters.add(day_of(self.clock(), standing.zone), use, watch=standing.watch)
