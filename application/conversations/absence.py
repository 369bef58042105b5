"""Whether the assistant is there for this contact at this hour, asking no more than the company's settings need."""

from __future__ import annotations

from datetime import datetime

from application.conversations.ending import start_of_day
from application.conversations.ports import ConversationWork
from domain.assistant.attendance import Absence, Audience
from domain.assistant.persona import Persona
from domain.conversations.conversation import Conversation


async def absence_of(
    work: ConversationWork, persona: Persona, conversation: Conversation, local: datetime
) -> Absence | None:
    """Numbers matter only where the company chose whom to answer, and the day's count only where it has a limit."""
    attendance = persona.attendance
    chosen = attendance.audience is not Audience.EVERYONE
    phone = await work.contacts.phone_of(conversation.contact) if chosen else None
    absence = persona.absence(phone, local)
    if absence is not None or attendance.daily is None:
        return absence
    answered = await work.conversations.answered_since(conversation.contact, start_of_day(local))
    return Absence.ENOUGH if attendance.enough(answered) else None
