"""What the platform's people do to a company that stands, each deed also in the company's own log: its owner can see by whom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from application.companies.export import ExportCompany
from application.provisioning.move_to_pool import Moved, MoveToPool
from application.provisioning.ports import Companies
from application.provisioning.rest import Rest
from application.shared.audit import AuditLog
from domain.audit.entry import Deed
from domain.companies.company import Company
from domain.shared.errors import Refused
from domain.shared.ids import TenantId

SUSPEND: Final = "company.suspend"
RESUME: Final = "company.resume"
LEAVE: Final = "company.leave"
POOL: Final = "company.pool"
EXPORT: Final = "company.export"


class NotLeaving(Refused):
    """What a company has is its own people's to look at; only of one that leaves is it packed for them."""


@dataclass(frozen=True, slots=True)
class Steer:
    """Raises CompanyNotFound, and what Rest and MoveToPool raise."""

    companies: Companies
    rest: Rest
    move_to_pool: MoveToPool
    pack: ExportCompany
    audit: AuditLog

    async def suspend(self, tenant: TenantId, who: str) -> Company:
        before = await self.companies.get(tenant)
        return await self._on_record(who, SUSPEND, before, await self.rest.suspend(tenant))

    async def resume(self, tenant: TenantId, who: str) -> Company:
        before = await self.companies.get(tenant)
        return await self._on_record(who, RESUME, before, await self.rest.resume(tenant))

    async def leave(self, tenant: TenantId, who: str, *, days: int) -> Company:
        before = await self.companies.get(tenant)
        return await self._on_record(who, LEAVE, before, await self.rest.leave(tenant, days=days))

    async def move(self, tenant: TenantId, who: str, pool: str) -> Moved:
        moved = await self.move_to_pool(tenant, pool)
        before, after = {"pool": moved.before}, {"pool": moved.after}
        await self.audit.record(Deed(who, POOL, f"company:{tenant}", tenant, before=before, after=after))
        return moved

    async def export(self, tenant: TenantId, who: str) -> Path:
        """Raises NotLeaving. Whoever asked for the file throws it away."""
        company = await self.companies.get(tenant)
        if company.closes_at is None:
            raise NotLeaving(f"company {tenant} is not leaving")
        await self.audit.record(Deed(who, EXPORT, f"company:{tenant}", tenant))
        return await self.pack(tenant)

    async def _on_record(self, who: str, action: str, before: Company, after: Company) -> Company:
        deed = Deed(who, action, f"company:{after.id}", after.id, before=_shown(before), after=_shown(after))
        await self.audit.record(deed)
        return after


def _shown(company: Company) -> dict[str, object]:
    return {"state": str(company.state), "closes_at": company.closes_at.isoformat() if company.closes_at else None}
