"""A turn failed to the end: the contact is told, and a person is asked to look."""

from __future__ import annotations

from dataclasses import dataclass

from application.assistant.texts import MODEL_AWAY
from application.conversations.ports import ConversationWork, MessageState
from application.delivery.outbox import Words
from application.delivery.queue_reply import queue_reply
from application.shared.ports import Claim, Clock, OpenWork
from domain.conversations.conversation import Reason
from domain.conversations.turn import Burst, Unanswered
from domain.delivery.outgoing import Origin
from domain.shared.ids import ConversationId

APOLOGY = 100
"""A step of its own, so that a later answer to the same burst can still be stored."""


@dataclass(frozen=True, slots=True)
class GiveUpTurn:
    open_work: OpenWork[ConversationWork]
    clock: Clock

    async def __call__(self, claim: Claim, id: ConversationId) -> None:
        async with self.open_work(claim.tenant) as work:
            conversation = await work.conversations.get(id, lock=True)
            heard = await work.conversations.waiting(id)
            if heard and conversation.attended_by_assistant:
                conversation.ask_for_person(Reason.GAVE_UP, self.clock())
                conversation.turn_taken()
                await work.conversations.save(conversation)
                await work.conversations.settle(
                    [one.id for one in heard], MessageState.UNANSWERED, reason=Unanswered.GAVE_UP
                )
                last = Burst.told_in_order(heard).last
                apology = Words(id, last, (MODEL_AWAY,), Origin.FIXED, claim.correlation, first_step=APOLOGY)
                await queue_reply(work, apology)
            await work.jobs.finish(claim)
            await work.commit()
