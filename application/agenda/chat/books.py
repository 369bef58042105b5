"""All that a turn has to know of the agenda: what is offered, who attends, and what this contact has."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from application.agenda.chat.ports import ChatWork, Notes, Visit
from application.agenda.ports import Holidays
from application.agenda.slot_tokens import TokenKeys
from application.agenda.work import AppointmentView, Listed
from application.shared.ports import OpenWork
from domain.agenda.appointment import Appointment, AppointmentNotFound, Status
from domain.agenda.choices import Option, chosen
from domain.agenda.people import Professional, ProfessionalNotFound, Service, ServiceNotFound
from domain.agenda.rules import Rules
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, ServiceId, TenantId

BACK: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=366)
REFERENCE: Final = 5
"""Letters: enough to tell apart what one contact has."""

LIVE: Final = frozenset({Status.PENDING, Status.BOOKED, Status.CONFIRMED, Status.RESCHEDULED})


@dataclass(frozen=True, slots=True)
class Mine:
    """An appointment of this contact. `reference` names it in this contact's talk, and nothing anywhere else."""

    reference: str
    view: AppointmentView

    @property
    def appointment(self) -> Appointment:
        return self.view.appointment


@dataclass(frozen=True, slots=True)
class Books:
    services: Mapping[ServiceId, Service]
    professionals: Mapping[ProfessionalId, Professional]
    mine: Sequence[Mine]
    ahead: timedelta
    holidays: Callable[[date], str | None]
    waits: Sequence[Wait] = ()
    """What this contact is on the waiting list for."""
    keeps_holidays: bool = True
    """Nobody attends on them."""

    def coming(self, now: datetime) -> list[Mine]:
        """What is still before them, the next one first."""
        return [each for each in self.mine if each.appointment.status in LIVE and each.appointment.slot.ends > now]

    def service(self, id: ServiceId | None) -> Service:
        """Any, where none is chosen yet. Raises ServiceNotFound for one that is no longer offered: nobody meant another."""
        found = self.services.get(id or next(iter(self.services)))
        if found is None:
            raise ServiceNotFound("this service is no longer offered")
        return found

    def service_named(self, text: str) -> Service:
        """Raises ServiceNotFound, also where more than one is meant."""
        found = chosen(text, [Option(str(each.id), each.name) for each in self.services.values()])
        if found is None:
            raise ServiceNotFound("no such service")
        return self.services[ServiceId(int(found.key))]

    def professional_named(self, text: str) -> Professional:
        """Raises ProfessionalNotFound, also where more than one is meant."""
        found = chosen(text, [Option(str(each.id), each.name) for each in self.professionals.values()])
        if found is None:
            raise ProfessionalNotFound("no such professional")
        return self.professionals[ProfessionalId(int(found.key))]

    def closed_on(self, day: date) -> str | None:
        """The holiday for which nobody attends that day."""
        return self.holidays(day) if self.keeps_holidays else None

    def doing(self, service: Service) -> list[Professional]:
        return [each for each in self.professionals.values() if service.done_by(each.id)]

    def who(self, service: ServiceId, asked_for: ProfessionalId | None) -> list[Professional]:
        """Who may do it: whom they asked for, or else all that do it."""
        doing = self.doing(self.services[service])
        return [each for each in doing if each.id == asked_for] or doing

    def appointment(self, reference: str) -> Mine:
        """Raises AppointmentNotFound."""
        for each in self.mine:
            if hmac.compare_digest(each.reference.encode(), reference.strip().lower().encode()):
                return each
        raise AppointmentNotFound("this contact has no such appointment")


@dataclass(frozen=True, slots=True)
class Pages:
    """What the database holds of it; all empty in a company without services and for a contact without appointments."""

    services: Sequence[Service] = ()
    professionals: Sequence[Professional] = ()
    views: Sequence[AppointmentView] = ()
    rules: Rules = field(default_factory=Rules)
    notes: Notes | None = None
    waits: Sequence[Wait] = ()


@dataclass(frozen=True, slots=True)
class OpenBooks:
    open_work: OpenWork[ChatWork]
    holidays: Holidays
    keys: TokenKeys

    async def read(self, work: ChatWork, visit: Visit) -> Pages:
        """Every turn reads this, so that a company that lends out nothing is asked for little."""
        services = [each for each in await work.agenda.services() if each.active]
        views = await work.appointments.list(_own(visit))
        if not services and not views:
            return Pages()
        professionals = await work.agenda.professionals() if services else ()
        notes = await work.booking_talks.notes(visit.conversation)
        waits = await work.waiting.of(visit.contact) if services else ()
        return Pages(services, professionals, views, await work.agenda.rules(), notes, waits)

    async def __call__(self, visit: Visit, pages: Pages | None = None) -> tuple[Books, Notes | None]:
        """`pages`: what was read for this turn, where that is so."""
        if pages is None:
            async with self.open_work(visit.tenant) as work:
                pages = await self.read(work, visit)
        today, rules = visit.now.date(), pages.rules
        holidays = await self.holidays.between(
            today - BACK, today + AHEAD, state=rules.state, optional=rules.optional_holidays
        )
        books = Books(
            services={each.id: each for each in pages.services},
            professionals={each.id: each for each in pages.professionals},
            mine=[Mine(await self._reference(visit, view.appointment.id), view) for view in pages.views],
            ahead=rules.ahead,
            holidays=holidays.get,
            waits=[each for each in pages.waits if each.service in {one.id for one in pages.services}],
            keeps_holidays=rules.closed_on_holidays,
        )
        return books, pages.notes

    async def _reference(self, visit: Visit, id: AppointmentId) -> str:
        return reference(await self.keys.of(visit.tenant), visit.tenant, visit.contact, id)


def reference(key: bytes, tenant: TenantId, contact: ContactId, id: AppointmentId) -> str:
    """The same for good: an answer that is made again means the same appointment."""
    mac = hmac.digest(key, b"own appointment\0%d\0%d\0%d" % (tenant, contact, id), hashlib.sha256)
    return base64.b32encode(mac)[:REFERENCE].decode().lower()


def _own(visit: Visit) -> Listed:
    return Listed(Slot(visit.now - BACK, visit.now + AHEAD), contact=visit.contact)
