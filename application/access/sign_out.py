"""A session ends now: its access token opens nothing more, its refresh token renews nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from application.access.caller import Caller
from application.access.ports import Sessions
from domain.access.session import Session
from domain.shared.errors import NotFound
from domain.shared.ids import SessionId, UserId


class SessionNotFound(NotFound):
    """No session of yours has this id; it may have ended."""


@dataclass(frozen=True, slots=True)
class SignOut:
    sessions: Sessions

    async def __call__(self, caller: Caller) -> None:
        """The caller's own session; a machine has none to end."""
        if caller.session is None:
            return
        session = await self.sessions.get(caller.company, SessionId(caller.session))
        if session is not None:
            await self.sessions.end(session)


@dataclass(frozen=True, slots=True)
class OwnSessions:
    """Where else the caller is logged in, in this company."""

    sessions: Sessions

    async def list(self, caller: Caller) -> list[Session]:
        """The newest first."""
        found = await self.sessions.of(caller.company, UserId(caller.id))
        return sorted(found, key=lambda session: session.renewed, reverse=True)

    async def end(self, caller: Caller, id: SessionId) -> None:
        """Raises SessionNotFound."""
        session = await self.sessions.get(caller.company, id)
        if session is None or session.user != caller.id:
            raise SessionNotFound(f"there is no session {id}")
        await self.sessions.end(session)

    async def end_others(self, caller: Caller) -> None:
        for session in await self.list(caller):
            if session.id != caller.session:
                await self.sessions.end(session)
