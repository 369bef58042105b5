"""What the platform's people do to a company that stands, each deed also in the company's own log: its owner can see by whom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from application.companies.export import ExportCompany
from application.provisioning.move_to_pool import Moved, MoveToPool
from application.provisioning.ports import Companies
from application.shared.audit import AuditLog
from domain.audit.entry import Deed
from domain.shared.errors import Refused
from domain.shared.ids import TenantId

POOL: Final = "company.pool"
EXPORT: Final = "company.export"


class NotLeaving(Refused):
    """What a company has is its own people's to look at; only of one that leaves is it packed for them."""


@dataclass(frozen=True, slots=True)
class Steer:
    """What is no change of the company itself, and so recorded here. Raises CompanyNotFound, and what MoveToPool raises."""

    companies: Companies
    move_to_pool: MoveToPool
    pack: ExportCompany
    audit: AuditLog

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
