"""What was kept is read in our own words and told to its conversation, one address at a time and in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.assistant.texts import TOO_MANY_MESSAGES
from application.conversations.ports import MessageState
from application.delivery.outbox import Words
from application.delivery.queue_reply import queue_reply
from application.intake.ports import Dialects, IntakeWork, KeptEnvelope
from application.shared.ports import Claim, Clock, Job, OpenWork
from domain.conversations.conversation import Conversation, Habits
from domain.conversations.inbound import Chat, Ignored, InboundMessage, StaffMessage, TicketMove, TicketMoved
from domain.conversations.turn import Unanswered
from domain.delivery.outgoing import Origin
from domain.shared.errors import Invalid
from domain.shared.ids import AddressId, ConversationId

TAKE_TURN = "conversations.take_turn"
AT_ONCE = 50
"""Envelopes read in one transaction; more of them are read by the next run of the job."""

ECHO_FOR = timedelta(hours=1)
"""How far back a message of our own number is compared with what we sent."""


@dataclass(frozen=True, slots=True)
class ReadEnvelopes:
    open_work: OpenWork[IntakeWork]
    dialects: Dialects
    habits: Habits
    limit_window: timedelta
    clock: Clock

    async def __call__(self, claim: Claim, address: AddressId) -> int:
        """Returns how many were read."""
        async with self.open_work(claim.tenant) as work:
            kept = await work.envelopes.kept(address, AT_ONCE)
            for envelope in kept:
                await self._read(work, address, envelope)
            if len(kept) == AT_ONCE:
                await work.jobs.postpone(claim, self.clock())
            else:
                await work.jobs.finish(claim)
            await work.commit()
        return len(kept)

    async def _read(self, work: IntakeWork, address: AddressId, envelope: KeptEnvelope) -> None:
        try:
            inbound = self.dialects.read(envelope.body.encode())
        except Invalid:
            await work.envelopes.unreadable(envelope.id)
            return
        match inbound:
            case InboundMessage():
                await self._contact_wrote(work, address, envelope, inbound)
            case StaffMessage():
                await self._our_number_wrote(work, address, envelope, inbound)
            case TicketMoved():
                await self._ticket_moved(work, address, envelope, inbound)
            case Ignored():
                pass
        await work.envelopes.read(envelope.id)

    async def _contact_wrote(
        self, work: IntakeWork, address: AddressId, envelope: KeptEnvelope, message: InboundMessage
    ) -> None:
        conversation = await _conversation(work, address, envelope, message.chat, message.name)
        if message.ticket_person:
            conversation.ticket_moved(TicketMove.ASSIGNED, envelope.received_at)
        due = conversation.hear(
            at=envelope.received_at,
            habits=self.habits,
            reply_to=message.chat.address,
            ticket_id=message.ticket_id,
            limited=envelope.limited,
        )
        unanswered = _why_unanswered(envelope, due)
        id = await work.conversations.add(
            conversation.id,
            envelope.id,
            message,
            state=MessageState.UNANSWERED if unanswered else MessageState.WAITING,
            reason=unanswered,
            received_at=envelope.received_at,
        )
        await work.conversations.save(conversation)
        if unanswered is Unanswered.LIMITED and conversation.attended_by_assistant:
            since = envelope.received_at - self.limit_window
            if not await work.outbox.told_lately(conversation.id, TOO_MANY_MESSAGES, since):
                sorry = (TOO_MANY_MESSAGES,)
                await queue_reply(work, Words(conversation.id, id, sorry, Origin.FIXED, envelope.correlation))
        elif unanswered is None and due is not None:
            await work.jobs.add(turn_job(conversation.id, due, envelope.correlation))

    async def _our_number_wrote(
        self, work: IntakeWork, address: AddressId, envelope: KeptEnvelope, message: StaffMessage
    ) -> None:
        conversation = await _conversation(work, address, envelope, message.chat)
        since = envelope.received_at - ECHO_FOR
        if await work.outbox.is_ours(conversation.id, message.text, message.external_id, since):
            return
        conversation.staff_spoke(envelope.received_at)
        await work.conversations.add_staff(conversation.id, envelope.id, message, received_at=envelope.received_at)
        await work.conversations.save(conversation)

    async def _ticket_moved(
        self, work: IntakeWork, address: AddressId, envelope: KeptEnvelope, event: TicketMoved
    ) -> None:
        conversation, at = await _conversation(work, address, envelope, event.chat), envelope.received_at
        was_ours = conversation.attended_by_assistant
        conversation.ticket_moved(event.move, at)
        await work.conversations.save(conversation)
        if conversation.attended_by_assistant and not was_ours:
            # older words than these were left to a person on purpose, and an answer now would surprise the contact
            since = at - self.habits.hand_back_after
            if await work.conversations.await_answers(conversation.id, since=since):
                await work.jobs.add(turn_job(conversation.id, at, envelope.correlation))


async def _conversation(
    work: IntakeWork, address: AddressId, envelope: KeptEnvelope, chat: Chat, name: str | None = None
) -> Conversation:
    """The conversation with whoever is behind the address, locked."""
    recognized = await work.contacts.recognize(address, chat, name)
    conversation = await work.conversations.with_contact(envelope.connection, recognized.contact, chat.address)
    if recognized.joined:  # what waited in the other conversation waits here now
        await work.jobs.add(turn_job(conversation.id, envelope.received_at, envelope.correlation))
    return conversation


def read_job(address: AddressId, correlation: str) -> Job:
    """The same job as the one that the database adds when it keeps a webhook."""
    return Job("intake.read", {"address": address}, key=f"inbox:{address}", correlation=correlation)


def turn_job(conversation: ConversationId, due: datetime, correlation: str) -> Job:
    return Job(
        TAKE_TURN,
        {"conversation": conversation},
        key=f"turn:{conversation}",
        due_at=due,
        correlation=correlation,
    )


def _why_unanswered(envelope: KeptEnvelope, due: datetime | None) -> Unanswered | None:
    if envelope.limited:
        return Unanswered.LIMITED
    return Unanswered.HELD if due is None else None
