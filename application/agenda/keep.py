"""How a changed appointment is kept: the row, the audit entry and what follows from it leave in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from application.agenda.ports import AgendaMeasures
from application.agenda.work import AgendaWork
from application.shared.ports import Clock, Job
from domain.agenda.appointment import Appointment, AppointmentNotFound, Happening, Hears, Unsettled
from domain.audit.entry import Deed
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, TenantId

SETTLE: Final = "agenda.settle"
SETTLE_AFTER: Final = timedelta(seconds=30)
"""Longer than a calendar may take: until then whoever changed the appointment is asking it; after that a job does."""

SYSTEM: Final = "system"


class Aftermath(Protocol):
    """What must change together with an appointment, in the same transaction: its reminders above all."""

    async def __call__(
        self, kept: AgendaWork, tenant: TenantId, appointment: Appointment, news: Sequence[Happening], /
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Asker:
    """Who wants a change, as the audit log calls them. With `contact` they reach their own appointments only, in due time.

    `quietly`: they tell the client themself, on the phone perhaps.
    """

    who: str
    contact: ContactId | None = None
    quietly: bool = False

    @classmethod
    def client(cls, contact: ContactId) -> Asker:
        return cls(f"contact:{contact}", contact)

    @property
    def hears(self) -> Hears:
        """What the client does, of what is changed for this one."""
        if self.contact is not None:
            return Hears.ANSWER
        return Hears.NOTHING if self.quietly else Hears.CHANGE

    def notice(self, asked: timedelta) -> timedelta:
        """The company's own people need give none."""
        return timedelta(0) if self.contact is None else asked


@dataclass(frozen=True, slots=True)
class Keep:
    """`reactions`: what happened -> the actors that hear of it, with the appointment and its version."""

    reactions: Mapping[Happening, Sequence[str]]
    aftermath: Aftermath
    measures: AgendaMeasures
    clock: Clock

    async def __call__(self, work: AgendaWork, tenant: TenantId, appointment: Appointment, who: str) -> None:
        """Commits the work."""
        news = appointment.take_news()
        await work.appointments.save(appointment)
        if appointment.owed is not None:
            await work.jobs.add(self._settling(appointment.id))
        await self.aftermath(work, tenant, appointment, news)
        for what in news:
            await work.audit.record(_deed(who, what, appointment))
            for actor in self.reactions.get(what, ()):
                await work.jobs.add(Job(actor, {"appointment": appointment.id, "version": appointment.version}))
        await work.commit()
        for what in news:
            self.measures.happened(tenant, what)

    def _settling(self, id: AppointmentId) -> Job:
        return Job(SETTLE, {"appointment": id}, key=f"{SETTLE}:{id}", due_at=self.clock() + SETTLE_AFTER)


async def locked(work: AgendaWork, id: AppointmentId, asker: Asker, to: ProfessionalId | None = None) -> Appointment:
    """Raises AppointmentNotFound, also for somebody else's: whose numbers exist is nobody's business.

    The professional, and the one it is to move `to`, are locked before the appointment, as whoever books does, or two
    could wait for each other.
    """
    seen = await work.appointments.get(id)
    if asker.contact is not None and seen.contact != asker.contact:
        raise AppointmentNotFound(f"there is no appointment {id}")
    await lock_all(work, {seen.professional, to or seen.professional})
    appointment = await work.appointments.get(id, lock=True)
    if appointment.professional != seen.professional:
        raise Unsettled("it went to somebody else at this very moment; try again")
    return appointment


async def lock_all(work: AgendaWork, professionals: Iterable[ProfessionalId]) -> None:
    """In one order, whoever asks."""
    for each in sorted(professionals):
        await work.agenda.professional(each, lock=True)


def _deed(who: str, what: Happening, appointment: Appointment) -> Deed:
    after = {
        "status": str(appointment.status),
        "starts": appointment.slot.starts.isoformat(),
        "professional": appointment.professional,
    }
    return Deed(who, f"appointment.{what}", subject=f"appointment:{appointment.id}", after=after)
