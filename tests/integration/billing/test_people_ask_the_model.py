"""What people at the panel ask of the model is asked of the quota first and counted: previews and summaries."""

from __future__ import annotations

from uuid import UUID

import pytest

from adapters.postgres.profiles import PostgresProfiles
from adapters.postgres.quotas import PostgresQuotas
from application.assistant.answer import Answer
from application.assistant.ports import Completion, ModelUnavailable
from application.assistant.preview import Preview
from application.handoff.summarise import Summarise
from application.quotas.meter import Meter, OutOfQuota
from domain.assistant.limits import Limits
from domain.assistant.persona import Persona
from domain.handoff.entry import Attendant
from domain.quotas.standing import Gate
from domain.shared.ids import ConversationId
from tests.fakes.assistant import FakeModels
from tests.fakes.pipeline import NoMeasures
from tests.integration.billing.conftest import TRUTH, a_plan, counted, subscribed
from tests.integration.pipeline.conftest import RATE, Pipeline

CARLA = Attendant(UUID(int=1), "Carla")


def meter_of(pipeline: Pipeline) -> Meter:
    return Meter(PostgresQuotas(pipeline.queue.pool, pipeline.clock), RATE, pipeline.clock)


def preview(pipeline: Pipeline) -> Preview:
    answer = Answer(pipeline.model, FakeModels(), Limits(seconds=5, main_seconds=3), NoMeasures())
    profiles = PostgresProfiles(pipeline.queue.pool)
    return Preview(pipeline.queue.open_work, answer, profiles, meter_of(pipeline), pipeline.clock)


def summarise(pipeline: Pipeline) -> Summarise:
    meter = meter_of(pipeline)
    return Summarise(pipeline.queue.open_work, meter, pipeline.model, FakeModels(), 3, pipeline.clock)


async def talked(pipeline: Pipeline) -> ConversationId:
    await pipeline.say("oi")
    await pipeline.work_it_off()
    [row] = await pipeline.rows("select id from conversations")
    return ConversationId(row["id"])


async def agree(pipeline: Pipeline) -> dict[str, int]:
    found, [truth] = await counted(pipeline), await pipeline.rows(TRUTH)
    assert found == truth | {"cost": truth["cost"] * RATE}
    return found


async def test_previews_and_summaries_are_counted_as_they_cost_and_are_no_messages(pipeline: Pipeline):
    conversation = await talked(pipeline)

    tried = await preview(pipeline)(pipeline.tenant, Persona(), "vocês abrem sábado?")
    await summarise(pipeline)(pipeline.tenant, conversation, CARLA)

    used = await agree(pipeline)
    assert (used["messages"], used["calls"]) == (1, 3)
    assert tried.cost == used["cost"] // 3


async def test_a_summary_that_fails_counts_what_was_billed_all_the_same(pipeline: Pipeline):
    conversation = await talked(pipeline)
    billed = Completion("", "small", 70, 10, 30, 0.1)
    pipeline.model.script = [ModelUnavailable("away", paid=(billed,))]

    with pytest.raises(ModelUnavailable):
        await summarise(pipeline)(pipeline.tenant, conversation, CARLA)

    assert (await agree(pipeline))["calls"] == 2
    assert await pipeline.rows("select 1 from handoff_entries") == []


@pytest.mark.parametrize(
    ("change", "gate"),
    [
        ("update public.usage set messages = 10", Gate.USED_UP),
        ("update public.subscriptions set state = 'ended'", Gate.UNPAID),
        ("update public.tenants set state = 'suspended'", Gate.SUSPENDED),
    ],
)
async def test_past_the_plan_people_are_told_before_anything_costs(pipeline: Pipeline, change: str, gate: Gate):
    await subscribed(pipeline, a_plan(10))
    conversation = await talked(pipeline)
    await pipeline.queue.pool.execute(change)
    asked, used = len(pipeline.model.prompts), await counted(pipeline)

    with pytest.raises(OutOfQuota) as previewed:
        await preview(pipeline)(pipeline.tenant, Persona(), "oi")
    with pytest.raises(OutOfQuota) as summed_up:
        await summarise(pipeline)(pipeline.tenant, conversation, CARLA)

    assert {previewed.value.gate, summed_up.value.gate} == {gate}
    assert len(pipeline.model.prompts) == asked
    assert await counted(pipeline) == used
    assert await pipeline.rows("select 1 from model_calls where rung in ('preview', 'summary')") == []
