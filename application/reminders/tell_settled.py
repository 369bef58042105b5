"""A calendar that was silent has answered: whoever was told to wait hears of it once, and of other times after a no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from application.agenda.chat.ports import Notes, Offered
from application.agenda.chat.words import when as told_when
from application.agenda.late_answer import Settled
from application.agenda.look import Look, Wanted
from application.agenda.slot_tokens import SlotTokens
from application.quotas.meter import Meter
from application.reminders.look import candidate_of
from application.reminders.tell import Saying, Tell, Told
from application.reminders.texts import settled as words
from application.reminders.work import RememberingWork
from application.shared.ports import Claim, OpenWork
from domain.agenda.appointment import Appointment
from domain.agenda.availability import FreeSlot
from domain.agenda.choices import Option
from domain.agenda.menu import OTHER_TIME, Menu, Step
from domain.agenda.slot import Slot
from domain.reminders.notices import Asked
from domain.shared.errors import NotFound, Refused, Unavailable
from domain.shared.ids import AppointmentId

AWAKE: Final = timedelta(hours=1)
"""Whoever wrote so lately waits for the answer, whatever the hour."""

AROUND: Final = timedelta(days=7)
MOST: Final = 4
SEARCHED: Final = 200


@dataclass(frozen=True, slots=True)
class TellSettled:
    open_work: OpenWork[RememberingWork]
    look: Look
    tokens: SlotTokens
    meter: Meter
    tell: Tell

    async def __call__(self, claim: Claim, id: AppointmentId, settled: Settled) -> str:
        """`settled` is about one version: of an appointment that changed since, something else is true."""
        zone, standing = await self.look.zones.of(claim.tenant), await self.meter.standing(claim.tenant)
        now = self.look.clock()
        async with self.open_work(claim.tenant) as work:
            seen = await work.appointments.get(id)
            later = (await work.manners.get()).quiet.over(now, zone)
            if later > now and not await self._is_awake(work, seen, now):
                await work.jobs.postpone(claim, later)
                await work.commit()
                return "put_off"
        others = [] if settled.yes else await self._others(claim, seen, settled)
        async with self.open_work(claim.tenant) as work:
            appointment = await work.appointments.get(id, lock=True)
            if appointment.version != settled.version or settled.wished <= now:
                outcome = "changed"
            else:
                saying = await self._saying(work, appointment, settled, others, zone)
                outcome = await self.tell(work, claim.tenant, standing, saying, claim.correlation)
            if outcome == Told.SAID and others:
                await self._remember(work, appointment, others, zone, moving=settled.moving)
            await work.jobs.finish(claim)
            await work.commit()
        return outcome

    async def _is_awake(self, work: RememberingWork, appointment: Appointment, now: datetime) -> bool:
        id = await work.notices.conversation_of(appointment.contact)
        last = None if id is None else (await work.conversations.get(id)).last_inbound_at
        return last is not None and now - last < AWAKE

    async def _others(self, claim: Claim, appointment: Appointment, settled: Settled) -> list[Offered]:
        """The nearest to what they wished for; nothing where the calendar is silent again."""
        now, wished = self.look.clock(), settled.wished
        window = Slot(max(now, wished - AROUND), wished + AROUND)
        moved = appointment.id if settled.moving else None
        wanted = Wanted(
            appointment.service, window, appointment.professional, appointment.contact, moved, limit=SEARCHED
        )
        try:
            free = await self.look.free(claim.tenant, wanted)
        except (Refused, NotFound, Unavailable):
            return []
        left = [each for each in free if each.slot.starts != wished]
        return [await self._offered(claim, appointment, each) for each in _nearest(left, wished)]

    async def _offered(self, claim: Claim, appointment: Appointment, free: FreeSlot) -> Offered:
        token = await self.tokens.issue(claim.tenant, free, appointment.service, appointment.contact)
        return Offered(token, appointment.service, free.professional, free.slot.starts)

    async def _saying(
        self,
        work: RememberingWork,
        appointment: Appointment,
        settled: Settled,
        others: Sequence[Offered],
        zone: ZoneInfo,
    ) -> Saying:
        """No answer is awaited: whatever they say next is a turn of its own."""
        now = self.look.clock()
        view = await work.appointments.view(appointment.id)
        free = [told_when(each.starts, zone) for each in others]
        text = words(
            view.client.name,
            candidate_of(view, zone),
            now.astimezone(zone),
            settled.outcome,
            wished=settled.wished.astimezone(zone),
            free=free,
        )
        about = f"settled:{appointment.id}:{settled.version}"
        return Saying(about, Asked.SETTLED, appointment.contact, text, closes_at=now, appointments=[appointment.id])

    async def _remember(
        self,
        work: RememberingWork,
        appointment: Appointment,
        others: Sequence[Offered],
        zone: ZoneInfo,
        *,
        moving: bool,
    ) -> None:
        """What was offered can be booked by saying so, also by number while no model is there."""
        talk = await work.notices.conversation_of(appointment.contact)
        if talk is None:
            return
        options = (*(Option(each.token, told_when(each.starts, zone)) for each in others), OTHER_TIME)
        menu = Menu(Step.SLOT, options, appointment.service, appointment.professional)
        await work.booking_talks.keep(talk, Notes(self.look.clock(), tuple(others), None if moving else menu))


def _nearest(free: Sequence[FreeSlot], wished: datetime) -> list[FreeSlot]:
    """In the order of the day, as people read lists."""
    chosen = sorted(free, key=lambda each: abs(each.slot.starts - wished))[:MOST]
    return sorted(chosen, key=lambda each: each.slot.starts)
