"""The whole pipeline with a plan that can be used up, and the truth to compare its counters with."""

from __future__ import annotations

import pytest

from domain.billing.plan import Overage, Plan, PlanCode
from domain.billing.subscription import Subscription
from domain.quotas.allowance import Allowance
from tests.integration.pipeline.conftest import Pipeline, pipeline
from tests.integration.queue.conftest import queue

__all__ = ["pipeline", "queue"]

SMALL = PlanCode("pequeno")

TRUTH = """
    select (select count(*) from messages where author = 'contact' and state = 'answered')::int as messages,
        count(*)::int as calls, coalesce(sum(input_tokens), 0)::int as input_tokens,
        coalesce(sum(output_tokens), 0)::int as output_tokens, coalesce(sum(cost_micros), 0)::int as cost
    from model_calls
"""
"""What the company's own tables say was used; the cost in millionths of a dollar."""


def a_plan(messages: int | None, *, code: str = SMALL, overage: Overage = Overage.STOP, cents: int = 0) -> Plan:
    return Plan(
        PlanCode(code),
        "Pequeno",
        cents,
        Allowance(messages),
        overage=overage,
        overage_cents=5 if overage != "stop" else 0,
    )


async def subscribed(pipeline: Pipeline, plan: Plan) -> Subscription:
    """A month of the plan from today on, with nothing owed."""
    async with pipeline.open_billing(pipeline.tenant) as work:
        await work.plans.put(plan)
        zone = await work.subscriptions.zone()
        subscription, _ = Subscription.begin(pipeline.tenant, plan.code, 0, zone=zone, now=pipeline.clock())
        await work.subscriptions.save(subscription)
        await work.commit()
    return subscription


async def counted(pipeline: Pipeline) -> dict[str, int]:
    row = await pipeline.queue.pool.fetchrow(
        "select coalesce(sum(messages), 0)::int as messages, coalesce(sum(calls), 0)::int as calls,"
        " coalesce(sum(input_tokens), 0)::int as input_tokens, coalesce(sum(output_tokens), 0)::int as output_tokens,"
        " coalesce(sum(cost), 0)::bigint as cost from public.usage where tenant_id = $1",
        pipeline.tenant,
    )
    return dict(row)


@pytest.fixture
async def small_plan(pipeline: Pipeline) -> Subscription:
    """Ten messages a month."""
    return await subscribed(pipeline, a_plan(10))
