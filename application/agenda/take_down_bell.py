"""A calendar elsewhere was given up or replaced: our webhook there is removed, or the company's people are told to do it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from application.agenda.away import tried_enough
from application.agenda.connections import (
    CalendarConnection,
    CalendarConnectionId,
    CalendarConnections,
    GivenUpCalendars,
)
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
    connections: CalendarConnections
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

    async def _take_down(self, claim: Claim, left: CalendarConnection) -> str:
        try:
            done = await self._with_either_key(left, f"{self.door}/{left.id}")
        except Unavailable:
            if not tried_enough(claim):
                raise
            done = False
        return "taken_down" if done else "left"

    async def _with_either_key(self, left: CalendarConnection, url: str) -> bool:
        """Raises Unavailable where nobody knows yet. Who connects anew has often revoked the old key."""
        try:
            await self.bell.take_down(left, url)
        except (Refused, NotFound):
            return await self._with_the_new_key(left, url)
        except Unavailable:
            if not await self._with_the_new_key(left, url):
                raise
        return True

    async def _with_the_new_key(self, left: CalendarConnection, url: str) -> bool:
        """It may be of the same account."""
        now = await self.connections.of(left.tenant)
        if now is None or now.base_url != left.base_url:
            return False
        try:
            return await self.bell.take_down(replace(left, api_key=now.api_key), url)
        except (Refused, NotFound):
            return False
