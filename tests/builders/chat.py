"""A desk over books that are kept in memory: who has what, who was offered what, without any database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from application.agenda.chat.books import Books, Mine, OpenBooks
from application.agenda.chat.changes import Changes
from application.agenda.chat.desk import Desk
from application.agenda.chat.ports import Notes, Offered, Visit
from application.agenda.chat.times import FindTimes
from application.agenda.work import AppointmentView, Client
from domain.agenda.appointment import Appointment, Status
from domain.agenda.people import Professional, Service
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.shared.ids import AppointmentId, ContactId, ConversationId, ProfessionalId, ServiceId, TenantId

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
NOON = datetime(2026, 11, 21, 12, tzinfo=SAO_PAULO)
"""A Saturday."""

ANA = ContactId(7)
VISIT = Visit(TenantId(1), ConversationId(1), ANA, NOON)
MARINA = Professional("Dra. Marina", id=ProfessionalId(1))
CLEANING = Service("Limpeza", 30, id=ServiceId(1))


def an_appointment(number: int, starts: datetime, status: Status = Status.BOOKED) -> Mine:
    appointment = Appointment(
        AppointmentId(number),
        ANA,
        MARINA.id,
        CLEANING.id,
        Slot.lasting(starts, timedelta(minutes=30)),
        status,
        owed=None,
    )
    return Mine(f"ref{number}", AppointmentView(appointment, Client(ANA, "Ana", None), MARINA.name, CLEANING.name))


def books_of(
    mine: Sequence[Mine] = (), *, services: Sequence[Service] = (CLEANING,), waits: Sequence[datetime] = ()
) -> Books:
    """`waits`: when a place would help that has to begin then."""
    wished = [(Slot.lasting(each, timedelta(minutes=1)), Slot.lasting(each, CLEANING.length)) for each in waits]
    return Books(
        {each.id: each for each in services},
        {MARINA.id: MARINA},
        mine,
        timedelta(days=60),
        lambda _day: None,
        [Wait(ANA, CLEANING.id, within, windows=(window,)) for window, within in wished],
    )


@dataclass
class BooksInMemory:
    """What holds may be changed while somebody writes."""

    books: Books
    looks: list[Visit] = field(default_factory=list)

    async def __call__(self, visit: Visit) -> tuple[Books, Notes | None]:
        self.looks.append(visit)
        return self.books, None


def a_desk(books: Books, offered: Sequence[datetime] = (), *, now_holds: Books | None = None) -> Desk:
    """A desk that finds nothing and changes nothing: it is only asked what is so."""
    shown = tuple(Offered(f"token{number}", CLEANING.id, MARINA.id, at) for number, at in enumerate(offered))
    opened = cast(OpenBooks, BooksInMemory(now_holds or books))
    notes = Notes(NOON, shown)
    return Desk(VISIT, books, notes, cast(FindTimes, None), cast(Changes, None), opened)
