"""What an appointment's change means for all that is said about it unasked: planned, moved or dropped in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from application.agenda.end_offer import offer_job
from application.agenda.keep import SYSTEM
from application.agenda.work import AgendaWork
from application.companies.ports import Zones
from application.follow_ups.work import CaringWork
from application.reminders.jobs import CHECK, FOLLOW_UP, RECOVER, job_about, key_about, remind_job, remind_key
from application.reminders.letters.send_letters import plan_letters
from application.reminders.offer_free import SOON
from application.reminders.texts import NOT_THERE
from application.shared.ports import Clock
from domain.agenda.appointment import Appointment, Happening
from domain.agenda.reasons import CalledOff, reason_of
from domain.audit.entry import Deed
from domain.follow_ups.schedule import ask_at
from domain.no_show.attendance_check import GRACE, RECOVER_AFTER
from domain.reminders.cadence import CADENCE, plan
from domain.shared.ids import TenantId

TIMED: Final = frozenset({Happening.BOOKED, Happening.MOVED})
FREEING: Final = frozenset({Happening.MOVED, Happening.CANCELLED, Happening.FELL_THROUGH})
WRITTEN: Final = TIMED | FREEING
OFF: Final = frozenset({Happening.CANCELLED, Happening.FELL_THROUGH})


@dataclass(frozen=True, slots=True)
class FollowAppointment:
    """Implements application.agenda.keep.Aftermath; `caring` sees the same transaction with all that is needed here."""

    caring: Callable[[AgendaWork], CaringWork]
    zones: Zones
    clock: Clock

    async def __call__(
        self, kept: AgendaWork, tenant: TenantId, appointment: Appointment, news: Sequence[Happening], /
    ) -> None:
        work = self.caring(kept)
        for what in news:
            if what in FREEING:
                await work.jobs.add(offer_job(self.clock() + SOON))
            if what in WRITTEN:
                await plan_letters(work, appointment.id)
            if what in TIMED:
                await self._timed(work, tenant, appointment)
            elif what in OFF:
                await self._off(work, appointment)
                await self._wait_on(work, appointment)
            elif what is Happening.KEPT:
                await self._kept(work, tenant, appointment)
            elif what is Happening.MISSED:
                await self._missed(work, appointment)

    async def _timed(self, work: CaringWork, tenant: TenantId, appointment: Appointment) -> None:
        """It has a time, perhaps another than before: what was planned or asked for that one is over."""
        now, zone = self.clock(), await self.zones.of(tenant)
        await work.notices.close_about(appointment.id, now)
        manners = await work.manners.get()
        starts = appointment.slot.starts
        planned = plan(starts, since=now, zone=zone, quiet=manners.quiet, kinds=manners.kinds)
        await work.reminders.plan(appointment, planned)
        for kind in CADENCE - {each.kind for each in planned}:
            await work.jobs.withdraw(remind_key(appointment.id, kind))
        for each in planned:
            await work.jobs.add(remind_job(appointment.id, each.kind, each.due_at))
        await work.jobs.add(job_about(CHECK, appointment.id, appointment.slot.ends + GRACE))

    async def _off(self, work: CaringWork, appointment: Appointment) -> None:
        now = self.clock()
        await work.notices.close_about(appointment.id, now)
        for kind in await work.reminders.drop_all(appointment.id, "cancelled", now):
            await work.jobs.withdraw(remind_key(appointment.id, kind))
        await self._never(work, appointment, CHECK)

    async def _wait_on(self, work: CaringWork, appointment: Appointment) -> None:
        """A yes to an offer was a place given up for a time that the calendar did not give."""
        if reason_of(appointment.reason) is CalledOff.REFUSED_BY_CALENDAR:
            starts = appointment.slot.starts
            await work.waiting.wait_on(appointment.contact, appointment.professional, starts)

    async def _kept(self, work: CaringWork, tenant: TenantId, appointment: Appointment) -> None:
        await self._never(work, appointment, CHECK, RECOVER)
        manners = await work.manners.get()
        if not manners.follow_up:
            return
        last = await work.follow_ups.last_sent(appointment.contact)
        ended, zone = max(appointment.slot.ends, self.clock() - manners.after), await self.zones.of(tenant)
        due_at = ask_at(ended, last_asked=last, zone=zone, quiet=manners.quiet, after=manners.after)
        if due_at is not None and await work.follow_ups.plan(appointment.id, due_at):
            await work.jobs.add(job_about(FOLLOW_UP, appointment.id, due_at))
            after = {"due_at": due_at.isoformat()}
            await work.audit.record(
                Deed(SYSTEM, "followup_next_scheduled", f"appointment:{appointment.id}", after=after)
            )

    async def _missed(self, work: CaringWork, appointment: Appointment) -> None:
        now = self.clock()
        await self._never(work, appointment, CHECK, FOLLOW_UP)
        follow_up = await work.follow_ups.of(appointment.id)
        if follow_up is not None and follow_up.times == 0:
            await work.follow_ups.dropped(follow_up.id, "missed")
        await work.feedback.record(appointment.id, "no_show", "no_show", NOT_THERE, now)
        await work.jobs.add(job_about(RECOVER, appointment.id, now + RECOVER_AFTER))

    async def _never(self, work: CaringWork, appointment: Appointment, *actors: str) -> None:
        for actor in actors:
            await work.jobs.withdraw(key_about(actor, appointment.id))
