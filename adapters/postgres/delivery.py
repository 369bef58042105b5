"""The outbox: what is to be sent, in order, and the log of what became of each attempt."""

from __future__ import annotations

from datetime import datetime

from adapters.postgres.pool import Connection
from application.delivery.outbox import BELOW_ALL, Destination, Following, OutgoingNotFound, Words
from domain.delivery.outgoing import Outcome, Outgoing, State
from domain.shared.ids import ConnectionId, ConversationId, OutgoingId

SETTLED = frozenset({State.SENT, State.UNKNOWN, State.FAILED})
# Said unasked, and no answer waits behind it in the same conversation.
READ = """
    select o.id, o.conversation_id, o.text, o.state, o.attempts, o.started_at, o.external_id,
        o.answers_to <= $2 and not exists (
            select from outgoing n where n.conversation_id = o.conversation_id and n.id > o.id
                and n.state in ('queued', 'sending') and n.answers_to > $2) as unasked,
        (select coalesce((select f.until from offers f where n.kind = 'offer' and f.id = n.subject_id), n.closes_at)
            from notices n where n.id = $2 - o.answers_to and n.kind in ('reminder', 'offer')) as until,
        v.connection_id, v.reply_to, v.ticket_id, c.phone
    from outgoing o join conversations v on v.id = o.conversation_id join contacts c on c.id = v.contact_id where o.id = $1
"""
SAVE = """
    update outgoing set state = $2, attempts = $3, started_at = $4, external_id = $5,
        finished_at = case when $6 then now() end where id = $1
"""
RECORD = f"""
    with saved as ({SAVE})
    insert into delivery_log (outgoing_id, attempt, outcome, error, seconds) values ($1, $3, $7, $8, $9)
"""  # noqa: S608 - both parts stand here


class PostgresOutbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, words: Words) -> OutgoingId | None:
        before = await self.next_in_line(words.conversation)
        ids = await self._connection.fetch(
            "insert into outgoing (conversation_id, answers_to, step, origin, text, correlation)"
            " select $1, $2, $3 + n - 1, $4, t, $5 from unnest($6::text[]) with ordinality as texts (t, n) order by n"
            " on conflict (conversation_id, answers_to, step) do nothing returning id",
            words.conversation,
            words.answers_to,
            words.first_step,
            words.origin,
            words.correlation,
            list(words.texts),
        )
        if not ids:
            return None
        if before is not None:
            return await self._hurried(before, words)
        return OutgoingId(ids[0]["id"])

    async def _hurried(self, before: OutgoingId, words: Words) -> OutgoingId | None:
        """Nobody who is answered waits for the turn of a reminder."""
        if words.answers_to <= BELOW_ALL:
            return None
        unasked: int | None = await self._connection.fetchval(
            "select id from outgoing where id = $1 and answers_to <= $2 and state = 'queued' and attempts = 0",
            before,
            BELOW_ALL,
        )
        return None if unasked is None else OutgoingId(unasked)

    async def get(self, id: OutgoingId) -> Outgoing:
        outgoing, _ = await self.addressed(id)
        return outgoing

    async def addressed(self, id: OutgoingId) -> tuple[Outgoing, Destination]:
        row = await self._connection.fetchrow(READ, id, BELOW_ALL)
        if row is None:
            raise OutgoingNotFound(f"there is no outgoing message {id}")
        outgoing = Outgoing(
            id=OutgoingId(row["id"]),
            conversation=ConversationId(row["conversation_id"]),
            text=row["text"],
            state=State(row["state"]),
            attempts=row["attempts"],
            started_at=row["started_at"],
            external_id=row["external_id"],
            unasked=row["unasked"],
            until=row["until"],
        )
        return outgoing, Destination(
            ConnectionId(row["connection_id"]), row["reply_to"], row["ticket_id"], row["phone"]
        )

    async def save(self, outgoing: Outgoing) -> None:
        await self._connection.execute(SAVE, *_as_kept(outgoing))

    async def record(self, outgoing: Outgoing, outcome: Outcome, *, error: str | None, seconds: float | None) -> None:
        await self._connection.execute(RECORD, *_as_kept(outgoing), outcome, error, seconds)

    async def next_in_line(self, conversation: ConversationId) -> OutgoingId | None:
        id: int | None = await self._connection.fetchval(
            "select id from outgoing where conversation_id = $1 and state in ('queued', 'sending') order by id limit 1",
            conversation,
        )
        return None if id is None else OutgoingId(id)

    async def next_after(self, outgoing: Outgoing) -> Following | None:
        row = await self._connection.fetchrow(
            "select n.id, length(n.text) as characters, n.answers_to = o.answers_to and n.step = o.step + 1"
            " and n.origin = o.origin and n.origin <> 'person' as goes_on from outgoing n, outgoing o"
            " where o.id = $1 and n.conversation_id = $2 and n.state in ('queued', 'sending') order by n.id limit 1",
            outgoing.id,
            outgoing.conversation,
        )
        return None if row is None else Following(OutgoingId(row["id"]), row["characters"], row["goes_on"])

    async def same_text_arrived(self, outgoing: Outgoing, since: datetime) -> int:
        count: int = await self._connection.fetchval(
            "select count(*) from outgoing where conversation_id = $1 and id <> $2 and state = 'sent' and text = $3"
            " and finished_at >= $4",
            outgoing.conversation,
            outgoing.id,
            outgoing.text,
            since,
        )
        return count

    async def is_ours(self, conversation: ConversationId, text: str, external_id: str | None, since: datetime) -> bool:
        ours: bool = await self._connection.fetchval(
            "select exists (select from outgoing where conversation_id = $1 and created_at >= $4"
            " and (external_id = $3 or btrim(text) = btrim($2)))",
            conversation,
            text,
            external_id,
            since,
        )
        return ours

    async def told_lately(self, conversation: ConversationId, text: str, since: datetime) -> bool:
        told: bool = await self._connection.fetchval(
            "select exists (select from outgoing where conversation_id = $1 and text = $2 and created_at >= $3)",
            conversation,
            text,
            since,
        )
        return told


def _as_kept(outgoing: Outgoing) -> tuple[object, ...]:
    return (
        outgoing.id,
        outgoing.state,
        outgoing.attempts,
        outgoing.started_at,
        outgoing.external_id,
        outgoing.state in SETTLED,
    )
