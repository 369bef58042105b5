"""A calendar that answers late: whoever was told to wait hears what came of it, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.agenda.keep import Asker
from application.agenda.late_answer import TELL_SETTLED, Outcome, Settled
from application.agenda.reschedule_appointment import Move
from domain.agenda.appointment import Appointment, Status
from domain.shared.ids import ContactId
from tests.builders.agenda import Practice, at
from tests.builders.unasked import Days
from tests.integration.agenda.test_booking_by_menu import Talk


@pytest.fixture
def days(practice: Practice) -> Days:
    """With the job that goes on asking a silent calendar."""
    days = Days.of(practice)
    days.actors.append("agenda.settle")
    return days


async def asked_in_silence(days: Days, contact: ContactId) -> Appointment:
    """Booked while the calendar cannot be reached."""
    days.practice.line.deaf = True
    pending = await days.practice.book(at(14, days=7), contact)
    days.practice.line.deaf = False
    assert pending.status is Status.PENDING
    return pending


async def taken_at_the_calendar(days: Days, hour: int) -> None:
    """Somebody has the time there, and nobody here knows."""
    other = await days.practice.book(at(hour, days=7))
    async with days.practice.open_work(days.practice.tenant) as work:
        await work.places.give_back(other.id)
        await work.commit()


async def a_minute_later(days: Days) -> None:
    await days.pass_to(days.practice.now + timedelta(minutes=2))


async def test_a_yes_that_comes_late_is_told_once(days: Days):
    contact = await days.client()
    await asked_in_silence(days, contact)

    await a_minute_later(days)
    await a_minute_later(days)

    assert await days.told(contact) == [
        (
            "Oi, Ana! A agenda confirmou o seu horário: Consulta com Dra. Marina, segunda-feira, 30/11 às 14h."
            " Está marcado. Até lá! 😊"
        )
    ]


async def test_a_yes_at_once_is_told_by_whoever_booked_and_not_again(days: Days):
    contact = await days.client()
    await days.practice.book(at(14, days=7), contact)

    await a_minute_later(days)

    assert await days.told(contact) == []


async def test_a_late_no_comes_with_other_times_of_which_one_can_be_picked_by_number(days: Days):
    await taken_at_the_calendar(days, 14)
    contact = await days.client()
    pending = await asked_in_silence(days, contact)

    await a_minute_later(days)

    (told,) = await days.told(contact)
    assert told.startswith(
        "Oi, Ana! Infelizmente a agenda não pôde confirmar Consulta com Dra. Marina, segunda-feira, 30/11 às 14h:"
        " esse horário não está mais disponível.\n\nEstes horários estão livres:\n*1* - segunda-feira, 30/11 às "
    )
    assert "às 14h\n" not in told
    assert await days.status(pending.id) == "cancelled"
    conversation = await days._conversation(contact)
    async with days.practice.open_work(days.practice.tenant) as work:
        notes = await work.booking_talks.notes(conversation)
    answer = await Talk(days.practice, contact, notes).say("1")
    assert answer.startswith("Posso marcar *Consulta com Dra. Marina, segunda-feira, 30/11 às ")


async def test_a_late_yes_to_a_move_names_the_new_time(days: Days):
    contact = await days.client()
    appointment = await days.practice.book(at(14, days=7), contact)
    days.practice.line.deaf = True
    await days.practice.agenda.reschedule(
        days.practice.tenant, appointment.id, Move(at(9, days=8)), Asker.client(contact)
    )
    days.practice.line.deaf = False

    await a_minute_later(days)

    assert await days.told(contact) == [
        ("Oi, Ana! A agenda confirmou a mudança: Consulta com Dra. Marina agora é terça-feira, 01/12 às 9h. Até lá! 😊")
    ]


async def test_a_late_no_to_a_move_says_that_the_old_time_holds(days: Days):
    await taken_at_the_calendar(days, 9)
    contact = await days.client()
    appointment = await days.practice.book(at(14, days=7), contact)
    days.practice.line.deaf = True
    await days.practice.agenda.reschedule(
        days.practice.tenant, appointment.id, Move(at(9, days=7)), Asker.client(contact)
    )
    days.practice.line.deaf = False

    await a_minute_later(days)

    (told,) = await days.told(contact)
    assert "não aceitou a mudança para segunda-feira, 30/11 às 9h." in told
    assert "O seu horário de Consulta com Dra. Marina continua sendo segunda-feira, 30/11 às 14h." in told


async def test_what_changed_since_is_not_told_any_more(days: Days):
    contact = await days.client()
    pending = await asked_in_silence(days, contact)
    days.practice.go_to(days.practice.now + timedelta(minutes=2))
    row = await days._claim()
    assert row["actor"] == "agenda.settle"
    await days.practice.pool.execute("update public.jobs set state = 'pending' where id = $1", row["id"])
    await days.run_due()
    said = await days.told(contact)
    old = Settled(1, Outcome.REFUSED, pending.slot.starts)

    await days.practice.pool.execute(
        "insert into public.jobs (tenant_id, actor, args) values ($1, $2, $3)",
        days.practice.tenant,
        TELL_SETTLED,
        f'{{"appointment": {pending.id}, "version": {old.version}, "outcome": "refused",'
        f' "wished": {int(old.wished.timestamp())}}}',
    )
    await days.run_due()

    assert await days.told(contact) == said
    assert ("reminders.tell_settled", "changed") in days.ran


async def test_at_night_only_who_is_awake_hears_before_the_morning(days: Days):
    days.practice.go_to(at(23))
    awake = await days.client("Bia")
    asleep = await days.client("Caio")
    await days._sql("update conversations set last_inbound_at = $2 where contact_id = $1", asleep, at(18))
    days.practice.line.deaf = True
    await days.practice.book(at(14, days=7), awake)
    await days.practice.book(at(15, days=7), asleep)
    days.practice.line.deaf = False

    await a_minute_later(days)
    at_night = [len(await days.told(each)) for each in (awake, asleep)]
    await days.pass_to(at(8, 1, days=1))

    assert at_night == [1, 0]
    assert len(await days.told(asleep)) == 1


async def test_who_asked_to_be_left_alone_is_left_alone(days: Days):
    contact = await days.client()
    await asked_in_silence(days, contact)
    async with days.practice.open_work(days.practice.tenant) as work:
        await work.notices.set_opted_out(contact, days.practice.now)
        await work.commit()

    await a_minute_later(days)

    assert await days.told(contact) == []
