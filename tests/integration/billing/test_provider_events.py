"""What the provider says of nobody we know is kept, and followed as soon as its company is known: never lost, never twice."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.provider_events import PostgresProviderInbox
from application.billing.receive_event import ReceiveProviderEvent
from application.billing.replay_events import ReplayAll, ReplayEvents
from application.billing.subscribe import Subscribe
from domain.billing.subscription import Subscription
from domain.billing.told import ProviderEvent
from tests.fakes.billing import FakeGateway
from tests.integration.billing.conftest import a_plan
from tests.integration.pipeline.conftest import Pipeline, until

LATER = datetime.now(UTC) + timedelta(hours=2)


def event(id: str, kind: str = "payment.failed", *, at: datetime = LATER, **about: str) -> ProviderEvent:
    return ProviderEvent(id, kind, at, "{}", **about)


def receive(pipeline: Pipeline) -> ReceiveProviderEvent:
    return ReceiveProviderEvent(PostgresProviderInbox(pipeline.queue.pool), pipeline.open_billing)


def replay_all(pipeline: Pipeline) -> ReplayAll:
    return ReplayAll(PostgresProviderInbox(pipeline.queue.pool), ReplayEvents(pipeline.open_billing))


async def buys(pipeline: Pipeline) -> Subscription:
    async with pipeline.open_billing(pipeline.tenant) as work:
        await work.plans.put(a_plan(100, cents=9_700))
        await work.commit()
    return await Subscribe(pipeline.open_billing, pipeline.clock)(pipeline.tenant, a_plan(100).code)


async def state(pipeline: Pipeline) -> str:
    return str(await pipeline.queue.pool.fetchval("select state from public.subscriptions"))


async def invoices(pipeline: Pipeline) -> list[str]:
    return [row["state"] for row in await pipeline.queue.pool.fetch("select state from public.invoices order by id")]


async def outcomes(pipeline: Pipeline) -> dict[str, tuple[str, int | None]]:
    rows = await pipeline.queue.pool.fetch("select id, outcome, tenant_id from public.billing_events")
    return {row["id"]: (row["outcome"], row["tenant_id"]) for row in rows}


async def work_done(pipeline: Pipeline) -> None:
    async def rests() -> bool:
        busy = (
            "select exists (select from public.jobs where state <> 'dead' and (state <> 'pending' or due_at <= now()))"
        )
        return not await pipeline.queue.pool.fetchval(busy)

    async with pipeline.at_work():
        await until(rests)


async def test_what_was_said_before_the_company_had_a_subscription_is_followed_when_it_has_one(pipeline: Pipeline):
    reference = f"company-{pipeline.tenant}"
    assert await receive(pipeline)(event("evt_1", reference=reference)) == "unclaimed"
    assert await outcomes(pipeline) == {"evt_1": ("unclaimed", None)}

    await buys(pipeline)
    await work_done(pipeline)

    assert await state(pipeline) == "past_due"
    assert await outcomes(pipeline) == {"evt_1": ("applied", pipeline.tenant)}
    assert await receive(pipeline)(event("evt_1", reference=reference)) == "repeated"


async def test_a_payment_that_overtakes_the_commit_of_its_charge_is_followed_with_it(pipeline: Pipeline):
    pipeline.gateway = FakeGateway()
    hasty = receive(pipeline)
    made = pipeline.gateway.create_charge

    async def create_charge(*args: object, **more: object) -> object:
        charge = await made(*args, **more)
        assert await hasty(event("evt_paid", "payment.succeeded", charge=charge.external_id)) == "unclaimed"
        return charge

    pipeline.gateway.create_charge = create_charge
    await buys(pipeline)
    await work_done(pipeline)

    assert await pipeline.queue.pool.fetchval("select state from public.invoices") == "paid"
    assert await outcomes(pipeline) == {"evt_paid": ("applied", pipeline.tenant)}


async def test_kept_events_are_followed_in_the_order_in_which_they_happened(pipeline: Pipeline):
    reference = f"company-{pipeline.tenant}"
    for minutes, kind in ((30, "payment.succeeded"), (10, "payment.failed")):
        told = event(f"evt_{minutes}", kind, at=LATER + timedelta(minutes=minutes), reference=reference)
        await receive(pipeline)(told)

    await buys(pipeline)
    await work_done(pipeline)

    assert await state(pipeline) == "active"
    assert await invoices(pipeline) == ["paid"]
    assert {outcome for outcome, _ in (await outcomes(pipeline)).values()} == {"applied"}


async def test_a_payment_that_names_no_charge_pays_nothing_that_was_billed_after_it(pipeline: Pipeline):
    reference = f"company-{pipeline.tenant}"
    await buys(pipeline)
    late = event("evt_late", "payment.succeeded", at=datetime.now(UTC) - timedelta(hours=1), reference=reference)

    assert await receive(pipeline)(late) == "applied"
    assert await invoices(pipeline) == ["open"]

    assert await receive(pipeline)(event("evt_paid", "payment.succeeded", reference=reference)) == "applied"
    assert await invoices(pipeline) == ["paid"]


@pytest.mark.parametrize("body", ['{"more": "\\u0000"}', '{"more": 1e400000}'])
async def test_a_body_that_no_json_column_would_hold_is_kept_as_it_came(pipeline: Pipeline, body: str):
    strange = ProviderEvent("evt_strange", "mandate.blessed", LATER, body)

    assert await receive(pipeline)(strange) == "unclaimed"
    assert await receive(pipeline)(strange) == "repeated"
    assert await pipeline.queue.pool.fetchval("select body from public.billing_events") == body


async def test_the_operator_follows_what_nobody_claimed_and_a_second_time_nothing(pipeline: Pipeline):
    await buys(pipeline)
    await receive(pipeline)(event("evt_late", subscription="sub_late"))
    await receive(pipeline)(event("evt_nobodys", subscription="sub_of_nobody"))
    await pipeline.queue.pool.execute("update public.subscriptions set external_id = 'sub_late'")

    found = [await replay_all(pipeline)(), await replay_all(pipeline)()]

    assert found == [{"evt_late": "applied"}, {}]
    assert (await outcomes(pipeline))["evt_nobodys"] == ("unclaimed", None)


async def test_replays_side_by_side_follow_each_event_once(pipeline: Pipeline):
    await buys(pipeline)
    for number in range(5):
        await receive(pipeline)(event(f"evt_{number}", customer="cus_late", at=LATER + timedelta(minutes=number)))
    await pipeline.queue.pool.execute("update public.subscriptions set customer = 'cus_late'")

    found = await asyncio.gather(*(ReplayEvents(pipeline.open_billing)(pipeline.tenant) for _ in range(4)))

    assert sorted(id for each in found for id in each) == [f"evt_{number}" for number in range(5)]


@pytest.mark.parametrize("reference", ["company-4711", "company-", "company-x", "company-99999999999", ""])
async def test_references_that_are_no_company_of_ours_stay_kept(pipeline: Pipeline, reference: str):
    await buys(pipeline)

    assert await receive(pipeline)(event("evt_x", reference=reference)) == "unclaimed"
    assert await replay_all(pipeline)() == {}
