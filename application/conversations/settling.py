"""What a turn leaves behind: its messages answered or not, what the model was paid, what was held back and promised."""

from __future__ import annotations

from application.agenda.chat.notes import with_what_came
from application.conversations.ending import Ending
from application.conversations.gathered import Turn
from application.conversations.ports import ConversationWork, MessageState
from application.quotas.meter import Meter
from domain.conversations.conversation import Conversation
from domain.delivery.parts import as_typed


async def said_before(work: ConversationWork, conversation: Conversation, ending: Ending) -> bool:
    if ending.say is None or ending.once_since is None:
        return False
    return await work.outbox.told_lately(conversation.id, "".join(as_typed(ending.say)[:1]), ending.once_since)


async def settle(work: ConversationWork, meter: Meter, turn: Turn, ending: Ending) -> None:
    state = MessageState.UNANSWERED if ending.unanswered else MessageState.ANSWERED
    ids = [one.id for one in turn.burst.heard]
    await work.conversations.settle(ids, state, reason=ending.unanswered)
    if ending.reply is not None:
        await work.conversations.count_model_calls(turn.conversation.id, ending.reply.rung, ending.reply.completions)
        await work.booking_talks.add_held(turn.conversation.id, turn.burst.last, ending.reply.held)
    if ending.notes is not None:
        meanwhile = await work.booking_talks.notes(turn.conversation.id, lock=True)
        await work.booking_talks.keep(turn.conversation.id, with_what_came(ending.notes, meanwhile))
    await meter.count(
        work,
        turn.standing,
        messages=0 if ending.unanswered else len(ids),
        calls=ending.reply.completions if ending.reply else (),
    )
