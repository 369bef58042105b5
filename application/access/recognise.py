"""Who shows this token: looked up on every request, so that what was taken away is gone with the next one."""

from __future__ import annotations

from dataclasses import dataclass

from application.access.caller import Caller
from application.access.ports import Sessions, Tokens, Users
from application.shared.ports import Clock
from domain.access.role import GRANTS
from domain.access.session import SessionOver
from domain.shared.ids import SessionId, TenantId, UserId


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
        return await self._in(claims.company, claims.session, claims.user)

    async def again(self, caller: Caller) -> Caller:
        """Whoever was let in a while ago, as they may now: a page that goes on asks. Raises Unauthenticated or Unavailable."""
        if caller.session is None:
            raise SessionOver("there is no session")
        return await self._in(caller.company, SessionId(caller.session), UserId(caller.id))

    async def _in(self, company: TenantId | None, id: SessionId, user: UserId) -> Caller:
        session = await self.sessions.get(company, id)
        if session is None or session.user != user or self.clock() >= session.over:
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
