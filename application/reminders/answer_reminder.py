"""The answer to a reminder: one appointment confirmed, called off or about to be moved; or a question back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.agenda.face import Agenda
from application.agenda.keep import Asker
from application.conversations.ending import Ending, wanting_a_person
from application.reminders.look import candidate_of
from application.reminders.ports import Question, ReminderMeasures
from application.reminders.spoken import Spoken
from application.reminders.texts import TOO_LATE, cancelled, confirmed, instead, sure, which
from application.reminders.work import RemindingWork
from application.shared.ports import OpenWork
from domain.agenda.appointment import Status, TooLateToChange
from domain.agenda.reasons import CalledOff, reason_of
from domain.conversations.conversation import Reason
from domain.reminders.answers import Meaning, Read, read_answer
from domain.reminders.choice import Candidate, choose
from domain.reminders.notices import Asked, OpenNotice
from domain.shared.errors import Refused
from domain.shared.ids import AppointmentId

QUESTION_OPEN: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class AnswerReminder:
    open_work: OpenWork[RemindingWork]
    agenda: Agenda
    measures: ReminderMeasures

    async def __call__(self, spoken: Spoken, notices: list[OpenNotice]) -> Ending | None:
        candidates = await self._candidates(spoken, notices)
        fresh = [each for each in notices if each.fresh]
        if not candidates:
            return None
        if fresh and fresh[0].kind is Asked.WHICH:
            chosen = choose(spoken.text, [each for each in candidates if each.id in fresh[0].appointments])
            if chosen:
                return await self._act(spoken, notices, Read(Meaning(fresh[0].intent)), candidates, chosen)
        read = read_answer(spoken.text) if spoken.text else Read(Meaning.UNSURE)
        if read.meaning is Meaning.OTHER or not (fresh or read.explicit):
            return None
        if fresh and fresh[0].kind is Asked.INSTEAD and read.meaning not in (Meaning.MOVE, Meaning.CANCEL):
            return None
        return await self._resolve(spoken, notices, read, candidates)

    async def _resolve(
        self, spoken: Spoken, notices: list[OpenNotice], read: Read, candidates: list[Candidate]
    ) -> Ending | None:
        """One is left, or they are asked which."""
        chosen = (candidates[0].id,) if len(candidates) == 1 else choose(spoken.text, candidates)
        if chosen:
            return await self._act(spoken, notices, read, candidates, chosen)
        if any(each.kind is Asked.WHICH for each in notices):
            return None
        text = which(str(read.meaning), candidates, await self._local_now(spoken))
        ids = tuple(each.id for each in candidates)
        return await self._ask(spoken, Asked.WHICH, text, ids, intent=str(read.meaning))

    async def _act(
        self,
        spoken: Spoken,
        notices: list[OpenNotice],
        read: Read,
        candidates: list[Candidate],
        chosen: tuple[AppointmentId, ...],
    ) -> Ending | None:
        """Several at once are only ever confirmed or called off, and only where they were named."""
        self.measures.answered("reminder", str(read.meaning))
        meant = [each for each in candidates if each.id in chosen]
        match read.meaning:
            case Meaning.YES:
                return await self._confirm(spoken, notices, meant, more=read.more)
            case Meaning.CANCEL:
                return await self._cancel(spoken, notices, meant)
            case Meaning.MOVE:
                await self._close(spoken, notices, chosen, "move", "")
                return None
            case Meaning.NO:
                text = instead(meant[0], await self._local_now(spoken))
                await self._close(spoken, notices, chosen, "no", text)
                return await self._ask(spoken, Asked.INSTEAD, text, chosen)
            case _ if any(each.kind is Asked.SURE for each in notices):
                return None
            case _:
                text = sure(meant[0], await self._local_now(spoken))
                return await self._ask(spoken, Asked.SURE, text, chosen)

    async def _confirm(
        self, spoken: Spoken, notices: list[OpenNotice], meant: list[Candidate], *, more: bool
    ) -> Ending | None:
        for each in meant:
            try:
                await self.agenda.confirm(spoken.tenant, each.id, Asker.client(spoken.contact))
            except Refused:  # it is being moved this moment, or was called off: the talk goes on without us
                return None
        now = await self._local_now(spoken)
        text = "\n\n".join(confirmed(each, now) for each in meant)
        await self._close(spoken, notices, tuple(each.id for each in meant), "yes", text)
        return Ending(say=text, go_on=more)

    async def _cancel(self, spoken: Spoken, notices: list[OpenNotice], meant: list[Candidate]) -> Ending | None:
        now = await self._local_now(spoken)
        for each in meant:
            try:
                await self.agenda.cancel(
                    spoken.tenant, each.id, Asker.client(spoken.contact), CalledOff.ANSWERED_A_REMINDER
                )
            except TooLateToChange:
                return Ending(say=TOO_LATE, then=wanting_a_person(Reason.ASKED))
            except Refused:
                return None
        text = "\n\n".join(cancelled(each, now) for each in meant)
        await self._close(spoken, notices, tuple(each.id for each in meant), "cancel", text)
        return Ending(say=text)

    async def _candidates(self, spoken: Spoken, notices: list[OpenNotice]) -> list[Candidate]:
        """The appointments we asked about that can still be answered for; one called off in this very turn among them."""
        zone = await self.agenda.zones.of(spoken.tenant)
        ids = sorted({id for each in notices for id in each.appointments})
        async with self.open_work(spoken.tenant) as work:
            views = [await work.appointments.view(id) for id in ids]
        now = self.agenda.clock()
        found = [
            candidate_of(view, zone)
            for view in views
            if view.appointment.contact == spoken.contact
            and (view.appointment.stands or reason_of(view.appointment.reason) is CalledOff.ANSWERED_A_REMINDER)
            and view.appointment.status is not Status.PENDING
            and view.appointment.slot.starts > now
        ]
        return sorted(found, key=lambda each: each.starts)

    async def _ask(
        self, spoken: Spoken, kind: Asked, text: str, about: tuple[AppointmentId, ...], *, intent: str = ""
    ) -> Ending:
        now = self.agenda.clock()
        question = Question(
            f"{kind}:{spoken.last}",
            kind,
            spoken.conversation,
            asked_at=now,
            closes_at=now + QUESTION_OPEN,
            appointments=about,
            intent=intent,
            said_in=spoken.last,
        )
        async with self.open_work(spoken.tenant) as work:
            await work.notices.ask(question)
            await work.commit()
        return Ending(say=text)

    async def _close(
        self,
        spoken: Spoken,
        notices: list[OpenNotice],
        about: tuple[AppointmentId, ...],
        meaning: str,
        text: str,
    ) -> None:
        ids = [each.id for each in notices if set(each.appointments) <= set(about) or each.kind is Asked.WHICH]
        async with self.open_work(spoken.tenant) as work:
            await work.notices.close(ids, meaning, self.agenda.clock(), by=spoken.last, reply=text)
            await work.commit()

    async def _local_now(self, spoken: Spoken) -> datetime:
        return self.agenda.clock().astimezone(await self.agenda.zones.of(spoken.tenant))
