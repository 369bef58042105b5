"""Booking, moving and calling off for the contact of this turn: done once, however often it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.booking import Booking
from application.agenda.chat.books import LIVE, Books
from application.agenda.chat.ports import Offered, Visit
from application.agenda.face import Agenda
from application.agenda.keep import Asker
from application.agenda.reschedule_appointment import Move
from application.agenda.work import Held
from domain.agenda.appointment import Appointment, Status
from domain.agenda.people import DoesNotDoThat
from domain.agenda.reasons import CalledOff
from domain.agenda.waiting import Wait
from domain.shared.ids import AppointmentId


@dataclass(frozen=True, slots=True)
class Changes:
    """Every refusal of the agenda is raised, and nothing is changed then."""

    agenda: Agenda

    async def slot(self, visit: Visit, token: str) -> Offered:
        """What a token stands for. Raises BadSlotToken or SlotTokenExpired."""
        booking = await self.agenda.tokens.read(visit.tenant, token, visit.contact)
        return Offered(token, booking.service, booking.professional, booking.starts)

    async def hold(self, visit: Visit, slot: Offered) -> Held:
        return await self.agenda.hold_slot(visit.tenant, _booking(visit, slot))

    async def book(self, visit: Visit, books: Books, slot: Offered) -> Appointment:
        """A slot that this contact already has is theirs: the answer that told so was lost, or is being made again."""
        had = next((each.appointment for each in books.mine if _is(each.appointment, slot)), None)
        if had is None:
            return await self.agenda.book(visit.tenant, _booking(visit, slot), Asker.client(visit.contact))
        if had.status is Status.PENDING:
            return await self.agenda.settle.now(visit.tenant, had, again=True)
        return had

    async def move(self, visit: Visit, books: Books, id: AppointmentId, slot: Offered) -> Appointment:
        """To the slot's professional, too. Raises DoesNotDoThat for a slot of another service."""
        appointment = next(each.appointment for each in books.mine if each.appointment.id == id)
        if appointment.service != slot.service:
            raise DoesNotDoThat("an appointment keeps its service")
        if _is(appointment, slot):
            return appointment
        move = Move(slot.starts, professional=slot.professional)
        return await self.agenda.reschedule(visit.tenant, id, move, Asker.client(visit.contact))

    async def join(self, visit: Visit, wait: Wait) -> None:
        """On the waiting list; who waits for this service already waits on with what they want now."""
        await self.agenda.waiting.add(visit.tenant, wait, Asker.client(visit.contact).who)

    async def leave(self, visit: Visit, wait: Wait) -> None:
        """Raises WaitNotFound."""
        await self.agenda.waiting.remove(visit.tenant, wait.id, Asker.client(visit.contact).who)

    async def cancel(self, visit: Visit, id: AppointmentId) -> Appointment:
        return await self.agenda.cancel(visit.tenant, id, Asker.client(visit.contact), CalledOff.ASKED_BY_CHAT)


def _booking(visit: Visit, slot: Offered) -> Booking:
    return Booking(visit.contact, slot.service, slot.professional, slot.starts)


def _is(appointment: Appointment, slot: Offered) -> bool:
    theirs = (appointment.service, appointment.professional, appointment.slot.starts)
    return appointment.status in LIVE and theirs == (slot.service, slot.professional, slot.starts)
