"""Tells the calendar what it is still owed, and writes down what it says: at once, or by a job after a crash or a silence.

No transaction is open while the calendar is asked. What was asked once without an answer is looked up before it is asked
again, so that a crash between "booked there" and "saved here" ends in one booking at both ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.ask_calendar import Asked, Told, ask
from application.agenda.away import WHILE_AWAY, tried_enough
from application.agenda.end_offer import offer_job
from application.agenda.keep import SYSTEM, Keep, lock_all
from application.agenda.late_answer import telling
from application.agenda.ports import (
    AgendaMeasures,
    Attendee,
    CalendarBooking,
    Calendars,
)
from application.agenda.tell_client import leave_to_tell
from application.agenda.work import AgendaWork
from application.companies.ports import Zones
from application.shared.ports import Claim, Clock, OpenWork
from domain.agenda.appointment import Appointment, Hears, Owed, Status
from domain.agenda.diary import Place
from domain.agenda.reasons import CalledOff
from domain.shared.errors import Refused, Unavailable
from domain.shared.ids import AppointmentId, TenantId


@dataclass(frozen=True, slots=True)
class SettleAppointment:
    open_work: OpenWork[AgendaWork]
    calendars: Calendars
    zones: Zones
    keep: Keep
    measures: AgendaMeasures
    clock: Clock

    async def now(self, tenant: TenantId, appointment: Appointment, *, again: bool = False) -> Appointment:
        """As it stands after the calendar was asked; as it was where the calendar is away. Raises its refusals.

        `again` where somebody may have asked before: then it is looked up first.
        """
        try:
            return await self._settle(tenant, appointment.id, again=again, late=False)
        except Unavailable:
            self.measures.refused(tenant, "calendar_away")
            return appointment

    async def __call__(self, claim: Claim, id: AppointmentId) -> str:
        """The job. Raises Unavailable, to be tried again; a calendar that stays away is asked every few minutes.

        It never dies of that: what a calendar is owed stays owed, and nobody could do better by hand.
        """
        outcome = "settled"
        try:
            await self._settle(claim.tenant, id, again=True, late=True)
        except Unavailable:
            if not tried_enough(claim):
                raise
            return await self._put_off(claim)
        except Refused as no:
            outcome = type(no).__name__
        async with self.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        return outcome

    async def _put_off(self, claim: Claim) -> str:
        async with self.open_work(claim.tenant) as work:
            await work.jobs.postpone(claim, self.clock() + WHILE_AWAY)
            await work.commit()
        return "put_off"

    async def _settle(self, tenant: TenantId, id: AppointmentId, *, again: bool, late: bool) -> Appointment:
        """`late`: whoever asked was told to wait, and has gone."""
        zone = await self.zones.of(tenant)
        async with self.open_work(tenant) as work:
            asked = await self._read(work, id, zone.key)
        if asked.appointment.owed is None:
            return asked.appointment
        calendar = await self.calendars.of(tenant)
        told = await ask(calendar, asked, again=again)
        appointment = await self._write_down(tenant, asked.appointment, told, late=late)
        if told.no is not None:
            raise told.no
        return appointment

    async def _read(self, work: AgendaWork, id: AppointmentId, zone: str) -> Asked:
        appointment = await work.appointments.get(id)
        client = await work.clients.get(appointment.contact)
        professional, slot = appointment.wished
        booking = CalendarBooking(
            appointment=id,
            professional=professional,
            service=appointment.service,
            slot=slot,
            attendee=Attendee(client.name, client.phone, zone),
        )
        return Asked(appointment, booking)

    async def _write_down(self, tenant: TenantId, seen: Appointment, told: Told, *, late: bool) -> Appointment:
        """Nothing, where somebody else settled it meanwhile."""
        async with self.open_work(tenant) as work:
            await lock_all(work, {seen.professional, seen.wished[0]})
            appointment = await work.appointments.get(seen.id, lock=True)
            if (appointment.version, appointment.owed) != (seen.version, seen.owed):
                return appointment
            _apply(appointment, told)
            if seen.owed is Owed.MOVE or appointment.status is Status.CANCELLED:
                await self._settle_places(work, appointment)
            yes = told.ref is not None
            if seen.owed is Owed.MOVE:
                await self._follow_move(work, seen, yes=yes)
            if late:
                await _tell_late(work, seen, appointment, yes=yes)
            await self.keep(work, tenant, appointment, SYSTEM)
        return appointment

    async def _follow_move(self, work: AgendaWork, seen: Appointment, *, yes: bool) -> None:
        """After a no, whoever gave up their place in line for that time has it again, and what was kept for it is free."""
        if yes:
            await leave_to_tell(work, seen, seen.hears, self.clock())
            return
        professional, slot = seen.wished
        await work.waiting.wait_on(seen.contact, professional, slot.starts)
        await work.jobs.add(offer_job())

    async def _settle_places(self, work: AgendaWork, appointment: Appointment) -> None:
        """What it takes now that the calendar has spoken: its one slot, or nothing. Never more than it took before."""
        if appointment.status is Status.CANCELLED:
            await work.places.give_back(appointment.id)
            return
        service = await work.agenda.service(appointment.service)
        place = Place(service.around(appointment.slot), appointment=appointment.id)
        await work.places.keep_only(appointment.professional, place, appointment.slot)


async def _tell_late(work: AgendaWork, seen: Appointment, appointment: Appointment, *, yes: bool) -> None:
    """Whoever was told to wait hears the answer, and with it how things stand."""
    if seen.owed in (Owed.BOOK, Owed.MOVE) and seen.hears is Hears.ANSWER:
        await work.untold.forget(seen.id)
        await work.jobs.add(telling(seen, appointment, yes=yes))


def _apply(appointment: Appointment, told: Told) -> None:
    match appointment.owed:
        case Owed.BOOK if told.ref is not None:
            appointment.booked(told.ref)
        case Owed.BOOK:
            appointment.fell_through(CalledOff.REFUSED_BY_CALENDAR)
        case Owed.MOVE if told.ref is not None:
            appointment.moved(told.ref)
        case Owed.MOVE:
            appointment.not_moved()
        case _:
            appointment.told()
