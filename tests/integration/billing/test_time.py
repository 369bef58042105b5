"""Trials end, months begin and debts grow old by themselves: once, however many look and however late."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from application.billing.advance import AdvanceSubscription
from application.billing.cancel import CancelSubscription
from application.billing.subscribe import ChangePlan, Subscribe
from application.shared.ports import Job
from domain.billing.plan import Overage, Plan, PlanCode
from domain.billing.subscription import Subscription
from domain.quotas.allowance import Allowance
from domain.shared.errors import Unavailable
from tests.fakes.billing import FakeGateway
from tests.integration.billing.conftest import SMALL, a_plan
from tests.integration.pipeline.conftest import Pipeline, until


async def bought(pipeline: Pipeline, plan: Plan, *, trial_days: int = 0) -> Subscription:
    async with pipeline.open_billing(pipeline.tenant) as work:
        await work.plans.put(plan)
        await work.commit()
    return await Subscribe(pipeline.open_billing, pipeline.clock)(pipeline.tenant, plan.code, trial_days=trial_days)


async def now_is(pipeline: Pipeline, days: int) -> None:
    """That many days later the job of the company has run."""
    pipeline.clock.offset += timedelta(days=days)
    await pipeline.queue.pool.execute("update public.jobs set due_at = now() where actor = 'billing.advance'")
    async with pipeline.at_work():
        await until(lambda: _rests(pipeline))


async def _rests(pipeline: Pipeline) -> bool:
    busy = "select exists (select from public.jobs where state <> 'dead' and (state <> 'pending' or due_at <= now()))"
    return not await pipeline.queue.pool.fetchval(busy)


async def found(pipeline: Pipeline) -> Subscription:
    async with pipeline.open_billing(pipeline.tenant) as work:
        subscription = await work.subscriptions.find()
    assert subscription is not None
    return subscription


async def invoices(pipeline: Pipeline) -> list[tuple[str, int, str]]:
    rows = await pipeline.queue.pool.fetch("select kind, due_cents, state from public.invoices order by id")
    return [tuple(row) for row in rows]


async def test_a_trial_becomes_a_month_a_debt_and_an_end(pipeline: Pipeline):
    await bought(pipeline, a_plan(100, cents=9_700), trial_days=7)
    assert await invoices(pipeline) == []

    states = []
    for days in (6, 2, 5, 7):
        await now_is(pipeline, days)
        states.append(str((await found(pipeline)).state))

    assert states == ["trial", "active", "past_due", "ended"]
    assert await invoices(pipeline) == [("cycle", 9_700, "void")]


async def test_a_job_that_comes_months_late_makes_each_bill_once(pipeline: Pipeline):
    await bought(pipeline, a_plan(100, cents=0))
    await pipeline.queue.pool.execute("update public.plans set price_cents = 0")

    await now_is(pipeline, 100)
    first = (await found(pipeline)).cycle
    await now_is(pipeline, 0)

    assert (await found(pipeline)).cycle == first
    assert first.begins <= pipeline.clock() < first.ends
    row = await pipeline.queue.pool.fetchrow("select cycle_first, cycle_until from public.subscriptions")
    assert tuple(row) == (first.first, first.until)


async def test_schedulers_side_by_side_do_everything_once(pipeline: Pipeline):
    await bought(pipeline, a_plan(100, cents=9_700))
    pipeline.clock.offset = timedelta(days=6)

    async def advance(claim: object, **_: object) -> str:
        return await AdvanceSubscription(pipeline.open_billing, pipeline.clock)(claim)

    for number in range(6):
        await pipeline.queue.add(pipeline.tenant, Job("advance", {}, key=f"advance:{number}"))
    async with pipeline.queue.at_work(pipeline.queue.worker({"advance": advance})):
        async with asyncio.timeout(15):
            while (await found(pipeline)).state != "past_due":
                await asyncio.sleep(0.02)

    assert await invoices(pipeline) == [("cycle", 9_700, "open")]


async def test_a_month_that_ends_charges_what_it_cost_beyond_its_price(pipeline: Pipeline):
    await bought(pipeline, a_plan(1, overage=Overage.CHARGE))
    for text in ("oi", "e aos sábados?", "obrigada"):
        await pipeline.say(text)
        async with pipeline.at_work():
            await until(lambda: _rests(pipeline))

    await now_is(pipeline, 32)

    assert await invoices(pipeline) == [("cycle", 10, "open")]


async def test_a_bill_is_put_before_the_payer_once(pipeline: Pipeline):
    pipeline.gateway = FakeGateway()
    await bought(pipeline, a_plan(100, cents=9_700))
    async with pipeline.at_work():
        await until(lambda: _rests(pipeline))

    await pipeline.queue.add(pipeline.tenant, Job("billing.charge", {"invoice": 1}))
    async with pipeline.at_work():
        await until(lambda: _rests(pipeline))

    charges = await pipeline.queue.pool.fetch("select pix_copy_paste, expires_at from public.charges")
    assert [row["pix_copy_paste"] for row in charges] == ["00020126FAKE0000009700"]
    customer, external = await pipeline.queue.pool.fetchrow("select customer, external_id from public.subscriptions")
    assert customer in pipeline.gateway.customers
    assert external in pipeline.gateway.subscriptions


async def test_whoever_pays_is_written_once_about_each_bill_with_the_code_to_pay_it(pipeline: Pipeline):
    pipeline.gateway = FakeGateway()
    async with pipeline.open_billing(pipeline.tenant) as work:
        await work.contacts.put(["dona@example.com", "contador@example.com"])
        await work.commit()
    await bought(pipeline, a_plan(100, cents=9_700))
    await now_is(pipeline, 0)
    await pipeline.queue.add(pipeline.tenant, Job("billing.charge", {"invoice": 1}))
    await now_is(pipeline, 0)

    assert sorted(mail.to for mail in pipeline.mailer.taken) == ["contador@example.com", "dona@example.com"]
    for mail in pipeline.mailer.taken:
        assert "R$ 97,00" in mail.subject
        assert "\n00020126FAKE0000009700\n" in mail.text


async def test_nobody_is_asked_to_pay_what_was_paid_before_the_letter_left(pipeline: Pipeline):
    pipeline.gateway = FakeGateway()
    async with pipeline.open_billing(pipeline.tenant) as work:
        await work.contacts.put(["dona@example.com"])
        await work.commit()
    await bought(pipeline, a_plan(100, cents=9_700))
    pipeline.mailer.script = [Unavailable("away")]
    await now_is(pipeline, 0)
    await pipeline.queue.pool.execute("update public.invoices set state = 'paid'")

    await pipeline.hurry()
    await now_is(pipeline, 0)

    assert pipeline.mailer.taken == []


async def test_who_wants_to_go_is_served_to_the_last_day_and_may_come_back(pipeline: Pipeline):
    await bought(pipeline, a_plan(100, cents=0))
    await CancelSubscription(pipeline.open_billing, pipeline.clock)(pipeline.tenant)
    assert (await found(pipeline)).state == "active"

    await now_is(pipeline, 32)
    assert (await found(pipeline)).state == "cancelled"
    await ChangePlan(pipeline.open_billing, pipeline.clock)(pipeline.tenant, PlanCode("essencial"))

    assert (await found(pipeline)).state == "active"
    assert await invoices(pipeline) == [("cycle", 9_700, "open")]


async def test_asking_twice_for_the_same_plan_buys_it_once(pipeline: Pipeline):
    await bought(pipeline, Plan(SMALL, "Pequeno", 9_700, Allowance(10)))
    await bought(pipeline, Plan(SMALL, "Pequeno", 9_700, Allowance(10)))

    assert len(await invoices(pipeline)) == 1
