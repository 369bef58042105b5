"""The answer to an offered time: the first yes has it, a no passes it on, and a late yes only gets what is still free."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.booking import Booking
from application.agenda.face import Agenda
from application.agenda.keep import Asker
from application.agenda.waiting_work import Offered
from application.agenda.work import Listed
from application.conversations.ending import Ending
from application.reminders.hear import Spoken
from application.reminders.look import local_candidate
from application.reminders.offer_free import end_offer
from application.reminders.ports import ReminderMeasures
from application.reminders.texts import OFFER_DECLINED, OFFER_GONE, OFFER_PENDING, offer_taken
from application.reminders.work import TellingWork
from application.shared.ports import OpenWork
from domain.agenda.appointment import STANDING, Appointment, Status
from domain.agenda.offers import OfferId, Outcome
from domain.reminders.answers import Meaning, read_answer
from domain.reminders.notices import OpenNotice
from domain.shared.errors import Refused


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    open_work: OpenWork[TellingWork]
    agenda: Agenda
    measures: ReminderMeasures

    async def __call__(self, spoken: Spoken, notices: list[OpenNotice]) -> Ending | None:
        notice = notices[0]
        meaning = read_answer(spoken.text).meaning
        if not notice.fresh or notice.subject is None or meaning not in (Meaning.YES, Meaning.NO):
            return None
        async with self.open_work(spoken.tenant) as work:
            offered = await work.offers.get(OfferId(notice.subject))
        self.measures.answered("offer", str(meaning))
        if meaning is Meaning.NO:
            return await self._end(spoken, notice, Outcome.DECLINED, OFFER_DECLINED)
        appointment = await self._book(spoken, offered)
        if appointment is None:
            return await self._end(spoken, notice, Outcome.LAPSED, OFFER_GONE)
        text = OFFER_PENDING if appointment.status is Status.PENDING else await self._taken(spoken, offered)
        return await self._end(spoken, notice, Outcome.TAKEN, text)

    async def _book(self, spoken: Spoken, offered: Offered) -> Appointment | None:
        """Booked before in this very turn, whose end was lost, is booked. None where somebody else was faster."""
        wait, offer = offered.wait, offered.offer
        statuses = STANDING | {Status.PENDING}
        listed = Listed(offer.slot, offer.professional, wait.contact, statuses=statuses)
        for view in await self.agenda.appointments(spoken.tenant, listed):
            if view.appointment.slot == offer.slot:
                return view.appointment
        booking = Booking(wait.contact, wait.service, offer.professional, offer.slot.starts, anyway=True)
        try:
            return await self.agenda.book(spoken.tenant, booking, Asker.client(spoken.contact))
        except Refused:
            return None

    async def _end(self, spoken: Spoken, notice: OpenNotice, outcome: Outcome, text: str) -> Ending:
        async with self.open_work(spoken.tenant) as work:
            offered = await work.offers.get(OfferId(notice.subject or 0))
            if offered.offer.outcome is Outcome.OPEN or outcome is Outcome.TAKEN:
                await end_offer(work, offered.offer, offered.wait, outcome)
            await work.notices.close([notice.id], outcome, self.agenda.clock(), by=spoken.last, reply=text)
            await work.commit()
        self.measures.offered(spoken.tenant, outcome)
        return Ending(say=text)

    async def _taken(self, spoken: Spoken, offered: Offered) -> str:
        zone = await self.agenda.zones.of(spoken.tenant)
        async with self.open_work(spoken.tenant) as work:
            candidate = await local_candidate(work, offered.wait, offered.offer, zone)
        return offer_taken(candidate, self.agenda.clock().astimezone(zone))
