"""A person's answer: through the same outbox as the assistant's, and the conversation becomes theirs."""

from __future__ import annotations

from dataclasses import dataclass

from application.conversations.ports import Memory, Recollection
from application.delivery.outbox import Words
from application.delivery.queue_reply import queue_reply
from application.handoff.ports import HandoffWork
from application.shared.ports import Clock, OpenWork
from domain.conversations.conversation import Holder
from domain.delivery.outgoing import Origin
from domain.handoff.entry import Attendant, Entry, EntryKind, Said
from domain.shared.ids import ConversationId, TenantId

OUT_OF_DATE = Recollection(version=-1, said=())
"""The assistant's short memory is told by customers' messages; a person's words make it look again."""


@dataclass(frozen=True, slots=True)
class PersonsAnswer:
    """`request` is the form's own key: the same form sent twice is one answer."""

    conversation: ConversationId
    said: Said
    by: Attendant
    request: str
    correlation: str


@dataclass(frozen=True, slots=True)
class AnswerAsPerson:
    open_work: OpenWork[HandoffWork]
    memory: Memory
    clock: Clock

    async def __call__(self, tenant: TenantId, answer: PersonsAnswer) -> None:
        """Raises ConversationNotFound."""
        id = answer.conversation
        async with self.open_work(tenant) as work:
            conversation = await work.conversations.get(id, lock=True)
            if await work.desk.has_answered(id, answer.request):
                return
            if conversation.holder is not Holder.PERSON:
                await work.desk.write(id, Entry(EntryKind.TAKEN, answer.by, self.clock()))
            conversation.staff_spoke(self.clock())
            await work.conversations.save(conversation)
            place = await work.desk.next_place(id)
            said = (answer.said.text,)
            await queue_reply(work, Words(id, place.answers_to, said, Origin.PERSON, answer.correlation, place.step))
            await work.desk.sign(id, place, answer.by, answer.request)
            await work.commit()
        await self.memory.remember(tenant, id, OUT_OF_DATE)
