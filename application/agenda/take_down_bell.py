"""A company gave its calendar elsewhere up: our webhook there is removed, or its people are told that they have to do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from application.agenda.away import tried_enough
from application.agenda.connections import CalendarConnection, CalendarConnectionId, GivenUpCalendars
from application.agenda.hang_bell import Bell
from application.agenda.work import AgendaWork
from application.shared.ports import Claim, OpenWork
from domain.shared.errors import NotFound, Refused, Unavailable

TAKE_DOWN_BELL: Final = "agenda.take_down_bell"


@dataclass(frozen=True, slots=True)
class TakeDownBell:
    """The key lives on for this alone, and no longer than the attempts do."""

    open_work: OpenWork[AgendaWork]
    given_up: GivenUpCalendars
    bell: Bell
    door: str

    async def __call__(self, claim: Claim, id: CalendarConnectionId) -> str:
        """Raises Unavailable, to be tried again; the last time it is left hanging, which the calendar's page then says."""
        connection = await self.given_up.get(claim.tenant, id)
        outcome = "nothing_to_do" if connection is None else await self._take_down(claim, connection)
        if outcome == "taken_down":
            await self.given_up.forget(claim.tenant, id)
        elif outcome == "left":
            await self.given_up.leave_hanging(claim.tenant, id)
        async with self.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        return outcome

    async def _take_down(self, claim: Claim, connection: CalendarConnection) -> str:
        try:
            await self.bell.take_down(connection, f"{self.door}/{connection.id}")
        except (Refused, NotFound):
            return "left"
        except Unavailable:
            if not tried_enough(claim):
                raise
            return "left"
        return "taken_down"
