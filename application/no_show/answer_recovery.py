"""Whoever was missed answers: another time is looked for at once, and why they did not come is kept for the company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from application.agenda.work import AppointmentView
from application.conversations.ending import NOTHING_ELSE, Ending
from application.follow_ups.work import CaringWork
from application.no_show.reach_out import OPEN_FOR
from application.reminders.hear import REACHES_PEOPLE
from application.reminders.look import theirs
from application.reminders.ports import Question, ReminderMeasures
from application.reminders.spoken import Spoken
from application.reminders.texts import CAME_AFTER_ALL, THANKS_FOR_TELLING, THANKS_NEGATIVE
from application.shared.ports import Clock, OpenWork
from domain.agenda.choices import Option, named
from domain.audit.entry import Deed
from domain.follow_ups.replies import Intent, read_reply
from domain.no_show.excuses import Excuse, Kind, read_excuse
from domain.reminders.notices import Asked, OpenNotice
from domain.shared.ids import AppointmentId

LONGEST_COMMENT: Final = 2_000
TOLD: Final = "told"
"""What the answer to "remarcar" is still awaited for, when the reason is known."""

BOOK: Final = "Quero marcar {service} com {professional}. {rest}"
REPLIES: Final[Mapping[str, str]] = {
    Kind.CAME: CAME_AFTER_ALL,
    Intent.NEGATIVE: THANKS_NEGATIVE,
    Intent.FEEDBACK: THANKS_FOR_TELLING,
    Intent.POSITIVE: THANKS_FOR_TELLING,
}


@dataclass(frozen=True, slots=True)
class AnswerRecovery:
    open_work: OpenWork[CaringWork]
    measures: ReminderMeasures
    clock: Clock

    async def __call__(self, spoken: Spoken, notices: list[OpenNotice]) -> Ending | None:
        notice, excuse = notices[0], read_excuse(spoken.text)
        if excuse is None or not notice.appointments or (notice.intent == TOLD and excuse.kind is not Kind.AGAIN):
            return None
        async with self.open_work(spoken.tenant) as work:
            missed = await work.appointments.view(notice.appointments[0])
            if not notice.fresh and (excuse.kind is not Kind.AGAIN or await self._comes(work, missed)):
                return None
            if excuse.kind is Kind.AGAIN and await _names_other(work, spoken.text, missed):
                return None
            ending = await self._heard(work, spoken, notice, excuse, missed)
            await work.commit()
        self.measures.answered("recovery", excuse.kind)
        return ending

    async def _heard(
        self, work: CaringWork, spoken: Spoken, notice: OpenNotice, excuse: Excuse, missed: AppointmentView
    ) -> Ending:
        """Another time is found where every other is: by the model, or by the menu."""
        intent = read_reply(spoken.text) or Intent.FEEDBACK
        if excuse.told and notice.intent != TOLD:
            await self._keep(work, spoken, notice.appointments[0], intent)
        if excuse.kind is Kind.AGAIN:
            if excuse.told and notice.intent != TOLD:
                await work.notices.close([notice.id], intent, self.clock())
                await work.notices.ask(self._still_open(spoken, notice))
            names = {"service": missed.service_name, "professional": missed.professional_name}
            return Ending(go_on=True, heard_as=BOOK.format(**names, rest=excuse.rest).strip())
        meaning = excuse.kind if excuse.kind is Kind.CAME else intent
        text, people = REPLIES[meaning], meaning in (Kind.CAME, Intent.NEGATIVE)
        await work.notices.close([notice.id], meaning, self.clock(), by=spoken.last, reply=text)
        await work.notices.ask(self._still_open(spoken, notice))
        return Ending(say=text, then=REACHES_PEOPLE if people else NOTHING_ELSE)

    async def _keep(self, work: CaringWork, spoken: Spoken, appointment: AppointmentId, intent: Intent) -> None:
        await work.feedback.record(appointment, "recovery", intent, spoken.text[:LONGEST_COMMENT], self.clock())
        who, about = f"contact:{spoken.contact}", f"appointment:{appointment}"
        await work.audit.record(Deed(who, "no_show_response", about, after={"intent": intent}))

    def _still_open(self, spoken: Spoken, notice: OpenNotice) -> Question:
        """ "Remarcar" is understood after the thanks, too."""
        now = self.clock()
        return Question(
            f"{Asked.RECOVERY}:{notice.id}:{spoken.last}",
            Asked.RECOVERY,
            spoken.conversation,
            asked_at=now,
            closes_at=now + OPEN_FOR,
            appointments=notice.appointments,
            intent=TOLD,
            said_in=spoken.last,
        )

    async def _comes(self, work: CaringWork, missed: AppointmentView) -> bool:
        """They have another time by now: "remarcar" may well be about that one."""
        return bool(await theirs(work, missed.appointment.contact, self.clock()))


async def _names_other(work: CaringWork, text: str, missed: AppointmentView) -> bool:
    """ "Quero marcar uma limpeza": of another service or professional than the one they missed."""
    services = [Option(str(each.id), each.name) for each in await work.agenda.services()]
    people = [Option(str(each.id), each.name) for each in await work.agenda.professionals()]
    service, who = named(text, services), named(text, people)
    had = missed.appointment
    return (service is not None and service.key != str(had.service)) or (
        who is not None and who.key != str(had.professional)
    )
