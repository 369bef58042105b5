"""What an appointment's change means for all that is said about it unasked: planned, moved or dropped in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.agenda.offer_free import SOON, offer_job
from application.agenda.work import AgendaWork
from application.companies.ports import Zones
from application.reminders.texts import NOT_THERE
from application.shared.ports import Clock, Job
from domain.agenda.appointment import Appointment, Happening
from domain.follow_ups.schedule import ask_at
from domain.no_show.attendance_check import GRACE, RECOVER_AFTER
from domain.reminders.cadence import CADENCE, Kind, plan
from domain.reminders.quiet_hours import QuietHours
from domain.shared.ids import AppointmentId, TenantId

REMIND: Final = "reminders.send"
CHECK: Final = "no_show.check"
RECOVER: Final = "no_show.recover"
FOLLOW_UP: Final = "follow_ups.send"

TIMED: Final = frozenset({Happening.BOOKED, Happening.MOVED})
FREEING: Final = frozenset({Happening.MOVED, Happening.CANCELLED, Happening.FELL_THROUGH})
OFF: Final = frozenset({Happening.CANCELLED, Happening.FELL_THROUGH})


def job_about(actor: str, appointment: AppointmentId, due_at: datetime) -> Job:
    """One of each for an appointment: adding it again moves it."""
    return Job(actor, {"appointment": appointment}, key=f"{actor}:{appointment}", due_at=due_at)


def remind_job(appointment: AppointmentId, kind: Kind, due_at: datetime) -> Job:
    args: dict[str, int | str] = {"appointment": appointment, "kind": str(kind)}
    return Job(REMIND, args, key=remind_key(appointment, kind), due_at=due_at)


def remind_key(appointment: AppointmentId, kind: Kind) -> str:
    return f"{REMIND}:{appointment}:{kind}"


@dataclass(frozen=True, slots=True)
class FollowAppointment:
    zones: Zones
    quiet: QuietHours
    clock: Clock

    async def __call__(
        self, work: AgendaWork, tenant: TenantId, appointment: Appointment, news: Sequence[Happening]
    ) -> None:
        for what in news:
            if what in FREEING:
                await work.jobs.add(offer_job(self.clock() + SOON))
            if what in TIMED:
                await self._timed(work, tenant, appointment)
            elif what in OFF:
                await self._off(work, appointment)
            elif what is Happening.KEPT:
                await self._kept(work, tenant, appointment)
            elif what is Happening.MISSED:
                await self._missed(work, appointment)

    async def _timed(self, work: AgendaWork, tenant: TenantId, appointment: Appointment) -> None:
        """It has a time, perhaps another than before: what was planned or asked for that one is over."""
        now, zone = self.clock(), await self.zones.of(tenant)
        await work.notices.close_about(appointment.id, now)
        planned = plan(appointment.slot.starts, since=now, zone=zone, quiet=self.quiet)
        await work.reminders.plan(appointment, planned)
        for kind in CADENCE - {each.kind for each in planned}:
            await work.jobs.withdraw(remind_key(appointment.id, kind))
        for each in planned:
            await work.jobs.add(remind_job(appointment.id, each.kind, each.due_at))
        await work.jobs.add(job_about(CHECK, appointment.id, appointment.slot.ends + GRACE))

    async def _off(self, work: AgendaWork, appointment: Appointment) -> None:
        now = self.clock()
        await work.notices.close_about(appointment.id, now)
        for kind in await work.reminders.drop_all(appointment.id, "cancelled", now):
            await work.jobs.withdraw(remind_key(appointment.id, kind))
        await self._never(work, appointment, CHECK)

    async def _kept(self, work: AgendaWork, tenant: TenantId, appointment: Appointment) -> None:
        await self._never(work, appointment, CHECK, RECOVER)
        last = await work.follow_ups.last_sent(appointment.contact)
        after = max(appointment.slot.ends, self.clock() - timedelta(hours=24))
        due_at = ask_at(after, last_asked=last, zone=await self.zones.of(tenant), quiet=self.quiet)
        if due_at is not None and await work.follow_ups.plan(appointment.id, due_at):
            await work.jobs.add(job_about(FOLLOW_UP, appointment.id, due_at))

    async def _missed(self, work: AgendaWork, appointment: Appointment) -> None:
        now = self.clock()
        await self._never(work, appointment, CHECK, FOLLOW_UP)
        follow_up = await work.follow_ups.of(appointment.id)
        if follow_up is not None and follow_up.times == 0:
            await work.follow_ups.dropped(follow_up.id, "missed")
        await work.feedback.record(appointment.id, "no_show", "no_show", NOT_THERE, now)
        await work.jobs.add(job_about(RECOVER, appointment.id, now + RECOVER_AFTER))

    async def _never(self, work: AgendaWork, appointment: Appointment, *actors: str) -> None:
        for actor in actors:
            await work.jobs.withdraw(f"{actor}:{appointment.id}")
