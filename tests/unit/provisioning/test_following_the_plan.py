"""A company is served by the workers its plan includes, unless somebody named its pool by hand."""

from __future__ import annotations

import pytest

from application.provisioning.follow_plan import FollowPlan
from application.provisioning.move_to_pool import MoveToPool
from domain.billing.plan import Plan, PlanCode
from domain.quotas.allowance import Allowance
from domain.shared.ids import TenantId
from tests.fakes.audit import FakeAuditLog
from tests.fakes.provisioning import FakeQueues
from tests.unit.provisioning.test_rest import CLAIM, World


@pytest.mark.parametrize(
    ("before", "own_workers", "after"),
    [
        ("shared", True, "tenant_1"),
        ("shared", False, "shared"),
        ("tenant_1", False, "shared"),
        ("tenant_1", True, "tenant_1"),
        ("tenant_1", None, "shared"),
        ("vip", True, "vip"),
        ("vip", False, "vip"),
    ],
)
async def test_where_a_company_is_served_after_its_plan_changed(before: str, own_workers: bool | None, after: str):
    world, log = World(), FakeAuditLog()
    company = await world.company()
    world.companies.pools[company.id] = before

    async def plan_of(_: TenantId) -> Plan | None:
        if own_workers is None:
            return None
        return Plan(PlanCode("algum"), "Algum", 100, Allowance(), dedicated_worker=own_workers)

    follow = FollowPlan(plan_of, MoveToPool(world.companies, FakeQueues(), plan_of), world.open_work, log)
    words = [await follow(CLAIM), await follow(CLAIM)]

    assert world.companies.pools[company.id] == after
    assert words == ["stays" if before == after else "moved", "stays"]
    assert [(deed.action, deed.before, deed.after) for deed in log.deeds] == (
        [] if before == after else [("company.pool", {"pool": before}, {"pool": after})]
    )
    assert world.jobs.settled == ["finished"] * 2
