"""What a contact said in one breath, as whoever listens for answers gets it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.shared.ids import ContactId, ConversationId, MessageId, TenantId


@dataclass(frozen=True, slots=True)
class Spoken:
    """`text` is empty where there were no words in it, a sticker say."""

    tenant: TenantId
    conversation: ConversationId
    contact: ContactId
    last: MessageId
    text: str
