"""Whether the assistant attends this contact at this hour."""

from __future__ import annotations

from datetime import datetime

from application.conversations.ports import ConversationWork
from domain.assistant.attendance import Absence, Audience
from domain.assistant.persona import Persona
from domain.conversations.conversation import Conversation


async def absence_of(
    work: ConversationWork, persona: Persona, conversation: Conversation, local: datetime
) -> Absence | None:
    """Numbers matter only where the company chose whom to answer."""
    chosen = persona.attendance.audience is not Audience.EVERYONE
    phone = await work.contacts.phone_of(conversation.contact) if chosen else None
    return persona.absence(phone, local)
