"""Nobody shall pay what is owed no more: charges of invoices without effect are taken back at the provider."""

from __future__ import annotations

from dataclasses import dataclass

from application.billing.ports import BillingWork, GatewayRefused, PaymentGateway
from application.shared.ports import Claim, OpenWork
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class CancelCharges:
    """Can be repeated until it succeeds, and after that too."""

    open_work: OpenWork[BillingWork]
    gateway: PaymentGateway | None

    async def __call__(self, tenant: TenantId, claim: Claim | None = None) -> int:
        """How many were taken back. Raises GatewayUnavailable, and keeps what it has done."""
        cancelled = 0 if self.gateway is None else await self._cancel(self.gateway, tenant)
        if claim is not None:
            async with self.open_work(tenant) as work:
                await work.jobs.finish(claim)
                await work.commit()
        return cancelled

    async def _cancel(self, gateway: PaymentGateway, tenant: TenantId) -> int:
        cancelled = 0
        async with self.open_work(tenant) as work:
            charges = await work.invoices.charges_without_effect()
        for charge in charges:
            cancelled += await take_back(gateway, charge)
            async with self.open_work(tenant) as work:
                await work.invoices.charge_is_cancelled(charge)
                await work.commit()
        return cancelled


async def take_back(gateway: PaymentGateway, charge: str) -> bool:
    """False where the provider will not: the charge is paid, over or gone already, and an event tells which."""
    try:
        await gateway.cancel_charge(charge, key=f"cancel:{charge}")
    except GatewayRefused:
        return False
    return True
