"""The plan changed: the company gets workers of its own, or goes back among the others. A pool named by hand stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from application.companies.ports import PlanOf
from application.provisioning.move_to_pool import MoveToPool
from application.provisioning.steer import POOL
from application.shared.audit import AuditLog
from application.shared.ports import Claim, OpenWork, Work
from domain.audit.entry import Deed
from domain.provisioning.pools import SHARED, dedicated_to

WHO: Final = "system"


@dataclass(frozen=True, slots=True)
class FollowPlan:
    """It looks at the plan of this moment: late, early or twice, the company ends where its plan says."""

    plan_of: PlanOf
    move: MoveToPool
    open_work: OpenWork[Work]
    audit: AuditLog

    async def __call__(self, claim: Claim) -> str:
        """One fixed word: "moved" or "stays"."""
        tenant, own = claim.tenant, dedicated_to(claim.tenant)
        plan = await self.plan_of(tenant)
        pool = own if plan is not None and plan.dedicated_worker else SHARED
        moved = await self.move(tenant, pool, out_of=(SHARED, own))
        if moved.before != moved.after:
            before, after = {"pool": moved.before}, {"pool": moved.after}
            await self.audit.record(Deed(WHO, POOL, f"company:{tenant}", tenant, before=before, after=after))
        async with self.open_work(tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        return "stays" if moved.before == moved.after else "moved"
