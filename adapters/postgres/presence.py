"""How many of those who were expected came: the one count behind the panel's figure and the API's."""

from __future__ import annotations

from typing import Final

from adapters.postgres.pool import Connection
from domain.agenda.presence import Presence
from domain.agenda.slot import Slot

COUNTED: Final = """
    select count(*) filter (where status = 'kept') as kept, count(*) filter (where status = 'missed') as missed
    from appointments where starts >= $1 and starts < $2 and status in ('kept', 'missed')
"""


async def presence_in(connection: Connection, window: Slot) -> Presence:
    """By the beginning of the appointments."""
    row = await connection.fetchrow(COUNTED, window.starts, window.ends)
    return Presence(row["kept"], row["missed"])
