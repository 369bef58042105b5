"""A company's days, counted from what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from adapters.postgres.pool import Connection
from application.analytics.views import Day, Now

DAYS: Final = """
    select day, sum(conversations)::bigint as conversations, sum(received)::bigint as received,
        sum(by_assistant)::bigint as by_assistant, sum(by_person)::bigint as by_person, sum(unsent)::bigint as unsent
    from (
        select (received_at at time zone $3)::date as day, count(distinct conversation_id) as conversations,
            count(*) as received, 0 as by_assistant, 0 as by_person, 0 as unsent
        from messages where received_at >= $1 and received_at < $2 and author = 'contact' group by 1
        union all
        select (received_at at time zone $3)::date, 0, 0, 0, count(*), 0
        from messages where received_at >= $1 and received_at < $2 and author = 'staff' group by 1
        union all
        select (created_at at time zone $3)::date, 0, 0, count(*) filter (where origin <> 'person'),
            count(*) filter (where origin = 'person'), count(*) filter (where state in ('failed', 'unknown'))
        from outgoing where created_at >= $1 and created_at < $2 group by 1
    ) counted group by day order by day
"""
NOW: Final = """
    select count(*) filter (where holder = 'waiting') as waiting,
        min(held_since) filter (where holder = 'waiting') as waiting_since,
        count(*) filter (where holder = 'person') as with_people,
        (select count(*) from public.jobs where state = 'dead') as dead_letters
    from conversations
"""


class PostgresFigures:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def days(self, since: datetime, until: datetime, zone: str) -> Sequence[Day]:
        rows = await self._connection.fetch(DAYS, since, until, zone)
        return [Day(**dict(row)) for row in rows]

    async def now(self) -> Now:
        return Now(**dict(await self._connection.fetchrow(NOW)))
