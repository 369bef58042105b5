"""Conversations as the panel shows them; each query is one look, made for the indexes that are there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from adapters.postgres.pool import Connection
from application.conversations.ports import ConversationNotFound
from application.conversations.views import Before, Card, Line, Place, TalkRow, Voice, Wanted
from domain.conversations.conversation import Holder, Reason
from domain.conversations.turn import Unanswered
from domain.delivery.outgoing import State
from domain.handoff.entry import EntryKind
from domain.shared.ids import ContactId, ConversationId

FOLD: Final = "translate(lower({}), 'áàâãäéêëíïóôõöúüçñ', 'aaaaaeeeiioooouucn')"
ACCENTS: Final = str.maketrans("áàâãäéêëíïóôõöúüçñ", "aaaaaeeeiioooouucn")
LONGEST_SEARCH: Final = 100

RECENT: Final = "coalesce(v.last_inbound_at, v.created_at)"
ROWS: Final = f"""
    select v.id, c.name, c.phone, v.holder, v.holder_reason, v.held_since, {RECENT} as at,
        left(coalesce(nullif(l.text, ''), '[' || l.kind || ']'), 160) as said, l.voice, l.state
    from (
        select v.* from conversations v
        where ($1::text is null or v.holder = $1)
            and ($2::timestamptz is null or ({RECENT}, v.id) < ($2, $3::bigint)) {{where}}
        order by {RECENT} desc, v.id desc limit $4
    ) v
    join contacts c on c.id = v.contact_id
    left join lateral (
        select * from (
            (select author as voice, text, kind, received_at as said_at, null as state from messages
             where conversation_id = v.id order by id desc limit 1)
            union all
            (select case origin when 'person' then 'person' else 'assistant' end, text, 'text', created_at, state
             from outgoing where conversation_id = v.id order by id desc limit 1)
        ) both_sides order by said_at desc limit 1
    ) l on true
    order by at desc, v.id desc
"""  # noqa: S608 - our own words only
SEARCH: Final = f"""
    and (v.contact_id in (
            select id from contacts where {FOLD.format("name")} like '%' || $5 || '%'
                or ($6 <> '' and phone like '%' || $6 || '%'))
        or ($7 <> '' and v.id in (
            select conversation_id from messages
            where to_tsvector('simple', {FOLD.format("text")}) @@ to_tsquery('simple', $7))))
"""  # noqa: S608 - our own words only
CARD: Final = """
    select v.id, v.contact_id, c.name, c.phone, v.connection_id, v.holder, v.holder_reason, v.held_since,
        c.created_at,
        (select author_name from handoff_entries h
         where h.conversation_id = v.id and h.kind = 'taken' and h.at >= v.held_since - interval '1 second'
         order by h.id desc limit 1) as keeper,
        (select count(*) from messages where conversation_id = v.id and author = 'contact') as messages,
        (select count(*) from outgoing where conversation_id = v.id) as answers
    from conversations v join contacts c on c.id = v.contact_id where v.id = $1
"""
LINES: Final = """
    select * from (
        (select 'm' || id as key, received_at as at, author as voice, text, kind, null as who, null as state,
            0 as attempts, null as trouble, case when state = 'unanswered' then reason end as unanswered,
            0 as side, id as n
         from messages where conversation_id = $1 and ($2::timestamptz is null or (received_at, 0, id) < ($2, $3, $4))
         order by id desc limit $5)
        union all
        (select 'o' || o.id, o.created_at, case origin when 'person' then 'person' else 'assistant' end, o.text, 'text',
            o.author_name, o.state, o.attempts, case when o.state <> 'sent' then (
                select error from delivery_log d where d.outgoing_id = o.id order by d.id desc limit 1) end, null, 1, o.id
         from outgoing o
         where conversation_id = $1 and ($2::timestamptz is null or (o.created_at, 1, o.id) < ($2, $3, $4))
         order by o.id desc limit $5)
        union all
        (select 'h' || id, at, 'desk', case kind when 'summary' then '' else text end, kind, author_name, null, 0,
            null, null, 2, id
         from handoff_entries where conversation_id = $1 and ($2::timestamptz is null or (at, 2, id) < ($2, $3, $4))
         order by id desc limit $5)
    ) line
    order by at desc, side desc, n desc limit $5
"""
PULSE: Final = """
    select concat_ws(' ', count(*), max(xmin::text::bigint), (select max(id) from messages),
        (select max(id) from outgoing), (select count(*) from outgoing where state in ('queued', 'sending')))
    from conversations
"""
"""`xmin` is the transaction that wrote a row last. Contacts' names and what a person retries are left to the slower look."""

