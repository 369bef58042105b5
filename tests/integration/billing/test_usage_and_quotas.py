"""What is used is counted exactly, and past the plan a person is awaited: on a real database, queue and pipeline."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from application.assistant.texts import ASSISTANT_RESTS
from domain.billing.plan import Overage
from domain.quotas.allowance import Use
from tests.integration.billing.conftest import TRUTH, a_plan, counted, subscribed
from tests.integration.pipeline.conftest import RATE, Pipeline

PHONES = [f"55119{number:08d}" for number in range(70_000_000, 70_000_060)]


async def agrees_with_the_truth(pipeline: Pipeline) -> dict[str, int]:
    found, [truth] = await counted(pipeline), await pipeline.rows(TRUTH)
    assert found == truth | {"cost": truth["cost"] * RATE}
    return found


async def test_every_answer_is_counted_once_however_many_are_given_at_once(pipeline: Pipeline):
    for phone in PHONES:
        await pipeline.say("oi", who=phone)
        await pipeline.say("bom dia", who=phone)

    await pipeline.work_it_off()

    used = await agrees_with_the_truth(pipeline)
    assert used["messages"] == 2 * len(PHONES)


async def test_a_turn_that_is_tried_again_is_counted_once(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch):
    await pipeline.say("oi")
    ledger_lost = asyncio.Event()

    class Crashing(type(pipeline.memory)):
        async def remember(self, *args: object) -> None:
            if not ledger_lost.is_set():
                ledger_lost.set()
                raise RuntimeError("the worker dies after its commit")

    pipeline.memory = Crashing()
    async with pipeline.queue.at_work(pipeline.worker()):
        await ledger_lost.wait()
        await pipeline.hurry()
        await pipeline.queue.settled()

    assert (await agrees_with_the_truth(pipeline))["messages"] == 1


async def test_what_is_undone_has_used_nothing(pipeline: Pipeline):
    async with pipeline.queue.open_work(pipeline.tenant) as work:
        await work.counters.add(pipeline.clock().date(), Use(messages=5), watch=True)

    assert (await counted(pipeline))["messages"] == 0
    assert await pipeline.queue.jobs() == []


async def test_past_the_plan_the_contact_is_told_once_a_person_is_awaited_and_nothing_costs(
    pipeline: Pipeline, small_plan: object
):
    for number in range(10):
        await pipeline.say(f"pergunta {number}", who=PHONES[number])
    await pipeline.work_it_off()
    asked = len(pipeline.model.prompts)

    for text in ("ainda está aí?", "alô?"):
        await pipeline.say(text)
        await pipeline.work_it_off()

    assert len(pipeline.model.prompts) == asked == 10
    assert pipeline.channel.texts.count(ASSISTANT_RESTS) == 1
    assert (await counted(pipeline))["messages"] == 10
    rows = await pipeline.rows("select state, reason from messages where reason is not null")
    assert rows == [{"state": "unanswered", "reason": "quota"}] * 2
    [waiting] = await pipeline.rows("select holder, holder_reason from conversations order by id desc limit 1")
    assert waiting == {"holder": "waiting", "holder_reason": "quota"}


async def test_with_a_larger_plan_the_next_message_is_answered_again(pipeline: Pipeline):
    await subscribed(pipeline, a_plan(1))
    for text in ("oi", "e agora?"):
        await pipeline.say(text)
        await pipeline.work_it_off()
    assert pipeline.channel.texts[-1] == ASSISTANT_RESTS

    await subscribed(pipeline, a_plan(1000))
    await pipeline.say("voltou?")
    await pipeline.work_it_off()

    assert pipeline.channel.texts[-1].startswith("resposta a")
    [now] = await pipeline.rows("select holder, holder_reason from conversations")
    assert now == {"holder": "assistant", "holder_reason": None}


async def test_a_plan_that_sells_more_goes_on_answering(pipeline: Pipeline):
    await subscribed(pipeline, a_plan(1, overage=Overage.CHARGE))

    for number in range(3):
        await pipeline.say("oi", who=PHONES[number])
        await pipeline.work_it_off()

    assert len(pipeline.model.prompts) == 3
    assert ASSISTANT_RESTS not in pipeline.channel.texts


@pytest.mark.parametrize("state", ["cancelled", "ended"])
async def test_a_subscription_that_does_not_serve_makes_no_cost(pipeline: Pipeline, small_plan: object, state: str):
    await pipeline.queue.pool.execute("update public.subscriptions set state = $1", state)

    await pipeline.say("oi")
    await pipeline.work_it_off()

    assert pipeline.model.prompts == []
    assert pipeline.channel.texts == [ASSISTANT_RESTS]


async def test_a_suspended_company_makes_no_cost(pipeline: Pipeline):
    await pipeline.say("oi")
    await pipeline.queue.pool.execute("update public.tenants set state = 'suspended'")

    await pipeline.work_it_off()

    assert pipeline.model.prompts == []
    assert pipeline.channel.texts == [ASSISTANT_RESTS]


async def test_without_a_plan_nothing_is_limited_and_all_is_counted(pipeline: Pipeline):
    for phone in PHONES[:15]:
        await pipeline.say("oi", who=phone)

    await pipeline.work_it_off()

    assert (await agrees_with_the_truth(pipeline))["messages"] == 15


@pytest.mark.parametrize(
    "statement",
    ["select * from public.usage", "update public.usage set messages = 0", "select * from public.subscriptions"],
)
async def test_a_company_can_count_and_can_neither_see_nor_lower_a_counter(pipeline: Pipeline, statement: str):
    async with pipeline.queue.open_work(pipeline.tenant) as work:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await work._connection.execute(statement)

    async with pipeline.queue.open_work(pipeline.tenant) as work:
        with pytest.raises(asyncpg.CheckViolationError):
            await work.counters.add(pipeline.clock().date(), Use(messages=-1), watch=False)


async def test_nobody_counts_outside_a_company(pipeline: Pipeline):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pipeline.queue.pool.execute("select public.count_usage(current_date, 1, 0, 0, 0, 0, false)")
