"""An hour after the end, where nobody has said whether the person came: what their own words allow is assumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.agenda.keep import SYSTEM, Asker
from application.agenda.mark_attendance import MarkAttendance
from application.reminders.work import RemindingWork
from application.shared.ports import Claim, Clock, OpenWork
from domain.agenda.appointment import Appointment, Status, Unsettled
from domain.no_show.attendance_check import GRACE, Evidence, assumed_kept
from domain.shared.ids import AppointmentId

ASSUMED: Final = Asker(SYSTEM)
WHILE_UNSETTLED: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class CheckAttendance:
    open_work: OpenWork[RemindingWork]
    mark: MarkAttendance
    clock: Clock

    async def __call__(self, claim: Claim, id: AppointmentId) -> str:
        """Returns how it ended, as one fixed word."""
        async with self.open_work(claim.tenant) as work:
            appointment = await work.appointments.get(id)
            due_at = appointment.slot.ends + GRACE
            if appointment.stands and self.clock() < due_at:
                await work.jobs.postpone(claim, due_at)
                await work.commit()
                return "not_over"
            evidence = await self._evidence(work, appointment)
        assumed = False
        if appointment.stands:
            try:
                assumed = await self.mark.assume(claim.tenant, id, ASSUMED, came=assumed_kept(evidence))
            except Unsettled:  # the calendar is being asked about a change
                return await self._put_off(claim)
        async with self.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        return "assumed" if assumed else "said_before"

    async def _put_off(self, claim: Claim) -> str:
        async with self.open_work(claim.tenant) as work:
            await work.jobs.postpone(claim, self.clock() + WHILE_UNSETTLED)
            await work.commit()
        return "put_off"

    async def _evidence(self, work: RemindingWork, appointment: Appointment) -> Evidence:
        return Evidence(
            confirmed=appointment.status is Status.CONFIRMED,
            unanswered=await work.reminders.left_unanswered(appointment),
            declined=await work.notices.declined(appointment.id),
        )
