"""Workers of its own come and go with the plan that includes them, whoever changes it; a pool named by hand stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.provider_events import PostgresProviderInbox
from application.billing.receive_event import ReceiveProviderEvent
from application.billing.subscribe import ChangePlan, Subscribe
from domain.billing.plan import PlanCode
from domain.billing.told import ProviderEvent, Told
from tests.integration.pipeline.conftest import Pipeline

SMALL, MIDDLE, LARGE = PlanCode("essencial"), PlanCode("profissional"), PlanCode("empresarial")


async def asked(pipeline: Pipeline) -> int:
    query = (
        "with gone as (delete from public.jobs where actor = 'companies.pool' returning 1) select count(*) from gone"
    )
    return int(await pipeline.queue.pool.fetchval(query))


async def by_the_operator(pipeline: Pipeline, plan: PlanCode) -> None:
    await Subscribe(pipeline.open_billing, pipeline.clock)(pipeline.tenant, plan)


async def by_itself(pipeline: Pipeline, plan: PlanCode) -> None:
    await ChangePlan(pipeline.open_billing, pipeline.clock)(pipeline.tenant, plan)


async def by_the_provider(pipeline: Pipeline, plan: PlanCode) -> None:
    receive = ReceiveProviderEvent(PostgresProviderInbox(pipeline.queue.pool), pipeline.open_billing)
    at = datetime.now(UTC) + timedelta(minutes=len(plan))
    event = ProviderEvent(f"evt_{plan}", Told.PLAN_CHANGED, at, "{}", reference=f"company-{pipeline.tenant}", plan=plan)
    assert await receive(event) == "applied"


@pytest.mark.parametrize("change", [by_the_operator, by_itself, by_the_provider])
async def test_a_change_of_plan_asks_for_other_workers_only_where_these_differ(pipeline: Pipeline, change):
    await by_the_operator(pipeline, SMALL)
    assert await asked(pipeline) == 0

    await change(pipeline, LARGE)
    assert await asked(pipeline) == 1
    await change(pipeline, MIDDLE)
    assert await asked(pipeline) == 1
    await by_the_operator(pipeline, SMALL)
    assert await asked(pipeline) == 0


async def test_a_first_plan_asks_too_unless_the_opening_has_placed_the_company(pipeline: Pipeline):
    subscribe = Subscribe(pipeline.open_billing, pipeline.clock)
    await subscribe(pipeline.tenant, LARGE)
    assert await asked(pipeline) == 1

    await subscribe(pipeline.queue.tenants[1], LARGE, placed=True)
    assert await asked(pipeline) == 0
