"""How a company speaks unasked, as its one row."""

from __future__ import annotations

from datetime import timedelta

from adapters.postgres.pool import Connection
from domain.reminders.cadence import Kind
from domain.reminders.manners import Manners
from domain.reminders.quiet_hours import QuietHours


class PostgresManners:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self) -> Manners:
        row = await self._connection.fetchrow(
            "select kinds, quiet_begins, quiet_ends, follow_up, follow_up_minutes, question, writes_first from agenda_manners"
        )
        return Manners(
            kinds=frozenset(map(Kind, row["kinds"])),
            quiet=QuietHours(row["quiet_begins"], row["quiet_ends"]),
            follow_up=row["follow_up"],
            after=timedelta(minutes=row["follow_up_minutes"]),
            question=row["question"],
            writes_first=row["writes_first"],
        )

    async def put(self, manners: Manners) -> None:
        await self._connection.execute(
            "update agenda_manners set kinds = $1, quiet_begins = $2, quiet_ends = $3, follow_up = $4,"
            " follow_up_minutes = $5, question = $6, writes_first = $7, updated_at = now()",
            sorted(manners.kinds),
            manners.quiet.begins,
            manners.quiet.ends,
            manners.follow_up,
            int(manners.after.total_seconds()) // 60,
            manners.question,
            manners.writes_first,
        )
