"""An appointment was booked, moved or called off: whoever has an e-mail address gets a letter that says what holds now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from application.agenda.work import AppointmentView
from application.companies.ports import Profiles
from application.reminders.letters.ports import Invitation, Invitations, LetterWork, Method, Reader, Sent
from application.reminders.letters.texts import letter
from application.shared.mail import CalendarPart, Mail, Mailer
from application.shared.ports import Claim, Clock, Job, OpenWork
from domain.agenda.appointment import Appointment, Status
from domain.shared.errors import Refused
from domain.shared.ids import AppointmentId

LETTERS: Final = "letters.send"


async def plan_letters(work: LetterWork, appointment: AppointmentId) -> None:
    """In the transaction that changes it. Two changes in a breath are one letter, about the later."""
    if await work.letters.readers(appointment):
        await work.jobs.add(Job(LETTERS, {"appointment": appointment}, key=f"{LETTERS}:{appointment}"))


@dataclass(frozen=True, slots=True)
class SendLetters:
    """A crash between the mail server's yes and our commit sends a letter twice; a calendar takes both for one entry."""

    open_work: OpenWork[LetterWork]
    profiles: Profiles
    invitations: Invitations
    mailer: Mailer
    clock: Clock

    async def __call__(self, claim: Claim, id: AppointmentId) -> str:
        """Raises Unavailable: who was written to before that is not written to again."""
        async with self.open_work(claim.tenant) as work:
            view = await work.appointments.view(id)
            owed = await self._owed(work, view.appointment)
        outcomes = [await self._write(claim, view, reader) for reader in owed]
        async with self.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        return ",".join(outcomes) or "nothing_to_tell"

    async def _owed(self, work: LetterWork, appointment: Appointment) -> list[Reader]:
        """Who does not know yet what holds now."""
        found = await work.letters.readers(appointment.id)
        over = appointment.slot.ends <= self.clock()
        return [] if over else [each for each in found if _is_news(each.last, told_of(appointment, each))]

    async def _write(self, claim: Claim, view: AppointmentView, reader: Reader) -> str:
        now, told = self.clock(), told_of(view.appointment, reader)
        company = await self.profiles.of(claim.tenant)
        invitation = Invitation(claim.tenant, company.name, view, reader, told.method, now)
        page = CalendarPart(told.method, self.invitations(invitation))
        outcome = await self._hand_over(letter(invitation, company.zone, page))
        async with self.open_work(claim.tenant) as work:
            await work.letters.sent(view.appointment.id, reader.role, told, now)
            await work.commit()
        return outcome

    async def _hand_over(self, mail: Mail) -> str:
        """An address that is refused for good is not tried again."""
        try:
            await self.mailer.send(mail)
        except Refused:
            return "refused"
        return "sent"


def told_of(appointment: Appointment, reader: Reader) -> Sent:
    """To who has it no more it is called off, whatever became of it."""
    off = appointment.status is Status.CANCELLED or reader.gone
    professional = appointment.professional
    if reader.gone and reader.last is not None:
        professional = reader.last.professional or professional
    method = Method.CANCEL if off else Method.REQUEST
    return Sent(method, appointment.version, appointment.slot.starts, professional)


def _is_news(last: Sent | None, now: Sent) -> bool:
    """Whoever never heard of it need not hear that it is off."""
    if last is None or now.method is not last.method:
        return last is not None or now.method is Method.REQUEST
    moved = now.starts != last.starts or last.professional not in (None, now.professional)
    return now.method is Method.REQUEST and moved
