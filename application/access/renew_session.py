"""A refresh token becomes the next two tokens; one that was used before ends its session."""

from __future__ import annotations

from dataclasses import dataclass

from application.access.begin_session import Tickets, tickets
from application.access.ports import Sessions, Tokens, Users
from application.shared.ports import Clock
from domain.access.session import Lifetime, SessionOver, TokenReused
from domain.shared.errors import Unavailable

MOST_RACES = 5


@dataclass(frozen=True, slots=True)
class RenewSession:
    users: Users
    sessions: Sessions
    tokens: Tokens
    clock: Clock
    lifetime: Lifetime

    async def __call__(self, refresh: str) -> Tickets:
        """Raises Unauthenticated, also where the user was disabled or lost the role meanwhile."""
        claims = self.tokens.read_refresh(refresh)
        for _ in range(MOST_RACES):  # another tab may renew at this very moment: then look again
            session = await self.sessions.get(claims.company, claims.session)
            if session is None or session.user != claims.user:
                raise SessionOver("the session has ended")
            try:
                renewed = session.renew(claims.generation, self.clock(), self.lifetime)
            except TokenReused:
                await self.sessions.end(session)
                raise
            standing = await self.users.standing(session.user, session.company)
            if standing is None or standing.epoch != session.epoch:
                await self.sessions.end(session)
                raise SessionOver("the session has ended")
            if renewed == session or await self.sessions.replace(session, renewed):
                return tickets(self.tokens, renewed, self.clock)
        raise Unavailable("this session is being renewed too often at once")
