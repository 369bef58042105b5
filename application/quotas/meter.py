"""A turn's use, written down with its effects; the one way anything is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from application.assistant.ports import Completion
from application.quotas.ports import MeteredWork, Quotas
from application.shared.ports import Clock
from domain.billing.cycle import day_of
from domain.billing.money import specks
from domain.quotas.allowance import Use
from domain.quotas.standing import Standing
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class Meter:
    """`rate` is ten-thousandths of a real per dollar, as they are when something is used."""

    quotas: Quotas
    rate: int
    clock: Clock

    async def standing(self, tenant: TenantId) -> Standing:
        return await self.quotas.standing(tenant)

    async def count(self, work: MeteredWork, standing: Standing, *, messages: int, calls: Sequence[Completion]) -> None:
        use = Use(
            messages=messages,
            calls=len(calls),
            input_tokens=sum(call.input_tokens for call in calls),
            output_tokens=sum(call.output_tokens for call in calls),
            cost=specks(sum(call.cost_micros for call in calls), self.rate),
        )
        if use:
            await work.counters.add(day_of(self.clock(), standing.zone), use, watch=standing.watch)
