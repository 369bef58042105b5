"""The answer to an offered time: the first yes has it, a no passes it on, and a late yes only gets what is still free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.agenda.booking import Booking
from application.agenda.end_offer import end_offer
from application.agenda.face import Agenda
from application.agenda.keep import Asker
from application.agenda.reschedule_appointment import Move
from application.agenda.waiting_work import Offered
from application.conversations.ending import Ending, wanting_a_person
from application.reminders.look import local_candidate, what_they_took
from application.reminders.offer_texts import (
    OFFER_DECLINED,
    OFFER_GONE,
    OFFER_PENDING,
    OFFER_WAITS,
    offer_swapped,
    offer_taken,
)
from application.reminders.ports import Question, ReminderMeasures
from application.reminders.spoken import Spoken
from application.reminders.texts import TOO_LATE
from application.reminders.work import TellingWork
from application.shared.ports import OpenWork
from domain.agenda.appointment import Appointment, Status, TooLateToChange, Unsettled
from domain.agenda.offers import OfferId, Outcome
from domain.conversations.conversation import Reason
from domain.reminders.answers import Meaning
from domain.reminders.choice import Candidate
from domain.reminders.notices import Asked, OpenNotice
from domain.reminders.offer_answers import read_offer_answer
from domain.shared.errors import Refused
from domain.shared.ids import AppointmentId


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    open_work: OpenWork[TellingWork]
    agenda: Agenda
    measures: ReminderMeasures

    async def __call__(self, spoken: Spoken, notices: list[OpenNotice]) -> Ending | None:
        notice = notices[0]
        if not notice.fresh or notice.subject is None:
            return None
        offered, told, now = await self._told(spoken, OfferId(notice.subject))
        if offered.offer.outcome not in (Outcome.OPEN, Outcome.LAPSED):
            return None
        read = read_offer_answer(spoken.text, told, now, swaps=bool(notice.intent))
        if read.meaning is Meaning.OTHER:
            return None
        self.measures.answered("offer", str(read.meaning))
        if read.meaning is Meaning.NO:
            return await self._end(spoken, notice, Outcome.DECLINED, OFFER_DECLINED, go_on=read.more)
        try:
            appointment = await self._have(spoken, offered, notice)
        except TooLateToChange:
            return Ending(say=TOO_LATE, then=wanting_a_person(Reason.ASKED))
        except Unsettled:
            return await self._ask_again(spoken, notice, offered)
        except Refused:  # somebody else was faster
            return await self._end(spoken, notice, Outcome.LAPSED, OFFER_GONE)
        text = _had(appointment, notice, told, now)
        return await self._end(spoken, notice, Outcome.TAKEN, text, go_on=read.more)

    async def _told(self, spoken: Spoken, id: OfferId) -> tuple[Offered, Candidate, datetime]:
        zone = await self.agenda.zones.of(spoken.tenant)
        async with self.open_work(spoken.tenant) as work:
            offered = await work.offers.get(id)
            told = await local_candidate(work, offered.wait, offered.offer, zone)
        return offered, told, self.agenda.clock().astimezone(zone)

    async def _have(self, spoken: Spoken, offered: Offered, notice: OpenNotice) -> Appointment:
        """Had before in this very turn, whose end was lost, is had. Raises as the agenda does."""
        wait, offer = offered.wait, offered.offer
        async with self.open_work(spoken.tenant) as work:
            taken = await what_they_took(work, wait, offer, self.agenda.clock())
        if taken is not None:
            return taken
        own = await self._instead(spoken, offered, notice)
        asker = Asker.client(spoken.contact)
        if own is not None:
            move = Move(offer.slot.starts, anyway=True, professional=offer.professional)
            return await self.agenda.reschedule(spoken.tenant, own, move, asker)
        booking = Booking(wait.contact, wait.service, offer.professional, offer.slot.starts, anyway=True)
        return await self.agenda.book(spoken.tenant, booking, asker)

    async def _instead(self, spoken: Spoken, offered: Offered, notice: OpenNotice) -> AppointmentId | None:
        """The appointment that they were told they would give for it, where it still stands."""
        if not notice.intent:
            return None
        async with self.open_work(spoken.tenant) as work:
            own = await work.appointments.get(AppointmentId(int(notice.intent)))
        coming = own.stands and own.slot.starts > self.agenda.clock()
        return own.id if coming and own.contact == offered.wait.contact else None

    async def _ask_again(self, spoken: Spoken, notice: OpenNotice, offered: Offered) -> Ending:
        """What they would give for it is being changed at this moment: nothing is lost, and a yes in a while counts."""
        now, offer = self.agenda.clock(), offered.offer
        question = Question(
            f"{Asked.OFFER}:{offer.id}:{spoken.last}",
            Asked.OFFER,
            spoken.conversation,
            asked_at=now,
            closes_at=offer.slot.starts,
            subject=offer.id,
            intent=notice.intent,
            said_in=spoken.last,
        )
        async with self.open_work(spoken.tenant) as work:
            await work.notices.close([notice.id], "unsettled", now, by=spoken.last, reply=OFFER_WAITS)
            await work.notices.ask(question)
            await work.commit()
        return Ending(say=OFFER_WAITS)

    async def _end(
        self, spoken: Spoken, notice: OpenNotice, outcome: Outcome, text: str, *, go_on: bool = False
    ) -> Ending:
        async with self.open_work(spoken.tenant) as work:
            offered = await work.offers.get(OfferId(notice.subject or 0))
            if offered.offer.outcome is Outcome.OPEN or outcome is Outcome.TAKEN:
                await end_offer(work, offered.offer, offered.wait, outcome)
            await work.notices.close([notice.id], outcome, self.agenda.clock(), by=spoken.last, reply=text)
            await work.commit()
        self.measures.offered(spoken.tenant, outcome)
        return Ending(say=text, go_on=go_on)


def _had(appointment: Appointment, notice: OpenNotice, told: Candidate, now: datetime) -> str:
    if appointment.status is Status.PENDING or appointment.moving_to is not None:
        return OFFER_PENDING
    return (offer_swapped if notice.intent == str(appointment.id) else offer_taken)(told, now)
