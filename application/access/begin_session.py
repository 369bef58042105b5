"""What every way of logging in ends with: a session, and the two tokens that speak for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from application.access.ports import NewSessionId, Sessions, Tokens
from application.shared.audit import AuditLog
from application.shared.ports import Clock
from domain.access.session import Lifetime, Session, begin
from domain.access.user import User
from domain.audit.entry import Deed
from domain.shared.ids import TenantId

LONGEST_AGENT = 200
LOGIN = "access.login"


@dataclass(frozen=True, slots=True)
class Tickets:
    """`access` opens doors for minutes; `refresh` is exchanged for the next two."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    access_until: datetime
    session: Session


@dataclass(frozen=True, slots=True)
class BeginSession:
    sessions: Sessions
    tokens: Tokens
    clock: Clock
    new_id: NewSessionId
    lifetime: Lifetime
    audit: AuditLog

    async def __call__(
        self,
        user: User,
        company: TenantId | None,
        *,
        agent: str = "",
        second_factor: bool = False,
        vouched: bool = False,
    ) -> Tickets:
        session = begin(self.new_id(), user.id, company, epoch=user.epoch, now=self.clock(), lifetime=self.lifetime)
        session = replace(session, agent=agent[:LONGEST_AGENT], second_factor=second_factor)
        return await self._begun(session.vouched_for() if vouched else session)

    async def anew(self, user: User, before: Session, *, proven: datetime | None = None) -> Tickets:
        """In place of one that ends with every other. `proven` of before, where nothing more was shown than then."""
        session = begin(
            self.new_id(), user.id, before.company, epoch=user.epoch, now=self.clock(), lifetime=self.lifetime
        )
        session = replace(session, agent=before.agent, second_factor=before.second_factor, vouched=before.vouched)
        return await self._begun(session if proven is None else session.proved(proven))

    async def elsewhere(self, before: Session, company: TenantId) -> Tickets:
        """The session before goes on until somebody ends it."""
        return await self._begun(before.moved(self.new_id(), company, self.clock()))

    async def _begun(self, session: Session) -> Tickets:
        who = f"user:{session.user}"
        await self.audit.record(Deed(who, LOGIN, who, session.company))
        await self.sessions.put(session)
        return tickets(self.tokens, session, self.clock)


def tickets(tokens: Tokens, session: Session, clock: Clock) -> Tickets:
    now = clock()
    access, until = tokens.access(session, now)
    return Tickets(access, tokens.refresh(session, now), until, session)
