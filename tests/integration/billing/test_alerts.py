"""At 80 and at 100 per cent the company is told: once per cycle each, by letter, by webhook, and on the panel's page."""

from __future__ import annotations

import asyncio

from application.quotas.ports import Delivered, Endpoint
from application.quotas.watch import WatchUsage
from application.shared.ports import Job
from domain.shared.errors import Unavailable
from tests.integration.billing.conftest import a_plan, subscribed
from tests.integration.pipeline.conftest import Pipeline, until

SECRET = "whsec_" + "c2VjcmV0IG9mIDI0IGJ5dGVzIG9yIG1vcmU="
PHONES = [f"55119{number:08d}" for number in range(71_000_000, 71_000_020)]


async def tell(pipeline: Pipeline, *addresses: str, url: str | None = "https://clinica.example.com/hooks") -> None:
    async with pipeline.open_billing(pipeline.tenant) as work:
        await work.contacts.put(addresses)
        await work.endpoints.put(Endpoint(url, SECRET) if url else None)
        await work.commit()


async def alerts(pipeline: Pipeline) -> list[int]:
    async with pipeline.open_billing(pipeline.tenant) as work:
        return [alert.threshold for alert in reversed(await work.alerts.lately(10))]


async def test_each_threshold_is_told_once_to_everybody_who_is_to_know(pipeline: Pipeline):
    await subscribed(pipeline, a_plan(10))
    await tell(pipeline, "dona@example.com", "contador@example.com")

    for phone in PHONES:
        await pipeline.say("oi", who=phone)
        await pipeline.work_it_off()

    assert await alerts(pipeline) == [80, 100]
    assert sorted(mail.to for mail in pipeline.mailer.taken) == ["contador@example.com"] * 2 + ["dona@example.com"] * 2
    assert [(news.type, news.data["threshold"]) for _, news in pipeline.news.sent] == [
        ("quota.reached", 80),
        ("quota.reached", 100),
    ]
    assert {endpoint.secret for endpoint, _ in pipeline.news.sent} == {SECRET}


async def test_looks_side_by_side_tell_once(pipeline: Pipeline):
    await subscribed(pipeline, a_plan(1))
    await tell(pipeline, "dona@example.com", url=None)
    await pipeline.say("oi")
    await pipeline.work_it_off()
    await pipeline.queue.pool.execute("delete from public.quota_alerts")
    pipeline.mailer.taken.clear()
    raised = []

    async def look(claim: object, **_: object) -> str:
        raised.extend(await WatchUsage(pipeline.open_billing)(claim))
        return "looked"

    for number in range(8):
        await pipeline.queue.add(pipeline.tenant, Job("look", {}, key=f"look:{number}"))
    async with pipeline.queue.at_work(pipeline.queue.worker({"look": look})):
        await until(lambda: _none_left(pipeline))
    await pipeline.work_it_off()

    assert sorted(raised) == [80, 100]
    assert len(pipeline.mailer.taken) == 2


async def _none_left(pipeline: Pipeline) -> bool:
    return not await pipeline.queue.pool.fetchval("select exists (select from public.jobs where actor = 'look')")


async def test_a_mail_server_that_is_away_costs_the_letter_a_while_and_the_webhook_nothing(pipeline: Pipeline):
    await subscribed(pipeline, a_plan(1))
    await tell(pipeline, "dona@example.com")
    pipeline.mailer.script = [Unavailable("away"), Unavailable("away")]

    await pipeline.say("oi")
    async with pipeline.at_work():
        async with asyncio.timeout(15):
            while len(pipeline.mailer.taken) < 2:
                await pipeline.hurry()
                await asyncio.sleep(0.05)
        await pipeline.queue.settled()

    assert {mail.subject for mail in pipeline.mailer.taken} == {
        "Seu plano da Secretaria chegou a 80 % do uso deste ciclo",
        "Seu plano da Secretaria foi usado por completo neste ciclo",
    }
    assert len(pipeline.news.sent) == 2


async def test_every_attempt_at_the_companys_own_system_is_written_down(pipeline: Pipeline):
    await subscribed(pipeline, a_plan(1))
    await tell(pipeline)
    pipeline.news.script = [Delivered("refused", 500, 0.1), Delivered("unreachable", None, 0.1)]

    await pipeline.say("oi")
    async with pipeline.at_work():
        async with asyncio.timeout(15):
            while len(pipeline.news.sent) < 2:
                await pipeline.hurry()
                await asyncio.sleep(0.05)
        await pipeline.queue.settled()

    rows = await pipeline.queue.pool.fetch("select outcome, attempt from public.event_deliveries order by id")
    assert sorted(row["outcome"] for row in rows) == ["delivered", "delivered", "refused", "unreachable"]
    assert max(row["attempt"] for row in rows) >= 2


async def test_a_new_cycle_tells_anew(pipeline: Pipeline):
    await subscribed(pipeline, a_plan(1))
    await pipeline.say("oi")
    await pipeline.work_it_off()
    await pipeline.queue.pool.execute("update public.quota_alerts set cycle_first = cycle_first - 31")

    await pipeline.queue.add(pipeline.tenant, Job("quotas.watch", {}, key="quotas:watch"))
    await pipeline.work_it_off()

    assert await alerts(pipeline) == [80, 100, 80, 100]
