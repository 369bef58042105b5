"""The day after: the client is asked how it was, once; again only where the company's people ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from application.agenda.keep import SYSTEM, Asker
from application.companies.ports import Zones
from application.follow_ups.ports import FollowUp, FollowUpId, FollowUpMeasures, NotAsked, Status, WhyNotAsked
from application.follow_ups.work import AskingWork
from application.quotas.meter import Meter
from application.reminders.look import candidate_of
from application.reminders.tell import Saying, Tell, Told
from application.reminders.texts import follow_up as words
from application.shared.ports import Claim, Clock, OpenWork
from domain.agenda.appointment import Appointment
from domain.agenda.appointment import Status as AppointmentStatus
from domain.audit.entry import Deed
from domain.follow_ups.schedule import OPEN_FOR, asked_lately, just_sent
from domain.quotas.standing import Standing
from domain.reminders.notices import Asked
from domain.shared.ids import AppointmentId, TenantId

WHY_NOT: Final = {
    Told.OPTED_OUT: WhyNotAsked.OPTED_OUT,
    Told.UNREACHABLE: WhyNotAsked.NEVER_WROTE,
    Told.QUOTA: WhyNotAsked.QUOTA,
    Told.AGAIN: WhyNotAsked.JUST_SENT,
}


@dataclass(frozen=True, slots=True)
class SendFollowUp:
    open_work: OpenWork[AskingWork]
    zones: Zones
    meter: Meter
    tell: Tell
    measures: FollowUpMeasures
    clock: Clock

    async def __call__(self, claim: Claim, id: AppointmentId) -> str:
        """The job. Returns how it ended, as one fixed word."""
        zone, standing = await self.zones.of(claim.tenant), await self.meter.standing(claim.tenant)
        async with self.open_work(claim.tenant) as work:
            appointment = await work.appointments.get(id, lock=True)
            follow_up = await work.follow_ups.of(id)
            manners = await work.manners.get()
            morning = manners.quiet.over(self.clock(), zone)
            if follow_up is None or follow_up.status is not Status.PLANNED:
                outcome = "not_planned"
            elif morning > self.clock():
                await work.jobs.postpone(claim, morning)
                await work.commit()
                return "put_off"
            elif not manners.follow_up:
                outcome = "not_wanted"
                await work.follow_ups.dropped(follow_up.id, outcome)
            elif asked_lately(await work.follow_ups.last_sent(appointment.contact), self.clock()):
                outcome = "asked_lately"
                await work.follow_ups.dropped(follow_up.id, outcome)
            else:
                outcome = await self._send(work, claim.tenant, standing, appointment, follow_up)
            await work.jobs.finish(claim)
            await work.commit()
        if outcome == Told.SAID:
            self.measures.sent(claim.tenant)
        return outcome

    async def again(self, tenant: TenantId, id: FollowUpId, asker: Asker) -> None:
        """ "Reenviar follow-up". Raises NotAsked or FollowUpNotFound."""
        zone, standing = await self.zones.of(tenant), await self.meter.standing(tenant)
        async with self.open_work(tenant) as work:
            follow_up = await work.follow_ups.get(id)
            if follow_up.status is Status.ANSWERED:
                raise NotAsked(WhyNotAsked.ANSWERED)
            if just_sent(follow_up.sent_at, self.clock()):
                raise NotAsked(WhyNotAsked.JUST_SENT)
            appointment = await work.appointments.get(follow_up.appointment, lock=True)
            if appointment.status is not AppointmentStatus.KEPT:
                raise NotAsked(WhyNotAsked.DID_NOT_COME)
            if (await work.manners.get()).quiet.quiet_at(self.clock(), zone):
                raise NotAsked(WhyNotAsked.QUIET)
            told = await self._send(work, tenant, standing, appointment, follow_up, who=asker.who)
            if told is not Told.SAID:
                raise NotAsked(WHY_NOT[told])
            await work.commit()
        self.measures.sent(tenant)

    async def _send(
        self,
        work: AskingWork,
        tenant: TenantId,
        standing: Standing,
        appointment: Appointment,
        follow_up: FollowUp,
        who: str = SYSTEM,
    ) -> Told:
        zone, now = await self.zones.of(tenant), self.clock()
        view = await work.appointments.view(appointment.id)
        saying = Saying(
            f"follow_up:{follow_up.id}:{follow_up.times}",
            Asked.FOLLOW_UP,
            appointment.contact,
            words(view.client.name, candidate_of(view, zone), await work.manners.get()),
            now + OPEN_FOR,
            appointments=[appointment.id],
            subject=follow_up.id,
        )
        told = await self.tell(work, tenant, standing, saying, "")
        if told is Told.SAID:
            await work.follow_ups.sent(follow_up.id, now)
            await work.audit.record(Deed(who, "followup_sent", f"appointment:{appointment.id}"))
        elif follow_up.times == 0:
            await work.follow_ups.dropped(follow_up.id, told)
        return told
