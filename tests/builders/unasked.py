"""Days that pass in a moment: jobs run when the practice's own clock says so, and clients who answer in a talk."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.postgres.quotas import PostgresQuotas
from adapters.queue.reminders import Unasked
from application.agenda.late_answer import Outcome, Settled
from application.conversations.ending import Ending
from application.quotas.meter import Meter
from application.reminders.hear import Hear
from application.shared.ports import Claim
from domain.agenda.offers import OfferId
from domain.conversations.inbound import Kind as MessageKind
from domain.conversations.turn import Burst, Heard
from domain.reminders.cadence import Kind
from domain.reminders.notices import Open
from domain.shared.ids import AppointmentId, ContactId, ConversationId, JobId, MessageId, WaitingId
from secretaria.reminders import hear_over, unasked_over
from tests.builders.agenda import Practice

RATE = 50_000
ACTORS = [
    "reminders.send",
    "no_show.check",
    "no_show.recover",
    "follow_ups.send",
    "agenda.offer_free",
    "agenda.lapse_offer",
    "reminders.tell_settled",
    "reminders.tell_change",
]


def _settled(args: dict[str, Any]) -> Settled:
    wished = datetime.fromtimestamp(args["wished"], UTC)
    return Settled(args["version"], Outcome(args["outcome"]), wished)


@dataclass
class Days:
    """Runs what is due as the worker would: one claim each, whoever else claims. `failures`: those before it."""

    practice: Practice
    unasked: Unasked
    hear: Hear
    ran: list[tuple[str, str]] = field(default_factory=list)
    failures: int = 0
    actors: list[str] = field(default_factory=lambda: [*ACTORS])

    @classmethod
    def of(cls, practice: Practice) -> Days:
        meter = Meter(PostgresQuotas(practice.pool, lambda: practice.now), RATE, lambda: practice.now)
        work = practice.open_work
        return cls(
            practice, unasked_over(work, practice.agenda, meter, practice.pool), hear_over(work, practice.agenda)
        )

    async def pass_to(self, moment: datetime) -> None:
        """The clock stops at every job that falls due on the way."""
        while (due := await self._next_due(moment)) is not None:
            self.practice.go_to(max(self.practice.now, due))
            await self.run_due()
        self.practice.go_to(moment)

    async def run_due(self) -> None:
        while (row := await self._claim()) is not None:
            claim = Claim(self.practice.tenant, JobId(row["id"]), row["fence"], self.failures)
            outcome = await self._actor(row["actor"], json.loads(row["args"]))(claim)
            self.ran.append((row["actor"], str(outcome)))

    def _actor(self, name: str, args: dict[str, Any]) -> Callable[[Claim], Awaitable[str]]:
        id, unasked = AppointmentId(args.get("appointment", 0)), self.unasked
        return {
            "agenda.offer_free": lambda claim: unasked.offer(claim, WaitingId(args.get("after", 0))),
            "agenda.lapse_offer": lambda claim: unasked.lapse(claim, OfferId(args["offer"])),
            "agenda.settle": lambda claim: self.practice.agenda.settle(claim, id),
            "reminders.tell_settled": lambda claim: unasked.tell_settled(claim, id, _settled(args)),
            "reminders.tell_change": lambda claim: unasked.tell_change(claim, id),
            "reminders.send": lambda claim: unasked.remind(claim, id, Kind(args["kind"])),
            "no_show.check": lambda claim: unasked.check(claim, id),
            "no_show.recover": lambda claim: unasked.reach_out(claim, id),
            "follow_ups.send": lambda claim: unasked.follow_up(claim, id),
        }[name]

    async def _next_due(self, until: datetime) -> datetime | None:
        due: datetime | None = await self.practice.pool.fetchval(
            "select min(due_at) from public.jobs where tenant_id = $1 and state = 'pending' and due_at <= $2"
            " and actor = any($3)",
            self.practice.tenant,
            until,
            self.actors,
        )
        return due

    async def _claim(self) -> Any:
        return await self.practice.pool.fetchrow(
            "update public.jobs set state = 'running', fence = fence + 1 where id = (select id from public.jobs"
            " where tenant_id = $1 and state = 'pending' and due_at <= $2 and actor = any($3) order by due_at, id"
            " limit 1 for update skip locked) returning id, fence, actor, args",
            self.practice.tenant,
            self.practice.now,
            self.actors,
        )

    async def client(self, name: str = "Ana Lima") -> ContactId:
        """Somebody who has written to the company before."""
        contact = await self.practice.client(name)
        await self._sql(
            "insert into conversations (connection_id, contact_id, reply_to, last_inbound_at) values ($1, $2, $3, $4)",
            "a" * 22,
            contact,
            f"55119{contact:08}@s.whatsapp.net",
            self.practice.now,
        )
        return contact

    async def told(self, contact: ContactId) -> list[str]:
        """All that was said unasked or in answer, oldest first."""
        rows = await self.rows(
            "select o.text from outgoing o join conversations v on v.id = o.conversation_id where v.contact_id = $1"
            " order by o.id",
            contact,
        )
        return [row["text"] for row in rows]

    async def answer(self, contact: ContactId, *texts: str) -> Ending | None:
        """One burst, heard and answered as a turn would; what is said in answer becomes a row as a turn makes it."""
        conversation = await self._conversation(contact)
        ids = [await self._message(conversation, text) for text in texts]
        now = self.practice.now
        heard = [
            Heard(id, MessageKind.TEXT if text else MessageKind.STICKER, text, now, now)
            for id, text in zip(ids, texts, strict=True)
        ]
        ending = await self.hears(conversation, Burst.told_in_order(heard))
        if ending is not None and ending.say is not None:
            await self.say(contact, ending.say, MessageId(ids[-1]))
        return ending

    async def hears(self, conversation: ConversationId, burst: Burst) -> Ending | None:
        async with self.practice.open_work(self.practice.tenant) as work:
            talk = await work.conversations.get(conversation)
            notices = await work.notices.open_in(conversation, self.practice.now, burst.last)
            asked = Open(tuple(notices), await work.notices.reply_to(conversation, burst.last))
        return await self.hear(self.practice.tenant, talk, burst, asked)

    async def say(self, contact: ContactId, text: str, answers_to: MessageId | None = None) -> None:
        """The assistant says something of its own."""
        conversation = await self._conversation(contact)
        place = answers_to or await self._message(conversation, "?")
        await self._sql(
            "insert into outgoing (conversation_id, answers_to, origin, text, state) values ($1, $2, 'assistant', $3, 'sent')",
            conversation,
            place,
            text,
        )

    async def status(self, id: AppointmentId) -> str:
        return str((await self.practice.agenda.appointments.one(self.practice.tenant, id)).appointment.status)

    async def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        async with self.practice.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"set local search_path to tenant_{self.practice.tenant}")
            return [dict(row) for row in await connection.fetch(query, *values)]

    async def _sql(self, query: str, *values: object) -> None:
        async with self.practice.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"set local search_path to tenant_{self.practice.tenant}")
            await connection.execute(query, *values)

    async def _conversation(self, contact: ContactId) -> ConversationId:
        rows = await self.rows("select id from conversations where contact_id = $1", contact)
        return ConversationId(rows[0]["id"])

    async def _message(self, conversation: ConversationId, text: str) -> MessageId:
        now = self.practice.now + timedelta(seconds=1)
        rows = await self.rows(
            "with a as (insert into addresses (connection_id, address) values ($1, $2)"
            " on conflict (connection_id, address) do update set address = excluded.address returning id),"
            " e as (insert into envelopes (address_id, message_key, body) select id, gen_random_uuid()::text, '' from a"
            " returning id)"
            " insert into messages (conversation_id, envelope_id, author, kind, text, sent_at, received_at, state)"
            " select $3, e.id, 'contact', 'text', $4, $5, $5, 'answered' from e returning id",
            "a" * 22,
            f"{conversation}@test",
            conversation,
            text,
            now,
        )
        return MessageId(rows[0]["id"])
