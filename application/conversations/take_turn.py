"""One burst in, one answer out: the heart of the product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from application.agenda.chat.desk import OpenDesk
from application.agenda.chat.ports import ChatWork, Visit
from application.agenda.chat.toolbox import DeskTools
from application.agenda.chat.truth import DeskTruth
from application.assistant.answer import Answer, Question, Reply
from application.assistant.ports import Speaker, Utterance
from application.companies.ports import Zones
from application.conversations.absence import absence_of
from application.conversations.at_the_desk import ending_at
from application.conversations.ending import OUT_OF_QUOTA, Costless, Ending, without_thinking
from application.conversations.gathered import Turn
from application.conversations.ports import Answers, ConversationWork, Memory, Recollection
from application.conversations.settling import said_before, settle
from application.delivery.outbox import Words
from application.delivery.queue_reply import queue_reply
from application.quotas.meter import Meter
from application.shared.ports import Claim, Clock, OpenWork
from domain.agenda.hours_written import hours_brought_up
from domain.conversations.loop_guard import MOST_ANSWERS
from domain.conversations.turn import Burst, Politely, SayClosed, Think, Unanswered, judge
from domain.delivery.parts import as_typed
from domain.reminders.notices import Open
from domain.shared.ids import ConversationId

LINES_FOR_THE_LOOP_GUARD = 2 * MOST_ANSWERS  # between two answers stands a line of the contact
SAID_ONCE_IN = timedelta(hours=1)  # that the assistant rests; the conversation waits for a person all the while


class TurnWork(ChatWork, ConversationWork, Protocol):
    """The talk and the agenda, read at once."""


@dataclass(frozen=True, slots=True)
class TurnRules:
    """`age_limit`: older messages, as they arrive, are kept but not answered. `history`: how many utterances the model sees."""

    age_limit: timedelta
    history: int


@dataclass(frozen=True, slots=True)
class TakeTurn:
    open_work: OpenWork[TurnWork]
    zones: Zones
    answer: Answer
    open_desk: OpenDesk
    answers: Answers
    meter: Meter
    memory: Memory
    rules: TurnRules
    clock: Clock

    async def __call__(self, claim: Claim, id: ConversationId) -> str:
        """Returns how it ended, as one fixed word."""
        turn = await self._gather(claim, id)
        if turn is None:
            return "nothing_waiting"
        ending = await self._end_of(claim, turn)
        ending = await self._keep(claim, turn, ending)
        if ending.reply is not None and ending.say is not None:
            await self._remember(claim, turn, ending.reply)
        return ending.outcome

    async def _gather(self, claim: Claim, id: ConversationId) -> Turn | None:
        zone = await self.zones.of(claim.tenant)
        recollection = await self.memory.recall(claim.tenant, id)
        standing = await self.meter.standing(claim.tenant)
        async with self.open_work(claim.tenant) as work:
            heard = await work.conversations.waiting(id, also_given_up=claim.revived)
            if not heard:
                await work.jobs.finish(claim)
                await work.commit()
                return None
            burst = Burst.told_in_order(heard)
            conversation = await work.conversations.get(id)
            if claim.revived:
                conversation.try_again(self.clock())
            persona = await work.persona()
            now = self.clock().astimezone(zone)
            verdict = judge(
                burst,
                conversation,
                absence=await absence_of(work, persona, conversation, now),
                lines=await work.conversations.lines(id, LINES_FOR_THE_LOOP_GUARD),
                age_limit=self.rules.age_limit,
                now=now,
            )
            visit = Visit(claim.tenant, id, conversation.contact, now)
            return Turn(
                conversation=conversation,
                burst=burst,
                verdict=verdict,
                persona=persona,
                contact_name=await work.contacts.name_of(conversation.contact),
                history=await self._history(work, id, burst, recollection),
                standing=standing,
                asked=Open(
                    tuple(await work.notices.open_in(id, now, burst.last)), await work.notices.reply_to(id, burst.last)
                ),
                pages=await self.open_desk.read(work, visit) if isinstance(verdict, Think) else None,
            )

    async def _history(
        self, work: ConversationWork, id: ConversationId, burst: Burst, recollection: Recollection | None
    ) -> Sequence[Utterance]:
        if recollection and recollection.version == await work.conversations.version_before(id, burst.first):
            return recollection.said
        return await work.conversations.told_before(id, burst.first, self.rules.history)

    async def _end_of(self, claim: Claim, turn: Turn) -> Ending:
        match turn.verdict:
            case Think() | Politely() if not turn.standing.open:
                return replace(OUT_OF_QUOTA, once_since=self.clock() - SAID_ONCE_IN)
            case Think() | Politely() | SayClosed():
                return await self._answer(claim, turn)
            case verdict:
                return self._at_once(turn, verdict)

    async def _answer(self, claim: Claim, turn: Turn) -> Ending:
        """What we asked them ourselves comes first: a "sim" to a reminder is no riddle for a model."""
        told = await self.answers(claim.tenant, turn.conversation, turn.burst, turn.asked)
        if told is not None:
            if not told.go_on:
                return told
            turn = replace(turn, pages=None)  # what was answered may have changed them
        verdict = turn.verdict
        if isinstance(verdict, Think) and told is not None and told.heard_as is not None:
            verdict = Think(told.heard_as)
        rest = await self._think(claim, turn, verdict) if isinstance(verdict, Think) else self._at_once(turn, verdict)
        if told is None or told.say is None:
            return rest
        return replace(rest, say="\n\n".join((told.say, rest.say or "")))

    def _at_once(self, turn: Turn, verdict: Costless) -> Ending:
        return without_thinking(verdict, turn.persona.attendance, self.clock().astimezone(turn.standing.zone))

    async def _think(self, claim: Claim, turn: Turn, thought: Think) -> Ending:
        now = self.clock().astimezone(await self.zones.of(claim.tenant))
        visit = Visit(claim.tenant, turn.conversation.id, turn.conversation.contact, now)
        desk = await self.open_desk(visit, turn.pages)
        reply = await self.answer(
            Question(
                tenant=claim.tenant,
                persona=turn.persona,
                contact_name=turn.contact_name,
                history=turn.history,
                message=thought.message,
                now=now,
                agenda=desk.briefing(),
            ),
            DeskTools(desk),
            DeskTruth(desk, hours_brought_up(turn.written(thought.message), turn.persona.published), turn.speakers),
        )
        return await ending_at(desk, reply, thought.message)

    async def _keep(self, claim: Claim, turn: Turn, ending: Ending) -> Ending:
        """The answer, the end of the wait and the end of the job: one transaction, or none of it happened."""
        async with self.open_work(claim.tenant) as work:
            conversation = await work.conversations.get(turn.conversation.id, lock=True)
            if claim.revived:
                conversation.try_again(self.clock())
            if ending.say is not None and not conversation.attended_by_assistant:
                # a person took over while the model was thinking: nothing is said, and yet it was paid for
                ending = Ending(unanswered=Unanswered.HELD, reply=ending.reply)
            if await said_before(work, conversation, ending):
                ending = replace(ending, say=None)
            ending.then(conversation, self.clock())
            conversation.turn_taken()
            await work.conversations.save(conversation)
            await settle(work, self.meter, turn, ending)
            if ending.say is not None:
                said = as_typed(ending.say)
                await queue_reply(work, Words(conversation.id, turn.burst.last, said, ending.origin, claim.correlation))
            await work.jobs.finish(claim)
            await work.commit()
        return ending

    async def _remember(self, claim: Claim, turn: Turn, reply: Reply) -> None:
        said = (
            *turn.history,
            Utterance(Speaker.CONTACT, turn.burst.as_one()),
            Utterance(Speaker.ASSISTANT, reply.text),
        )
        kept = Recollection(turn.burst.last, said[-self.rules.history :])
        await self.memory.remember(claim.tenant, turn.conversation.id, kept)
