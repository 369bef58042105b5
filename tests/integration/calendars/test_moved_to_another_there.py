"""A booking given to another professional over there is theirs here too, or a person is told that it could not be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from application.agenda.connections import EventTypeOf
from application.agenda.drift import Drift
from application.agenda.ports import CalendarEntry, EntryState
from application.agenda.repair_drift import Repaired
from domain.agenda.appointment import Appointment, CalendarRef, Status
from domain.agenda.people import Professional, Service
from domain.agenda.slot import Slot
from domain.shared.ids import ProfessionalId
from tests.builders.calendars import SUNDAY, WEEKDAYS, Clinic, at
from tests.integration.calendars.test_another_professional import Two, two

__all__ = ["two"]


async def repaired(clinic: Clinic, entry: CalendarEntry) -> Repaired:
    return await clinic.reconcile.repair(clinic.tenant, await clinic.calendars.of(clinic.tenant), entry)


def entry_of(booked: Appointment, **more: object) -> CalendarEntry:
    """As Cal.com tells of it, a moment later."""
    assert booked.ref is not None
    entry = CalendarEntry(booked.ref, booked.slot, EntryState.STANDING, SUNDAY, booked.id, booked.professional)
    return replace(entry, **more)


async def deeds(clinic: Clinic) -> list[tuple[str, str]]:
    rows = await clinic.pool.fetch(
        "select action, outcome from public.audit_log where chain = $1 order by number", clinic.tenant
    )
    return [(row["action"], row["outcome"]) for row in rows if row["action"].startswith("calendar.not_")]


@pytest.mark.parametrize("starts", [at(9), at(14)], ids=["same hour", "another hour"])
async def test_a_booking_given_to_somebody_we_know_is_theirs_here_too(two: Two, starts) -> None:
    booked = await two.clinic.book(at(9))
    slot = Slot.lasting(starts, booked.slot.ends - booked.slot.starts)

    done = await repaired(two.clinic, entry_of(booked, professional=two.other, slot=slot))

    assert done == Repaired(Drift.MOVED_THERE)
    ours = await two.clinic.appointment(booked.id)
    assert (ours.professional, ours.slot, ours.status, ours.owed) == (two.other, slot, Status.RESCHEDULED, None)
    assert await two.taken() == [(two.other, starts)]
    assert (await repaired(two.clinic, entry_of(ours))).drift is Drift.AGREED


async def test_time_that_the_other_has_given_away_here_is_told_and_nothing_is_changed(two: Two) -> None:
    booked = await two.clinic.book(at(9))
    other = await two.clinic.book(at(10))
    await two.move(other.id, at(9))

    done = await repaired(two.clinic, entry_of(booked, professional=two.other))

    assert done == Repaired(Drift.MOVED_THERE, mended=False)
    assert (await two.clinic.appointment(booked.id)).professional == two.clinic.doctor
    assert await two.taken() == [(two.clinic.doctor, at(9)), (two.other, at(9))]
    assert await deeds(two.clinic) == [("calendar.not_moved_there", "failed")]


async def test_who_nobody_here_knows_or_who_does_not_do_that_is_a_persons_to_settle(two: Two) -> None:
    clinic, booked = two.clinic, await two.clinic.book(at(9))
    slot = Slot.lasting(at(14), booked.slot.ends - booked.slot.starts)
    await clinic.agenda.set_up.put_service(
        clinic.tenant, Service("Consulta", 30, professionals=frozenset({clinic.doctor}), id=clinic.visit), "user:x"
    )

    unknown = await repaired(
        clinic, entry_of(booked, professional=None, slot=slot, ref=CalendarRef("x"), replaces=booked.ref)
    )
    not_theirs = await repaired(clinic, entry_of(booked, professional=two.other))

    assert unknown == not_theirs == Repaired(Drift.MOVED_THERE, mended=False)
    ours = await clinic.appointment(booked.id)
    assert (ours.professional, ours.slot, ours.ref) == (booked.professional, booked.slot, booked.ref)
    assert len(await deeds(clinic)) == 2


async def shared(two: Two, *emails: str | None) -> frozenset[ProfessionalId]:
    """Both are hosts of one event type over there."""
    clinic, people = two.clinic, (two.clinic.doctor, two.other)
    for id, name, email in zip(people, ("Dra. Marina", "Dr. Caio"), emails, strict=True):
        await clinic.agenda.set_up.put_professional(
            clinic.tenant, Professional(name, WEEKDAYS, id=id, email=email), "user:x"
        )
    kinds = [EventTypeOf(clinic.visit, one, clinic.kind.id) for one in people]
    await clinic.calendars.desk.put(clinic.connection, kinds)
    return frozenset(people)


async def test_of_those_who_share_an_event_type_it_is_who_has_the_hosts_address(two: Two) -> None:
    booked = await two.clinic.book(at(9))
    among = await shared(two, "marina@example.com", "caio@example.com")

    reassigned = entry_of(booked, professional=None, among=among, hosts=frozenset({"caio@example.com"}))
    assert await repaired(two.clinic, reassigned) == Repaired(Drift.MOVED_THERE)

    assert (await two.clinic.appointment(booked.id)).professional == two.other
    stranger = replace(reassigned, slot=Slot(at(15), at(15, 30)), hosts=frozenset({"ninguem@example.com"}))
    assert not (await repaired(two.clinic, stranger)).mended
    assert (await two.clinic.appointment(booked.id)).slot.starts == at(9)


async def test_where_nobody_told_us_the_hosts_addresses_a_move_keeps_who_had_it(two: Two) -> None:
    booked = await two.clinic.book(at(9))
    await shared(two, None, None)
    await two.clinic.calcom.do("reschedule", booked.ref, start=at(14).isoformat())

    assert await two.clinic.read_on() == "mended"

    ours = await two.clinic.appointment(booked.id)
    assert (ours.professional, ours.slot.starts) == (two.clinic.doctor, at(14))
