"""What becomes of an appointment: moved, confirmed, called off, kept or missed, by whom and until when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.agenda.booking import NotOffered
from application.agenda.keep import Asker
from application.agenda.reschedule_appointment import Move
from application.agenda.work import ClientNotFound, Listed
from domain.agenda.appointment import (
    AppointmentMoveRefused,
    AppointmentNotFound,
    NotYet,
    SlotTaken,
    Status,
    TooLateToChange,
)
from domain.agenda.people import DoesNotDoThat, ProfessionalNotFound, ServiceNotFound
from domain.agenda.rules import TooFarAhead, TooSoon
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, ServiceId
from tests.builders.agenda import DESK, MONDAY_7H, Practice, at


async def test_it_moves_also_onto_a_part_of_its_own_time(practice: Practice):
    practice.visit = await practice.service("Longa", 60)
    appointment = await practice.book(at(9))

    moved = await practice.agenda.reschedule(practice.tenant, appointment.id, Move(at(9, 30)), DESK)

    assert (moved.status, moved.slot) == (Status.RESCHEDULED, Slot(at(9, 30), at(10, 30)))
    assert await practice.entries() == [("standing", at(9, 30))]
    await practice.book(at(8, 30))


async def test_it_does_not_move_onto_somebody_else_and_stays_where_it_was(practice: Practice):
    appointment = await practice.book(at(9))
    await practice.book(at(10))

    with pytest.raises(SlotTaken):
        await practice.agenda.reschedule(practice.tenant, appointment.id, Move(at(9, 45)), DESK)

    view = await practice.agenda.appointments.one(practice.tenant, appointment.id)
    assert view.appointment == appointment
    with pytest.raises(SlotTaken):
        await practice.book(at(9))


async def test_every_change_makes_a_new_version(practice: Practice):
    appointment = await practice.book(at(9))
    client = Asker.client(appointment.contact)

    confirmed = await practice.agenda.confirm(practice.tenant, appointment.id, client)
    again = await practice.agenda.confirm(practice.tenant, appointment.id, client)
    moved = await practice.agenda.reschedule(practice.tenant, appointment.id, Move(at(10)), client)
    gone = await practice.agenda.cancel(practice.tenant, appointment.id, client)
    still_gone = await practice.agenda.cancel(practice.tenant, appointment.id, client)

    versions = [each.version for each in (appointment, confirmed, moved, gone)]
    assert versions == sorted(set(versions))
    assert again.version == confirmed.version
    assert still_gone.version == gone.version


async def test_a_client_must_give_the_notice_and_the_desk_need_not(practice: Practice):
    practice.visit = await practice.service("Com aviso", notice=timedelta(hours=24))
    appointment = await practice.book(at(15))
    client = Asker.client(appointment.contact)

    with pytest.raises(TooLateToChange):
        await practice.agenda.cancel(practice.tenant, appointment.id, client)
    with pytest.raises(TooLateToChange):
        await practice.agenda.reschedule(practice.tenant, appointment.id, Move(at(15, days=2)), client)

    assert (await practice.agenda.cancel(practice.tenant, appointment.id, DESK)).status is Status.CANCELLED


async def test_somebody_elses_appointment_is_not_there(practice: Practice):
    appointment = await practice.book(at(9))
    stranger = Asker.client(await practice.client("Outra pessoa"))

    with pytest.raises(AppointmentNotFound):
        await practice.agenda.cancel(practice.tenant, appointment.id, stranger)
    with pytest.raises(AppointmentNotFound):
        await practice.agenda.confirm(practice.tenant, appointment.id, stranger)
    with pytest.raises(AppointmentNotFound):
        await practice.agenda.reschedule(practice.tenant, appointment.id, Move(at(11)), stranger)
    with pytest.raises(AppointmentNotFound):
        await practice.agenda.cancel(practice.tenant, AppointmentId(10**9), DESK)

    assert await practice.entries() == [("standing", at(9))]


async def test_who_came_is_said_after_it_began_and_may_be_set_right(practice: Practice):
    appointment = await practice.book(at(9))
    with pytest.raises(NotYet):
        await practice.agenda.attendance.kept(practice.tenant, appointment.id, DESK)
    practice.go_to(at(9, 31))

    missed = await practice.agenda.attendance.missed(practice.tenant, appointment.id, DESK)
    entries = await practice.entries()
    kept = await practice.agenda.attendance.kept(practice.tenant, appointment.id, DESK)

    assert (missed.status, missed.owed) == (Status.MISSED, None)
    assert entries == [("missed", at(9))]
    assert (kept.status, kept.owed) == (Status.KEPT, None)
    assert await practice.entries() == [("standing", at(9))]
    with pytest.raises(AppointmentMoveRefused):
        await practice.agenda.cancel(practice.tenant, appointment.id, DESK)


@pytest.mark.parametrize(
    ("starts", "refusal"),
    [
        (MONDAY_7H - timedelta(days=7), TooSoon),
        (at(7, 30), TooSoon),
        (at(9, days=365), TooFarAhead),
        (at(12), NotOffered),
        (at(9, 7), NotOffered),
        (at(17, 45), NotOffered),
        (at(9, days=5), NotOffered),
        (at(9, days=32), NotOffered),
    ],
    ids=["past", "too soon", "too far", "lunch", "off the beat", "past closing", "saturday", "christmas"],
)
async def test_a_time_that_nobody_offers_is_refused(practice: Practice, starts, refusal):
    with pytest.raises(refusal):
        await practice.book(starts)

    assert await practice.entries() == []


async def test_what_is_not_there_cannot_be_booked(practice: Practice):
    someone, doctor, visit = await practice.client(), practice.doctor, practice.visit
    nobody_else = await practice.professional("Dr. Paulo")
    only_him = await practice.service("Só com ele", professionals=frozenset({nobody_else}))

    with pytest.raises(ClientNotFound):
        await practice.book(at(9), ContactId(10**9))
    practice.visit = ServiceId(10**9)
    with pytest.raises(ServiceNotFound):
        await practice.book(at(9), someone)
    practice.visit, practice.doctor = visit, ProfessionalId(10**9)
    with pytest.raises(ProfessionalNotFound):
        await practice.book(at(9), someone)
    practice.visit, practice.doctor = only_him, doctor
    with pytest.raises(DoesNotDoThat):
        await practice.book(at(9), someone)


async def test_a_hold_keeps_others_away_until_it_lapses_and_never_its_owner(practice: Practice):
    ana, bia = await practice.client("Ana"), await practice.client("Bia")
    held = await practice.agenda.hold_slot(practice.tenant, practice.wish(ana, at(9)))

    with pytest.raises(SlotTaken):
        await practice.book(at(9), bia)
    assert at(9) not in await practice.free(contact=bia)
    assert at(9) in await practice.free(contact=ana)

    practice.go_to(held.until)
    assert at(9) in await practice.free(contact=bia)
    await practice.book(at(9), bia)


async def test_whoever_holds_a_second_time_gives_the_first_back(practice: Practice):
    ana, bia = await practice.client("Ana"), await practice.client("Bia")
    await practice.agenda.hold_slot(practice.tenant, practice.wish(ana, at(9)))
    await practice.agenda.hold_slot(practice.tenant, practice.wish(ana, at(10)))

    await practice.book(at(9), bia)
    booked = await practice.book(at(10), ana)

    assert booked.status is Status.BOOKED


async def test_appointments_are_listed_by_time_and_found_by_name_number_and_state(practice: Practice):
    ana, bia = await practice.client("Ana Souza"), await practice.client("Bia")
    later, earlier = await practice.book(at(10), ana), await practice.book(at(9), bia)
    await practice.agenda.confirm(practice.tenant, earlier.id, DESK)
    day = Slot(at(0), at(24))

    async def found(**wanted) -> list[AppointmentId]:
        views = await practice.agenda.appointments(practice.tenant, Listed(day, **wanted))
        return [view.appointment.id for view in views]

    assert await found() == [earlier.id, later.id]
    assert await found(words="souza") == [later.id]
    assert await found(words="876500") == [earlier.id, later.id]
    assert await found(words="%") == []
    assert await found(contact=bia) == [earlier.id]
    assert await found(statuses=frozenset({Status.CONFIRMED})) == [earlier.id]
    assert await found(professional=practice.doctor, limit=1) == [earlier.id]


async def test_what_happened_stands_in_the_audit_log(practice: Practice):
    appointment = await practice.book(at(9))
    await practice.agenda.cancel(practice.tenant, appointment.id, Asker.client(appointment.contact))

    rows = await practice.pool.fetch(
        "select who, action from public.audit_log where chain = $1 and subject = $2 order by number",
        practice.tenant,
        f"appointment:{appointment.id}",
    )
    assert [tuple(row) for row in rows] == [
        ("system", "appointment.booked"),
        (f"contact:{appointment.contact}", "appointment.cancelled"),
    ]
