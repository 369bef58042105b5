"""Showing once more who one is, before what a stolen session must not be able to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from application.access.caller import Caller, NotPermitted
from application.access.check_password import CheckPassword
from application.access.ports import Sessions
from application.access.second_factor import CheckSecondFactor
from application.shared.ports import Clock
from domain.access.session import Session, SessionOver
from domain.shared.errors import Forbidden, Unavailable
from domain.shared.ids import SessionId, UserId

FRESH_FOR: Final = timedelta(minutes=10)


class ProofNeeded(Forbidden):
    """The session is real, but its person has to show password and code again."""


@dataclass(frozen=True, slots=True)
class MustBeFresh:
    """Raises ProofNeeded, or NotPermitted for a machine: it cannot show anything again."""

    sessions: Sessions
    clock: Clock

    async def __call__(self, caller: Caller) -> None:
        session = await session_of(self.sessions, caller)
        if not session.is_fresh(self.clock(), FRESH_FOR):
            raise ProofNeeded("show your password again first")


@dataclass(frozen=True, slots=True)
class Proof:
    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    ip: str = ""


@dataclass(frozen=True, slots=True)
class ProveAgain:
    """The session is fresh afterwards. Raises WrongCredentials, WrongCode or TooOften."""

    check_password: CheckPassword
    check_code: CheckSecondFactor
    sessions: Sessions
    clock: Clock

    async def __call__(self, caller: Caller, proof: Proof) -> None:
        session = await session_of(self.sessions, caller)
        user = UserId(caller.id)
        await self.check_password.of(user, proof.password, proof.ip)
        if await self.check_code.is_needed(user):
            await self.check_code(user, proof.code, proof.ip)
        if not await self.sessions.replace(session, session.proved(self.clock())):
            raise Unavailable("the session changed meanwhile; try again")


async def session_of(sessions: Sessions, caller: Caller) -> Session:
    """Raises NotPermitted for a machine."""
    if caller.session is None:
        raise NotPermitted("this is for people")
    session = await sessions.get(caller.company, SessionId(caller.session))
    if session is None:
        raise SessionOver("the session has ended")
    return session
