"""Who shows this token: looked up on every request, so that what was taken away is gone with the next one."""

from __future__ import annotations

from dataclasses import dataclass

from application.access.caller import Caller
from application.access.ports import Sessions, Tokens, Users
from application.shared.ports import Clock
from domain.access.role import GRANTS
from domain.access.session import SessionOver


@dataclass(frozen=True, slots=True)
class Recognise:
    """Redis says whether the session goes on, PostgreSQL what its user may do now: without either, nobody passes."""

    users: Users
    sessions: Sessions
    tokens: Tokens
    clock: Clock

    async def __call__(self, access: str) -> Caller:
        """Raises Unauthenticated or Unavailable."""
        claims = self.tokens.read_access(access)
        session = await self.sessions.get(claims.company, claims.session)
        if session is None or session.user != claims.user or self.clock() >= session.over:
            raise SessionOver("the session has ended")
        standing = await self.users.standing(session.user, session.company)
        if standing is None or standing.epoch != session.epoch:
            raise SessionOver("the session has ended")
        return Caller(
            id=session.user,
            name=standing.name,
            permissions=GRANTS[standing.role],
            company=session.company,
            session=session.id,
        )
