"""What people say of how it was, or of why they did not come: kept as they said it, and answered in kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from application.conversations.ending import Ending
from application.follow_ups.ports import FollowUpId, FollowUpMeasures
from application.follow_ups.work import CaringWork
from application.reminders.hear import REACHES_PEOPLE
from application.reminders.spoken import Spoken
from application.reminders.texts import BOOK_AGAIN, THANKS_FEEDBACK, THANKS_NEGATIVE
from application.shared.ports import Clock, OpenWork
from domain.assistant.plain import plain
from domain.audit.entry import Deed
from domain.follow_ups.replies import AGAIN, Intent, asks, read_reply
from domain.reminders.notices import OpenNotice

LONGEST_COMMENT: Final = 2_000
REPLIES: Final[Mapping[Intent, Ending]] = {
    Intent.POSITIVE: Ending(say=BOOK_AGAIN),
    Intent.NEGATIVE: Ending(say=THANKS_NEGATIVE, then=REACHES_PEOPLE),
    Intent.FEEDBACK: Ending(say=THANKS_FEEDBACK),
}


@dataclass(frozen=True, slots=True)
class AnswerFollowUp:
    open_work: OpenWork[CaringWork]
    measures: FollowUpMeasures
    clock: Clock

    async def __call__(self, spoken: Spoken, notices: list[OpenNotice]) -> Ending | None:
        """Who wants the next time booked goes straight on to it: the model, or the menu, books."""
        notice = notices[0]
        intent = read_reply(spoken.text) if notice.fresh else None
        if intent is None or notice.subject is None:
            return None
        books = AGAIN.search(plain(spoken.text)) is not None and intent is Intent.POSITIVE
        ending = REPLIES[intent]
        await self._keep(spoken, notice, intent, "" if books else ending.say or "")
        self.measures.answered(spoken.tenant, intent)
        if books:
            return None
        return replace(ending, go_on=True) if asks(spoken.text) and intent is not Intent.NEGATIVE else ending

    async def _keep(self, spoken: Spoken, notice: OpenNotice, intent: Intent, reply: str) -> None:
        now, comment = self.clock(), spoken.text[:LONGEST_COMMENT]
        async with self.open_work(spoken.tenant) as work:
            await work.follow_ups.answered(FollowUpId(notice.subject or 0), intent, now)
            for appointment in notice.appointments:
                await work.feedback.record(appointment, "follow_up", intent, comment, now)
                deed = Deed(
                    f"contact:{spoken.contact}",
                    "followup_response",
                    f"appointment:{appointment}",
                    after={"intent": intent},
                )
                await work.audit.record(deed)
            await work.notices.close([notice.id], intent, now, by=spoken.last, reply=reply)
            await work.commit()