PULSE_OF: Final = """
    select concat_ws(' ', (select xmin from conversations where id = $1),
        (select string_agg(xmin::text, ',') from (
            select xmin from messages where conversation_id = $1 order by id desc limit 60) m),
        (select string_agg(xmin::text, ',') from (
            select xmin from outgoing where conversation_id = $1 order by id desc limit 60) o),
        (select max(id) from handoff_entries where conversation_id = $1))
"""
SIDES: Final = {"m": 0, "o": 1, "h": 2}
"""A line's key begins with where it is kept; at one instant they stand in this order."""

WORD: Final = re.compile(r"\w+")


class PostgresTalkViews:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def count(self) -> dict[Holder, int]:
        rows = await self._connection.fetch("select holder, count(*) as many from conversations group by holder")
        found = {Holder(row["holder"]): int(row["many"]) for row in rows}
        return {holder: found.get(holder, 0) for holder in Holder}

    async def waiting(self) -> int:
        waiting: int = await self._connection.fetchval("select count(*) from conversations where holder = 'waiting'")
        return waiting

    async def pulse(self) -> str:
        pulse: str = await self._connection.fetchval(PULSE)
        return pulse

    async def pulse_of(self, id: ConversationId) -> str:
        pulse: str = await self._connection.fetchval(PULSE_OF, id)
        return pulse

    async def rows(self, wanted: Wanted, *, after: Place | None, limit: int) -> Sequence[TalkRow]:
        place = (after.at, after.id) if after else (None, None)
        words = wanted.words.strip()[:LONGEST_SEARCH].lower().translate(ACCENTS)
        if not words:
            rows = await self._connection.fetch(ROWS.format(where=""), wanted.holder, *place, limit)
        else:
            query = ROWS.format(where=SEARCH)
            rows = await self._connection.fetch(query, wanted.holder, *place, limit, *_sought(words))
        return [_row(row) for row in rows]

    async def card(self, id: ConversationId) -> Card:
        row = await self._connection.fetchrow(CARD, id)
        if row is None:
            raise ConversationNotFound(f"there is no conversation {id}")
        return Card(
            conversation=id,
            contact=ContactId(row["contact_id"]),
            name=row["name"],
            phone=row["phone"],
            connection=row["connection_id"],
            holder=Holder(row["holder"]),
            reason=Reason(row["holder_reason"]) if row["holder_reason"] else None,
            held_since=row["held_since"],
            keeper=row["keeper"] if row["holder"] == "person" else None,
            first_seen=row["created_at"],
            messages=row["messages"],
            answers=row["answers"],
        )

    async def lines(self, id: ConversationId, *, before: Before | None, limit: int) -> Sequence[Line]:
        place = (before.at, SIDES[before.key[0]], int(before.key[1:])) if before else (None, 0, 0)
        rows = await self._connection.fetch(LINES, id, *place, limit)
        return [_line(row) for row in reversed(rows)]

    async def entries(self, id: ConversationId, kind: EntryKind, limit: int) -> Sequence[Line]:
        rows = await self._connection.fetch(
            "select 'h' || id as key, at, 'desk' as voice, text, kind, author_name as who, null as state, 0 as attempts,"
            " null as trouble, null as unanswered from handoff_entries"
            " where conversation_id = $1 and kind = $2 order by id desc limit $3",
            id,
            kind,
            limit,
        )
        return [_line(row) for row in rows]


def _sought(words: str) -> tuple[str, str, str]:
    """What was typed, for names (as it is), for numbers (digits only), and for texts (words that begin so)."""
    literal = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    digits = "".join(mark for mark in words if mark.isascii() and mark.isdigit())
    return literal, digits if len(digits) > 3 else "", " & ".join(f"'{word}':*" for word in WORD.findall(words))


def _row(row: Any) -> TalkRow:  # noqa: ANN401 - asyncpg has no types
    return TalkRow(
        id=ConversationId(row["id"]),
        name=row["name"],
        phone=row["phone"],
        holder=Holder(row["holder"]),
        reason=Reason(row["holder_reason"]) if row["holder_reason"] else None,
        held_since=row["held_since"],
        at=row["at"],
        said=row["said"] or "",
        voice=Voice(row["voice"]) if row["voice"] else None,
        state=State(row["state"]) if row["state"] else None,
    )


def _line(row: Any) -> Line:  # noqa: ANN401 - asyncpg has no types
    return Line(
        key=row["key"],
        at=row["at"],
        voice=Voice(row["voice"]),
        text=row["text"],
        kind=row["kind"],
        who=row["who"],
        state=State(row["state"]) if row["state"] else None,
        attempts=row["attempts"],
        trouble=row["trouble"],
        unanswered=Unanswered(row["unanswered"]) if row["unanswered"] else None,
    )
