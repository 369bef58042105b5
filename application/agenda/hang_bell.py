"""A calendar elsewhere is told where to knock when something changes in it; until it knows, its changes are read by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from application.agenda.connections import CalendarConnection, CalendarConnections
from application.agenda.work import AgendaWork
from application.shared.ports import Claim, OpenWork
from domain.shared.errors import NotFound, Refused

HANG_BELL: Final = "agenda.hang_bell"


class Bell(Protocol):
    """The webhooks over there."""

    async def hang(self, connection: CalendarConnection, url: str) -> None:
        """From now on it knocks there, with the newest secret; there already is fine. Raises Unavailable, Refused or NotFound."""

    async def take_down(self, connection: CalendarConnection, url: str) -> bool:
        """It knocks there no more; whether it did. Raises Unavailable, Refused or NotFound."""


@dataclass(frozen=True, slots=True)
class HangBell:
    """`door` is where our webhooks begin: the connection's id and its secret make the rest."""

    open_work: OpenWork[AgendaWork]
    connections: CalendarConnections
    bell: Bell
    door: str

    async def __call__(self, claim: Claim) -> str:
        """Raises Unavailable, to be tried again. A calendar that refuses is one whose owner puts the address in by hand."""
        connection = await self.connections.of(claim.tenant)
        outcome = "built_in" if connection is None else await self._hang(connection)
        async with self.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        return outcome

    async def _hang(self, connection: CalendarConnection) -> str:
        try:
            await self.bell.hang(connection, f"{self.door}/{connection.id}")
        except (Refused, NotFound):
            return "refused"
        return "hung"
