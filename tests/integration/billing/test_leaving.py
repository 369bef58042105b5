"""Who leaves is billed no more, who comes back goes on, and no charge outlives the debt it was made for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.postgres.tenants import PostgresCompanies
from application.billing.cancel_charges import CancelCharges
from application.billing.ports import Charge, GatewayUnavailable
from application.billing.subscribe import Subscribe
from application.provisioning.order import CompanyOrder
from application.provisioning.people_steps import BeginPaying
from application.provisioning.rest import Rest
from application.provisioning.steps import Site
from tests.builders.opening import Lots
from tests.fakes.billing import FakeGateway
from tests.integration.billing.conftest import SMALL, a_plan
from tests.integration.billing.test_time import bought, found, invoices, now_is
from tests.integration.pipeline.conftest import Pipeline


def rest(pipeline: Pipeline) -> Rest:
    return Rest(PostgresCompanies(pipeline.queue.pool), pipeline.open_billing, pipeline.clock)


async def test_during_days_of_grace_no_further_month_is_billed(pipeline: Pipeline):
    await bought(pipeline, a_plan(100, cents=0))
    await pipeline.queue.pool.execute("update public.plans set price_cents = 9700")

    await rest(pipeline).leave(pipeline.tenant, days=90)
    await now_is(pipeline, 70)

    assert await invoices(pipeline) == []
    assert (await found(pipeline)).state == "cancelled"


async def test_who_comes_back_within_the_month_goes_on_as_if_nothing_had_been(pipeline: Pipeline):
    before = await bought(pipeline, a_plan(100, cents=9_700))
    await rest(pipeline).leave(pipeline.tenant, days=90)
    await rest(pipeline).resume(pipeline.tenant)

    after = await found(pipeline)
    assert (after.state, after.cycle, after.stops_at_end) == (before.state, before.cycle, False)
    assert len(await invoices(pipeline)) == 1


async def test_who_comes_back_later_begins_a_month_of_the_same_plan_and_pays_for_none_between(pipeline: Pipeline):
    await bought(pipeline, a_plan(100, cents=0))
    await pipeline.queue.pool.execute("update public.plans set price_cents = 9700")
    await rest(pipeline).leave(pipeline.tenant, days=90)
    await now_is(pipeline, 70)

    for _ in range(2):
        await rest(pipeline).resume(pipeline.tenant)

    after = await found(pipeline)
    assert (after.state, after.plan) == ("active", SMALL)
    assert after.cycle.begins <= pipeline.clock() < after.cycle.begins + timedelta(days=1)
    assert [cents for _, cents, _ in await invoices(pipeline)] == [9_700]


async def test_a_company_that_is_only_suspended_goes_on_being_billed(pipeline: Pipeline):
    await bought(pipeline, a_plan(100, cents=0))
    await pipeline.queue.pool.execute("update public.plans set price_cents = 9700")

    await rest(pipeline).suspend(pipeline.tenant)
    await now_is(pipeline, 32)
    await rest(pipeline).resume(pipeline.tenant)

    assert [cents for _, cents, _ in await invoices(pipeline)] == [9_700]


def begin_paying(pipeline: Pipeline) -> BeginPaying:
    subscribe = Subscribe(pipeline.open_billing, pipeline.clock)
    cancel = CancelCharges(pipeline.open_billing, pipeline.gateway)
    return BeginPaying(subscribe, pipeline.open_billing, cancel, pipeline.clock)


async def site_of(pipeline: Pipeline) -> Site:
    async with pipeline.open_billing(pipeline.tenant) as work:
        await work.plans.put(a_plan(100, cents=9_700))
        await work.commit()
    company = await PostgresCompanies(pipeline.queue.pool).get(pipeline.tenant)
    return Site(CompanyOrder("Clínica", plan=SMALL), Lots()(), company)


def charges(gateway: FakeGateway) -> list[str]:
    return [known.external_id for known in gateway.answers.values() if isinstance(known, Charge)]


async def test_the_charge_of_an_undone_opening_is_taken_back_at_the_provider(pipeline: Pipeline):
    pipeline.gateway, site = FakeGateway(), await site_of(pipeline)
    await begin_paying(pipeline).do(site)
    await now_is(pipeline, 0)
    [charge] = charges(pipeline.gateway)

    for _ in range(2):
        await begin_paying(pipeline).undo(site)

    assert pipeline.gateway.cancelled == [charge]
    assert await invoices(pipeline) == [("cycle", 9_700, "void")]


async def test_a_provider_that_is_away_stops_the_undoing_until_it_is_back(pipeline: Pipeline):
    class Away(FakeGateway):
        async def cancel_charge(self, charge: str, *, key: str) -> None:
            raise GatewayUnavailable("away")

    pipeline.gateway, site = FakeGateway(), await site_of(pipeline)
    await begin_paying(pipeline).do(site)
    await now_is(pipeline, 0)
    gateway, pipeline.gateway = pipeline.gateway, Away()
    with pytest.raises(GatewayUnavailable):
        await begin_paying(pipeline).undo(site)

    pipeline.gateway = gateway
    await begin_paying(pipeline).undo(site)

    assert gateway.cancelled == charges(gateway)


async def test_a_charge_made_while_the_opening_is_undone_does_not_stay(pipeline: Pipeline):
    pipeline.gateway, site = FakeGateway(), await site_of(pipeline)
    made = pipeline.gateway.create_charge

    async def create_charge(*args: object, **more: object) -> object:
        charge = await made(*args, **more)
        await begin_paying(pipeline).undo(site)
        return charge

    pipeline.gateway.create_charge = create_charge
    await begin_paying(pipeline).do(site)
    await now_is(pipeline, 0)

    assert pipeline.gateway.cancelled == charges(pipeline.gateway)
    assert len(pipeline.gateway.cancelled) == 1
    assert await pipeline.queue.pool.fetchval("select count(*) from public.charges") == 0


async def test_what_nobody_has_to_pay_after_the_end_can_be_paid_no_more(pipeline: Pipeline):
    pipeline.gateway = FakeGateway()
    await bought(pipeline, a_plan(100, cents=9_700))
    await now_is(pipeline, 0)
    for days in (6, 8):
        await now_is(pipeline, days)

    assert (await found(pipeline)).state == "ended"
    assert pipeline.gateway.cancelled == charges(pipeline.gateway) != []
