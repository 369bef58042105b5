"""A reminder whose time has come: looked at once more under lock, then said, put off or left out; never twice."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from application.agenda.keep import SYSTEM
from application.companies.ports import Zones
from application.quotas.meter import Meter
from application.reminders.jobs import WHILE_MOVING
from application.reminders.look import candidate_of
from application.reminders.ports import Reminder, ReminderMeasures
from application.reminders.tell import Saying, Tell, Told
from application.reminders.texts import reminder as words
from application.reminders.work import TellingWork
from application.shared.ports import Claim, Clock, OpenWork
from domain.agenda.appointment import Appointment, Status
from domain.audit.entry import Deed
from domain.quotas.standing import Standing
from domain.reminders.cadence import Drop, Kind, Send, Wait, fate
from domain.reminders.manners import Manners
from domain.reminders.notices import Asked
from domain.shared.ids import AppointmentId


@dataclass(frozen=True, slots=True)
class SendReminder:
    open_work: OpenWork[TellingWork]
    zones: Zones
    meter: Meter
    tell: Tell
    measures: ReminderMeasures
    clock: Clock

    async def __call__(self, claim: Claim, id: AppointmentId, kind: Kind) -> str:
        """Returns how it ended, as one fixed word."""
        zone, standing = await self.zones.of(claim.tenant), await self.meter.standing(claim.tenant)
        async with self.open_work(claim.tenant) as work:
            appointment = await work.appointments.get(id, lock=True)
            reminder = await work.reminders.planned(id, kind)
            if reminder is None:
                await work.jobs.finish(claim)
                await work.commit()
                return "not_planned"
            verdict = self._verdict(appointment, reminder, zone, await work.manners.get())
            if isinstance(verdict, Wait):
                await work.jobs.postpone(claim, verdict.until)
                await work.commit()
                return "put_off"
            outcome = await self._end(work, claim, appointment, reminder, verdict, standing)
            await work.jobs.finish(claim)
            await work.commit()
        if outcome == Told.SAID:
            self.measures.reminded(claim.tenant, kind)
        else:
            self.measures.left_out(claim.tenant, outcome)
        return outcome

    def _verdict(
        self, appointment: Appointment, reminder: Reminder, zone: ZoneInfo, manners: Manners
    ) -> Send | Wait | Drop:
        now = self.clock()
        if not appointment.stands or appointment.slot.starts != reminder.starts:
            return Drop("changed")
        if reminder.kind not in manners.kinds | {Kind.MANUAL}:
            return Drop("not_wanted")
        if reminder.due_at > now:
            return Wait(reminder.due_at)
        if appointment.moving_to is not None:  # if the calendar says no, it is still of use
            return Wait(now + WHILE_MOVING)
        return fate(reminder.kind, reminder.starts, now=now, zone=zone, quiet=manners.quiet)

    async def _end(
        self,
        work: TellingWork,
        claim: Claim,
        appointment: Appointment,
        reminder: Reminder,
        verdict: Send | Drop,
        standing: Standing,
    ) -> str:
        now = self.clock()
        if isinstance(verdict, Drop):
            await work.reminders.dropped(reminder.id, verdict.why, now)
            return verdict.why
        saying = await self._saying(work, appointment, reminder, claim)
        told = await self.tell(work, claim.tenant, standing, saying, claim.correlation)
        if told is Told.SAID:
            await work.reminders.sent(reminder.id, now)
            deed = Deed(SYSTEM, "reminder.sent", f"appointment:{appointment.id}", after={"kind": str(reminder.kind)})
            await work.audit.record(deed)
        else:
            await work.reminders.dropped(reminder.id, told, now)
        return told

    async def _saying(self, work: TellingWork, appointment: Appointment, reminder: Reminder, claim: Claim) -> Saying:
        zone = await self.zones.of(claim.tenant)
        view = await work.appointments.view(appointment.id)
        confirmed = appointment.status is Status.CONFIRMED
        text = words(view.client.name, candidate_of(view, zone), self.clock().astimezone(zone), confirmed=confirmed)
        return Saying(
            about=f"reminder:{reminder.id}",
            kind=Asked.REMINDER,
            contact=appointment.contact,
            text=text,
            closes_at=appointment.slot.starts,
            appointments=[appointment.id],
            wanted=reminder.kind is Kind.MANUAL,
        )
