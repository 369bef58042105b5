"""A closed business says so once until it opens; a contact who was answered often enough today waits for a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from application.assistant.settings import AssistantSettings
from application.assistant.texts import ENOUGH_FOR_TODAY
from domain.assistant.attendance import Attendance, Audience, Hours, Shift, Span, WhenClosed
from domain.assistant.persona import Faq, Persona
from domain.handoff.entry import Attendant
from tests.integration.pipeline.conftest import Pipeline

CARLA = Attendant(UUID(int=1), "Carla")
ZONE = ZoneInfo("America/Sao_Paulo")
CLOSED = "Estamos fechados. Voltamos amanhã cedo! 🙂"


def closed_since(minutes: int) -> Hours:
    """A minute a day, over for so many minutes by now; closed until tomorrow."""
    end = datetime.now(ZONE) - timedelta(minutes=minutes)
    span = Span(max(0, end.hour * 60 + end.minute - 1), max(1, end.hour * 60 + end.minute))
    return Hours(tuple((span,) for _ in range(7)))


def settings(pipeline: Pipeline) -> AssistantSettings:
    return AssistantSettings(pipeline.queue.open_work, pipeline.clock)


async def publish(pipeline: Pipeline, attendance: Attendance, **more: object) -> Persona:
    persona = Persona(attendance=attendance, **more)
    seen = (await settings(pipeline).in_force(pipeline.tenant)).version
    await settings(pipeline).publish(pipeline.tenant, persona, CARLA, seen=seen)
    return persona


async def say(pipeline: Pipeline, *texts: str) -> None:
    for text in texts:
        await pipeline.say(text)
        await pipeline.work_it_off()


async def reasons(pipeline: Pipeline) -> list[object]:
    return [row["reason"] for row in await pipeline.rows("select reason from messages order by id")]


async def held(pipeline: Pipeline) -> tuple[object, object]:
    [row] = await pipeline.rows("select holder, holder_reason from conversations")
    return row["holder"], row["holder_reason"]


@pytest.mark.parametrize("shift", [Shift.ALWAYS, Shift.OPEN])
async def test_a_closed_business_says_so_once_and_asks_nothing_of_the_model(pipeline: Pipeline, shift: Shift):
    await publish(pipeline, Attendance(shift, closed_since(5), when_closed=WhenClosed.NOTICE, closed_text=CLOSED))

    await say(pipeline, "oi", "tem alguém aí?", "alô")

    assert pipeline.channel.texts == [CLOSED]
    assert pipeline.model.prompts == []
    assert await reasons(pipeline) == ["off_hours"] * 3
    assert await held(pipeline) == ("assistant", None)


async def test_what_was_said_before_it_last_opened_is_said_again(pipeline: Pipeline):
    await publish(pipeline, Attendance(hours=closed_since(5), when_closed=WhenClosed.NOTICE, closed_text=CLOSED))
    await say(pipeline, "oi")
    schema = f"tenant_{pipeline.tenant}"
    await pipeline.queue.pool.execute(f"update {schema}.outgoing set created_at = created_at - interval '10 minutes'")

    await say(pipeline, "e agora?", "hein?")

    assert pipeline.channel.texts == [CLOSED, CLOSED]


async def test_an_open_business_answers_and_so_does_one_that_chose_to(pipeline: Pipeline):
    always = Hours(tuple((Span(0, 1440),) for _ in range(7)))
    await publish(pipeline, Attendance(hours=always, when_closed=WhenClosed.NOTICE, closed_text=CLOSED))
    await say(pipeline, "oi")
    await publish(pipeline, Attendance(hours=closed_since(5), when_closed=WhenClosed.ANSWER, closed_text=CLOSED))
    await say(pipeline, "e agora?")

    assert CLOSED not in pipeline.channel.texts
    assert len(pipeline.model.prompts) == 2


async def test_past_the_days_limit_the_contact_is_told_once_and_a_person_is_awaited(pipeline: Pipeline):
    await publish(pipeline, Attendance(daily=2))

    await say(pipeline, "um", "dois", "três", "quatro")

    assert len(pipeline.model.prompts) == 2
    assert pipeline.channel.texts[2:] == [ENOUGH_FOR_TODAY]
    assert await reasons(pipeline) == [None, None, "daily_limit", "held"]
    assert await held(pipeline) == ("waiting", "daily_limit")


async def test_given_back_on_the_same_day_it_waits_again_without_another_word(pipeline: Pipeline):
    await publish(pipeline, Attendance(daily=1))
    await say(pipeline, "um", "dois")
    schema = f"tenant_{pipeline.tenant}"
    await pipeline.queue.pool.execute(
        f"update {schema}.conversations set holder = 'assistant', holder_reason = null, held_since = now()"
    )

    await say(pipeline, "três")

    assert pipeline.channel.texts.count(ENOUGH_FOR_TODAY) == 1
    assert await held(pipeline) == ("waiting", "daily_limit")


async def test_what_was_answered_yesterday_and_to_others_counts_for_nothing(pipeline: Pipeline):
    await publish(pipeline, Attendance(daily=1))
    await say(pipeline, "um")
    schema = f"tenant_{pipeline.tenant}"
    await pipeline.queue.pool.execute(f"update {schema}.messages set received_at = received_at - interval '1 day'")
    await pipeline.say("oi", who="5511999990001")
    await pipeline.work_it_off()

    await say(pipeline, "dois")

    assert ENOUGH_FOR_TODAY not in pipeline.channel.texts
    assert len(pipeline.model.prompts) == 3


async def test_all_of_it_is_kept_in_versions_and_comes_back(pipeline: Pipeline):
    attendance = Attendance(
        Shift.OPEN, closed_since(5), Audience.EXCEPT, ("+5511987654321",), WhenClosed.NOTICE, CLOSED, 30
    )
    first = await publish(pipeline, attendance, faq=(Faq(("pix", "cartão"), "Sim,\ntodos."),))
    await publish(pipeline, Attendance())

    assert (await settings(pipeline).in_force(pipeline.tenant)).persona == Persona()
    history = (await settings(pipeline).in_force(pipeline.tenant)).history
    await settings(pipeline).roll_back(pipeline.tenant, history[-1].id, CARLA)

    assert (await settings(pipeline).in_force(pipeline.tenant)).persona == first


async def test_settings_published_before_there_were_these_are_read_as_they_were(pipeline: Pipeline):
    schema = f"tenant_{pipeline.tenant}"
    await pipeline.queue.pool.execute(f'update {schema}.persona set attendance = \'{{"shift": "open"}}\'')

    found = (await settings(pipeline).in_force(pipeline.tenant)).persona.attendance

    assert found == Attendance(Shift.OPEN)
