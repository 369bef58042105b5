"""Somebody who belongs to several companies goes over to another one, without logging in again."""

from __future__ import annotations

from dataclasses import dataclass

from application.access.begin_session import BeginSession, Tickets
from application.access.caller import Caller, NotPermitted
from application.access.ports import Sessions, Users
from application.access.step_up import session_of
from domain.companies.company import CompanyNotFound
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class ChangeCompany:
    users: Users
    sessions: Sessions
    begin: BeginSession

    async def __call__(self, caller: Caller, company: TenantId) -> Tickets:
        """Raises CompanyNotFound where they do not belong, NotPermitted for a machine and for whom a provider let in."""
        before = await session_of(self.sessions, caller)
        if before.vouched:
            raise NotPermitted("an identity provider speaks for its own company only")
        standing = await self.users.standing(before.user, company)
        if standing is None or standing.epoch != before.epoch:
            raise CompanyNotFound(f"there is no company {company}")
        tickets = await self.begin.elsewhere(before, company)
        await self.sessions.end(before)
        return tickets
