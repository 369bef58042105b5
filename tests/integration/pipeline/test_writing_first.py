"""A client of whom the clinic has the number only: written to first where it wants that, and one contact when they write back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.first_lines import PostgresFirstLines
from application.agenda.booking import Booking
from application.reminders.open_talk import OpenTalk
from application.reminders.remind_now import NotToRemind, WhyNot
from application.reminders.write_first import WriteFirst
from domain.agenda.appointment import Appointment
from domain.agenda.people import Professional, Service
from domain.shared.phone import Phone
from tests.builders.agenda import introduced
from tests.integration.pipeline.conftest import CONNECTION, Pipeline
from tests.integration.pipeline.test_reminders_are_answered import ALWAYS, DESK, arrived, remind

NUMBER = Phone("+5531987654321")
AS_WHATSAPP_KNOWS_IT = "553187654321"


@pytest.fixture
async def reception(pipeline: Pipeline) -> Pipeline:
    """With a line that is switched on, and an older one that is not."""
    line = (
        "insert into public.whatsapp_connections (id, tenant_id, name, dialect, base_url, auth, state, created_at)"
        " values ($1, $2, 'x', 'saas-classic', 'https://whats.example', 'hmac', $3, $4)"
    )
    now = datetime.now(UTC)
    pool, tenant = pipeline.queue.pool, pipeline.tenant
    await pool.execute(line, CONNECTION, tenant, "active", now)
    await pool.execute(line, "anoldlineanoldline0000", tenant, "disabled", now - timedelta(days=9))
    return pipeline


async def booked(pipeline: Pipeline, phone: Phone = NUMBER) -> Appointment:
    """By the reception, for somebody who never wrote."""
    agenda, tenant = pipeline.agenda, pipeline.tenant
    doctor = await agenda.set_up.put_professional(tenant, Professional("Dra. Marina", ALWAYS), "user:x")
    visit = await agenda.set_up.put_service(tenant, Service("Consulta", 30), "user:x")
    starts = (datetime.now(UTC) + timedelta(days=10)).replace(hour=15, minute=0, second=0, microsecond=0)
    contact = await introduced(agenda, tenant, phone, "Ana Lima")
    return await agenda.book(tenant, Booking(contact, visit.id, doctor.id, starts, anyway=True), DESK)


@pytest.mark.parametrize("address", [AS_WHATSAPP_KNOWS_IT, "5531987654321"], ids=["without nine", "with nine"])
async def test_who_is_reminded_by_hand_and_writes_back_is_one_contact_in_one_talk(reception: Pipeline, address: str):
    appointment = await booked(reception)
    await remind(reception, appointment)

    async with reception.at_work():
        await arrived(reception, "Posso confirmar")
        await reception.say("sim, confirmo", who=address)
        await arrived(reception, "Presença confirmada")

    [contact] = await reception.rows("select id, phone from contacts")
    [talk] = await reception.rows("select contact_id, connection_id, reply_to from conversations")
    assert (contact["phone"], talk["contact_id"]) == (NUMBER.value, contact["id"])
    assert (talk["connection_id"], talk["reply_to"]) == (CONNECTION, f"{address}@s.whatsapp.net")
    [row] = await reception.rows("select status from appointments")
    assert row["status"] == "confirmed"


async def test_the_first_words_say_who_writes_and_how_to_make_it_stop(reception: Pipeline):
    appointment = await booked(reception)
    await remind(reception, appointment)

    async with reception.at_work():
        await arrived(reception, "Posso confirmar")

    [letter] = reception.channel.arrived
    assert letter.to == AS_WHATSAPP_KNOWS_IT
    assert letter.text.startswith("Olá! Aqui é Sofia")
    assert letter.text.count("responda *sair*") == 1


async def test_somebody_opens_a_talk_from_the_number_alone_once(reception: Pipeline):
    appointment = await booked(reception)
    write = WriteFirst(reception.queue.open_work, OpenTalk(PostgresFirstLines(reception.queue.pool)))

    first = await write(reception.tenant, appointment.contact, DESK)
    again = await write(reception.tenant, appointment.contact, DESK)

    assert first == again
    [talk] = await reception.rows("select id, reply_to from conversations")
    assert (talk["id"], talk["reply_to"]) == (first, AS_WHATSAPP_KNOWS_IT)


async def test_who_wants_to_be_left_alone_or_cannot_be_reached_is_not_written_to(reception: Pipeline):
    appointment = await booked(reception)
    write = WriteFirst(reception.queue.open_work, OpenTalk(PostgresFirstLines(reception.queue.pool)))
    async with reception.queue.open_work(reception.tenant) as work:
        await work.notices.set_opted_out(appointment.contact, reception.clock())
        await work.commit()
    with pytest.raises(NotToRemind) as left_alone:
        await write(reception.tenant, appointment.contact, DESK)
    async with reception.queue.open_work(reception.tenant) as work:
        await work.notices.set_opted_out(appointment.contact, None)
        await work.commit()
    await reception.queue.pool.execute("update public.whatsapp_connections set state = 'disabled'")
    with pytest.raises(NotToRemind) as no_line:
        await write(reception.tenant, appointment.contact, DESK)

    assert (left_alone.value.why, no_line.value.why) == (WhyNot.OPTED_OUT, WhyNot.NO_WAY)
    assert await reception.rows("select id from conversations") == []


@pytest.mark.parametrize("begun", [0, 39, 40])
async def test_by_itself_it_begins_only_where_the_company_wants_that_and_only_so_many_a_day(
    reception: Pipeline, begun: int
):
    appointment = await booked(reception)
    open_talk = OpenTalk(PostgresFirstLines(reception.queue.pool))
    async with reception.queue.open_work(reception.tenant) as work:
        assert await open_talk(work, reception.tenant, appointment.contact) is None
        manners = await work.manners.get()
        await work.manners.put(replace(manners, writes_first=True))
        for place in range(begun):
            other = await work.clients.by_phone(Phone(f"+55119{81_000_000 + place}"), "Alguém")
            await work.conversations.with_contact(CONNECTION, other, "x")
        talk = await open_talk(work, reception.tenant, appointment.contact)

    assert (talk is not None) is (begun < 40)
