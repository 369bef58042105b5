"""The agenda for one contact's one turn: what they have, what they were offered, what was changed for them.

Who the contact is comes from the webhook, and nobody else's time or appointment is in reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from application.agenda.chat.books import Books, Mine, OpenBooks, Pages
from application.agenda.chat.changes import Changes
from application.agenda.chat.notes import MOST_REMEMBERED, REMEMBERED
from application.agenda.chat.ports import ChatWork, Earlier, Notes, Offered, Visit
from application.agenda.chat.times import FindTimes, Times, TimeWanted
from application.agenda.chat.waits import SOONEST, wait_for, waited
from application.agenda.chat.words import state, what, when
from domain.agenda.appointment import Appointment, Owed, Status
from domain.agenda.menu import Menu
from domain.agenda.people import ServiceNotFound
from domain.agenda.waiting import Wait, WaitNotFound
from domain.shared.ids import ServiceId


@dataclass(slots=True)
class Desk:
    """`offered` are the times found in this turn; what was offered before is in `notes`, and only that can be booked.

    `changed`: something was done for them in this turn; `waits_no_more`: they left a waiting list. `unsettled`: the calendar
    has not answered to a change, so that a person should see to it.
    """

    visit: Visit
    books: Books
    notes: Notes
    find_times: FindTimes
    changes: Changes
    open_books: OpenBooks
    offered: list[Offered] = field(default_factory=list)
    person_wanted: bool = False
    changed: bool = False
    unsettled: bool = False
    waits_no_more: bool = False
    earlier: tuple[Earlier, ...] = ()

    @property
    def bookable(self) -> bool:
        """Whether the company lends out anything by chat."""
        return bool(self.books.services)

    @property
    def coming(self) -> Sequence[Mine]:
        return self.books.coming(self.visit.now)

    async def find(self, wanted: TimeWanted) -> Times:
        """Free times; they count as offered. Raises as the agenda does."""
        times = await self.find_times(self.visit, self.books, wanted)
        self.offered = [*times.offered, *self.offered]
        return times

    async def slot(self, token: str) -> Offered:
        """What a token stands for. Raises BadSlotToken, SlotTokenExpired or ServiceNotFound."""
        slot = await self.changes.slot(self.visit, token)
        if not self._known(slot):
            raise ServiceNotFound("what the token stands for is no longer offered")
        return slot

    def seen(self, slot: Offered) -> bool:
        """Whether it was told in an earlier turn: nobody agrees to what they never read."""
        return any(_key(each) == _key(slot) for each in self.notes.offered)

    def in_words(self, slot: Offered) -> str:
        """Limpeza com Dra. Marina, quinta-feira, 26/11 às 15h"""
        service, professional = self.books.services[slot.service], self.books.professionals[slot.professional]
        return f"{service.name} com {professional.name}, {when(slot.starts, self.visit.zone)}"

    def briefing(self) -> str | None:
        """What is so now, as the model is told of it before it says a word; None where there is nothing to be booked."""
        if not self.bookable:
            return None
        mine = [
            f"- {each.reference} | {what(each, self.visit.zone)} ({state(each.appointment)})" for each in self.coming
        ]
        shown = [f"- {each.token} | {self.in_words(each)}" for each in self.notes.offered]
        waits = [f"- {waited(each, self.visit, self.books)}" for each in self.books.waits]
        return "\n".join(
            (
                "Agendamentos desta pessoa (código | qual):",
                *(mine or ["(nenhum)"]),
                "Horários já oferecidos a ela (código | qual):",
                *(shown or ["(nenhum)"]),
                *(["Na lista de espera por:", *waits] if waits else []),
            )
        )

    def all_offered(self) -> tuple[Offered, ...]:
        """Newest first; of a time that was offered twice the newer token."""
        kept: dict[tuple[object, ...], Offered] = {}
        for each in (*self.offered, *self.notes.offered):
            kept.setdefault(_key(each), each)
        return tuple(kept.values())[:MOST_REMEMBERED]

    def still_had(self) -> list[Offered]:
        """Of the times found in this turn those whose service and professional are still there."""
        return [each for each in self.offered if self._known(each)]

    def earlier_of(self, appointment: Appointment) -> tuple[datetime, ...]:
        """Where it was before; of a move that nobody here remembers only that there was one."""
        known = tuple(each.starts for each in self.earlier if each.appointment == appointment.id)
        return known or ((appointment.slot.starts,) if appointment.status is Status.RESCHEDULED else ())

    async def moved(self, mine: Mine, slot: Offered) -> Appointment:
        """To a slot that was offered. Raises as the agenda does."""
        was = Earlier(mine.appointment.id, mine.appointment.slot.starts)
        appointment = await self.changes.move(self.visit, self.books, mine.appointment.id, slot)
        self.earlier = tuple(dict.fromkeys((*self.earlier, was)))
        return await self._changed(appointment)

    async def booked(self, slot: Offered) -> Appointment:
        """Raises as the agenda does."""
        return await self._changed(await self.changes.book(self.visit, self.books, slot))

    async def called_off(self, mine: Mine) -> Appointment:
        """Raises as the agenda does."""
        return await self._changed(await self.changes.cancel(self.visit, mine.appointment.id))

    async def wait(self, wanted: TimeWanted) -> Wait | Times:
        """Onto the waiting list; where one is free, or never will be, or a question comes first, that is the answer.

        Raises as `find` does.
        """
        before, wanted = self.offered, replace(wanted, words=wanted.words.strip() or SOONEST)
        times = await self.find(wanted)
        if times.question or times.why or (times.offered and times.exact):
            return times
        self.offered = before  # nobody hears of what was found nearby
        wait = wait_for(self.visit, self.books, wanted)
        await self.changes.join(self.visit, wait)
        self.changed = True
        await self.reread()
        return wait

    async def leave_waiting(self, service: ServiceId) -> Wait:
        """Raises WaitNotFound."""
        found = next((each for each in self.books.waits if each.service == service), None)
        if found is None:
            raise WaitNotFound("this contact waits for no such service")
        await self.changes.leave(self.visit, found)
        self.changed = self.waits_no_more = True
        await self.reread()
        return found

    async def _changed(self, appointment: Appointment) -> Appointment:
        """From now on the books tell what holds."""
        self.changed = True
        self.unsettled |= appointment.owed in (Owed.BOOK, Owed.MOVE)
        await self.reread()
        return appointment

    def leave(self, menu: Menu | None) -> Notes | None:
        """What to remember; None where there is nothing to, nor anything to forget."""
        notes = Notes(self.visit.now, self.all_offered(), menu, self.earlier)
        return notes if menu or replace(notes, at=self.notes.at) != self.notes else None

    async def reread(self) -> None:
        """What holds now."""
        self.books, _ = await self.open_books(self.visit)

    def _known(self, slot: Offered) -> bool:
        return slot.service in self.books.services and slot.professional in self.books.professionals


@dataclass(frozen=True, slots=True)
class OpenDesk:
    open_books: OpenBooks
    find: FindTimes
    changes: Changes

    async def read(self, work: ChatWork, visit: Visit) -> Pages:
        return await self.open_books.read(work, visit)

    async def __call__(self, visit: Visit, pages: Pages | None = None) -> Desk:
        """`pages`: as they were read for this turn, if nothing was changed since."""
        books, notes = await self.open_books(visit, pages)
        kept = notes if notes is not None and visit.now - notes.at < REMEMBERED else Notes(visit.now)
        known = _known(books, kept)
        return Desk(visit, books, known, self.find, self.changes, self.open_books, earlier=known.earlier)


def _known(books: Books, notes: Notes) -> Notes:
    """Without what can no longer be had: a service that was dropped, somebody who left."""
    left = [
        each for each in notes.offered if each.service in books.services and each.professional in books.professionals
    ]
    return replace(notes, offered=tuple(left))


def _key(slot: Offered) -> tuple[object, ...]:
    return slot.service, slot.professional, slot.starts
