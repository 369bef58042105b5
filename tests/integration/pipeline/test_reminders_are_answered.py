"""The whole way of a reminder: a job in the queue, a message on WhatsApp, a "sim" that comes back, an appointment confirmed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from application.agenda.booking import Booking
from application.agenda.chat.notes import with_offered
from application.agenda.chat.ports import Offered
from application.agenda.keep import Asker
from application.assistant.ports import ModelUnavailable
from application.delivery.queue_reply import SEND
from application.reminders.remind_now import RemindNow
from domain.agenda.appointment import Appointment
from domain.agenda.opening_hours import WeekHours
from domain.agenda.people import Professional, Service
from domain.assistant.attendance import Span
from domain.shared.ids import ContactId, ConversationId
from tests.integration.pipeline.conftest import Pipeline, until

DESK = Asker("user:00000000-0000-0000-0000-000000000001")
ALWAYS = WeekHours(((Span(0, 1440),),) * 7)


async def booked(pipeline: Pipeline) -> Appointment:
    """For noon in São Paulo, ten days from now; who it is for has written to the company before."""
    await pipeline.say("oi")
    await pipeline.work_it_off()
    [contact] = await pipeline.rows("select id from contacts")
    agenda, tenant = pipeline.agenda, pipeline.tenant
    doctor = await agenda.set_up.put_professional(tenant, Professional("Dra. Marina", ALWAYS), "user:x")
    visit = await agenda.set_up.put_service(tenant, Service("Consulta", 30), "user:x")
    starts = (datetime.now(UTC) + timedelta(days=10)).replace(hour=15, minute=0, second=0, microsecond=0)
    wish = Booking(ContactId(int(str(contact["id"]))), visit.id, doctor.id, starts, anyway=True)
    return await agenda.book(tenant, wish, DESK)


async def remind(pipeline: Pipeline, appointment: Appointment) -> None:
    """Whatever the hour is."""
    now = RemindNow(pipeline.queue.open_work, pipeline.agenda.zones, pipeline.clock)
    await now(pipeline.tenant, appointment.id, DESK, anyway=True)


async def test_a_reminder_is_sent_once_and_its_yes_confirms_without_a_model(pipeline: Pipeline):
    appointment = await booked(pipeline)
    asked = len(pipeline.model.prompts)
    await remind(pipeline, appointment)

    async with pipeline.at_work():
        await arrived(pipeline, "Posso confirmar")
        await pipeline.say("sim, confirmo")
        await arrived(pipeline, "Presença confirmada")

    texts = pipeline.channel.texts
    assert sum("Posso confirmar" in text for text in texts) == 1
    assert sum("Presença confirmada" in text for text in texts) == 1
    assert len(pipeline.model.prompts) == asked
    [row] = await pipeline.rows("select status from appointments")
    assert row["status"] == "confirmed"


async def test_who_writes_while_their_reminder_waits_for_its_turn_does_not_wait_with_it(pipeline: Pipeline):
    appointment = await booked(pipeline)
    pipeline.pacing.for_unasked = 3600.0
    await remind(pipeline, appointment)
    async with pipeline.at_work():
        await until(lambda: put_off(pipeline))
        said = len(pipeline.channel.texts)
        await pipeline.say("que horas vocês abrem?")
        await until(lambda: reached(pipeline, said + 2))

    assert "Posso confirmar" in pipeline.channel.texts[said]


async def test_a_reminder_whose_turn_comes_after_the_appointment_is_not_sent(pipeline: Pipeline):
    appointment = await booked(pipeline)
    pipeline.pacing.for_unasked = 3600.0
    await remind(pipeline, appointment)
    async with pipeline.at_work():
        await until(lambda: put_off(pipeline))
        await pipeline.rows("update notices set closes_at = now() where kind = 'reminder'")
        pipeline.pacing.for_unasked = 0.0
        await pipeline.hurry()
        await until(lambda: given_up(pipeline))

    assert not any("Posso confirmar" in text for text in pipeline.channel.texts)
    [row] = await pipeline.rows("select state, attempts from outgoing where text like '%Posso confirmar%'")
    assert row == {"state": "failed", "attempts": 0}
    [logged] = await pipeline.rows("select outcome, error from delivery_log where error is not null")
    assert logged == {"outcome": "FAILED_PERMANENT", "error": "what it is about has begun"}
    assert not any(job["actor"] == SEND for job in await pipeline.queue.jobs("actor"))


async def test_a_time_offered_while_a_turn_thinks_is_still_known_after_it(pipeline: Pipeline):
    appointment = await booked(pipeline)
    talk = ConversationId(int(str((await pipeline.rows("select id from conversations"))[0]["id"])))
    offered = Offered("a token", appointment.service, appointment.professional, appointment.slot.starts)
    pipeline.model.script = [ModelUnavailable("503")] * 8
    pipeline.model.thinking.clear()
    pipeline.model.may_answer.clear()

    async with pipeline.at_work():
        await pipeline.say("quero marcar uma consulta")
        await pipeline.model.thinking.wait()
        async with pipeline.queue.open_work(pipeline.tenant) as work:
            before = await work.booking_talks.notes(talk, lock=True)
            await work.booking_talks.keep(talk, with_offered(before, offered, pipeline.clock()))
            await work.commit()
        pipeline.model.may_answer.set()
        await until(lambda: reached(pipeline, 2))

    async with pipeline.queue.open_work(pipeline.tenant) as work:
        notes = await work.booking_talks.notes(talk)
    assert notes is not None
    assert notes.menu is not None
    assert offered in notes.offered


async def given_up(pipeline: Pipeline) -> bool:
    return bool(await pipeline.rows("select 1 from outgoing where state = 'failed'"))


async def put_off(pipeline: Pipeline) -> bool:
    soon = datetime.now(UTC) + timedelta(minutes=30)
    return any(row["actor"] == SEND and row["due_at"] > soon for row in await pipeline.queue.jobs("actor, due_at"))


async def reached(pipeline: Pipeline, wanted: int) -> bool:
    return len(pipeline.channel.texts) >= wanted


async def arrived(pipeline: Pipeline, words: str) -> None:
    async with asyncio.timeout(15):
        while not any(words in text for text in pipeline.channel.texts):
            await asyncio.sleep(0.02)


async def test_the_model_hears_of_the_reminder_it_did_not_write(pipeline: Pipeline):
    appointment = await booked(pipeline)
    await remind(pipeline, appointment)
    async with pipeline.at_work():
        await arrived(pipeline, "Posso confirmar")
        asked = len(pipeline.model.prompts)
        await pipeline.say("qual o endereço de vocês?")
        async with asyncio.timeout(15):
            while len(pipeline.model.prompts) == asked:
                await asyncio.sleep(0.02)

    assert "Posso confirmar" in str(pipeline.model.prompts[-1])


async def test_whoever_was_missed_and_says_remarcar_is_heard_as_wanting_the_same_again(pipeline: Pipeline):
    appointment = await booked(pipeline)
    await pipeline.rows(
        "insert into notices (about, kind, conversation_id, appointment_ids, upto, asked_at, closes_at)"
        f" select 'recovery:1', 'recovery', id, array[{appointment.id}::bigint],"
        " coalesce((select max(id) from outgoing), 0), now(), now() + interval '1 day' from conversations returning id"
    )
    asked = len(pipeline.model.prompts)

    async with pipeline.at_work():
        await pipeline.say("remarcar")
        async with asyncio.timeout(15):
            while len(pipeline.model.prompts) == asked:
                await asyncio.sleep(0.02)

    assert "Quero marcar Consulta com Dra. Marina." in str(pipeline.model.prompts[-1])
