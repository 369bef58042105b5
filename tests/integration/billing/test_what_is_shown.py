"""What pages and routes show as used is, to the last speck, the sum of the rows it was written down in."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from adapters.http.panel.money_words import money_of
from adapters.http.panel.words import reais
from application.assistant.ports import Completion, ModelUnavailable
from application.billing.read import ReadUsage
from domain.assistant.persona import Persona
from domain.billing.money import whole_cents
from domain.quotas.allowance import Use
from tests.integration.billing.conftest import TRUTH, a_plan, subscribed
from tests.integration.billing.test_people_ask_the_model import CARLA, preview, summarise
from tests.integration.pipeline.conftest import RATE, Pipeline

BILLED = Completion("", "main", 90, 7, 333, 0.1)
PHONES = [f"55119{number:08d}" for number in range(72_000_000, 72_000_006)]


async def live(pipeline: Pipeline, chance: random.Random) -> None:
    """One thing that costs, or a night that passes."""
    match chance.choice(("turn", "turn", "turn", "preview", "summary", "trouble", "night")):
        case "turn":
            await pipeline.say(f"pergunta {chance.random()}", who=chance.choice(PHONES))
            await pipeline.work_it_off()
        case "preview":
            await preview(pipeline)(pipeline.tenant, Persona(), f"e se {chance.random()}?")
        case "summary":
            rows = await pipeline.rows("select id from conversations order by id")
            if rows:
                await summarise(pipeline)(pipeline.tenant, chance.choice(rows)["id"], CARLA)
        case "trouble":
            pipeline.model.script = [ModelUnavailable("away", paid=(BILLED,)), ModelUnavailable("away", paid=(BILLED,))]
            await pipeline.say(f"pergunta {chance.random()}", who=chance.choice(PHONES))
            await pipeline.work_it_off()
            pipeline.model.script = []
        case "night":
            pipeline.clock.offset += timedelta(days=1)


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_shown_is_the_sum_of_what_was_written_down(pipeline: Pipeline, seed: int):
    await subscribed(pipeline, a_plan(100_000))
    chance = random.Random(seed)
    for _ in range(18):
        await live(pipeline, chance)

    report = await ReadUsage(pipeline.open_billing, pipeline.clock)(pipeline.tenant)

    [truth] = await pipeline.rows(TRUTH)
    cost = truth["cost"] * RATE
    assert report.used == Use(truth["messages"], truth["calls"], truth["input_tokens"], truth["output_tokens"], cost)
    assert sum((use for _, use in report.days), Use()) == report.used
    assert len({day for day, _ in report.days}) == len(report.days)
    shown = money_of(report, pipeline.clock())
    assert shown.cost == reais(whole_cents(cost))
    assert sum(shown.costs) == cost
    assert shown.bars[0].used == str(truth["messages"])
